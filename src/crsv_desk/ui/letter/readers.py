"""Who will be able to read what is not public: said in one line, and, where the letter names several, chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crsv_desk.domain.statements import Letter, Reader
from crsv_desk.i18n import N_, _
from crsv_desk.services.answering import Role, chosen_readers, speaks_sealed
from crsv_desk.services.book import current_letter, open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.ui.components import Tick, label, show_if
from crsv_desk.ui.painting import literal

ROLES: dict[Role, str] = {
    "secretariat": N_("the secretariat"),
    "auditor": N_("an auditor, who checks that withheld organisations exist"),
    "voucher": N_("a voucher, who declares a number and no name"),
}


def names_of(readers: Sequence[Reader], roles: Sequence[Role] = ()) -> str:
    """Who they are, of these roles or of all; each once, with commas between."""
    return ", ".join(dict.fromkeys(one.name for one in readers if not roles or one.role in roles))


def sealed_readers(desk: Desk, dossier: str) -> str:
    """Who will be able to open what an organisation that withholds its name says next; empty for others."""
    letter = current_letter(open_volume(desk, dossier).state).statement
    assert isinstance(letter, Letter)
    if not speaks_sealed(desk, dossier):
        return ""
    names = names_of(letter.seal_to, chosen_readers(desk, dossier))
    return _("Only {names} can open your answer and know that it is yours.").format(names=names)


class SealingTick(Tick):
    """Whether what is said travels sealed, with who can open it then. Of an organisation that withholds its name all of
    it does: that is said, and cannot be undone by the way."""

    def __init__(self, desk: Desk, dossier: str) -> None:
        letter = current_letter(open_volume(desk, dossier).state).statement
        assert isinstance(letter, Letter)
        self._always = speaks_sealed(desk, dossier)
        hint = _("It is sealed: send its file to nobody else.")
        if self._always:
            hint = _("Your organisation withholds its name: this travels sealed, as your answer did.")
        names = literal(names_of(letter.seal_to, chosen_readers(desk, dossier)))
        super().__init__(_("Only {names} may know that this is from us").format(names=names), hint)
        self.setChecked(self._always)
        self.setEnabled(not self._always)


class ReadersPart(QWidget):
    """``before`` are the roles that were chosen earlier; without, everybody whom the letter names is ticked."""

    changed = Signal()

    def __init__(self, readers: Sequence[Reader], before: Sequence[Role] = ()) -> None:
        super().__init__()
        self._readers = readers
        self._choosing = False
        self.ticks: dict[Role, Tick] = {}
        self.line = label("", "strong")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 6, 0, 0)
        lines.setSpacing(4)
        self._title = label(_("Who of these may open your answer?"), "label")
        lines.addWidget(self._title)
        for role in (one for one in ROLES if names_of(readers, [one])):
            tick = self.ticks[role] = Tick(literal(names_of(readers, [role])), _(ROLES[role]))
            tick.setChecked(not before or role in before)
            tick.toggled.connect(self._say)
            lines.addWidget(tick)
        lines.addWidget(self.line)
        self.show_for("")

    @property
    def roles(self) -> tuple[Role, ...]:
        """Who may open it; empty where nobody was left ticked or the letter names nobody."""
        return tuple(role for role, tick in self.ticks.items() if tick.isChecked())

    def show_for(self, shown: str) -> None:
        """For what everybody may see: "organisation" leaves nothing to choose, "none" does, and else nothing is hidden."""
        self._choosing = shown == "none" and (len(self.ticks) > 1 or not self.roles)
        for one in (self._title, *self.ticks.values()):
            show_if(one, self._choosing)
        self._hidden = shown
        self._say()
        show_if(self, shown in ("organisation", "none"))

    def _say(self, _on: bool = False) -> None:
        if self._hidden == "organisation":
            words = _("Only {names} can read your name and role.").format(
                names=names_of(self._readers, ["secretariat"])
            )
        elif not self._readers:
            words = _("This letter names nobody who may open it; ask the secretariat.")
        elif self.roles:
            words = _("Only {names} can open your answer and know that it is yours.").format(
                names=names_of(self._readers, self.roles)
            )
        else:
            words = _("Nobody could open your answer; tick at least one.")
        self.line.setText(words)
        self.changed.emit()
