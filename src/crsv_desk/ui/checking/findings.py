"""What was found about one file: the verdict first, then what it rests on, and the call that answers whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Verification
from crsv_desk.ui.checking.answers import answers, faults, news, proofs
from crsv_desk.ui.checking.phone import PhoneCard
from crsv_desk.ui.checking.table import EndorsementTable
from crsv_desk.ui.checking.verdict import VerdictBanner
from crsv_desk.ui.components import Banner, Elided, Icon, banner, card, label, page_column, row, secondary
from crsv_desk.ui.sizes import disk_of, size_words


@dataclass(frozen=True, slots=True)
class Checked:
    """A file, and what was found."""

    file: Untrusted
    """Decrypted where it was encrypted to this workspace."""
    path: Path
    found: Verification
    beside: tuple[Untrusted, ...]


class Findings(QWidget):
    """Everything but the pages."""

    beside_wanted = Signal()
    """The person has the file of a small edition's statements."""
    used_once = Signal(str)
    remembered = Signal(str)
    """A code that was compared, for this check or for good."""

    def __init__(self, checked: Checked, *, remembers: bool) -> None:
        """``remembers``: there is a workspace in which a code can be kept."""
        super().__init__()
        one = checked.found
        self.verdict = VerdictBanner(one)
        parts: list[QWidget] = [_file_line(checked), self.verdict]
        if one.conclusion != "unreadable":
            parts.append(answers(one))
        self.phone: PhoneCard | None = None
        if one.whole and not one.whose and one.fingerprint:
            self.phone = PhoneCard(one, remembers)
            self.phone.used_once.connect(self.used_once)
            self.phone.remembered.connect(self.remembered)
            parts.append(self.phone)
        if one.conclusion == "no proof" and not checked.beside:
            parts.append(self._small_edition())
        parts += [*faults(one), *news(one), *proofs(one)]
        self.table: EndorsementTable | None = None
        if one.endorsements or one.withheld or one.attested:
            self.table = EndorsementTable(one)
            parts.append(card(self.table, margin=2))
        if one.kind == "pdf":
            sentence = _(
                "An ordinary PDF reader shows the seal too; it does not know whether the pages say what was signed."
            )
            parts.append(label(sentence, "small"))
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(page_column(*parts))

    def _small_edition(self) -> Banner:
        button = secondary(_("Open the file beside it…"), "folder-open", small=True)
        button.clicked.connect(self.beside_wanted)
        text = _("Its statements are in a .crsv file that came with it. With that, it can be checked.")
        return banner("accent", _("Is this the small edition?"), text, button)


def _file_line(checked: Checked) -> QWidget:
    facts = [size_words(len(checked.file.data)), disk_of(checked.path)]
    if checked.found.attached:
        sentence = ngettext("{count} file attached", "{count} files attached", checked.found.attached)
        facts.insert(1, sentence.format(count=checked.found.attached))
    if checked.found.level:
        facts.append(_("seal level {level}").format(level=checked.found.level))
    if checked.found.edition == "full":
        facts.append(_("full edition: it holds names that are not public"))
    icon = Icon("file-text", 18, "muted")
    return row(icon, Elided(checked.file.name, "strong"), label(" · ".join(filter(None, facts)), "small"), spacing=8)
