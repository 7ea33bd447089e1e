"""Widgets side by side where there is room for them, under one another where there is not."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from crsv_desk.ui import theme


class Columns(QWidget):
    """``narrow``: below this many pixels (at 100 % text size) the widgets stand under one another."""

    def __init__(self, widgets: Sequence[QWidget], narrow: int, shares: Sequence[int] = (), spacing: int = 16) -> None:
        super().__init__()
        self._narrow = narrow
        self._widgets = list(widgets)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(spacing)
        for at, widget in enumerate(widgets):
            self._layout.addWidget(widget, shares[at] if shares else 1)

    def minimumSizeHint(self) -> QSize:
        # Not the layout's own: side by side it would never become narrow enough to change.
        width = max(widget.minimumSizeHint().width() for widget in self._widgets)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < self._narrow * theme.current().scale
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        super().resizeEvent(event)
