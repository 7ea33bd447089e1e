"""Breaking a paragraph into lines: ragged, as even as can be, words divided by their language where it helps, never
cutting anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from crsv_desk.pdf import breaks
from crsv_desk.pdf.bidi import visual_order
from crsv_desk.pdf.hyphenation import divisions
from crsv_desk.pdf.itemise import Atom, atoms
from crsv_desk.pdf.shaping import Cluster, Shaped, shape
from crsv_desk.pdf.styles import Run

_SOFT_HYPHEN = "\u00ad"
"""What a hyphen made at a line's end is to whoever copies or searches the text: nothing that parts the word."""


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
        return bool(self.atoms) and self.atoms[-1].shaped.text == _SOFT_HYPHEN

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

    @property
    def inked(self) -> int:
        """How many of its atoms stand before the space behind it."""
        count = len(self.atoms)
        while count and self.atoms[count - 1].space and not self.atoms[count - 1].glued:
            count -= 1
        return count

    @property
    def text(self) -> str:
        """Its characters, without the space behind it."""
        return "".join(atom.shaped.text for atom in self.atoms[: self.inked])


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of a word: all of it, or what stands between two places where it may be divided."""

    word: _Word
    start: int
    end: int
    """Offsets in the word's text; -1 for its end."""
    unit: breaks.Unit


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
    words = [part for word in _words(found) for part in _fitting(word, runs, width, language)]
    set_lines: list[tuple[tuple[Atom, ...], float]] = []
    for paragraph in _forced(words):
        parts = [_whole(word) for word in paragraph]
        if even and len(parts) > 1:
            ends = breaks.even_ends([part.unit for part in parts], _balanced(parts, width) if balance else width)
            if divide and base == 0:
                parts, ends = _divided(parts, ends, runs, width, language)
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
    return [_reshaped(atom, text, run, language) for text in texts]


def _forced(words: Sequence[_Word]) -> list[list[_Word]]:
    """The words between forced line ends."""
    paragraphs: list[list[_Word]] = [[]]
    for number, word in enumerate(words):
        paragraphs[-1].append(word)
        if word.forced and number + 1 < len(words):
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def _whole(word: _Word) -> _Part:
    letters = sum(len(atom.shaped.text) for atom in word.atoms)
    return _Part(word, 0, -1, breaks.Unit(word.width, word.space, letters))


def _balanced(parts: Sequence[_Part], width: float) -> float:
    """The smallest measure in which ``parts`` take no more lines than in ``width``."""
    units = [part.unit for part in parts]
    count = len(breaks.full_ends(units, width))
    low, high = max(unit.width for unit in units), width
    while count > 1 and high - low > 1.0:
        middle = (low + high) / 2
        low, high = (low, middle) if len(breaks.full_ends(units, middle)) <= count else (middle, high)
    return high


# Dividing words ---------------------------------------------------------------------------------------------------------


def _divided(
    parts: list[_Part], ends: list[int], runs: Sequence[Run], width: float, language: str
) -> tuple[list[_Part], list[int]]:
    """Break again with those words divisible that follow a short line, until no line is short that need not be."""
    asked: set[int] = set()
    while True:
        wanted: dict[int, list[_Part]] = {}
        start = 0
        for end in ends[:-1]:
            word = parts[end].word
            if id(word) not in asked and _used(parts[start:end]) < breaks.SHORT * width:
                asked.add(id(word))
                pieces = _divisible(word, runs, language)
                if len(pieces) > 1:
                    wanted[id(word)] = pieces
            start = end
        if not wanted:
            return parts, ends
        parts = [piece for part in parts for piece in wanted.get(id(part.word), [part])]
        ends = breaks.even_ends([part.unit for part in parts], width)


def _used(parts: Sequence[_Part]) -> float:
    return sum(part.unit.width + part.unit.space for part in parts) - parts[-1].unit.space + parts[-1].unit.hyphen


def _divisible(word: _Word, runs: Sequence[Run], language: str) -> list[_Part]:
    """The parts of ``word``, or itself where it may not be divided: emphasised, or in a script that knows no hyphens."""
    text = word.text
    letters = [atom for atom in word.atoms if not atom.space]
    plain = all(atom.shaped.script == "Latn" and not runs[atom.run].style.italic for atom in letters)
    places = divisions(text, runs[letters[0].run].language or language) if letters and plain else ()
    if not places:
        return [_whole(word)]
    hyphen = _hyphen(letters[-1], runs).width
    edges = [0, *places, -1]
    widths = [sum(atom.width for atom in _cut(word, 0, edge, runs, language)) for edge in edges[:-1]] + [word.width]
    return [
        _Part(
            word,
            edges[number],
            edges[number + 1],
            breaks.Unit(
                widths[number + 1] - widths[number],
                0.0 if number < len(places) else word.space,
                (edges[number + 1] if number < len(places) else len(text)) - edges[number],
                hyphen if number < len(places) else 0.0,
            ),
        )
        for number in range(len(places) + 1)
    ]


def _set(parts: Sequence[_Part], runs: Sequence[Run], language: str) -> tuple[tuple[Atom, ...], float]:
    """The atoms of one line and their width; parts of one word that met again are one piece."""
    line: list[Atom] = []
    number = 0
    while number < len(parts):
        first = last = parts[number]
        while number + 1 < len(parts) and parts[number + 1].word is first.word:
            number += 1
            last = parts[number]
        line += _cut(first.word, first.start, last.end, runs, language)
        number += 1
    if parts and parts[-1].unit.hyphen:
        line.append(_hyphen(line[-1], runs))
    end = len(line)
    while end and line[end - 1].space and not line[end - 1].glued:
        end -= 1
    return tuple(line), sum(atom.width for atom in line[:end])


def _cut(word: _Word, start: int, end: int, runs: Sequence[Run], language: str) -> list[Atom]:
    """The atoms of a stretch of ``word``, the space behind it with its end."""
    if start == 0 and end < 0:
        return word.atoms
    end = end if end >= 0 else len(word.text)
    result: list[Atom] = []
    at = 0
    inked = word.inked
    for atom in word.atoms[:inked]:
        length = len(atom.shaped.text)
        text = atom.shaped.text[max(0, start - at) : max(0, end - at)]
        if len(text) == length:
            result.append(atom)
        elif text:
            result.append(_reshaped(atom, text, runs[atom.run], language))
        at += length
    return [*result, *word.atoms[inked:]] if end == at else result


def _reshaped(atom: Atom, text: str, run: Run, language: str) -> Atom:
    shaped = atom.shaped
    piece = shape(shaped.face, text, shaped.script, run.language or language, shaped.right_to_left, run.style.tabular)
    return atom._replace(shaped=piece, width=piece.width * run.style.size / 1000)


def _hyphen(atom: Atom, runs: Sequence[Run]) -> Atom:
    """A hyphen in the face of ``atom`` that stands for no character of the word."""
    drawn = shape(atom.shaped.face, "-", "Latn", "", False)
    shaped = _soft(drawn)
    return Atom(shaped, atom.run, 0, False, False, False, drawn.width * runs[atom.run].style.size / 1000)


@cache
def _soft(drawn: Shaped) -> Shaped:
    return replace(drawn, text=_SOFT_HYPHEN, clusters=(Cluster(_SOFT_HYPHEN, drawn.clusters[0].glyphs),))
