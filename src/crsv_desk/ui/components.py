"""The parts that every page is put together from. Text is always plain text: nothing foreign is read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crsv_desk.ui import theme
from crsv_desk.ui.buttons import Button, Segments, danger, primary, quiet, secondary
from crsv_desk.ui.choices import Choice, Tick
from crsv_desk.ui.flow import Flow, flowing
from crsv_desk.ui.icons import paint_icon
from crsv_desk.ui.order import put_in_order
from crsv_desk.ui.painting import paint_box

__all__ = [
    "Banner", "Button", "Card", "Chip", "Choice", "Elided", "Field", "Icon", "Page", "Room", "Segments", "Steps", "Tick",
    "action_bar", "announce", "at_most", "banner", "card", "chip", "clear", "column", "danger", "empty_state", "field", "flowing",
    "header", "label", "primary", "quiet", "restyle", "row", "rule", "scrolled", "secondary", "show_if", "steps",
]  # fmt: skip

LOWEST = 330
"""Pixels of a page's height, at 100 % text size, from which its name is shown on top."""
TONE_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "octagon-alert", "accent": "info"}


def label(text: str, type: str = "", tone: str = "", wrap: bool = True) -> QLabel:  # noqa: A002  the style sheet's word
    """Plain text of one of the style sheet's types ("title", "h2", "small", ...) and tones."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    result.setProperty("type", type)
    result.setProperty("tone", tone)
    return result


class Elided(QLabel):
    """One line of plain text that ends in "…" where there is too little room; the whole is said and shown on hover."""

    def __init__(self, text: str, type: str = "", tone: str = "text") -> None:  # noqa: A002  the style sheet's word
        super().__init__(text)
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", type)
        self.setAccessibleName(text)
        self.setToolTip(escape(text))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(80, self.sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(theme.current().colour(self._tone))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), shown)


def show_if(widget: QWidget, holds: bool) -> None:
    """Show or hide. A widget that has no place yet is left to come with it: shown now, it would be a window of its own
    for a moment and take the focus from the real one."""
    if not holds or widget.parentWidget() is not None:
        widget.setVisible(holds)


def restyle(widget: QWidget, **properties: object) -> None:
    """Change properties that the style sheet looks at."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def column(*widgets: QWidget | None, spacing: int = 8) -> QWidget:
    """Widgets under one another; ``None`` is room that stretches."""
    return _line(QVBoxLayout(), widgets, spacing)


def row(*widgets: QWidget | None, spacing: int = 12) -> QWidget:
    """Widgets side by side; ``None`` is room that stretches."""
    return _line(QHBoxLayout(), widgets, spacing)


def _line(layout: QVBoxLayout | QHBoxLayout, widgets: Iterable[QWidget | None], spacing: int) -> QWidget:
    result = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addStretch(1) if widget is None else layout.addWidget(widget)
    result.setLayout(layout)
    return result


def at_most(widget: QWidget, width: int) -> QWidget:
    """``widget`` no wider than ``width`` pixels, in the middle of wider room. Not a maximum width alone: a column would
    then ask for the height that the full width needs."""
    widget.setMaximumWidth(width)
    room = QWidget()
    line = QHBoxLayout(room)
    line.setContentsMargins(0, 0, 0, 0)
    line.addStretch(1)
    line.addWidget(widget, 1_000)
    line.addStretch(1)
    return room


def rule() -> QFrame:
    """A thin line across."""
    result = QFrame()
    result.setProperty("frame", "rule")
    result.setFixedHeight(1)
    return result


class Icon(QWidget):
    """A bundled icon that follows the theme; silent for a screen reader, for words stand beside it."""

    def __init__(self, name: str, size: int = 20, tint: str = "text") -> None:
        super().__init__()
        self._name, self._size, self._tint = name, size, tint
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.current().icon(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()  # it grows with the text
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, self._name, QRectF(self.rect()), theme.current().colour(self._tint))


class Card(QFrame):
    """A box on the desk. ``body`` takes its contents."""

    def __init__(self, *widgets: QWidget, kind: str = "card", margin: int = 16, spacing: int = 8) -> None:
        super().__init__()
        self.setProperty("frame", kind)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(spacing)
        for widget in widgets:
            self.body.addWidget(widget)


def card(*widgets: QWidget, kind: str = "card", margin: int = 16, spacing: int = 8) -> Card:
    """A box with widgets under one another. ``kind``: "card", "card-accent", "paper", "tray"."""
    return Card(*widgets, kind=kind, margin=margin, spacing=spacing)


