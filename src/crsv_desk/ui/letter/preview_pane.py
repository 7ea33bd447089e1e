"""How the signature will look in the letter: the very pages as pictures, and their words for a screen reader."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _, translations
from crsv_desk.services.endorse import Choice
from crsv_desk.services.preview import preview_endorsement
from crsv_desk.ui.components import Icon, Segments, label, row
from crsv_desk.ui.pdf_view import PdfView
from crsv_desk.ui.session import Session
from crsv_desk.ui.tasks import Tasks

REST = 700
"""Milliseconds without a change before the pages are set again."""
PUBLIC, RECIPIENT = range(2)
CROP = 0.08
"""Of a page's width, left out at either side, so that the words are larger."""


class PreviewPane(QFrame):
    """The page with the signature, and all others. Set again, off the window's thread, whenever the form rests."""

    def __init__(self, session: Session, dossier: str, language: str) -> None:
        super().__init__()
        self._session, self._dossier, self._language = session, dossier, language
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._say)
        self._choice: Choice | None = None
        self._asked = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._set)
        self.edition = Segments((_("Public"), _("Recipient")), (), _("Which edition is shown"))
        self.edition.chosen.connect(lambda _number: self._set())
        self.view = PdfView(CROP)
        self.view.setMinimumHeight(200)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 8)
        lines.setSpacing(6)
        lines.addWidget(row(Icon("eye", 20), label(_("So you stand in it"), "h2"), None, self.edition, spacing=8))
        lines.addWidget(self.view, 1)
        self._say(_("Choose what everybody may see, and your place in the letter appears here."))

    def show_choice(self, choice: Choice | None) -> None:
        """Show this choice once nothing changes for a moment."""
        self._choice = choice
        self._timer.start()

    @property
    def busy(self) -> bool:
        """Whether the pages are still to be set, being set, or being drawn."""
        return self._timer.isActive() or self._tasks.busy or self.view.busy

    def stop(self) -> None:
        """Drop what is being set; before the page goes away."""
        self._timer.stop()
        self._tasks.cancel()
        self.view.stop()

    def _set(self) -> None:
        self._timer.stop()
        choice = self._choice
        if choice is None:
            return
        if self.edition.now == RECIPIENT:
            choice = _for_recipient(choice)
        self._asked += 1
        asked, desk = self._asked, self._session.desk

        def work(report: Report) -> bytes:
            return preview_endorsement(desk, self._dossier, choice, report)

        self._tasks.cancel()
        self._tasks.run(_("Preview"), work, lambda pdf: self._show(pdf, asked), self._fail)

    def _show(self, pdf: bytes, asked: int) -> None:
        if asked == self._asked:
            self.view.show_pdf(pdf, self._lists_signatories)

    def _lists_signatories(self, words: str) -> bool:
        """Whether the signatories begin on the page with these words: its running title says so."""
        return translations(self._language).gettext("Signatories") in words.splitlines()

    def _fail(self, error: DeskError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.view.say(sentence)


def _for_recipient(choice: Choice) -> Choice:
    """What the recipient sees: everything that is sent, whatever the public may see."""
    if choice.visible == "none":
        return replace(choice, visible="all", mark=None, logo=b"")
    return replace(choice, visible="all")
