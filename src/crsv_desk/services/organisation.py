"""Everything that is held of one organisation: its keys, all its answers, and what was declared for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crsv_desk.domain.admission import Held
from crsv_desk.domain.codes import spoken
from crsv_desk.domain.dossier import Member
from crsv_desk.domain.statements import Attestation, Decline, Endorsement, Letter, Withdrawal
from crsv_desk.i18n import _
from crsv_desk.services.book import Volume, disclosures, open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.overview import VISIBLE, visible

Effect = Literal["counts", "stands", "older", "replaced", "waits", "not counted"]


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A certificate that may speak for the organisation, or that waits to be confirmed."""

    fingerprint: str
    basis: str
    """How its code was compared; empty while it waits."""
    date: str
    voucher: int
    signed: tuple[str, ...]
    """Ids of the statements held that it signed."""

    @property
    def code(self) -> str:
        """Thirty digits."""
        return spoken(self.fingerprint)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer, whether it counts or not."""

    statement: str
    kind: str
    """"endorsement", "decline", "withdrawal" or "attestation"."""
    version: int
    time: str
    """Claimed."""
    people: tuple[str, ...]
    """As the public, or the secretariat alone, may read them."""
    withheld: bool
    """The organisation's name stays out of the public edition."""
    shown: str
    """What the public sees, translated; empty for other answers than endorsements."""
    mandate: str
    reservation: str
    reason: str
    effect: Effect
    note: str
    """Why it does not count, translated; or how and when it was declared."""
    fingerprint: str


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """One organisation, as the secretariat sees it."""

    organisation: str
    country: str
    asked: bool
    """It stands on the roster."""
    contradictory: bool
    keys: tuple[KeyRow, ...]
    answers: tuple[AnswerRow, ...]
    """The newest version first."""
    remarks: int


def organisation_details(desk: Desk, dossier: str, organisation: str) -> OrganisationDetails:
    """All that is held under this name, also by keys that only claim it."""
    volume = open_volume(desk, dossier)
    state = volume.state
    member = state.members.get(organisation)
    standing = next((one for one in state.organisations if one.organisation == organisation), None)
    counting = standing.counts.id if standing is not None and standing.counts is not None else ""
    standing_ids = {one.id for one in standing.answers} if standing is not None else set()
    waiting = {one.id for one in state.unknown}
    reasons = {one.held.id: _(one.reason).format(**one.fields) for one in state.not_counted}
    known = member.certificates if member is not None else frozenset[str]()
    answers = []
    for one in volume.held.values():
        if not isinstance(one.statement, Endorsement | Decline | Withdrawal):
            continue
        if one.statement.signer not in known and one.organisation != organisation:
            continue
        effect: Effect
        if one.id in waiting:
            effect = "waits"
        elif one.id in reasons:
            effect = "not counted"
        elif one.id == counting:
            effect = "counts"
        elif one.id not in standing_ids:
            effect = "replaced"
        elif isinstance(one.statement, Endorsement) and not _is_current(volume, one):
            effect = "older"
        else:
            effect = "stands"
        answers.append(_answer(desk, volume, one, effect, reasons.get(one.id, "")))
    attested = standing.attestations if standing is not None else ()
    for one in attested:
        older = (
            isinstance(one.statement, Attestation)
            and one.statement.answer == "endorse"
            and not _is_current(volume, one)
        )
        answers.append(_attested(volume, one, "older" if older else "stands"))
    return OrganisationDetails(
        organisation=organisation,
        country=member.country if member is not None else "",
        asked=member is not None,
        contradictory=standing is not None and standing.contradictory,
        keys=tuple(_keys(volume, member, answers)),
        answers=tuple(sorted(answers, key=lambda row: (-row.version, row.effect == "replaced", row.statement))),
        remarks=standing.remarks if standing is not None else 0,
    )


def _is_current(volume: Volume, one: Held) -> bool:
    current = volume.state.current
    return current is not None and getattr(one.statement, "letter", "") == current.id


def _keys(volume: Volume, member: Member | None, answers: Sequence[AnswerRow]) -> Sequence[KeyRow]:
    entries = sorted(member.openings, key=lambda one: (one.date, one.voucher)) if member is not None else []
    latest = {fingerprint: one for one in entries for fingerprint in one.certificates}
    found = []
    for fingerprint, opening in latest.items():
        signed = tuple(one.statement for one in answers if one.fingerprint == fingerprint)
        found.append(KeyRow(fingerprint, opening.basis, opening.date, opening.voucher, signed))
    known = set(latest)
    waiting = {one.fingerprint for one in answers if one.effect == "waits"} - known
    for fingerprint in sorted(waiting):
        signed = tuple(one.statement for one in answers if one.fingerprint == fingerprint)
        found.append(KeyRow(fingerprint, "", "", 0, signed))
    return found


def _answer(desk: Desk, volume: Volume, held: Held, effect: Effect, note: str) -> AnswerRow:
    one = held.statement
    assert isinstance(one, Endorsement | Decline | Withdrawal)
    endorsed = one if isinstance(one, Endorsement) else None
    disclosure = disclosures(desk, volume.state.dossier).get(held.id)
    people = disclosure.people if disclosure is not None else endorsed.people if endorsed is not None else ()
    return AnswerRow(
        statement=held.id,
        kind=one.type,
        version=_version(volume, one.letter),
        time=one.time,
        people=tuple(", ".join(filter(None, (person.name, person.role))) for person in people if person.name),
        withheld=bool(one.reply),
        shown=_(VISIBLE[visible(endorsed)]) if endorsed is not None else "",
        mandate=endorsed.mandate if endorsed is not None else "",
        reservation=endorsed.reservation.text if endorsed is not None else "",
        reason="" if isinstance(one, Endorsement) else one.reason,
        effect=effect,
        note=note,
        fingerprint=one.signer,
    )


def _attested(volume: Volume, held: Held, effect: Effect) -> AnswerRow:
    one = held.statement
    assert isinstance(one, Attestation)
    return AnswerRow(
        statement=held.id,
        kind="attestation",
        version=_version(volume, one.letter),
        time=one.day,
        people=(),
        withheld=False,
        shown="",
        mandate="",
        reservation="",
        reason="" if one.answer == "endorse" else _("declined"),
        effect=effect,
        note=one.how,
        fingerprint=one.signer,
    )


def _version(volume: Volume, letter: str) -> int:
    held = volume.held.get(letter)
    return held.statement.n if held is not None and isinstance(held.statement, Letter) else 0
