"""The bundled fonts: which face a character is set in, and what a face knows about itself.

A stack is the faces tried in turn: Noto Serif or Noto Sans in one of four cuts, then the other scripts.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Literal

import uharfbuzz as harfbuzz

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import N_
from crsv_desk.resources import resource

Family = Literal["serif", "sans"]
_AROUND = 24
"""Characters shown on either side of one that cannot be printed."""

_SCRIPTS = (
    "NotoNaskhArabic",
    "NotoSansHebrew",
    "NotoSansEthiopic",
    "NotoSansMyanmar",
    "NotoSansDevanagari",
    "NotoSansBengali",
    "NotoSansKhmer",
    "NotoSansThai",
    "NotoSansTamil",
    "NotoSansGeorgian",
    "NotoSansArmenian",
)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Measures of a face in thousandths of its size, as PDF counts them."""

    ascent: float
    descent: float
    capital_height: float
    box: tuple[int, int, int, int]
    italic_angle: float
    weight: int


class Typeface:
    """One font file. It is read once per process and never changes; what a document uses of it is kept elsewhere."""

    def __init__(self, name: str) -> None:
        data = resource("fonts", f"{name}.ttf").read_bytes()
        self.name = name
        self.face = harfbuzz.Face(harfbuzz.Blob(data))
        self.font = harfbuzz.Font(self.face)
        self.scale = 1000.0 / self.face.upem
        """Thousandths of the size per font unit."""
        self.coverage = frozenset(self.face.unicodes)
        self._advances: dict[int, int] = {}

    def advance(self, glyph: int) -> int:
        """The glyph's own advance in font units, before kerning."""
        advance = self._advances.get(glyph)
        if advance is None:
            advance = self._advances[glyph] = self.font.get_glyph_h_advance(glyph)
        return advance

    @property
    def metrics(self) -> Metrics:
        """Measures for the font descriptor."""
        return _metrics(self.name)

    def character(self, glyph: int) -> str | None:
        """The character that ``glyph`` draws by itself, if any."""
        return _characters(self.name).get(glyph)

    def __repr__(self) -> str:
        return f"Typeface({self.name!r})"


@cache
def typeface(name: str) -> Typeface:
    """The bundled face of that file name, without ``.ttf``."""
    return Typeface(name)


@cache
def _metrics(name: str) -> Metrics:
    """Read from the tables themselves (ISO/IEC 14496-22), which is quicker than loading a library for it."""
    own = typeface(name)

    def read(tag: str, layout: str, offset: int) -> tuple[int, ...]:
        return struct.unpack_from(layout, own.face.reference_table(tag).data, offset)

    ascent, descent = read("hhea", ">hh", 4)
    left, bottom, right, top = read("head", ">hhhh", 36)
    [version], [weight], [angle] = read("OS/2", ">H", 0), read("OS/2", ">H", 4), read("post", ">i", 4)
    [capital] = read("OS/2", ">h", 88) if version > 1 else (0,)
    return Metrics(
        ascent=ascent * own.scale,
        descent=descent * own.scale,
        capital_height=capital * own.scale or 700.0,
        box=(round(left * own.scale), round(bottom * own.scale), round(right * own.scale), round(top * own.scale)),
        italic_angle=angle / 65536,
        weight=weight,
    )


@cache
def _characters(name: str) -> dict[int, str]:
    found: dict[int, str] = {}
    font = typeface(name).font
    for code in sorted(typeface(name).coverage):
        glyph = font.get_nominal_glyph(code)
        if glyph is not None:
            found.setdefault(glyph, chr(code))
    return found


@cache
def stack_names(family: Family, bold: bool, italic: bool) -> tuple[str, ...]:
    """File names of the faces tried for a style, in order. Other scripts have no italics: they stand upright."""
    cut = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    own = f"{'NotoSerif' if family == 'serif' else 'NotoSans'}-{cut[bold, italic]}"
    other = f"{'NotoSans' if family == 'serif' else 'NotoSerif'}-{cut[bold, italic]}"
    return (own, *(f"{script}-{'Bold' if bold else 'Regular'}" for script in _SCRIPTS), other)


def stack(family: Family, bold: bool, italic: bool) -> Iterator[Typeface]:
    """The faces of a style, each read only when the ones before it lack a character."""
    return map(typeface, stack_names(family, bold, italic))


@cache
def face_for(family: Family, bold: bool, italic: bool, character: str) -> Typeface:
    """The first face of the style that has ``character``.

    Raises:
        NoFace: no bundled font has it; an empty box is never printed.
    """
    code = ord(character)
    for candidate in stack(family, bold, italic):
        if code in candidate.coverage:
            return candidate
    raise NoFace(character)


class NoFace(Exception):
    """A character that is in none of the fonts."""


def missing(text: str, place: int) -> DeskError:
    """The sentence for the character at ``place`` of ``text``, which cannot be printed; it shows the words around it."""
    character = text[place]
    start, end = max(0, place - _AROUND), place + 1 + _AROUND
    words = text[start:end].replace("\n", " ").strip()
    return DeskError(
        N_(
            "The character {character} ({code}, {name}) in the words “{words}” is in none of the fonts of this program; "
            "replace it there and try again."
        ),
        character=character,
        code=f"U+{ord(character):04X}",
        name=unicodedata.name(character, "?"),
        words=("…" if start else "") + words + ("…" if end < len(text) else ""),
    )


def fonts_digest() -> str:
    """SHA-256 of the list of fonts: part of a closing's layout, because other fonts make other pages."""
    return sha256(resource("fonts", "SHA256SUMS").read_bytes()).hexdigest()
