"""The rail at the left: the four places of the program."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crsv_desk.i18n import _
from crsv_desk.ui import theme
from crsv_desk.ui.buttons import Button
from crsv_desk.ui.components import Icon, label, row
from crsv_desk.ui.icons import paint_icon
from crsv_desk.ui.painting import paint_box

WIDTH = 212
PLACE_OF = {
    "home": "home", "read": "home", "comment": "home", "endorse": "home", "send": "home", "code": "home",
    "text": "home", "partners": "home", "comments": "home", "compile": "home",
    "changes": "home", "erratum": "home",
    "received": "received", "check": "check", "settings": "settings",
}  # fmt: skip
"""Which button of the rail stands for a page."""


class _Sign(QWidget):
    """The program's sign: a letter on the accent."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_box(painter, QRectF(self.rect()), theme.current().colour("accent"), None, 6)
        paint_icon(painter, "scroll-text", QRectF(5, 5, 18, 18), theme.current().colour("on_accent"))


class Rail(QFrame):
    """Letters, received, check a file; identity and settings below."""

    chosen = Signal(str)
    """The name of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "rail")
        self.setMinimumWidth(WIDTH)
        self.setAccessibleName(_("Places"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(4, 14, 4, 16)
        lines.setSpacing(0)
        self._name = label("CRSV Desk", "strong", wrap=False)
        lines.addLayout(_name(self._name))
        lines.addSpacing(14)
        self.buttons: dict[str, Button] = {}
        self._add(lines, "home", _("&Letters"), "mail-open")
        self._add(lines, "received", _("&Received"), "inbox")
        self._add(lines, "check", _("&Check a file"), "file-check")
        lines.addStretch(1)
        self._add(lines, "settings", _("&Identity and settings"), "settings")
        lines.addSpacing(8)
        self._note = row(
            Icon("wifi-off", 16, "muted"), label(_("Works without internet"), "small", wrap=False), spacing=8
        )
        self._note.setContentsMargins(16, 0, 8, 0)
        lines.addWidget(self._note)

    def _add(self, lines: QVBoxLayout, name: str, text: str, icon: str) -> None:
        button = Button("rail", text, icon)
        button.setCheckable(True)
        button.clicked.connect(lambda: self._choose(name))
        self.buttons[name] = button
        lines.addWidget(button)

    def _choose(self, name: str) -> None:
        # Not an exclusive group: there the arrows would leave for another place at once.
        self.mark(name)
        self.chosen.emit(name)

    def make_narrow(self, narrow: bool) -> None:
        """Icons alone, where the words would take too much of a small window or a large text."""
        self._name.setVisible(not narrow)
        self._note.setVisible(not narrow)
        for button in self.buttons.values():
            button.make_bare(narrow)
        # As wide as its words, whatever the page beside it asks for.
        bare = theme.current().icon(20) + 44
        self.setMinimumWidth(bare if narrow else max(WIDTH, self.sizeHint().width()))

    def count(self, page: str, count: int, words: str) -> None:
        """Show how many wait at a place."""
        self.buttons[page].set_count(count, words)

    def mark(self, page: str) -> None:
        """Show where the person is."""
        for name, button in self.buttons.items():
            button.setChecked(name == PLACE_OF.get(page, ""))


def _name(words: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(16, 0, 8, 0)
    line.setSpacing(12)
    line.addWidget(_Sign())
    line.addWidget(words, 1)
    return line
