"""Two people's changes to one text, put together line by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

Words = Callable[[str, str, str], str | None]
"""One line as it was, as the first made it and as the second did: with the changes of both, or ``None`` where they get in
each other's way."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with the changes of both."""

    text: str
    clashes: tuple[str, ...]
    """What the second says where both changed the same words: there the text is as the first has it."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines of the old text from ``start`` to ``end`` that one side replaces."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge(old: str, ours: str, theirs: str, words: Words) -> Merged:
    """What both changed, each change made once; ``words`` is asked about single lines that both changed."""
    before = old.split("\n")
    mine, other = _hunks(before, ours.split("\n")), _hunks(before, theirs.split("\n"))
    result: list[str] = []
    clashes: list[str] = []
    at = 0
    while mine or other:
        start = min(hunk.start for hunk in (*mine[:1], *other[:1]))
        end = start
        taken: tuple[list[_Hunk], list[_Hunk]] = ([], [])
        grown = True
        while grown:  # everything that reaches into what is looked at belongs to it
            grown = False
            for side, into in ((mine, taken[0]), (other, taken[1])):
                while side and (side[0].start < end or side[0].start == start):
                    end = max(end, side[0].end)
                    into.append(side.pop(0))
                    grown = True
        result += before[at:start]
        first, second = (_made(before, start, end, hunks) for hunks in taken)
        if not taken[0] or first == second:
            result += second
        elif not taken[1]:
            result += first
        else:
            lines = _by_words(before[start:end], first, second, words)
            result += first if lines is None else lines
            if lines is None:
                clashes.append("\n".join(second).strip())
        at = end
    return Merged("\n".join([*result, *before[at:]]), tuple(clashes))


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[_Hunk]:
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [_Hunk(start, end, tuple(new[first:last])) for kind, start, end, first, last in codes if kind != "equal"]


def _made(old: Sequence[str], start: int, end: int, hunks: Sequence[_Hunk]) -> list[str]:
    """The lines from ``start`` to ``end`` with one side's changes."""
    lines: list[str] = []
    at = start
    for hunk in hunks:
        lines += [*old[at : hunk.start], *hunk.lines]
        at = hunk.end
    return [*lines, *old[at:end]]


def _by_words(old: Sequence[str], ours: Sequence[str], theirs: Sequence[str], words: Words) -> list[str] | None:
    if not len(old) == len(ours) == len(theirs):
        return None
    found = [words(*lines) for lines in zip(old, ours, theirs, strict=True)]
    lines = [line for line in found if line is not None]
    return lines if len(lines) == len(found) else None
