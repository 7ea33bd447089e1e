"""New glyphs in an embedded font, put together from others: a letter and its dots are one glyph to whoever reads it.

Fonts of Arabic draw dots and vowel signs as glyphs of their own, above and below; shown one by one they would be found
as lines and words of their own.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fontTools.ttLib.tables._g_l_y_f import GlyphComponent


_ARGUMENTS_ARE_XY = 0x0002


class Placed(NamedTuple):
    """A glyph of the face, where it stands in the new one, in font units."""

    glyph: int
    x: int
    y: int
    end: int
    """Where the pen stands behind it."""


def with_compounds(
    program: bytes, compounds: Sequence[tuple[Placed, ...]], renumbered: Mapping[int, int]
) -> tuple[bytes, dict[int | tuple[Placed, ...], int]]:
    """The font program with a glyph more for each of ``compounds``, and their numbers.

    Args:
        renumbered: the numbers in ``program`` of the face's glyphs.
    """
    # A heavy library that only letters with such glyphs need.
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    with TTFont(io.BytesIO(program), recalcTimestamp=False) as font:
        order = list(font.getGlyphOrder())
        numbers: dict[int | tuple[Placed, ...], int] = {}
        glyphs, metrics = font["glyf"], font["hmtx"]
        for compound in compounds:
            name = f"compound{len(numbers)}"
            numbers[compound] = len(order)
            glyph = Glyph()
            glyph.numberOfContours = -1
            glyph.components = [_component(order[renumbered[one.glyph]], one) for one in compound]
            order.append(name)
            font.setGlyphOrder(order)
            glyphs[name] = glyph
            glyph.recalcBounds(glyphs)
            metrics[name] = (max(one.end for one in compound), getattr(glyph, "xMin", 0))
        output = io.BytesIO()
        font.save(output, reorderTables=None)
    return output.getvalue(), numbers


def _component(name: str, one: Placed) -> GlyphComponent:
    from fontTools.ttLib.tables._g_l_y_f import GlyphComponent

    component = GlyphComponent()
    component.glyphName = name
    component.x, component.y = one.x, one.y
    component.flags = _ARGUMENTS_ARE_XY
    return component
