"""The next version: a changed text into the draft, and what changed between two versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crsv_desk.domain.admission import letter_file
from crsv_desk.domain.changes import BlockChange, FieldChange, summary
from crsv_desk.domain.dossier import Conflict
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.statements import Attestation, Call, Endorsement, Letter
from crsv_desk.domain.versions import heads, numbered
from crsv_desk.i18n import N_
from crsv_desk.services.between import around, around_draft, blocks_between, compare_fields, fields_between
from crsv_desk.services.book import Volume, open_volume, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.draft_against import changes_since
from crsv_desk.services.drafting import (
    Draft,
    Translation,
    lead_logo,
    load_draft,
    save_draft,
    set_draft_base,
    translations_from,
)
from crsv_desk.services.publish import issue_call, letter_file_for_partners, publish
from crsv_desk.services.taken_over import forget_taken, lacking_in_version


def revise(desk: Desk, dossier: str, untrusted_data: bytes, name: str, also: Sequence[tuple[bytes, str]] = ()) -> Draft:
    """Replace the draft by a changed text, and its translations by those in ``also``; fields that the files do not name
    keep their value, and so do languages that are not among them. Raises ``Refused``."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    old = load_draft(desk, dossier)
    if old is None:
        raise DeskError(N_("The draft of this letter is on another computer; change it there."))
    source = desk.letters.read(untrusted_data, name).with_subject(old.text("subject"))
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


@dataclass(frozen=True, slots=True)
class Changes:
    """Between two versions."""

    blocks: tuple[BlockChange, ...]
    """Every block, also those that stayed."""
    fields: tuple[FieldChange, ...]
    """Those around the text that differ."""
    old: int = 0
    """The numbers of the two versions; 0 for a draft."""
    new: int = 0
    object_before: str = ""
    """Where the newer one only corrects: until when one may object, or empty."""

    @property
    def summary(self) -> str:
        """In one line."""
        return summary(self.blocks, self.fields)


def changes(desk: Desk, dossier: str, old: int = 0, new: int = 0) -> Changes:
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
    pair = versions[old], versions[new]
    until = volume.letter(versions[new]).correction.object_before
    return Changes(tuple(blocks_between(desk, volume, *pair)), fields_between(desk, volume, *pair), old, new, until)


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """An organisation that endorsed a text which the next version replaces."""

    organisation: str
    version: int
    keeps: bool
    """Its endorsement allowed corrections: it counts for a correction too, unless it objects."""
    declared: bool = False
    """It did not sign itself: the secretariat declared it, and does so anew for another text, once it agrees."""


def asked_again(desk: Desk, dossier: str) -> Sequence[AskedAgain]:
    """Who endorsed the text that stands, or of whom that was declared, and so is asked again by the next version; by name."""
    state = open_volume(desk, dossier).state
    numbers = {one.id: numbered(one).n for one in state.letters}
    found = []
    for one in state.organisations:
        if one.counts is not None and isinstance(one.counts.statement, Endorsement):
            statement = one.counts.statement
            found.append(AskedAgain(one.organisation, numbers.get(statement.letter, 0), statement.corrections))
        elif one.standing == "attested" and state.current is not None:
            said = [row.statement for row in one.attestations if isinstance(row.statement, Attestation)]
            if any(row.answer == "endorse" and row.letter == state.current.id for row in said):
                found.append(AskedAgain(one.organisation, numbers[state.current.id], False, declared=True))
    return found


def to_choose(volume: Volume, clash: Conflict) -> tuple[str, ...]:
    """Ids of the texts or calls of which one can be taken to settle a clash: those that clash, but where somebody has
    gone on from one of them, what that led to."""
    if clash.kind == "call":
        return clash.ids
    return tuple(one.id for one in heads(volume.state.letters))


def take_this_one(desk: Desk, dossier: str, statement: str) -> bytes:
    """Of two texts or calls that carry one number, take the one whose id begins with ``statement``: it is published
    anew under the next number and names both, so that nothing contradicts itself any more. Returns the partners' file.
    Of two calls, nothing of the text is published, so nobody is asked to sign again. Raises ``UsageError`` where nothing
    of that id contradicts another."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    ids = {key for clash in volume.state.conflicts for key in (*clash.ids, *to_choose(volume, clash))}
    chosen = [key for key in sorted(ids) if statement and key.startswith(statement.lower())]
    if len(chosen) != 1:
        raise UsageError(N_("No text or call beginning with {id} contradicts another here."), id=statement)
    one = volume.held[chosen[0]].statement
    draft = load_draft(desk, dossier) or Draft(dossier, {}, "")
    with desk.store.atomic():
        if isinstance(one, Call):
            said = {"deadline": one.deadline, "contact": one.contact}
            if draft.body:
                save_draft(desk, replace(draft, front={**draft.front, **said}))
            issue_call(desk, volume, like=one, **said)
            return letter_file_for_partners(desk, dossier)
        lost = {one.remark for one in lacking_in_version(desk, dossier, chosen[0])}
        forget_taken(desk, dossier)
        save_draft(desk, as_published(desk, volume, chosen[0], draft))
        set_draft_base(desk, dossier, chosen[0])
        return publish(desk, dossier, left_out=lost)


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


def draft_changes(desk: Desk, dossier: str) -> Changes:
    """What the draft changes in the current text."""
    volume = open_volume(desk, dossier)
    draft = load_draft(desk, dossier)
    if draft is None or volume.state.current is None:
        return Changes((), ())
    current = volume.state.current.id
    fields = compare_fields(desk, around(volume.letter(current)), around_draft(draft, draft.texts))
    return Changes(tuple(changes_since(desk, volume, current, draft)), fields)
