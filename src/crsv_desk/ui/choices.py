"""Radio buttons and check boxes, painted, each with a line that explains it; read together by a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from crsv_desk.ui import theme
from crsv_desk.ui.icons import paint_icon
from crsv_desk.ui.painting import RING, box_of, paint_box, paint_ring, spoken

MARK, GAP = 20, 12
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


def _mark() -> int:
    return theme.current().icon(MARK)


def _font(size: int, bold: bool) -> QFont:
    font = QFont("Noto Sans")
    font.setPixelSize(theme.current().pixels(size))
    font.setBold(bold)
    return font


class _Wording:
    """Where the title and the explanation of a choice stand, for one width."""

    def __init__(self, title: str, hint: str, width: int, bold: bool) -> None:
        inner = max(width - 2 * RING - _mark() - GAP, 40)
        self.title_font, self.hint_font = _font(15, bold), _font(13, False)
        room = QRect(0, 0, inner, 10_000)
        self.title_height = QFontMetrics(self.title_font).boundingRect(room, WRAP, title).height()
        self.hint_height = QFontMetrics(self.hint_font).boundingRect(room, WRAP, hint).height() if hint else 0
        self.inner = inner
        self.height = self.title_height + self.hint_height + 2 * RING


def _height(button: QAbstractButton, hint: str, width: int) -> int:
    return max(_Wording(spoken(button.text()), hint, width, True).height, _mark() + 2 * RING)


def _hint_size(button: QAbstractButton, hint: str) -> QSize:
    words = QFontMetrics(_font(15, True)).horizontalAdvance(spoken(button.text()))
    width = min(max(words, 200), 360) + _mark() + GAP + 2 * RING + 2
    return QSize(width, _height(button, hint, width))


def _prepare(button: QAbstractButton, hint: str) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)
    button.setAccessibleName(spoken(button.text()))
    button.setAccessibleDescription(hint)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def _paint(button: QAbstractButton, hint: str, round_mark: bool) -> None:
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour, box = theme.current().colour, box_of(button)
    wording = _Wording(spoken(button.text()), hint, button.width(), button.isChecked())
    line = QFontMetrics(wording.title_font).height()
    side = _mark()
    mark = QRectF(box.left(), box.top() + max((line - side) / 2, 0), side, side)
    if round_mark:
        painter.setBrush(colour("surface"))
        painter.setPen(QPen(colour("accent" if button.isChecked() else "edge"), 6 if button.isChecked() else 2))
        inset = 3 if button.isChecked() else 1
        painter.drawEllipse(mark.adjusted(inset, inset, -inset, -inset))
    else:
        fill = colour("accent" if button.isChecked() else "surface")
        paint_box(painter, mark, fill, None if button.isChecked() else colour("edge"), 4)
        if button.isChecked():
            paint_icon(painter, "check", mark.adjusted(2, 2, -2, -2), colour("on_accent"))
    left = round(mark.right() + GAP)
    painter.setFont(wording.title_font)
    painter.setPen(colour("text" if button.isEnabled() else "muted"))
    painter.drawText(QRect(left, round(box.top()), wording.inner, wording.title_height), WRAP, spoken(button.text()))
    if hint:
        painter.setFont(wording.hint_font)
        painter.setPen(colour("muted"))
        top = round(box.top()) + wording.title_height
        painter.drawText(QRect(left, top, wording.inner, wording.hint_height), WRAP, hint)
    if button.hasFocus():
        paint_ring(painter, box, 4)


class Choice(QRadioButton):
    """One of several: a title and a line that explains it."""

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self._hint = hint
        _prepare(self, hint)

    def sizeHint(self) -> QSize:
        return _hint_size(self, self._hint)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _height(self, self._hint, max(self.width(), 160)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _height(self, self._hint, width)

    def hitButton(self, position: QPointF) -> bool:  # type: ignore[override]
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, self._hint, round_mark=True)


class Tick(QCheckBox):
    """Yes or no: a title and a line that explains it."""

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self._hint = hint
        _prepare(self, hint)

    def sizeHint(self) -> QSize:
        return _hint_size(self, self._hint)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _height(self, self._hint, max(self.width(), 160)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _height(self, self._hint, width)

    def hitButton(self, position: QPointF) -> bool:  # type: ignore[override]
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, self._hint, round_mark=False)
