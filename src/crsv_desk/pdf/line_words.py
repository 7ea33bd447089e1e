"""The words that lines are made of, and the stretches of them: what stands between two places where a line may end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crsv_desk.pdf import breaks
from crsv_desk.pdf.itemise import Atom
from crsv_desk.pdf.shaping import shape
from crsv_desk.pdf.styles import Run


@dataclass(slots=True)
class Word:
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
class Part:
    """A stretch of a word: all of it, or what stands between two places where it may be divided."""

    word: Word
    start: int
    end: int
    """Offsets in the word's text; -1 for its end."""
    unit: breaks.Unit


def words_of(paragraph: Sequence[Atom]) -> list[Word]:
    """Atoms gathered into words."""
    words: list[Word] = []
    open_word = False
    for atom in paragraph:
        if atom.space and not atom.glued:
            if not words:
                words.append(Word([], 0.0, 0.0, False))
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
                words.append(Word([], 0.0, 0.0, False))
                open_word = True
            words[-1].atoms.append(atom)
            words[-1].width += atom.width
    return words


def fitting(word: Word, runs: Sequence[Run], width: float, language: str) -> list[Word]:
    """The word, or its parts where it is longer than a line: first at its spaces, then between clusters."""
    if word.width <= width:
        return [word]
    parts: list[Word] = []
    current = Word([], 0.0, 0.0, False)
    for atom in word.atoms:
        for piece in [atom] if atom.space or atom.width <= width else _pieces(atom, runs[atom.run], width, language):
            if current.atoms and not piece.space and current.width + piece.width > width:
                parts.append(current)
                current = Word([], 0.0, 0.0, False)
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
    return [reshaped(atom, text, run, language) for text in texts]


def forced(words: Sequence[Word]) -> list[list[Word]]:
    """The words between forced line ends."""
    paragraphs: list[list[Word]] = [[]]
    for number, word in enumerate(words):
        paragraphs[-1].append(word)
        if word.forced and number + 1 < len(words):
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def whole(word: Word) -> Part:
    """All of a word as one stretch."""
    letters = sum(len(atom.shaped.text) for atom in word.atoms)
    return Part(word, 0, -1, breaks.Unit(word.width, word.space, letters))


def cut(word: Word, start: int, end: int, runs: Sequence[Run], language: str) -> list[Atom]:
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
            result.append(reshaped(atom, text, runs[atom.run], language))
        at += length
    return [*result, *word.atoms[inked:]] if end == at else result


def reshaped(atom: Atom, text: str, run: Run, language: str) -> Atom:
    """Other text in the face of ``atom``."""
    shaped = atom.shaped
    piece = shape(shaped.face, text, shaped.script, run.language or language, shaped.right_to_left, run.style.tabular)
    return atom._replace(shaped=piece, width=piece.width * run.style.size / 1000)
