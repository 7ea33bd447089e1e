"""ZIP (APPNOTE 6.3.10) in one form only: stored entries, fixed fields, nothing before, between or behind.

Read by taking out names and contents, writing all the rest again and comparing: nothing foreign is inflated.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from struct import Struct

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

Entry = tuple[str, bytes]

_LOCAL, _END = Struct("<4sHHHHHIIIHH"), Struct("<4sHHHHIIH")
_VERSION = 10
# A line of the directory: this, an entry's local header without its signature, and where the entry begins.
_MADE_BY, _WHERE = b"PK\1\2" + _VERSION.to_bytes(2, "little"), Struct("<HHHII")
_DAY = (2026 - 1980) << 9 | 1 << 5 | 1
"""1 January 2026: the same in every file, so that it tells nothing."""

_TOO_LARGE = N_("This file is larger than any that CRSV Desk makes; it was not opened.")
_TOO_MANY = N_("This file holds more parts than any that CRSV Desk makes; it was not opened.")
_TWICE = N_("This file holds two parts under one name, which can hide one of them; it was not opened.")
_COMPRESSED = N_("This file holds compressed parts, which CRSV Desk never makes; ask the sender for the original file.")
_EXTRA = N_("Something was added to this file or taken out of it on the way; ask the sender to send it again.")
_DAMAGED = N_("This file was changed or damaged on the way; ask the sender to send it again.")


def build(entries: Sequence[Entry]) -> bytes:
    """The one archive of ``entries`` (ASCII names), in their order."""
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, data in entries:
        header, line = _headers(name.encode("ascii"), data, offset)
        directory.append(line)
        parts += (header, data)
        offset += len(header) + len(data)
    return b"".join((*parts, _end(directory, offset)))


def read(untrusted: bytes, most_entries: int, most_bytes: int) -> list[Entry]:
    """The entries of an archive that is exactly what ``build`` makes of them. Raises ``Refused``."""
    if len(untrusted) > most_bytes:
        raise Refused(_TOO_LARGE)
    entries: list[Entry] = []
    directory: list[bytes] = []
    names: set[bytes] = set()
    at = 0
    while untrusted.startswith(b"PK\3\4", at):
        if len(entries) == most_entries:
            raise Refused(_TOO_MANY)
        if len(untrusted) < at + _LOCAL.size:
            raise Refused(_DAMAGED)
        _, _, _, method, _, _, _, packed, size, name_size, extra = _LOCAL.unpack_from(untrusted, at)
        if method:
            raise Refused(_COMPRESSED)
        if extra or packed != size:
            raise Refused(_EXTRA)
        name_from, data_from = at + _LOCAL.size, at + _LOCAL.size + name_size
        name, data = untrusted[name_from:data_from], untrusted[data_from : data_from + size]
        if len(data) != size:
            raise Refused(_DAMAGED)
        if name in names:
            raise Refused(_TWICE)
        header, line = _headers(name, data, at)
        if untrusted[at:data_from] != header:
            raise Refused(_EXTRA)
        names.add(name)
        directory.append(line)
        entries.append((_text(name), data))
        at = data_from + size
    if untrusted[at:] != _end(directory, at):
        raise Refused(_EXTRA)
    return entries


def _headers(name: bytes, data: bytes, offset: int) -> tuple[bytes, bytes]:
    """What stands before an entry's data, and its line in the directory."""
    check, size, length = zlib.crc32(data), len(data), len(name)
    local = _LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _DAY, check, size, size, length, 0)
    return local + name, b"".join((_MADE_BY, local[4:], _WHERE.pack(0, 0, 0, 0, offset), name))


def _end(directory: Sequence[bytes], offset: int) -> bytes:
    """The directory and what ends the archive."""
    central, count = b"".join(directory), len(directory)
    return central + _END.pack(b"PK\5\6", 0, 0, count, count, len(central), offset, 0)


def _text(untrusted: bytes) -> str:
    try:
        return untrusted.decode("ascii")
    except UnicodeDecodeError as error:
        raise Refused(_DAMAGED) from error
