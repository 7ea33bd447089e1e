"""What a roster's hashed entries open to, and what an endorsement's withheld parts open to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated, Literal

from crsv_desk.domain.canonical import Json, dump, load
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.schema import Between, Count, Matching, Plain, SchemaError, build, read, write
from crsv_desk.domain.statements import Digest, MaybeBase64, MaybeDay, MaybeDigest, Name, Signing, base64_of
from crsv_desk.i18n import N_

Basis = Literal["", "own", "voice", "video", "in-person", "address", "vouched"]


@dataclass(frozen=True, slots=True)
class Opening:
    """An organisation and the certificates that may speak for it. Handed to others only once that organisation has
    a public answer."""

    organisation: Name
    country: Annotated[str, Plain(60)]
    certificates: Annotated[tuple[Digest, ...], Count(64, sorted=True)]
    voucher: Annotated[int, Between(0, 1_000)]
    basis: Basis
    date: MaybeDay
    salt: Digest

    def encode(self) -> bytes:
        """Canonical JSON, the file that is handed over."""
        return _remembered.get(self, _NOTHING)[0] or _work_out(self)[0]

    @property
    def entry(self) -> str:
        """SHA-256 of the canonical JSON: what the roster lists."""
        return _remembered.get(self, _NOTHING)[1] or _work_out(self)[1]


_MOST_REMEMBERED = 100_000
_NOTHING = (b"", "")
_remembered: dict[Opening, tuple[bytes, str]] = {}
"""The canonical JSON of an opening and its entry, worked out once; either may be empty."""


def _work_out(opening: Opening) -> tuple[bytes, str]:
    data = dump(write(opening))
    remember_opening(opening, identifier(data), data)
    return _remembered[opening]


def remember_opening(opening: Opening, entry: str, data: bytes = b"") -> None:
    """Its ``entry``, and its canonical JSON, where they are known: they are not worked out again."""
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    _remembered[opening] = (data, entry)


def recall_opening(data: bytes, entry: str) -> Opening:
    """Read an opening that was decoded before and kept under its ``entry``, as ``encode`` gave it, where nobody else
    writes."""
    opening = build(Opening, json.loads(data.decode()))
    remember_opening(opening, entry, data)
    return opening


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a partly withheld endorsement keeps from the public, sealed to the secretariat.

    ``link`` is the identity's signature over ``link_bytes`` of the one-time key and the dossier; it and
    ``certificate`` (base64 DER of the identity) are empty where the identity itself signed.
    """

    endorsement: Digest
    people: Annotated[tuple[Signing, ...], Count(6)]
    mark: Literal["none", "strokes", "image", "typed"]
    mark_data: Annotated[str, Matching(base64_of(0, 15_000))]
    salts: Annotated[tuple[MaybeDigest, ...], Count(4, 4)]
    """Of name, role, mark and logo; empty where shown."""
    certificate: MaybeBase64
    link: MaybeBase64

    def encode(self) -> bytes:
        return dump(write(self))


def link_bytes(one_time_certificate: str, dossier: str) -> bytes:
    """What the identity signs to vouch for a one-time key (both 64 hexadecimal digits)."""
    return dump({"certificate": one_time_certificate, "dossier": dossier, "purpose": "crsv-desk link", "v": 1})


def withheld_digest(field: str, value: Json, salt: str) -> str:
    """The salted digest that stands for a withheld ``field`` ("name", "role", "mark" or "logo")."""
    return identifier(dump({"field": field, "salt": salt, "value": value}))


def decode_opening(untrusted_data: bytes) -> Opening | Disclosure:
    """Read either document by its keys. Raises ``Refused``."""
    value = load(untrusted_data)
    try:
        if isinstance(value, dict) and "endorsement" in value:
            return read(Disclosure, value)
        return read(Opening, value)
    except SchemaError as error:
        raise Refused(N_("This file is damaged or was made by something else; ask the sender for it again.")) from error
