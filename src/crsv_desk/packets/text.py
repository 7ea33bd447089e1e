"""A packet as text, for mail and messengers: base64 between marker lines."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

BEGIN, END = "-----BEGIN CRSV PACKET-----", "-----END CRSV PACKET-----"
WIDTH = 64
MOST_BYTES = 64 * 1024 * 1024
MOST_PACKETS = 1_000

_BEGIN, _END = BEGIN.encode(), END.encode()
# What mail programs and messengers put before and between lines.
_AROUND = b"> |\t\r\n"
_INCOMPLETE = N_("The text of this packet is not complete; copy everything from its first to its last line.")


def write(data: bytes) -> str:
    """``data`` as lines of 64 characters between markers."""
    text = b64encode(data).decode()
    return "\n".join((BEGIN, *(text[at : at + WIDTH] for at in range(0, len(text), WIDTH)), END, ""))


def read(untrusted_text: bytes) -> list[bytes]:
    """Everything between markers in pasted text, be it quoted, indented or broken otherwise. Raises ``Refused``: there is
    nothing, or one of them is not whole."""
    found: list[bytes] = []
    at = 0
    while (start := untrusted_text.find(_BEGIN, at, MOST_BYTES)) >= 0:
        end = untrusted_text.find(_END, start, MOST_BYTES)
        if end < 0 or len(found) == MOST_PACKETS:
            raise Refused(_INCOMPLETE)
        found.append(_decoded(untrusted_text[start + len(_BEGIN) : end]))
        at = end + len(_END)
    if not found:
        raise Refused(_INCOMPLETE)
    return found


def looks_like(untrusted_data: bytes) -> bool:
    """Whether a packet as text begins somewhere in it."""
    return _BEGIN in untrusted_data[:MOST_BYTES]


def _decoded(untrusted_lines: bytes) -> bytes:
    try:
        return b64decode(untrusted_lines.translate(None, _AROUND), validate=True)
    except binascii.Error as error:
        raise Refused(_INCOMPLETE) from error
