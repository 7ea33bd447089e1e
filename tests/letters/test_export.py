"""A letter written as .docx comes back with the same blocks and fields."""

from __future__ import annotations

import io
import zipfile

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.fair_copy import FairCopy
from crsv_desk.letters.docx_out import to_docx
from crsv_desk.letters.gathering import Found
from crsv_desk.letters.markdown import parse
from crsv_desk.letters.spans import joined_spans, trimmed
from crsv_desk.letters.taking_in import take_in
from tests.letters.test_writing import letters, shape


def copy(blocks: list[Found], direction: str = "ltr") -> FairCopy:
    made = tuple(Block(f"b{at}", one.kind, one.spans, one.level, one.marker) for at, one in enumerate(blocks))
    return FairCopy(
        language="nl", direction=direction, recipient=("Tweede Kamer", "Den Haag"), place="Den Haag", date="2026-05-26",  # type: ignore[arg-type]
        subject="Over “vrede”", salutation="Geachte leden,", blocks=made, closing="Hoogachtend,", lead="Platform Vrede",
    )  # fmt: skip


def plain(found: Found) -> Found:
    """What a word processor's document can say: no code, no breaks in headings, no white space at the ends."""
    spans = [
        Span(
            span.text.replace("\n", " ") if found.kind == "heading" else span.text,
            "plain" if span.style == "code" else span.style,
            span.href,
        )
        for span in found.spans
    ]
    return Found(found.kind, trimmed(joined_spans(spans)), found.level, found.marker)


@settings(max_examples=60, deadline=None)
@given(letters())
def test_blocks_come_back_from_a_docx(blocks: list[Found]) -> None:
    wanted = [one for one in map(plain, blocks) if one.text.strip()]
    source = take_in(to_docx(copy(wanted)), "brief.docx")
    read = parse(source.body)
    assert [(one.kind, one.level, one.marker, one.text) for one in read] == [
        (one.kind, one.level, one.marker, one.text) for one in wanted
    ]


def test_fields_styles_and_links_come_back_and_only_the_date_is_reported() -> None:
    blocks = [
        Found("heading", (Span("Wat wij vragen"),), 2),
        Found("paragraph", (Span("Met "), Span("nadruk", "emphasis"), Span(" en "), Span("een adres", "strong", "https://a.nl/?b=1&c"))),
        Found("item", (Span("Drie"),), 1, "3."),
        Found("item", (Span("Dieper"),), 2, "•"),
        Found("item", (Span("Verder"),), 2, ""),
        Found("item", (Span("Vier"),), 1, "4."),
        Found("quote", (Span("Een regel\nen nog een"),)),
        Found("item", (Span("Weer drie"),), 1, "3."),
    ]  # fmt: skip
    source = take_in(to_docx(copy(blocks)), "brief.docx")
    assert source.front == {
        "subject": "Over “vrede”", "salutation": "Geachte leden,", "closing": "Hoogachtend,",
        "recipient": ["Tweede Kamer", "Den Haag"],
    }  # fmt: skip
    assert list(source.remarks) == [
        "“Den Haag, 26 mei 2026” was left out of the text: place and date are fields of the letter."
    ]
    assert shape(parse(source.body)) == shape(blocks)


def test_the_file_opens_in_other_programs_and_names_nobody() -> None:
    data = to_docx(copy([Found("paragraph", (Span("Tekst."),))], "rtl"))
    document = docx.Document(io.BytesIO(data))
    assert document.core_properties.author == "Platform Vrede" and document.core_properties.title == "Over “vrede”"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"python-docx" not in b"".join(archive.read(name) for name in archive.namelist())


@settings(max_examples=20, deadline=None)
@given(st.text(alphabet="ab-*1. \n", max_size=80).filter(lambda text: text.strip()))
def test_plain_text_keeps_every_word(text: str) -> None:
    source = take_in(f"Betreft: iets\n\n{text}\n\nSlot.".encode(), "brief.txt")
    words = " ".join(one.text for one in parse(source.body)).split()
    assert source.front["subject"] == "iets" and "".join(words).count("a") == text.count("a")
    assert "".join(words).count("b") == text.count("b")
