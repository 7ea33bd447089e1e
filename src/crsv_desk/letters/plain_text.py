"""A plain text file as Markdown: paragraphs, and lists where lines begin as items do; every sign stands as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crsv_desk.domain.blocks import Span
from crsv_desk.letters.gathering import Found
from crsv_desk.letters.writing import write

_ITEM = re.compile(r"\s*(?:[-*•–]|(\d{1,9})[.)])\s+(.*)", re.DOTALL)
_BLANK = re.compile(r"\n[ ]*\n")


def from_plain(text: str) -> str:
    """The Markdown of a plain text. Blank lines part paragraphs; without any, each line is one."""
    return write(list(_blocks(text.expandtabs(4))))


def _blocks(text: str) -> Iterator[Found]:
    apart = _BLANK.search(text.strip("\n ")) is not None
    for paragraph in _BLANK.split(text) if apart else text.split("\n"):
        lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
        waiting: list[str] = []
        marker = ""
        for line in lines:
            if found := _ITEM.fullmatch(line):
                yield from _made(waiting, marker)
                marker, waiting = f"{found[1]}." if found[1] else "•", [found[2]]
            else:
                waiting.append(line)
        yield from _made(waiting, marker)


def _made(lines: list[str], marker: str) -> Iterator[Found]:
    """Lines that were wrapped are one paragraph again."""
    words = " ".join(lines).strip()
    if words:
        yield Found("item" if marker else "paragraph", (Span(words),), 1 if marker else 0, marker)
