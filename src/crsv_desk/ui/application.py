"""The way into the window: fonts, look, language, the workspace; and the boundary that no traceback crosses."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox

from crsv_desk.app.compose import desk_for_checking, workspace_exists
from crsv_desk.app.garbage import not_searched
from crsv_desk.app.places import default_workspace
from crsv_desk.app.reports import save_report
from crsv_desk.i18n import _
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import has_identity
from crsv_desk.services.keeping import keep_folds
from crsv_desk.services.read_ahead import read_ahead
from crsv_desk.ui import preferences, theme
from crsv_desk.ui.fonts import load_fonts
from crsv_desk.ui.icons import icon
from crsv_desk.ui.pages import import_pages
from crsv_desk.ui.session import Session
from crsv_desk.ui.start import StartWindow
from crsv_desk.ui.tasks import wait_for_all
from crsv_desk.ui.window import Window

if TYPE_CHECKING:
    from crsv_desk.ui.checking.window import CheckWindow


class Opening(QObject):
    """Leads from the start window (unlock, or say who you are) to the main one."""

    def __init__(self, folder: Path, files: Sequence[Path]) -> None:
        super().__init__()
        self._files = list(files)
        self.window: Window | None = None
        self.start: StartWindow | None = StartWindow(folder)
        self.start.opened.connect(self._opened)
        self.start.only_check.connect(self._only_check)
        self.checking: CheckWindow | None = None
        if workspace_exists(folder):
            self.start.open_workspace()
        elif files and all(path.suffix.lower() == ".pdf" for path in files):
            self._only_check()  # somebody who was sent a PDF need not say who they are
        else:
            self.start.ask_who()

    def _only_check(self) -> None:
        from crsv_desk.ui.checking.window import CheckWindow

        self.checking = CheckWindow(Session(desk_for_checking()))
        self.checking.show()
        self._leave_start()
        if self._files:
            self.checking.open_files(self._files)
        else:
            self.checking.page.begin()

    def _opened(self, desk: Desk) -> None:
        if not has_identity(desk):
            assert self.start is not None
            self.start.ask_who(desk)
            return
        preferences.put_in_force(desk.store)
        self.window = Window(Session(desk))
        self.window.show()
        self._leave_start()
        import_pages()
        # What was read stays for as long as the window is open: a search for garbage need not go through it each time,
        # which for ten thousand remarks stops everything for a noticeable while.
        gc.freeze()
        if self._files:
            self.window.open_files(self._files)
        self.window.session.tasks.run_behind(partial(_make_ready, desk))

    def _leave_start(self) -> None:
        if self.start is not None:
            self.start.close()
            self.start.deleteLater()
            self.start = None

    def close(self) -> None:
        """Let the work end and the workspace go."""
        if self.start is not None:
            self.start.tasks.wait()
        if self.checking is not None:
            self.checking.session.tasks.wait()
            wait_for_all()
        if self.window is not None:
            self.window.session.tasks.wait()
            wait_for_all()
            keep_folds(self.window.session.desk)  # the window is gone: nobody waits
            self.window.session.desk.store.close()


def _make_ready(desk: Desk) -> None:
    """While somebody looks at the first page: what the others ask for, and what the next start does."""
    with not_searched():
        read_ahead(desk)
    keep_folds(desk)


def run(argv: Sequence[str]) -> int:
    """Open the window for ``[--workspace DIR] [FILE...]`` and return the exit code at its end."""
    folder, files = _arguments(argv)
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(["crsv-desk"])
    application.setApplicationName("crsv-desk")
    application.setApplicationDisplayName("CRSV Desk")
    application.setDesktopFileName("crsv-desk")
    load_fonts()
    preferences.put_defaults_in_force(application)
    application.setWindowIcon(icon("scroll-text", "accent"))
    sys.excepthook = report_and_tell
    opening = Opening(folder, files)
    try:
        return application.exec()
    finally:
        opening.close()


def report_and_tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Save a report on an error of ours and say one sentence; no traceback reaches a person."""
    if isinstance(error, KeyboardInterrupt):
        QApplication.quit()
        return
    sentence = _("Something went wrong that should not have; a report was saved at {place}.")
    box = QMessageBox(QMessageBox.Icon.Warning, "CRSV Desk", sentence.format(place=save_report(error)))
    theme.dress(box)
    box.open()
    _shown.append(box)


_shown: list[QMessageBox] = []
"""Boxes on the screen: Qt does not keep them."""


def _arguments(argv: Sequence[str]) -> tuple[Path, list[Path]]:
    rest, folder = list(argv), default_workspace()
    while rest and rest[0].split("=")[0] == "--workspace":
        _name, equals, value = rest.pop(0).partition("=")
        if equals or rest:
            folder = Path(value if equals else rest.pop(0))
    return folder, [Path(one) for one in rest]
