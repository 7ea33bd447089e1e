"""The verdict: the first thing said of a file, and the first thing that takes the focus."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from crsv_desk.services.verification import Conclusion, Verification
from crsv_desk.ui import theme
from crsv_desk.ui.components import Icon, column, label
from crsv_desk.ui.painting import RING, paint_box, paint_ring

LOOKS: Mapping[Conclusion, tuple[str, str]] = {
    "genuine": ("ok", "shield-check"),
    "pages not compared": ("warn", "shield-question-mark"),
    "other words": ("bad", "shield-question-mark"),
    "not set": ("warn", "shield-question-mark"),
    "whose unknown": ("warn", "shield-question-mark"),
    "seal lost": ("warn", "shield-question-mark"),
    "changed": ("bad", "shield-x"),
    "no seal": ("accent", "info"),
    "no proof": ("warn", "shield-question-mark"),
    "unreadable": ("bad", "octagon-alert"),
}
"""Tone and icon: a shape of its own for yes, for perhaps and for no, so that colour is never alone."""


class VerdictBanner(QFrame):
    """The conclusion in large letters, and the sentence that says what it rests on."""

    def __init__(self, one: Verification) -> None:
        super().__init__()
        self._tone, icon = LOOKS[one.conclusion]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line = QHBoxLayout(self)
        line.setContentsMargins(28 + RING, 16 + RING, 24 + RING, 16 + RING)
        line.setSpacing(24)
        line.addWidget(Icon(icon, 48, self._tone), 0, Qt.AlignmentFlag.AlignTop)
        self.title: QLabel = label(one.title, "title", self._tone)
        self.sentence: QLabel = label(one.verdict, "verdict")
        line.addWidget(column(self.title, self.sentence, spacing=2), 1)
        self.setAccessibleName(f"{one.title}. {one.verdict}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = theme.current()
        box = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        colour = now.colour(self._tone)
        paint_box(painter, box, now.colour(f"{self._tone}_soft"), colour)
        if self.hasFocus():
            paint_ring(painter, box)
        painter.setClipRect(QRectF(box.left(), box.top(), 4, box.height()))
        paint_box(painter, box, colour, None)
