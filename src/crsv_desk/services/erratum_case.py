"""What an erratum rests on: the closing that it corrects, what it decides instead, and who left in between."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, replace

from crsv_desk.domain.admission import Held, admit
from crsv_desk.domain.dossier import State
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.paper import LAYOUT_RULES
from crsv_desk.domain.statements import Closing, Decline, Endorsement, Row, SignOffNames, Withdrawal
from crsv_desk.i18n import N_
from crsv_desk.services.book import Volume, seen, signed
from crsv_desk.services.closing import latest_closing
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity


@dataclass(frozen=True, slots=True)
class Case:
    """What an erratum rests on."""

    volume: Volume
    now: Held
    earlier: tuple[Held, ...]
    """The closings that it follows: the one before it first, that of the letter that was sent last."""
    refusals: Mapping[str, Held]
    """By the id of the endorsement that was taken back."""

    @property
    def before(self) -> Held:
        """The closing that it corrects: of the letter, or of the erratum before."""
        return self.earlier[0]

    @property
    def sent(self) -> Held:
        """The closing of the letter that was sent."""
        return self.earlier[-1]


def decide(desk: Desk, volume: Volume) -> tuple[Held, Packet]:
    """What the erratum decides; where it was made before and nobody left since, that very closing."""
    state = volume.state
    latest = latest_closing(state, "public")
    if latest is None:
        raise DeskError(N_("This letter has not been sent yet, so there is nothing to correct; compile it first."))
    closing = closing_of(latest)
    gone, unnamed = _since(volume, closing)
    if not gone and unnamed == closing.withheld:
        if corrected(volume, latest) is not None:
            return latest, volume.packets[latest.id]
        raise DeskError(N_("Nobody in the letter that was sent has withdrawn since; there is nothing to correct."))
    if any(row.printed == closing.sign_off.lead for row in gone):
        raise DeskError(N_("{lead} itself no longer signs; an erratum cannot say that, send a new letter."),
                        lead=closing.sign_off.lead)  # fmt: skip
    left = {row.printed for row in gone}
    packet = signed(
        desk,
        Closing,
        state.dossier,
        seen=seen(state),
        n=closing.n + 1,
        prev=(latest.id,),
        letter=closing.letter,
        place=closing.place,
        date=desk.clock.now()[:10],
        rosters=state.rosters,
        rows=tuple(row for row in closing.rows if row.printed not in left),
        withheld=unnamed,
        attested=closing.attested,
        openings=_openings(state, gone),
        sign_off=SignOffNames(
            closing.sign_off.lead, tuple(name for name in closing.sign_off.names if name not in left)
        ),
        certificate=own_identity(desk).fingerprint,
        edition="public",
        layout=replace(closing.layout, rules=LAYOUT_RULES, fonts=desk.paper.fonts_digest()),
    )
    return admit(packet), packet


def _since(volume: Volume, closing: Closing) -> tuple[list[Row], tuple[str, ...]]:
    """The rows of those who left, and the ids of those without a name who stayed. Who only did not sign a later version
    stays: the letter that was sent is the one that it signed."""
    refused = {one.organisation for one in volume.state.organisations if one.standing in ("withdrawn", "declined")}
    gone = [row for row in closing.rows if row.printed in refused]
    return gone, tuple(key for key in closing.withheld if _organisation(volume, key) not in refused)


def _organisation(volume: Volume, key: str) -> str:
    """Whose endorsement this is; empty where its content is not here."""
    one = volume.held[key].statement if key in volume.held else None
    return one.organisation if isinstance(one, Endorsement) else ""


def still_fits(desk: Desk, volume: Volume, decided: Held) -> bool:
    """Whether the erratum that would be made now says the same."""
    if decided.id in volume.held:
        return decide(desk, volume)[0].id == decided.id
    latest, wanted = latest_closing(volume.state, "public"), closing_of(decided)
    if latest is None or wanted.prev != (latest.id,) or set(wanted.rosters) != set(volume.state.rosters):
        return False
    gone, unnamed = _since(volume, closing_of(latest))
    left = {row.id for row in gone}
    rows = tuple(row for row in closing_of(latest).rows if row.id not in left)
    return wanted.rows == rows and wanted.withheld == unnamed and wanted.openings == _openings(volume.state, gone)


def with_decided(volume: Volume, held: Held, packet: Packet) -> Volume:
    """The same with a closing that is not kept yet."""
    if held.id in volume.held:
        return volume
    packets = ChainMap({held.id: packet}, volume.packets)  # type: ignore[arg-type]  # only read behind the first
    return replace(volume, packets=packets, held={**volume.held, held.id: held})


def case_of(volume: Volume, now: Held) -> Case:
    """Everything that an erratum's closing rests on. ``corrected`` gives a closing for it."""
    earlier: list[Held] = []
    found = corrected(volume, now)
    while found is not None:
        earlier.append(found)
        found = corrected(volume, found)
    return Case(volume, now, tuple(earlier), _refusals(volume.state, closing_of(earlier[0]), closing_of(now)))


def corrected(volume: Volume, one: Held) -> Held | None:
    """The closing of the public letter, or of the erratum, that this one corrects; ``None`` where it is no erratum.

    An erratum names no opening but of those who left; a letter names those of its rows. That tells it from a letter that
    was compiled again with fewer.
    """
    now = closing_of(one)
    staying = {row.printed for row in now.rows}
    openings = [volume.openings.get(entry) for entry in now.openings]
    if any(opening is None or opening.organisation in staying for opening in openings):
        return None
    for key in now.prev:
        held = volume.held.get(key)
        before = held.statement if held is not None else None
        if held is None or not isinstance(before, Closing) or (before.letter, before.edition) != (now.letter, "public"):
            continue
        fewer = set(now.rows) <= set(before.rows) and set(now.withheld) <= set(before.withheld)
        if fewer and (len(now.rows), len(now.withheld)) != (len(before.rows), len(before.withheld)):
            return held
    return None


def _openings(state: State, gone: list[Row]) -> tuple[str, ...]:
    """What ties the keys of those who withdrew to their organisations."""
    left = {row.printed for row in gone}
    return tuple(sorted(one.entry for name, member in state.members.items() if name in left for one in member.openings))


def _refusals(state: State, before: Closing, now: Closing) -> Mapping[str, Held]:
    remaining = {row.id for row in now.rows}
    found: dict[str, Held] = {}
    for row in before.rows:
        if row.id in remaining:
            continue
        member = next((one for one in state.organisations if one.organisation == row.printed), None)
        for one in member.answers if member else ():
            # One about a later text says nothing to a reader who has that of this letter alone.
            if isinstance(one.statement, Withdrawal | Decline) and one.statement.letter == now.letter:
                found.setdefault(row.id, one)
    return found


def gone_of(case: Case) -> list[Row]:
    """The rows of those who no longer sign, by name."""
    remaining = {row.id for row in closing_of(case.now).rows}
    return [row for row in closing_of(case.before).rows if row.id not in remaining]


def closing_of(one: Held) -> Closing:
    """What a held closing says."""
    assert isinstance(one.statement, Closing)
    return one.statement
