"""A window for somebody who only checks a file: no workspace, no name, nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from crsv_desk.ui import theme
from crsv_desk.ui.check import CheckPage
from crsv_desk.ui.session import Session
from crsv_desk.ui.strips import MessageStrip, ProgressStrip


class CheckWindow(QMainWindow):
    """The page that checks, with what is told and the work under way above it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        session.setParent(self)
        theme.dress(self)
        self.setWindowTitle("CRSV Desk")
        self.setMinimumSize(700, 500)
        self.resize(1100, 780)
        self.messages, self.progress = MessageStrip(), ProgressStrip(session.tasks)
        self.page = CheckPage(session, "")
        centre = QWidget()
        lines = QVBoxLayout(centre)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        for widget in (self.messages, self.progress):
            lines.addWidget(widget)
        lines.addWidget(self.page, 1)
        self.setCentralWidget(centre)
        session.told.connect(lambda sentence, tone: self.messages.tell(sentence, tone))

    def open_files(self, paths: Sequence[Path]) -> None:
        """Check the first of them, with the others beside it."""
        self.page.open_path(paths[0], paths[1:])

    def closeEvent(self, event: QCloseEvent) -> None:
        self.session.tasks.cancel()
        super().closeEvent(event)
