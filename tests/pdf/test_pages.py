"""What stands on the pages: every word, whole, in order, and the same bytes each time."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.paper import Person
from crsv_desk.domain.progress import silent
from crsv_desk.pdf import words
from crsv_desk.pdf.paper import PdfPaper
from crsv_desk.pdf.typeset import typeset
from tests.pdf import sample
from tests.pdf.sample import sample_letter
from tests.pdf.scripts import NAMES, scripts_letter
from tests.tools import need

ROOT = Path(__file__).parents[2]


def text_by_poppler(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf)
    text = subprocess.run([need("pdftotext"), str(path), "-"], capture_output=True, text=True, check=True).stdout
    # A word that was divided at a line's end has a soft hyphen there, which parts no word.
    return text.replace("\u00ad\n", "")


def stand_in_order(wanted: list[str], found: list[str]) -> str:
    """The first wanted word that does not come after the ones before it, or nothing."""
    supply = iter(found)
    return next((word for word in wanted if not any(word == one for one in supply)), "")


def test_every_word_of_the_letter_is_found_in_order(tmp_path: Path) -> None:
    pdf = typeset(sample_letter(5, notice=""), silent)
    heading = "Betreft: Input CD Conflict gerelateerd seksueel geweld Geachte leden van de Tweede Kamer,"
    wanted = [*heading.split(), *sample.words(), "Hoogachtend,"]
    assert not stand_in_order(wanted, text_by_poppler(pdf, tmp_path).split())
    assert not stand_in_order(wanted, words.words(pdf))


def test_the_sign_off_reads_as_the_original_does(tmp_path: Path) -> None:
    text = " ".join(text_by_poppler(typeset(sample_letter(5), silent), tmp_path).split())
    assert (
        "Hoogachtend, WO=MEN, Dutch Gender Platform, mede namens CARE Nederland, Dr. Denis Mukwege Foundation, "
        "Oxfam Novib Nederland en Plan International Nederland" in text
    )


def test_every_page_says_that_it_is_an_example() -> None:
    pdf = typeset(sample_letter(5), silent)
    pages = list(words.page_texts(pdf))
    assert len(pages) >= 6
    assert all(sample.NOTICE in " ".join(page.split()) for page in pages)


def test_the_last_letter_is_not_set_again_and_any_other_is() -> None:
    paper, letter = PdfPaper(), sample_letter(2)
    pages = paper.typeset(letter, silent)
    assert pages == typeset(letter, silent)
    assert paper.typeset(sample_letter(2), silent) is pages
    logo = sample.logo(7)
    for other in (
        replace(letter, closing_time="2026-05-26T08:00:01Z"),
        replace(letter, signatories=(letter.signatories[0], replace(letter.signatories[1], logo=logo))),
        replace(letter, attachments=(replace(letter.attachments[0], data=b"other"), *letter.attachments[1:])),
    ):
        assert paper.typeset(other, silent) == typeset(other, silent) != pages


@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
def test_names_in_every_script_are_found_again(tmp_path: Path, reader: str) -> None:
    pdf = typeset(scripts_letter(), silent)
    text = text_by_poppler(pdf, tmp_path) if reader == "poppler" else "\n".join(words.page_texts(pdf))
    squeezed = "".join(character for character in text if character.isalnum() or character not in " \n\r\u2060\u200b")
    for entry in NAMES:
        for word in " ".join(entry).replace("(", "").replace(")", "").split():
            assert word in squeezed, word


@pytest.mark.parametrize("count", [1, 5, 12, 13, 40, 120, 121, 400])
def test_nothing_leaves_the_page_and_nothing_is_cut(count: int) -> None:
    letter = sample_letter(count, withheld=2)
    long_name = "Stichting " + "Overlevendenondersteuningsnetwerkcoördinatie" * 3 + " voor de regio van de Grote Meren"
    rows = (replace(letter.signatories[0], organisation=long_name), *letter.signatories[1:])
    pdf = typeset(replace(letter, signatories=rows), silent)
    flat = "".join("".join(words.page_texts(pdf)).split())
    assert "".join(long_name.split()) in flat
    for row in rows:
        assert "".join(row.organisation.split()) in flat or not row.organisation.isascii(), row.organisation
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        for number in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(number)
            assert 0 <= left <= right <= width and 0 <= bottom <= top <= height
        text.close()
        page.close()
    document.close()


def test_rows_do_not_overlap() -> None:
    """Each organisation's line stands below the one before it in its column, clear of it."""
    document = pypdfium2.PdfDocument(typeset(sample_letter(40), silent))
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_rect(number) for number in range(text.count_rects())]
        for one in range(len(boxes)):
            for other in range(one + 1, len(boxes)):
                a, b = boxes[one], boxes[other]
                wide = min(a[2], b[2]) - max(a[0], b[0])
                high = min(a[3], b[3]) - max(a[1], b[1])
                assert wide <= 1 or high <= 0.35 * min(a[3] - a[1], b[3] - b[1]), (page, a, b)
        text.close()
        page.close()
    document.close()


def test_a_character_without_a_font_stops_with_its_name() -> None:
    letter = sample_letter(2)
    rows = (replace(letter.signatories[0], people=(Person("Voorbeeld 𓀀", "rol"),)), letter.signatories[1])
    with pytest.raises(DeskError, match=r"U\+13000, EGYPTIAN HIEROGLYPH A001"):
        typeset(replace(letter, signatories=rows), silent)


_SCRIPT = """
import sys, hashlib
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import sample_letter
from tests.pdf.scripts import scripts_letter
from crsv_desk.pdf.typeset import typeset
for letter in (sample_letter(13, withheld=2), arabic_letter(), scripts_letter()):
    print(hashlib.sha256(typeset(letter, lambda step: None)).hexdigest())
"""


def test_the_same_letter_gives_the_same_bytes_anywhere() -> None:
    """Another time zone, locale and hash seed, in another process."""
    said = set()
    for zone, locale, seed in (("UTC", "C", "0"), ("Asia/Kathmandu", "C.UTF-8", "1"), ("America/Lima", "POSIX", "987")):
        environment = {
            **os.environ, "TZ": zone, "LC_ALL": locale, "LANGUAGE": "fr", "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed,
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        said.add(done.stdout)
    assert len(said) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["heading", "paragraph", "item", "quote"]),
            st.text(alphabet="abc déï- \u00adשלום سلام١٢3(),.“”", min_size=1, max_size=220).filter(str.strip),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_any_text_is_set_without_losing_a_word(blocks: list[tuple[str, str]]) -> None:
    letter = sample_letter(1, notice="")
    made = tuple(
        Block(f"b{number}", kind, (Span(text),), {"heading": 2, "item": 1}.get(kind, 0), "•" if kind == "item" else "")  # type: ignore[arg-type]
        for number, (kind, text) in enumerate(blocks)
    )
    pdf = typeset(replace(letter, text=replace(letter.text, blocks=made)), silent)
    letters = sorted(c for c in "".join(words.page_texts(pdf)) if c in "שלוםس")
    wanted = sorted(c for _, text in blocks for c in text if c in "שלוםس")
    assert letters == wanted
