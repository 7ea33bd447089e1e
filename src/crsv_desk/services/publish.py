"""Publish the draft: the letter statement, the call and the roster, in one file for the partners."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from crsv_desk.domain.admission import letter_file
from crsv_desk.domain.blocks import Block
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.languages import direction
from crsv_desk.domain.names import check_line, check_name
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.progress import Report, silent
from crsv_desk.domain.statements import (
    Call,
    Correction,
    Genesis,
    Letter,
    Reader,
    Revocation,
    Roster,
    SecretariatKey,
    Text,
    statement_id,
)
from crsv_desk.domain.versions import heads, numbered, to_name
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import (
    Volume,
    issue,
    keep_opening,
    letter_blocks,
    of_type,
    open_volume,
    packet_bytes,
    require_secretariat,
    seen,
)
from crsv_desk.services.desk import Desk
from crsv_desk.services.draft_against import changed_blocks, changes_since, fields_differ
from crsv_desk.services.draft_checks import is_moment, require_publishable
from crsv_desk.services.drafting import Draft, Translation, load_draft, set_draft_base
from crsv_desk.services.identity import own_identity
from crsv_desk.services.receipts import Words, keep_receipts, words_for_partners
from crsv_desk.services.taken_over import require_taken_in

ROSTER_STEP = 32
"""Random entries fill a roster to a multiple of this, so that its length does not tell how many there are."""
LOGO_FILE = "logo.png"
GIVEN_TO_PARTNERS = (Genesis, Roster, Letter, Call)
"""Erasures are not: they could name an answer that travels sealed, and partners hold nothing that is erased."""


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that is asked."""

    organisation: str
    country: str = ""


def publish(
    desk: Desk,
    dossier: str,
    partners: Sequence[Partner] = (),
    auditor: str = "",
    correction: Sequence[str] = (),
    object_before: str = "",
    vouchers: Sequence[tuple[str, str]] = (),
    report: Report = silent,
    left_out: Collection[str] = (),
) -> bytes:
    """Publish the draft as the next version and return the partners' file. All of it is kept or, where it is cancelled,
    nothing.

    ``partners`` are asked beside those of the draft; ``auditor`` is the age recipient of an auditor who may open
    withheld answers; ``correction`` names the changed blocks of a correction version, all of them, to which one may
    object until ``object_before`` (``2026-05-22`` or ``2026-05-22T12:00``); ``vouchers`` are names and age recipients of those to
    whom an organisation may seal its answer instead; ``left_out`` are ids of remarks that are said to be taken over, and
    whose words a person knowingly leaves out (``taken_over.lacking``): other such are refused. Raises ``DeskError``.
    """
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    draft = load_draft(desk, dossier)
    if draft is None:
        raise DeskError(N_("The draft of this letter is on another computer; publish it there."))
    require_publishable(desk, draft)
    if object_before and not is_moment(object_before):
        raise UsageError(N_("Write the time until which one may object as 2026-05-22 or 2026-05-22T12:00."))
    if object_before and object_before[:10] < desk.clock.now()[:10]:
        raise UsageError(N_("The day until which one may object, {day}, has passed already."), day=object_before)
    if correction:
        _require_correction(desk, volume, draft, correction)
    require_taken_in(desk, volume, draft, left_out)
    readers = [Reader("auditor", _("Auditor"), auditor)] if auditor else []
    readers += [Reader("voucher", check_name(name, _("the voucher's name")), key) for name, key in vouchers]
    for reader in readers:
        if not desk.sealing.is_recipient(reader.recipient):
            sentence = N_("The key {key} of {name} is not an age recipient; it begins with age1.")
            raise UsageError(sentence, key=reader.recipient, name=reader.name)
    words = words_for_partners(desk, volume, report)
    with desk.store.atomic():
        asked = [*(Partner(name, draft.country(name)) for name in draft.lines("partners")), *partners]
        add_members(desk, volume, asked, lead=_lead(draft, volume))
        corrected = Correction(tuple(correction), object_before if correction else "")
        _issue_letter(desk, open_volume(desk, dossier), draft, readers, corrected)
        keep_receipts(desk, words)
        call = volume.state.call.statement if volume.state.call is not None else None
        contact = draft.text("contact") or (call.contact if isinstance(call, Call) else "")
        issue_call(desk, open_volume(desk, dossier), draft.text("deadline"), contact)
    return _partners_file(desk, open_volume(desk, dossier), words)


