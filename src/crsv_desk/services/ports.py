"""What the services need from the outside, as small protocols. ``app.py`` plugs the real adapters in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from crsv_desk.domain.blocks import Block
from crsv_desk.domain.changes import BlockChange, Run
from crsv_desk.domain.draft_paper import DraftLetter
from crsv_desk.domain.fair_copy import FairCopy
from crsv_desk.domain.irregularities import Irregularity
from crsv_desk.domain.packet import Certificate, Packet
from crsv_desk.domain.paper import CombinedLetter, Erratum
from crsv_desk.domain.progress import Report, silent
from crsv_desk.domain.records import IdentityRecord as IdentityRecord
from crsv_desk.domain.records import Pin as Pin
from crsv_desk.domain.seal import SealBy, SealReport
from crsv_desk.domain.source import Source


class Signer(Protocol):
    """A private key and its certificate."""

    @property
    def certificate(self) -> Certificate: ...

    def sign(self, data: bytes) -> bytes:
        """ECDSA P-256 with SHA-256 over ``data``: deterministic (RFC 6979), low-S, DER."""
        ...

    def private_key(self) -> bytes:
        """PKCS#8 DER, for the vault and for the PDF seal; never written anywhere else."""
        ...


class Keys(Protocol):
    """Makes and reads key pairs."""

    def new(self, organisation: str) -> Signer:
        """A new P-256 key with its self-signed certificate."""
        ...

    def load(self, private_key: bytes, certificate: bytes) -> Signer: ...

    def read_certificate(self, untrusted_der: bytes) -> Certificate:
        """Rebuild and compare a certificate of our profile, its self-signature verified. Raises ``Refused``."""
        ...

    def verify(self, certificate: Certificate, signature: bytes, data: bytes) -> bool:
        """Whether a low-S ECDSA/SHA-256 ``signature`` by ``certificate`` stands under ``data``."""
        ...


class Packets(Protocol):
    """The container."""

    def build(self, statement: bytes, files: Mapping[str, bytes], time: str, signer: Signer) -> bytes:
        """The one container for these; ``time`` as ``2026-05-26T14:05:00Z``."""
        ...

    def read(self, untrusted_data: bytes) -> Packet:
        """Verify. Raises ``Refused``."""
        ...

    def bundle(self, members: Iterable[bytes]) -> bytes:
        """The canonical bundle of packets, openings and sealed files."""
        ...

    def kind(self, untrusted_data: bytes) -> str:
        """By content alone: "packet", "bundle", "sealed", "encrypted" (an age file), "text", "opening",
        "pdf" or "unknown"."""
        ...

    def members(self, untrusted_data: bytes) -> Sequence[bytes]:
        """The members of a bundle. Raises ``Refused``."""
        ...

    def to_text(self, data: bytes) -> str:
        """For mail and messengers: base64 between marker lines."""
        ...

    def from_text(self, untrusted_text: bytes) -> Sequence[bytes]:
        """Every packet found between marker lines in pasted text. Raises ``Refused``."""
        ...


class Sealing(Protocol):
    """Sealing to recipients (age, X25519)."""

    def new_secret(self) -> str:
        """A new age identity, ``AGE-SECRET-KEY-1...``."""
        ...

    def recipient(self, secret: str) -> str:
        """Its public recipient, ``age1...``."""
        ...

    def is_recipient(self, untrusted_text: str) -> bool: ...

    def seal(self, content: bytes, recipients: Sequence[str]) -> bytes:
        """``crsv-sealed 1`` and age over exactly 64 KiB. Raises ``Refused`` when ``content`` is larger."""
        ...

    def open(self, untrusted_data: bytes, secrets: Iterable[str]) -> bytes | None:
        """The content, or ``None`` if it is sealed to others. Raises ``Refused`` if it is damaged."""
        ...

    def encrypt(self, content: bytes, recipients: Sequence[str]) -> bytes:
        """An ordinary age file of any size."""
        ...

    def decrypt(self, untrusted_data: bytes, secrets: Iterable[str]) -> bytes | None:
        """The content of an age file, or ``None`` if it is for others. Raises ``Refused`` if it is damaged."""
        ...


