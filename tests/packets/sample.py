"""One small packet, and the same parts put together by other means: what an attacker, or another program, would make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any

from asn1crypto import algos, cms, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_private_key

from crsv_desk.certificates.signatures import ORDER
from crsv_desk.identity.keys import SoftwareKeys, SoftwareSigner
from crsv_desk.packets import container, manifest, stored_zip
from crsv_desk.packets.stored_zip import Entry

ORGANISATION = "Stichting Ananas"
STATEMENT = b'{"type":"endorsement"}'
FILES = {"mark.json": b'{"strokes":[[[0,0],[9,9]]],"v":1}'}
TIME = "2026-05-26T14:05:00Z"
MOMENT = datetime(2026, 5, 26, 14, 5, tzinfo=UTC)


@cache
def signer(organisation: str = ORGANISATION) -> SoftwareSigner:
    return SoftwareKeys().new(organisation)


@cache
def packet() -> bytes:
    return container.build(STATEMENT, FILES, TIME, signer().certificate, signer().sign)


def entries() -> list[Entry]:
    """The parts of ``packet``, in order."""
    return stored_zip.read(packet(), 20, container.MOST_BYTES)


def with_entry(name: str, data: bytes) -> bytes:
    """``packet`` with one part replaced, everything around it as our own builder writes it."""
    return stored_zip.build([(key, data if key == name else value) for key, value in entries()])


def with_signature(signature: bytes) -> bytes:
    return with_entry(manifest.SIGNATURE, signature)


def signed_manifest() -> bytes:
    return dict(entries())[manifest.NAME]


def private_key(owner: SoftwareSigner) -> ec.EllipticCurvePrivateKey:
    key = load_der_private_key(owner.private_key(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def halved(signature: bytes, *, low: bool = True) -> bytes:
    """The same signature with its s in the lower (or upper) half of the group's order."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, s if (s <= ORDER // 2) == low else ORDER - s)


@dataclass(frozen=True)
class Cms:
    """A CAdES-B signature built with asn1crypto alone, in which every choice of ours can be another."""

    key: ec.EllipticCurvePrivateKey
    certificate: bytes
    content: bytes
    moment: datetime = MOMENT
    more: Sequence[bytes] = ()
    """Further certificates."""
    low: bool = True
    attributes: Sequence[tuple[str, Any]] = ()
    """Further signed attributes."""

    def build(self) -> bytes:
        certificate = x509.Certificate.load(self.certificate)
        attributes = self._attributes(certificate)
        signature = self.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        identifier = cms.IssuerAndSerialNumber(
            {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
        )
        signer_info = {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", identifier),
            "digest_algorithm": _sha256(),
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": halved(signature, low=self.low),
        }
        signed_data = {
            "version": "v1",
            "digest_algorithms": [_sha256()],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate, *(x509.Certificate.load(one) for one in self.more)],
            "signer_infos": [signer_info],
        }
        whole = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed_data)})
        return bytes(whole.dump())

    def _attributes(self, certificate: Any) -> Any:
        issuer = [x509.GeneralName("directory_name", certificate.issuer)]
        reference = {
            "cert_hash": sha256(self.certificate).digest(),
            "issuer_serial": {"issuer": issuer, "serial_number": certificate.serial_number},
        }
        time = "utc_time" if self.moment.year < 2050 else "general_time"
        values: list[tuple[str, Any]] = [
            ("content_type", "data"),
            ("message_digest", sha256(self.content).digest()),
            ("signing_time", cms.Time({time: self.moment})),
            ("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [reference]})),
            *self.attributes,
        ]
        attributes = [cms.CMSAttribute({"type": kind, "values": [value]}) for kind, value in values]
        return cms.CMSAttributes(sorted(attributes, key=lambda one: bytes(one.dump())))


def _sha256() -> Any:
    # Without parameters (RFC 5754, section 2), where asn1crypto would write NULL.
    return algos.DigestAlgorithm.load(bytes.fromhex("300b0609608648016503040201"))


def ours(**changes: Any) -> Cms:
    """The signature of ``packet`` by those other means."""
    return Cms(**{
        "key": private_key(signer()), "certificate": signer().certificate.der, "content": signed_manifest(), **changes,
    })  # fmt: skip
