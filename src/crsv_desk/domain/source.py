"""A letter as its author wrote it, before it is a statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


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
    instead: str = ""
    """What may stand for a subject that the file does not name: a title in its properties, or its own name."""
    instead_said: str = ""
    """A translated sentence that says so."""

    def with_subject(self, before: str = "") -> Source:
        """The same with a subject: the file's own; else the one that the letter had before; else what may stand for it,
        and then that is said."""
        if self.front.get("subject"):
            return self
        said = () if before else (self.instead_said,)
        front = {**self.front, "subject": before or self.instead}
        return replace(self, front=front, remarks=(*said, *self.remarks))
