"""ECDSA on P-256 with SHA-256 in one form only: deterministic (RFC 6979), low-S, DER in its shortest form."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from crsv_desk.certificates.der import INTEGER, SEQUENCE, content, integer, tagged
from crsv_desk.domain.errors import Refused

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256 (FIPS 186-5, SP 800-186)."""

_ALGORITHM = ec.ECDSA(hashes.SHA256())
_DETERMINISTIC = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


def sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    """The one signature by ``key`` under ``data``."""
    r, s = decode_dss_signature(key.sign(data, _DETERMINISTIC))
    return _encoded(r, min(s, ORDER - s))


def verify(key: ec.EllipticCurvePublicKey, untrusted_signature: bytes, data: bytes) -> bool:
    """Whether it is a signature in that one form, by ``key``, under ``data``."""
    if not _canonical(untrusted_signature):
        return False
    try:
        key.verify(untrusted_signature, data, _ALGORITHM)
    except InvalidSignature:
        return False
    return True


def _encoded(r: int, s: int) -> bytes:
    return tagged(SEQUENCE, integer(r), integer(s))


def _canonical(untrusted: bytes) -> bool:
    try:
        start, _end = content(untrusted, 0, SEQUENCE)
        r_from, r_to = content(untrusted, start, INTEGER)
        s_from, s_to = content(untrusted, r_to, INTEGER)
    except Refused:
        return False
    r, s = int.from_bytes(untrusted[r_from:r_to], "big"), int.from_bytes(untrusted[s_from:s_to], "big")
    return 0 < r < ORDER and 0 < s <= ORDER // 2 and _encoded(r, s) == untrusted
