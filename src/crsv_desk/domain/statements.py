"""The statements of format version 1, each with its exact key set (docs/format.md, "Types").

Every key exists from version 1 on, empty where unused, so that later work needs no new format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from sys import intern
from typing import Annotated, ClassVar, Literal

from crsv_desk.domain.canonical import Json, dump, load
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.schema import Between, Count, Matching, Plain, SchemaError, build, read, write
from crsv_desk.i18n import N_

FORMAT = 1


def base64_of(least: int, most: int) -> str:
    """The pattern of base64 (RFC 4648, section 4) of ``least`` to ``most`` whole groups of four and perhaps a padded
    one: what matches can be decoded."""
    return f"(?:[A-Za-z0-9+/]{{4}}){{{least},{most}}}(?:[A-Za-z0-9+/]{{2}}==|[A-Za-z0-9+/]{{3}}=)?"


Digest = Annotated[str, Matching("[0-9a-f]{64}")]
MaybeDigest = Annotated[str, Matching("([0-9a-f]{64})?")]
Shown = Annotated[str, Matching("shown|[0-9a-f]{64}")]
"""Either public, or the salted digest of what is withheld."""
Time = Annotated[str, Matching(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")]
Day = Annotated[str, Matching(r"20\d\d-\d\d-\d\d")]
MaybeDay = Annotated[str, Matching(r"(20\d\d-\d\d-\d\d)?")]
Moment = Annotated[str, Matching(r"(20\d\d-\d\d-\d\d(T\d\d:\d\d)?)?")]
"""A day, or a day and a time of day where the letter is sent, or empty."""
Language = Annotated[str, Matching(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")]
Recipient = Annotated[str, Matching("age1[02-9ac-hj-np-z]{58}")]
MaybeRecipient = Annotated[str, Matching("(age1[02-9ac-hj-np-z]{58})?")]
BlockId = Annotated[str, Matching("[0-9a-z-]{1,40}")]
MaybeBlockId = Annotated[str, Matching("[0-9a-z-]{0,40}")]
FileName = Annotated[str, Matching(r"[a-z0-9][a-z0-9-]{0,40}\.(json|md|png|txt)")]
MaybeFileName = Annotated[str, Matching(r"([a-z0-9][a-z0-9-]{0,40}\.(json|md|png|txt))?")]
Colour = Annotated[str, Matching("#[0-9A-F]{6}")]
Base64 = Annotated[str, Matching(base64_of(1, 2_000))]
MaybeBase64 = Annotated[str, Matching(base64_of(0, 2_000))]
Name = Annotated[str, Plain(200, 1)]
Line = Annotated[str, Plain(300)]
Passage = Annotated[str, Plain(20_000, lines=True)]
Ids = Annotated[tuple[Digest, ...], Count(10_000, sorted=True)]
Number = Annotated[int, Between(1, 1_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The keys that every statement has, beside ``v`` and ``type``."""

    type: ClassVar[str]
    dossier: MaybeDigest
    """Id of the genesis; empty in the genesis itself."""
    signer: Digest
    """SHA-256 of the signer's certificate."""
    time: Time
    """Claimed. Times never order anything."""
    nonce: Digest
    """32 random bytes, so that a statement's id can be guessed by nobody."""
    seen: Annotated[tuple[Digest, ...], Count(16, sorted=True)]
    """Ids of letters, rosters, calls and closings only."""
    files: Annotated[Mapping[FileName, Digest], Count(16)]
    """Every other file of the packet: name to SHA-256."""


@dataclass(frozen=True, slots=True)
class SecretariatKey:
    """One laptop of the secretariat."""

    certificate: Base64
    recipient: Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Genesis(Statement):
    """Begins a dossier; its id is the dossier's id."""

    type: ClassVar[str] = "genesis"
    title: Name
    secretariat: Annotated[tuple[SecretariatKey, ...], Count(16, 1)]


