"""Breaking a paragraph into lines: ragged, as even as can be, words divided by their language where it helps, never
cutting anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crsv_desk.pdf import breaks
from crsv_desk.pdf.bidi import visual_order
from crsv_desk.pdf.dividing import SOFT_HYPHEN, divided, hyphen_behind
from crsv_desk.pdf.itemise import Atom, atoms
from crsv_desk.pdf.line_words import Part, cut, fitting, forced, whole, words_of
from crsv_desk.pdf.styles import Run


@dataclass(frozen=True, slots=True)
class Line:
    """One line, in logical order. Its last space is kept, so that words do not merge when the text is taken out."""

    runs: Sequence[Run]
    atoms: tuple[Atom, ...]
    base: int
    width: float
    """In points, without the spaces at its end."""
    first: bool
    last: bool
    """Whether it begins or ends its paragraph."""

    @property
    def divided(self) -> bool:
        """Whether its last word goes on in the next line."""
        return bool(self.atoms) and self.atoms[-1].shaped.text == SOFT_HYPHEN

    def placed(self) -> list[tuple[Atom, float]]:
        """Each atom in logical order with its distance from the line's left edge, in points."""
        levels = [atom.level for atom in self.atoms]
        for index in range(len(levels) - 1, -1, -1):
            if not self.atoms[index].space:
                break
            levels[index] = self.base
        lefts = [0.0] * len(levels)
        if not any(levels):
            at = 0.0
            for index, atom in enumerate(self.atoms):
                lefts[index] = at
                at += atom.width
        else:
            order = visual_order(levels)
            at = self.width - sum(atom.width for atom in self.atoms) if self.base else 0.0
            for index in order:
                lefts[index] = at
                at += self.atoms[index].width
        return list(zip(self.atoms, lefts, strict=True))


def break_lines(
    runs: Sequence[Run],
    width: float,
    *,
    base: int = 0,
    language: str = "",
    even: bool = True,
    divide: bool = False,
    balance: bool = False,
) -> list[Line]:
    """Set ``runs`` in lines of at most ``width`` points.

    Args:
        base: the paragraph's direction, 0 from left to right, 1 from right to left.
        language: BCP 47.
        even: choose the breaks that leave the least ragged edge; otherwise fill each line.
        divide: let words be divided where a line would be short otherwise.
        balance: make lines of about the same width, as few as they are; for headings.

    Raises:
        DeskError: a character is in none of the fonts.
    """
    found = atoms(runs, base, language)
    if sum(atom.width for atom in found) <= width and not any(atom.forced for atom in found):
        end = len(found)
        while end and found[end - 1].space and not found[end - 1].glued:
            end -= 1
        return [Line(runs, tuple(found), base, sum(atom.width for atom in found[:end]), True, True)]
    words = [part for word in words_of(found) for part in fitting(word, runs, width, language)]
    set_lines: list[tuple[tuple[Atom, ...], float]] = []
    for paragraph in forced(words):
        parts = [whole(word) for word in paragraph]
        if even and len(parts) > 1:
            ends = breaks.even_ends([part.unit for part in parts], _balanced(parts, width) if balance else width)
            if divide and base == 0:
                parts, ends = divided(parts, ends, runs, width, language)
        else:
            ends = breaks.full_ends([part.unit for part in parts], width)
        start = 0
        for end in ends:
            set_lines.append(_set(parts[start:end], runs, language))
            start = end
    return [
        Line(runs, line, base, wide, number == 0, number == len(set_lines) - 1)
        for number, (line, wide) in enumerate(set_lines)
    ]


def text_width(runs: Sequence[Run], language: str = "") -> float:
    """The width of ``runs`` on one line, in points."""
    return sum(atom.width for atom in atoms(runs, 0, language))


def _balanced(parts: Sequence[Part], width: float) -> float:
    """The smallest measure in which ``parts`` take no more lines than in ``width``."""
    units = [part.unit for part in parts]
    count = len(breaks.full_ends(units, width))
    low, high = max(unit.width for unit in units), width
    while count > 1 and high - low > 1.0:
        middle = (low + high) / 2
        low, high = (low, middle) if len(breaks.full_ends(units, middle)) <= count else (middle, high)
    return high


def _set(parts: Sequence[Part], runs: Sequence[Run], language: str) -> tuple[tuple[Atom, ...], float]:
    """The atoms of one line and their width; parts of one word that met again are one piece."""
    line: list[Atom] = []
    number = 0
    while number < len(parts):
        first = last = parts[number]
        while number + 1 < len(parts) and parts[number + 1].word is first.word:
            number += 1
            last = parts[number]
        line += cut(first.word, first.start, last.end, runs, language)
        number += 1
    if parts and parts[-1].unit.hyphen:
        line.append(hyphen_behind(line[-1], runs))
    end = len(line)
    while end and line[end - 1].space and not line[end - 1].glued:
        end -= 1
    return tuple(line), sum(atom.width for atom in line[:end])
