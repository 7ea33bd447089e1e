"""DER (ITU-T X.690) as far as one certificate profile and one signature profile need it: writing, and finding fields."""

from __future__ import annotations

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

# ``cryptography.hazmat.asn1`` writes the same bytes (tried with 50.0), but what it needs to be told about certificate and
# signature is longer than this file, and its reader would be a general parser for foreign bytes, which here are only
# cut at the places where ours have their free fields.
INTEGER, BIT_STRING, OCTET_STRING, OID, UTF8_STRING, UTC_TIME, GENERALIZED_TIME = 2, 3, 4, 6, 12, 23, 24
SEQUENCE, SET = 0x30, 0x31
DAMAGED = N_("This file was changed or damaged on the way; ask the sender to send it again.")


def tagged(tag: int, *parts: bytes) -> bytes:
    """One element: tag, definite length in its shortest form, content."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def integer(value: int) -> bytes:
    """A non-negative INTEGER."""
    return tagged(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER, from ``"2.5.4.10"``."""
    first, second, *rest = (int(part) for part in dotted.split("."))
    content = bytearray()
    for arc in (first * 40 + second, *rest):
        octets = [arc & 0x7F]
        while arc := arc >> 7:
            octets.insert(0, 0x80 | arc & 0x7F)
        content += bytes(octets)
    return tagged(OID, bytes(content))


def content(untrusted: bytes, start: int, tag: int, end: int | None = None) -> tuple[int, int]:
    """Where the content of the element at ``start`` begins and ends. Raises ``Refused`` unless it has ``tag`` and lies
    within ``end``. Whether the length was in its shortest form is seen when the whole is written again."""
    end = len(untrusted) if end is None else end
    try:
        found, size, at = untrusted[start], untrusted[start + 1], start + 2
    except IndexError:
        raise Refused(DAMAGED) from None
    if size & 0x80:
        octets = size & 0x7F
        if not 1 <= octets <= 3:
            raise Refused(DAMAGED)
        size, at = int.from_bytes(untrusted[at : at + octets], "big"), at + octets
    if found != tag or at + size > end:
        raise Refused(DAMAGED)
    return at, at + size


def after(untrusted: bytes, start: int, tag: int) -> int:
    """Where the element behind the one at ``start`` begins. Raises ``Refused``."""
    return content(untrusted, start, tag)[1]
