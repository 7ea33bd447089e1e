"""Thirty digits to read aloud: six groups of five, spoken digit by digit by a screen reader."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy

from crsv_desk.i18n import _
from crsv_desk.ui.components import label

COLUMNS = 3


class CodeGroup(QFrame):
    """Five digits that take the focus."""

    def __init__(self, digits: str, number: int, name: str) -> None:
        super().__init__()
        self.setProperty("frame", "group")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        spoken = _("{name}, group {number} of 6: {digits}")
        self.setAccessibleName(spoken.format(name=name, number=number, digits=", ".join(digits)))
        self.words: QLabel = label(digits, "code", wrap=False)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 0, 6, 0)
        grid.addWidget(self.words)


class CodeView(QFrame):
    """A whole code. The arrows go from group to group."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.code = code
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self.groups = [CodeGroup(digits, at + 1, name) for at, digits in enumerate(code.split())]
        for at, group in enumerate(self.groups):
            grid.addWidget(group, at // COLUMNS, at % COLUMNS)
        self.seen = False
        """One of its groups has had the focus."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.groups[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -COLUMNS, Qt.Key.Key_Down: COLUMNS}
        at = next((number for number, group in enumerate(self.groups) if group.hasFocus()), None)
        step = steps.get(Qt.Key(event.key()))
        if at is None or step is None or not 0 <= at + step < len(self.groups):
            super().keyPressEvent(event)
            return
        self.groups[at + step].setFocus()
