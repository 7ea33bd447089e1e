"""Nothing overlaps and nothing leaves the margins, whatever the names, reservations, people, logos and marks are."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary

from crsv_desk.domain.paper import CombinedLetter, Person, Signatory
from crsv_desk.domain.progress import silent
from crsv_desk.pdf.canvas import PAGE_HEIGHT, PAGE_WIDTH
from crsv_desk.pdf.measures import FULL_WIDTH, LEFT, mm
from crsv_desk.pdf.typeset import typeset
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import drawn_mark, logo, sample_letter, sample_mark
from tests.pdf.scripts import NAMES, scripts_letter

_EDGE = 1.5
"""Points that a glyph may hang over."""
_SPACE = 3.5
"""Points by which a line's last space, which is kept for whoever takes the text out, may hang over."""


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: Box) -> bool:
        return (
            self.left - _SPACE <= other.left
            and other.right <= self.right + _SPACE
            and self.bottom - _EDGE <= other.bottom
            and other.top <= self.top + _EDGE
        )

    def crosses(self, other: Box, share: float) -> bool:
        """Whether they overlap by more than a hair, as tall scripts may touch the line above."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide > _EDGE and high > share * min(self.top - self.bottom, other.top - other.bottom)


def problems(pdf: bytes) -> Iterator[str]:
    """A line for each box that overlaps another or leaves the page's margins."""
    figures = _figures(pdf)
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        text = page.get_textpage()
        lines = [Box(*text.get_rect(place)) for place in range(text.count_rects())]
        lines = [box for box in lines if box.right - box.left > 0.5 and box.top - box.bottom > 0.5]
        text.close()
        page.close()
        # A letter from right to left has its margins mirrored.
        inner = Box(PAGE_WIDTH - LEFT - FULL_WIDTH, mm(10), LEFT + FULL_WIDTH, PAGE_HEIGHT - mm(4))
        yield from (f"page {number + 1}: {box} leaves the margins" for box in lines if not inner.holds(box))
        boxes = figures.get(number, [])
        yield from (f"page {number + 1}: figure {box} leaves the margins" for box in boxes if not inner.holds(box))
        for place, one in enumerate(lines):
            yield from (
                f"page {number + 1}: {one} on {other}" for other in lines[place + 1 :] if one.crosses(other, 0.4)
            )
            # A typed mark is text inside its figure.
            yield from (
                f"page {number + 1}: {one} on {box}" for box in boxes if one.crosses(box, 0.3) and not box.holds(one)
            )
        for place, one in enumerate(boxes):
            yield from (
                f"page {number + 1}: figures {one} {other}" for other in boxes[place + 1 :] if one.crosses(other, 0.0)
            )
    document.close()


def _figures(pdf: bytes) -> dict[int, list[Box]]:
    """Where logos, marks and the QR code stand, by page."""
    found: dict[int, list[Box]] = {}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        waiting: list[Any] = [opened.Root.StructTreeRoot]
        while waiting:
            element = waiting.pop()
            kids = element.get("/K")
            waiting += [
                kid
                for kid in (kids if isinstance(kids, Array) else [kids])
                if isinstance(kid, Dictionary) and "/S" in kid
            ]
            if element.get("/S") == "/Figure":
                found.setdefault(pages[element.Pg.objgen], []).append(Box(*map(float, element.A.BBox)))
    return found


LONG = "Stichting " + "Overlevendenondersteuningsnetwerkcoördinatie" * 2 + " voor de regio van de Grote Meren"
RESERVATION = (
    "Onder voorbehoud van instemming van de ledenraad, die in juni bijeenkomt, en van de leden in de regio. " * 4
)
SIX = tuple(Person(f"Voorbeeld met een lange naam {number}", "algemeen directeur en secretaris") for number in range(6))


def _changed(count: int, **changes: Any) -> CombinedLetter:
    """The sample letter, with the first, the fourth and the last row changed."""
    letter = sample_letter(count, withheld=3, attested=2)
    places = {0, 3, count - 1}
    rows = tuple(replace(row, **changes) if place in places else row for place, row in enumerate(letter.signatories))
    return replace(letter, signatories=rows)


@pytest.mark.parametrize("count", [5, 13, 121])
@pytest.mark.parametrize(
    "changes",
    [
        {"organisation": LONG},
        {"reservation": RESERVATION},
        {"people": SIX},
        {"logo": b"", "mark": None, "people": ()},
        {"organisation": LONG, "reservation": RESERVATION, "people": SIX, "latin": LONG},
    ],
    ids=["long name", "long reservation", "six people", "nothing to show", "everything"],
)
def test_nothing_overlaps_with(count: int, changes: dict[str, Any]) -> None:
    assert list(problems(typeset(_changed(count, **changes), silent))) == []


@pytest.mark.parametrize("count", [1, 5, 8, 9])
def test_partners_without_logos_stand_as_words(count: int) -> None:
    letter = sample_letter(count)
    rows = tuple(replace(row, logo=b"" if place % 2 else row.logo) for place, row in enumerate(letter.signatories))
    assert list(problems(typeset(replace(letter, signatories=rows, lead_logo=b""), silent))) == []


def test_nothing_overlaps_in_other_scripts_and_without_names() -> None:
    letters = (
        scripts_letter(),
        arabic_letter(),
        sample_letter(0, withheld=4),
        sample_letter(0, attested=3, withheld=1),
    )
    for letter in letters:
        assert list(problems(typeset(letter, silent))) == []


WORDS = st.sampled_from(
    [word for entry in NAMES for one in entry for word in one.split()] + [LONG.split()[1], "de", "(SWN)", "2026"]
)
PHRASES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
ROWS = st.builds(
    Signatory,
    organisation=PHRASES,
    latin=st.just("") | PHRASES,
    people=st.lists(st.builds(Person, PHRASES, st.just("") | PHRASES), max_size=6).map(tuple),
    logo=st.sampled_from([b"", logo(3), logo(8, transparent=True)]),
    mark=st.sampled_from([None, drawn_mark(2), sample_mark(1, ""), sample_mark(2, "Naam met spaties en meer")]),
    reservation=st.just("") | PHRASES,
    statement=st.just("ab" * 32),
    certificate=st.just("cd" * 32),
    time=st.sampled_from(["2026-05-22", "2026-12-22T14:05:00Z"]),
)


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(
    rows=st.lists(ROWS, min_size=1, max_size=14),
    withheld=st.integers(0, 5),
    rtl=st.booleans(),
)
def test_nothing_overlaps_whatever_the_rows_are(rows: list[Signatory], withheld: int, rtl: bool) -> None:
    base = arabic_letter() if rtl else sample_letter(1, withheld=withheld, attested=2)
    letter = replace(base, signatories=tuple(rows), lead=rows[0].organisation)
    assert list(problems(typeset(letter, silent))) == []


def test_the_test_sees_what_overlaps() -> None:
    assert Box(0, 0, 10, 10).crosses(Box(5, 5, 15, 15), 0.4) and not Box(0, 0, 10, 10).crosses(Box(0, 10, 10, 20), 0.4)
