"""The decision on one remark: taken over, in part or not; with the words that the paragraph gets and the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from crsv_desk.domain.changes import Edit
from crsv_desk.i18n import _
from crsv_desk.services.desk import Desk
from crsv_desk.services.settling import Situation, Verdict, after
from crsv_desk.ui.buttons import Segments
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Card, Tick, announce, column, field, label, quiet, restyle
from crsv_desk.ui.painting import literal

VERDICTS: tuple[Verdict, ...] = ("taken", "partly", "declined")


@dataclass(frozen=True, slots=True)
class Decision:
    """What the form says; ``words`` is what the paragraph shall say, where it changes."""

    verdict: Verdict
    reason: str
    words: str | None


def reasons() -> Sequence[str]:
    """Those that are often given."""
    return (
        _("This is a fixed term in law."),
        _("We agreed on this with everybody."),
        _("The letter says this elsewhere."),
        _("The letter must stay short."),
    )


class DecisionCard(Card):
    """Nothing is chosen beforehand. A reason is asked for what is not taken over whole."""

    changed = Signal()

    def __init__(self, desk: Desk, now: Situation) -> None:
        super().__init__(spacing=12)
        self._desk, self._now = desk, now
        self._asks = now.row.kind == "question"
        names = (_("Answer") if self._asks or now.row.refers else _("Take over"), _("Partly"), _("Not"))
        self.verdict = Segments(names, ("circle-check", "circle-dot-dashed", "circle-minus"), _("Your decision"), -1)
        self.ticks = [_tick(edit) for edit in now.edits]
        self._changes = column(label(_("Which changes?"), "label"), *self.ticks, spacing=2)
        self.words, self.reason = QPlainTextEdit(), QPlainTextEdit()
        for box in (self.words, self.reason):
            box.setTabChangesFocus(True)
            box.setMinimumHeight(84)
        self._words = field(_("The paragraph &then says"), self.words)
        self._reason = field(_("&Reason (the organisation reads this)"), self.reason)
        self._wrong = label("", "", "bad")
        self._wrong.setVisible(False)
        self.body.addWidget(label(_("Your decision"), "label"))
        self.body.addWidget(self.verdict)
        self.body.addWidget(self._wrong)
        self.body.addWidget(self._changes)
        self.body.addWidget(self._words)
        self.body.addWidget(Columns((self._reason, self._ready()), 520, (65, 35)))
        self.verdict.chosen.connect(self._choose)
        for tick in self.ticks:
            tick.toggled.connect(lambda _on: self._fill())
        self.reason.textChanged.connect(self.changed)
        self._choose(-1)

    @property
    def proposes(self) -> bool:
        """There are words to take over, and a paragraph in the draft for them."""
        return bool(self._now.edits and self._now.now)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        verdicts = [self.verdict.button(number) for number in range(len(VERDICTS))]
        return [*verdicts, *self.ticks, self.words, self.reason, *self._common]

    def choose(self, number: int) -> None:
        """Decide by number: 0 taken over, 1 partly, 2 not."""
        self.verdict.choose(number)
        self._choose(number)

    def decision(self) -> Decision | None:
        """What was decided; ``None`` where something is missing, which is then said and has the focus."""
        number = self.verdict.now
        if number < 0:
            self._miss(_("Choose what becomes of it."), self.verdict.button(0))
            return None
        verdict, reason = VERDICTS[number], self.reason.toPlainText().strip()
        if verdict == "taken" and self._asks and not reason:
            self._reason.set_error(_("Write the answer: the organisation reads it."))
            self._miss("", self.reason)
            return None
        if verdict != "taken" and not reason:
            self._reason.set_error(_("Give the reason: the organisation reads it."))
            self._miss("", self.reason)
            return None
        words = self.words.toPlainText().strip() if self.proposes and verdict != "declined" else None
        if words == "":
            self._words.set_error(_("Write what the paragraph shall say."))
            self._miss("", self.words)
            return None
        return Decision(verdict, reason, words)

    def fill(self, verdict: int, reason: str, words: str) -> None:
        """What was typed before and not yet saved."""
        if verdict >= 0:
            self.choose(verdict)
        self.reason.setPlainText(reason)
        if words:
            self.words.setPlainText(words)

    def _miss(self, sentence: str, widget: QWidget) -> None:
        self._wrong.setText(sentence)
        self._wrong.setVisible(bool(sentence))
        widget.setFocus()
        announce(self, sentence or _("Something is missing in this form."))

    def _choose(self, number: int) -> None:
        self._wrong.setVisible(False)
        self._reason.set_error("")
        self._changes.setVisible(number == 1 and self.proposes and len(self.ticks) > 1)
        self._words.setVisible(number in (0, 1) and self.proposes)
        words = _("&Reason (the organisation reads this)")
        if number == 0:
            words = _("A &word to the organisation (may stay empty)")
        if number == 0 and self._asks:
            words = _("&Answer (the organisation reads this)")
        self._reason.rename(words)
        self._fill()
        self.changed.emit()

    def _fill(self) -> None:
        """The words that the choice gives; a person may still change them."""
        if not self.proposes or self.verdict.now not in (0, 1):
            return
        chosen = [edit for edit, tick in zip(self._now.edits, self.ticks, strict=True) if tick.isChecked()]
        words = after(self._desk, self._now, self._now.edits if self.verdict.now == 0 else chosen)
        self._words.set_error(
            "" if words is not None else _("This paragraph has changed since: say what it shall read.")
        )
        self.words.setPlainText(self._now.now if words is None else words)
        restyle(self.words, wrong=words is None)

    def _ready(self) -> QWidget:
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(label(_("Common reasons"), "label"))
        self._common: list[QWidget] = []
        for words in reasons():
            button = quiet(literal(words.rstrip(".")), "plus", small=True)
            button.setAccessibleDescription(_("Adds this reason"))
            button.clicked.connect(lambda _on=False, words=words: self._add(words))
            self._common.append(button)
            lines.addWidget(button)
        lines.addStretch(1)
        return room

    def _add(self, words: str) -> None:
        before = self.reason.toPlainText().strip()
        self.reason.setPlainText(f"{before} {words}".strip())
        self.reason.setFocus()


def _tick(edit: Edit) -> Tick:
    gone, came = edit.removed.strip(), edit.added.strip()
    if gone and came:
        words = _("“{gone}” becomes “{came}”").format(gone=gone, came=came)
    elif gone:
        words = _("“{gone}” goes out").format(gone=gone)
    else:
        words = _("“{came}” comes in").format(came=came)
    return Tick(literal(words))
