"""Embedding fonts: which glyphs a document uses, subset programs, and what each glyph means as text.

A CID stands for a glyph *and* the characters that it draws there, so that ToUnicode is always exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import uharfbuzz as harfbuzz

from crsv_desk.pdf.compounds import Placed, with_compounds
from crsv_desk.pdf.document import TaggedDocument
from crsv_desk.pdf.fonts import Typeface
from crsv_desk.pdf.objects import Body, Stream
from crsv_desk.pdf.shaping import Cluster

_DROPPED = [
    "GSUB",
    "GPOS",
    "GDEF",
    "kern",
    "morx",
    "kerx",
    "feat",
    "DSIG",
    "BASE",
    "MATH",
    "STAT",
    "name",
    "cmap",
    "OS/2",
    "post",
    "gasp",
    "meta",
    "VDMX",
    "hdmx",
    "LTSH",
]

Drawn = int | tuple[Placed, ...]
"""One glyph by its number, or several that become one."""


class FontUse:
    """What one document uses of one face."""

    def __init__(self, face: Typeface, resource_name: str) -> None:
        self.face = face
        self.resource_name = resource_name
        """Its name in the pages' resources."""
        self.shown: dict[tuple[Cluster, bool], tuple[str, ...]] = {}
        """How each cluster met so far is shown, by its direction."""
        self._numbers: dict[tuple[Drawn, str], int] = {}
        self._drawn: list[tuple[Drawn, str]] = [((), "")]

    def code(self, glyph: int, text: str) -> str:
        """The four hexadecimal digits that show ``glyph`` for ``text``."""
        return self._code(glyph, text)

    def code_of_several(self, glyphs: tuple[Placed, ...], text: str) -> str:
        """The same for glyphs that are drawn together, as one new glyph: a letter and its dots."""
        return self._code(glyphs, text)

    def _code(self, drawn: Drawn, text: str) -> str:
        key = (drawn, text)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._drawn)
            self._drawn.append(key)
        return f"{number:04X}"

    def _advance(self, drawn: Drawn) -> float:
        if isinstance(drawn, int):
            return self.face.advance(drawn)
        return max((one.end for one in drawn), default=self.face.advance(0))

    def embed(self, document: TaggedDocument) -> None:
        """Put the font's objects into ``document``."""
        key = self.resource_name
        face, metrics = self.face, self.face.metrics
        single = {drawn for drawn, _ in self._drawn if isinstance(drawn, int)}
        several = list(dict.fromkeys(drawn for drawn, _ in self._drawn if isinstance(drawn, tuple) and drawn))
        parts = {one.glyph for drawn in several for one in drawn}
        program, renumbered = _subset(face, {0} | single | parts)
        numbers: dict[Drawn, int] = {glyph: renumbered[glyph] for glyph in single} | {(): 0}
        if several:
            program, made = with_compounds(program, several, renumbered)
            numbers |= made
        glyph_of = b"".join(numbers[drawn].to_bytes(2, "big") for drawn, _ in self._drawn)
        tag = "".join(chr(65 + byte % 26) for byte in sha256(glyph_of).digest()[:6])
        base = f"{tag}+{face.name}".encode()
        widths = b" ".join(f"{self._advance(drawn) * face.scale:.6g}".encode() for drawn, _ in self._drawn)
        document.put(f"{key}-program", Stream(b"/Length1 %d" % len(program), program))
        document.put(f"{key}-glyphs", Stream(b"", glyph_of))
        document.put(
            f"{key}-unicode",
            Stream(
                b"/Type/CMap/CMapName/Adobe-Identity-UCS/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>",
                self._to_unicode(),
            ),
        )
        descriptor = b"<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %g" % (
            base,
            4 | (64 if metrics.italic_angle else 0),
            *metrics.box,
            metrics.italic_angle,
        ) + b"/Ascent %g/Descent %g/CapHeight %g/StemV %d" % (
            metrics.ascent,
            metrics.descent,
            metrics.capital_height,
            80 if metrics.weight < 600 else 140,
        )
        document.put(
            f"{key}-descriptor",
            Body(lambda made: descriptor + b"/FontFile2 %s>>" % made.reference(f"{key}-program")),
        )
        document.put(
            f"{key}-cids",
            Body(
                lambda made: (
                    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/DW 1000/W[0[%s]]"
                    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                    b"/FontDescriptor %s/CIDToGIDMap %s>>"
                    % (base, widths, made.reference(f"{key}-descriptor"), made.reference(f"{key}-glyphs"))
                )
            ),
        )
        document.put(
            key,
            Body(
                lambda made: (
                    b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%s]/ToUnicode %s>>"
                    % (base, made.reference(f"{key}-cids"), made.reference(f"{key}-unicode"))
                )
            ),
        )

    def _to_unicode(self) -> bytes:
        entries = [
            f"<{number:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for number, (_, text) in enumerate(self._drawn)
            if number
        ]
        blocks = [
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n"
            for block in (entries[start : start + 100] for start in range(0, len(entries), 100))
        ]
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
            "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            + "".join(blocks)
            + "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"
        ).encode()


def _subset(face: Typeface, glyphs: set[int]) -> tuple[bytes, Mapping[int, int]]:
    """A font program of ``glyphs`` alone, and their new numbers."""
    wanted = harfbuzz.SubsetInput()
    wanted.sets(harfbuzz.SubsetInputSets.GLYPH_INDEX).update(glyphs)
    wanted.flags = (
        harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NOTDEF_OUTLINE | harfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    )
    dropped = wanted.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG)
    for tag in _DROPPED:
        dropped.add(int.from_bytes(tag.ljust(4).encode(), "big"))
    plan = harfbuzz.SubsetPlan(face.face, wanted)
    renumbered = dict(plan.old_to_new_glyph_mapping)
    made = plan.execute()
    return bytes(made.blob.data), renumbered