class Banner(QFrame):
    """What is the case, and what to do: an icon, a bold first line, a second line, at most one button."""

    def __init__(self, tone: str, title: str, text: str = "", button: Button | None = None) -> None:
        super().__init__()
        self._tone = tone
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 12, 16, 12)
        line.setSpacing(12)
        place = Qt.AlignmentFlag.AlignTop if text else Qt.AlignmentFlag.AlignVCenter
        line.addWidget(Icon(TONE_ICONS.get(tone, "info"), 22, tone), 0, place)
        self.title, self.text = label(title, "strong", tone), label(text)
        show_if(self.text, bool(text))
        self._line, self._words = line, column(self.title, self.text, spacing=2)
        line.addWidget(self._words, 1)
        if button is not None:
            line.addWidget(button)
        self.setAccessibleName(f"{title} {text}".strip())

    def make_low(self, whole: Button) -> None:
        """Two lines high at most; what is longer is scrolled to, also with the arrow keys, or shown by ``whole``."""
        self._line.setContentsMargins(16, 4, 4, 4)
        restyle(self.title, type="label")
        area = _TwoLines(self.title, whole)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.title.text())
        area.viewport().setAutoFillBackground(False)
        area.setWidget(self._words)
        self._words.setAutoFillBackground(False)
        self.title.ensurePolished()
        area.setFixedHeight(2 * self.title.fontMetrics().lineSpacing())
        self._line.insertWidget(1, area, 1)
        self._line.insertWidget(2, whole)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = theme.current()
        colour = now.colour(self._tone)
        paint_box(painter, QRectF(self.rect()), now.colour(f"{self._tone}_soft"), colour)
        painter.setClipRect(QRectF(0, 0, 4, self.height()))
        paint_box(painter, QRectF(self.rect()), colour, None)


class _TwoLines(QScrollArea):
    """Shows a button while what is in it is longer than it is high."""

    def __init__(self, words: QLabel, whole: Button) -> None:
        super().__init__()
        self._label, self._whole = words, whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        show_if(self._whole, self._label.heightForWidth(self.viewport().width()) > self.height())


def banner(tone: str, title: str, text: str = "", button: Button | None = None) -> Banner:
    """A banner in the tone "ok", "warn", "bad" or "accent"."""
    return Banner(tone, title, text, button)


class Chip(QWidget):
    """A state in three ways at once: icon, word and colour."""

    def __init__(self, tone: str, icon: str, text: str) -> None:
        super().__init__()
        self._tone, self._icon = tone, icon
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 2, 10, 2)
        line.setSpacing(6)
        line.addWidget(Icon(icon, 16, tone))
        self.words = Elided(text, "small", tone)
        line.addWidget(self.words)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = theme.current()
        soft = now.colour("sunken" if self._tone in ("muted", "text") else f"{self._tone}_soft")
        paint_box(painter, QRectF(self.rect()), soft, now.colour(self._tone), 6)


def chip(tone: str, icon: str, text: str) -> Chip:
    """A chip in the tone "ok", "warn", "bad", "accent" or "muted"."""
    return Chip(tone, icon, text)


class Field(QWidget):
    """A named input with a line of help and, when it is wrong, a line that says so."""

    def __init__(self, label_text: str, widget: QWidget, hint: str = "") -> None:
        super().__init__()
        self.widget = widget
        self._hint = hint
        if isinstance(widget, QComboBox):  # as wide as there is room, not as its longest entry
            widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            widget.setMinimumContentsLength(8)
        self.label = label("", "label")
        self.label.setBuddy(widget)
        self.hint = label(hint, "small")
        show_if(self.hint, bool(hint))
        self._icon = Icon("circle-alert", 16, "bad")
        self._words = label("", "", "bad")
        self.error = row(self._icon, self._words, spacing=6)
        self.error.setVisible(False)
        self.rename(label_text)
        widget.setAccessibleDescription(hint)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        for part in (self.label, widget, self.hint, self.error):
            lines.addWidget(part)

    def rename(self, label_text: str) -> None:
        """Ask for something else, on the screen and to a screen reader."""
        self.label.setText(label_text)
        self.widget.setAccessibleName(label_text.replace("&", ""))

    def set_error(self, sentence: str) -> None:
        """Say what is wrong, under the input and to a screen reader; an empty sentence takes it away."""
        self._words.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.widget.setAccessibleDescription(sentence or self._hint)
        restyle(self.widget, wrong=bool(sentence))


def field(label_text: str, widget: QWidget, hint: str = "") -> Field:
    """An input with its label as buddy ("&Name" gives Alt+N), a hint and room for an error."""
    return Field(label_text, widget, hint)


