"""What everybody may see of the signature: three choices, none made beforehand; and who reads what they do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from crsv_desk.domain.statements import Reader
from crsv_desk.i18n import _
from crsv_desk.services.answering import Role
from crsv_desk.ui.components import Card, Choice, Icon, label, row
from crsv_desk.ui.letter.readers import ReadersPart

Shown = Literal["all", "organisation", "none"]
ORDER: tuple[Shown, ...] = ("all", "organisation", "none")


class VisibilityCard(Card):
    """Everything, the organisation alone, or nothing."""

    chosen = Signal()

    def __init__(self, lead: str, readers: Sequence[Reader], before: Sequence[Role]) -> None:
        super().__init__(spacing=6)
        self.choices = (
            Choice(_("Name, role and organisation"), _("So you stand in the public letter.")),
            Choice(_("The organisation alone"), _("Your name and role are for the recipient only.")),
            Choice(
                _("Nothing, but we count"),
                _("The public letter says: “one organisation, its name known to {lead}”.").format(lead=lead),
            ),
        )
        self._group = QButtonGroup(self)
        self.body.addWidget(label(_("What may everybody see?"), "label"))
        for number, choice in enumerate(self.choices):
            self._group.addButton(choice, number)
            self.body.addWidget(choice)
        self.readers = ReadersPart(readers, before)
        self.readers.changed.connect(self._tell)
        self.body.addWidget(self.readers)
        self._words = label("", "", "bad")
        self._error: QWidget = row(Icon("circle-alert", 16, "bad"), self._words, spacing=6)
        self._error.setVisible(False)
        self.body.addWidget(self._error)
        self.body.addStretch(1)
        self._group.idClicked.connect(self._choose)
        self._group.idToggled.connect(self._choose)

    @property
    def shown(self) -> Shown | None:
        """What was chosen, if anything."""
        number = self._group.checkedId()
        return ORDER[number] if number >= 0 else None

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who may open an answer of which everybody sees nothing; of no meaning for another."""
        return self.readers.roles if self.shown == "none" else ()

    def set_error(self, sentence: str) -> None:
        """Say that a choice is missing, or why this one cannot be made."""
        self._words.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _choose(self, _number: int) -> None:
        self.readers.show_for(self.shown or "")

    def _tell(self) -> None:
        self.set_error("")
        self.chosen.emit()
