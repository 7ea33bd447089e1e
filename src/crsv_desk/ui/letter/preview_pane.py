"""How the signature will look in the letter: the very pages as pictures, and their words for a screen reader."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _, translations
from crsv_desk.pdf.render import Pages
from crsv_desk.services.endorse import Choice
from crsv_desk.services.preview import preview_endorsement
from crsv_desk.ui.components import Icon, Segments, announce, card, label, quiet, row, scrolled
from crsv_desk.ui.session import Session
from crsv_desk.ui.tasks import Tasks

REST = 700
"""Milliseconds without a change before the pages are set again."""
PUBLIC, RECIPIENT = range(2)
SHARPNESS = 1000
"""Pixels across a page's picture."""
SIDE = 80
"""Of those, left out at either side."""


@dataclass(frozen=True, slots=True)
class _Page:
    picture: bytes
    text: str


class _Sheet(QLabel):
    """The page that is shown; Page Up and Page Down turn it."""

    def __init__(self, pane: PreviewPane) -> None:
        super().__init__()
        self._pane = pane
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWordWrap(True)
        self.setProperty("frame", "sheet")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_PageDown:
                self._pane.turn(1)
            case Qt.Key.Key_PageUp:
                self._pane.turn(-1)
            case _:
                super().keyPressEvent(event)


class PreviewPane(QFrame):
    """The page with the signature, and all others. Set again, off the window's thread, whenever the form rests."""

    def __init__(self, session: Session, dossier: str, language: str) -> None:
        super().__init__()
        self._session, self._dossier, self._language = session, dossier, language
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._say)
        self._choice: Choice | None = None
        self._asked = 0
        self._pages: list[_Page] = []
        self._number = 0
        self._whole = QPixmap()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._set)
        self.edition = Segments((_("Public"), _("Recipient")), (), _("Which edition is shown"))
        self.edition.chosen.connect(lambda _number: self._set())
        self.sheet = _Sheet(self)
        self._place = label("", "small", wrap=False)
        self.earlier, self.later = (
            quiet(_("Earlier page"), "chevron-left", True),
            quiet(_("Later page"), "chevron-right", True),
        )
        self.earlier.clicked.connect(lambda: self.turn(-1))
        self.later.clicked.connect(lambda: self.turn(1))
        self._build()
        self._say(_("Choose what everybody may see, and your place in the letter appears here."))

    def _build(self) -> None:
        tray = card(self.sheet, kind="tray", margin=16)
        tray.setObjectName("tray")
        tray.body.addStretch(1)
        self._scroll = scrolled(tray)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setMinimumHeight(160)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 8)
        lines.setSpacing(6)
        lines.addWidget(row(Icon("eye", 20), label(_("So you stand in it"), "h2"), None, self.edition, spacing=8))
        lines.addWidget(self._scroll, 1)
        lines.addWidget(row(self.earlier, None, self._place, None, self.later, spacing=0))

    def show_choice(self, choice: Choice | None) -> None:
        """Show this choice once nothing changes for a moment."""
        self._choice = choice
        self._timer.start()

    @property
    def busy(self) -> bool:
        """Whether the pages are still to be set, or being set."""
        return self._timer.isActive() or self._tasks.busy

    def stop(self) -> None:
        """Drop what is being set; before the page goes away."""
        self._timer.stop()
        self._tasks.cancel()

    def turn(self, by: int) -> None:
        """Show an earlier or later page."""
        if 0 <= self._number + by < len(self._pages):
            self._show(self._number + by)
            announce(self, self._place.text())

    def _set(self) -> None:
        self._timer.stop()
        choice = self._choice
        if choice is None:
            return
        if self.edition.now == RECIPIENT:
            choice = _for_recipient(choice)
        self._asked += 1
        asked, desk = self._asked, self._session.desk

        def work(report: Report) -> list[_Page]:
            pages = Pages(preview_endorsement(desk, self._dossier, choice, report))
            try:
                return [_Page(pages.picture(at, SHARPNESS), pages.text(at)) for at in range(pages.count)]
            finally:
                pages.close()

        self._tasks.cancel()
        self._tasks.run(_("Preview"), work, lambda pages: self._set_pages(pages, asked), self._fail)

    def _set_pages(self, pages: list[_Page], asked: int) -> None:
        if asked != self._asked:
            return
        self._pages = pages
        self._show(self._signatories())

    def _signatories(self) -> int:
        """The page on which the signatories begin: its running title says so."""
        title = translations(self._language).gettext("Signatories")
        found = (at for at, page in enumerate(self._pages) if title in page.text.splitlines())
        return next(found, max(len(self._pages) - 2, 0))

    def _show(self, number: int) -> None:
        self._number = number
        page, count = self._pages[number], len(self._pages)
        picture = QPixmap()
        picture.loadFromData(page.picture)
        # Without most of the side margins, so that the words are larger.
        self._whole = picture.copy(SIDE, 0, picture.width() - 2 * SIDE, picture.height())
        self._fit()
        self.sheet.setAccessibleName(_("So you stand in the letter: {text}").format(text=page.text))
        self._place.setText(_("Page {number} of {count}").format(number=number + 1, count=count))
        self.earlier.setEnabled(number > 0)
        self.later.setEnabled(number + 1 < count)

    def _fit(self) -> None:
        if self._whole.isNull():
            return
        ratio = self.devicePixelRatioF()
        width = max(self._scroll.viewport().width() - 36, 200)
        picture = self._whole.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        self.sheet.setWordWrap(False)  # with it, a picture gets no height
        self.sheet.setPixmap(picture)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fail(self, error: DeskError) -> None:
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self._pages = []
        self._whole = QPixmap()
        self.sheet.setWordWrap(True)
        self.sheet.setText(sentence)
        self.sheet.setAccessibleName(sentence)
        self._place.setText("")
        self.earlier.setEnabled(False)
        self.later.setEnabled(False)


def _for_recipient(choice: Choice) -> Choice:
    """What the recipient sees: everything that is sent, whatever the public may see."""
    if choice.visible == "none":
        return replace(choice, visible="all", mark=None, logo=b"")
    return replace(choice, visible="all")
