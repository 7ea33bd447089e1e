"""The two strips above a page: a sentence that stays until it is closed, and the work under way with its Cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from crsv_desk.domain.progress import Step
from crsv_desk.i18n import _
from crsv_desk.ui.components import announce, banner, clear, label, quiet, secondary
from crsv_desk.ui.question import Question
from crsv_desk.ui.tasks import Tasks

MOMENT = 60
"""Milliseconds of work before anything is said of it: a strip that comes and goes at once moves the whole page twice; and
longer work says what it does before anybody has waited for a tenth of a second."""
TONES = {"ok": "ok", "warn": "warn", "bad": "bad", "info": "accent", "accent": "accent"}


class MessageStrip(QWidget):
    """The last sentence that was told; it never goes away by itself, and bad news only when it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self.setVisible(False)
        self.sentence = ""
        self._tone = "accent"
        self._low = False
        self.good = False
        """Nothing needs to be done about it."""

    def tell(self, sentence: str, tone: str) -> None:
        """Show a sentence in place of the last one, and have it said."""
        before = (self.sentence, self._tone)
        self.sentence, self._tone = sentence, TONES.get(tone, "accent")
        self.good = tone in ("ok", "info", "accent")
        if (self.sentence, self._tone) != before:
            self._show()
        self.setVisible(True)
        announce(self, sentence)

    def make_low(self, low: bool) -> None:
        """In a low window a long sentence has two lines, so that the page keeps its buttons, and a button shows all of it."""
        if low != self._low:
            self._low = low
            if self.sentence:
                self._show()

    def hush(self) -> None:
        """Take the sentence away."""
        self.sentence = ""
        self.setVisible(False)

    def _show(self) -> None:
        clear(self._lines)
        close = quiet(_("Close"), "x", small=True)
        close.setAccessibleDescription(_("Close this message"))
        close.clicked.connect(self.hush)
        close.make_bare(self._low)
        self._lines.setContentsMargins(*((8, 4, 8, 0) if self._low else (24, 12, 24, 0)))
        strip = banner(self._tone, self.sentence, "", close)
        if self._low:
            whole = quiet(_("Read all of it"), "zoom-in", small=True)
            whole.make_bare(True)
            whole.clicked.connect(self._show_whole)
            strip.make_low(whole)
        self._lines.addWidget(strip)

    def _show_whole(self) -> None:
        Question(self, _("Message"), self.sentence, []).open()


class ProgressStrip(QFrame):
    """What is being done, how far it is, and a way to stop it; shown when that takes longer than a ``MOMENT``."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("frame", "header")
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 4, 20, 4)
        line.setSpacing(16)
        self._words = label("", wrap=False)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(_("Progress"))
        self._bar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        stop = secondary(_("Cancel"), "x", small=True)
        stop.clicked.connect(tasks.cancel)
        line.addWidget(self._words)
        line.addWidget(self._bar, 1)
        line.addWidget(stop)
        self.setVisible(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(MOMENT)
        self._soon.timeout.connect(self.show)
        tasks.started.connect(self._start)
        tasks.progressed.connect(self._step)
        tasks.idle.connect(self._end)

    def _start(self, words: str) -> None:
        self._words.setText(words)
        self._bar.setRange(0, 0)
        if self.isHidden() and not self._soon.isActive():
            self._soon.start()

    def _end(self) -> None:
        self._soon.stop()
        self.hide()

    def _step(self, step: Step) -> None:
        self._bar.setRange(0, max(step.total, 1))
        self._bar.setValue(step.done)
        if step.label:
            self._words.setText(step.label)
