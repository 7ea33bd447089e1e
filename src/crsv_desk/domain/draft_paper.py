"""A draft as pages: for reading and for answering on paper. No code, mark or seal of a signed letter stands on it."""

from __future__ import annotations

from dataclasses import dataclass

from crsv_desk.domain.changes import BlockChange, FieldChange
from crsv_desk.domain.paper import LetterText


@dataclass(frozen=True, slots=True)
class DraftLetter:
    """One language of a letter that is not sent yet."""

    text: LetterText
    lead: str
    lead_logo: bytes
    place: str
    date: str
    """The sending date, ``2026-05-26``, or empty where it is still open."""
    names: tuple[str, ...]
    """On whose behalf the lead means to sign."""
    version: int
    before: int
    """The version that the changes are counted from, or 0."""
    changes: tuple[BlockChange, ...]
    """Against that version, in the order of the text."""
    fields: tuple[FieldChange, ...]
    """Those around the text that differ from that version."""
    deadline: str
    """``2026-05-22``, ``2026-05-22T12:00``, or empty."""
    time: str
    """When these pages were made, ``2026-05-19T08:00:00Z``."""
    accent: str
    letter: str
    """Id of the letter statement where this very text is published: then a reply sheet closes the pages. Else empty."""
