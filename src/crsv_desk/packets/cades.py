"""A detached CAdES-B signature (ETSI EN 319 122-1) in one form only: one signer, one certificate, SHA-256."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256

from crsv_desk.certificates import profile, signatures
from crsv_desk.certificates.der import (
    DAMAGED,
    GENERALIZED_TIME,
    OCTET_STRING,
    SEQUENCE,
    SET,
    UTC_TIME,
    after,
    content,
    integer,
    oid,
    tagged,
)
from crsv_desk.certificates.profile import ECDSA_WITH_SHA256, Profile
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.packet import Certificate
from crsv_desk.i18n import N_

_SIGNATURE = N_(
    "The signature in this file does not hold: it was changed after it was signed; ask the sender for it again."
)
_SECOND = N_("This file holds more than one certificate, which CRSV Desk never makes; it was not opened.")
_CONTEXT_0, _CONTEXT_4 = 0xA0, 0xA4
_DATA, _SIGNED_DATA = oid("1.2.840.113549.1.7.1"), oid("1.2.840.113549.1.7.2")
_SHA256 = tagged(SEQUENCE, oid("2.16.840.1.101.3.4.2.1"))
_VERSION_1, _DIGESTS, _DETACHED = integer(1), tagged(SET, _SHA256), tagged(SEQUENCE, _DATA)
_BEFORE_CERTIFICATE = len(_VERSION_1 + _DIGESTS + _DETACHED)
_TIME_PLACE = oid("1.2.840.113549.1.9.5")
_TIME = re.compile(r"(20\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z", re.ASCII)


def build(content_digest: bytes, time: str, certificate: Certificate, sign: Callable[[bytes], bytes]) -> bytes:
    """The signature over content with this SHA-256 at ``time`` (``2026-05-26T14:05:00Z``), DER."""
    known = profile.read(certificate.der)
    attributes = _attributes(known, content_digest, time)
    return _whole(known, attributes, sign(tagged(SET, attributes)))


def verify(untrusted: bytes, signed: bytes) -> tuple[Certificate, str]:
    """Whose signature stands under ``signed``, and its claimed time. Raises ``Refused``.

    Takes out certificate, time and signature value, writes the whole again, compares, and verifies.
    """
    certificate, time, signature = _free_fields(untrusted)
    known = profile.read(certificate)
    attributes = _attributes(known, sha256(signed).digest(), time)
    if _whole(known, attributes, signature) != untrusted:
        raise Refused(DAMAGED)
    if not signatures.verify(known.key, signature, tagged(SET, attributes)):
        raise Refused(_SIGNATURE)
    return known.certificate, time


def _attribute(kind: bytes, value: bytes) -> bytes:
    return tagged(SEQUENCE, kind, tagged(SET, value))


_CONTENT_TYPE = _attribute(oid("1.2.840.113549.1.9.3"), _DATA)
_BEFORE_DIGEST = _attribute(oid("1.2.840.113549.1.9.4"), tagged(OCTET_STRING, bytes(32)))[:-32]
_SIGNING_CERTIFICATE = oid("1.2.840.113549.1.9.16.2.47")


def _attributes(known: Profile, digest: bytes, time: str) -> bytes:
    """content-type, signing-time, message-digest (RFC 5652, section 11) and signing-certificate-v2 (RFC 5035): in the
    order that DER gives them (X.690, clause 11.6), which is that of their lengths."""
    signing_time = _attribute(_TIME_PLACE, _encoded(time))
    return b"".join((_CONTENT_TYPE, signing_time, _BEFORE_DIGEST, digest, _reference(known.certificate.der)))


@lru_cache(maxsize=profile.MOST_KEPT)
def _reference(certificate: bytes) -> bytes:
    known = profile.read(certificate)
    fingerprint = tagged(OCTET_STRING, sha256(certificate).digest())
    issuer_serial = tagged(SEQUENCE, tagged(SEQUENCE, tagged(_CONTEXT_4, known.issuer)), known.serial)
    identifier = tagged(SEQUENCE, fingerprint, issuer_serial)
    return _attribute(_SIGNING_CERTIFICATE, tagged(SEQUENCE, tagged(SEQUENCE, identifier)))


def _whole(known: Profile, attributes: bytes, signature: bytes) -> bytes:
    signer = tagged(
        SEQUENCE,
        _VERSION_1,
        tagged(SEQUENCE, known.issuer, known.serial),
        _SHA256,
        tagged(_CONTEXT_0, attributes),
        ECDSA_WITH_SHA256,
        tagged(OCTET_STRING, signature),
    )
    signed_data = tagged(
        SEQUENCE,
        _VERSION_1,
        _DIGESTS,
        _DETACHED,
        tagged(_CONTEXT_0, known.certificate.der),
        tagged(SET, signer),
    )
    return tagged(SEQUENCE, _SIGNED_DATA, tagged(_CONTEXT_0, signed_data))


def _free_fields(untrusted: bytes) -> tuple[bytes, str, bytes]:
    """Steps over what never changes by its length: ``verify`` writes it again and compares."""
    at, _end = content(untrusted, 0, SEQUENCE)
    at, _end = content(untrusted, at + len(_SIGNED_DATA), _CONTEXT_0)
    at, _end = content(untrusted, at, SEQUENCE)
    start, end = content(untrusted, at + _BEFORE_CERTIFICATE, _CONTEXT_0)
    if after(untrusted, start, SEQUENCE) != end:
        raise Refused(_SECOND)
    certificate = untrusted[start:end]
    at, _end = content(untrusted, end, SET)
    at, _end = content(untrusted, at, SEQUENCE)
    at = after(untrusted, at + len(_VERSION_1), SEQUENCE)
    start, end = content(untrusted, at + len(_SHA256), _CONTEXT_0)
    time = _decoded(untrusted, start, end)
    start, end = content(untrusted, end + len(ECDSA_WITH_SHA256), OCTET_STRING)
    return certificate, time, untrusted[start:end]


def _encoded(time: str) -> bytes:
    """UTCTime until 2049, GeneralizedTime from 2050 on (RFC 5652, section 11.3). Raises ``ValueError``."""
    match = _TIME.fullmatch(time)
    if match is None:
        raise ValueError("not a time in UTC")
    digits = "".join(match.groups())
    return (
        tagged(UTC_TIME, f"{digits[2:]}Z".encode())
        if digits < "2050"
        else tagged(GENERALIZED_TIME, f"{digits}Z".encode())
    )


def _decoded(untrusted: bytes, start: int, end: int) -> str:
    place = untrusted.find(_TIME_PLACE, start, end)
    if place < 0:
        raise Refused(DAMAGED)
    inside, _end = content(untrusted, place + len(_TIME_PLACE), SET, end)
    late = untrusted[inside : inside + 1] == bytes((GENERALIZED_TIME,))
    first, last = content(untrusted, inside, GENERALIZED_TIME if late else UTC_TIME, end)
    digits = untrusted[first : last - 1]
    if not digits.isdigit() or len(digits) != (14 if late else 12) or untrusted[last - 1 : last] != b"Z":
        raise Refused(DAMAGED)
    text = digits.decode() if late else f"20{digits.decode()}"
    time = f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}:{text[12:14]}Z"
    if _TIME.fullmatch(time) is None:
        raise Refused(DAMAGED)
    return time
