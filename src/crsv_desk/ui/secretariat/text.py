"""Write the letter: its words, its fields, what to look over, and publishing; the set pages beside it as one types.

What is typed is kept in the workspace a moment later, so that even a kill loses no more than that moment.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.irregularities import Irregularity
from crsv_desk.i18n import _
from crsv_desk.services.draft_checks import Problem, problems
from crsv_desk.services.drafting import UNNAMED, Draft, begin, blank, load_draft, save_draft
from crsv_desk.services.next_version import NextVersion, next_version
from crsv_desk.services.overview import summary
from crsv_desk.ui.components import announce, empty_state
from crsv_desk.ui.rest import Rest
from crsv_desk.ui.secretariat.bars import top_bars
from crsv_desk.ui.secretariat.text_files import TextFiles
from crsv_desk.ui.secretariat.text_frame import CHECKS, FIELDS, PUBLISH, WORDS, TextFrame
from crsv_desk.ui.secretariat.text_languages import TextLanguages
from crsv_desk.ui.secretariat.text_publishing import Publishing
from crsv_desk.ui.session import Session

SOON = 50
"""Milliseconds after which a draft that was just shown is looked over."""


class TextPage(TextFrame):
    """A letter's draft. Without a dossier it is a new letter, which becomes one with its subject."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__(session, dossier)
        self._draft: Draft | None = None
        self._plan: NextVersion | None = None
        self.files, self.languages, self._publishing = TextFiles(self), TextLanguages(self), Publishing(self)
        self._timer = Rest(self)
        self._timer.timeout.connect(self.keep)
        self.refresh()

    def refresh(self) -> None:
        """Show the draft as it is kept; what is being typed stays."""
        one = summary(self.session.desk, self.dossier) if self.dossier else None
        held = load_draft(self.session.desk, self.dossier)
        if held is None and one is not None:
            sentence = _("The draft of this letter is on another computer of the secretariat; write there.")
            self.show_parts(top_bars(self.session, one, "text"), empty_state("hourglass", one.title, sentence))
            return
        draft = held or blank(self.session.desk)
        if self._draft is None:
            self._make()
        self.show_bars(one)
        if self._draft is None or (not self._timer.isActive() and draft != replace(self._draft, remarks=())):
            self._show_draft(draft)
        else:
            self._look()

    def _make(self) -> None:
        self.make_panes()
        self.words.changed.connect(self._edited)
        self.words.named.connect(self._subject_done)
        self.words.turned.connect(self._turn)
        self.words.adding.connect(self.languages.ask)
        self.words.removing.connect(self.languages.remove)
        self.fields.changed.connect(self._edited)
        self.fields.choosing_logo.connect(self.files.ask_logo)
        self.fields.opening_partners.connect(self.files.ask_partners)
        self.checks.change.connect(self._change)
        self.checks.show_place.connect(self._show_place)
        self.publishing.show_field.connect(self._show_field)
        self.publishing.catch_up.connect(self._publishing.catch_up)
        self.publishing.take_in.connect(self._publishing.take_in)
        self.publishing.show_remark.connect(self._publishing.show_remark)
        self.tabs.chosen.connect(self._show_tab)
        self.opening.clicked.connect(self.files.ask_text)
        self.saving.clicked.connect(self.files.ask_export)
        self.go_on.clicked.connect(self._go_on)

    # --- the draft and the fields

    @property
    def draft(self) -> Draft:
        assert self._draft is not None
        return self._draft

    def _show_draft(self, draft: Draft, language: str = "") -> None:
        self._draft = draft
        self.words.show_draft(draft, language)
        self.fields.show_draft(draft)
        if draft.remarks:
            self.checks.show_remarks(draft.remarks)
        self._say_kept()
        if self.isVisible():
            self._look()
        else:
            QTimer.singleShot(SOON, self, self._look_if_any)  # a long text takes a moment to look over
        self.preview.show_draft(draft, self.words.language)
        self.first = self.words.begin_at(draft)

    def _edited(self) -> None:
        draft = self.fields.read_into(self.words.read_into(self.draft))
        if draft == self._draft:
            return
        self._draft = draft
        self._timer.typed()
        self._say_kept()
        self.preview.show_draft(draft, self.words.language)

    def keep(self) -> None:
        """Keep the draft in the workspace now."""
        self._timer.stop()
        if self._draft is None:
            return
        if self.dossier == UNNAMED and self._named():
            return
        save_draft(self.session.desk, self._draft)
        self._say_kept()
        self._look()

    def _named(self) -> bool:
        """A new letter with a subject that is no longer being typed becomes a dossier, and its page another."""
        if self.words.naming or not self.draft.text("subject").strip():
            return False
        try:
            begun = begin(self.session.desk, self.draft)
        except DeskError:
            return False  # said under the field
        self._draft = None
        self.preview.stop()
        self.session.go("text", begun.dossier)
        self.session.changed.emit()
        return True

    def _subject_done(self) -> None:
        """The person has gone on from the subject."""
        if self.dossier == UNNAMED:
            self.keep()

    def _say_kept(self) -> None:
        self.kept.setText(_("Writing…") if self._timer.isActive() else _("Kept on this computer"))

    def _look_if_any(self) -> None:
        if self._draft is not None:
            self._look()

    def _look(self) -> None:
        """Say what is wrong, what to look over, and what publishing would mean."""
        draft, desk = self.draft, self.session.desk
        text = next((one for one in draft.texts if one.language == self.words.language), draft.texts[0])
        found = [] if self._empty else list(problems(desk, draft))
        self.words.show_problems(found, draft.language)
        self.fields.show_problems(found)
        self.checks.show_found(desk.letters.irregularities(text.body, text.language))
        self._plan = next_version(desk, draft) if draft.dossier and not found else None
        self.publishing.show_plan(draft, self._plan, found, self.checks.count)
        self.tabs.button(CHECKS).set_count(
            self.checks.count, _("to look over: {count}").format(count=self.checks.count)
        )
        self._name_button()

    @property
    def _empty(self) -> bool:
        """Nobody has written anything yet: nothing is wrong either."""
        return not any(one.subject.strip() or one.body.strip() for one in self.draft.texts)

    def _name_button(self) -> None:
        if self.tabs.now != PUBLISH:
            self.go_on.say(_("Go on to publish"))
        elif self._plan is not None:
            self.go_on.say(_("Publish version {number}…").format(number=self._plan.number))
        else:
            self.go_on.say(_("Publish…"))

    def _turn(self, language: str) -> None:
        self.keep_typed()
        self._show_draft(self.draft, language)

    def keep_typed(self) -> None:
        if self._timer.isActive():
            self.keep()

    def put(self, draft: Draft, language: str = "") -> None:
        self._timer.stop()
        self._show_draft(draft, language)
        self.keep()

    # --- what is offered

    def _change(self, one: Irregularity) -> None:
        editor = self.words.editor
        if editor.toPlainText()[one.start : one.end] == one.words:
            editor.replace_words(one.start, one.end, one.proposal)
            self.keep()
            announce(self, _("Changed. {count} left.").format(count=self.checks.count))

    def _show_place(self, one: Irregularity) -> None:
        self.tabs.choose(WORDS)
        self.words.editor.show_words(one.start, one.end)

    def _show_field(self, problem: Problem) -> None:
        if problem.field in self.fields.fields:
            self.tabs.choose(FIELDS)
            self.fields.fields[problem.field].widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.tabs.choose(WORDS)
        if problem.field.startswith("body-"):
            self._turn(problem.field.removeprefix("body-"))
        places = {"subject": self.words.subject, "salutation": self.words.salutation, "closing": self.words.closing}
        places.get(problem.field, self.words.body).widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_tab(self, number: int) -> None:
        self.keep_typed()
        self.show_tab(number)
        if self._draft is not None:
            self._name_button()

    # --- publishing

    def _go_on(self) -> None:
        self.keep()
        if self._draft is None:
            return  # it has a page of its own now
        if self.tabs.now != PUBLISH:
            self.tabs.choose(PUBLISH)
            return
        found = problems(self.session.desk, self.draft)
        if found:
            announce(self, found[0].sentence)
            self._show_field(found[0])
            return
        if self._plan is not None and self._plan.same:
            self.session.tell(_("Nothing that people sign has changed, so there is nothing to publish."), "info")
            return
        if not self.publishing.ask_kind() or self._plan is None:
            return
        self._publishing.publish(self._plan)

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_typed()
        super().hideEvent(event)
