"""Write the letter: its words, its fields, what to look over, and publishing; the set pages beside it as one types.

What is typed is kept in the workspace a moment later, so that even a kill loses no more than that moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QStackedWidget, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.irregularities import Irregularity
from crsv_desk.domain.source import Source
from crsv_desk.i18n import _
from crsv_desk.services.draft_checks import Problem, problems
from crsv_desk.services.drafting import (
    UNNAMED,
    Draft,
    Translation,
    begin,
    blank,
    lead_logo,
    load_draft,
    save_draft,
    translation_of,
)
from crsv_desk.services.export import export, export_name
from crsv_desk.services.next_version import NextVersion, next_version
from crsv_desk.services.overview import LetterSummary, summary
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.revise import with_translation
from crsv_desk.ui import theme
from crsv_desk.ui.buttons import Segments
from crsv_desk.ui.components import (
    Page,
    action_bar,
    announce,
    column,
    empty_state,
    flowing,
    header,
    label,
    primary,
    scrolled,
    secondary,
)
from crsv_desk.ui.letter.bars import back_button
from crsv_desk.ui.secretariat.bars import top_bars
from crsv_desk.ui.secretariat.text_checks import ChecksPane
from crsv_desk.ui.secretariat.text_fields import FieldsPane
from crsv_desk.ui.secretariat.text_preview import DraftPreview
from crsv_desk.ui.secretariat.text_publish import PublishPane
from crsv_desk.ui.secretariat.text_words import WordsPane
from crsv_desk.ui.session import Session

REST = 250
"""Milliseconds without a keystroke before the draft is kept."""
MOST_FILE, MOST_PICTURE = 20_000_000, 20_000_000
WORDS, FIELDS, CHECKS, PUBLISH = range(4)
NARROW = 880
"""Below this many pixels (at 100 % text size) the pages have a tab of their own instead of a place beside."""
PAGES = 4


class TextPage(Page):
    """A letter's draft. Without a dossier it is a new letter, which becomes one with its subject."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._draft: Draft | None = None
        self._saved = ""
        self._plan: NextVersion | None = None
        self._version = -1
        self._file = b""
        """The partners' file of the version just published, until it is saved."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.keep)
        self.refresh()

    def refresh(self) -> None:
        """Show the draft as it is kept; what is being typed stays."""
        one = summary(self._session.desk, self._dossier) if self._dossier else None
        held = load_draft(self._session.desk, self._dossier)
        if held is None and one is not None:
            sentence = _("The draft of this letter is on another computer of the secretariat; write there.")
            self.show_parts(top_bars(self._session, one, "text"), empty_state("hourglass", one.title, sentence))
            return
        draft = held or blank(self._session.desk)
        if self._draft is None:
            self._make(one)
        elif one is not None and (one.versions, one.title) != (self._version, self._title):
            self._show_bars(one)
        if self._draft is None or (not self._timer.isActive() and draft != replace(self._draft, remarks=())):
            self._show_draft(draft)
        else:
            self._look()

    # --- building

    def _make(self, one: LetterSummary | None) -> None:
        self.words, self.fields, self.checks, self.publishing = WordsPane(), FieldsPane(), ChecksPane(), PublishPane()
        self.preview = DraftPreview(self._session)
        self.words.changed.connect(self._edited)
        self.words.named.connect(self._subject_done)
        self.words.turned.connect(self._turn)
        self.words.adding.connect(self._ask_language)
        self.words.removing.connect(self._remove_language)
        self.fields.changed.connect(self._edited)
        self.fields.choosing_logo.connect(self._ask_logo)
        self.fields.opening_partners.connect(self._ask_partners)
        self.checks.change.connect(self._change)
        self.checks.show_place.connect(self._show_place)
        self.publishing.show_field.connect(self._show_field)
        names = (_("Words"), _("Fields"), _("Look over"), _("Publish"), _("Pages"))
        self.tabs = Segments(names, (), _("Parts of writing"))
        self.tabs.chosen.connect(self._show_tab)
        self.panes = QStackedWidget()
        for pane in (self.words, self.fields, self.checks, self.publishing):
            inner = column(pane, spacing=0)
            inner.layout().setContentsMargins(0, 0, 12, 8)  # type: ignore[union-attr]
            self.panes.addWidget(scrolled(inner))
        self._left = column(flowing(self.tabs), self.panes, spacing=10)
        self._content = QWidget()
        self._across = QHBoxLayout(self._content)
        self._across.setContentsMargins(24, 12, 20, 0)
        self._across.setSpacing(20)
        self._across.addWidget(self._left, 54)
        self._across.addWidget(self.preview, 46)
        self._show_bars(one)

    def _show_bars(self, one: LetterSummary | None) -> None:
        """The bars around the panes, anew; the panes stay as they are."""
        self._version, self._title = (one.versions, one.title) if one is not None else (-1, "")
        top = (
            top_bars(self._session, one, "text")
            if one is not None
            else [header(_("New letter"), _("not kept under a name yet"))]
        )
        self._content.setParent(None)
        self.show_parts(top, self._content, [self._bar()])
        self._fit()

    def _bar(self) -> QWidget:
        opening = secondary(_("&Open a file…"), "folder-open")
        opening.clicked.connect(self._ask_file)
        saving = secondary(_("Sa&ve as…"), "file-down")
        saving.clicked.connect(self._ask_export)
        self.go_on = primary(_("Go on to publish"), trailing="arrow-right")
        self.go_on.clicked.connect(self._go_on)
        self.kept = label("", "small", wrap=False)
        self._say_kept()
        return action_bar([back_button(self._session, _("Back"), "home"), opening, saving], [self.kept, self.go_on])

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        """Pages beside the words where there is room; else behind a tab of their own."""
        if self._draft is None and not hasattr(self, "tabs"):
            return
        narrow = self.width() < NARROW * theme.current().scale
        self.tabs.button(PAGES).setVisible(narrow)
        if narrow == (self.panes.indexOf(self.preview) >= 0):
            return
        if narrow:
            self.panes.addWidget(self.preview)
            return
        self.panes.removeWidget(self.preview)
        self._across.addWidget(self.preview, 46)
        self.preview.show()
        if self.tabs.now == PAGES:
            self.tabs.choose(WORDS)

    # --- the draft and the fields

    @property
    def draft(self) -> Draft:
        """What stands on the page now."""
        assert self._draft is not None
        return self._draft

    def _show_draft(self, draft: Draft, language: str = "") -> None:
        self._draft = draft
        self.words.show_draft(draft, language)
        self.fields.show_draft(draft)
        if draft.remarks:
            self.checks.show_remarks(draft.remarks)
        self._say_kept()
        self._look()
        self.preview.show_draft(draft, self.words.language)
        self.first = self.words.begin_at(draft)

    def _edited(self) -> None:
        draft = self.fields.read_into(self.words.read_into(self.draft))
        if draft == self._draft:
            return
        self._draft = draft
        self._timer.start()
        self._say_kept()
        self.preview.show_draft(draft, self.words.language)

    def keep(self) -> None:
        """Keep the draft in the workspace now."""
        self._timer.stop()
        if self._draft is None:
            return
        if self._dossier == UNNAMED and self._named():
            return
        save_draft(self._session.desk, self._draft)
        self._say_kept()
        self._look()

    def _named(self) -> bool:
        """A new letter with a subject that is no longer being typed becomes a dossier, and its page another."""
        if self.words.naming or not self.draft.text("subject").strip():
            return False
        try:
            begun = begin(self._session.desk, self.draft)
        except DeskError:
            return False  # said under the field
        self._draft = None
        self.preview.stop()
        self._session.go("text", begun.dossier)
        self._session.changed.emit()
        return True

    def _subject_done(self) -> None:
        """The person has gone on from the subject."""
        if self._dossier == UNNAMED:
            self.keep()

    def _say_kept(self) -> None:
        self.kept.setText(_("Writing…") if self._timer.isActive() else _("Kept on this computer"))

    def _look(self) -> None:
        """Say what is wrong, what to look over, and what publishing would mean."""
        draft, desk = self.draft, self._session.desk
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

    # --- languages

    def _turn(self, language: str) -> None:
        self.keep_typed()
        self._show_draft(self.draft, language)

    def keep_typed(self) -> None:
        """Keep what is typed, if anything waits."""
        if self._timer.isActive():
            self.keep()

    def _ask_language(self) -> None:
        self.keep_typed()
        dialog = QInputDialog(self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Add a language"))
        dialog.setLabelText(_("A short code of the language, such as fr, en or ar:"))
        dialog.setOkButtonText(_("Add"))
        dialog.setCancelButtonText(_("Cancel"))
        dialog.textValueSelected.connect(lambda text: self.add_language(text.strip()))
        dialog.open()

    def add_language(self, language: str) -> None:
        """Begin a text in another language, with the same blocks as the first to be written over."""
        if not language or language in {one.language for one in self.draft.texts}:
            self._session.tell(
                _("The language {language} is there twice; give each text its own.").format(language=language), "warn"
            )
            return
        first = self.draft.texts[0]
        one = Translation(language, first.subject, first.salutation, first.closing, first.body)
        self._put(with_translation(self.draft, one), language)
        self.words._subject.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove_language(self, language: str) -> None:
        self._put(replace(self.draft, also=tuple(one for one in self.draft.also if one.language != language)))

    def _put(self, draft: Draft, language: str = "") -> None:
        """Show another draft and keep it."""
        self._timer.stop()
        self._show_draft(draft, language)
        self.keep()

    # --- files in and out

    def _ask(self, title: str, filters: list[str], then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self.window(), title)
        dialog.setNameFilters([*filters, _("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def _ask_file(self) -> None:
        self._ask(_("Open a text"), [_("Texts (*.docx *.odt *.md *.txt)")], self.take_file)

    def take_file(self, path: Path) -> None:
        """Put the text of a file in the place of the one that is shown; it can be undone."""
        self.keep_typed()
        desk, language = self._session.desk, self.words.language

        def done(source: Source) -> None:
            if language and language != self.draft.language:
                draft = with_translation(self.draft, translation_of(source, path.name, language))
            else:
                named = {key: value for key, value in source.front.items() if value}
                draft = replace(self.draft, front={**self.draft.front, **named}, body=source.body)
            self._put(replace(draft, remarks=tuple(source.remarks)), language)
            if source.remarks:
                self.tabs.choose(CHECKS)
            self._session.tell(_("The text of {name} was taken in.").format(name=path.name))

        self._session.tasks.run(
            _("Opening"), lambda report: desk.letters.read(desk.files.load(path, MOST_FILE), path.name), done
        )

    def _ask_export(self) -> None:
        self.keep_typed()
        desk, language = self._session.desk, self.words.language
        dialog = QFileDialog(self.window(), _("Save the text as a file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        kinds = {
            _("PDF, marked as a draft (*.pdf)"): ".pdf",
            _("Word processor (*.docx)"): ".docx",
            _("Markdown (*.md)"): ".md",
        }
        dialog.setNameFilters(list(kinds))
        dialog.setDefaultSuffix("pdf")
        dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(kinds[name][1:]))
        dialog.selectFile(export_name(desk, self._dossier, ".pdf", language=language))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write the text that is shown into a file of the kind that its ending names."""
        desk, dossier, language = self._session.desk, self._dossier, self.words.language

        def work(report: object) -> None:
            desk.files.save(path, export(desk, dossier, path.suffix, language=language))

        def saved(_nothing: object) -> None:
            self._session.tell(_("Saved as {name} and read back.").format(name=path.name))

        self._session.tasks.run(_("Saving"), work, saved)

    def _ask_logo(self) -> None:
        self._ask(_("Logo of the lead"), [_("Pictures (*.png *.jpg *.jpeg)")], self.take_logo)

    def take_logo(self, path: Path) -> None:
        """Use the picture in a file as the lead's logo."""
        desk = self._session.desk
        self._session.tasks.run(
            _("Opening"), lambda report: lead_logo(desk, desk.files.load(path, MOST_PICTURE)), self.fields.set_logo
        )

    def _ask_partners(self) -> None:
        self._ask(_("A table of organisations"), [_("Tables (*.csv *.txt)")], self.take_partners)

    def take_partners(self, path: Path) -> None:
        """Add the organisations of a table."""
        desk = self._session.desk
        self._session.tasks.run(
            _("Opening"),
            lambda report: [name for name, _country in desk.letters.partners(desk.files.load(path, MOST_FILE))],
            self.fields.add_partners,
        )

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
        if number < self.panes.count():
            self.panes.setCurrentIndex(number)
            pane = self.panes.currentWidget()
            if pane is not None and pane.hasFocus():  # a pane with nothing to press in it
                self.tabs.button(number).setFocus(Qt.FocusReason.OtherFocusReason)
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
        found = problems(self._session.desk, self.draft)
        if found:
            announce(self, found[0].sentence)
            self._show_field(found[0])
            return
        if self._plan is not None and self._plan.same:
            self._session.tell(_("Nothing that people sign has changed, so there is nothing to publish."), "info")
            return
        if not self.publishing.ask_kind() or self._plan is None:
            return
        self._publish(self._plan)

    def _publish(self, plan: NextVersion) -> None:
        desk, dossier, pane = self._session.desk, self._dossier, self.publishing
        changed = plan.changed if pane.correction else ()
        auditor, until = pane.auditor_key, pane.object_before
        self.go_on.setEnabled(False)

        def done(file: bytes) -> None:
            self.go_on.setEnabled(True)
            pane.forget()
            self._file = file
            self._session.changed.emit()
            self.ask_place(plan.number)

        def refused(error: DeskError) -> None:
            self.go_on.setEnabled(True)
            self._session.tell(str(error), "bad")

        self._session.tasks.run(
            _("Publishing"), lambda report: publish(desk, dossier, (), auditor, changed, until), done, refused
        )

    def ask_place(self, number: int) -> None:
        """Let the person choose where the partners' file goes."""
        dialog = QFileDialog(self.window(), _("Save the letter for the partners"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("Letters (*.crsv)")])
        dialog.setDefaultSuffix("crsv")
        dialog.selectFile(_("letter-version-{number}.crsv").format(number=number))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save_letter(Path(name)))
        dialog.rejected.connect(lambda: self._not_saved(number))
        dialog.open()

    def _not_saved(self, number: int) -> None:
        sentence = _(
            "Version {number} is published here, but its file is not saved yet: the page Partners gives it again."
        )
        self._session.tell(sentence.format(number=number), "warn")

    def save_letter(self, path: Path) -> None:
        """Write the partners' file; "saved" is said after it was read back and compared."""
        desk, dossier = self._session.desk, self._dossier

        def work(report: object) -> None:
            desk.files.save(path, self._file or letter_file_for_partners(desk, dossier))

        def saved(_nothing: object) -> None:
            sentence = _(
                "The letter was saved as {name} and read back. Send this file to the organisations that are asked."
            )
            self._session.tell(sentence.format(name=path.name))

        self._session.tasks.run(_("Saving"), work, saved)

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_typed()
        super().hideEvent(event)
