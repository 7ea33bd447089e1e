"""The one certificate profile: P-256, version 3, self-signed, naming an organisation and no person (RFC 5280).

Free are the organisation, the public key and the signature; everything else follows from them. A certificate is read
by taking out those three, writing the whole again and comparing every byte.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec

from crsv_desk.certificates import signatures
from crsv_desk.certificates.der import (
    BIT_STRING,
    GENERALIZED_TIME,
    INTEGER,
    OCTET_STRING,
    OID,
    SEQUENCE,
    SET,
    UTC_TIME,
    UTF8_STRING,
    after,
    content,
    integer,
    oid,
    tagged,
)
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.names import check_name
from crsv_desk.domain.packet import Certificate
from crsv_desk.i18n import N_

MOST_BYTES = 2_000
MOST_KEPT = 20_000
"""Certificates that are remembered once read."""
POINT_BYTES = 65
"""An uncompressed point: 04, x, y (SEC 1, section 2.3.3)."""

_FOREIGN = N_("The certificate in this file was not made by CRSV Desk; ask the sender to make the file with it.")
ECDSA_WITH_SHA256 = tagged(SEQUENCE, oid("1.2.840.10045.4.3.2"))
_VERSION_3 = tagged(0xA0, integer(2))
# A key made for one endorsement must not tell when it was made, so every certificate begins on the same day; it has
# no well-defined end (RFC 5280, section 4.1.2.5).
_VALIDITY = tagged(SEQUENCE, tagged(UTC_TIME, b"200101000000Z"), tagged(GENERALIZED_TIME, b"99991231235959Z"))
_KEY_ALGORITHM = tagged(SEQUENCE, oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7"))
_ORGANISATION, _SUBJECT_KEY_IDENTIFIER = oid("2.5.4.10"), oid("2.5.29.14")
_TRUE = b"\x01\x01\xff"
_END_ENTITY = tagged(SEQUENCE, oid("2.5.29.19"), _TRUE, tagged(OCTET_STRING, tagged(SEQUENCE)))
# digitalSignature and nonRepudiation: bits 0 and 1, six unused bits.
_KEY_USAGE = tagged(SEQUENCE, oid("2.5.29.15"), _TRUE, tagged(OCTET_STRING, tagged(BIT_STRING, b"\x06\xc0")))


@dataclass(frozen=True, slots=True)
class Profile:
    """A certificate of the profile, taken apart."""

    certificate: Certificate
    issuer: bytes
    """The name as DER."""
    serial: bytes
    """The serial number as DER."""
    key: ec.EllipticCurvePublicKey


def build(organisation: str, point: bytes, sign: Callable[[bytes], bytes]) -> Certificate:
    """The certificate of a public ``point`` (65 bytes), self-signed by ``sign``. Raises ``ValueError``: a name that
    is empty, too long, or deceives the eye."""
    if not _honest(organisation):
        raise ValueError("a name of an organisation that no certificate may hold")
    to_be_signed = _to_be_signed(organisation, point)
    return Certificate(_whole(to_be_signed, sign(to_be_signed)), organisation)


@lru_cache(maxsize=MOST_KEPT)
def read(untrusted_der: bytes) -> Profile:
    """Take out the three free fields, write the whole again, compare, verify the self-signature. Raises ``Refused``."""
    organisation, point, signature = _free_fields(untrusted_der)
    to_be_signed = _to_be_signed(organisation, point)
    if _whole(to_be_signed, signature) != untrusted_der:
        raise Refused(_FOREIGN)
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise Refused(_FOREIGN) from error
    if not signatures.verify(key, signature, to_be_signed):
        raise Refused(_FOREIGN)
    return Profile(Certificate(untrusted_der, organisation), _name(organisation), _serial(point), key)


def _free_fields(untrusted: bytes) -> tuple[str, bytes, bytes]:
    if len(untrusted) > MOST_BYTES:
        raise Refused(_FOREIGN)
    try:
        outer, _end = content(untrusted, 0, SEQUENCE)
        at, tbs_end = content(untrusted, outer, SEQUENCE)
        for tag in (0xA0, INTEGER, SEQUENCE):
            at = after(untrusted, at, tag)
        inside, issuer_end = content(untrusted, at, SEQUENCE)
        inside, _end = content(untrusted, inside, SET)
        inside, _end = content(untrusted, inside, SEQUENCE)
        start, end = content(untrusted, after(untrusted, inside, OID), UTF8_STRING)
        organisation = untrusted[start:end].decode()
        at = after(untrusted, after(untrusted, issuer_end, SEQUENCE), SEQUENCE)
        key, _end = content(untrusted, at, SEQUENCE)
        start, end = content(untrusted, after(untrusted, key, SEQUENCE), BIT_STRING)
        point = untrusted[start + 1 : end]
        start, end = content(untrusted, after(untrusted, tbs_end, SEQUENCE), BIT_STRING)
    except (Refused, UnicodeDecodeError) as error:
        raise Refused(_FOREIGN) from error
    if len(point) != POINT_BYTES or not _honest(organisation):
        raise Refused(_FOREIGN)
    return organisation, point, untrusted[start + 1 : end]


def _honest(organisation: str) -> bool:
    """Whether it is a name as ``check_name`` gives it: people compare with their eyes what a certificate claims."""
    try:
        return check_name(organisation, "") == organisation
    except Refused:
        return False


def _to_be_signed(organisation: str, point: bytes) -> bytes:
    name, key = _name(organisation), tagged(SEQUENCE, _KEY_ALGORITHM, tagged(BIT_STRING, b"\0", point))
    # RFC 7093, section 2, method 1: the leftmost 160 bits of the SHA-256 of the key.
    identifier = tagged(OCTET_STRING, sha256(point).digest()[:20])
    key_identifier = tagged(SEQUENCE, _SUBJECT_KEY_IDENTIFIER, tagged(OCTET_STRING, identifier))
    extensions = tagged(0xA3, tagged(SEQUENCE, _END_ENTITY, _KEY_USAGE, key_identifier))
    return tagged(SEQUENCE, _VERSION_3, _serial(point), ECDSA_WITH_SHA256, name, _VALIDITY, name, key, extensions)


def _whole(to_be_signed: bytes, signature: bytes) -> bytes:
    return tagged(SEQUENCE, to_be_signed, ECDSA_WITH_SHA256, tagged(BIT_STRING, b"\0", signature))


def _name(organisation: str) -> bytes:
    attribute = tagged(SEQUENCE, _ORGANISATION, tagged(UTF8_STRING, organisation.encode()))
    return tagged(SEQUENCE, tagged(SET, attribute))


def _serial(point: bytes) -> bytes:
    """127 bits of the key's digest, positive and not zero (RFC 5280, section 4.1.2.2)."""
    return integer(int.from_bytes(sha256(point).digest()[:16], "big") % 2**127 or 1)
