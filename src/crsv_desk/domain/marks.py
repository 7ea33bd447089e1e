"""The mark: what the eye takes for a signature. Drawn strokes stay vectors; the maths is here, the pen in the window."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crsv_desk.domain.canonical import Json, dump
from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

Point = tuple[int, int]
"""x to the right and y downwards, in tenths of a pixel of the pad: integers, so that they are exact in JSON."""
Segment = tuple[int, int, int, int, int, int]
"""Two control points and the end of a cubic Bézier curve: x, y, x, y, x, y."""

MOST_POINTS = 4_000
MOST_EXTENT = 100_000

_NUMBER = rb"(?:0|-?[1-9][0-9]{0,5})"
_POINT = rb"\[" + _NUMBER + rb"," + _NUMBER + rb"\]"
_STROKE = rb"\[" + _POINT + rb"(?:," + _POINT + rb")*+\]"
# The bytes that ``to_bytes`` writes and no others: in a drawing of many points, far faster than writing them again.
_CANONICAL = re.compile(rb'\{"strokes":\[' + _STROKE + rb"(?:," + _STROKE + rb')*+\],"v":1\}')


@dataclass(frozen=True, slots=True)
class Drawing:
    """Strokes as a pen left them."""

    strokes: tuple[tuple[Point, ...], ...]

    def simplified(self, tolerance: float = 6.0) -> Drawing:
        """The same drawing without the points that nobody would miss (``tolerance`` in tenths of a pixel)."""
        return Drawing(tuple(_simplify(stroke, tolerance) for stroke in self.strokes if stroke))

    def bounds(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom; zeros when nothing is drawn."""
        xs = [x for stroke in self.strokes for x, _ in stroke]
        ys = [y for stroke in self.strokes for _, y in stroke]
        return (min(xs), min(ys), max(xs), max(ys)) if xs else (0, 0, 0, 0)

    def to_bytes(self) -> bytes:
        """Canonical JSON, the file ``mark.json`` of a packet."""
        strokes: list[Json] = [[[x, y] for x, y in stroke] for stroke in self.strokes]
        return dump({"strokes": strokes, "v": 1})

    @classmethod
    def from_bytes(cls, untrusted_data: bytes) -> Drawing:
        """Read ``mark.json``. Raises ``Refused`` unless it is canonical and within bounds."""
        refusal = Refused(N_("The drawn mark in this file cannot be read; ask the sender to draw it again."))
        if not _CANONICAL.fullmatch(untrusted_data):
            raise refusal
        strokes = json.loads(untrusted_data)["strokes"]
        drawing = cls(tuple(tuple((x, y) for x, y in stroke) for stroke in strokes))
        if sum(map(len, drawing.strokes)) > MOST_POINTS or max(map(abs, drawing.bounds())) > MOST_EXTENT:
            raise refusal
        return drawing


def curves(stroke: Sequence[Point]) -> list[Segment]:
    """A smooth line through the points of one stroke, in the stroke's own units (Catmull-Rom as cubic Bézier segments;
    the control points are rounded)."""
    before, after = (stroke[0], *stroke), (*stroke[2:], stroke[-1])
    return [
        (ax + (bx - px + 3) // 6, ay + (by - py + 3) // 6, bx - (nx - ax + 3) // 6, by - (ny - ay + 3) // 6, bx, by)
        for (px, py), (ax, ay), (bx, by), (nx, ny) in zip(before, stroke, stroke[1:], after, strict=False)
    ]


def _simplify(stroke: Sequence[Point], tolerance: float) -> tuple[Point, ...]:
    """Ramer-Douglas-Peucker, without recursion: a stroke may be long."""
    keep, stack = {0, len(stroke) - 1}, [(0, len(stroke) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = stroke[first], stroke[last]
        length = math.hypot(bx - ax, by - ay)
        worst, at = 0.0, -1
        for index in range(first + 1, last):
            px, py = stroke[index]
            away = (
                abs((bx - ax) * (ay - py) - (by - ay) * (ax - px)) / length if length else math.hypot(px - ax, py - ay)
            )
            if away > worst:
                worst, at = away, index
        if worst > tolerance:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return tuple(stroke[index] for index in sorted(keep))


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark, ready to be set: strokes, a normalised PNG, or a typed name."""

    kind: Literal["strokes", "image", "typed"]
    drawing: Drawing | None = None
    image: bytes = b""
    text: str = ""
