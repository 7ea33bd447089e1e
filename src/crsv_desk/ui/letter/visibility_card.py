"""What everybody may see of the signature: three choices, none made beforehand."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from crsv_desk.i18n import _
from crsv_desk.ui.components import Card, Choice, Icon, label, row

Shown = Literal["all", "organisation", "none"]
ORDER: tuple[Shown, ...] = ("all", "organisation", "none")


class VisibilityCard(Card):
    """Everything, the organisation alone, or nothing."""

    chosen = Signal()

    def __init__(self, lead: str) -> None:
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
        self._words = label("", "", "bad")
        self._error: QWidget = row(Icon("circle-alert", 16, "bad"), self._words, spacing=6)
        self._error.setVisible(False)
        self.body.addWidget(self._error)
        self.body.addStretch(1)
        self._group.idClicked.connect(self._tell)
        self._group.idToggled.connect(self._tell)

    @property
    def shown(self) -> Shown | None:
        """What was chosen, if anything."""
        number = self._group.checkedId()
        return ORDER[number] if number >= 0 else None

    def set_error(self, sentence: str) -> None:
        """Say that a choice is missing, or why this one cannot be made."""
        self._words.setText(sentence)
        self._error.setVisible(bool(sentence))

    def _tell(self, _number: int) -> None:
        self.set_error("")
        self.chosen.emit()