def _require_correction(desk: Desk, volume: Volume, draft: Draft, named: Sequence[str]) -> None:
    """Earlier signatures go on counting for a correction, so it names every paragraph that it changes, and changes
    nothing around them."""
    current = volume.state.current
    if current is None:
        raise UsageError(N_("There is no one text that this could correct; publish a new version instead."))
    letter = volume.letter(current.id)
    if fields_differ(letter, draft):
        raise UsageError(
            N_("A correction changes words in paragraphs alone; what stands around them changes in a new version.")
        )
    changed = changed_blocks(changes_since(desk, volume, current.id, draft))
    if set(changed) != set(named):
        raise UsageError(N_("A correction names exactly the paragraphs that it changes; look at the changes again."))


def letter_file_for_partners(desk: Desk, dossier: str, report: Report = silent) -> bytes:
    """The bundle that partners open: genesis, rosters, letters, calls, receipts for what came in, and what the
    secretariat said to remarks (sealed for whom it concerns where the remark or answer was); no opening, no answer,
    nobody's remark. Receipts that are still to be signed are signed first."""
    volume = open_volume(desk, dossier)
    words = words_for_partners(desk, volume, report)
    with desk.store.atomic():
        keep_receipts(desk, words)
    return _partners_file(desk, volume, words)


def _partners_file(desk: Desk, volume: Volume, words: Words) -> bytes:
    # What this version cannot read is passed on where the secretariat itself says it.
    newer = [one for one in volume.state.unread if one.statement.signer in volume.state.secretariat]
    public = (packet_bytes(desk, one) for one in (*of_type(volume, *GIVEN_TO_PARTNERS), *newer))
    return desk.packets.bundle([*public, *words.members])


def add_members(desk: Desk, volume: Volume, partners: Sequence[Partner], lead: str) -> None:
    """Put organisations that are not yet there on the roster, and the secretariat's own key as the lead's."""
    known = volume.state.members
    openings: list[Opening] = []
    for partner in partners:
        name = check_name(partner.organisation, _("the organisation's name"))
        if name not in known and name != lead and name not in {opening.organisation for opening in openings}:
            openings.append(_opening(desk, name, partner.country))
    own = own_identity(desk)
    if lead == own.organisation and own.fingerprint not in getattr(known.get(lead), "certificates", ()):
        openings.append(_opening(desk, lead, "", (own.fingerprint,)))
    if openings:
        issue_roster(desk, volume, openings)


def issue_roster(
    desk: Desk,
    volume: Volume,
    openings: Sequence[Opening],
    revoke: Sequence[Revocation] = (),
    secretariat: Sequence[SecretariatKey] = (),
) -> None:
    """Sign a roster that adds ``openings``, hidden among random entries; takes back entries or keys of the
    secretariat; and adds keys of the secretariat."""
    entries = {opening.entry for opening in openings}
    while len(entries) % ROSTER_STEP:
        entries.add(desk.randomness.token().hex())
    named = {target for key in volume.state.rosters for target in _prev(volume, key)}
    issue(
        desk,
        Roster,
        volume.state.dossier,
        prev=tuple(sorted(set(volume.state.rosters) - named)),
        add=tuple(sorted(entries)),
        revoke=tuple(revoke),
        secretariat=tuple(secretariat),
    )
    for opening in openings:
        keep_opening(desk, volume.state.dossier, opening)


def _prev(volume: Volume, roster_id: str) -> Sequence[str]:
    statement = volume.held[roster_id].statement
    assert isinstance(statement, Roster)
    return statement.prev


