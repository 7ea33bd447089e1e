"""The order of Tab: as things stand on the page, from the first bar to the last, whenever they were made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def put_in_order(page: QWidget) -> None:
    """Make Tab follow the layouts of ``page``; also through what Tab may come to later, as another paragraph."""
    stops = [one for one in _in_order(page) if one.focusPolicy() != Qt.FocusPolicy.NoFocus]
    for one, following in pairwise(stops):
        if one.nextInFocusChain() is not following:
            QWidget.setTabOrder(one, following)


def _in_order(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None:
        return
    yield widget
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        yield from _in_order(widget.widget())
    elif isinstance(widget, QStackedWidget | QSplitter):
        for at in range(widget.count()):
            yield from _in_order(widget.widget(at))
    elif layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    last: list[QWidget] = []
    for at in range(layout.count()):
        item = layout.itemAt(at)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if widget is not None and widget.property("tab_last"):
            last.append(widget)  # beside what comes next for nearly everybody
        elif widget is not None:
            yield from _in_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)
    for widget in last:
        yield from _in_order(widget)
