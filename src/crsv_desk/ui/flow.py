"""Widgets side by side that go on below where a line is full: bars that hold at every text size."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Flow(QLayout):
    """Lines of widgets, each as wide as it asks for, none wider than the line. Those added after ``to_the_right`` stand
    at the right end of their line."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._right = -1
        self._heights: dict[int, int] = {}
        """By width, until something in it changes: whoever arranges a page asks many times."""
        self.setSpacing(spacing)

    def to_the_right(self) -> None:
        """What is added from now on stands at the right."""
        self._right = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def invalidate(self) -> None:
        self._heights = {}
        super().invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        item = self._items.pop(index)
        self.invalidate()
        return item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        sides = self.contentsMargins()
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(one.width() for one in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        height = max((one.height() for one in sizes), default=0)
        return QSize(width + sides.left() + sides.right(), height + sides.top() + sides.bottom())

    def minimumSize(self) -> QSize:
        sides = self.contentsMargins()
        sizes = [item.minimumSize() for item in self._shown()]
        width = max((one.width() for one in sizes), default=0) + sides.left() + sides.right()
        height = max((one.height() for one in sizes), default=0) + sides.top() + sides.bottom()
        return QSize(width, height)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _arrange(self, rect: QRect, place: bool) -> int:
        """The height that is needed; puts everything there too where ``place``."""
        sides = self.contentsMargins()
        inner = rect.adjusted(sides.left(), sides.top(), -sides.right(), -sides.bottom())
        top = inner.top()
        if place:  # in the middle of what is higher than it has to be
            top += max(rect.height() - self._arrange(rect, place=False), 0) // 2
        for line in self._lines(inner.width()):
            height = max(self._size(item, inner.width()).height() for item in line)
            if place:
                self._place(line, QRect(inner.left(), top, inner.width(), height))
            top += height + self.spacing()
        used = top - self.spacing() if self._shown() else top
        return used - rect.top() + sides.bottom()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            needed = self._size(item, width).width()
            if not lines or used + self.spacing() + needed > width:
                lines.append([])
                used = needed
            else:
                used += self.spacing() + needed
            lines[-1].append(item)
        return lines

    def _place(self, line: Sequence[QLayoutItem], room: QRect) -> None:
        right = [item for item in line if 0 <= self._right <= self._items.index(item)]
        left = room.left()
        for item in line:
            if right and item is right[0]:
                needed = sum(self._size(one, room.width()).width() for one in right) + self.spacing() * (len(right) - 1)
                left = max(left, room.right() + 1 - needed)
            size = self._size(item, room.width())
            item.setGeometry(
                QRect(left, room.top() + (room.height() - size.height()) // 2, size.width(), size.height())
            )
            left += size.width() + self.spacing()

    @staticmethod
    def _size(item: QLayoutItem, width: int) -> QSize:
        """As it asks for, but within the line."""
        asked = item.sizeHint()
        widget = item.widget()
        stretches = widget is not None and widget.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Expanding
        wide = min(max(asked.width(), 240) if stretches else asked.width(), width)
        high = item.heightForWidth(wide) if item.hasHeightForWidth() else asked.height()
        return QSize(wide, high)


def flowing(*widgets: QWidget, spacing: int = 8) -> QWidget:
    """Widgets in a ``Flow``."""
    result = QWidget()
    layout = Flow(result, spacing)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    return result
