"""A letter's text as blocks: the window, the paper, comments and comparison all use the same ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "emphasis", "strong", "strong emphasis", "code"]
Kind = Literal["heading", "paragraph", "item", "quote"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; ``href`` is the target of a link, or empty. A line break is ``\\n``."""

    text: str
    style: Style = "plain"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or quoted paragraph, with an id that later versions keep.

    ``level`` is a heading's level (1 to 6) or an item's depth (from 1), else 0; ``marker`` is an item's
    ``"•"`` or ``"3."``, or empty for a further paragraph of the same item.
    """

    id: str
    kind: Kind
    spans: tuple[Span, ...]
    level: int = 0
    marker: str = ""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


def words(blocks: Iterable[Block]) -> list[str]:
    """Every word of the blocks, in reading order."""
    return [word for block in blocks for word in block.text.split()]
