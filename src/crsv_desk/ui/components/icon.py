"""A bundled icon as a part of a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crsv_desk.ui import theme
from crsv_desk.ui.icons import paint_icon


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
