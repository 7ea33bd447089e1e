"""One change of a letter: what it is called, and the words that came and went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from crsv_desk.domain.changes import Run
from crsv_desk.i18n import _
from crsv_desk.ui.components import Icon, label, quiet
from crsv_desk.ui.word_diff import WordDiff, around, counted, spoken_runs

Kind = Literal["same", "changed", "added", "removed"]
_ICONS = {"changed": "pen-line", "added": "plus", "removed": "minus", "same": "check"}


class ChangeCard(QFrame):
    """One changed paragraph or field; a stop for the keyboard. N and P go to its neighbours."""

    moved = Signal(object, int)
    entered = Signal(object)

    def __init__(self, kind: Kind, runs: Sequence[Run], name: str, place: str, whole: bool, because: str) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(", ".join(filter(None, (place, because, spoken_runs(runs)))))
        self.show_block = quiet(_("Show in the letter"), small=True)
        self.show_block.setAccessibleDescription(place)
        self.show_block.setVisible(False)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 10, 12, 14)
        lines.setSpacing(6)
        words = {
            "added": _("new"),
            "removed": _("taken out"),
            "same": _("the same"),
            "changed": counted(runs),
        }[kind]
        detail = " · ".join(filter(None, (words, because)))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Icon(_ICONS[kind], 18, "accent"))
        head.addWidget(label(name, "strong", wrap=False))
        head.addWidget(label(detail, "muted"), 1)
        head.addWidget(self.show_block)
        lines.addLayout(head)
        lines.addWidget(WordDiff(runs if whole else around(runs)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.entered.emit(self)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_N | Qt.Key.Key_Down:
                self.moved.emit(self, 1)
            case Qt.Key.Key_P | Qt.Key.Key_Up:
                self.moved.emit(self, -1)
            case _:
                super().keyPressEvent(event)
