"""A dialog that asks one thing: a title, what to fill in, and one button that does it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.ui import theme
from crsv_desk.ui.buttons import Button, primary, secondary
from crsv_desk.ui.components import announce, banner, clear, field, label, scrolled
from crsv_desk.ui.order import put_in_order
from crsv_desk.ui.session import Session

WIDTH = 620


class Question(QDialog):
    """Long contents scroll; the buttons always stand below. Escape changes nothing."""

    def __init__(self, parent: QWidget, title: str, text: str, parts: Sequence[QWidget], *buttons: Button) -> None:
        super().__init__(parent.window())
        self.setWindowTitle("CRSV Desk")
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = QWidget()
        self.lines = QVBoxLayout(room)
        self.lines.setContentsMargins(24, 24, 24, 12)
        self.lines.setSpacing(14)
        self.lines.addWidget(label(title, "title-s"))
        if text:
            self.lines.addWidget(label(text, "muted"))
        self._problem = QVBoxLayout()
        self.lines.addLayout(self._problem)
        for part in parts:
            self.lines.addWidget(part)
        self.lines.addStretch(1)
        self.back = secondary(_("Back"))
        self.back.clicked.connect(self.reject)
        self.doing = list(buttons)
        below = QHBoxLayout()
        below.setContentsMargins(20, 4, 20, 16)
        below.setSpacing(4)
        below.addStretch(1)
        for button in (self.back, *buttons):
            below.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._area = scrolled(room)
        outer.addWidget(self._area, 1)
        outer.addLayout(below)
        put_in_order(self)
        self._room = room
        self._fit(parent.window())

    def _fit(self, window: QWidget) -> None:
        """As high as its contents, but no larger than the window below it."""
        width = min(round(WIDTH * theme.current().scale ** 0.6), window.width() - 40)
        self._room.ensurePolished()
        needed = self._room.layout()
        assert needed is not None
        height = needed.totalHeightForWidth(width - 16) if needed.hasHeightForWidth() else needed.sizeHint().height()
        buttons = max(button.sizeHint().height() for button in (self.back, *self.doing)) + 24
        self.resize(width, min(max(height, 120) + buttons, window.height() - 40))

    def refuse(self, error: DeskError | str) -> None:
        """Say why it was not done; what was filled in stays."""
        clear(self._problem)
        self._problem.addWidget(banner("bad", str(error)))
        self._area.verticalScrollBar().setValue(0)
        announce(self, str(error))
        for button in self.doing:
            button.setEnabled(True)


class WordsDialog(Question):
    """Words to copy into a message: nothing is sent from here."""

    def __init__(self, session: Session, parent: QWidget, title: str, text: str, words: str) -> None:
        self.words = QPlainTextEdit(words)
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(round(240 * theme.current().scale))
        self.copy = primary(_("Copy"), "copy")
        super().__init__(parent, title, text, [field(_("&Words"), self.words)], self.copy)
        self._session = session
        self.copy.clicked.connect(self._copy)
        self.words.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.words.toPlainText())
        self.accept()
        self._session.tell(_("The words were copied; paste them into your message."))
