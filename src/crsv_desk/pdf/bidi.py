"""The Unicode Bidirectional Algorithm (UAX #9): embedding levels of a paragraph, and the visual order of a line.

Rule names in the comments (X1, W1, N0, L1 ...) are those of the standard. ``bidi_resolve`` has the W, N and I rules.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from crsv_desk.pdf.bidi_resolve import INITIATORS, REMOVED, Run, resolve

_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI"))
_DEEPEST = 125

Level = int | None
"""``None`` for a formatting character that rule X9 removes."""


@lru_cache(maxsize=65536)
def needs_bidi(text: str) -> bool:
    """Whether ``text`` holds anything that runs from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def isolated(text: str) -> str:
    """``text`` so that what stands around it cannot change its order, nor it theirs: between FSI and PDI."""
    return f"\u2068{text}\u2069"


def levels(text: str, base: int | None = None, types: Sequence[str] | None = None) -> tuple[int, list[Level]]:
    """The paragraph level and the level of every code point.

    Args:
        text: one paragraph.
        base: 0 for left to right, 1 for right to left, ``None`` to let the text decide (P2, P3).
        types: bidirectional classes instead of the characters' own, for the conformance tests.
    """
    original = list(types) if types is not None else [unicodedata.bidirectional(character) or "L" for character in text]
    isolates = _matching_isolates(original)
    if base is None:
        base = _first_strong(original, isolates, 0, len(original)) or 0
    overridden = list(original)
    explicit = _explicit_levels(original, overridden, isolates, base)
    kept = [index for index, kind in enumerate(original) if kind not in REMOVED]
    resolved = list(explicit)
    for run in _isolating_runs(original, explicit, kept, isolates, base):
        resolve(text if types is None else None, overridden, original, resolved, run)
    result: list[Level] = [None] * len(original)
    for index in kept:
        result[index] = resolved[index]
    _reset_whitespace(original, result, base)
    return base, result


def visual_order(line_levels: Sequence[Level]) -> list[int]:
    """L2: the indices of what is shown, from left to right."""
    order = [index for index, level in enumerate(line_levels) if level is not None]
    shown = [level for level in line_levels if level is not None]
    if not shown:
        return order
    lowest_odd = min((level for level in shown if level & 1), default=max(shown) + 1)
    for threshold in range(max(shown), lowest_odd - 1, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and shown[end] >= threshold:
                end += 1
            if end > start:
                order[start:end] = order[start:end][::-1]
                shown[start:end] = shown[start:end][::-1]
            start = end + 1
    return order


def _matching_isolates(types: Sequence[str]) -> dict[int, int]:
    """BD9: isolate initiator to its PDI."""
    matches: dict[int, int] = {}
    waiting: list[int] = []
    for index, kind in enumerate(types):
        if kind in INITIATORS:
            waiting.append(index)
        elif kind == "PDI" and waiting:
            matches[waiting.pop()] = index
    return matches


def _first_strong(types: Sequence[str], isolates: dict[int, int], start: int, end: int) -> int | None:
    """P2, P3."""
    index = start
    while index < end:
        kind = types[index]
        if kind == "L":
            return 0
        if kind in ("R", "AL"):
            return 1
        if kind in INITIATORS:
            if index not in isolates:
                return None
            index = isolates[index]
        index += 1
    return None


def _explicit_levels(original: Sequence[str], overridden: list[str], isolates: dict[int, int], base: int) -> list[int]:
    """X1 to X8. Changes ``overridden`` where an override is in force."""
    result = [base] * len(original)
    stack: list[tuple[int, str | None, bool]] = [(base, None, False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    for index, kind in enumerate(original):
        level, override, isolate = stack[-1]
        result[index] = level
        if kind in ("RLE", "LRE", "RLO", "LRO"):
            deeper = (level + 1) | 1 if kind[0] == "R" else (level + 2) & ~1
            if deeper <= _DEEPEST and not overflow_isolates and not overflow_embeddings:
                stack.append((deeper, {"RLO": "R", "LRO": "L"}.get(kind), False))
            elif not overflow_isolates:
                overflow_embeddings += 1
        elif kind in INITIATORS:
            if override:
                overridden[index] = override
            right = kind == "RLI"
            if kind == "FSI":
                right = _first_strong(original, isolates, index + 1, isolates.get(index, len(original))) == 1
            deeper = (level + 1) | 1 if right else (level + 2) & ~1
            if deeper <= _DEEPEST and not overflow_isolates and not overflow_embeddings:
                valid_isolates += 1
                stack.append((deeper, None, True))
            else:
                overflow_isolates += 1
        elif kind == "PDI":
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            level, override, _ = stack[-1]
            result[index] = level
            if override:
                overridden[index] = override
        elif kind == "PDF":
            if overflow_isolates:
                pass
            elif overflow_embeddings:
                overflow_embeddings -= 1
            elif not isolate and len(stack) > 1:
                stack.pop()
        elif kind == "B":
            result[index] = base
        elif override and kind != "BN":
            overridden[index] = override
    return result


def _isolating_runs(
    original: Sequence[str], explicit: Sequence[int], kept: Sequence[int], isolates: dict[int, int], base: int
) -> list[Run]:
    """X10: level runs, joined over isolates, each with the direction at its borders."""
    level_runs: list[list[int]] = []
    for index in kept:
        if level_runs and explicit[index] == explicit[level_runs[-1][-1]]:
            level_runs[-1].append(index)
        else:
            level_runs.append([index])
    begins = {run[0]: number for number, run in enumerate(level_runs)}
    initiator_of = {pdi: initiator for initiator, pdi in isolates.items()}
    position = {index: place for place, index in enumerate(kept)}
    used: set[int] = set()
    runs: list[Run] = []
    for number, first in enumerate(level_runs):
        if number in used or (original[first[0]] == "PDI" and first[0] in initiator_of):
            continue
        sequence = list(first)
        used.add(number)
        while original[sequence[-1]] in INITIATORS and isolates.get(sequence[-1]) in begins:
            following = begins[isolates[sequence[-1]]]
            used.add(following)
            sequence += level_runs[following]
        level = explicit[sequence[0]]
        place = position[sequence[0]]
        before = explicit[kept[place - 1]] if place else base
        place = position[sequence[-1]]
        unmatched = original[sequence[-1]] in INITIATORS and sequence[-1] not in isolates
        after = base if unmatched or place + 1 == len(kept) else explicit[kept[place + 1]]
        runs.append(Run(sequence, level, "R" if max(level, before) & 1 else "L", "R" if max(level, after) & 1 else "L"))
    return runs


def _reset_whitespace(original: Sequence[str], result: list[Level], base: int) -> None:
    """L1, with the whole paragraph as one line; ``lines`` applies it again at each line's end."""
    reset = True
    for index in range(len(original) - 1, -1, -1):
        kind = original[index]
        if kind in ("S", "B"):
            result[index] = base
            reset = True
        elif kind in ("WS", "FSI", "LRI", "RLI", "PDI"):
            if reset:
                result[index] = base
        elif kind not in REMOVED:
            reset = False
