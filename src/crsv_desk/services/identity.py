"""Who this workspace speaks for: one key pair of one person for one organisation."""

from __future__ import annotations

from dataclasses import dataclass

from crsv_desk.domain.codes import spoken
from crsv_desk.domain.errors import UsageError, WorkspaceError
from crsv_desk.domain.names import check_name
from crsv_desk.domain.packet import Certificate
from crsv_desk.i18n import N_, _
from crsv_desk.services.desk import Desk
from crsv_desk.services.ports import IdentityRecord, Signer


@dataclass(frozen=True, slots=True)
class Identity:
    """The identity, ready to sign."""

    organisation: str
    person: str
    role: str
    signer: Signer
    age_secret: str

    @property
    def certificate(self) -> Certificate:
        return self.signer.certificate

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits."""
        return self.signer.certificate.fingerprint

    @property
    def code(self) -> str:
        """Thirty digits to read aloud."""
        return spoken(self.fingerprint)


def create_identity(desk: Desk, organisation: str, person: str, role: str) -> Identity:
    """Make the workspace's identity. Raises ``UsageError`` if it has one, ``Refused`` for an unusable name."""
    if desk.store.identity() is not None:
        raise UsageError(N_("This workspace has an identity already; choose another folder for another organisation."))
    organisation, person, role = checked(organisation, person, role)
    signer = desk.keys.new(organisation)
    desk.store.set_identity(
        IdentityRecord(
            organisation, person, role, signer.certificate.der, signer.private_key(), desk.sealing.new_secret()
        )
    )
    return own_identity(desk)


def checked(organisation: str, person: str, role: str) -> tuple[str, str, str]:
    """The three names of an identity as they will stand. Raises ``Refused``."""
    return (
        check_name(organisation, _("the organisation's name")),
        check_name(person, _("the person's name")),
        check_name(role, _("the role")),
    )


def has_identity(desk: Desk) -> bool:
    return desk.store.identity() is not None


def own_identity(desk: Desk) -> Identity:
    """Raises ``WorkspaceError`` when the workspace has none yet."""
    record = desk.store.identity()
    if record is None:
        raise WorkspaceError(
            N_("This workspace does not say yet who you are; fill in your organisation and name first.")
        )
    known = desk.shelf.identities.get(record.certificate)
    if isinstance(known, Identity):
        return known
    signer = desk.keys.load(record.private_key, record.certificate)
    own = Identity(record.organisation, record.person, record.role, signer, record.age_secret)
    desk.shelf.identities[record.certificate] = own
    return own
