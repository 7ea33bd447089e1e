"""What a check found: whether the file is whole, and whose it is, answered apart; and all that this rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Pages = Literal["", "the same", "different", "not compared", "the same words"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``holds`` is ``None`` for what is only claimed or only news."""

    holds: bool | None
    sentence: str
    """Translated."""


@dataclass(frozen=True, slots=True)
class EndorsementFinding:
    """One endorsement in the file."""

    organisation: str
    people: tuple[str, ...]
    statement: str
    """Its id, 64 hexadecimal digits."""
    code: str
    """Of the key that signed: thirty digits."""
    time: str
    """Claimed."""
    holds: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The check of one file."""

    name: str
    kind: str
    """"pdf", "packet", "bundle", "sealed" or "unknown"."""
    whole: bool
    """Nothing was changed since it was signed."""
    whose: bool
    """The signer was confirmed on this workspace, or its code was given."""
    verdict: str
    """One translated sentence."""
    findings: tuple[Finding, ...] = ()
    endorsements: tuple[EndorsementFinding, ...] = ()
    withheld: int = 0
    attested: int = 0
    signer: str = ""
    """Whom the signer's certificate claims to be."""
    code: str = ""
    """The signer's thirty digits."""
    letter_code: str = ""
    edition: str = ""
    pages: Pages = ""

    @property
    def holds(self) -> bool:
        """Both answers are yes."""
        return self.whole and self.whose
