"""What text looks like: family, cut, size, leading and colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from crsv_desk.pdf.fonts import Family

INK = "#1A1A1A"
GREY = "#4A5557"
LINE = "#7F8C8E"
HAIR = "#B9C4C5"


@dataclass(frozen=True, slots=True, eq=False)
class TextStyle:
    """Sizes and leadings in points, colour as ``#RRGGBB``. Compared by identity: it is a key of caches."""

    family: Family
    size: float
    leading: float
    bold: bool = False
    italic: bool = False
    colour: str = INK
    tabular: bool = False
    """Figures of equal width."""

    @lru_cache(maxsize=256)  # noqa: B019 (styles live as long as the program)
    def but(self, *, bold: bool | None = None, italic: bool | None = None, colour: str | None = None) -> TextStyle:
        """The same style in another cut or colour."""
        return replace(
            self,
            bold=self.bold if bold is None else bold,
            italic=self.italic if italic is None else italic,
            colour=self.colour if colour is None else colour,
        )

    @lru_cache(maxsize=256)  # noqa: B019
    def times(self, factor: float) -> TextStyle:
        """The same style, so many times as large."""
        return replace(self, size=self.size * factor, leading=self.leading * factor)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one style. ``\\n`` is a forced line end, ``GLUE`` a space at which no line ends."""

    text: str
    style: TextStyle
    language: str = ""
    """BCP 47, where it differs from the text around it."""
    link: str = ""
    """The target of a link, or empty."""


GLUE = "\x1f"
"""A space at which no line ends; a plain space to whoever copies or searches the text."""
