"""A packet as text, for mail and messengers: base64 between marker lines."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

BEGIN, END = "-----BEGIN CRSV PACKET-----", "-----END CRSV PACKET-----"
WIDTH = 64
MOST_BYTES = 64 * 1024 * 1024
MOST_PACKETS = 1_000

_BLOCK = re.compile(re.escape(BEGIN.encode()) + rb"(.*?)" + re.escape(END.encode()), re.DOTALL)
_QUOTES = re.compile(rb"^[ \t>|]+", re.MULTILINE)
_INCOMPLETE = N_("The text of this packet is not complete; copy everything from its first to its last line.")


def write(data: bytes) -> str:
    """``data`` as lines of 64 characters between markers."""
    text = b64encode(data).decode()
    return "\n".join((BEGIN, *(text[at : at + WIDTH] for at in range(0, len(text), WIDTH)), END, ""))


def read(untrusted_text: bytes) -> list[bytes]:
    """Everything between markers in pasted text, be it quoted, indented or broken otherwise. Raises ``Refused``."""
    blocks = _BLOCK.findall(untrusted_text[:MOST_BYTES])
    if not 0 < len(blocks) <= MOST_PACKETS:
        raise Refused(_INCOMPLETE)
    found = []
    for block in blocks:
        try:
            found.append(b64decode(b"".join(_QUOTES.sub(b"", block).split()), validate=True))
        except binascii.Error as error:
            raise Refused(_INCOMPLETE) from error
    return found


def looks_like(untrusted_data: bytes) -> bool:
    """Whether a packet as text begins somewhere in it."""
    return BEGIN.encode() in untrusted_data[:MOST_BYTES]
