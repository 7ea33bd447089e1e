"""The list of signatories over its pages: none left half empty, no note alone, every pointer at the right page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from crsv_desk.domain.paper import CombinedLetter, Person
from crsv_desk.domain.progress import silent
from crsv_desk.pdf import words
from crsv_desk.pdf.flow import Placed
from crsv_desk.pdf.measures import BOTTOM, TOP
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.signatories import MOST_SMALL, Signatories
from crsv_desk.pdf.tags import Element
from crsv_desk.pdf.typeset import typeset
from tests.pdf.sample import sample_letter
from tests.pdf.test_geometry import problems

LONG_NAMES = tuple(
    Person(f"Voorbeeld van Langenaam-Achternaam tot Oudenhoven {number}", "algemeen directeur en secretaris van het bestuur")
    for number in range(6)
)  # fmt: skip


def signed_by(letter: CombinedLetter, people: tuple[Person, ...]) -> CombinedLetter:
    return replace(letter, signatories=tuple(replace(row, people=people) for row in letter.signatories))


def placed(letter: CombinedLetter) -> list[Placed]:
    return list(Signatories(Setting(letter), Element("Document")).part().placed)


def by_page(found: list[Placed]) -> list[list[Placed]]:
    return [[one for one in found if one.page == page] for page in range(found[-1].page + 1)]


@pytest.mark.parametrize("count", [1, 3, 5, 12])
def test_however_many_sign_for_an_organisation_no_page_is_left_half_empty(count: int) -> None:
    for number in range(1, 7):
        pages = by_page(placed(signed_by(sample_letter(count, withheld=2), LONG_NAMES[:number])))
        feet = [max(one.top + one.strip.height for one in page) for page in pages]
        assert max(feet) <= BOTTOM + 0.1
        assert all(foot - TOP > 0.6 * (BOTTOM - TOP) for foot in feet[:-1]), (number, feet)
        # Six long names take more than one would, and never a page each.
        assert len(pages) <= 1 + count // 2


@pytest.mark.parametrize("count", [1, 5])
def test_a_tall_row_goes_on_behind_its_people(count: int) -> None:
    letter = signed_by(sample_letter(count, withheld=1, notice=""), LONG_NAMES)
    row = replace(letter.signatories[-1], reservation="Mits de statuten het toelaten. " * 200)
    letter = replace(letter, signatories=(*letter.signatories[:-1], row))
    pages = [" ".join(page.split()) for page in words.page_texts(typeset(letter, silent))]
    begun = [page for page in pages if f"{row.organisation} Voorbeeld" in page]
    assert any(all(person.name in page for person in LONG_NAMES[:3]) for page in begun)
    going_on = [page for page in pages if page.count("statuten") > 3]
    assert len(going_on) > 1
    assert sum(page.count("statuten") for page in going_on) == 200
    assert all(page.count(f"{row.organisation} …") == 1 for page in going_on[1:])
    assert not any(f"{row.organisation} …" in page for page in pages if page not in going_on[1:])


@pytest.mark.parametrize("count", [20, 130])
def test_in_columns_too_a_further_page_says_whose_row_goes_on(count: int) -> None:
    letter = sample_letter(count, notice="")
    rows = list(letter.signatories)
    rows[4] = replace(rows[4], reservation="Mits de statuten het toelaten. " * 300)
    pages = [
        " ".join(page.split()) for page in words.page_texts(typeset(replace(letter, signatories=tuple(rows)), silent))
    ]
    going_on = [page for page in pages if page.count("statuten") > 3]
    assert len(going_on) > 1 and sum(page.count("statuten") for page in pages) == 300
    assert [page.count(f"{rows[4].organisation} …") for page in going_on] == [0, *[1] * (len(going_on) - 1)]


def test_the_words_below_the_columns_never_stand_alone() -> None:
    """Whatever the number of rows: some of them are always on the page of who signs without a name."""
    everybody = Signatories(Setting(sample_letter(MOST_SMALL, withheld=4, attested=2)), Element("Document"))
    rows = list(everybody._rows)
    for count in range(13, MOST_SMALL + 1):
        everybody._rows = rows[:count]
        pages = by_page(list(everybody.part().placed))
        on_last = [one for one in pages[-1] if one.strip in rows]
        assert len(on_last) >= 2, count
        assert sum(one.strip in rows for page in pages for one in page) == count
        assert all(one.top + one.strip.height <= BOTTOM + 0.1 for page in pages for one in page), count


def test_the_words_below_dense_columns_never_stand_alone() -> None:
    everybody = Signatories(Setting(sample_letter(300, withheld=4, attested=2)), Element("Document"))
    rows = list(everybody._rows)
    for count in range(MOST_SMALL + 1, 301):
        everybody._rows = rows[:count]
        last = by_page(list(everybody.part().placed))[-1]
        assert sum(one.strip in rows for one in last) >= 2, count


@pytest.mark.parametrize("count", [0, 5, 8, 13, 24, 60])
@pytest.mark.parametrize("withheld", [1, 40])
def test_the_page_that_is_named_holds_the_numbers_without_a_name(count: int, withheld: int) -> None:
    letter = sample_letter(count, withheld=withheld, notice="")
    pages = [" ".join(page.split()) for page in words.page_texts(typeset(letter, silent))]
    [said] = re.findall(r"in plaats van een naam \(bladzijde.(\d+)\)", " ".join(pages))
    assert letter.withheld[0] in pages[int(said) - 1]
    # Their first number stands with the sentence that leads to it.
    assert "om veiligheidsredenen niet genoemd" in pages[int(said) - 1]


@pytest.mark.parametrize("count", [5, 13, 121])
def test_the_longest_that_may_be_signed_is_whole_on_the_page(count: int) -> None:
    """Two hundred characters of a name, three hundred of a role, twenty thousand of a reservation."""
    person = Person("Oudenhoven " * 17 + "Overlevend", "algemeen secretaris " * 15)
    letter = sample_letter(count, withheld=1, notice="")
    row = replace(
        letter.signatories[2], organisation="Vereniging " * 18, people=(person,) * 6, reservation="Voorbehoud. " * 1600
    )
    letter = replace(letter, signatories=(*letter.signatories[:2], row, *letter.signatories[3:]))
    pdf = typeset(letter, silent)
    assert list(problems(pdf)) == []
    text = " ".join(" ".join(words.page_texts(pdf)).split())
    assert text.count("Overlevend") == 6 and text.count("Voorbehoud.") == 1600
