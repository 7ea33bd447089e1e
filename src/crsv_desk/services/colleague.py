"""Several laptops of one secretariat: add a colleague's, hand it everything that is held, and take up a letter there."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from crsv_desk.domain.codes import matches, spoken
from crsv_desk.domain.colleague import LaptopCard, card_bytes, decode_card
from crsv_desk.domain.errors import DeskError, Refused, UsageError
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.statements import Call, SecretariatKey
from crsv_desk.i18n import N_
from crsv_desk.services.book import disclosures, is_secretariat, open_volume, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.draft_against import says_the_same
from crsv_desk.services.drafting import Draft, draft_base, load_draft, save_draft, set_draft_base
from crsv_desk.services.identity import has_identity, own_identity
from crsv_desk.services.publish import issue_roster
from crsv_desk.services.revise import as_published
from crsv_desk.services.taken_over import forget_taken

_DAMAGED = N_("This card was changed or damaged on the way; ask your colleague for it again.")


@dataclass(frozen=True, slots=True)
class Laptop:
    """One key of a letter's secretariat, or one that is to become it."""

    organisation: str
    """Whom its certificate claims; empty where nothing that it signed is held."""
    fingerprint: str
    own: bool
    """It is this laptop."""

    @property
    def code(self) -> str:
        """Thirty digits."""
        return spoken(self.fingerprint)


def own_card(desk: Desk) -> bytes:
    """This laptop's card, to hand to a colleague."""
    own = own_identity(desk)
    recipient = desk.sealing.recipient(own.age_secret)
    signature = own.signer.sign(card_bytes(own.fingerprint, recipient))
    return LaptopCard(b64encode(own.certificate.der).decode(), recipient, b64encode(signature).decode()).encode()


def read_card(desk: Desk, untrusted_data: bytes) -> Laptop:
    """Whose card it claims to be; its code is still to be compared. Raises ``Refused``."""
    organisation, fingerprint, _key = _checked(desk, untrusted_data)
    return Laptop(organisation, fingerprint, fingerprint == own_identity(desk).fingerprint)


def laptops(desk: Desk, dossier: str) -> Sequence[Laptop]:
    """The secretariat's keys in force, one's own first."""
    volume = open_volume(desk, dossier)
    own = own_identity(desk).fingerprint
    found = [
        Laptop(desk.keys.read_certificate(b64decode(key.certificate)).organisation, fingerprint, fingerprint == own)
        for fingerprint, key in volume.state.secretariat.items()
    ]
    return sorted(found, key=lambda one: (not one.own, one.organisation, one.fingerprint))


def add_colleague(desk: Desk, dossier: str, untrusted_card: bytes, untrusted_code: str) -> Laptop:
    """Make a colleague's laptop a key of the secretariat, after its thirty digits were compared. Where its organisation
    is asked too, it may also answer for that. Raises ``DeskError`` when the code is another's; then nothing changed."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    organisation, fingerprint, key = _checked(desk, untrusted_card)
    if not matches(fingerprint, untrusted_code):
        raise DeskError(N_("This is not the code of the laptop on this card: nothing was added. Compare it once more."))
    if fingerprint in volume.state.secretariat:
        raise UsageError(N_("This laptop belongs to the secretariat already."))
    member = volume.state.members.get(organisation)
    openings = []
    if member is not None and fingerprint not in member.certificates:
        now, salt = desk.clock.now()[:10], desk.randomness.token().hex()
        openings.append(Opening(organisation, member.country, (fingerprint,), 0, "voice", now, salt))
    with desk.store.atomic():
        issue_roster(desk, volume, openings, secretariat=[key])
    return Laptop(organisation, fingerprint, False)


def file_for_colleagues(desk: Desk, dossier: str) -> bytes:
    """Everything that is held of a letter, encrypted to the other laptops of its secretariat alone: withheld answers and
    who is asked are in it. Raises ``DeskError`` where there is no other laptop."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    own = own_identity(desk).fingerprint
    recipients = [key.recipient for fingerprint, key in volume.state.secretariat.items() if fingerprint != own]
    if not recipients:
        raise DeskError(N_("This letter's secretariat has no other laptop yet; add a colleague's first."))
    members = [packet.data for packet in volume.packets.values()]
    members += [opening.encode() for opening in volume.openings.values()]
    members += [disclosure.encode() for disclosure in disclosures(desk, dossier).values()]
    return desk.sealing.encrypt(desk.packets.bundle(members), recipients)


def adopt_draft(desk: Desk, dossier: str) -> None:
    """On a laptop of the secretariat: go on writing from the text that stands, where there is no draft yet, or where the
    draft says nothing but what an earlier version said when a colleague published the next. Does nothing elsewhere."""
    if not has_identity(desk):
        return
    volume = open_volume(desk, dossier)
    letter = volume.state.current
    if letter is None or not is_secretariat(desk, volume.state):
        return
    draft, base = load_draft(desk, dossier), draft_base(desk, dossier)
    if draft is None:
        call = volume.state.call.statement if volume.state.call is not None else None
        asked = {"deadline": call.deadline, "contact": call.contact} if isinstance(call, Call) else {}
        draft = Draft(dossier, asked, "")
    elif base in ("", letter.id) or base not in volume.held or not says_the_same(volume, base, draft):
        return
    forget_taken(desk, dossier)
    save_draft(desk, as_published(desk, volume, letter.id, draft))
    set_draft_base(desk, dossier, letter.id)


def _checked(desk: Desk, untrusted_data: bytes) -> tuple[str, str, SecretariatKey]:
    """Organisation, fingerprint and key of a card whose signature holds. Raises ``Refused``."""
    card = decode_card(untrusted_data)
    try:
        certificate = desk.keys.read_certificate(b64decode(card.certificate, validate=True))
        signature = b64decode(card.signature, validate=True)
    except binascii.Error as error:
        raise Refused(_DAMAGED) from error
    signed = card_bytes(certificate.fingerprint, card.laptop)
    if not desk.sealing.is_recipient(card.laptop) or not desk.keys.verify(certificate, signature, signed):
        raise Refused(_DAMAGED)
    return certificate.organisation, certificate.fingerprint, SecretariatKey(card.certificate, card.laptop)
