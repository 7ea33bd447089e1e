"""Check a file: the verdict first, then what it rests on; the pages; the call that answers whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from crsv_desk.domain.errors import Cancelled, DeskError
from crsv_desk.domain.progress import Report, Step
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.confirm import confirm_key
from crsv_desk.services.identity import has_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.take_out import take_out
from crsv_desk.services.telling import report_text
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import decrypted, verify
from crsv_desk.ui.checking.findings import Checked, Findings
from crsv_desk.ui.checking.verdict import LOOKS
from crsv_desk.ui.components import (
    Page,
    Segments,
    action_bar,
    announce,
    banner,
    empty_state,
    header,
    page_column,
    primary,
    scrolled,
    secondary,
)
from crsv_desk.ui.file_dialogs import choose_file, choose_folder, choose_place
from crsv_desk.ui.intake import MOST_BYTES
from crsv_desk.ui.pdf_view import PdfView
from crsv_desk.ui.session import Session

FOUND, PAGES = range(2)


class CheckPage(Page):
    """One file at a time, from anywhere; it is only looked at, nothing of it is taken in."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session = session
        self._checked: Checked | None = None
        self._code = ""
        self._asked = 0
        self._news = False
        self.setAcceptDrops(True)
        session.changed.connect(self._hear)
        self._show_empty()

    # --- opening

    def begin(self) -> None:
        """Let the person choose a file."""
        if self.first is not None:
            self.first.setFocus()

    def open_path(self, path: Path, others: Sequence[Path] = ()) -> None:
        """Check the file at ``path``; a small edition's statements are in one of ``others``, or in the file of its name
        beside it."""
        self._code = ""
        self._asked += 1
        asked, desk = self._asked, self._session.desk

        def work(report: Report) -> Checked | None:
            untrusted_data = desk.files.load(path, MOST_BYTES)
            if desk.packets.kind(untrusted_data) == "encrypted":
                untrusted_data = decrypted(desk, untrusted_data)
            beside = tuple(Untrusted(one.name, desk.files.load(one, MOST_BYTES)) for one in _beside(path, others))
            return self._examine(Untrusted(path.name, untrusted_data), path, "", beside, report)

        self._show_waiting(path.name)
        self._session.tasks.run(
            _("Checking {name}").format(name=path.name),
            work,
            lambda checked: self._show(checked, asked),
            lambda error: self._fail(error, asked),
        )

    def refresh(self) -> None:
        """What was learned since may answer whose it is: check again, without taking the focus."""
        if self._news and self._checked is not None:
            self._again(self._code, quietly=True)
        self._news = False

    def _hear(self) -> None:
        self._news = True

    def _again(self, code: str, *, quietly: bool) -> None:
        assert self._checked is not None
        self._code = code
        self._asked += 1
        asked, file, path, beside = self._asked, self._checked.file, self._checked.path, self._checked.beside
        self._session.tasks.run(
            _("Checking {name}").format(name=file.name),
            lambda report: self._examine(file, path, code, beside, report),
            lambda checked: self._show(checked, asked, quietly=quietly),
            lambda error: self._fail(error, asked),
        )

    def _examine(
        self, file: Untrusted, path: Path, code: str, beside: tuple[Untrusted, ...], report: Report
    ) -> Checked | None:
        """Off the window's thread. Nothing when it was cancelled: then the page says so."""
        try:
            report(Step(0, 1))
            return Checked(file, path, verify(self._session.desk, file, code, report, beside), beside)
        except Cancelled:
            return None

    def _ask_beside(self) -> None:
        assert self._checked is not None
        path = self._checked.path
        choose_file(
            self,
            _("Choose the file that came with it"),
            [_("CRSV Desk files (*.crsv)")],
            lambda beside: self.open_path(path, [beside]),
            str(path.parent),
        )

    def _ask_file(self) -> None:
        kinds = [_("PDFs and CRSV Desk files (*.pdf *.crsv *.asice *.txt)")]
        choose_file(self, _("Choose a file to check"), kinds, self.open_path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Here a file is checked, whatever it is: taking it in is for the other pages."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return
        event.acceptProposedAction()
        main = next((path for path in paths if path.suffix.lower() == ".pdf"), paths[0])
        self.open_path(main, [path for path in paths if path != main])
        if sum(path.suffix.lower() == main.suffix.lower() for path in paths) > 1:
            self._session.tell(_("One file is checked at a time: this is {name}.").format(name=main.name), "info")

    # --- what is shown

    def _show_empty(self, title: str = "", text: str = "", tone: str = "bad") -> None:
        self._checked = None
        choose = primary(_("Choose a file…"), "folder-open")
        choose.clicked.connect(self._ask_file)
        sentence = _(
            "Drag a PDF or a .crsv file here. It is only looked at: nothing of it is taken in, and nothing is sent anywhere."
        )
        frame = empty_state("file-check", _("Is it genuine? Is it whole? Whose is it?"), sentence, choose)
        room = page_column(*([banner(tone, title, text)] if title else []), frame)
        self.show_parts([header(_("Check a file"))], scrolled(room))
        self.first = choose
        if title:
            announce(self, f"{title} {text}")
            choose.setFocus()

    def _show_waiting(self, name: str) -> None:
        sentence = _("The seal, every signature in it and the pages. A long file takes a moment.")
        frame = empty_state("hourglass", _("Checking {name}").format(name=name), sentence)
        frame.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_parts([header(_("Check a file"), name)], scrolled(page_column(frame)))
        self.first = frame
        frame.setFocus()

    def _fail(self, error: DeskError, asked: int) -> None:
        if asked == self._asked:
            self._show_empty(str(error), _("Nothing was checked, and the file is as it was."))

    def _show(self, checked: Checked | None, asked: int, *, quietly: bool = False) -> None:
        if asked != self._asked:
            return
        if checked is None:
            self._show_empty(_("The check was stopped."), _("Nothing is known about the file."), "warn")
            return
        self._checked = checked
        one = checked.found
        self.findings = Findings(checked, remembers=has_identity(self._session.desk))
        self.findings.beside_wanted.connect(self._ask_beside)
        self.findings.used_once.connect(lambda code: self._again(code, quietly=False))
        self.findings.remembered.connect(lambda code: self._remember(one, code))
        self.view = PdfView()
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(self.findings))
        self._stack.addWidget(self.view)
        self.show_parts([header(_("Check a file"), "", *self._tools(checked))], self._stack, [self._bar(checked)])
        self.first = self.findings.verdict
        if not quietly:
            self.findings.verdict.setFocus()
            announce(self.findings.verdict, f"{one.title}. {one.verdict}")

    def _tools(self, checked: Checked) -> Sequence[QWidget]:
        other = secondary(_("&Another file…"), "folder-open", small=True)
        other.clicked.connect(self._ask_file)
        if checked.found.kind != "pdf" or checked.found.conclusion == "unreadable":
            return [other]
        self.shown = Segments((_("What was found"), _("The pages")), (), _("What is shown"))
        self.shown.chosen.connect(self._turn)
        return [self.shown, other]

    shown: Segments

    def _turn(self, number: int) -> None:
        assert self._checked is not None
        one = self._checked.found
        if number == PAGES and not self.view.count:
            tone, icon = LOOKS[one.conclusion]
            if one.conclusion != "genuine":
                self.view.warn("bad" if tone == "bad" else "warn", icon, one.title)
            self.view.show_pdf(self._checked.file.data)
        self._stack.setCurrentIndex(number)

    def _remember(self, one: Verification, code: str) -> None:
        desk = self._session.desk

        def told(_nothing: object) -> None:
            sentence = _("The code of {name} was compared; from now on you know that it is them.")
            self._session.tell(sentence.format(name=one.signer))
            self._session.changed.emit()
            self._news = False
            self._again("", quietly=False)

        def work(report: Report) -> None:
            confirm_key(desk, one.fingerprint, one.signer, code)

        self._session.tasks.run(_("Confirming"), work, told)

    def _bar(self, checked: Checked) -> QWidget:
        right: list[QWidget] = []
        if checked.found.attached:
            out = secondary(_("Save the attached &files…"), "folder-down")
            out.clicked.connect(self._ask_folder)
            right.append(out)
        save = primary(_("Save the report…"), "file-down")
        save.clicked.connect(self._ask_report)
        right.append(save)
        return action_bar([], right)

    # --- keeping

    def _ask_report(self) -> None:
        assert self._checked is not None
        name = _("check of {name}").format(name=Path(self._checked.file.name).stem) + ".txt"
        choose_place(self, _("Save the report"), {_("Text (*.txt)"): "txt"}, name, self.save_report)

    def save_report(self, path: Path) -> None:
        """Write what was found as text."""
        assert self._checked is not None
        desk, checked = self._session.desk, self._checked
        text = report_text(desk, checked.file, checked.found)
        told = _("Saved, and read back: {name}").format(name=path.name)
        self._session.tasks.run(
            _("Saving"),
            lambda report: desk.files.save(path, text.encode()),
            lambda nothing: self._session.tell(told),
        )

    def _ask_folder(self) -> None:
        choose_folder(self, _("Save the attached files in"), self.save_files)

    def save_files(self, folder: Path) -> None:
        """Write the files that the PDF carries into ``folder``."""
        assert self._checked is not None
        desk, data = self._session.desk, self._checked.file.data

        def told(written: Sequence[Path]) -> None:
            sentence = ngettext(
                "{count} file was saved in {folder}.", "{count} files were saved in {folder}.", len(written)
            )
            self._session.tell(sentence.format(count=len(written), folder=folder.name))

        self._session.tasks.run(
            _("Saving the attached files"), lambda report: take_out(desk, data, folder, report), told
        )


def _beside(path: Path, others: Sequence[Path]) -> Sequence[Path]:
    """Those that were given, or the file that the small edition is saved with."""
    own = path.with_suffix(".crsv")
    return others or ([own] if own != path and own.is_file() else [])
