"""Real pages set by other rules: the same words wherever they end, and nothing that somebody added passed over."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import silent
from crsv_desk.pdf import furniture, measures, parts, typeset
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.evidence_tables import repeated_row
from crsv_desk.pdf.likeness import same_words
from crsv_desk.pdf.lines import break_lines
from crsv_desk.pdf.measures import NOTE, mm
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.signatory_rows import _again
from crsv_desk.pdf.styles import Run
from crsv_desk.pdf.words import page_texts
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import sample_letter
from tests.pdf.scripts import scripts_letter

HEIGHT = mm(190)


@pytest.fixture
def other_rules(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Shorter pages, narrower lines, larger letters: nearly every line and page ends elsewhere."""
    monkeypatch.setattr("crsv_desk.pdf.letter_part.LETTER_BOTTOM", HEIGHT)
    monkeypatch.setattr("crsv_desk.pdf.evidence.BOTTOM", HEIGHT)
    monkeypatch.setattr("crsv_desk.pdf.signatories.BOTTOM", HEIGHT)
    monkeypatch.setattr("crsv_desk.pdf.letter_part.TEXT_WIDTH", mm(110))
    monkeypatch.setattr("crsv_desk.pdf.evidence.LIMIT", replace(measures.LIMIT, size=9))
    return monkeypatch


def pages(letter: CombinedLetter) -> bytes:
    return typeset.typeset(letter, silent)


