"""Words in another script say their language wherever they stand: in a paragraph, a sentence of the program, a table."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.paper import CombinedLetter, LetterText
from crsv_desk.domain.progress import silent
from crsv_desk.pdf.languages import by_language, foreign_language
from crsv_desk.pdf.typeset import typeset
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import sample_letter


@pytest.mark.parametrize(
    ("text", "home", "expected"),
    [
        ("Wij steunen صوت النساء en anderen.", "Latn", [("Wij steunen ", ""), ("صوت النساء", "ar"), (" en anderen.", "")]),
        ("«Ελλάδα», 2026", "Latn", [("«", ""), ("Ελλάδα", "el"), ("», 2026", "")]),
        ("Żółć, œuvre ﬁn – “2026” ½", "Latn", [("Żółć, œuvre ﬁn – “2026” ½", "")]),
        ("منظمة CARE Nederland (2026) في جوبا", "Arab", [("منظمة ", ""), ("CARE Nederland", "und-Latn"), (" (2026) في جوبا", "")]),
        ("ქალთა Жінки", "Latn", [("ქალთა", "ka"), (" ", ""), ("Жінки", "und-Cyrl")]),
        ("कि", "Latn", [("कि", "hi")]),
        ("ڕێکخراوی ژنان", "Latn", [("ڕێکخراوی ژنان", "ckb")]),
        ("انجمن زنان ایران", "Latn", [("انجمن زنان ایران", "und-Arab")]),
        ("", "Latn", [("", "")]),
    ],
)  # fmt: skip
def test_a_text_falls_into_languages(text: str, home: str, expected: list[tuple[str, str]]) -> None:
    assert by_language(text, {home}) == expected


@given(
    st.text(alphabet="abc é-,.(2) \u2068\u2069صوالكΑβжინא\u0301ิก", max_size=40),
    st.sampled_from(["Latn", "Arab", "Grek"]),
)
def test_no_character_is_lost_or_moved(text: str, home: str) -> None:
    made = by_language(text, {home})
    assert "".join(part for part, _language in made) == text
    assert all(part for part, _language in made) or not text


def test_one_name_in_a_language_of_its_own() -> None:
    assert foreign_language("نساء", "nl") == "ar" and foreign_language("نساء", "ar") == ""
    assert foreign_language("CARE", "ar") == "und-Latn" and foreign_language("CARE", "nl") == ""


def languages_of(pdf: bytes, role: str) -> list[list[str]]:
    """Of every element of ``role`` that has any: the languages of the spans in it, in reading order."""
    found = []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for one in opened.objects:
            if isinstance(one, Dictionary) and one.get("/S") == f"/{role}":
                kids = one.get("/K")
                inside = [kid for kid in (kids if isinstance(kids, Array) else [kids]) if isinstance(kid, Dictionary)]
                found.append([str(kid.Lang) for kid in inside if kid.get("/S") == "/Span" and "/Lang" in kid])
    return [one for one in found if one]


def with_paragraph(letter: CombinedLetter, text: str) -> CombinedLetter:
    blocks = (Block("b", "paragraph", (Span(text),)), Block("c", "item", (Span(text),), 1, "•"))
    made: LetterText = replace(letter.text, blocks=blocks)
    return replace(letter, text=made)


def test_words_inside_a_paragraph_and_a_list_say_their_language() -> None:
    pdf = typeset(with_paragraph(sample_letter(1), "Wij steunen صوت النساء en Жінки миру, samen."), silent)
    assert ["ar", "und-Cyrl"] in languages_of(pdf, "P") and ["ar", "und-Cyrl"] in languages_of(pdf, "LBody")
    pdf = typeset(with_paragraph(arabic_letter(), "نعمل مع CARE Nederland ومع Oxfam Novib."), silent)
    assert ["und-Latn", "und-Latn"] in languages_of(pdf, "P")


def test_names_in_sentences_of_the_program_and_in_the_seal_say_their_language() -> None:
    letter = sample_letter(9)
    arabic = letter.signatories[8]
    letter = replace(letter, lead=arabic.organisation, sign_off=replace(letter.sign_off, lead=arabic.organisation))
    found = languages_of(typeset(letter, silent), "P")
    # The side column, the sign-off with the others' names, the row, the box of the seal.
    assert sum(set(one) == {"ar"} for one in found) >= 4
