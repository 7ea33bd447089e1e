"""Where lines end: pure arithmetic over the widths of words and of the parts of divided words.

A ragged edge as even as can be. Dividing a word is dear: only where the line before it would be short, and at most
twice running. The last line of a paragraph is free, but neither a short word nor the rest of a divided one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

SHORT = 0.85
"""A line below this share of the measure may end with part of the word after it."""
MOST_RUNNING = 2
"""How many lines one after the other may end with a hyphen."""
_HYPHEN = 0.012
_TOO_MANY = 2.0
_RUNT = 0.35
"""What a last line of one short word costs, beside squared shares of the width left empty."""
_RUNT_LETTERS = 9
_TOLERANCE = 0.001


class Unit(NamedTuple):
    """A word with the space behind it, or a part of a divided word. Widths in points."""

    width: float
    space: float
    letters: int
    hyphen: float = 0.0
    """The width of the hyphen that a line ending here shows: the word goes on in the next unit."""


def full_ends(units: Sequence[Unit], width: float) -> list[int]:
    """The index behind the last unit of each line, each line as full as can be."""
    ends: list[int] = []
    used = 0.0
    for index, unit in enumerate(units):
        if index and used + unit.width > width + _TOLERANCE:
            ends.append(index)
            used = 0.0
        used += unit.width + unit.space
    return [*ends, len(units)]


def even_ends(units: Sequence[Unit], width: float) -> list[int]:
    """The same with the smallest sum of squared empty shares. A unit wider than ``width`` stands on its own line."""
    count = len(units)
    divided = any(unit.hyphen for unit in units)
    states = MOST_RUNNING + 1 if divided else 1
    # By the number of lines just before that end with a hyphen.
    best = [[0.0] * states for _ in range(count + 1)]
    following = [[count] * states for _ in range(count + 1)]
    for start in range(count - 1, -1, -1):
        for running in range(states):
            best[start][running] = float("inf")
        for end, cost, hyphen in _lines_from(units, start, width):
            for running in range(states):
                after = min(running + 1, states - 1) if hyphen else 0
                total = cost + best[end][after] + (_TOO_MANY if hyphen and running == MOST_RUNNING else 0.0)
                if total < best[start][running]:
                    best[start][running], following[start][running] = total, end
    ends: list[int] = []
    at = running = 0
    while at < count:
        at = following[at][running]
        running = min(running + 1, states - 1) if units[at - 1].hyphen else 0
        ends.append(at)
    return ends


def _lines_from(units: Sequence[Unit], start: int, width: float) -> list[tuple[int, float, bool]]:
    """Every line that may begin at ``start``: the index behind it, its cost, and whether it ends with a hyphen."""
    found: list[tuple[int, float, bool]] = []
    count = len(units)
    used, whole, words, letters = 0.0, -1.0, 0, 0
    for end in range(start + 1, count + 1):
        unit = units[end - 1]
        first = end - 1 == start
        if not first and used + unit.width > width + _TOLERANCE:
            break
        words += first or not units[end - 2].hyphen
        letters += unit.letters
        shown = used + unit.width + unit.hyphen
        used += unit.width + unit.space
        if end == count:
            rest = start > 0 and units[start - 1].hyphen > 0
            runt = start > 0 and words == 1 and (rest or letters < _RUNT_LETTERS)
            found.append((end, _RUNT if runt else 0.0, False))
        elif not unit.hyphen:
            whole = shown
            found.append((end, (max(0.0, width - shown) / width) ** 2, False))
        elif shown <= width + _TOLERANCE and whole < SHORT * width and not _goes_in(units, end, used, width):
            found.append((end, (max(0.0, width - shown) / width) ** 2 + _HYPHEN, True))
    return found or [(start + 1, 0.0, units[start].hyphen > 0)]


def _goes_in(units: Sequence[Unit], end: int, used: float, width: float) -> bool:
    """Whether the rest of the divided word, from ``end`` on, still goes into the line."""
    for unit in units[end:]:
        used += unit.width
        if not unit.hyphen:
            break
    return used <= width + _TOLERANCE