class Letters(Protocol):
    """Text in and out."""

    def read(self, untrusted_data: bytes, name: str) -> Source:
        """Markdown with front matter, plain text, .docx or .odt. Raises ``Refused``."""
        ...

    def blocks(self, markdown: str, ids: Sequence[str] = ()) -> tuple[Block, ...]:
        """Parse CommonMark without HTML, images and references. ``ids`` name the blocks; without, they are derived."""
        ...

    def carry_ids(self, markdown: str, old: Sequence[Block]) -> tuple[Block, ...]:
        """Parse a changed text; blocks that are the same or much alike keep their ids, new ones get new ids."""
        ...

    def partners(self, untrusted_csv: bytes) -> Sequence[tuple[str, str]]:
        """Organisation and country of each line of a table. Raises ``Refused``."""
        ...

    def irregularities(self, markdown: str, language: str) -> Sequence[Irregularity]:
        """Places that a careful reader would look at, in the order of the text, with what could stand there."""
        ...

    def markdown(self, front: Mapping[str, object], body: str) -> bytes:
        """A Markdown file with front matter that ``read`` takes in again as it was."""
        ...

    def docx(self, copy: FairCopy) -> bytes:
        """The letter as .docx, in the styles that every word processor knows."""
        ...

    def replace_block(self, markdown: str, block: Block, words: str) -> str:
        """``markdown`` with the words of ``block`` replaced by plain ``words`` (the mark-up of its kind stays);
        unchanged where no block says exactly the words of ``block``."""
        ...

    def word_runs(self, old: str, new: str) -> Sequence[Run]:
        """The words that stayed, went and came from one text to the other, in reading order."""
        ...

    def compare(self, old: Sequence[Block], new: Sequence[Block]) -> Sequence[BlockChange]:
        """What changed, block by block (matched by id) and word by word, in the new text's order; a removed block
        stands where it was."""
        ...


class Pictures(Protocol):
    """Images from outside."""

    def normalise(self, untrusted_data: bytes, largest: tuple[int, int], most_bytes: int) -> bytes:
        """A PNG or JPEG, capped by its header (4 megapixels), re-encoded as a plain PNG without metadata, made
        smaller to fit ``largest`` pixels and ``most_bytes``. Raises ``Refused``."""
        ...

    def check(self, untrusted_data: bytes) -> None:
        """Raises ``Refused`` for what ``normalise`` would not take, without writing it anew."""
        ...


class SealingKey(Protocol):
    """An open key that seals."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of its certificate, 64 hexadecimal digits."""
        ...


class Paper(Protocol):
    """Pages."""

    def typeset_erratum(self, erratum: Erratum, report: Report) -> bytes:
        """The erratum before its seal, with an empty seal field; deterministic. Raises ``DeskError``."""
        ...

    def typeset(self, letter: CombinedLetter, report: Report) -> bytes:
        """The PDF before its seal, with an empty seal field; deterministic. Raises ``DeskError``."""
        ...

    def typeset_draft(self, draft: DraftLetter, report: Report) -> bytes:
        """A draft for reading and answering on paper, marked as one on every page. Raises ``DeskError``."""
        ...

    def sealing_key(self, by: SealBy, own: Signer, now: str) -> AbstractContextManager[SealingKey]:
        """The key that was chosen, while it is open. Raises ``DeskError``: it cannot be opened, or may not seal."""
        ...

    def seal(self, pdf: bytes, key: Any, time: str, timestamp: str = "", report: Report = silent) -> bytes:
        """PAdES, certified with DocMDP level 1, covering the entire file: B-B; with a timestamp authority's address
        B-LT in one revision, or B-T. ``key`` is a ``Signer`` or what ``sealing_key`` opened. Raises ``DeskError``."""
        ...

    def extend(self, pdf: bytes, timestamp: str) -> bytes:
        """PAdES B-LTA: validation data and a timestamp over the whole file, as one further revision. ``pdf`` was
        checked. Raises ``DeskError``."""
        ...

    def check(self, untrusted_pdf: bytes, report: Report = silent) -> SealReport: ...

    def differences(self, untrusted_pdf: bytes, expected_pdf: bytes, report: Report = silent) -> Sequence[str]:
        """Where the pages of a sealed PDF differ from a typeset one: a translated sentence for each, or none."""
        ...

    def same_words(self, untrusted_pdf: bytes, letter: CombinedLetter | Erratum) -> bool:
        """Whether its pages say the words of ``letter`` in the same order and no others, whatever became of the file and
        wherever its pages end. Pictures and drawn marks are not compared. Raises ``Refused``."""
        ...

    def same_unseen(self, untrusted_pdf: bytes, letter: CombinedLetter | Erratum) -> bool:
        """Whether a sealed PDF says what ``letter`` does beside its pages' words: alternative texts, bookmarks, links,
        properties, descriptions of files. Raises ``Refused``."""
        ...

    def holds_strangers(self, untrusted_pdf: bytes) -> bool:
        """Whether it holds what no combined PDF does, whichever version made it: scripts, layers, notes, objects that are
        reached from nowhere. Raises ``Refused``."""
        ...

    def leaks(
        self,
        pdf: bytes,
        names: Iterable[str],
        public: Iterable[str] = (),
        quoted: Iterable[str] = (),
        quoting: Iterable[bytes] = (),
        beside: Iterable[bytes] = (),
        report: Report = silent,
    ) -> Sequence[str]:
        """Every place where one of ``names`` stands in any byte of the PDF, or of the files ``beside`` it, but as a part
        of a ``public`` name, as translated sentences; and where one of ``quoted``, which the signed text says, stands in
        other such files than those ``quoting`` it."""
        ...

    def says(self, text: str, name: str) -> bool:
        """Whether ``text`` says ``name``, in whatever spelling ``leaks`` would find."""
        ...

    def fonts_digest(self) -> str:
        """SHA-256 of the font list: part of a closing's layout."""
        ...


