"""For how many organisations that cannot appear this workspace may answer, and how it gets to know that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.statements import Attestation, Genesis, Letter, Roster
from crsv_desk.i18n import N_
from crsv_desk.services.book import Volume, is_secretariat, open_volume, require_secretariat
from crsv_desk.services.confirm import MOST_VOUCHED
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity


@dataclass(frozen=True, slots=True)
class Said:
    """One declaration that was made here."""

    statement: str
    answer: str
    """"endorse" or "decline"."""
    count: int
    day: str
    version: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """For how many this workspace may answer on the text that stands."""

    most: int
    """0 where it is no voucher."""
    exact: bool
    """The secretariat's word is held here; else the letter names this workspace as a voucher, and not for how many."""
    said: tuple[Said, ...]
    """What was declared here, on any text, in the order in which it was made."""
    left: int
    """How many more can be declared on the text that stands."""


NONE = Allowance(0, False, (), 0)


def allowance(desk: Desk, dossier: str) -> Allowance:
    """Raises ``KeyError`` when the letter is not here. The secretariat itself is no voucher: it names whom it declares."""
    return allowance_in(desk, open_volume(desk, dossier))


def allowance_in(desk: Desk, volume: Volume) -> Allowance:
    """The same for a dossier that is open already."""
    current = volume.state.current
    if current is None or is_secretariat(desk, volume.state):
        return NONE
    own = own_identity(desk)
    listed = [one.voucher for one in volume.state.members.values() if own.fingerprint in one.certificates]
    most, exact = max(listed, default=0), bool(listed)
    letter = current.statement
    assert isinstance(letter, Letter)
    if not exact and ("voucher", desk.sealing.recipient(own.age_secret)) in {
        (one.role, one.recipient) for one in letter.seal_to
    }:
        most = MOST_VOUCHED
    if not most:
        return NONE
    said = _said(desk, volume)
    spent = sum(one.count for one in said if one.version == letter.n)
    return Allowance(most, exact, tuple(said), max(most - spent, 0))


def allowance_file(desk: Desk, dossier: str, organisation: str) -> bytes:
    """What a voucher opens to know for how many it may answer: its own entry of the roster, for it alone. Raises
    ``UsageError`` where it may not, ``DeskError`` for others than the secretariat."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    member = volume.state.members.get(organisation)
    if member is None or not member.voucher:
        raise UsageError(N_("{name} may not answer for others; say for how many first."), name=organisation)
    parts = [
        volume.packets[key].data for key, one in volume.held.items() if isinstance(one.statement, Genesis | Roster)
    ]
    return desk.packets.bundle([*parts, *(one.encode() for one in member.openings if one.certificates)])


def _said(desk: Desk, volume: Volume) -> Sequence[Said]:
    sent = desk.store.documents(volume.state.dossier, "outbox")
    found = []
    for key in sent:
        one = volume.held[key].statement if key in volume.held else None
        if isinstance(one, Attestation):
            found.append(Said(key, one.answer, one.count, one.day, volume.letter(one.letter).n))
    return found
