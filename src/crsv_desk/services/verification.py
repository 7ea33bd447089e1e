"""What a check found: whether the file is whole, and whose it is, answered apart; and all that this rests on."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Literal

from crsv_desk.domain.seal import Level
from crsv_desk.i18n import N_, _

Pages = Literal["", "the same", "different", "not compared", "the same words", "other words", "not set"]
"""``not compared``: another version set them, in the same words. ``other words``: another version set them, and this one
writes other words, there or for those who do not see them. ``not set``: this one cannot set them at all."""

Conclusion = Literal[
    "genuine",
    "pages not compared",
    "other words",
    "not set",
    "whose unknown",
    "seal lost",
    "changed",
    "no seal",
    "no proof",
    "unreadable",
]
"""What a check comes to. ``pages not compared``: whole and known whose, but another version set these pages, in the words
that this one sets. ``other words``, ``not set``: another version set them, and this one writes other words, or none;
everything else holds, and whether the pages say what was signed is not known.
``seal lost``: the words that were sealed, in a file that is no longer the sealed one. ``no seal`` is not the same as
false. ``no proof``: a seal over nothing that could be checked. ``unreadable``: no check was possible."""

TITLES: Mapping[Conclusion, str] = {
    "genuine": N_("This is genuine, and nothing in it was changed"),
    "pages not compared": N_("The seal is genuine, but the pages were not compared"),
    "other words": N_("The pages were not compared, and this version would write something else"),
    "not set": N_("The pages were not compared, and neither were their words"),
    "whose unknown": N_("Nothing was changed, but we do not know for sure whose it is"),
    "seal lost": N_("The same words, but the seal is lost"),
    "changed": N_("Do not trust this: something in it was changed"),
    "no seal": N_("This PDF has no seal"),
    "no proof": N_("Nothing in this PDF can be proved"),
    "unreadable": N_("This file could not be checked"),
}

NOT_KNOWN: Set[Conclusion] = frozenset({"other words", "not set"})
"""The seal holds over the whole file, and whether its pages say what was signed is not known."""

Topic = Literal["whole", "whose", "since"]
"""Which question a finding answers; ``since``: news held here that is later than the file, no part of the verdict."""

Outcome = Literal["holds", "look", "fails"]
"""Of one endorsement. ``look``: it holds, and there is something that one should know about it."""

BASES: Mapping[str, str] = {
    "own": N_("the key of the secretariat itself"),
    "voice": N_("the secretariat compared its code by telephone"),
    "video": N_("the secretariat compared its code by video"),
    "in-person": N_("the secretariat compared its code in person"),
    "address": N_("it came from an address that the secretariat knew"),
    "vouched": N_("somebody vouched for it to the secretariat"),
    "": N_("nobody has compared its code"),
}
"""On what it rests that a key is the organisation's, as the secretariat declares it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``holds`` is ``None`` for what is only claimed or only news."""

    holds: bool | None
    sentence: str
    """Translated."""
    topic: Topic = "whole"


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
    version: int = 0
    """Of the text that it signed; 0 where that is not in the file."""
    basis: str = ""
    """A key of ``BASES``."""
    compared: str = ""
    """The day of that, ``2026-05-13``, or empty."""
    notes: tuple[str, ...] = ()
    """What one should know about it, translated."""

    @property
    def outcome(self) -> Outcome:
        """The worst of what there is to say."""
        if not self.holds:
            return "fails"
        return "look" if self.notes else "holds"


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
    conclusion: Conclusion = "unreadable"
    fingerprint: str = ""
    """Of the key whose code answers whose it is, 64 hexadecimal digits; empty where no code could."""
    level: Level = ""
    beside: str = ""
    """Name of the file beside a slim edition in which its statements were found."""

    attached: int = 0
    """Files that a PDF carries."""

    @property
    def holds(self) -> bool:
        """Both answers are yes."""
        return self.whole and self.whose

    @property
    def known(self) -> bool:
        """Whether there is a yes or a no to whether it is whole."""
        return self.conclusion not in NOT_KNOWN

    @property
    def title(self) -> str:
        """The conclusion in one line, translated."""
        return _(TITLES[self.conclusion])
