"""A list and what is chosen in it: side by side, or under one another where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

LIST = 290
"""Pixels of the list's width, side by side."""
SHARE = 0.36
"""Of the height, for the list above: what is chosen is read and decided below, and needs more."""


class ListBeside(QSplitter):
    """Divided anew whenever its size changes; between that a person may drag."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self._least = 0

    def set_narrow(self, narrow: bool, least: int = 0) -> None:
        """Under one another, the list at least so high, or side by side."""
        self._least = least
        self.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self.divide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.divide()  # here: before, the page's new size has not come down to it

    def divide(self) -> None:
        """Give each its room again: what they ask for at least has changed."""
        vertical = self.orientation() == Qt.Orientation.Vertical
        size = self.height() if vertical else self.width()
        first = max(round(size * SHARE), self._least) if vertical else LIST
        self.setSizes([first, max(size - first, 1)])
