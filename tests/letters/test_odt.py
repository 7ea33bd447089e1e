"""Real .odt files made here by odfdo: what survives, what is said of the rest, and files that mean harm."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from odfdo import Document, Element, Frame, Header, Link, List, ListItem, Note, Paragraph, Style, Table

from crsv_desk.domain.blocks import Span
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.source import Source
from crsv_desk.letters.markdown import Parsed, parse
from crsv_desk.letters.taking_in import take_in


def saved(document: Any) -> bytes:
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def empty() -> Any:
    document = Document("text")
    document.body.clear()
    document.meta.title = "Over vrede"
    return document


def read(document: Any) -> tuple[Source, tuple[Parsed, ...]]:
    source = take_in(saved(document), "brief.odt")
    return source, parse(source.body)


def test_headings_lists_emphasis_links_and_white_space_survive() -> None:
    document = empty()
    document.insert_style(Style("text", name="Vet", area="text", bold=True), automatic=True)
    document.insert_style(Style("text", name="Schuin", area="text", italic=True), automatic=True)
    body = document.body
    body.append(Header(2, "Wat wij vragen"))
    paragraph = Paragraph("Met ")
    paragraph.append(Element.from_tag('<text:span text:style-name="Schuin">nadruk </text:span>'))
    paragraph.append(Element.from_tag('<text:span text:style-name="Vet">en klem</text:span>'))
    paragraph.append(Element.from_tag("<text:s/>"))
    paragraph.append(Link("https://example.org/", text="hier"))
    body.append(paragraph)
    outer = List(["Een", "Twee"])
    inner = ListItem()
    inner.append(List(["Dieper"]))
    outer.append(inner)
    body.append(outer)
    body.append(Element.from_tag('<text:p text:style-name="Quotations">Zij zei “ja”.</text:p>'))
    source, blocks = read(document)
    assert source.with_subject().front["subject"] == "Over vrede"
    assert [(one.kind, one.level, one.marker, one.text) for one in blocks] == [
        ("heading", 2, "", "Wat wij vragen"),
        ("paragraph", 0, "", "Met nadruk en klem hier"),
        ("item", 1, "•", "Een"),
        ("item", 1, "•", "Twee"),
        ("item", 2, "•", "Dieper"),
        ("quote", 0, "", "Zij zei “ja”."),
    ]
    assert blocks[1].spans == (
        Span("Met "), Span("nadruk", "emphasis"), Span(" "), Span("en klem", "strong"), Span(" "),
        Span("hier", "plain", "https://example.org/"),
    )  # fmt: skip
    assert [one for one in source.remarks if "title" not in one] == []


def test_numbers_start_and_go_on_as_the_document_says() -> None:
    document = empty()
    shape = Element.from_tag(
        '<text:list-style style:name="Cijfers"><text:list-level-style-number text:level="1" style:num-format="1"'
        ' text:start-value="3"/><text:list-level-style-number text:level="2" style:num-format="a"/></text:list-style>'
    )
    document.get_part("content.xml").root.get_elements("descendant::office:automatic-styles")[0].append(shape)
    xml = (
        '<text:list text:style-name="Cijfers"{0}><text:list-item><text:p>{1}</text:p><text:p>Verder</text:p></text:list-item>'
        "<text:list-item><text:list><text:list-item><text:p>Dieper</text:p></text:list-item></text:list></text:list-item></text:list>"
    )
    document.body.append(Element.from_tag(xml.format("", "Drie")))
    document.body.append(Element.from_tag(xml.format(' text:continue-numbering="true"', "Vier")))
    source, blocks = read(document)
    assert [(one.level, one.marker, one.text) for one in blocks] == [
        (1, "3.", "Drie"), (1, "", "Verder"), (2, "1.", "Dieper"), (1, "4.", "Vier"), (1, "", "Verder"), (2, "1.", "Dieper"),
    ]  # fmt: skip
    assert any("2 items of lists had letters" in one for one in source.remarks)


def test_what_cannot_be_kept_is_listed_and_its_text_kept() -> None:
    document = empty()
    body = document.body
    paragraph = Paragraph("Een zin")
    paragraph.append(Note("footnote", "n1", citation="1", body="Zie bijlage."))
    body.append(paragraph)
    table = Table("T", width=2, height=1)
    table.set_value("A1", "links")
    table.set_value("B1", "rechts")
    body.append(table)
    holder = Paragraph()
    holder.append(Frame.image_frame("Pictures/x.png"))
    holder.append(Frame.text_frame("in het kader"))
    body.append(holder)
    commented = Paragraph()
    commented.append(
        Element.from_tag(
            '<office:annotation office:name="a"><dc:creator>Jan</dc:creator><text:p>Klopt dit?</text:p></office:annotation>'
        )
    )
    commented.append(Element.from_tag("<text:span>deze woorden</text:span>"))
    commented.append(Element.from_tag('<office:annotation-end office:name="a"/>'))
    body.append(commented)
    ruby = "<text:ruby><text:ruby-base>woord</text:ruby-base><text:ruby-text>lezing</text:ruby-text></text:ruby>"
    body.append(Element.from_tag(f"<text:p>{ruby}</text:p>"))
    changes = Element.from_tag(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion></text:changed-region>"
        "<text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>"
    )
    body.insert(changes, position=0)
    source, blocks = read(document)
    assert [one.text for one in blocks] == [
        "Een zin[1]", "links | rechts", "in het kader", "deze woorden", "woord", "[1] Zie bijlage.",
    ]  # fmt: skip
    said = "\n".join(source.remarks)
    for sentence in (
        "1 footnote", "1 table", "1 picture", "1 text box", "1 tracked insertion was", "1 tracked deletion was",
        "Comment by Jan on “deze woorden”: Klopt dit?", "1 reading above the words",
    ):  # fmt: skip
        assert sentence in said, sentence


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w") as new:
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
    return output.getvalue()


def test_harmful_and_protected_files_are_refused_with_a_sentence() -> None:
    document = empty()
    document.body.append(Paragraph("Tekst."))
    data = saved(document)
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    with pytest.raises(Refused, match="DOCTYPE"):
        take_in(with_part(data, "content.xml", bomb), "b.odt")
    with pytest.raises(Refused, match="DOCTYPE"):
        take_in(with_part(data, "styles.xml", bomb), "b.odt")
    with pytest.raises(Refused, match="cannot be read"):
        take_in(with_part(data, "content.xml", b"<x"), "b.odt")
    manifest = b"<m xmlns:m='urn:x'><m:encryption-data/></m>"
    with pytest.raises(Refused, match="password"):
        take_in(with_part(data, "META-INF/manifest.xml", manifest), "b.odt")


def test_parts_that_are_not_read_may_be_old_or_empty() -> None:
    document = empty()
    document.body.append(Paragraph("Tekst."))
    data = with_part(saved(document), "Configurations2/accelerator/current.xml", b"")
    assert parse(take_in(data, "b.odt").body)[0].text == "Tekst."


def test_the_address_and_the_line_with_the_date_are_fields_and_no_text() -> None:
    document = empty()
    document.insert_style(Style("paragraph", name="Date"))
    document.insert_style(
        Element.from_tag('<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Date"/>'),
        automatic=True,
    )
    for style, words in (
        ("Addressee", "Tweede Kamer"),
        ("Addressee", "Den Haag"),
        ("P1", "Den Haag, 26 mei"),
        ("Date", "Nog een"),
    ):
        document.body.append(Element.from_tag(f'<text:p text:style-name="{style}">{words}</text:p>'))
    document.body.append(Paragraph("Tekst."))
    source, blocks = read(document)
    assert source.front["recipient"] == ["Tweede Kamer", "Den Haag"]
    assert [one.text for one in blocks] == ["Nog een", "Tekst."]
    assert any("“Den Haag, 26 mei” was left out" in one for one in source.remarks)
