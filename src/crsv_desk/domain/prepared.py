"""An endorsement that somebody filled in for a colleague to sign: no statement and no signature, a form in a file.

What must never be chosen for somebody else is not in it: who may see what, the mark, and that corrections count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from crsv_desk.domain.canonical import dump, load
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.schema import Count, Matching, SchemaError, read, write
from crsv_desk.domain.statements import Digest, Name, Passage, Reservation, Signing
from crsv_desk.i18n import N_

PURPOSE = "crsv-desk prepared endorsement"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Who signs, why and with which reservation; the logo as base64 of a PNG."""

    purpose: Literal["crsv-desk prepared endorsement"]
    dossier: Digest
    letter: Digest
    organisation: Name
    people: Annotated[tuple[Signing, ...], Count(6, 1)]
    acting: Literal["self", "order"]
    mandate: Passage
    reservation: Reservation
    logo: Annotated[str, Matching("[A-Za-z0-9+/]{0,600000}={0,2}")]

    def encode(self) -> bytes:
        """The file."""
        return dump(write(self))


def is_prepared(untrusted_data: bytes) -> bool:
    """Whether this says that it is such a form."""
    return untrusted_data.startswith(b"{") and f'"purpose":"{PURPOSE}"'.encode() in untrusted_data


def decode_prepared(untrusted_data: bytes) -> Prepared:
    """Raises ``Refused`` for anything that is not exactly one."""
    try:
        return read(Prepared, load(untrusted_data))
    except SchemaError as error:
        raise Refused(N_("This file is damaged or was made by something else; ask the sender for it again.")) from error
