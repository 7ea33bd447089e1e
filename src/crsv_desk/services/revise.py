"""The next version: a changed text into the draft, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crsv_desk.domain.admission import letter_file
from crsv_desk.domain.changes import BlockChange
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.statements import Call, Endorsement, Letter
from crsv_desk.domain.versions import numbered
from crsv_desk.i18n import N_
from crsv_desk.services.book import letter_blocks, open_volume, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import Draft, load_draft, save_draft
from crsv_desk.services.publish import publish


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


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """An organisation that endorsed a text which the next version replaces."""

    organisation: str
    version: int
    keeps: bool
    """Its endorsement allowed corrections: it counts for a correction too, unless it objects."""


def asked_again(desk: Desk, dossier: str) -> Sequence[AskedAgain]:
    """Who endorsed the text that stands, and so is asked again by the next version; by name."""
    state = open_volume(desk, dossier).state
    numbers = {one.id: numbered(one).n for one in state.letters}
    found = []
    for one in state.organisations:
        if one.counts is not None and isinstance(one.counts.statement, Endorsement):
            statement = one.counts.statement
            found.append(AskedAgain(one.organisation, numbers.get(statement.letter, 0), statement.corrections))
    return found


def take_this_one(desk: Desk, dossier: str, statement: str) -> bytes:
    """Of two texts or calls that carry one number, take the one whose id begins with ``statement``: it is published
    anew under the next number and names both, so that nothing contradicts itself any more. Returns the partners' file.
    Raises ``UsageError`` where nothing of that id contradicts another."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    ids = {key for clash in volume.state.conflicts for key in clash.ids}
    chosen = [key for key in sorted(ids) if statement and key.startswith(statement.lower())]
    if len(chosen) != 1:
        raise UsageError(N_("No text or call beginning with {id} contradicts another here."), id=statement)
    one = volume.held[chosen[0]].statement
    draft = load_draft(desk, dossier) or Draft(dossier, {}, "")
    front, body = dict(draft.front), draft.body
    if isinstance(one, Call):
        front["deadline"] = one.deadline
        if not volume.state.letters:
            raise DeskError(N_("The text of this letter has not been published yet."))
    letter = one if isinstance(one, Letter) else volume.letter(volume.state.letters[-1].id)
    if isinstance(one, Letter) or not body:
        key = chosen[0] if isinstance(one, Letter) else volume.state.letters[-1].id
        text = letter.texts[0]
        front |= {
            "subject": text.subject, "salutation": text.salutation, "closing": text.closing, "language": text.language,
            "lead": letter.lead, "recipient": list(letter.recipient),
        }  # fmt: skip
        body = volume.packet(key).files[letter_file(text.language)].decode()
    with desk.store.atomic():
        save_draft(desk, Draft(dossier, front, body))
        return publish(desk, dossier)


def draft_changes(desk: Desk, dossier: str) -> Sequence[BlockChange]:
    """What the draft changes in the current text."""
    volume = open_volume(desk, dossier)
    draft = load_draft(desk, dossier)
    if draft is None or volume.state.current is None:
        return ()
    published = letter_blocks(desk, volume, volume.state.current.id)
    return desk.letters.compare(published, desk.letters.carry_ids(draft.body, published))
