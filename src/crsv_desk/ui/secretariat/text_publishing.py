"""Publishing from the page for writing: sign the version, then save the file that partners get."""

from __future__ import annotations

from pathlib import Path

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _
from crsv_desk.services.next_version import NextVersion
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.ui.file_dialogs import choose_place
from crsv_desk.ui.secretariat.text_frame import TextFrame


class Publishing:
    """One version after another, for one page."""

    def __init__(self, page: TextFrame) -> None:
        self._page, self._session = page, page.session
        self._file = b""
        """The partners' file of the version just published, until it is saved."""

    def publish(self, plan: NextVersion) -> None:
        """Sign the next version and ask where its file goes."""
        page, desk, dossier, pane = self._page, self._session.desk, self._page.dossier, self._page.publishing
        changed = plan.changed if pane.correction else ()
        auditor, until, vouchers = pane.auditor_key, pane.object_before, pane.vouchers
        page.go_on.setEnabled(False)

        def done(file: bytes) -> None:
            page.go_on.setEnabled(True)
            pane.forget()
            self._file = file
            self._session.changed.emit()
            self.ask_place(plan.number)

        def refused(error: DeskError) -> None:
            page.go_on.setEnabled(True)
            self._session.tell(str(error), "bad")

        self._session.tasks.run(
            _("Publishing"),
            lambda report: publish(desk, dossier, (), auditor, changed, until, vouchers, report),
            done,
            refused,
            lambda: page.go_on.setEnabled(True),
        )

    def ask_place(self, number: int) -> None:
        """Let the person choose where the partners' file goes."""
        choose_place(
            self._page,
            _("Save the letter for the partners"),
            {_("Letters (*.crsv)"): "crsv"},
            _("letter-version-{number}.crsv").format(number=number),
            self.save_letter,
            nowhere=lambda: self._not_saved(number),
        )

    def save_letter(self, path: Path) -> None:
        """Write the partners' file; "saved" is said after it was read back and compared."""
        desk, dossier = self._session.desk, self._page.dossier

        def work(report: Report) -> None:
            desk.files.save(path, self._file or letter_file_for_partners(desk, dossier, report))

        def saved(_nothing: object) -> None:
            sentence = _(
                "The letter was saved as {name} and read back. Send this file to the organisations that are asked."
            )
            self._session.tell(sentence.format(name=path.name))

        self._session.tasks.run(_("Saving"), work, saved)

    def _not_saved(self, number: int) -> None:
        sentence = _(
            "Version {number} is published here, but its file is not saved yet: the page Partners gives it again."
        )
        self._session.tell(sentence.format(number=number), "warn")
