"""The bundled icons (lucide, ISC), tinted with the colour of the text beside them, sharp at every resolution."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from crsv_desk.resources import resource
from crsv_desk.ui import theme

STROKE = "1.75"


@cache
def _source(name: str) -> str:
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return svg.replace('stroke-width="2"', f'stroke-width="{STROKE}"')


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def paint_icon(painter: QPainter, name: str, target: QRectF, colour: QColor) -> None:
    """Draw an icon into ``target``."""
    _renderer(name, colour.name()).render(painter, target)


class TintedEngine(QIconEngine):
    """Draws one icon in the colour of a token, looked up at the moment of drawing, so that it follows the theme."""

    def __init__(self, name: str, tint: str) -> None:
        super().__init__()
        self._name = name
        self._tint = tint

    def clone(self) -> QIconEngine:
        return TintedEngine(self._name, self._tint)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tint = "muted" if mode == QIcon.Mode.Disabled else self._tint
        paint_icon(painter, self._name, QRectF(rect), theme.current().colour(tint))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        picture.setDevicePixelRatio(scale)
        return picture


def icon(name: str, tint: str = "text") -> QIcon:
    """A bundled icon by lucide's name, in the colour of a token."""
    return QIcon(TintedEngine(name, tint))