def scrolled(widget: QWidget) -> QScrollArea:
    """``widget`` in a frame that scrolls up and down."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not widget.objectName():
        widget.setObjectName("scrolled")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area.setWidget(widget)
    return area


class Room(QWidget):
    """What is scrolled through, no higher than its contents need at the width that they have: a layout whose words wrap
    asks for the height of its narrowest, and would end in an empty stretch."""

    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        wraps = layout is not None and layout.hasHeightForWidth()
        return QSize(least.width(), 0) if wraps else least  # the scroll area asks for the rest by the width


def header(title: str, subtitle: str = "", *right: QWidget) -> QFrame:
    """The bar on top of a page: its name, a small addition, and what stands at the right."""
    frame = QFrame()
    frame.setProperty("frame", "header")
    frame.setProperty("spare", True)
    frame.setMinimumHeight(56)
    line = Flow(frame, 16)
    line.setContentsMargins(24, 10, 24, 10)
    line.addWidget(Elided(title, "strong"))
    if subtitle:
        line.addWidget(label(subtitle, "small", wrap=False))
    line.to_the_right()
    for widget in right:
        line.addWidget(widget)
    return frame


class Steps(QFrame):
    """Where the person is: numbered steps that can be pressed."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], now: int, done: Sequence[int] = ()) -> None:
        super().__init__()
        from crsv_desk.ui.step_button import StepButton

        self.setProperty("frame", "header")
        self.setMinimumHeight(56)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        self.buttons: list[StepButton] = []
        for number, name in enumerate(names):
            button = StepButton(number, len(names), name, now=number == now, done=number in done)
            button.clicked.connect(lambda _checked=False, number=number: self.chosen.emit(number))
            self.buttons.append(button)
            line.addWidget(button)
        line.addStretch(1)
        self.end = line

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where the steps do not fit, they stand closer together, before any of their words is cut."""
        across = sum(button.full_width for button in self.buttons) + 8 * len(self.buttons) + 32
        close = across > self.width()
        self.end.setContentsMargins(4 if close else 16, 0, 4 if close else 16, 0)
        self.end.setSpacing(0 if close else 8)
        for button in self.buttons:
            button.close_up(close)


def steps(names: Sequence[str], now: int, done: Sequence[int] = ()) -> Steps:
    """The bar of steps; ``chosen`` tells which was pressed, counted from 0."""
    return Steps(names, now, done)


def action_bar(left: Sequence[QWidget], right: Sequence[QWidget]) -> QFrame:
    """The bar below a page: back and state at the left, the way on at the right."""
    frame = QFrame()
    frame.setProperty("frame", "bar")
    frame.setMinimumHeight(72)
    line = Flow(frame, 4)
    line.setContentsMargins(20, 11, 20, 11)
    for widget in left:
        line.addWidget(widget)
    line.to_the_right()
    for widget in right:
        line.addWidget(widget)
    return frame


class _Dashed(QFrame):
    """A frame of dashes: Qt's style sheets draw dots at one pixel."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.current().colour("edge"), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def empty_state(icon: str, title: str, text: str, button: Button | None = None) -> QFrame:
    """A dashed frame where something could be: what is the case, and how to change that."""
    frame = _Dashed()
    line = QHBoxLayout(frame)
    line.setContentsMargins(24, 24, 24, 24)
    line.setSpacing(24)
    line.addWidget(Icon(icon, 32, "muted"))
    line.addWidget(column(label(title, "strong"), label(text, "muted"), spacing=2), 1)
    if button is not None:
        line.addWidget(button)
    frame.setAccessibleName(f"{title} {text}")
    return frame


class Page(QWidget):
    """A page of the window: bars on top, contents, a bar below. ``show_parts`` replaces them all."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self.first: QWidget | None = None
        """What gets the focus when the page is shown; else its first control. Not a focus proxy: Qt takes the page's
        other controls out of the order of Tab for that."""

    def show_parts(self, top: Sequence[QWidget], content: QWidget, bottom: Sequence[QWidget] = ()) -> None:
        """Show these; what was shown before and is not among them is let go, also as ``first``."""
        stays = (*top, content, *bottom)
        while (item := self._parts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in stays:
                widget.hide()
                widget.deleteLater()
        self.first = None
        for widget in top:
            self._parts.addWidget(widget)
        self._parts.addWidget(content, 1)
        for widget in bottom:
            self._parts.addWidget(widget)
        for widget in (*top, content, *bottom):
            widget.show()  # now, not at the next turn: what is not visible yet cannot take the focus
        self._make_room(self.height())
        put_in_order(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room(event.size().height())

    def _make_room(self, height: int) -> None:
        """In a low window with large text what is said elsewhere too, as the letter's name, makes room for what the page
        is about."""
        for part in (*self.findChildren(QFrame), *self.findChildren(Button)):
            if part.property("spare"):
                part.setVisible(height >= LOWEST * theme.current().scale)

    def sizeHint(self) -> QSize:
        return QSize(1068, 800)


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say a sentence, without moving the focus."""
    event = QAccessibleAnnouncementEvent(widget, sentence)
    QAccessible.updateAccessibility(event)
