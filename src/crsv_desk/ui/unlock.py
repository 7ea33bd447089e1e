"""Pages before a workspace is open: the passphrase, waiting, and why it cannot be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crsv_desk.i18n import _
from crsv_desk.ui.components import Page, announce, banner, card, field, label, primary, row, scrolled, secondary

WIDTH = 560


def centred(widget: QWidget, width: int = WIDTH) -> QWidget:
    """``widget`` in the middle of the page, no wider than ``width``, scrolled where the window is small."""
    room = QWidget()
    across = QHBoxLayout(room)
    across.setContentsMargins(24, 48, 24, 24)
    widget.setMaximumWidth(width)
    across.addStretch(1)
    across.addWidget(widget, 4, Qt.AlignmentFlag.AlignTop)
    across.addStretch(1)
    return scrolled(room)


class UnlockPage(Page):
    """Asks for the passphrase."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._input = QLineEdit()
        self._input.setEchoMode(QLineEdit.EchoMode.Password)
        self._field = field(_("&Passphrase"), self._input)
        self._button = primary(_("Open"), trailing="arrow-right")
        self._button.clicked.connect(self._give)
        self._input.returnPressed.connect(self._give)
        self._waiting = label(_("Opening your letters…"), "small")
        self._waiting.setVisible(False)
        self.show_parts([], centred(
            card(
                label(_("Open your letters"), "title"),
                label(_("Your letters lie encrypted on this computer. The passphrase opens them."), "muted"),
                self._field,
                row(self._waiting, None, self._button),
                margin=28,
                spacing=16,
            )
        ))  # fmt: skip
        self.first = self._input

    def wait(self, waiting: bool) -> None:
        """No second try while the first one runs."""
        self._button.setEnabled(not waiting)
        self._waiting.setVisible(waiting)
        self._input.setReadOnly(waiting)

    def refuse(self, sentence: str) -> None:
        """It was not the right one, or the workspace cannot be opened."""
        self.wait(False)
        self._field.set_error(sentence)
        announce(self, sentence)
        self._input.selectAll()
        self._input.setFocus()

    def _give(self) -> None:
        if self._button.isEnabled():
            self.given.emit(self._input.text())


class WaitPage(Page):
    """One line while something opens."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.show_parts([], centred(card(label(sentence, "h2"), margin=28)))


class LockedOutPage(Page):
    """The workspace cannot be opened: why, and another try."""

    again = Signal()
    leave = Signal()

    def __init__(self, sentence: str) -> None:
        super().__init__()
        again, leave = primary(_("Try again")), secondary(_("Close"))
        again.clicked.connect(self.again)
        leave.clicked.connect(self.leave)
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(16)
        lines.addWidget(label(_("Your letters cannot be opened now"), "title"))
        lines.addWidget(banner("warn", sentence, _("Nothing was changed or lost.")))
        lines.addWidget(row(None, leave, again, spacing=4))
        self.show_parts([], centred(content, 680))
        self.first = again
