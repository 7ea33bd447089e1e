"""The next version: a changed text into the draft, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Sequence

from crsv_desk.domain.changes import BlockChange
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.statements import Letter
from crsv_desk.i18n import N_
from crsv_desk.services.book import letter_blocks, open_volume, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import Draft, load_draft, save_draft


def revise(desk: Desk, dossier: str, untrusted_data: bytes, name: str) -> Draft:
    """Replace the draft by a changed text; fields that the file does not name keep their value. Raises ``Refused``."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    old = load_draft(desk, dossier)
    if old is None:
        raise DeskError(N_("The draft of this letter is on another computer; change it there."))
    source = desk.letters.read(untrusted_data, name)
    named = {key: value for key, value in source.front.items() if value}
    draft = Draft(dossier, {**old.front, **named}, source.body, source.remarks)
    save_draft(desk, draft)
    return draft


def changes(desk: Desk, dossier: str, old: int = 0, new: int = 0) -> Sequence[BlockChange]:
    """What changed between two versions by number; without, between the last two. Version 0 of a letter that has only
    one is that one. Raises ``UsageError`` for a version that is not here."""
    volume = open_volume(desk, dossier)
    versions: dict[int, str] = {}
    for one in volume.state.letters:
        assert isinstance(one.statement, Letter)
        versions[one.statement.n] = one.id
    if not versions:
        raise DeskError(N_("The text of this letter has not been published yet."))
    new = new or max(versions)
    old = old or max((number for number in versions if number < new), default=new)
    for number in (old, new):
        if number not in versions:
            raise UsageError(N_("There is no version {number} of this letter here."), number=number)
    return desk.letters.compare(letter_blocks(desk, volume, versions[old]), letter_blocks(desk, volume, versions[new]))


def draft_changes(desk: Desk, dossier: str) -> Sequence[BlockChange]:
    """What the draft changes in the current text."""
    volume = open_volume(desk, dossier)
    draft = load_draft(desk, dossier)
    if draft is None or volume.state.current is None:
        return ()
    published = letter_blocks(desk, volume, volume.state.current.id)
    return desk.letters.compare(published, desk.letters.carry_ids(draft.body, published))
