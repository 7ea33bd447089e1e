"""Certificates built by ``cryptography``: of our profile, and of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.packets.sample import ORGANISATION, halved, private_key, signer

FIRST_DAY, NO_END = datetime(2020, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
KEY_USAGE = x509.KeyUsage(
    digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
    key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
)  # fmt: skip
END_ENTITY = x509.BasicConstraints(ca=False, path_length=None)

Extension = tuple[x509.ExtensionType, bool]


@dataclass(frozen=True)
class Recipe:
    """A certificate of our profile, in which every choice can be another."""

    key: ec.EllipticCurvePrivateKey
    subject: Sequence[tuple[x509.ObjectIdentifier, str]] = ((NameOID.ORGANIZATION_NAME, ORGANISATION),)
    issuer: Sequence[tuple[x509.ObjectIdentifier, str]] = ()
    """The subject's where empty."""
    issuer_key: ec.EllipticCurvePrivateKey | None = None
    begin: datetime = FIRST_DAY
    end: datetime = NO_END
    serial: int = 0
    usage: x509.KeyUsage = KEY_USAGE
    constraints: x509.BasicConstraints = END_ENTITY
    more: Sequence[Extension] = ()
    hash: type[hashes.SHA256 | hashes.SHA384] = hashes.SHA256
    low: bool = True

    def build(self) -> bytes:
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        digest = sha256(point).digest()
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(self.subject))
            .issuer_name(_name(self.issuer or self.subject))
            .public_key(self.key.public_key())
            .serial_number(self.serial or int.from_bytes(digest[:16], "big") % 2**127)
            .not_valid_before(self.begin)
            .not_valid_after(self.end)
            .add_extension(self.constraints, critical=True)
            .add_extension(self.usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier(digest[:20]), critical=False)
        )
        for extension, critical in self.more:
            builder = builder.add_extension(extension, critical)
        key = self.issuer_key or self.key
        made = builder.sign(key, self.hash(), ecdsa_deterministic=True)
        der = made.public_bytes(serialization.Encoding.DER)
        if not isinstance(key.curve, ec.SECP256R1):
            return der
        return with_signature(der, halved(made.signature, low=self.low))


def with_signature(certificate: bytes, signature: bytes) -> bytes:
    loaded = asn1_x509.Certificate.load(certificate)
    loaded["signature_value"] = signature
    return bytes(loaded.dump(force=True))


def ours(**changes: object) -> Recipe:
    """The certificate of ``sample.signer`` by those other means."""
    return Recipe(**{"key": private_key(signer()), **changes})  # type: ignore[arg-type]


def _name(attributes: Sequence[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in attributes])
