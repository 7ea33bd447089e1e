"""Buttons, painted: one filled per screen, quiet ones, dangerous ones, and the two-way switch."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from crsv_desk.ui import theme
from crsv_desk.ui.flow import Flow
from crsv_desk.ui.icons import paint_icon
from crsv_desk.ui.painting import RING, box_of, paint_box, paint_ring, spoken

Kind = Literal["primary", "secondary", "quiet", "danger", "rail", "segment", "filter"]
ICON, GAP = 20, 10
LARGE = 1.5
"""Text size from which a row of choices may go on below."""
WORDS = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextShowMnemonic)


def _icon() -> int:
    return theme.current().icon(ICON)


class Button(QPushButton):
    """A button of one kind, with an icon before its text and, where wished, one after it."""

    def __init__(self, kind: Kind, text: str, icon: str = "", trailing: str = "", small: bool = False) -> None:
        super().__init__(text)
        self.kind: Kind = kind
        self._icon, self._leading, self._trailing, self._small = icon, icon, trailing, small
        self.setAccessibleName(spoken(text))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        across = QSizePolicy.Policy.Minimum if kind in ("rail", "segment") else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(kind == "primary")
        self._gap = 6 if kind in ("segment", "filter") else GAP
        self._hovered = False
        self.count = 0
        self._bare = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the focus, as Space does, except what must never be pressed by the way."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if enter and not self.property("guarded"):
            self.click()
        else:
            super().keyPressEvent(event)

    def say(self, text: str) -> None:
        """Change the words, for the eye and for a screen reader."""
        self.setText(text)
        self.setAccessibleName(spoken(text))
        self.updateGeometry()

    def make_bare(self, bare: bool) -> None:
        """Show the icon alone; the words are said by a screen reader and shown on hover."""
        self._bare = bare
        self.setToolTip(escape(spoken(self.text())) if bare else "")
        self.updateGeometry()
        self.update()

    def leave_icon_out(self, out: bool) -> None:
        """Where there is room for the words alone."""
        leading = "" if out else self._icon
        if leading != self._leading:
            self._leading = leading
            self.updateGeometry()
            self.update()

    def set_count(self, count: int, words: str) -> None:
        """Show how many wait behind this button (nothing for 0); ``words`` says it to a screen reader."""
        name = spoken(self.text())
        self.setAccessibleName(f"{name}, {words}" if count else name)
        if count != self.count:
            self.count = count
            self.updateGeometry()
            self.update()

    def type_font(self) -> QFont:
        """The font of the words at the present text size."""
        font = QFont("Noto Sans")
        font.setPixelSize(theme.current().pixels(14 if self._small or self.kind in ("segment", "filter") else 15))
        font.setBold(self.kind == "primary" or (self.kind in ("rail", "segment", "filter") and self.isChecked()))
        return font

    def sizeHint(self) -> QSize:
        if self._bare:
            return QSize(_icon() + 24 + 2 * RING, _icon() + 20 + 2 * RING)
        font = self.type_font()
        font.setBold(True)
        words = QFontMetricsF(font).horizontalAdvance(spoken(self.text()))
        icons = self._icons_width()
        sides = {"quiet": 16, "rail": 24, "segment": 16, "filter": 20}.get(self.kind, 24 if self._small else 32)
        height = theme.current().pixels(32 if self._small or self.kind == "filter" else 40)
        width = round(words + icons + sides + self._count_width()) if self.text() else height
        return QSize(width + 2 * RING, height + 2 * RING)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _icons_width(self) -> int:
        """The icons and the gaps between them and the words."""
        icons = bool(self._leading) + bool(self._trailing)
        return _icon() * icons + self._gap * (icons if self.text() else max(icons - 1, 0))

    def _count_font(self) -> QFont:
        font = QFont("Noto Sans")
        font.setPixelSize(theme.current().pixels(13))
        font.setBold(True)
        return font

    def _count_width(self) -> int:
        """The pill with the count and the gap before it; 0 without a count."""
        if not self.count:
            return 0
        return round(QFontMetricsF(self._count_font()).horizontalAdvance(str(self.count))) + 14 + self._gap

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        super().leaveEvent(event)

    def _look(self) -> tuple[QColor | None, QColor | None, str]:
        """Fill, edge and the token of the words."""
        colour = theme.current().colour
        active = self.isEnabled() and (self._hovered or self.isDown())
        if not self.isEnabled():
            return None, (None if self.kind in ("quiet", "rail") else colour("line")), "muted"
        if self.kind == "primary":
            return colour("accent_hover" if active else "accent"), None, "on_accent"
        if self.kind in ("rail", "segment") and self.isChecked():
            return colour("accent_soft"), None, "accent"
        if self.kind == "filter" and self.isChecked():
            return colour("accent_soft"), colour("accent"), "accent"
        if self.kind in ("quiet", "rail"):
            return (colour("sunken") if active else None), None, "accent" if self.kind == "quiet" else "text"
        if self.kind == "segment":
            return (colour("sunken") if active else None), None, "text"
        fill = colour("sunken" if active else "surface")
        if self.kind == "danger":
            return fill, colour("bad"), "bad"
        return fill, colour("edge"), "text"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = box_of(self)
        fill, edge, token = self._look()
        paint_box(painter, box.adjusted(1, 1, -1, -1) if self.kind == "segment" else box, fill, edge)
        if self.isCheckable() and self.isChecked():
            self._paint_mark(painter, box)
        self._paint_words(painter, box, token)
        if self.hasFocus():
            paint_ring(painter, box)

    def _paint_mark(self, painter: QPainter, box: QRectF) -> None:
        accent = theme.current().colour("accent")
        if self.kind == "rail":
            painter.fillRect(QRectF(box.left(), box.top() + 8, 3, box.height() - 16), accent)
        else:
            painter.fillRect(QRectF(box.left() + 6, box.bottom() - 4, box.width() - 12, 3), accent)

    def _paint_words(self, painter: QPainter, box: QRectF, token: str) -> None:
        if self._bare:
            self._paint_bare(painter, box, token)
            return
        font = self.type_font()
        painter.setFont(font)
        words = QFontMetricsF(font).horizontalAdvance(spoken(self.text()))
        icons = self._icons_width() + self._count_width()
        left = box.left() + 12 if self.kind == "rail" else box.left() + (box.width() - words - icons) / 2
        colour = theme.current().colour(token)
        side = _icon()
        middle = box.center().y() - side / 2
        if self._leading:
            paint_icon(painter, self._leading, QRectF(left, middle, side, side), colour)
            left += side + self._gap
        painter.setPen(colour)
        painter.drawText(QRectF(left, box.top(), words + 2, box.height()), WORDS, self.text())
        if self._trailing:
            paint_icon(painter, self._trailing, QRectF(left + words + self._gap, middle, side, side), colour)
        if self.count:
            width, height = self._count_width() - self._gap, theme.current().pixels(20)
            right = box.right() - 10 - width if self.kind == "rail" else left + words + self._gap
            self._paint_count(painter, QRectF(right, box.center().y() - height / 2, width, height))

    def _paint_bare(self, painter: QPainter, box: QRectF, token: str) -> None:
        centre = box.center()
        side = _icon()
        icon = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        paint_icon(painter, self._leading, icon, theme.current().colour(token))
        if self.count:
            self._paint_count(painter, QRectF(icon.right() - 6, icon.top() - 8, 20, 18))

    def _paint_count(self, painter: QPainter, pill: QRectF) -> None:
        colour = theme.current().colour
        paint_box(painter, pill, colour("accent"), None, pill.height() / 2)
        font = self._count_font()
        font.setPixelSize(min(font.pixelSize(), round(pill.height()) - 5))
        painter.setFont(font)
        painter.setPen(colour("on_accent"))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), str(self.count))


class Segments(QWidget):
    """A few choices side by side of which one holds; arrow keys move between them."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], icons: Sequence[str] = (), label: str = "", now: int = 0) -> None:
        super().__init__()
        self.setAccessibleName(label)
        self._group = QButtonGroup(self)
        row = Flow(self, 0)
        row.setContentsMargins(0, 0, 0, 0)
        for number, name in enumerate(names):
            button = Button("segment", name, icons[number] if icons else "")
            button.setCheckable(True)
            button.setAccessibleDescription(label)
            self._group.addButton(button, number)
            row.addWidget(button)
            button.toggled.connect(lambda on, button=button: _stop_of_tab(button, on))
            _stop_of_tab(button, False)
        self.choose(now)
        self._group.idClicked.connect(self.chosen)
        self._group.idToggled.connect(lambda number, on: self.chosen.emit(number) if on else None)

    def minimumSizeHint(self) -> QSize:
        # On one line, but where the text is large.
        return super().minimumSizeHint() if theme.current().scale >= LARGE else self.sizeHint()

    @property
    def now(self) -> int:
        """The number of the choice that holds."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Let another choice hold; below 0 none."""
        if number >= 0:
            self._group.button(number).setChecked(True)
        elif (held := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            held.setChecked(False)
            self._group.setExclusive(True)

    def button(self, number: int) -> Button:
        """One of the choices."""
        button = self._group.button(number)
        assert isinstance(button, Button)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, box_of(self), theme.current().colour("surface"), theme.current().colour("edge"))


def _stop_of_tab(button: Button, on: bool) -> None:
    """Tab comes to the choice that holds, from either side; the arrows go on from there."""
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)


def primary(text: str, icon: str = "", trailing: str = "") -> Button:
    """The one filled button of a screen."""
    return Button("primary", text, icon, trailing)


def secondary(text: str, icon: str = "", small: bool = False) -> Button:
    """A button with an edge."""
    return Button("secondary", text, icon, small=small)


def quiet(text: str, icon: str = "", small: bool = False) -> Button:
    """A button of words alone."""
    return Button("quiet", text, icon, small=small)


def danger(text: str, icon: str) -> Button:
    """A button that takes something away; never filled and never the default."""
    return Button("danger", text, icon)
