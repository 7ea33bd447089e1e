"""A page of the window: bars on top, contents, a bar below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crsv_desk.ui import theme
from crsv_desk.ui.buttons import Button
from crsv_desk.ui.components.boxes import let_go
from crsv_desk.ui.order import put_in_order

LOWEST = 330
"""Pixels of a page's height, at 100 % text size, from which its name is shown on top."""


class Page(QWidget):
    """A page of the window: bars on top, contents, a bar below. ``show_parts`` replaces them all."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self.first: QWidget | None = None
        """What gets the focus when the page is shown; else its first control. Not a focus proxy: Qt takes the page's
        other controls out of the order of Tab for that."""

    def show_parts(self, top: Sequence[QWidget], content: QWidget, bottom: Sequence[QWidget] = ()) -> None:
        """Show these; what was shown before and is not among them is let go, also as ``first``."""
        stays = (*top, content, *bottom)
        while (item := self._parts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in stays:
                let_go(widget)
        self.first = None
        for widget in top:
            self._parts.addWidget(widget)
        self._parts.addWidget(content, 1)
        for widget in bottom:
            self._parts.addWidget(widget)
        for widget in (*top, content, *bottom):
            widget.show()  # now, not at the next turn: what is not visible yet cannot take the focus
        self._make_room(self.height())
        put_in_order(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room(event.size().height())

    def _make_room(self, height: int) -> None:
        """In a low window with large text what is said elsewhere too, as the letter's name, makes room for what the page
        is about."""
        for part in (*self.findChildren(QFrame), *self.findChildren(Button)):
            if part.property("spare"):
                part.setVisible(height >= LOWEST * theme.current().scale)

    def sizeHint(self) -> QSize:
        return QSize(1068, 800)