def _opening(desk: Desk, name: str, country: str, certificates: tuple[str, ...] = ()) -> Opening:
    salt = desk.randomness.token().hex()
    today = desk.clock.now()[:10] if certificates else ""
    return Opening(name, country, certificates, 0, "own" if certificates else "", today, salt)


def _lead(draft: Draft, volume: Volume) -> str:
    return check_name(draft.text("lead"), _("the lead organisation")) if draft.text("lead") else volume.state.title


def _issue_letter(desk: Desk, volume: Volume, draft: Draft, others: Sequence[Reader], correction: Correction) -> None:
    own = own_identity(desk)
    previous = heads(one for one in volume.state.letters)
    blocks = _blocks(desk, volume, draft)
    readers = [Reader("secretariat", own.organisation, key.recipient) for key in volume.state.secretariat.values()]
    # Readers named anew stand in place of the earlier ones of their role.
    kept = {"auditor", "voucher"} - {one.role for one in others}
    earlier = {reader for one in previous for reader in volume.letter(one.id).seal_to if reader.role in kept}
    readers += sorted({*earlier, *others}, key=lambda one: (one.role, one.recipient))
    files = {letter_file(one.language): one.body.encode() for one in draft.texts}
    if draft.logo:
        files[LOGO_FILE] = draft.logo
    packet = issue(
        desk,
        Letter,
        volume.state.dossier,
        files=files,
        seen=seen(volume.state),
        n=max((numbered(one).n for one in previous), default=0) + 1,
        prev=to_name("letter", volume.state.letters),
        lead=check_name(draft.text("lead", own.organisation), _("the lead organisation")),
        recipient=tuple(check_line(line, _("a field at the top of the letter")) for line in draft.lines("recipient")),
        texts=tuple(_text(one) for one in draft.texts),
        blocks=tuple(block.id for block in blocks),
        seal_to=tuple(readers),
        correction=correction,
        logo=LOGO_FILE if draft.logo else "",
    )
    set_draft_base(desk, volume.state.dossier, statement_id(packet.statement))


def _text(one: Translation) -> Text:
    return Text(
        language=one.language,
        direction=direction(one.language),
        subject=check_name(one.subject, _("the subject")),
        salutation=check_line(one.salutation, _("a field at the top of the letter")),
        closing=check_line(one.closing, _("a field at the top of the letter")),
        body=identifier(one.body.encode()),
        authentic=one.authentic,
    )


def _blocks(desk: Desk, volume: Volume, draft: Draft) -> tuple[Block, ...]:
    if not volume.state.letters:
        return desk.letters.blocks(draft.body)
    # Where two texts contradict each other, one of them is taken; then its blocks keep their ids.
    digest = identifier(draft.body.encode())
    same = [one.id for one in volume.state.letters if digest in {text.body for text in volume.letter(one.id).texts}]
    before = same[-1] if same else volume.state.letters[-1].id
    return desk.letters.carry_ids(draft.body, letter_blocks(desk, volume, before))


def issue_call(desk: Desk, volume: Volume, deadline: str, contact: str, like: Call | None = None) -> None:
    """Sign a call in place of those held, where it says something else; what it says beside this stays as in ``like``,
    or as in the last one. Raises ``SchemaError`` for a deadline that is neither a day nor a day and a time."""
    state = volume.state
    not_ours = {entry.held.id for entry in state.not_counted}
    every = [one for one in of_type(volume, Call) if one.id not in not_ours]
    calls, prev = heads(every), to_name("call", every)
    last = like or (calls[-1].statement if calls else None)
    assert last is None or isinstance(last, Call)
    if last is not None and len(prev) == 1 and (last.deadline, last.contact) == (deadline, contact):
        return
    issue(
        desk,
        Call,
        state.dossier,
        n=max((numbered(one).n for one in calls), default=0) + 1,
        prev=prev,
        deadline=deadline,
        embargo=last.embargo if last is not None else "",
        contact=contact,
        list_shown_to=last.list_shown_to if last is not None else "secretariat",
        asked=last.asked if last is not None else "",
    )
