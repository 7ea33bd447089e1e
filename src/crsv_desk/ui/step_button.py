"""One step of the bar of steps: a number in a circle and a word; done steps show a check."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from crsv_desk.i18n import _
from crsv_desk.ui import theme
from crsv_desk.ui.icons import paint_icon
from crsv_desk.ui.painting import paint_ring

CIRCLE, GAP, SIDE = 26, 10, 12


class StepButton(QAbstractButton):
    """A step that can be looked at."""

    def __init__(
        self, number: int, count: int, name: str, now: bool, done: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setText(name)
        self._number, self._now, self._done = number + 1, now, done
        state = _("here now") if now else _("done") if done else _("to come")
        spoken = _("Step {number} of {count}: {name}, {state}")
        self.setAccessibleName(spoken.format(number=self._number, count=count, name=name, state=state))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

    def _font(self) -> QFont:
        font = QFont("Noto Sans")
        font.setPixelSize(theme.current().pixels(15))
        font.setBold(self._now)
        return font

    def _words(self) -> str:
        return _("{name} · done").format(name=self.text()) if self._done and not self._now else self.text()

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self._font()).horizontalAdvance(self._words())
        return QSize(round(words) + CIRCLE + GAP + 2 * SIDE + 2, 56)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.current().colour
        circle = QRectF(SIDE, (self.height() - CIRCLE) / 2, CIRCLE, CIRCLE)
        edge = "accent" if self._now else "ok" if self._done else "edge"
        painter.setPen(QPen(colour(edge), 1))
        painter.setBrush(colour("accent" if self._now else "surface"))
        painter.drawEllipse(circle)
        font = self._font()
        small = QFont(font)
        small.setPixelSize(13)
        if self._done and not self._now:
            paint_icon(painter, "check", circle.adjusted(5, 5, -5, -5), colour("ok"))
        else:
            painter.setFont(small)
            painter.setPen(colour("on_accent" if self._now else "muted"))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(font)
        painter.setPen(colour("text" if self._now or self._done else "muted"))
        words = QRectF(circle.right() + GAP, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words())
        if self._now:
            painter.fillRect(QRectF(SIDE - 4, self.height() - 3, self.width() - 2 * SIDE + 8, 3), colour("accent"))
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()).adjusted(5, 9, -5, -9))
