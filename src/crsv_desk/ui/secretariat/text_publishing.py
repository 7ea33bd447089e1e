"""Publishing from the page for writing: sign the version, then save the file that partners get."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _
from crsv_desk.services.catching_up import catch_up
from crsv_desk.services.next_version import NextVersion
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.taken_over import take_in
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
        auditor, until, vouchers, left_out = pane.auditor_key, pane.object_before, pane.vouchers, pane.left_out
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
            lambda report: publish(desk, dossier, (), auditor, changed, until, vouchers, report, left_out),
            done,
            refused,
            lambda: page.go_on.setEnabled(True),
        )

    def catch_up(self) -> None:
        """Put what a colleague published into the draft, and say where both changed the same words."""
        page = self._page
        page.keep_typed()
        try:
            caught = catch_up(self._session.desk, page.dossier)
        except DeskError as error:
            self._session.tell(str(error), "bad")
            return
        page.publishing.show_clashes(caught.clashes)
        page.put(caught.draft)
        said = _("What your colleague published is in the draft now. Look at the changes before you publish.")
        if caught.clashes:
            said = _("What your colleague published is in the draft now, but for words that both of you changed.")
        self._session.tell(said, "warn" if caught.clashes else "ok")
        page.go_on.setFocus()

    def take_in(self, remarks: Sequence[str]) -> None:
        """Put words that are said to be taken over into the draft."""
        page = self._page
        page.keep_typed()
        try:
            page.put(take_in(self._session.desk, page.dossier, remarks))
        except DeskError as error:
            self._session.tell(str(error), "bad")
            return
        self._session.tell(_("The words are in the draft now."))
        first = page.publishing.lacking
        button = first.findChild(QWidget, "take-in") if first is not None else None
        (button or page.go_on).setFocus()

    def show_remark(self, remark: str) -> None:
        """Where it is settled, and can be settled anew."""
        self._session.settling = remark
        self._session.go("comments", self._page.dossier)

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
