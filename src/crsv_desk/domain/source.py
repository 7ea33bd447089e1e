"""A letter as its author wrote it, before it is a statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A letter as its author wrote it, before it is published."""

    front: Mapping[str, object]
    """subject, salutation, closing, place, date, language, recipient, lead, partners, deadline, accent: all text,
    ``partners`` a list of text, ``recipient`` a list of lines."""
    body: str
    """CommonMark, NFC, ``\\n`` line ends."""
    remarks: Sequence[str] = ()
    """Translated sentences on what could not be taken in."""
