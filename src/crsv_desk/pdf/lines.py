"""Breaking a paragraph into lines: ragged, as even as can be, without hyphens, never cutting anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crsv_desk.pdf.bidi import visual_order
from crsv_desk.pdf.itemise import Atom, atoms
from crsv_desk.pdf.shaping import shape
from crsv_desk.pdf.styles import Run

_RUNT = 0.35
"""What a last line of one short word costs, beside squared shares of the width left empty."""


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


@dataclass(slots=True)
class _Word:
    """Atoms up to the next place where a line may end, and the spaces behind them."""

    atoms: list[Atom]
    width: float
    space: float
    forced: bool


def break_lines(
    runs: Sequence[Run], width: float, *, base: int = 0, language: str = "", even: bool = True
) -> list[Line]:
    """Set ``runs`` in lines of at most ``width`` points.

    Args:
        base: the paragraph's direction, 0 from left to right, 1 from right to left.
        language: BCP 47.
        even: choose the breaks that leave the least ragged edge; otherwise fill each line.

    Raises:
        DeskError: a character is in none of the fonts.
    """
    words = [part for word in _words(atoms(runs, base, language)) for part in _fitting(word, runs, width, language)]
    lines: list[Line] = []
    for paragraph in _forced(words):
        ends = _even_ends(paragraph, width) if even and len(paragraph) > 1 else _full_ends(paragraph, width)
        start = 0
        for end in ends:
            line_atoms = tuple(atom for word in paragraph[start:end] for atom in word.atoms)
            lines.append(Line(runs, line_atoms, base, _width(paragraph[start:end]), False, False))
            start = end
    return [
        Line(runs, line.atoms, base, line.width, number == 0, number == len(lines) - 1)
        for number, line in enumerate(lines)
    ]


def text_width(runs: Sequence[Run], language: str = "") -> float:
    """The width of ``runs`` on one line, in points."""
    return sum(atom.width for atom in atoms(runs, 0, language))


def _words(paragraph: Sequence[Atom]) -> list[_Word]:
    words: list[_Word] = []
    open_word = False
    for atom in paragraph:
        if atom.space and not atom.glued:
            if not words:
                words.append(_Word([], 0.0, 0.0, False))
            word = words[-1]
            word.atoms.append(atom)
            word.space += atom.width
            word.forced |= atom.forced
            # Readers of the text take a hyphen at a line's end for a broken word and drop it, so none stands there.
            before = word.atoms[-2].shaped.text if len(word.atoms) > 1 else ""
            if before.endswith("-") and not atom.forced:
                word.width += word.space
                word.space = 0.0
            else:
                open_word = False
        else:
            if not open_word:
                words.append(_Word([], 0.0, 0.0, False))
                open_word = True
            words[-1].atoms.append(atom)
            words[-1].width += atom.width
    return words


def _fitting(word: _Word, runs: Sequence[Run], width: float, language: str) -> list[_Word]:
    """The word, or its parts where it is longer than a line: first at its spaces, then between clusters."""
    if word.width <= width:
        return [word]
    parts: list[_Word] = []
    current = _Word([], 0.0, 0.0, False)
    for atom in word.atoms:
        for piece in [atom] if atom.space or atom.width <= width else _pieces(atom, runs[atom.run], width, language):
            if current.atoms and not piece.space and current.width + piece.width > width:
                parts.append(current)
                current = _Word([], 0.0, 0.0, False)
            current.atoms.append(piece)
            current.width += piece.width
    current.forced = word.forced
    parts.append(current)
    return parts


def _pieces(atom: Atom, run: Run, width: float, language: str) -> list[Atom]:
    shaped = atom.shaped
    scale = run.style.size / 1000
    logical = reversed(shaped.clusters) if shaped.right_to_left else shaped.clusters
    texts: list[str] = []
    used = width + 1.0
    for cluster in logical:
        advance = sum(glyph.advance for glyph in cluster.glyphs) * shaped.face.scale * scale
        if used + advance > width * 0.97 or not texts:
            texts.append("")
            used = 0.0
        texts[-1] += cluster.text
        used += advance
    result: list[Atom] = []
    for text in texts:
        piece = shape(
            shaped.face, text, shaped.script, run.language or language, shaped.right_to_left, run.style.tabular
        )
        result.append(atom._replace(shaped=piece, width=piece.width * scale))
    return result


def _forced(words: Sequence[_Word]) -> list[list[_Word]]:
    """The words between forced line ends."""
    paragraphs: list[list[_Word]] = [[]]
    for number, word in enumerate(words):
        paragraphs[-1].append(word)
        if word.forced and number + 1 < len(words):
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _width(words: Sequence[_Word]) -> float:
    return sum(word.width + word.space for word in words) - words[-1].space if words else 0.0


def _full_ends(words: Sequence[_Word], width: float) -> list[int]:
    ends: list[int] = []
    used = 0.0
    for index, word in enumerate(words):
        if index and used + word.width > width + 0.001:
            ends.append(index)
            used = 0.0
        used += word.width + word.space
    return [*ends, len(words)]


def _even_ends(words: Sequence[_Word], width: float) -> list[int]:
    """The breaks with the smallest sum of squared empty shares; the last line is free unless it is a runt."""
    count = len(words)
    best = [0.0] * (count + 1)
    following = [count] * (count + 1)
    for start in range(count - 1, -1, -1):
        used = 0.0
        best[start] = float("inf")
        for end in range(start + 1, count + 1):
            word = words[end - 1]
            if end - 1 > start and used + word.width > width + 0.001:
                break
            empty = max(0.0, width - used - word.width) / width
            if end < count:
                cost = empty * empty + best[end]
            else:
                runt = end - start == 1 and start > 0 and sum(len(a.shaped.text) for a in word.atoms) < 6
                cost = _RUNT if runt else 0.0
            if cost < best[start]:
                best[start], following[start] = cost, end
            used += word.width + word.space
    ends: list[int] = []
    at = 0
    while at < count:
        at = following[at]
        ends.append(at)
    return ends
