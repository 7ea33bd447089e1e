"""Take a key's word back: of an organisation, or of one laptop of the secretariat itself."""

from __future__ import annotations

from collections.abc import Sequence

from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.statements import Revocation
from crsv_desk.i18n import N_
from crsv_desk.services.book import Volume, disclosures, open_volume, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.linking import vouching_certificate
from crsv_desk.services.publish import issue_roster


def signed_by(volume: Volume, fingerprint: str) -> Sequence[str]:
    """Ids of the statements held that a key signed, sorted."""
    return sorted(key for key, one in volume.held.items() if one.statement.signer == fingerprint)


def revoke(desk: Desk, dossier: str, fingerprint: str, keep: Sequence[str] = ()) -> None:
    """From now on nothing by this key counts but the statements named in ``keep``. One-time keys that it vouched for go
    with it. A member stays asked; the secretariat's last key stays. Raises ``DeskError``."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    kept = tuple(sorted(set(keep)))
    with desk.store.atomic():
        if fingerprint in volume.state.secretariat:
            _revoke_colleague(desk, volume, fingerprint, kept)
        else:
            _revoke_member(desk, volume, fingerprint, kept)


def _revoke_colleague(desk: Desk, volume: Volume, fingerprint: str, kept: tuple[str, ...]) -> None:
    if len(volume.state.secretariat) == 1:
        raise DeskError(N_("This is the last key of the secretariat; add a colleague's laptop first."))
    # It may also stand on the roster, as the key with which the lead answers.
    revocations = [Revocation(fingerprint, kept)]
    again: list[Opening] = []
    for entry, opening in _entries(volume, {fingerprint}):
        revocations.append(Revocation(entry, kept))
        again += _without(desk, volume, opening, {fingerprint})
    issue_roster(desk, volume, again, _sorted(revocations))


def _revoke_member(desk: Desk, volume: Volume, fingerprint: str, kept: tuple[str, ...]) -> None:
    keys = {fingerprint} | _vouched(desk, volume, fingerprint)
    entries = _entries(volume, keys)
    if not entries:
        raise UsageError(N_("No organisation of this letter has this key."))
    again = [one for _, opening in entries for one in _without(desk, volume, opening, keys)]
    issue_roster(desk, volume, again, _sorted([Revocation(entry, kept) for entry, _ in entries]))


def _entries(volume: Volume, keys: set[str]) -> list[tuple[str, Opening]]:
    """The roster entries in force that give one of ``keys`` a voice."""
    found = {
        opening.entry: opening
        for member in volume.state.members.values()
        for opening in member.openings
        if keys & set(opening.certificates)
    }
    return sorted(found.items())


def _without(desk: Desk, volume: Volume, opening: Opening, keys: set[str]) -> list[Opening]:
    """The same entry without ``keys``: with the other certificates, or with none where nothing else says that the
    organisation is asked."""
    left = tuple(one for one in opening.certificates if one not in keys)
    member = volume.state.members[opening.organisation]
    others = [one for one in member.openings if not keys & set(one.certificates)]
    if not left and others:
        return []
    salt = desk.randomness.token().hex()
    basis, date = (opening.basis, opening.date) if left else ("", "")
    return [Opening(opening.organisation, opening.country, left, opening.voucher if left else 0, basis, date, salt)]


def _vouched(desk: Desk, volume: Volume, fingerprint: str) -> set[str]:
    """The one-time keys for which an identity signed."""
    found = set()
    for disclosure in disclosures(desk, volume.state.dossier).values():
        identity = vouching_certificate(desk, volume, disclosure) if disclosure.endorsement in volume.held else None
        if identity is not None and identity.fingerprint == fingerprint:
            found.add(volume.held[disclosure.endorsement].statement.signer)
    return found


def _sorted(revocations: Sequence[Revocation]) -> list[Revocation]:
    return sorted(revocations, key=lambda one: one.target)
