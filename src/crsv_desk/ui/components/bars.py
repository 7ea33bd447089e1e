"""The bars above and below a page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from crsv_desk.ui.components.words import Elided, label
from crsv_desk.ui.flow import Flow
from crsv_desk.ui.step_button import StepButton


def header(title: str, subtitle: str = "", *right: QWidget) -> QFrame:
    """The bar on top of a page: its name, a small addition, and what stands at the right."""
    frame = QFrame()
    frame.setProperty("frame", "header")
    frame.setProperty("spare", True)
    frame.setMinimumHeight(56)
    line = Flow(frame, 16)
    line.setContentsMargins(24, 10, 24, 10)
    line.addWidget(Elided(title, "strong"))
    if subtitle:
        line.addWidget(label(subtitle, "small", wrap=False))
    line.to_the_right()
    for widget in right:
        line.addWidget(widget)
    return frame


class Steps(QFrame):
    """Where the person is: numbered steps that can be pressed."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], now: int, done: Sequence[int] = ()) -> None:
        super().__init__()
        self.setProperty("frame", "header")
        self.setMinimumHeight(56)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        self.buttons: list[StepButton] = []
        for number, name in enumerate(names):
            button = StepButton(number, len(names), name, now=number == now, done=number in done)
            button.clicked.connect(lambda _checked=False, number=number: self.chosen.emit(number))
            self.buttons.append(button)
            line.addWidget(button)
        line.addStretch(1)
        self.end = line

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where the steps do not fit, they stand closer together, before any of their words is cut."""
        across = sum(button.full_width for button in self.buttons) + 8 * len(self.buttons) + 32
        close = across > self.width()
        self.end.setContentsMargins(4 if close else 16, 0, 4 if close else 16, 0)
        self.end.setSpacing(0 if close else 8)
        for button in self.buttons:
            button.close_up(close)


def steps(names: Sequence[str], now: int, done: Sequence[int] = ()) -> Steps:
    """The bar of steps; ``chosen`` tells which was pressed, counted from 0."""
    return Steps(names, now, done)


def action_bar(left: Sequence[QWidget], right: Sequence[QWidget]) -> QFrame:
    """The bar below a page: back and state at the left, the way on at the right."""
    frame = QFrame()
    frame.setProperty("frame", "bar")
    frame.setMinimumHeight(72)
    line = Flow(frame, 4)
    line.setContentsMargins(20, 11, 20, 11)
    for widget in left:
        line.addWidget(widget)
    line.to_the_right()
    for widget in right:
        line.addWidget(widget)
    return frame