class Clock(Protocol):
    def now(self) -> str:
        """UTC, ``2026-05-26T14:05:00Z``."""
        ...


class Randomness(Protocol):
    def token(self) -> bytes:
        """32 random bytes."""
        ...


class Files(Protocol):
    """Files of the person, outside the workspace."""

    def save(self, path: Path, data: bytes) -> None:
        """Write to a temporary name beside it, flush, read back, compare, rename. Raises ``DeskError``; the old
        file is whole."""
        ...

    def load(self, path: Path, most_bytes: int) -> bytes:
        """Raises ``DeskError`` when it is missing, unreadable or larger."""
        ...


class Store(Protocol):
    """The encrypted workspace. All bytes given are kept as they are; nothing is interpreted."""

    def atomic(self) -> AbstractContextManager[None]:
        """Everything inside happens, or nothing."""
        ...

    def identity(self) -> IdentityRecord | None: ...
    def set_identity(self, record: IdentityRecord) -> None: ...

    def put_packet(self, statement_id: str, dossier: str, kind: str, data: bytes, card: bytes) -> None:
        """Keep a packet under its statement's id, replacing an earlier one; ``card`` says in few bytes what was read
        of it."""
        ...

    def packets(self, dossier: str) -> Mapping[str, bytes]:
        """Every packet of a dossier by statement id (the genesis too)."""
        ...

    def packet(self, statement_id: str) -> bytes | None:
        """One packet; ``None`` where it is not held or was erased."""
        ...

    def cards(self, dossier: str) -> Mapping[str, bytes]:
        """The card of every packet of a dossier by statement id; empty where it was erased."""
        ...

    def count_packets(self, dossier: str) -> int:
        """How many packets of a dossier are held, or were before they were erased."""
        ...

    def card(self, statement_id: str) -> bytes | None:
        """One card; ``None`` where its packet is not held or was erased."""
        ...

    def revision(self, dossier: str) -> int:
        """Grows with every change to the packets and documents of a dossier, also with one that was undone."""
        ...

    def written_since(self, dossier: str, revision: int) -> frozenset[tuple[str, str]]:
        """What changed after ``revision``, while this workspace is open: ("packet", statement id) or (kind, key)."""
        ...

    def keep(self, dossier: str, revision: int, mark: str, data: bytes) -> bool:
        """Keep what was worked out of a dossier, replacing what was; not if it was written to after ``revision``. It is
        gone when anything of the dossier is destroyed."""
        ...

    def kept(self, dossier: str) -> tuple[str, bytes, Sequence[tuple[str, str]]] | None:
        """What ``keep`` was given, mark and data, and what was written since, in that order; ``None`` where there is
        nothing."""
        ...

    def erase_packet(self, statement_id: str) -> None:
        """Destroy a packet's content, keeping its id, kind and digest."""
        ...

    def dossiers(self) -> Sequence[str]:
        """Ids of the dossiers held, in the order in which they arrived."""
        ...

    def put_document(self, dossier: str, kind: str, key: str, data: bytes) -> None:
        """Keep another document of a dossier ("opening", "disclosure", "sealed", "draft", "reply", "outbox"),
        replacing one of the same kind and key."""
        ...

    def documents(self, dossier: str, kind: str) -> Mapping[str, bytes]: ...
    def delete_document(self, dossier: str, kind: str, key: str) -> None: ...

    def put_pin(self, pin: Pin) -> None: ...
    def pins(self) -> Mapping[str, Pin]:
        """By certificate fingerprint."""
        ...

    def setting(self, name: str, default: str = "") -> str: ...
    def set_setting(self, name: str, value: str) -> None: ...
    def close(self) -> None: ...
