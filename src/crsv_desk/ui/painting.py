"""Shapes that several widgets paint: the focus ring, rounded boxes, text beside an icon."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from crsv_desk.ui import theme

RING = 4
"""Pixels kept free around a control: a gap of two and the ring of two."""
RADIUS = 8.0


def box_of(widget: QWidget) -> QRectF:
    """Where a control with a ring paints its own box."""
    return QRectF(widget.rect()).adjusted(RING, RING, -RING, -RING)


def paint_box(painter: QPainter, box: QRectF, fill: QColor | None, edge: QColor | None, radius: float = RADIUS) -> None:
    """A rounded box; no fill or no edge where ``None``."""
    width = theme.current().tokens.border
    painter.setBrush(fill if fill is not None else QBrush(Qt.BrushStyle.NoBrush))
    painter.setPen(QPen(edge, width) if edge is not None else QPen(Qt.PenStyle.NoPen))
    inset = width / 2 if edge is not None else 0.0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


def paint_ring(painter: QPainter, box: QRectF, radius: float = RADIUS) -> None:
    """The focus ring around ``box``: two pixels wide, after a gap of two."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.current().colour("focus"), 2))
    painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), radius + 3, radius + 3)


def spoken(text: str) -> str:
    """The words of a button without the sign for its shortcut ("&Name"; "&&" is a real one)."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def literal(text: str) -> str:
    """Foreign text for a button, so that "&" in a name is no shortcut."""
    return text.replace("&", "&&")
