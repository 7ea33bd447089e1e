"""How many of all have signed: a ring, and always the same in words beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from crsv_desk.ui import theme

SIZE, STROKE = 84, 9


class Ring(QWidget):
    """Painted from twelve o'clock; silent for a screen reader, for words stand beside it."""

    def __init__(self, part: int, whole: int) -> None:
        super().__init__()
        self._part, self._whole = part, whole
        self.setFixedSize(SIZE, SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.current().colour
        circle = QRectF(STROKE / 2, STROKE / 2, SIZE - STROKE, SIZE - STROKE)
        contrast = theme.current().name == "contrast"  # there nothing is told by a shade
        painter.setPen(QPen(colour("line"), 2) if contrast else QPen(colour("sunken"), STROKE))
        painter.drawEllipse(circle)
        if self._whole:
            painter.setPen(QPen(colour("accent"), STROKE, c=Qt.PenCapStyle.FlatCap))
            painter.drawArc(circle, 90 * 16, -round(360 * 16 * self._part / self._whole))
        words = f"{self._part}/{self._whole}"
        font = QFont("Noto Sans")
        font.setPixelSize(19 if len(words) < 6 else 14)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour("text"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), words)
