"""What is decided at sending: which endorsements are printed, in which order, under which date."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crsv_desk.domain.admission import Held, admit
from crsv_desk.domain.dossier import State
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.names import check_line
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.paper import LAYOUT_RULES, Edition
from crsv_desk.domain.statements import (
    Attestation,
    Attested,
    Closing,
    Endorsement,
    Layout,
    Row,
    SignOffNames,
)
from crsv_desk.domain.versions import heads, numbered, ordered
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import Volume, current_letter, keep, open_volume, require_secretariat, seen, signed
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import load_draft
from crsv_desk.services.identity import own_identity

ACCENT = "#12494F"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the secretariat may choose at sending; empty where the draft's own stands."""

    place: str = ""
    date: str = ""
    """``2026-05-26``"""
    order: tuple[str, ...] = ()
    """Organisations in the order in which they are printed after the lead; those left out follow by alphabet."""
    sign_off: tuple[str, ...] | None = None
    """Organisations on whose behalf the lead also signs, below the letter; ``None`` for all that are named."""
    certificate: str = ""
    """Fingerprint of the certificate that will seal; empty for the workspace's own."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A closing statement that fits what is held now: kept already, or signed and not yet kept."""

    held: Held
    packet: Packet


def close(desk: Desk, dossier: str, edition: Edition, decision: Decision = Decision()) -> Held:
    """Decide, and keep the decision in the workspace. Raises ``DeskError`` as ``decide`` does."""
    decided = decide(desk, dossier, edition, decision)
    keep(desk, decided.held, decided.packet)
    return decided.held


def decide(desk: Desk, dossier: str, edition: Edition, decision: Decision = Decision()) -> Decided:
    """The closing statement for what is held now: an earlier one where nothing changed, so that compiling again gives
    the same bytes; else a new one, which is not kept. Raises ``DeskError``: it cannot be closed, or its lead has not
    endorsed."""
    volume = open_volume(desk, dossier)
    state = volume.state
    body = _decision(desk, volume, edition, decision)
    earlier = [one for one in state.closings if _closing(one).edition == edition]
    for one in heads(earlier):
        if _says(_closing(one), body):
            return Decided(one, volume.packets[one.id])
    packet = signed(
        desk,
        Closing,
        dossier,
        seen=seen(state),
        n=max((numbered(one).n for one in earlier), default=0) + 1,
        prev=tuple(sorted(one.id for one in heads(earlier))),
        **body,
    )
    return Decided(admit(packet), packet)


def still_fits(desk: Desk, dossier: str, closing: Closing, decision: Decision) -> bool:
    """Whether deciding again now would say what ``closing`` says. Raises ``DeskError`` as ``decide`` does."""
    volume = open_volume(desk, dossier)
    return _says(closing, _decision(desk, volume, closing.edition, decision))


def _decision(desk: Desk, volume: Volume, edition: Edition, decision: Decision) -> dict[str, Any]:
    state = volume.state
    require_secretariat(desk, state)
    letter = current_letter(state)
    if not state.can_close:
        raise DeskError(
            N_("This letter cannot be closed yet: something here contradicts itself or needs a newer CRSV Desk.")
        )
    return _body(desk, volume, letter.id, edition, decision)


def _says(closing: Closing, body: dict[str, Any]) -> bool:
    return all(getattr(closing, key) == value for key, value in body.items())


def latest_closing(state: State, edition: Edition) -> Held | None:
    """The closing that stands last, by number and id."""
    found = ordered(one for one in state.closings if _closing(one).edition == edition)
    return found[-1] if found else None


def counted(state: State) -> Sequence[tuple[Held, Endorsement]]:
    """The endorsements that count now, one for each organisation, named or withheld."""
    found = []
    for one in state.organisations:
        if one.counts is not None:
            assert isinstance(one.counts.statement, Endorsement)
            found.append((one.counts, one.counts.statement))
    return found


def sort_key(name: str) -> str:
    """Alphabetical in Latin letters, accents and case aside."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return unicodedata.normalize("NFC", bare)[:200]


def _body(desk: Desk, volume: Volume, letter_id: str, edition: Edition, decision: Decision) -> dict[str, Any]:
    state, letter = volume.state, volume.letter(letter_id)
    draft = load_draft(desk, state.dossier)

    def field(key: str) -> str:
        return check_line(draft.text(key), _("a field at the top of the letter")) if draft is not None else ""

    shown, withheld = [], []
    for held, endorsement in counted(state):
        if endorsement.reply and edition != "full":
            withheld.append(held.id)
        else:
            shown.append((held, endorsement))
    if letter.lead not in {endorsement.organisation for _, endorsement in shown}:
        raise DeskError(
            N_("{lead} leads this letter but has not endorsed it by name; it signs first, then compile again."),
            lead=letter.lead,
        )
    printed = [endorsement.organisation for _, endorsement in shown]
    _require_printed(printed, (*decision.order, *(decision.sign_off or ())))
    places = {name: at for at, name in enumerate(decision.order)}
    rows = sorted(
        (Row(held.id, held.packet, one.organisation, "", sort_key(one.organisation)) for held, one in shown),
        key=lambda row: (row.printed != letter.lead, places.get(row.printed, len(places)), row.sort, row.id),
    )
    return {
        "letter": letter_id,
        "place": decision.place or field("place"),
        "date": decision.date or field("date") or desk.clock.now()[:10],
        "rosters": state.rosters,
        "rows": tuple(rows),
        "withheld": tuple(sorted(withheld)),
        "attested": tuple(Attested(how, count) for how, count in sorted(_attested(state, letter_id).items())),  # type: ignore[arg-type]
        "openings": _openings(state, [held for held, _ in shown]),
        "sign_off": SignOffNames(letter.lead, _sign_off(letter.lead, [row.printed for row in rows], decision)),
        "certificate": decision.certificate or own_identity(desk).fingerprint,
        "edition": edition,
        "layout": Layout(LAYOUT_RULES, desk.paper.fonts_digest(), (field("accent") or ACCENT).upper(), field("notice")),
    }


def _sign_off(lead: str, printed: Sequence[str], decision: Decision) -> tuple[str, ...]:
    """In the printed order."""
    chosen = printed if decision.sign_off is None else decision.sign_off
    return tuple(name for name in printed if name != lead and name in chosen)


def _require_printed(printed: Sequence[str], names: Sequence[str]) -> None:
    for name in names:
        if name not in printed:
            raise UsageError(
                N_("{name} is not among the organisations that are named in this edition; leave it out."), name=name
            )


def _openings(state: State, shown: Sequence[Held]) -> tuple[str, ...]:
    """The roster entries that tie the rows' keys to their organisations: these and no others."""
    signers = {held.statement.signer for held in shown}
    openings = (one for member in state.members.values() for one in member.openings)
    return tuple(sorted({one.entry for one in openings if not signers.isdisjoint(one.certificates)}))


def _attested(state: State, letter_id: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in state.attestations:
        attestation = one.statement
        assert isinstance(attestation, Attestation)
        if attestation.answer == "endorse" and attestation.letter == letter_id:
            found[attestation.how] += attestation.count
    return found


def _closing(one: Held) -> Closing:
    assert isinstance(one.statement, Closing)
    return one.statement
