"""The main window: the rail, the page that is shown, what is told, and files that are dropped or opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from crsv_desk.i18n import _
from crsv_desk.services.confirm import candidates
from crsv_desk.ui import preferences, theme
from crsv_desk.ui.buttons import Button
from crsv_desk.ui.components import Page
from crsv_desk.ui.file_dialogs import choose_files, choose_folder
from crsv_desk.ui.intake import Intake
from crsv_desk.ui.mnemonics import tell_apart
from crsv_desk.ui.order import put_in_order
from crsv_desk.ui.pages import PAGES
from crsv_desk.ui.rail import Rail
from crsv_desk.ui.regions import next_region, parts_of
from crsv_desk.ui.secretariat.bars import to_confirm
from crsv_desk.ui.session import Session
from crsv_desk.ui.strips import MessageStrip, ProgressStrip
from crsv_desk.ui.tasks import Tasks

FRAME = QSize(16, 48)
"""What a desktop's own frame around the window takes, at most."""
WORDS_FROM = 860
"""Pixels of the window's width, at 100 % text size, from which the rail shows words."""


LOW = 420
"""Pixels of the window's height, at 100 % text size, below which a message takes no more than two lines."""


class Window(QMainWindow):
    """One open workspace. Pages are kept while it is open, so that what was typed stays."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        session.setParent(self)
        self.setWindowTitle("CRSV Desk")  # never a letter's subject: a task bar is seen by others
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 600)
        room = self.screen().availableSize() - FRAME
        self.resize(QSize(1280, 800).boundedTo(room))
        self.intake = Intake(session)
        self._pages: dict[tuple[str, str], QWidget] = {}
        self._stale: set[tuple[str, str]] = set()
        self.place = ("home", "")
        self._read_at: tuple[str, str] | None = None
        theme.dress(self)
        self._build()
        self._keys()
        session.went.connect(self.show_page)
        session.told.connect(self._tell)
        session.changed.connect(self._changed)
        theme.notifier.changed.connect(self._make_room)
        self.intake.check.connect(self._check)
        self._count()
        self.show_page("home", "")

    def _build(self) -> None:
        """Rail, strips and an empty stack, in the language and theme in force."""
        centre = QWidget()
        across = QHBoxLayout(centre)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.rail = Rail()
        self.rail.chosen.connect(self._choose)
        across.addWidget(self.rail)
        lines = QVBoxLayout()
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self.messages = MessageStrip()
        self.progress = ProgressStrip(self.session.tasks)
        self.stack = QStackedWidget()
        for widget in (self.messages, self.progress):
            lines.addWidget(widget)
        lines.addWidget(self.stack, 1)
        across.addLayout(lines, 1)
        self.setCentralWidget(centre)
        self._make_room()

    def _keys(self) -> None:
        for keys, do in (
            (QKeySequence.StandardKey.Open, self.ask_files),
            (QKeySequence.StandardKey.ZoomIn, lambda: self._size(theme.larger)),
            (QKeySequence("Ctrl+="), lambda: self._size(theme.larger)),
            (QKeySequence.StandardKey.ZoomOut, lambda: self._size(theme.smaller)),
            (QKeySequence("F6"), lambda: self._region(forward=True)),
            (QKeySequence("Shift+F6"), lambda: self._region(forward=False)),
            (QKeySequence("Ctrl+Return"), self._press_primary),
            (QKeySequence("Ctrl+Enter"), self._press_primary),
            (QKeySequence("Escape"), self._back),
        ):
            QShortcut(keys, self, do)

    def _tell(self, sentence: str, tone: str) -> None:
        self.messages.tell(sentence, tone)
        self._read_at = None
        QTimer.singleShot(0, self, self._remember_where)  # a page may follow in the same breath

    def _remember_where(self) -> None:
        self._read_at = self.place

    # --- pages

    def show_page(self, name: str, dossier: str) -> None:
        """Show a page by its name for a dossier, as it stands now."""
        key = (name, dossier)
        if self._read_at not in (None, key) and self.messages.good:
            self.messages.hush()  # it was read where it was told
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = PAGES[name](self.session, dossier)
            self.stack.addWidget(page)
            put_in_order(page)
            tell_apart(self.rail, page)
        elif key in self._stale or name != self.place[0]:
            self._refresh(page)
        self._stale.discard(key)
        self.place = key
        self.stack.setCurrentWidget(page)
        self.rail.mark(name)
        self._focus(page)

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages[self.place]

    def _focus(self, page: QWidget) -> None:
        asked = page.first if isinstance(page, Page) else None
        if asked is not None:
            asked.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            first = next_region([page], None, forward=True)
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, name: str) -> None:
        self.messages.hush()
        self.show_page(name, "")

    def _changed(self) -> None:
        self._stale = set(self._pages) - {self.place}
        self._count()
        self._refresh(self.page)

    def _count(self) -> None:
        """How many wait for the phone check, in all letters of which this is the secretariat."""
        count = sum(not one.secretariat for one in candidates(self.session.desk))
        self.rail.count("received", count, to_confirm(count))

    def _refresh(self, page: QWidget) -> None:
        refresh, focus = getattr(page, "refresh", None), QApplication.focusWidget()
        if refresh is None:
            return
        was_inside = focus is not None and (page is focus or page.isAncestorOf(focus))
        refresh()
        put_in_order(page)
        tell_apart(self.rail, page)
        # What had the focus may be gone; then it begins again at the page, not at the rail.
        focus = QApplication.focusWidget()
        if was_inside and (focus is None or not focus.isVisible() or not (page is focus or page.isAncestorOf(focus))):
            self._focus(page)

    def rebuild(self) -> None:
        """Make everything again: after another language was chosen."""
        name, dossier = self.place
        self._pages.clear()
        self._stale.clear()
        self.progress.deleteLater()
        self._build()
        self._count()
        self.show_page(name, dossier)

    # --- files

    def open_files(self, paths: Sequence[Path]) -> None:
        """Take packets in; show a PDF on the page that checks it."""
        self.intake.take(paths)

    def ask_files(self) -> None:
        """Let the person choose files, and open them."""
        kinds = [_("Letters, answers and PDFs (*.crsv *.asice *.age *.pdf *.txt)")]
        choose_files(self, _("Open files"), kinds, self.open_files)

    def ask_folder(self) -> None:
        """Let the person choose a folder, and take in everything in it."""
        choose_folder(self, _("Open a folder"), lambda folder: self.open_files([folder]))

    def _check(self, path: Path) -> None:
        self.show_page("check", "")
        open_path = getattr(self.page, "open_path", None)
        if open_path is not None:
            open_path(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_files(paths)

    # --- keys

    def _size(self, step: object) -> None:
        assert callable(step)
        self.session.desk.store.set_setting(preferences.SCALE, str(step(theme.current().scale)))
        preferences.put_in_force(self.session.desk.store)

    def _region(self, *, forward: bool) -> None:
        regions: list[QWidget] = [self.rail, self.messages, self.progress]
        regions += parts_of(self.page)
        target = next_region(regions, QApplication.focusWidget(), forward=forward)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _press_primary(self) -> None:
        for button in self.page.findChildren(Button):
            usable = button.isVisible() and button.isEnabled() and not button.property("guarded")
            if button.kind == "primary" and usable:
                button.click()
                return

    def _back(self) -> None:
        for button in self.page.findChildren(Button):
            if button.objectName() == "back" and button.isVisible():
                button.click()
                return
        if self.place[0] != "home":
            self.show_page("home", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.isAncestorOf(QApplication.focusWidget() or self):
            self._focus(self.page)  # not possible before the window is there

    def _make_room(self) -> None:
        scale = theme.current().scale
        self.rail.make_narrow(self.width() < WORDS_FROM * scale)
        self.messages.make_low(self.height() < LOW * scale)

    def closeEvent(self, event: QCloseEvent) -> None:
        for tasks in self.findChildren(Tasks):
            tasks.cancel()
        super().closeEvent(event)
