"""Honest and dishonest hands: packets built past the services, a colleague's laptop, and what a workspace holds."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from crsv_desk.certificates.signatures import ORDER
from crsv_desk.domain.canonical import dump
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.packet import Certificate, Packet
from crsv_desk.domain.statements import (
    Endorsement,
    Roster,
    SecretariatKey,
    Statement,
    encode,
    statement_id,
)
from crsv_desk.services.book import issue
from crsv_desk.services.confirm import confirm
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity
from crsv_desk.services.ports import Signer
from tests.domain.plain import plain
from tests.services.world import LEAD, Coalition, Office

TIME = "2026-05-21T10:00:00Z"
KINDS = ("opening", "disclosure", "sealed", "draft", "reply", "outbox")


class Restless:
    """A key that signs the same words differently each time: ECDSA allows it, and so do its readers."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        key = serialization.load_der_private_key(signer.private_key(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        self._key = key

    @property
    def certificate(self) -> Certificate:
        return self._signer.certificate

    def sign(self, data: bytes) -> bytes:
        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(hashes.SHA256())))
        return encode_dss_signature(r, min(s, ORDER - s))

    def private_key(self) -> bytes:
        return self._signer.private_key()


def forged(
    desk: Desk,
    cls: type[Statement],
    dossier: str,
    *,
    signer: Signer | None = None,
    files: Mapping[str, bytes] | None = None,
    time: str = TIME,
    seen: Sequence[str] = (),
    **body: Any,
) -> bytes:
    """A packet that is signed well and says what it likes."""
    signer, files = signer or own_identity(desk).signer, files or {}
    statement = cls(
        dossier=dossier,
        signer=signer.certificate.fingerprint,
        time=time,
        nonce=desk.randomness.token().hex(),
        seen=tuple(seen),
        files={name: identifier(data) for name, data in files.items()},
        **plain(cls, body),
    )
    return desk.packets.build(encode(statement), files, time, signer)


def forged_endorsement(desk: Desk, dossier: str, letter: str, organisation: str, **other: Any) -> bytes:
    return forged(desk, Endorsement, dossier, letter=letter, organisation=organisation, **other)


def stranger(desk: Desk, dossier: str, letter: str, organisation: str) -> bytes:
    """An endorsement by a key that nobody knows."""
    return forged_endorsement(desk, dossier, letter, organisation, signer=desk.keys.new(organisation))


def newer(desk: Desk, dossier: str, number: int = 2, signer: Signer | None = None) -> bytes:
    """A well-formed packet of a later format."""
    signer = signer or own_identity(desk).signer
    nonce = desk.randomness.token().hex()
    value = {"v": number, "dossier": dossier, "signer": signer.certificate.fingerprint, "nonce": nonce, "song": [1]}
    return desk.packets.build(dump(value), {}, TIME, signer)  # type: ignore[arg-type]


def signed_again(packet: Packet, desk: Desk, signer: Signer) -> bytes:
    """The same statement and files under another signature."""
    return desk.packets.build(packet.statement, packet.files, packet.signing_time, signer)


def identity_of(data: bytes, desk: Desk) -> str:
    """The id of the statement in a packet."""
    return statement_id(desk.packets.read(data).statement)


def everything(office: Office) -> list[bytes]:
    """All that a colleague's laptop is given: packets and openings."""
    openings = office.desk.store.documents(office.dossier, "opening").values()
    return [*(packet.data for packet in office.volume().packets.values()), *openings]


def holdings(desk: Desk) -> dict[str, Any]:
    """Everything that a workspace keeps of letters and of people."""
    store = desk.store
    kept: dict[str, Any] = {"pins": dict(store.pins()), "identity": store.identity()}
    for dossier in store.dossiers():
        kept[dossier] = dict(store.packets(dossier))
        for kind in KINDS:
            kept[f"{dossier} {kind}"] = dict(store.documents(dossier, kind))
    return kept


def colleague(here: Coalition) -> Office:
    """A second laptop of the secretariat, which holds what the first one does."""
    first, second = here.secretariat, here.world.office(LEAD)
    own = own_identity(second.desk)
    key = SecretariatKey(b64encode(own.certificate.der).decode(), second.desk.sealing.recipient(own.age_secret))
    issue(first.desk, Roster, first.dossier, prev=(), add=(), revoke=(), secretariat=(key,))
    second.dossier = first.dossier
    second.take(*everything(first))
    confirm(second.desk, LEAD, first.code)
    return second
