"""Texts, pictures and tables from files into the letter, and the letter into files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from crsv_desk.domain.source import Source
from crsv_desk.i18n import _
from crsv_desk.services.drafting import lead_logo, translation_of
from crsv_desk.services.export import export, export_name
from crsv_desk.services.revise import with_translation
from crsv_desk.ui.file_dialogs import choose_file, choose_place
from crsv_desk.ui.secretariat.text_frame import CHECKS, TextFrame

MOST_FILE, MOST_PICTURE = 20_000_000, 20_000_000


class TextFiles:
    """Asks for files and takes them in, for one page."""

    def __init__(self, page: TextFrame) -> None:
        self._page, self._session = page, page.session

    def ask_text(self) -> None:
        """Let the person choose a text to take in."""
        choose_file(self._page, _("Open a text"), [_("Texts (*.docx *.odt *.md *.txt)")], self.take_text)

    def take_text(self, path: Path) -> None:
        """Put the text of a file in the place of the one that is shown; it can be undone."""
        page, desk = self._page, self._session.desk
        page.keep_typed()
        language = page.words.language

        def done(source: Source) -> None:
            if language and language != page.draft.language:
                draft = with_translation(page.draft, translation_of(source, path.name, language))
            else:
                source = source.with_subject(page.draft.text("subject"))
                named = {key: value for key, value in source.front.items() if value}
                draft = replace(page.draft, front={**page.draft.front, **named}, body=source.body)
            page.put(replace(draft, remarks=tuple(source.remarks)), language)
            if source.remarks:
                page.tabs.choose(CHECKS)
            self._session.tell(_("The text of {name} was taken in.").format(name=path.name))

        self._session.tasks.run(
            _("Opening"), lambda report: desk.letters.read(desk.files.load(path, MOST_FILE), path.name), done
        )

    def ask_export(self) -> None:
        """Let the person choose where the text goes, and in which form."""
        page = self._page
        page.keep_typed()
        kinds = {
            _("PDF, marked as a draft (*.pdf)"): "pdf",
            _("Word processor (*.docx)"): "docx",
            _("Markdown (*.md)"): "md",
        }
        name = export_name(self._session.desk, page.dossier, ".pdf", language=page.words.language)
        choose_place(page, _("Save the text as a file"), kinds, name, self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the text that is shown into a file of the kind that its ending names."""
        desk, dossier, language = self._session.desk, self._page.dossier, self._page.words.language

        def work(report: object) -> None:
            desk.files.save(path, export(desk, dossier, path.suffix, language=language))

        def saved(_nothing: object) -> None:
            self._session.tell(_("Saved as {name} and read back.").format(name=path.name))

        self._session.tasks.run(_("Saving"), work, saved)

    def ask_logo(self) -> None:
        """Let the person choose the lead's logo."""
        choose_file(self._page, _("Logo of the lead"), [_("Pictures (*.png *.jpg *.jpeg)")], self.take_logo)

    def take_logo(self, path: Path) -> None:
        """Use the picture in a file as the lead's logo."""
        desk, fields = self._session.desk, self._page.fields
        self._session.tasks.run(
            _("Opening"), lambda report: lead_logo(desk, desk.files.load(path, MOST_PICTURE)), fields.set_logo
        )

    def ask_partners(self) -> None:
        """Let the person choose a table of organisations."""
        choose_file(self._page, _("A table of organisations"), [_("Tables (*.csv *.txt)")], self.take_partners)

    def take_partners(self, path: Path) -> None:
        """Add the organisations of a table, each with its country."""
        desk, fields = self._session.desk, self._page.fields
        self._session.tasks.run(
            _("Opening"),
            lambda report: desk.letters.partners(desk.files.load(path, MOST_FILE)),
            fields.add_partners,
        )
