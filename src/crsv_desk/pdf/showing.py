"""Text operators: from shaped pieces to ``Tj`` and ``TJ``, so that every reader finds the same characters again.

Measured on poppler, PDFium and pdf.js: words of scripts whose glyphs change their order carry ActualText; text from
right to left carries none (it would be read backwards), but stands in ``ReversedChars``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

from crsv_desk.pdf.compounds import Placed
from crsv_desk.pdf.embedding import FontUse
from crsv_desk.pdf.shaping import Cluster, Shaped

_WORD_JOINER = "\u2060"


class TextWriter:
    """Operators for the text of one document."""

    def __init__(self, use_of: Callable[[Shaped], FontUse]) -> None:
        self._use_of = use_of
        self._plain: dict[Shaped, bool] = {}

    def operators(self, pieces: Sequence[Shaped], size: float) -> list[str]:
        """Show ``pieces`` one after the other, from left to right, at ``size`` points."""
        result: list[str] = []
        array: list[str] = []
        use: FontUse | None = None
        reversed_open = False

        def flush() -> None:
            if array:
                result.append(_show(array))
                array.clear()

        for piece in pieces:
            if piece.right_to_left != reversed_open:
                flush()
                result.append("/ReversedChars BMC" if piece.right_to_left else "EMC")
                reversed_open = piece.right_to_left
            own = self._use_of(piece)
            if own is not use:
                flush()
                result.append(f"/{own.resource_name} {size:g} Tf")
                use = own
            simple = self._array(piece, own)
            if simple is not None:
                array.extend(simple)
            else:
                flush()
                result.extend(_general(piece, own, size))
        flush()
        if reversed_open:
            result.append("EMC")
        return result

    def _array(self, piece: Shaped, use: FontUse) -> Sequence[str] | None:
        """The parts of a TJ array; ``None`` where glyphs are raised or need ActualText."""
        if piece not in self._plain:
            # Right to left, glyphs that belong together become one, so each cluster is simple.
            self._plain[piece] = piece.right_to_left or (
                not piece.needs_actual_text
                and all(len(cluster.glyphs) == 1 and not cluster.glyphs[0].y_offset for cluster in piece.clusters)
            )
        return _parts(piece, use) if self._plain[piece] else None


def _show(array: Sequence[str]) -> str:
    """The operator for glyphs (four hexadecimal digits each) and moves (ending in a space)."""
    parts: list[str] = []
    shown = False
    moved = False
    for part in array:
        move = part[-1] == " "
        if move:
            moved = True
        if shown == move:
            parts.append(">" if move else "<")
            shown = not move
        parts.append(part)
    if shown:
        parts.append(">")
    text = "".join(parts)
    return f"[{text}]TJ" if moved else text + "Tj"


def _adjust(units: float, scale: float) -> str:
    """Move left by ``units`` of the font, or an empty string."""
    moved = round(units * scale, 1) if units else 0
    return f"{moved:g} " if moved else ""


def _parts(piece: Shaped, use: FontUse) -> list[str]:
    parts: list[str] = []
    known = use.shown
    for cluster in piece.clusters:
        key = (cluster, piece.right_to_left)
        shown = known.get(key)
        if shown is None:
            shown = known[key] = _cluster(piece, cluster, use)
        parts += shown
    return parts


def _cluster(piece: Shaped, cluster: Cluster, use: FontUse) -> tuple[str, ...]:
    face, glyph = piece.face, cluster.glyphs[0]
    if len(cluster.glyphs) > 1 or glyph.y_offset:
        return (use.code_of_several(_placed(cluster), cluster.text),)
    before = _adjust(-glyph.x_offset, face.scale)
    after = _adjust(face.advance(glyph.number) - glyph.advance + glyph.x_offset, face.scale)
    return tuple(part for part in (before, use.code(glyph.number, _meaning(piece, cluster)), after) if part)


def _placed(cluster: Cluster) -> tuple[Placed, ...]:
    """The cluster's glyphs from its start."""
    at = 0
    placed: list[Placed] = []
    for glyph in cluster.glyphs:
        placed.append(Placed(glyph.number, at + glyph.x_offset, glyph.y_offset, at + glyph.advance))
        at += glyph.advance
    return tuple(placed)


def _meaning(piece: Shaped, cluster: Cluster) -> str:
    """What a single glyph stands for; a bracket in text from right to left stands for what it looks like."""
    if piece.right_to_left and len(cluster.text) == 1 and unicodedata.mirrored(cluster.text):
        return piece.face.character(cluster.glyphs[0].number) or cluster.text
    return cluster.text


def _general(piece: Shaped, use: FontUse, size: float) -> list[str]:
    result: list[str] = []
    array: list[str] = []
    rise = 0.0
    face = piece.face
    wrapped = piece.needs_actual_text and not piece.text.isspace()
    if wrapped:
        result.append(f"/Span<</ActualText<FEFF{piece.text.encode('utf-16-be').hex().upper()}>>>BDC")
    for cluster in piece.clusters:
        for glyph, text in zip(cluster.glyphs, _dealt(piece, cluster), strict=True):
            raised = round(glyph.y_offset * face.scale * size / 1000, 3)
            if raised != rise:
                if array:
                    result.append(_show(array))
                    array = []
                result.append(f"{raised:g} Ts")
                rise = raised
            before = _adjust(-glyph.x_offset, face.scale)
            after = _adjust(face.advance(glyph.number) - glyph.advance + glyph.x_offset, face.scale)
            array.extend(part for part in (before, use.code(glyph.number, text), after) if part)
    if array:
        result.append(_show(array))
    if rise:
        result.append("0 Ts")
    if wrapped:
        result.append("EMC")
    return result


def _dealt(piece: Shaped, cluster: Cluster) -> list[str]:
    """The cluster's characters dealt over its glyphs: none without, because readers need something for each."""
    count = len(cluster.glyphs)
    if count == 1:
        return [_meaning(piece, cluster)]
    characters = cluster.text
    if len(characters) < count:
        characters = unicodedata.normalize("NFKD", characters)
    characters = characters.ljust(count, _WORD_JOINER)
    return [*characters[: count - 1], characters[count - 1 :]]
