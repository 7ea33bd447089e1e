"""The set pages of a draft beside its text: made anew when the writing rests; the last ones win and keep their place."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _
from crsv_desk.services.drafting import Draft
from crsv_desk.services.export import draft_pages
from crsv_desk.ui.pdf_view import PdfView
from crsv_desk.ui.session import Session
from crsv_desk.ui.tasks import Tasks

REST = 500
"""Milliseconds without a keystroke before the pages are set again."""
CROP = 0.06
"""Of a page's width, left out at either side, so that the words are larger."""


class DraftPreview(QFrame):
    """Pages of one language of the draft."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._fail)
        self._draft: Draft | None = None
        self._language = ""
        self._shown = ""
        """The language whose pages are shown."""
        self._asked = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._set)
        self.view = PdfView(CROP)
        self.view.setMinimumHeight(200)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 8)
        lines.addWidget(self.view, 1)
        self.view.say(_("The pages appear here as you write."))

    @property
    def busy(self) -> bool:
        """Whether pages are still to be set, being set or being drawn."""
        return self._timer.isActive() or self._tasks.busy or self.view.busy

    def show_draft(self, draft: Draft, language: str) -> None:
        """Show these pages once nothing changes for a moment."""
        self._draft, self._language = draft, language
        self._timer.start()

    def stop(self) -> None:
        """Drop what is being set; before the page goes away."""
        self._timer.stop()
        self._tasks.wait()
        self.view.stop()

    def _set(self) -> None:
        draft, language = self._draft, self._language
        if draft is None:
            return
        text = next((one for one in draft.texts if one.language == language), draft.texts[0])
        if not (text.body.strip() or text.subject.strip()):
            self.view.say(_("The pages appear here as you write."))
            return
        self._asked += 1
        asked, desk = self._asked, self._session.desk

        def work(report: Report) -> bytes:
            return desk.paper.typeset_draft(draft_pages(desk, draft, text), report)

        self._tasks.cancel()
        self._tasks.run("", work, lambda pdf: self._show(pdf, asked, text.language), self._refused)

    def _show(self, pdf: bytes, asked: int, language: str) -> None:
        if asked == self._asked:
            self.view.show_pdf(pdf, again=language == self._shown)
            self._shown = language

    def _refused(self, error: DeskError) -> None:
        self._fail(str(error))

    def _fail(self, sentence: str) -> None:
        self.view.say(sentence)
