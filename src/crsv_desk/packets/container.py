"""The packet: a canonical ASiC-E container (ETSI EN 319 162-1, clause 4.4) with one detached CAdES-B signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256

from crsv_desk.domain.errors import Refused
from crsv_desk.domain.packet import Certificate, Packet
from crsv_desk.i18n import N_
from crsv_desk.packets import cades, manifest, stored_zip

MEDIA_TYPE = b"application/vnd.etsi.asic-e+zip"
STATEMENT = "statement.json"
FILE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}\.(json|md|png|txt)")
MOST_FILES = 16
MOST_BYTES = 8 * 1024 * 1024
_FIXED = frozenset({"mimetype", manifest.NAME, manifest.SIGNATURE})

_LAYOUT = N_("This file is built otherwise than CRSV Desk builds its files; ask the sender for the original file.")
_NAME = N_("This file holds a part under a name that CRSV Desk never uses; it was not opened.")
_MANIFEST = N_("A part of this file is not the one that was signed; ask the sender to send it again.")


def build(
    statement: bytes, files: Mapping[str, bytes], time: str, certificate: Certificate, sign: Callable[[bytes], bytes]
) -> bytes:
    """The one container for these. Raises ``ValueError`` for a name, number or size that cannot travel."""
    if len(files) > MOST_FILES or STATEMENT in files or not all(map(FILE_NAME.fullmatch, files)):
        raise ValueError("files that a packet cannot hold")
    signed = [(STATEMENT, statement), *sorted(files.items())]
    listing = manifest.build(signed)
    signature = cades.build(sha256(listing).digest(), time, certificate, sign)
    entries = [("mimetype", MEDIA_TYPE), *signed, (manifest.NAME, listing), (manifest.SIGNATURE, signature)]
    data = stored_zip.build(entries)
    if len(data) > MOST_BYTES:
        raise ValueError("larger than a packet may be")
    return data


@lru_cache(maxsize=256)
def _check_names(untrusted: tuple[str, ...]) -> None:
    """Remembered once they are good: most packets have the same."""
    if not all(name in _FIXED or FILE_NAME.fullmatch(name) for name in untrusted):
        raise Refused(_NAME)
    files = untrusted[2:-2]
    if untrusted != ("mimetype", STATEMENT, *sorted(files), manifest.NAME, manifest.SIGNATURE):
        raise Refused(_LAYOUT)


def read(untrusted: bytes) -> Packet:
    """Verify a packet. Raises ``Refused``."""
    entries = stored_zip.read(untrusted, MOST_FILES + 4, MOST_BYTES)
    _check_names(tuple(name for name, _data in entries))
    if entries[0][1] != MEDIA_TYPE:
        raise Refused(_LAYOUT)
    signed, listing, signature = entries[1:-2], entries[-2][1], entries[-1][1]
    if manifest.build(signed) != listing:
        raise Refused(_MANIFEST)
    certificate, time = cades.verify(signature, listing)
    return Packet(untrusted, signed[0][1], dict(signed[1:]), certificate, time)
