"""The evidence says what a passed check proves, what it does not, and every number that is needed to check."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
import segno

from crsv_desk.domain.codes import spoken
from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import silent
from crsv_desk.pdf import evidence, words
from crsv_desk.pdf.code_box import qr_content
from crsv_desk.pdf.measures import BOTTOM
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.tags import Element
from crsv_desk.pdf.typeset import typeset
from tests.pdf.sample import sample_letter


def english(letter: CombinedLetter) -> CombinedLetter:
    return replace(letter, text=replace(letter.text, language="en"))


def text_of(letter: CombinedLetter) -> str:
    return " ".join(words.words(typeset(english(letter), silent)))


@pytest.fixture(scope="module")
def letter() -> CombinedLetter:
    return sample_letter(5, withheld=3, attested=4)


@pytest.fixture(scope="module")
def text(letter: CombinedLetter) -> str:
    return text_of(letter)


def test_its_claims_are_conditional_and_its_times_claimed(text: str) -> None:
    for sentence in (
        "If the check passes, this is certain",
        "This is not certain then",
        "Time claimed by the signer",
        "Times are as each signer's own computer claimed them.",
        "If something is not right, do not rely on this document",
    ):
        assert sentence in text, sentence


def test_each_endorsement_has_its_row_and_each_withheld_one_its_whole_number(letter: CombinedLetter, text: str) -> None:
    for row in letter.signatories:
        short = " ".join(row.statement[at : at + 4] for at in range(0, 16, 4))
        assert row.organisation in text and short in text and spoken(row.certificate) in text
    assert "22 May 2026" in text and "11 May 2026, 14:00 UTC" in text
    for number in letter.withheld:
        assert number in text
    assert "3 organisations are not named" in text


def test_attested_answers_are_declared_and_counted_apart_by_how(text: str) -> None:
    assert (
        "The secretariat declares that 4 organisations answered yes by other means: 3 by e-mail, 1 by telephone."
        in text
    )
    assert "not counted above" in text and "5 by name, 3 without a name" in text


def test_limits_are_stated_where_they_apply(text: str) -> None:
    assert "keeps the list of which key belongs to which organisation" in text
    assert "What was learned after the seal" in text and "an auditor" in text and "counted twice" in text
    assert "cannot tell an old list of keys from the newest one" in text
    assert "can be guessed" in text and "the times of files can show who sent what" in text
    alone = text_of(sample_letter(2))
    assert (
        "guessed" not in alone
        and "an auditor" not in alone.split("The secretariat's seal")[0]
        and "declares that" in alone
    )


def test_the_squares_say_the_letter_code_and_the_closing(letter: CombinedLetter) -> None:
    """The picture on the page is the QR code of what it should say, module by module."""
    pdf = typeset(letter, silent)
    expected = segno.make(qr_content(spoken(letter.letter), letter.closing), error="m", micro=False).matrix
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        figures = [one for one in opened.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        [figure] = [one for one in figures if str(one.Alt).startswith("QR")]
        left, bottom, right, _ = (float(value) for value in figure.A.BBox)
        pages = {page.obj.objgen: number for number, page in enumerate(opened.pages)}
        number = pages[figure.Pg.objgen]
    scale = 4
    document = pypdfium2.PdfDocument(pdf)
    image = document[number].render(scale=scale, grayscale=True).to_pil()
    height = document[number].get_height()
    side = (right - left) / len(expected)
    for y, row in enumerate(expected):
        for x, dark in enumerate(row):
            at = ((left + (x + 0.5) * side) * scale, (height - bottom - (len(expected) - y - 0.5) * side) * scale)
            assert (image.getpixel((int(at[0]), int(at[1]))) < 128) == bool(dark)
    document.close()


@pytest.mark.parametrize("count", [*range(0, 40, 3), 121, 137, 151])
def test_no_heading_ends_a_page(count: int) -> None:
    setting = Setting(sample_letter(count, withheld=3, attested=2))
    placed = evidence.evidence_part(setting, Element("Document")).placed
    for one, following in pairwise(placed):
        if one.strip is evidence._BELOW_HEADING:
            assert following.page == one.page
        assert one.top + one.strip.height <= BOTTOM + 0.1


def test_five_named_three_withheld_and_two_attested_go_on_two_pages() -> None:
    setting = Setting(sample_letter(5, withheld=3, attested=2))
    assert evidence.evidence_part(setting, Element("Document")).pages == 2


@pytest.mark.parametrize("named", [2, 5, 8, 10, 11, 12, 13, 14])
def test_the_seal_never_stands_alone_on_a_page(named: int) -> None:
    for withheld, attested in ((0, 0), (1, 0), (2, 0), (3, 0), (6, 0), (1, 2)):
        setting = Setting(sample_letter(named, withheld=withheld, attested=attested))
        placed = evidence.evidence_part(setting, Element("Document")).placed
        [box] = [one for one in placed if one.strip.height > 140 and one.page == placed[-1].page][-1:]
        assert box is placed[-1]
        above = [one for one in placed if one.page == box.page and one.top < box.top]
        # Its own heading, and before that more than a line or two of what it is about.
        assert above[-2].top - above[0].top >= evidence._COMPANY - 1, (withheld, attested)
