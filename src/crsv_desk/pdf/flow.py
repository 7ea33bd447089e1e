"""The flow: strips of a page, one below the other, broken over columns and pages where breaking is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crsv_desk.pdf.canvas import TaggedCanvas

Paint = Callable[[TaggedCanvas, float, float], None]
"""Paints something, given its left and upper edge in points."""


@dataclass(frozen=True, slots=True)
class Strip:
    """What is never cut: a line of text, a row, a box."""

    height: float
    paint: Paint
    before: float = 0.0
    """Empty space above; dropped at the top of a column."""
    breakable: bool = True
    """Whether a column may begin with it."""


class Frame(NamedTuple):
    """One column of a page: the page's number within its part, from 0, and its edges."""

    page: int
    left: float
    top: float
    bottom: float


class Placed(NamedTuple):
    """A strip where it will stand."""

    strip: Strip
    page: int
    left: float
    top: float


def space(height: float) -> Strip:
    """Empty space that stays where it is."""
    return Strip(height, lambda canvas, left, top: None)


def place(strips: Sequence[Strip], frames: Iterable[Frame]) -> list[Placed]:
    """Fill ``frames`` with ``strips``. A strip taller than a whole frame overflows it; there is none such.

    Args:
        frames: in the order in which they are filled; as many as it takes.
    """
    placed: list[Placed] = []
    supply = iter(frames)
    start = 0
    while start < len(strips):
        frame = next(supply)
        end = _fill(strips, start, frame)
        top = frame.top
        for strip in strips[start:end]:
            top += strip.before if top > frame.top else 0.0
            placed.append(Placed(strip, frame.page, frame.left, top))
            top += strip.height
        start = end
    return placed


def _fill(strips: Sequence[Strip], start: int, frame: Frame) -> int:
    """The index of the first strip that does not go into ``frame``."""
    top = frame.top
    end = start
    while end < len(strips):
        top += (strips[end].before if end > start else 0.0) + strips[end].height
        if top > frame.bottom + 0.01 and end > start:
            break
        end += 1
    if end == len(strips):
        return end
    good = end
    while good > start and not strips[good].breakable:
        good -= 1
    return good if good > start else end


def frames(first: Frame, following: Frame) -> Iterator[Frame]:
    """One column a page: the first page's, then the others'."""
    yield first
    page = first.page + 1
    while True:
        yield following._replace(page=page)
        page += 1


def height(strips: Sequence[Strip]) -> float:
    """The height of ``strips`` at the top of a column."""
    return sum((strip.before if index else 0.0) + strip.height for index, strip in enumerate(strips))


def glued(strips: Sequence[Strip], *, breakable: bool = True) -> Strip:
    """``strips`` as one that is never cut; ``breakable`` says whether a column may begin with it."""

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        at = top
        for index, strip in enumerate(strips):
            at += strip.before if index else 0.0
            strip.paint(canvas, left, at)
            at += strip.height

    return Strip(height(strips), paint, strips[0].before if strips else 0.0, breakable)
