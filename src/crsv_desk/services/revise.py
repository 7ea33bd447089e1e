"""The next version: a changed text into the draft, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crsv_desk.domain.admission import letter_file
from crsv_desk.domain.changes import BlockChange
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.statements import Call, Endorsement, Letter
from crsv_desk.domain.versions import numbered
from crsv_desk.i18n import N_
from crsv_desk.services.book import Volume, letter_blocks, open_volume, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import (
    Draft,
    Translation,
    lead_logo,
    load_draft,
    save_draft,
    translations_from,
)
from crsv_desk.services.publish import publish


def revise(desk: Desk, dossier: str, untrusted_data: bytes, name: str, also: Sequence[tuple[bytes, str]] = ()) -> Draft:
    """Replace the draft by a changed text, and its translations by those in ``also``; fields that the files do not name
    keep their value, and so do languages that are not among them. Raises ``Refused``."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    old = load_draft(desk, dossier)
    if old is None:
        raise DeskError(N_("The draft of this letter is on another computer; change it there."))
    source = desk.letters.read(untrusted_data, name)
    named = {key: value for key, value in source.front.items() if value}
    draft = replace(old, front={**old.front, **named}, body=source.body, remarks=source.remarks)
    for one in translations_from(desk, also, source):
        draft = with_translation(draft, one)
    save_draft(desk, draft)
    return draft


def with_translation(draft: Draft, one: Translation) -> Draft:
    """The draft with this language, in the place of an earlier text in it; fields that it lacks keep their value."""
    before = next((other for other in draft.also if other.language == one.language), None)
    if before is None:
        return replace(draft, also=(*draft.also, one))
    merged = replace(
        one,
        subject=one.subject or before.subject,
        salutation=one.salutation or before.salutation,
        closing=one.closing or before.closing,
        authentic=one.authentic or before.authentic,
    )
    return replace(draft, also=tuple(merged if other is before else other for other in draft.also))


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
    if isinstance(one, Call):
        draft = replace(draft, front={**draft.front, "deadline": one.deadline})
        if not volume.state.letters:
            raise DeskError(N_("The text of this letter has not been published yet."))
    if isinstance(one, Letter) or not draft.body:
        draft = as_published(desk, volume, chosen[0] if isinstance(one, Letter) else volume.state.letters[-1].id, draft)
    with desk.store.atomic():
        save_draft(desk, draft)
        return publish(desk, dossier)


def as_published(desk: Desk, volume: Volume, letter_id: str, draft: Draft) -> Draft:
    """``draft`` with what people sign taken from a published version."""
    letter, files = volume.letter(letter_id), volume.packet(letter_id).files
    first, *others = (
        Translation(
            one.language,
            one.subject,
            one.salutation,
            one.closing,
            files[letter_file(one.language)].decode(),
            one.authentic,
        )
        for one in letter.texts
    )
    front = {
        **draft.front,
        "subject": first.subject,
        "salutation": first.salutation,
        "closing": first.closing,
        "language": first.language,
        "lead": letter.lead,
        "recipient": list(letter.recipient),
    }
    logo = lead_logo(desk, files.get(letter.logo, b""))
    return Draft(volume.state.dossier, front, first.body, (), tuple(others), logo)


def draft_changes(desk: Desk, dossier: str) -> Sequence[BlockChange]:
    """What the draft changes in the current text."""
    volume = open_volume(desk, dossier)
    draft = load_draft(desk, dossier)
    if draft is None or volume.state.current is None:
        return ()
    return changes_since(desk, volume, volume.state.current.id, draft)


def changes_since(desk: Desk, volume: Volume, letter_id: str, draft: Draft) -> Sequence[BlockChange]:
    """What the draft changes in a published version: in its first text, and a block that differs in another language
    alone as changed."""
    published = {text.language for text in volume.letter(letter_id).texts}
    first = letter_blocks(desk, volume, letter_id)
    carried = desk.letters.carry_ids(draft.body, first)
    found = list(desk.letters.compare(first, carried))
    ids = [block.id for block in carried]
    for one in draft.also:
        blocks = desk.letters.blocks(one.body)
        if one.language not in published or len(blocks) != len(ids):
            continue
        others = desk.letters.compare(
            letter_blocks(desk, volume, letter_id, one.language), desk.letters.blocks(one.body, ids)
        )
        differing = {change.block.id: change for change in others if change.kind == "changed"}
        found = [differing.get(one.block.id, one) if one.kind == "same" else one for one in found]
    return found
