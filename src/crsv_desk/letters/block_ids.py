"""Ids of blocks: derived from the words at first, then carried from version to version, so that remarks find their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256

from crsv_desk.domain.blocks import Block
from crsv_desk.letters.markdown import Parsed

_ALIKE = 0.4
"""The share of common words from which a block counts as the old one, changed."""


def derived(blocks: Sequence[Parsed], taken: Sequence[str] = ()) -> tuple[Block, ...]:
    """Blocks under new ids that none of ``taken`` bears."""
    fresh = _Fresh(taken)
    return tuple(block.named(fresh.id(block)) for block in blocks)


def carried(blocks: Sequence[Parsed], old: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks that are the same or much alike keep their old id; the others get new ones."""
    ids: dict[int, str] = {}
    left = list(old)
    # The same words first, in order; a block that was moved keeps its id too.
    for index, block in enumerate(blocks):
        match = next((one for one in left if (one.kind, one.text) == (block.kind, block.text)), None)
        if match is not None:
            ids[index] = match.id
            left.remove(match)
    for _, index, identifier in sorted(
        _likenesses(blocks, left, ids), key=lambda found: (-found[0], found[1], found[2])
    ):
        if index not in ids and any(one.id == identifier for one in left):
            ids[index] = identifier
            left = [one for one in left if one.id != identifier]
    fresh = _Fresh([block.id for block in old])
    return tuple(block.named(ids[index] if index in ids else fresh.id(block)) for index, block in enumerate(blocks))


def _likenesses(
    blocks: Sequence[Parsed], old: Sequence[Block], done: dict[int, str]
) -> Iterator[tuple[float, int, str]]:
    words = {one.id: _words(one.text) for one in old}
    for index, block in enumerate(blocks):
        if index in done:
            continue
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(_words(block.text))
        for one in old:
            if one.kind != block.kind:
                continue
            matcher.set_seq1(words[one.id])
            if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
                likeness = matcher.ratio()
                if likeness >= _ALIKE:
                    yield likeness, index, one.id


def _words(text: str) -> list[str]:
    """Words alone: neither case nor punctuation makes another block of it."""
    return re.findall(r"\w+", text.casefold())


class _Fresh:
    def __init__(self, taken: Sequence[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def id(self, block: Parsed) -> str:
        stem = "b" + sha256(f"{block.kind}\n{block.text}".encode()).hexdigest()[:8]
        while True:
            number = self._next.get(stem, 0)
            self._next[stem] = number + 1
            found = f"{stem}-{number}" if number else stem
            if found not in self._taken:
                self._taken.add(found)
                return found
