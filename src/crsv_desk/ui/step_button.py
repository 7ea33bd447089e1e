"""One step of the bar of steps: a number in a circle and a word; done steps show a check."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from crsv_desk.i18n import _
from crsv_desk.ui import theme
from crsv_desk.ui.icons import paint_icon
from crsv_desk.ui.painting import paint_ring

CIRCLE, GAP, SIDE, CLOSE = 26, 10, 12, 6
"""Pixels; ``CLOSE`` is the room at either side where there is little of it."""


def _circle() -> int:
    return theme.current().icon(CIRCLE)


class StepButton(QAbstractButton):
    """A step that can be looked at."""

    def __init__(self, number: int, count: int, name: str, now: bool, done: bool) -> None:
        super().__init__()
        self.setText(name)
        self._number, self._now, self._done = number + 1, now, done
        self._close = False
        state = _("here now") if now else _("done") if done else _("to come")
        spoken = _("Step {number} of {count}: {name}, {state}")
        self.setAccessibleName(spoken.format(number=self._number, count=count, name=name, state=state))
        self.setToolTip(escape(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def _font(self) -> QFont:
        font = QFont("Noto Sans")
        font.setPixelSize(theme.current().pixels(15))
        font.setBold(self._now)
        return font

    def _words(self) -> str:
        return _("{name} · done").format(name=self.text()) if self._done and not self._now else self.text()

    def _wide(self, words: str, side: int = SIDE) -> int:
        """How many pixels the step takes with these words."""
        return round(QFontMetricsF(self._font()).horizontalAdvance(words)) + _circle() + GAP + 2 * side + 2

    @property
    def full_width(self) -> int:
        """Pixels with all words and room."""
        return self._wide(self._words())

    def close_up(self, close: bool) -> None:
        """Ask for no more room than the name needs: the check says "done" too."""
        if close != self._close:
            self._close = close
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._wide(self.text(), CLOSE) if self._close else self.full_width, 56)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide(self.text(), CLOSE) if self._now else _circle() + 2 * CLOSE, 56)

    def _fitting(self) -> tuple[str, int]:
        """The words for the room there is, and the room beside them."""
        for words, side in ((self._words(), SIDE), (self.text(), SIDE), (self.text(), CLOSE)):
            if self._wide(words, side) <= self.width():
                return words, side
        room = self.width() - _circle() - GAP - 2 * CLOSE
        return QFontMetricsF(self._font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room), CLOSE

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.current().colour
        shown, side = self._fitting()
        wide = _circle()
        circle = QRectF(side, (self.height() - wide) / 2, wide, wide)
        edge = "accent" if self._now else "ok" if self._done else "edge"
        painter.setPen(QPen(colour(edge), 1))
        painter.setBrush(colour("accent" if self._now else "surface"))
        painter.drawEllipse(circle)
        font = self._font()
        small = QFont(font)
        small.setPixelSize(round(wide / 2))
        if self._done and not self._now:
            paint_icon(painter, "check", circle.adjusted(wide / 5, wide / 5, -wide / 5, -wide / 5), colour("ok"))
        else:
            painter.setFont(small)
            painter.setPen(colour("on_accent" if self._now else "muted"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(font)
        painter.setPen(colour("text" if self._now or self._done else "muted"))
        words = QRectF(circle.right() + GAP, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        if self._now:
            painter.fillRect(QRectF(side - 4, self.height() - 3, self.width() - 2 * side + 8, 3), colour("accent"))
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()).adjusted(5, 9, -5, -9))
