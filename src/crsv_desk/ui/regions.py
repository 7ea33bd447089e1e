"""F6: from one region of the window to the next, to the first thing in it that takes the focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def first_in(region: QWidget) -> QWidget | None:
    """The first widget of a region, in the order of Tab, that takes the focus."""
    if not region.isVisible():
        return None
    if _takes_focus(region):
        return region
    widget = region.nextInFocusChain()
    while widget is not region and widget is not None:
        if region.isAncestorOf(widget) and _takes_focus(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None


def next_region(regions: Sequence[QWidget], focus: QWidget | None, *, forward: bool) -> QWidget | None:
    """What gets the focus when the person leaves the region that holds ``focus`` for the next one."""
    here = next((at for at, region in enumerate(regions) if focus is not None and _holds(region, focus)), -1)
    steps = range(1, len(regions) + 1) if forward else range(-1, -len(regions) - 1, -1)
    for step in steps:
        found = first_in(regions[(here + step) % len(regions)])
        if found is not None:
            return found
    return None


def parts_of(page: QWidget) -> list[QWidget]:
    """The regions of a page: its bars and its contents; the page itself where it is made otherwise."""
    layout = page.layout()
    items = [layout.itemAt(at) for at in range(layout.count())] if layout is not None else []
    parts = [item.widget() for item in items if item is not None]
    return [part for part in parts if part is not None] or [page]


def _holds(region: QWidget, focus: QWidget) -> bool:
    return region is focus or region.isAncestorOf(focus)


def _takes_focus(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()