@dataclass(frozen=True, slots=True)
class Text:
    """One language of a letter; its body is the file ``letter-LANG.md``."""

    language: Language
    direction: Literal["ltr", "rtl"]
    subject: Name
    salutation: Line
    closing: Line
    body: Digest
    authentic: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody to whom withheld answers are sealed."""

    role: Literal["secretariat", "auditor", "voucher"]
    name: Name
    recipient: Recipient


@dataclass(frozen=True, slots=True)
class Correction:
    """The blocks that a correction version changed, and until when one may object; both empty otherwise."""

    blocks: Annotated[tuple[BlockId, ...], Count(1_000)]
    object_before: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter(Statement):
    """A letter version: only what people sign."""

    type: ClassVar[str] = "letter"
    n: Number
    prev: Ids
    lead: Name
    recipient: Annotated[tuple[Line, ...], Count(10)]
    texts: Annotated[tuple[Text, ...], Count(20, 1)]
    blocks: Annotated[tuple[BlockId, ...], Count(2_000, 1)]
    seal_to: Annotated[tuple[Reader, ...], Count(16)]
    correction: Correction
    logo: MaybeFileName


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Statement):
    """What may change daily without asking anybody to sign again."""

    type: ClassVar[str] = "call"
    n: Number
    prev: Ids
    deadline: Moment
    embargo: Moment
    contact: Line
    list_shown_to: Literal["secretariat", "partners", "everybody"]
    asked: Passage


@dataclass(frozen=True, slots=True)
class Revocation:
    """``target`` is a roster entry or the fingerprint of a secretariat's certificate."""

    target: Digest
    keep: Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster(Statement):
    """Hashed openings, filled with random ones to a multiple of 32; and the secretariat's own keys."""

    type: ClassVar[str] = "roster"
    prev: Ids
    add: Annotated[tuple[Digest, ...], Count(100_000, sorted=True)]
    revoke: Annotated[tuple[Revocation, ...], Count(10_000)]
    secretariat: Annotated[tuple[SecretariatKey, ...], Count(16)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment(Statement):
    """A remark on a block or on the whole, a settlement of one, or an objection to a correction."""

    type: ClassVar[str] = "comment"
    letter: Digest
    language: Language
    block: MaybeBlockId
    kind: Literal["comment", "proposal", "question", "settlement", "objection"]
    text: Passage
    proposal: Passage
    refers: MaybeDigest
    state: Literal["", "taken", "partly", "declined"]
    reply: MaybeRecipient


@dataclass(frozen=True, slots=True)
class Signing:
    """One person; empty where that is withheld."""

    name: Annotated[str, Plain(200)]
    role: Annotated[str, Plain(200)]


@dataclass(frozen=True, slots=True)
class Reservation:
    text: Passage
    printed: bool


@dataclass(frozen=True, slots=True)
class Visibility:
    """What the public may see; a withheld one stands as its own salted digest."""

    name: Shown
    role: Shown
    mark: Shown
    logo: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement(Statement):
    """An organisation signs one letter version. ``reply`` is set when it travels sealed: the name is withheld."""

    type: ClassVar[str] = "endorsement"
    letter: Digest
    organisation: Name
    people: Annotated[tuple[Signing, ...], Count(6)]
    acting: Literal["self", "order"]
    mandate: Passage
    reservation: Reservation
    members: Annotated[tuple[Name, ...], Count(200)]
    corrections: bool
    mark: Literal["none", "strokes", "image", "typed"]
    logo: MaybeFileName
    visibility: Visibility
    replaces: Ids
    reply: MaybeRecipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(Statement):
    type: ClassVar[str] = "decline"
    letter: Digest
    reason: Passage
    replaces: Ids
    reply: MaybeRecipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Statement):
    type: ClassVar[str] = "withdrawal"
    letter: Digest
    reason: Passage
    replaces: Ids
    reply: MaybeRecipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation(Statement):
    """The secretariat's, or a voucher's, word that organisations answered by other means."""

    type: ClassVar[str] = "attestation"
    letter: Digest
    organisation: Annotated[str, Plain(200)]
    """Empty where a voucher answers for ``count`` that it does not name."""
    count: Annotated[int, Between(1, 1_000)]
    answer: Literal["endorse", "decline"]
    how: Literal["mail", "paper", "phone", "meeting", "message"]
    day: Day
    evidence: Annotated[str, Matching("not kept|[0-9a-f]{64}")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Statement):
    type: ClassVar[str] = "receipt"
    ids: Ids


@dataclass(frozen=True, slots=True)
class Row:
    """One printed signatory."""

    id: Digest
    packet: Digest
    printed: Name
    latin: Annotated[str, Plain(200)]
    sort: Annotated[str, Plain(200)]


