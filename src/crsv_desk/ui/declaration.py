"""What every declaration of another's answer says: yes or no, how and when it came, and the proof of that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLineEdit, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.services.attest import HOW
from crsv_desk.services.desk import Desk
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Choice, column, field, label, secondary
from crsv_desk.ui.file_dialogs import choose_file

MOST_EVIDENCE = 50_000_000


class Declaration(QWidget):
    """``yes`` and ``no`` in the words of whoever declares; nothing is chosen beforehand. ``refused`` hears why a proof
    cannot be read."""

    def __init__(self, desk: Desk, yes: str, no: str, refused: Callable[[DeskError], None]) -> None:
        super().__init__()
        self._desk, self._refused = desk, refused
        self.evidence = b""
        self.yes, self.no = Choice(yes), Choice(no)
        self._error = label("", "", "bad")
        self._error.setVisible(False)
        for choice in (self.yes, self.no):
            choice.toggled.connect(lambda _on: self._error.setVisible(False))
        self.ways = QComboBox()
        for key, words in zip(HOW, _ways(), strict=True):
            self.ways.addItem(words, key)
        self.date = QDateEdit(QDate.currentDate())
        self.date.setDisplayFormat("d MMMM yyyy")
        self.date.setMaximumDate(QDate.currentDate())
        self.proof = QLineEdit()
        self.proof.setReadOnly(True)
        self.proof.setPlaceholderText(_("may stay empty"))
        hint = _("A scan or the message. The file itself is not kept here, only its digest: keep it yourself.")
        parts = (
            label(_("What was answered?"), "label"),
            Columns((self.yes, self.no), 420),
            self._error,
            Columns((field(_("&How did it come?"), self.ways), field(_("&When?"), self.date)), 420),
            self._proof(),
            label(hint, "small"),
        )
        lines = QHBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(column(*parts, spacing=14))

    def _proof(self) -> QWidget:
        choose = secondary(_("Choose…"), "file-text", small=True)
        choose.setAccessibleName(_("Choose the proof"))
        choose.clicked.connect(self._ask)
        result = QWidget()
        across = QHBoxLayout(result)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(field(_("&Proof"), self.proof), 1)
        across.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        return result

    @property
    def answer(self) -> Literal["endorse", "decline", ""]:
        """Empty until it was chosen."""
        return "endorse" if self.yes.isChecked() else "decline" if self.no.isChecked() else ""

    @property
    def how(self) -> str:
        """One of ``HOW``."""
        return str(self.ways.currentData())

    @property
    def day(self) -> str:
        """As ``2026-05-26``."""
        return self.date.date().toString("yyyy-MM-dd")

    def missing(self) -> QWidget | None:
        """What must still be chosen, with a sentence that says so."""
        self._error.setText(_("Choose what was answered."))
        self._error.setVisible(not self.answer)
        return None if self.answer else self.yes

    def take_evidence(self, path: Path) -> None:
        """Use a file as proof."""
        try:
            self.evidence = self._desk.files.load(path, MOST_EVIDENCE)
        except DeskError as error:
            self._refused(error)
            return
        self.proof.setText(path.name)

    def _ask(self) -> None:
        choose_file(self, _("Choose the proof"), [], self.take_evidence)


def _ways() -> tuple[str, ...]:
    """``HOW`` in words."""
    return _("By mail"), _("On paper"), _("By telephone"), _("In a meeting"), _("By message")
