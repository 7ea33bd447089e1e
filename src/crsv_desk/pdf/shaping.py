"""Shaping: from characters of one face, script and direction to positioned glyphs, by HarfBuzz."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import uharfbuzz as harfbuzz

from crsv_desk.pdf.fonts import Typeface, missing

DEALT_OUT = frozenset(("Mymr", "Deva", "Beng", "Khmr", "Thai", "Taml", "Laoo"))
"""Scripts whose glyphs stand in another order than their characters: their words carry ActualText."""


class Glyph(NamedTuple):
    """One glyph of a face; measures in font units."""

    number: int
    advance: int
    x_offset: int
    y_offset: int


class Cluster(NamedTuple):
    """Characters that are drawn together, and the glyphs that draw them."""

    text: str
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """A piece of text ready to be shown. Compared by identity, so that it can be a key."""

    face: Typeface
    text: str
    script: str
    right_to_left: bool
    clusters: tuple[Cluster, ...]
    """From left to right."""
    width: float
    """In thousandths of the size."""

    @property
    def needs_actual_text(self) -> bool:
        """Whether glyphs alone do not say which characters they stand for. Right-to-left text is told otherwise."""
        if self.right_to_left:
            return False
        return self.script in DEALT_OUT or any(len(cluster.glyphs) > 1 for cluster in self.clusters)


def shape(face: Typeface, text: str, script: str, language: str, right_to_left: bool, tabular: bool = False) -> Shaped:
    """Shape ``text``, which ``face`` covers.

    Args:
        script: ISO 15924.
        language: BCP 47, or empty.
        tabular: a code: figures of equal width, its characters side by side without kerning or ligatures.

    Raises:
        DeskError: the face has no glyph for it after all.
    """
    if tabular and text.isascii():
        return _spelled(face, text, script)
    return _shape(face, text, script, language, right_to_left)


def _spelled(face: Typeface, text: str, script: str) -> Shaped:
    """Character by character: codes are many and never the same, and nothing in them depends on its neighbour."""
    clusters = tuple(_character(face, character) for character in text)
    width = sum(cluster.glyphs[0].advance for cluster in clusters)
    return Shaped(face, text, script, False, clusters, width * face.scale)


@cache
def _character(face: Typeface, character: str) -> Cluster:
    buffer = harfbuzz.Buffer()
    buffer.add_str(character)
    buffer.direction, buffer.script = "ltr", "Latn"
    harfbuzz.shape(face.font, buffer, {"tnum": True})
    [info], [position] = buffer.glyph_infos, buffer.glyph_positions
    if info.codepoint == 0:
        raise missing(character, 0)
    return Cluster(character, (Glyph(info.codepoint, position.x_advance, position.x_offset, position.y_offset),))


@lru_cache(maxsize=32768)
def _shape(face: Typeface, text: str, script: str, language: str, right_to_left: bool) -> Shaped:
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if right_to_left else "ltr"
    buffer.script = script
    if language:
        buffer.language = language
    # Right to left, a letter and its signs become one glyph; otherwise each character is told apart where it can be.
    levels = harfbuzz.BufferClusterLevel
    buffer.cluster_level = levels.MONOTONE_GRAPHEMES if right_to_left else levels.MONOTONE_CHARACTERS
    harfbuzz.shape(face.font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    clusters: list[tuple[int, list[Glyph]]] = []
    width = 0
    for info, position in zip(infos, positions, strict=True):
        if info.codepoint == 0:
            raise missing(text, info.cluster)
        width += position.x_advance
        glyph = Glyph(info.codepoint, position.x_advance, position.x_offset, position.y_offset)
        if clusters and clusters[-1][0] == info.cluster:
            clusters[-1][1].append(glyph)
        else:
            clusters.append((info.cluster, [glyph]))
    return Shaped(
        face=face,
        text=text,
        script=script,
        right_to_left=right_to_left,
        clusters=tuple(Cluster(text[start : ends[start]], tuple(glyphs)) for start, glyphs in clusters),
        width=width * face.scale,
    )