@pytest.mark.parametrize(
    "make",
    [lambda: sample_letter(14, withheld=3), lambda: sample_letter(130), arabic_letter, scripts_letter],
    ids=["latin", "long list", "arabic", "all scripts"],
)
def test_where_pages_and_lines_end_is_no_difference(
    make: Callable[[], CombinedLetter], monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for right to left: readers find the words of a line, so it is pages alone that end elsewhere there."""
    letter = make()
    for module, name in (("letter_part", "LETTER_BOTTOM"), ("evidence", "BOTTOM"), ("signatories", "BOTTOM")):
        monkeypatch.setattr(f"crsv_desk.pdf.{module}.{name}", HEIGHT)
    if letter.text.direction == "ltr":
        monkeypatch.setattr("crsv_desk.pdf.letter_part.TEXT_WIDTH", mm(110))
    made = pages(letter)
    monkeypatch.undo()
    assert len(list(page_texts(made))) > len(list(page_texts(pages(letter))))
    assert same_words(made, letter)


@pytest.mark.parametrize("count", [4, 20])
def test_a_row_that_goes_on_says_so_on_other_pages_then(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = sample_letter(count, withheld=1)
    rows = list(letter.signatories)
    rows[2] = replace(rows[2], reservation="Mits de statuten het toelaten. " * 200)
    letter = replace(letter, signatories=tuple(rows))
    monkeypatch.setattr("crsv_desk.pdf.signatories.BOTTOM", HEIGHT)
    made = pages(letter)
    # The name of another one above words that are not its own.
    monkeypatch.setattr(
        "crsv_desk.pdf.signatory_rows._again", lambda setting, row, *how: _again(setting, rows[1], *how)
    )
    lying = pages(letter)
    monkeypatch.undo()
    said = [" ".join(page.split()).count(f"{rows[2].organisation} …") for page in page_texts(made)]
    assert sum(said) > sum(
        " ".join(page.split()).count(f"{rows[2].organisation} …") for page in page_texts(pages(letter))
    )
    assert same_words(made, letter)
    assert not same_words(lying, letter)


@pytest.fixture(scope="module")
def letter() -> CombinedLetter:
    return sample_letter(12, withheld=2)


def _word(letter: CombinedLetter) -> CombinedLetter:
    return replace(letter, text=replace(letter.text, salutation=letter.text.salutation + " niet"))


def _less(letter: CombinedLetter) -> CombinedLetter:
    return replace(letter, text=replace(letter.text, blocks=letter.text.blocks[:-1]))


def _order(letter: CombinedLetter) -> CombinedLetter:
    one, other, *rest = letter.signatories
    return replace(letter, signatories=(other, one, *rest))


def _code(letter: CombinedLetter) -> CombinedLetter:
    return replace(letter, signatories=(replace(letter.signatories[0], certificate="5" * 64), *letter.signatories[1:]))


def _notice(letter: CombinedLetter) -> CombinedLetter:
    return replace(letter, notice=letter.notice + " 2")


CHANGES = [_word, _less, _order, _code, _notice]


@pytest.mark.parametrize("change", CHANGES)
def test_other_words_are_found(
    letter: CombinedLetter,
    other_rules: pytest.MonkeyPatch,
    change: Callable[[CombinedLetter], CombinedLetter],
) -> None:
    made = pages(change(letter))
    other_rules.undo()
    assert not same_words(made, letter)


Furnish = Callable[[TaggedCanvas, Setting, str, bool], None]


def _twice(canvas: TaggedCanvas, setting: Setting, part: str, head: bool) -> None:
    furniture.paint_furniture(canvas, setting, part, head)
    with pytest.MonkeyPatch.context() as patch:  # a little lower: what lies exactly upon itself is seen once
        patch.setattr(furniture, "FOOT_BASELINE", measures.FOOT_BASELINE + 12)
        furniture.paint_furniture(canvas, setting, part, False)


def _head_on_the_first(canvas: TaggedCanvas, setting: Setting, part: str, head: bool) -> None:
    furniture.paint_furniture(canvas, setting, part, True)


def _wrong_number(canvas: TaggedCanvas, setting: Setting, part: str, head: bool) -> None:
    canvas.page += 1
    furniture.paint_furniture(canvas, setting, part, head)
    canvas.page -= 1


def _another_part(canvas: TaggedCanvas, setting: Setting, part: str, head: bool) -> None:
    furniture.paint_furniture(canvas, setting, setting.wording.gettext("Letter"), head)


def _header_row(canvas: TaggedCanvas, setting: Setting, part: str, head: bool) -> None:
    repeated_row(setting).paint(canvas, mm(25), mm(5))
    furniture.paint_furniture(canvas, setting, part, head)


def _a_word_below(canvas: TaggedCanvas, setting: Setting, part: str, head: bool) -> None:
    furniture.paint_furniture(canvas, setting, part, head)
    [line] = break_lines([Run("niet", NOTE)], 100.0)
    canvas.text(line, mm(25), mm(290))


@pytest.mark.parametrize(
    "furnish", [_twice, _head_on_the_first, _wrong_number, _another_part, _header_row, _a_word_below]
)
def test_what_pages_repeat_is_no_place_to_hide_in(
    letter: CombinedLetter, other_rules: pytest.MonkeyPatch, furnish: Furnish
) -> None:
    def painted(canvas: TaggedCanvas, setting: Setting, part: str, head: bool) -> None:
        chosen = furnish if canvas.page in (0, 3) or furnish is not _header_row else furniture.paint_furniture
        chosen(canvas, setting, part, head)

    other_rules.setattr(parts.Part.__init__, "__defaults__", (None, painted))
    made = pages(letter)
    other_rules.undo()
    assert not same_words(made, letter)


def test_page_numbers_that_the_text_names_are_true(letter: CombinedLetter, other_rules: pytest.MonkeyPatch) -> None:
    honest, lying = pages(letter), typeset.typeset(letter, silent, {"letter": 1, "signatories": 2, "evidence": 9})
    other_rules.undo()
    assert same_words(honest, letter) and not same_words(lying, letter)


def annotated(pdf: bytes, annotation: dict[str, object], appearance: bytes = b"") -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        made = pikepdf.Dictionary({"/Type": pikepdf.Name.Annot, "/Rect": [70, 500, 500, 700], "/F": 4, **annotation})
        if appearance:
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            stream = document.make_stream(appearance)
            stream.Type, stream.Subtype, stream.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 430, 200]
            stream.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            made.AP = pikepdf.Dictionary(N=stream)
        document.pages[1].Annots = pikepdf.Array([document.make_indirect(made)])
        output = io.BytesIO()
        document.save(output)
    return output.getvalue()


@pytest.mark.parametrize("kind", ["FreeText", "Stamp", "Widget", "Link", "Text"])
def test_what_lies_over_a_page_is_read_too(letter: CombinedLetter, kind: str) -> None:
    over = annotated(
        pages(letter),
        {"/Subtype": pikepdf.Name(f"/{kind}"), "/Contents": pikepdf.String("Ingetrokken")},
        b"BT /F 20 Tf 10 10 Td (Ingetrokken) Tj ET",
    )
    assert not same_words(over, letter)


def test_nothing_is_set_for_a_file_that_is_no_such_letter(
    letter: CombinedLetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A secretariat checks many a PDF, and holds many closings."""
    other = pages(replace(letter, letter="5" * 64))

    def set_anyway(*_anything: object) -> bytes:
        raise AssertionError("it was set")

    monkeypatch.setattr("crsv_desk.pdf.likeness.typeset", set_anyway)
    assert not same_words(other, letter)


def test_more_pages_than_any_layout_needs_are_not_read_one_by_one(letter: CombinedLetter) -> None:
    with pikepdf.open(io.BytesIO(pages(letter))) as document:
        for _ in range(60):
            document.pages.append(document.pages[0])
        output = io.BytesIO()
        document.save(output)
    assert not same_words(output.getvalue(), letter)
