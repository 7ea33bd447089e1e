"""Boxes, rows and columns: what keeps the parts of a page together."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
        if widget is not None:
            let_go(widget)


def let_go(widget: QWidget) -> None:
    """Hide it now, and take it away at the next turn; until then it is marked as gone."""
    widget.hide()
    widget.setProperty("gone", True)
    widget.deleteLater()


def column(*widgets: QWidget | None, spacing: int = 8) -> QWidget:
    """Widgets under one another; ``None`` is room that stretches."""
    return _line(QVBoxLayout(), widgets, spacing)


def row(*widgets: QWidget | None, spacing: int = 12) -> QWidget:
    """Widgets side by side; ``None`` is room that stretches."""
    return _line(QHBoxLayout(), widgets, spacing)


def _line(layout: QVBoxLayout | QHBoxLayout, widgets: Iterable[QWidget | None], spacing: int) -> QWidget:
    result = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addStretch(1) if widget is None else layout.addWidget(widget)
    result.setLayout(layout)
    return result


def page_column(*widgets: QWidget) -> QWidget:
    """What fills a page, from its top on."""
    result = column(*widgets, None, spacing=14)
    result.layout().setContentsMargins(32, 16, 32, 24)  # type: ignore[union-attr]
    return result


def at_most(widget: QWidget, width: int) -> QWidget:
    """``widget`` no wider than ``width`` pixels, in the middle of wider room. Not a maximum width alone: a column would
    then ask for the height that the full width needs."""
    widget.setMaximumWidth(width)
    room = QWidget()
    line = QHBoxLayout(room)
    line.setContentsMargins(0, 0, 0, 0)
    line.addStretch(1)
    line.addWidget(widget, 1_000)
    line.addStretch(1)
    return room


def rule() -> QFrame:
    """A thin line across."""
    result = QFrame()
    result.setProperty("frame", "rule")
    result.setFixedHeight(1)
    return result


class Card(QFrame):
    """A box on the desk. ``body`` takes its contents."""

    def __init__(self, *widgets: QWidget, kind: str = "card", margin: int = 16, spacing: int = 8) -> None:
        super().__init__()
        self.setProperty("frame", kind)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(spacing)
        for widget in widgets:
            self.body.addWidget(widget)


def card(*widgets: QWidget, kind: str = "card", margin: int = 16, spacing: int = 8) -> Card:
    """A box with widgets under one another. ``kind``: "card", "card-accent", "paper", "tray"."""
    return Card(*widgets, kind=kind, margin=margin, spacing=spacing)


def scrolled(widget: QWidget) -> QScrollArea:
    """``widget`` in a frame that scrolls up and down."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if not widget.objectName():
        widget.setObjectName("scrolled")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area.setWidget(widget)
    return area


class Room(QWidget):
    """What is scrolled through, no higher than its contents need at the width that they have: a layout whose words wrap
    asks for the height of its narrowest, and would end in an empty stretch."""

    def minimumSizeHint(self) -> QSize:
        least, layout = super().minimumSizeHint(), self.layout()
        wraps = layout is not None and layout.hasHeightForWidth()
        return QSize(least.width(), 0) if wraps else least  # the scroll area asks for the rest by the width
