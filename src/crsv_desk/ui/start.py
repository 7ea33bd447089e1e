"""The first window: unlock the workspace, or say who you are, or learn why it cannot be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from crsv_desk.app.compose import open_desk
from crsv_desk.app.garbage import not_searched
from crsv_desk.app.places import passphrase_file
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _
from crsv_desk.identity.vault import Vault, passphrase_from_file
from crsv_desk.services.desk import Desk
from crsv_desk.services.read_ahead import read_first
from crsv_desk.ui import theme
from crsv_desk.ui.components import Page
from crsv_desk.ui.first_run import FirstRunPage
from crsv_desk.ui.tasks import Tasks
from crsv_desk.ui.unlock import LockedOutPage, UnlockPage, WaitPage


class StartWindow(QMainWindow):
    """Shows one question at a time until a workspace is open."""

    only_check = Signal()
    """No workspace is wanted: a file is to be checked."""
    opened = Signal(object)
    """A ``Desk``; it may have no identity yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        theme.dress(self)
        self.setWindowTitle("CRSV Desk")
        self.resize(1000, 740)
        self._folder = folder
        self.tasks = Tasks(self)
        self.tasks.failed.connect(self._refuse)

    def open_workspace(self) -> None:
        """Open the workspace, after the passphrase where it needs one."""
        try:
            named, asks = passphrase_file(), Vault(self._folder).kind == "passphrase"
        except DeskError as error:
            self._refuse(str(error))
            return
        if not asks:
            self._open(lambda: None)
        elif named is not None:
            self._open(lambda: passphrase_from_file(named))
        else:
            page = UnlockPage()
            page.given.connect(lambda passphrase: self._open(lambda: str(passphrase), page))
            self._show(page)

    def ask_who(self, desk: Desk | None = None) -> None:
        """Make the workspace (or use ``desk``, which has no identity yet) and the identity in it."""
        page = FirstRunPage(self._folder, self.tasks, desk)
        page.done.connect(self.opened)
        page.only_check.connect(self.only_check)
        self._show(page)

    def _open(self, ask: Callable[[], str | None], asked: UnlockPage | None = None) -> None:
        def work(report: Report) -> Desk:
            desk = open_desk(self._folder, ask)
            with not_searched():
                read_first(desk)  # here, so that the window has it at once
            return desk

        if asked is None:
            self._show(WaitPage(_("Opening your letters…")))
            self.tasks.run(_("Opening"), work, self.opened.emit)
        else:
            asked.wait(True)
            self.tasks.run(_("Opening"), work, self.opened.emit, lambda error: asked.refuse(str(error)))

    def _refuse(self, sentence: str) -> None:
        page = LockedOutPage(sentence)
        page.again.connect(self.open_workspace)
        page.leave.connect(self.close)
        self._show(page)

    def _show(self, page: Page) -> None:
        self.setCentralWidget(page)
        self.show()
        first = page.first if isinstance(page, Page) else None
        (first or page).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.tasks.cancel()
        super().closeEvent(event)