@dataclass(frozen=True, slots=True)
class Attested:
    how: Literal["mail", "paper", "phone", "meeting", "message"]
    count: Annotated[int, Between(1, 100_000)]


@dataclass(frozen=True, slots=True)
class SignOffNames:
    lead: Name
    names: Annotated[tuple[Name, ...], Count(1_000)]


@dataclass(frozen=True, slots=True)
class Layout:
    """What typesetting the pages again needs: rules, SHA-256 of the font list, colour, a notice on every page."""

    rules: Number
    fonts: Digest
    accent: Colour
    notice: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing(Statement):
    """What is decided at sending."""

    type: ClassVar[str] = "closing"
    n: Number
    prev: Ids
    letter: Digest
    place: Line
    date: Day
    rosters: Ids
    rows: Annotated[tuple[Row, ...], Count(10_000)]
    withheld: Ids
    attested: Annotated[tuple[Attested, ...], Count(5)]
    openings: Ids
    sign_off: SignOffNames
    certificate: Digest
    edition: Literal["public", "slim", "full"]
    layout: Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure(Statement):
    type: ClassVar[str] = "erasure"
    ids: Ids


TYPES: Mapping[str, type[Statement]] = {
    cls.type: cls
    for cls in (
        Genesis, Letter, Call, Roster, Comment, Endorsement, Decline, Withdrawal, Attestation, Receipt, Closing, Erasure,
    )
}  # fmt: skip

Answer = Endorsement | Decline | Withdrawal


@dataclass(frozen=True, slots=True)
class Newer:
    """A well-formed statement of a later format: kept unread and passed on."""

    format: int
    dossier: str
    """Empty where it begins a dossier itself."""
    signer: str


_SAID_OFTEN = ("dossier", "signer", "letter", "block", "kind")
"""Keys of which many statements hold the same words: kept once, which is quicker to compare too."""


def encode(statement: Statement) -> bytes:
    """The canonical bytes. Raises ``SchemaError`` for a statement that breaks its own rules."""
    value = write(statement)
    assert isinstance(value, dict)
    return dump({**value, "v": FORMAT, "type": statement.type})


def decode(untrusted_data: bytes) -> Statement | Newer:
    """Read canonical bytes. Raises ``Refused`` for anything that is not exactly a statement."""
    refusal = Refused(N_("This file is damaged or was made by something else; ask the sender for it again."))
    value = load(untrusted_data)
    if not isinstance(value, dict):
        raise refusal
    version = value.get("v")
    if type(version) is int and version > FORMAT:
        return _newer(version, value, refusal)
    cls = TYPES.get(str(value.get("type")))
    if type(version) is not int or version != FORMAT or cls is None:
        raise refusal
    try:
        statement = read(cls, {key: entry for key, entry in value.items() if key not in ("v", "type")})
        datetime.strptime(statement.time, "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007  only whether the calendar has it
    except (SchemaError, ValueError) as error:
        raise refusal from error
    if (statement.dossier == "") != isinstance(statement, Genesis):
        raise refusal
    return statement


def recall(data: bytes) -> Statement | Newer:
    """Read bytes that ``decode`` has accepted before and that were kept where nobody else writes."""
    value = json.loads(data.decode())
    for key in _SAID_OFTEN:
        if key in value:
            value[key] = intern(value[key])
    cls = TYPES[value.pop("type")] if value.pop("v") == FORMAT else None
    return decode(data) if cls is None else build(cls, value)


def statement_id(data: bytes) -> str:
    """SHA-256 of the canonical bytes, 64 hexadecimal digits."""
    return identifier(data)


def _newer(version: int, value: dict[str, Json], refusal: Refused) -> Newer:
    dossier, signer = value.get("dossier"), value.get("signer")
    if not isinstance(dossier, str) or not isinstance(signer, str):
        raise refusal
    if not re.fullmatch("([0-9a-f]{64})?", dossier, re.ASCII) or not re.fullmatch("[0-9a-f]{64}", signer, re.ASCII):
        raise refusal
    return Newer(version, dossier, signer)


def keys(cls: type[Statement]) -> frozenset[str]:
    """The exact key set of a type in JSON."""
    return frozenset(field.name for field in fields(cls)) | {"v", "type"}
