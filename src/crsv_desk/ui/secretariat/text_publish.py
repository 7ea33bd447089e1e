"""Before a version goes out: what is missing, what changes, who is asked again; and what kind of version it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QVBoxLayout, QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.draft_checks import Problem
from crsv_desk.services.drafting import Draft
from crsv_desk.services.next_version import NextVersion
from crsv_desk.services.taken_over import Lacking
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Choice, announce, banner, card, clear, field, label, quiet, secondary
from crsv_desk.ui.secretariat.text_lacking import LackingCard

VERSION, CORRECTION = range(2)
MOST_APART = 12
"""Organisations that have a line of their own; of more, those of whom the same is to be said stand together."""


class PublishPane(QWidget):
    """Nothing is chosen beforehand between a new version and a correction."""

    show_field = Signal(object)
    """A ``Problem`` whose field the person wants to see."""
    catch_up = Signal()
    """The person wants what a colleague published in the draft."""
    take_in = Signal(object)
    """Ids of remarks whose words the person wants in the draft."""
    show_remark = Signal(str)
    """The id of a remark that the person wants to see."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: NextVersion | None = None
        self.lacking: LackingCard | None = None
        """What is said to be taken over and is not in the draft, if anything."""
        self._left_out: frozenset[str] = frozenset()
        self._clashes: Sequence[str] = ()
        self._told = QVBoxLayout()
        self._told.setSpacing(8)
        self.choices = (
            Choice(_("A new version"), _("Everybody who signed is asked again.")),
            Choice(
                _("A factual correction"),
                _("Signatures that allowed corrections go on counting, unless the organisation objects in time."),
            ),
        )
        self._group = QButtonGroup(self)
        for number, choice in enumerate(self.choices):
            self._group.addButton(choice, number)
            choice.toggled.connect(self._chosen)
        self._error = label("", "", "bad")
        self._error.setVisible(False)
        self._until, self._auditor = QLineEdit(), QLineEdit()
        self.until = field(_("One may ob&ject until"), self._until, _("Such as 2026-05-24 or 2026-05-24T12:00."))
        self.auditor = field(
            _("&Key of an auditor"),
            self._auditor,
            _("May stay empty. It begins with age1; this auditor can open answers whose name is withheld."),
        )
        self._voucher, self._voucher_key = QLineEdit(), QLineEdit()
        self.voucher = field(
            _("&Name of a voucher"),
            self._voucher,
            _("May stay empty. It can open answers that are sealed to it alone."),
        )
        self.voucher_key = field(
            _("Key of the &voucher"), self._voucher_key, _("It finds this key at “Identity and settings”.")
        )
        self._kind = card(label(_("What kind of version is this?"), "h2"), *self.choices, self._error, self.until)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addLayout(self._told)
        lines.addWidget(self._kind)
        lines.addWidget(card(self.auditor, Columns((self.voucher, self.voucher_key), 380)))
        lines.addStretch(1)

    def show_plan(self, draft: Draft, plan: NextVersion | None, found: Sequence[Problem], places: int) -> None:
        """Say how the draft stands. ``plan`` is ``None`` while it has no dossier; ``places`` waits to be looked over."""
        self._plan = plan
        clear(self._told)
        for problem in found:
            self._told.addWidget(self._problem(problem))
        if not found:
            self._told.addWidget(self._ready(draft, plan))
        if places:
            words = ngettext(
                "{count} place in the text waits to be looked over.",
                "{count} places in the text wait to be looked over.",
                places,
            )
            self._told.addWidget(banner("accent", words.format(count=places)))
        if plan is not None and plan.overtaken:
            title = _("A colleague published version {number} while this draft was in work").format(
                number=plan.overtaken
            )
            text = _("What that version changed is not in the draft, and would go again.")
            take = secondary(_("Take its changes in"), "plus", small=True)
            take.setObjectName("catch-up")
            take.clicked.connect(self.catch_up)
            self._told.addWidget(banner("warn", title, text, take))
        if self._clashes:
            title = _("Both of you changed the same words: yours stand here")
            text = "\n".join(_("Your colleague wrote: “{words}”").format(words=words) for words in self._clashes)
            self._told.addWidget(banner("warn", title, text))
        self._show_lacking(plan.lacking if plan is not None else (), draft.language)
        if plan is not None and plan.asked_again:
            self._told.addWidget(_asked_again(plan))
        self._kind.setVisible(plan is not None and bool(plan.before))
        self._chosen()

    def show_clashes(self, clashes: Sequence[str]) -> None:
        """Say what a colleague wrote where both changed the same words, until the version is published."""
        self._clashes = clashes

    def _show_lacking(self, found: Sequence[Lacking], first: str) -> None:
        if not found:
            self.lacking = None
            return
        self.lacking = LackingCard(found, first)
        self.lacking.leave_out.setChecked({one.remark for one in found} <= self._left_out)
        self.lacking.leave_out.toggled.connect(self._leave_out)
        self.lacking.take_in.connect(self.take_in)
        self.lacking.show_remark.connect(self.show_remark)
        self._told.addWidget(self.lacking)

    def _leave_out(self, on: bool) -> None:
        found = self._plan.lacking if on and self._plan is not None else ()
        self._left_out = frozenset(one.remark for one in found)

    def _problem(self, problem: Problem) -> QWidget:
        go = quiet(_("Go there"), small=True)
        go.setAccessibleDescription(problem.sentence)
        go.clicked.connect(lambda: self.show_field.emit(problem))
        return banner("warn", problem.sentence, "", go)

    def _ready(self, draft: Draft, plan: NextVersion | None) -> QWidget:
        count = len(draft.lines("partners"))
        asked = ngettext("{count} organisation is asked.", "{count} organisations are asked.", count).format(
            count=count
        )
        if plan is None or not plan.before:
            return banner("ok", _("The letter can be published."), asked)
        if plan.same:
            return banner(
                "accent", _("Nothing that people sign has changed since version {number}.").format(number=plan.before)
            )
        title = _("Against version {number}: {summary}").format(number=plan.before, summary=plan.summary)
        return banner("ok", title, asked)

    @property
    def correction(self) -> bool | None:
        """Whether it is a correction; ``None`` until that is said. A first version is none."""
        if self._plan is None or not self._plan.before:
            return False
        number = self._group.checkedId()
        return None if number < 0 else number == CORRECTION

    @property
    def object_before(self) -> str:
        return self._until.text().strip() if self.correction else ""

    @property
    def left_out(self) -> Collection[str]:
        """Ids of remarks said to be taken over that the person saw and leaves out."""
        return self._left_out

    @property
    def auditor_key(self) -> str:
        return self._auditor.text().strip()

    @property
    def vouchers(self) -> Sequence[tuple[str, str]]:
        """Name and key of a voucher, if one is named."""
        found = self._voucher.text().strip(), self._voucher_key.text().strip()
        return [found] if any(found) else []

    def ask_kind(self) -> bool:
        """Say what must be chosen, if anything: the kind of version, and what becomes of words that are lacking. Returns
        whether all is said."""
        if self.lacking is not None and not self.lacking.leave_out.isChecked():
            announce(self, self.lacking.require())
            return False
        if self.correction is None:
            return self._say(_("Say what kind of version this is."), self.choices[0])
        if self.correction and not self.object_before:
            self.until.set_error(_("Say until when one may object."))
            return self._say("", self._until)
        return True

    def forget(self) -> None:
        """After publishing: the next time it is asked anew."""
        self._group.setExclusive(False)
        for choice in self.choices:
            choice.setChecked(False)
        self._group.setExclusive(True)
        self._until.clear()
        self._left_out, self._clashes = frozenset(), ()

    def _say(self, sentence: str, widget: QWidget) -> bool:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        announce(self, sentence or self.until.widget.accessibleDescription())
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _chosen(self, *_args: object) -> None:
        self.until.setVisible(bool(self.correction))
        self._error.setVisible(False)
        self.until.set_error("")


