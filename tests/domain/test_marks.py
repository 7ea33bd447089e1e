"""Drawn marks: exact in their file, bounded when they come from others, and the same line when made simpler."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.canonical import dump
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.marks import MOST_EXTENT, MOST_POINTS, Drawing, Point, curves

coordinates = st.integers(-MOST_EXTENT, MOST_EXTENT)
strokes = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=40).map(tuple)
drawings = st.lists(strokes, min_size=1, max_size=6).map(tuple).map(Drawing)
small = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 400)), min_size=1, max_size=40).map(tuple)


@given(drawings)
def test_a_drawing_comes_back(drawing: Drawing) -> None:
    assert Drawing.from_bytes(drawing.to_bytes()) == drawing


@given(drawings)
def test_bounds_hold_every_point_and_touch_four(drawing: Drawing) -> None:
    left, top, right, bottom = drawing.bounds()
    points = [point for stroke in drawing.strokes for point in stroke]
    assert all(left <= x <= right and top <= y <= bottom for x, y in points)
    assert {left, right} <= {x for x, _ in points} and {top, bottom} <= {y for _, y in points}


def test_nothing_drawn_has_no_bounds() -> None:
    assert Drawing(()).bounds() == (0, 0, 0, 0) == Drawing(((),)).bounds()


def away(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the line through two others."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    length = math.hypot(bx - ax, by - ay)
    if not length:
        return math.hypot(px - ax, py - ay)
    return abs((bx - ax) * (ay - py) - (by - ay) * (ax - px)) / length


@given(small, st.floats(0, 50))
def test_made_simpler_it_stays_within_the_tolerance(stroke: tuple[Point, ...], tolerance: float) -> None:
    [simple] = Drawing((stroke,)).simplified(tolerance).strokes
    assert simple[0] == stroke[0] and simple[-1] == stroke[-1]
    rest = iter(stroke)
    assert all(point in rest for point in simple), "not some of its points in their order"
    # Every point left out lies near a line between two of those kept.
    for point in stroke:
        assert point in simple or any(away(point, start, end) <= tolerance + 1e-6 for start, end in pairwise(simple))


@given(small)
def test_twice_simpler_is_no_simpler(stroke: tuple[Point, ...]) -> None:
    once = Drawing((stroke,)).simplified()
    assert once.simplified() == once


def test_a_straight_line_is_its_ends_and_empty_strokes_go() -> None:
    assert Drawing((tuple((n, n) for n in range(100)), ())).simplified() == Drawing((((0, 0), (99, 99)),))


@given(small)
def test_the_smooth_line_goes_through_every_point(stroke: tuple[Point, ...]) -> None:
    segments = curves(stroke)
    assert [segment[4:] for segment in segments] == list(stroke[1:])
    # Where two curves meet the line has one direction: the points beside a point lie opposite each other.
    for (*_, cx, cy, x, y), (nx, ny, *_) in pairwise(segments):
        assert abs((x - cx) - (nx - x)) <= 1 and abs((y - cy) - (ny - y)) <= 1


def test_a_long_stroke_is_no_trouble() -> None:
    stroke = tuple((n, (n * n) % 977) for n in range(MOST_POINTS))
    drawing = Drawing((stroke,))
    assert Drawing.from_bytes(drawing.to_bytes()) == drawing
    assert drawing.simplified(0.0).strokes[0][-1] == stroke[-1]
    with pytest.raises(Refused):
        Drawing.from_bytes(Drawing((stroke, ((0, 0),))).to_bytes())


@pytest.mark.parametrize("value", [
    None, [], {}, {"strokes": [], "v": 1}, {"strokes": [[]], "v": 1}, {"strokes": [[[0, 0]]]}, {"strokes": [[[0, 0]]], "v": 2},
    {"strokes": [[[0, 0]]], "v": True}, {"strokes": [[[0, 0, 0]]], "v": 1}, {"strokes": [[[0]]], "v": 1},
    {"strokes": [[0]], "v": 1},
    {"strokes": [[["0", 0]]], "v": 1}, {"strokes": [[[True, False]]], "v": 1}, {"strokes": [[[MOST_EXTENT + 1, 0]]], "v": 1},
    {"strokes": [[[0, 0]]], "v": 1, "more": 1}, {"strokes": {"0": [[0, 0]]}, "v": 1}, {"strokes": "0", "v": 1},
], ids=range(17))  # fmt: skip
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises(Refused):
        Drawing.from_bytes(dump(value))  # type: ignore[arg-type]


@pytest.mark.parametrize("untrusted", [
    b'{"strokes":[[[0, 0]]],"v":1}', b'{"strokes":[[[0,0]]],"v":1}\n', b'{"v":1,"strokes":[[[0,0]]]}',
    b'{"strokes":[[[-0,0]]],"v":1}', b'{"strokes":[[[01,0]]],"v":1}', b'{"strokes":[[[1.0,0]]],"v":1}',
    b'{"strokes":[[[1e2,0]]],"v":1}', b'{"strokes":[[[0,0],]],"v":1}', b'{"strokes":[[[0,0]],[]],"v":1}',
    b'{"strokes":[[[0,0]]],"strokes":[[[0,0]]],"v":1}', b'{"strokes":[[[100001,0]]],"v":1}', b'{"strokes":[[[0,-100001]]],"v":1}',
    b'{"strokes":[[[\xd9\xa1,0]]],"v":1}', b'\xef\xbb\xbf{"strokes":[[[0,0]]],"v":1}',
])  # fmt: skip
def test_any_other_spelling_is_refused(untrusted: bytes) -> None:
    assert Drawing.from_bytes(b'{"strokes":[[[0,0]]],"v":1}') == Drawing((((0, 0),),))
    with pytest.raises(Refused):
        Drawing.from_bytes(untrusted)


@given(st.binary(max_size=80))
def test_any_bytes_are_refused(untrusted: bytes) -> None:
    with pytest.raises(Refused):
        Drawing.from_bytes(untrusted)
