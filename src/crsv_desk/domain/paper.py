"""The combined PDF as data: everything its pages say, decided before anything is typeset.

Typesetting is a pure function of a ``CombinedLetter``: the same value gives the same bytes before the seal.
Every string is final text in the letter's language, or as it was signed; the paper adds only its fixed wording.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from crsv_desk.domain.blocks import Block
from crsv_desk.domain.changes import Run
from crsv_desk.domain.marks import Mark

Edition = Literal["public", "slim", "full"]
"""For everybody; for everybody, its statements in a file beside it; for one reader, with every name."""
How = Literal["mail", "paper", "phone", "meeting", "message"]

LAYOUT_RULES = 1
"""The rules by which these pages are set; a closing names its own, so that checking knows whether it can set them again."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed, as the edition may show it; either may be empty."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """One row of the signatories and of the evidence."""

    organisation: str
    """The printed name."""
    latin: str
    """The Latin spelling where ``organisation`` is in another script, else empty."""
    people: tuple[Person, ...]
    logo: bytes
    """A normalised PNG, or empty."""
    mark: Mark | None
    reservation: str
    """The reservation to print, or empty."""
    statement: str
    """The endorsement's id, 64 hexadecimal digits."""
    certificate: str
    """Fingerprint of the key that signed, 64 hexadecimal digits."""
    time: str
    """The claimed time, ``2026-05-22T14:05:00Z``, or ``2026-05-22`` where only the day is public."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF."""

    name: str
    data: bytes
    media_type: str
    description: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """Below the closing words: the lead, and on whose behalf it also signs."""

    lead: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterText:
    """The signed words: set in serif, uninterrupted, from address to sign-off."""

    language: str
    """BCP 47."""
    direction: Literal["ltr", "rtl"]
    recipient: tuple[str, ...]
    """Address lines."""
    subject: str
    salutation: str
    blocks: tuple[Block, ...]
    closing_words: str


@dataclass(frozen=True, slots=True)
class CorrectedBlock:
    """A paragraph that a correction changed."""

    number: int
    """As paragraphs are counted; 0 for a heading."""
    runs: tuple[Run, ...]
    """From the words that were signed to those that are printed."""
    language: str = ""
    """Of its words, where the letter binds in several; empty for the first."""


@dataclass(frozen=True, slots=True)
class CorrectedVersion:
    """An earlier version that some signed, and what the printed one changes in it."""

    old: int
    new: int
    organisations: tuple[str, ...]
    changes: tuple[CorrectedBlock, ...]


@dataclass(frozen=True, slots=True)
class CombinedLetter:
    """One edition of one closed letter."""

    text: LetterText
    lead: str
    lead_logo: bytes
    place: str
    date: str
    """The sending date, ``2026-05-26``."""
    sign_off: SignOff
    signatories: tuple[Signatory, ...]
    withheld: tuple[str, ...]
    """Sorted statement ids of the endorsements whose organisation is not named in this edition."""
    declared: tuple[tuple[How, int], ...]
    """How many organisations answered yes by other means, as the secretariat declares; by how."""
    dossier: str
    letter: str
    """Id of the letter statement; the letter code is its spoken code."""
    closing: str
    """Id of the closing statement."""
    secretariat_key: str
    """Fingerprint of the key that signed the closing: its code is the one to compare. The seal may be by another."""
    closing_time: str
    """The closing's claimed time, ``2026-05-26T08:00:00Z``: the PDF's creation date."""
    edition: Edition
    accent: str
    """``#12494F``."""
    notice: str
    """Printed in real text on every page, or empty ("VOORBEELD, niet ondertekend door deze organisaties")."""
    attachments: tuple[Attachment, ...]
    """Inside the PDF; of a slim edition, in the file beside it."""
    also: tuple[LetterText, ...] = ()
    """The same letter in other languages that are authentic too: printed behind the first."""
    corrected: tuple[CorrectedVersion, ...] = ()
    """The earlier versions that endorsements were given to which count for this one."""

    @property
    def attested(self) -> int:
        """How many organisations answered yes by other means."""
        return sum(count for _, count in self.declared)


@dataclass(frozen=True, slots=True)
class Leaver:
    """An organisation by name that took its signature back after the letter was sent."""

    organisation: str
    endorsement: str
    """Id of the endorsement that stood in the letter."""
    refusal: str
    """Id of the statement that takes it back; empty where that is not public."""
    time: str
    """Claimed; the day of the erratum where that is not public."""


@dataclass(frozen=True, slots=True)
class Erratum:
    """What changed after a letter was sent: one page beside it."""

    letter: CombinedLetter
    """What the page is set by: the text and date of the letter, the closing and attachments of the erratum; without
    signatories."""
    date: str
    """The date of the erratum, ``2026-06-09``."""
    sent: str
    """The date of the letter, ``2026-05-26``."""
    closing: str
    """Id of the closing of the letter that was sent."""
    number: int
    """1 for the first erratum to that letter, and so on."""
    before: str
    """The date of what it corrects: of the letter, or of the erratum before."""
    named_before: int
    named_now: int
    unnamed_before: int
    unnamed_now: int
    left: tuple[Leaver, ...]
    remaining: tuple[str, ...]
