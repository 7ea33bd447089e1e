"""The flow: strips of a page, one below the other, broken over columns and pages where breaking is allowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
    header: Strip | None = None
    """What is repeated above it where it begins a further page: a table's header row, or whose row goes on."""


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
    start, page = 0, -1
    while start < len(strips):
        frame = next(supply)
        # In a further column of the same page it stands beside what it goes on from.
        header = strips[start].header if frame.page != page else None
        end = _fill(strips, start, frame, header)
        top, page = frame.top, frame.page
        for number, strip in enumerate(strips[start:end]):
            if header is not None and not number:
                strip = glued([header, replace(strip, before=0.0)])
            top += strip.before if number else 0.0
            placed.append(Placed(strip, frame.page, frame.left, top))
            top += strip.height
        start = end
    return placed


def _fill(strips: Sequence[Strip], start: int, frame: Frame, header: Strip | None) -> int:
    """The index of the first strip that does not go into ``frame``, below ``header``."""
    top = frame.top + (header.height if header is not None else 0.0)
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


def balanced(strips: Sequence[Strip], columns: Sequence[Frame]) -> list[Placed] | None:
    """``strips`` over the columns of one page, as even as can be; ``None`` when they do not fit."""
    low, high = columns[0].top, columns[0].bottom
    if _in_columns(strips, columns, high) is None:
        return None
    while high - low > 1.0:
        middle = (low + high) / 2
        low, high = (low, middle) if _in_columns(strips, columns, middle) is not None else (middle, high)
    return _in_columns(strips, columns, high)


def _in_columns(strips: Sequence[Strip], columns: Sequence[Frame], bottom: float) -> list[Placed] | None:
    def supply() -> Iterator[Frame]:
        yield from (column._replace(bottom=bottom) for column in columns)
        while True:
            yield columns[-1]._replace(page=-1)

    placed = place(strips, supply())
    fits = all(one.page >= 0 and one.top + one.strip.height <= bottom + 0.01 for one in placed)
    return placed if fits else None


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
