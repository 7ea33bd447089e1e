"""A key that one laptop took the word of back while another confirmed it: the secretariat is told, and decides once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crsv_desk.domain.codes import spoken
from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.revived import revived
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import Volume, is_secretariat, open_volume, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity
from crsv_desk.services.publish import issue_roster


@dataclass(frozen=True, slots=True)
class RevivedKey:
    """A key that speaks again, and on whose laptops that came about."""

    organisation: str
    fingerprint: str
    revoked_on: tuple[str, ...]
    """The laptops that took its word back, each as "this laptop" or by the beginning of its code; translated."""
    confirmed_on: tuple[str, ...]
    """Those that confirmed it."""

    @property
    def code(self) -> str:
        """Thirty digits."""
        return spoken(self.fingerprint)

    @property
    def sentence(self) -> str:
        """What happened, translated."""
        words = _(
            "A key of {name} was taken back on {revoked} and confirmed on {confirmed}: it speaks for {name} again."
        )
        return words.format(
            name=self.organisation, revoked=" · ".join(self.revoked_on), confirmed=" · ".join(self.confirmed_on)
        )


def revived_keys(desk: Desk, volume: Volume) -> Sequence[RevivedKey]:
    """Those that nobody who knew of both has decided on; none for others than the secretariat. Taking the word back
    (``revoke``) or letting it stand (``let_stand``), by any of its laptops, settles one."""
    if not is_secretariat(desk, volume.state):
        return ()
    own = own_identity(desk).fingerprint
    rosters = [volume.held[key] for key in volume.state.rosters]
    found = volume.once("revived", lambda: revived(rosters, volume.openings.values(), volume.state.members))
    return [
        RevivedKey(
            one.organisation,
            one.fingerprint,
            tuple(_laptop(key, own) for key in one.revoked_by),
            tuple(_laptop(key, own) for key in one.confirmed_by),
        )
        for one in found
    ]


def let_stand(desk: Desk, dossier: str, fingerprint: str) -> None:
    """Confirm a revived key once more, now that it is known that its word was taken back. Raises ``UsageError`` for a key
    that is none."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    one = next((one for one in revived_keys(desk, volume) if one.fingerprint == fingerprint), None)
    if one is None:
        raise UsageError(N_("No laptop took this key's word back while another confirmed it."))
    entries = [entry for entry in volume.state.members[one.organisation].openings if fingerprint in entry.certificates]
    salt = desk.randomness.token().hex()
    issue_roster(desk, volume, [replace(entries[-1], certificates=(fingerprint,), salt=salt)])


def _laptop(fingerprint: str, own: str) -> str:
    if fingerprint == own:
        return _("this laptop")
    return _("the laptop with the code {digits} …").format(digits=" ".join(spoken(fingerprint).split()[:2]))
