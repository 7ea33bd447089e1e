"""How the signature will look in the letter, as a picture of the very pages and as text for a screen reader."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _
from crsv_desk.pdf.render import Pages
from crsv_desk.services.endorse import Choice
from crsv_desk.services.preview import preview_endorsement
from crsv_desk.ui.components import Icon, Segments, card, label, row, scrolled
from crsv_desk.ui.session import Session
from crsv_desk.ui.tasks import Tasks

REST = 700
"""Milliseconds without a change before the pages are set again."""
PUBLIC, FULL = range(2)


@dataclass(frozen=True, slots=True)
class _Page:
    picture: bytes
    text: str


class PreviewPane(QFrame):
    """The page with the signature. Set again, off the window's thread, whenever the form rests."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
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
        self.sheet = QLabel()
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sheet.setWordWrap(True)
        self._whole = QPixmap()
        tray = card(self.sheet, kind="tray", margin=16)
        tray.body.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 16)
        lines.setSpacing(8)
        lines.addWidget(row(Icon("eye", 20), label(_("So you stand in the letter"), "h2"), None, self.edition, spacing=8))
        self._scroll = scrolled(tray)
        lines.addWidget(self._scroll, 1)
        self._say(_("Choose what everybody may see, and your place in the letter appears here."))

    def show_choice(self, choice: Choice | None) -> None:
        """Show this choice once nothing changes for a moment."""
        self._choice = choice
        self._timer.start()

    def stop(self) -> None:
        """Drop what is being set; before the page goes away."""
        self._timer.stop()
        self._tasks.cancel()

    def _set(self) -> None:
        self._timer.stop()
        choice = self._choice
        if choice is None:
            return
        if self.edition.now == FULL:
            choice = _for_recipient(choice)
        self._asked += 1
        asked, desk = self._asked, self._session.desk

        def work(report: Report) -> _Page:
            pages = Pages(preview_endorsement(desk, self._dossier, choice, report))
            try:
                number = _page_of(pages)
                return _Page(pages.picture(number, 1000), pages.text(number))
            finally:
                pages.close()

        self._tasks.cancel()
        self._tasks.run(_("Preview"), work, lambda page: self._show(page, asked), self._fail)

    def _show(self, page: _Page, asked: int) -> None:
        if asked != self._asked:
            return
        self._whole.loadFromData(page.picture)
        self._fit()
        self.sheet.setAccessibleName(_("So you stand in the letter: {text}").format(text=page.text))

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        ratio = self.devicePixelRatioF()
        width = max(self._scroll.viewport().width() - 36, 200)
        picture = self._whole.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        self.sheet.setPixmap(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fail(self, error: DeskError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._whole = QPixmap()
        self.sheet.setPixmap(QPixmap())
        self.sheet.setText(sentence)
        self.sheet.setAccessibleName(sentence)


def _for_recipient(choice: Choice) -> Choice:
    """What the recipient sees: everything that is sent, whatever the public may see."""
    if choice.visible == "none":
        return replace(choice, visible="all", mark=None, logo=b"")
    return replace(choice, visible="all")


def _page_of(pages: Pages) -> int:
    """The page with the signatories: the one before the evidence, which is the last."""
    return max(pages.count - 2, 0)


