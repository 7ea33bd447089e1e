"""What changed: blocks matched by id, words by diff-match-patch with each word as one character."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from diff_match_patch import diff_match_patch

from crsv_desk.domain.blocks import Block
from crsv_desk.domain.changes import BlockChange, Run

_PIECES = re.compile(r"\s+|[^\s]+")
_FIRST = 0x100
_SHORT = 1_200
"""Words and spaces of both texts up to which they are compared as a whole."""
_STRETCH = 100
_KINDS = {-1: "removed", 0: "same", 1: "added"}


def compare(old: Sequence[Block], new: Sequence[Block]) -> list[BlockChange]:
    """In the new text's order; a removed block stands where it was."""
    before = {block.id: block for block in old}
    kept = {block.id for block in new}
    result: list[BlockChange] = []
    removed_behind: dict[str, list[Block]] = {}
    anchor = ""
    for block in old:
        if block.id in kept:
            anchor = block.id
        else:
            removed_behind.setdefault(anchor, []).append(block)

    def removed(behind: str) -> None:
        result.extend(
            BlockChange("removed", one, (Run("removed", one.text),)) for one in removed_behind.get(behind, ())
        )

    removed("")
    for block in new:
        earlier = before.get(block.id)
        if earlier is None:
            result.append(BlockChange("added", block, (Run("added", block.text),)))
        elif (earlier.kind, earlier.level, earlier.marker, earlier.spans) == (
            block.kind,
            block.level,
            block.marker,
            block.spans,
        ):
            result.append(BlockChange("same", block, (Run("same", block.text),)))
        else:
            result.append(BlockChange("changed", block, word_runs(earlier.text, block.text)))
        removed(block.id)
    return result


@lru_cache(maxsize=64)
def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """The words that stayed, went and came, in reading order. Remembered: what one remark proposes is asked for when it is
    shown, when a decision is chosen and when it is kept."""
    before, behind = _PIECES.findall(old), _PIECES.findall(new)
    if len(before) + len(behind) <= _SHORT:
        return tuple(_compared(before, behind))
    runs: list[Run] = []
    for start, start_new, end, end_new in _stretches(before, behind):
        runs += _compared(before[start:end], behind[start_new:end_new])
    return tuple(_joined(runs))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Long texts in parts that can be compared by themselves, so that the cost grows with their length and not with its
    square: they are cut at words that stand exactly once in both, in the same order (Bram Cohen's patience diff)."""
    start, start_new = 0, 0
    for at, at_new in _anchors(old, new):
        if at - start + at_new - start_new >= _STRETCH:
            yield start, start_new, at, at_new
            start, start_new = at, at_new
    yield start, start_new, len(old), len(new)


def _anchors(old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[int, int]]:
    count, count_new = Counter(old), Counter(new)
    place = {piece: at for at, piece in enumerate(new) if count_new[piece] == 1}
    pairs = [(at, place[piece]) for at, piece in enumerate(old) if count[piece] == 1 and piece in place]
    # The longest run of pairs that rises in both (patience sorting).
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_at, at_new) in enumerate(pairs):
        pile = bisect_left(ends, at_new)
        before.append(last[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [at_new]
        last[pile : pile + 1] = [number]
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    for kind, group in groupby(runs, key=lambda run: run.kind):
        yield Run(kind, "".join(run.text for run in group))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    numbers: dict[str, int] = {}
    pieces: list[str] = []

    def encoded(words: Sequence[str]) -> str:
        characters = []
        for piece in words:
            if piece not in numbers:
                numbers[piece] = len(pieces)
                pieces.append(piece)
            code = _FIRST + numbers[piece]
            characters.append(chr(code if code < 0xD800 else code + 0x800))  # no surrogates
        return "".join(characters)

    def decoded(text: str) -> str:
        codes = (ord(character) for character in text)
        return "".join(pieces[(code if code < 0xD800 else code - 0x800) - _FIRST] for code in codes)

    matcher = diff_match_patch()
    matcher.Diff_Timeout = 0  # a limit on time would make the answer depend on the machine
    found = matcher.diff_main(encoded(old), encoded(new), False)
    matcher.diff_cleanupSemantic(found)
    return (Run(_KINDS[kind], decoded(text)) for kind, text in found)  # type: ignore[arg-type]
