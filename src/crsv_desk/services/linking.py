"""One-time keys: an endorsement that shows the organisation only is signed by a key made for it alone, and the
identity vouches for that key in a disclosure that only the secretariat reads."""

from __future__ import annotations

from base64 import b64decode

from crsv_desk.domain.canonical import Json
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.openings import Disclosure, Opening, link_bytes, withheld_digest
from crsv_desk.domain.packet import Certificate
from crsv_desk.domain.rules import SHOWN
from crsv_desk.domain.statements import Endorsement
from crsv_desk.services.book import Volume, disclosures, is_secretariat, open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.publish import issue_roster


def check_disclosure(desk: Desk, volume: Volume, disclosure: Disclosure) -> bool:
    """Whether it opens exactly what its endorsement withholds, says nothing else of what is shown, and its link
    holds."""
    held = volume.held.get(disclosure.endorsement)
    if held is None or not isinstance(held.statement, Endorsement):
        return False
    statement, shown = held.statement, held.statement.visibility
    salts = dict(zip(("name", "role", "mark", "logo"), disclosure.salts, strict=True))
    mark_data = b64decode(disclosure.mark_data)

    def opened(stands: str, field: str, value: Json, as_shown: bool) -> bool:
        return as_shown if stands == SHOWN else stands == withheld_digest(field, value, salts[field])

    names, roles = [one.name for one in disclosure.people], [one.role for one in disclosure.people]
    fits = (
        (shown.name, shown.role, shown.mark) != (SHOWN,) * 3
        and opened(shown.name, "name", [*names], names == [one.name for one in statement.people])
        and opened(shown.role, "role", [*roles], roles == [one.role for one in statement.people])
        and opened(shown.mark, "mark", identifier(mark_data), not mark_data and disclosure.mark == "none")
    )
    return fits and (not disclosure.link or vouching_certificate(desk, volume, disclosure) is not None)


def vouching_certificate(desk: Desk, volume: Volume, disclosure: Disclosure) -> Certificate | None:
    """The identity that vouches for the endorsement's one-time key; ``None`` without a link that holds."""
    held = volume.held[disclosure.endorsement]
    if not disclosure.link:
        return None
    identity = desk.keys.read_certificate(b64decode(disclosure.certificate))
    linked = link_bytes(held.statement.signer, volume.state.dossier)
    if identity.organisation != held.organisation or not desk.keys.verify(identity, b64decode(disclosure.link), linked):
        return None
    return identity


def admit_linked_keys(desk: Desk, dossier: str) -> None:
    """The secretariat puts one-time keys on the roster whose identities it has confirmed; others do nothing.

    Each gets an opening of its own, so that handing it over does not tell the identity's certificate.
    """
    volume = open_volume(desk, dossier)
    if not is_secretariat(desk, volume.state):
        return
    waiting = {one.id for one in volume.state.unknown}
    openings = []
    for disclosure in disclosures(desk, dossier).values():
        if disclosure.endorsement not in waiting:
            continue
        identity = vouching_certificate(desk, volume, disclosure)
        held = volume.held[disclosure.endorsement]
        member = volume.state.members.get(held.organisation)
        if identity is not None and member is not None and identity.fingerprint in member.certificates:
            basis = next(one.basis for one in member.openings if identity.fingerprint in one.certificates)
            today, salt = desk.clock.now()[:10], desk.randomness.token().hex()
            openings.append(
                Opening(member.organisation, member.country, (held.statement.signer,), 0, basis, today, salt)
            )
    if openings:
        issue_roster(desk, volume, openings)