def _in_groups(plan: NextVersion) -> Iterator[QWidget]:
    """Those of whom the same is to be said, together."""
    groups: dict[tuple[int, bool, bool], list[str]] = {}
    for one in plan.asked_again:
        groups.setdefault((one.version, one.declared, one.keeps), []).append(one.organisation)
    for (version, declared, keeps), names in groups.items():
        yield label(", ".join(names))
        if version != plan.before:
            yield label(_("They signed version {number}.").format(number=version), "small")
        if declared:
            yield label(_("Declared by you: declare them anew once they agree to the new text."), "small")
        if keeps:
            yield label(_("Their signatures go on counting for a correction."), "small")


def _asked_again(plan: NextVersion) -> QFrame:
    """Who signed, and what becomes of that."""
    count = len(plan.asked_again)
    title = ngettext(
        "{count} organisation stands behind version {number}",
        "{count} organisations stand behind version {number}",
        count,
    ).format(count=count, number=plan.before)
    box = card(label(title, "h2"))
    if count > MOST_APART:
        for line in _in_groups(plan):
            box.body.addWidget(line)
        return box
    for one in plan.asked_again:
        box.body.addWidget(label(one.organisation))
        if one.version != plan.before:
            box.body.addWidget(label(_("It signed version {number}.").format(number=one.version), "small"))
        if one.declared:
            box.body.addWidget(label(_("Declared by you: declare it anew once it agrees to the new text."), "small"))
        if one.keeps:
            box.body.addWidget(label(_("Its signature goes on counting for a correction."), "small"))
    return box
