"""Dividing words by their language, where a line would be short otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from crsv_desk.pdf import breaks
from crsv_desk.pdf.hyphenation import divisions
from crsv_desk.pdf.itemise import Atom
from crsv_desk.pdf.line_words import Part, Word, cut, whole
from crsv_desk.pdf.shaping import Cluster, Shaped, shape
from crsv_desk.pdf.styles import Run

SOFT_HYPHEN = "\u00ad"
"""What a hyphen made at a line's end is to whoever copies or searches the text: nothing that parts the word."""


def divided(
    parts: list[Part], ends: list[int], runs: Sequence[Run], width: float, language: str
) -> tuple[list[Part], list[int]]:
    """Break again with those words divisible that follow a short line, until no line is short that need not be."""
    asked: set[int] = set()
    while True:
        wanted: dict[int, list[Part]] = {}
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


def _used(parts: Sequence[Part]) -> float:
    return sum(part.unit.width + part.unit.space for part in parts) - parts[-1].unit.space + parts[-1].unit.hyphen


def _divisible(word: Word, runs: Sequence[Run], language: str) -> list[Part]:
    """The parts of ``word``, or itself where it may not be divided: emphasised, or in a script that knows no hyphens."""
    text = word.text
    letters = [atom for atom in word.atoms if not atom.space]
    plain = all(atom.shaped.script == "Latn" and not runs[atom.run].style.italic for atom in letters)
    places = divisions(text, runs[letters[0].run].language or language) if letters and plain else ()
    if not places:
        return [whole(word)]
    hyphen = hyphen_behind(letters[-1], runs).width
    edges = [0, *places, -1]
    widths = [sum(atom.width for atom in cut(word, 0, edge, runs, language)) for edge in edges[:-1]] + [word.width]
    return [
        Part(
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


def hyphen_behind(atom: Atom, runs: Sequence[Run]) -> Atom:
    """A hyphen in the face of ``atom`` that stands for no character of the word."""
    drawn = shape(atom.shaped.face, "-", "Latn", "", False)
    shaped = _soft(drawn)
    return Atom(shaped, atom.run, 0, False, False, False, drawn.width * runs[atom.run].style.size / 1000)


@cache
def _soft(drawn: Shaped) -> Shaped:
    return replace(drawn, text=SOFT_HYPHEN, clusters=(Cluster(SOFT_HYPHEN, drawn.clusters[0].glyphs),))
