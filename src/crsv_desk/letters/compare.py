"""What changed: blocks matched by id, words by diff-match-patch with each word as one character."""

from __future__ import annotations

import re
from collections.abc import Sequence

from diff_match_patch import diff_match_patch

from crsv_desk.domain.blocks import Block
from crsv_desk.domain.changes import BlockChange, Run

_PIECES = re.compile(r"\s+|[^\s]+")
_FIRST = 0x100
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


def word_runs(old: str, new: str) -> tuple[Run, ...]:
    """The words that stayed, went and came, in reading order."""
    numbers: dict[str, int] = {}
    pieces: list[str] = []

    def encoded(text: str) -> str:
        characters = []
        for piece in _PIECES.findall(text):
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
    return tuple(Run(_KINDS[kind], decoded(text)) for kind, text in found)  # type: ignore[arg-type]
