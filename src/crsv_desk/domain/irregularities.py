"""Places in a text that a careful reader would look at. They are offered; nothing is ever changed in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from crsv_desk.i18n import N_, _

Sort = Literal["quotes", "spaces", "cut word", "cut paragraph", "link", "hidden", "heading", "dots", "hyphen"]

SENTENCES: dict[Sort, str] = {
    "quotes": N_("Straight quotation marks"),
    "spaces": N_("More than one space"),
    "cut word": N_("A word that was cut at the end of a line"),
    "cut paragraph": N_("A sentence that goes on in the next paragraph"),
    "link": N_("A link that leads nowhere"),
    "hidden": N_("A character that nobody sees"),
    "heading": N_("A line that looks like a heading"),
    "dots": N_("Three dots in a row"),
    "hyphen": N_("A space before a hyphen"),
}


@dataclass(frozen=True, slots=True)
class Irregularity:
    """One place in the Markdown of a text."""

    sort: Sort
    start: int
    end: int
    """Characters from the beginning of the text."""
    words: str
    """What stands there."""
    proposal: str
    """What could stand there instead."""
    around: str
    """The same place with a few words on either side, for a list."""

    @property
    def sentence(self) -> str:
        """What it is, translated."""
        return _(SENTENCES[self.sort])
