"""The pad for a drawn mark: mouse, finger and pen become strokes; the strokes are kept as vectors."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from crsv_desk.domain.marks import MOST_POINTS, Drawing, Point, curves
from crsv_desk.i18n import _
from crsv_desk.ui import theme
from crsv_desk.ui.painting import paint_box
from crsv_desk.ui.roles import Role, give_role

TENTHS = 10
"""Points of a drawing per pixel of the pad."""
SMOOTHING = 0.55
"""How far the line follows the hand at once; the rest it catches up with."""
NEAREST = 0.8
"""Pixels between two points, at least."""


def path_of(drawing: Drawing) -> QPainterPath:
    """The smooth line through a drawing's points, in pixels."""
    path, scale = QPainterPath(), 1 / TENTHS
    for stroke in drawing.strokes:
        x, y = stroke[0]
        path.moveTo(x * scale, y * scale)
        if len(stroke) == 1:
            path.lineTo(x * scale + 0.01, y * scale)  # a dot: a line without length, with round ends
        for segment in curves(stroke):
            path.cubicTo(*(value * scale for value in segment))
    return path


class MarkPad(QWidget):
    """Draw here. Backspace takes the last stroke away, Delete all of them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[list[tuple[float, float]]] = []
        self._drawing = False
        self._with_tablet = False
        self.setAccessibleName(_("Field to draw your signature"))
        self.setAccessibleDescription(
            _("Draw with mouse, finger or pen. Without drawing, choose “Type”. Backspace takes the last stroke away.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(104)
        self.setMaximumHeight(150)

    def drawing(self) -> Drawing:
        """What was drawn, in tenths of a pixel."""
        return Drawing(tuple(tuple(_point(x, y) for x, y in stroke) for stroke in self._strokes if stroke))

    @property
    def empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self._strokes

    def clear(self) -> None:
        """Take everything away."""
        self._strokes.clear()
        self._tell()

    def undo(self) -> None:
        """Take the last stroke away."""
        if self._strokes:
            self._strokes.pop()
            self._tell()

    # --- the pen

    def _begin(self, at: QPointF) -> None:
        self._drawing = True
        self._strokes.append([(at.x(), at.y())])
        self.update()

    def _draw(self, at: QPointF) -> None:
        stroke = self._strokes[-1]
        x, y = stroke[-1]
        away_x, away_y = at.x() - x, at.y() - y
        if math.hypot(away_x, away_y) < NEAREST or sum(map(len, self._strokes)) >= MOST_POINTS:
            return
        stroke.append((x + SMOOTHING * away_x, y + SMOOTHING * away_y))
        self.update()

    def _end(self) -> None:
        self._drawing = False
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._with_tablet:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing and not self._with_tablet:
            self._draw(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drawing and not self._with_tablet:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        match event.type():
            case QEvent.Type.TabletPress:
                self._with_tablet = True
                self._begin(event.position())
            case QEvent.Type.TabletMove if self._drawing:
                self._draw(event.position())
            case QEvent.Type.TabletRelease if self._drawing:
                self._end()
                self._with_tablet = False
        event.accept()  # else Qt makes mouse events of it, and every stroke comes twice

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.clear()
        elif event.key() == Qt.Key.Key_Backspace:
            self.undo()
        else:
            super().keyPressEvent(event)

    # --- the eye

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.current().colour
        paint_box(painter, QRectF(self.rect()), colour("surface"), colour("focus" if self.hasFocus() else "edge"))
        if self.hasFocus():
            painter.setPen(QPen(colour("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        base = self.height() * 0.76
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(QPointF(16, base), QPointF(self.width() - 16, base))
        if self.empty:
            painter.setPen(colour("muted"))
            painter.drawText(QRectF(16, base - 28, self.width() - 32, 24), Qt.AlignmentFlag.AlignCenter, _("Draw here"))
        painter.setPen(_ink(colour("text")))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path_of(self.drawing()))

    def sizeHint(self) -> QSize:
        return QSize(274, 120)


def _ink(colour: QColor) -> QPen:
    return QPen(colour, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _point(x: float, y: float) -> Point:
    return round(x * TENTHS), round(y * TENTHS)


give_role(MarkPad, lambda _pad: Role.Canvas)
