"""Ids of blocks: derived from the words at first, then carried from version to version, so that remarks find their place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import sha256

from crsv_desk.domain.blocks import Block
from crsv_desk.letters.markdown import Parsed

_ALIKE = 0.4
"""The share of common words from which a block counts as the old one, changed."""
_NEAR = 4
_FEW = 8
"""So many old blocks may have a word that is to tell which of them a changed one was."""


def derived(blocks: Sequence[Parsed]) -> tuple[Block, ...]:
    """Blocks under new ids."""
    fresh = _Fresh(())
    return tuple(block.named(fresh.id(block)) for block in blocks)


def carried(blocks: Sequence[Parsed], old: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks that are the same or much alike keep their old id; the others get new ones."""
    ids: dict[int, str] = {}
    # The same words first, in order; a block that was moved keeps its id too.
    same: dict[tuple[str, str], deque[Block]] = defaultdict(deque)
    for one in old:
        same[one.kind, one.text].append(one)
    for index, block in enumerate(blocks):
        if same[block.kind, block.text]:
            ids[index] = same[block.kind, block.text].popleft().id
    left = {one.id for one in old} - set(ids.values())
    for _likeness, index, identifier in sorted(
        _likenesses(blocks, old, left, ids), key=lambda found: (-found[0], found[1], found[2])
    ):
        if index not in ids and identifier in left:
            ids[index] = identifier
            left.remove(identifier)
    fresh = _Fresh([block.id for block in old])
    return tuple(block.named(ids[index] if index in ids else fresh.id(block)) for index, block in enumerate(blocks))


def _likenesses(
    blocks: Sequence[Parsed], old: Sequence[Block], left: set[str], done: dict[int, str]
) -> Iterator[tuple[float, int, str]]:
    """How alike changed blocks are to old ones: to those that stood where they stand, and to those that share words
    which few have. Looking at every pair would cost the square of a letter's length."""
    places = {one.id: at for at, one in enumerate(old)}
    words = {one.id: _words(one.text) for one in old if one.id in left}
    having: dict[str, list[str]] = defaultdict(list)
    for key, said in words.items():
        for word in set(said):
            having[word].append(key)
    behind = 0
    for index, block in enumerate(blocks):
        if index in done:
            behind = places[done[index]] + 1
            continue
        said = _words(block.text)
        near = [one.id for one in old[behind : behind + _NEAR] if one.id in left]
        sharing = Counter(key for word in set(said) if len(having[word]) <= _FEW for key in having[word])
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(said)
        for key in dict.fromkeys([*near, *(key for key, _count in sharing.most_common(_NEAR))]):
            if old[places[key]].kind != block.kind:
                continue
            matcher.set_seq1(words[key])
            if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
                likeness = matcher.ratio()
                if likeness >= _ALIKE:
                    yield likeness, index, key
        behind += 1


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
