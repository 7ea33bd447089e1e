"""Many packets, openings and sealed files in one: a canonical archive of members named by their own digest."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_
from crsv_desk.packets import stored_zip

MEDIA_TYPE = b"application/vnd.crsv.bundle+zip"
MOST_MEMBERS = 20_000
MOST_BYTES = 512 * 1024 * 1024
START = stored_zip.build([("mimetype", MEDIA_TYPE)])[:30] + b"mimetype" + MEDIA_TYPE

_OTHER = N_("This file is built otherwise than CRSV Desk builds its files; ask the sender for the original file.")


def build(members: Iterable[bytes]) -> bytes:
    """The one bundle of a set of members, whatever their order."""
    named = {_name(member): member for member in members}
    return stored_zip.build([("mimetype", MEDIA_TYPE), *sorted(named.items())])


def read(untrusted: bytes) -> list[bytes]:
    """The members, still untrusted. Raises ``Refused`` unless the bundle is exactly what ``build`` makes of them."""
    entries = stored_zip.read(untrusted, MOST_MEMBERS + 1, MOST_BYTES)
    members = [data for _name, data in entries[1:]]
    if any(member.startswith(START) for member in members) or build(members) != untrusted:
        raise Refused(_OTHER)
    return members


def _name(member: bytes) -> str:
    return f"{sha256(member).hexdigest()}.{'json' if member.startswith(b'{') else 'crsv'}"
