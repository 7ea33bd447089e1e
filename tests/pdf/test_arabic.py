"""A letter in Arabic is Arabic throughout: every word that the program adds, from right to left, but for codes and commands."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from pikepdf import Dictionary

from crsv_desk.domain.changes import Run
from crsv_desk.domain.codes import spoken
from crsv_desk.domain.draft_paper import DraftLetter
from crsv_desk.domain.paper import CombinedLetter, CorrectedBlock, CorrectedVersion, Erratum, Leaver
from crsv_desk.domain.progress import silent
from crsv_desk.i18n import translations
from crsv_desk.pdf.canvas import PAGE_WIDTH
from crsv_desk.pdf.draft import typeset_draft
from crsv_desk.pdf.erratum import typeset_erratum
from crsv_desk.pdf.measures import FULL_WIDTH, LEFT
from crsv_desk.pdf.typeset import typeset
from crsv_desk.pdf.wording import Wording
from tests.pdf import test_draft
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import identifier, sample_letter
from tests.pdf.test_geometry import problems
from tests.pdf.validators import structure
from tests.tools import need


class Word(NamedTuple):
    left: float
    right: float
    top: float
    text: str


def letter() -> CombinedLetter:
    """With everything that an Arabic letter may say."""
    changed = CorrectedBlock(1, (Run("same", "نص"), Run("removed", " قديم"), Run("added", " جديد")))
    version = CorrectedVersion(1, 2, tuple(row.organisation for row in arabic_letter().signatories[1:3]), (changed,))
    return replace(arabic_letter(), declared=(("mail", 3), ("phone", 1)), corrected=(version,))


def draft() -> DraftLetter:
    return test_draft.arabic()


def erratum() -> Erratum:
    one, other, *rest = letter().signatories
    return Erratum(
        replace(letter(), signatories=(), declared=(), corrected=()), date="2026-06-09", sent="2026-05-26",
        closing=identifier("before"), number=2, before="2026-06-01", named_before=5, named_now=3, unnamed_before=3, unnamed_now=2,
        left=(Leaver(one.organisation, one.statement, identifier("no"), "2026-06-08T10:00:00Z"),
              Leaver(other.organisation, other.statement, "", "2026-06-09")),
        remaining=tuple(row.organisation for row in rest),
    )  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("arabic") / "letter.pdf"
    path.write_bytes(typeset(letter(), silent))
    return path


@pytest.fixture(scope="module")
def pages(file: Path) -> list[list[Word]]:
    """Where poppler finds each word, in points from the upper left corner."""
    said = subprocess.run(
        [need("pdftotext"), "-bbox", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    form = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*)</word>')
    return [
        [Word(float(left), float(right), float(top), text) for left, top, right, text in form.findall(page)]
        for page in said.split("<page ")[1:]
    ]


def test_every_word_that_the_program_adds_has_its_arabic(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letter, draft with its reply sheet, and erratum: not one message is said in English."""
    arabic = translations("ar")
    missing: set[str] = set()
    say = Wording.gettext

    def recorded(self: Wording, message: str) -> str:
        said = say(self, message)
        if message not in arabic._catalog:  # type: ignore[attr-defined]
            missing.add(message)
        return said

    def many(self: Wording, one: str, other: str, count: int) -> str:
        said = arabic.ngettext(one, other, count)
        if said in (one, other):
            missing.add(one)
        return said

    monkeypatch.setattr(Wording, "gettext", recorded)
    monkeypatch.setattr(Wording, "ngettext", many)
    for made in (typeset(letter(), silent), typeset_draft(draft(), silent), typeset_erratum(erratum(), silent)):
        assert made.startswith(b"%PDF")
    typeset(replace(letter(), signatories=sample_letter(130).signatories, edition="slim"), silent)
    assert missing == set()


def test_the_document_is_in_arabic_and_nothing_in_it_in_english(file: Path) -> None:
    assert structure.problems(file) == []
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        languages = {
            str(one.Lang) for one in pdf.objects if isinstance(one, Dictionary) and "/S" in one and "/Lang" in one
        }
        assert "en" not in languages
        alternatives = {str(one.Alt) for one in pdf.objects if isinstance(one, Dictionary) and "/Alt" in one}
        assert "شعار CARE Nederland" in alternatives
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                "الرسالة", "الموقّعون", "ما الذي تثبته هذه الوثيقة وكيف تتحقق منها",
            ]  # fmt: skip


def test_titles_begin_at_the_right_and_page_numbers_stand_at_the_left(pages: list[list[Word]]) -> None:
    right, left = PAGE_WIDTH - LEFT, PAGE_WIDTH - LEFT - FULL_WIDTH
    for number, page in enumerate(pages, start=1):
        foot = [word for word in page if word.top == max(one.top for one in page)]
        assert max(word.right for word in foot) == pytest.approx(right, abs=3)
        at_left = sorted(foot)[:4]
        assert at_left[0].left == pytest.approx(left, abs=3)
        assert {word.text for word in at_left} >= {str(number), str(len(pages))}
    # Poppler gives places of words with their letters from left to right.
    title = [word for word in pages[1] if "المو"[::-1] in word.text and word.top > 60]
    assert title[0].right == pytest.approx(right, abs=3)


def test_codes_and_commands_run_from_left_to_right(pages: list[list[Word]]) -> None:
    groups = spoken(letter().letter).split()
    page = next(page for page in pages if any(word.text == "openssl" for word in page))
    large = [next(word for word in page if word.text == group) for group in groups]
    for row in (large[:3], large[3:]):
        assert [word.left for word in row] == sorted(word.left for word in row)
        assert row[0].top == row[1].top == row[2].top
    for one in pages:
        foot = [word for word in one if word.text in groups[:2] and word.top > 700]
        assert [word.text for word in sorted(foot)] == groups[:2]
    commands = [word for word in page if word.text in ("unzip", "openssl", "grep", "-content")]
    starts = [min(word.left for word in page if word.top == top) for top in {word.top for word in commands}]
    # The word openssl in an Arabic sentence apart, they begin below each other.
    assert len([start for start in starts if start == pytest.approx(min(starts), abs=0.5)]) == 5


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "منظمة واحدة مذكورة بالاسم"),
        (2, "منظمتان مذكورتان بالاسم"),
        (3, "3 منظمات مذكورة بالاسم"),
        (10, "10 منظمات مذكورة بالاسم"),
        (11, "11 منظمة مذكورة بالاسم"),
        (99, "99 منظمة مذكورة بالاسم"),
        (100, "100 منظمة مذكورة بالاسم"),
        (103, "103 منظمات مذكورة بالاسم"),
        (1000, "1000 منظمة مذكورة بالاسم"),
    ],
)
def test_numbers_take_the_form_that_they_need(count: int, said: str) -> None:
    form = Wording("ar").ngettext("{count} organisation by name", "{count} organisations by name", count)
    assert form.format(count=count) == said


def test_dates_lists_and_commas_are_arabic_and_figures_as_in_the_codes() -> None:
    wording = Wording("ar")
    assert wording.letter_date("2026-05-26") == "26 مايو 2026"
    assert wording.moment("2026-05-22T14:05:00Z").replace("\x1f", " ") == "22 مايو 2026، 14:05 بالتوقيت العالمي"
    assert wording.names(["أ", "ب", "ج"]) == "أ وب وج"
    assert (wording.comma, wording.semicolon) == ("، ", "؛ ") and Wording("nl").comma == ", "


def test_nothing_overlaps_or_leaves_the_page() -> None:
    assert list(problems(typeset(letter(), silent))) == []
    assert list(problems(typeset_erratum(erratum(), silent))) == []
