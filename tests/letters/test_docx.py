"""Real .docx files made here: what survives, what is said of the rest, and files that mean harm."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from PIL import Image

from crsv_desk.domain.blocks import Span
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.source import Source
from crsv_desk.letters import archive
from crsv_desk.letters.markdown import Parsed, parse
from crsv_desk.letters.taking_in import take_in


def made(fill: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    fill(document)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def read(fill: Callable[[Any], None], name: str = "brief.docx") -> tuple[Source, tuple[Parsed, ...]]:
    source = take_in(made(fill), name)
    return source, parse(source.body)


def rows(blocks: Sequence[Parsed]) -> list[tuple[str, int, str, str]]:
    return [(one.kind, one.level, one.marker, one.text) for one in blocks]


def test_headings_lists_emphasis_links_and_quotes_survive() -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("Over vrede", style="Title")
        document.add_heading("Wat wij vragen", 2)
        paragraph = document.add_paragraph("Met ")
        paragraph.add_run("nadruk").italic = True
        paragraph.add_run(" en ")
        paragraph.add_run("klem ").bold = True
        paragraph.add_run("op ", style="Strong")
        target = document.part.relate_to("https://example.org/a", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), target)
        run = paragraph.add_run("deze plek")
        link.append(run._r)
        paragraph._p.append(link)
        paragraph.add_run(".")
        document.add_paragraph("Een", style="List Bullet")
        document.add_paragraph("Dieper", style="List Bullet 2")
        document.add_paragraph("Een", style="List Number")
        document.add_paragraph("Twee", style="List Number")
        document.add_paragraph("Zij zei “ja”, 'echt'.", style="Quote")

    source, blocks = read(fill)
    assert source.front["subject"] == "Over vrede" and list(source.remarks) == []
    assert rows(blocks) == [
        ("heading", 2, "", "Wat wij vragen"),
        ("paragraph", 0, "", "Met nadruk en klem op deze plek."),
        ("item", 1, "•", "Een"),
        ("item", 2, "•", "Dieper"),
        ("item", 1, "1.", "Een"),
        ("item", 1, "2.", "Twee"),
        ("quote", 0, "", "Zij zei “ja”, 'echt'."),
    ]
    assert blocks[1].spans == (
        Span("Met "), Span("nadruk", "emphasis"), Span(" en "), Span("klem op", "strong"), Span(" "),
        Span("deze plek", "plain", "https://example.org/a"), Span("."),
    )  # fmt: skip


def test_fields_of_the_letter_are_recognised_and_said() -> None:
    def fill(document: Any) -> None:
        for words in ("Tweede Kamer", "Betreft: Input CD", "Geachte leden,", "De tekst zelf.", "Hoogachtend,", "Anna"):
            document.add_paragraph(words)

    source, blocks = read(fill)
    assert source.front == {"subject": "Input CD", "salutation": "Geachte leden,", "closing": "Hoogachtend,"}
    assert [one.text for one in blocks] == ["Tweede Kamer", "De tekst zelf.", "Anna"]
    assert len(source.remarks) == 3 and "“Input CD”" not in source.remarks[0] and "Betreft" in source.remarks[0]


def test_without_a_subject_the_files_name_stands_for_it_and_that_is_said() -> None:
    source, _blocks = read(lambda document: document.add_paragraph("Tekst."), "brief aan de Kamer.docx")
    named = source.with_subject()
    assert named.front["subject"] == "brief aan de Kamer" and "brief aan de Kamer" in named.remarks[0]
    # A changed text of a letter that has a subject keeps that.
    kept = source.with_subject("Over vrede")
    assert kept.front["subject"] == "Over vrede" and not kept.remarks


def test_the_title_is_the_documents_own_also_where_its_relation_is_named_as_libreoffice_names_it() -> None:
    def titled(title: str) -> bytes:
        def fill(document: Any) -> None:
            document.core_properties.title = title
            document.add_paragraph("Tekst.")

        def as_libreoffice(rels: bytes) -> bytes:
            ours, theirs = b"/package/2006/relationships/metadata", b"/officedocument/2006/relationships/metadata"
            assert ours in rels
            return rels.replace(ours, theirs)

        return changed(made(fill), {"_rels/.rels": as_libreoffice})

    assert take_in(titled("Over vrede"), "b.docx").with_subject().front["subject"] == "Over vrede"
    assert take_in(titled(""), "brief.docx").with_subject().front["subject"] == "brief"
    without = changed(made(lambda document: document.add_paragraph("Tekst.")), {"_rels/.rels": _no_properties})
    assert take_in(without, "brief.docx").with_subject().front["subject"] == "brief"


def _no_properties(rels: bytes) -> bytes:
    return re.sub(rb"<Relationship [^>]*metadata/core-properties[^>]*/>", b"", rels)


def test_what_cannot_be_kept_is_listed_with_counts_and_its_text_kept() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (10, 10), "red").save(picture, "PNG")

    def fill(document: Any) -> None:
        document.core_properties.title = "Titel"
        document.sections[0].header.paragraphs[0].text = "Vertrouwelijk"
        table = document.add_table(2, 2)
        for at, cell in enumerate(cell for row in table.rows for cell in row.cells):
            cell.text = f"cel {at}"
        document.add_picture(io.BytesIO(picture.getvalue()))
        paragraph = document.add_paragraph("Een ")
        struck = paragraph.add_run("oud")
        struck.font.strike = True
        paragraph.add_run(" en ").font.underline = True
        paragraph.add_run("x2").font.superscript = True
        paragraph.add_run("geheim").font.hidden = True
        box = parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>in het kader</w:t></w:r></w:p></w:txbxContent>"
            "</w:pict></w:r>"
        )
        paragraph._p.append(box)
        word, reading = (f"<w:r><w:t>{text}</w:t></w:r>" for text in ("woord", "lezing"))
        ruby = f"<w:ruby><w:rt>{reading}</w:rt><w:rubyBase>{word}</w:rubyBase></w:ruby>"
        document.add_paragraph()._p.append(parse_xml(f"<w:r {nsdecls('w')}>{ruby}</w:r>"))
        document.add_paragraph()._p.append(parse_xml(f"<w:subDoc {nsdecls('w')}/>"))
        document.add_page_break()
        document.add_comment(paragraph.runs[0], "Klopt dit?", author="Jan", initials="J")

    source, blocks = read(fill)
    assert [one.text for one in blocks] == ["cel 0 | cel 1", "cel 2 | cel 3", "Een oud en x2", "in het kader", "woord"]
    said = "\n".join(source.remarks)
    for sentence in (
        "1 table was taken apart", "1 picture was left out", "1 text box", "1 passage was struck", "1 passage was underlined",
        "1 raised or lowered", "1 hidden passage", "1 forced page or column break", "“Vertrouwelijk”", "1 comment stands",
        "Comment by Jan on “Een”: Klopt dit?", "1 reading above the words", "1 part that this program does not know",
    ):  # fmt: skip
        assert sentence in said, sentence
    assert "geheim" not in source.body


def test_tracked_changes_are_taken_as_accepted_and_counted() -> None:
    def fill(document: Any) -> None:
        document.core_properties.title = "Titel"
        paragraph = document.add_paragraph("Wij ")
        for xml in (
            '<w:del {0} w:id="1" w:author="Jan"><w:r><w:delText>eisen</w:delText></w:r></w:del>',
            '<w:ins {0} w:id="2" w:author="Jan"><w:r><w:t>vragen</w:t></w:r></w:ins>',
            '<w:moveFrom {0} w:id="3"><w:r><w:t>daar</w:t></w:r></w:moveFrom>',
            '<w:moveTo {0} w:id="4"><w:r><w:t xml:space="preserve"> hier</w:t></w:r></w:moveTo>',
        ):
            paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
        broken = document.add_paragraph("Deze alinea ")
        mark = parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="5"/></w:rPr>')
        broken._p.get_or_add_pPr().append(mark)
        document.add_paragraph("loopt door.")

    source, blocks = read(fill)
    assert [one.text for one in blocks] == ["Wij vragen hier", "Deze alinea loopt door."]
    said = "\n".join(source.remarks)
    assert "1 tracked insertion was" in said and "1 tracked deletion was" in said and "1 tracked move was" in said


def test_footnotes_become_paragraphs_under_their_numbers() -> None:
    data = made(lambda document: document.add_paragraph("Tekst met noot"))
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Zie bijlage.</w:t>'
        "</w:r></w:p></w:footnote></w:footnotes>"
    )
    data = changed(
        data,
        {
            "word/document.xml": lambda xml: xml.replace(
                b"noot</w:t></w:r>", b'noot</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
            ),
            "word/_rels/document.xml.rels": lambda xml: xml.replace(
                b"</Relationships>",
                f'<Relationship Id="rId99" Type="{RELATIONSHIP_TYPE.FOOTNOTES}" Target="footnotes.xml"/></Relationships>'.encode(),
            ),
            "[Content_Types].xml": lambda xml: xml.replace(
                b"</Types>",
                b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                b'wordprocessingml.footnotes+xml"/></Types>',
            ),
        },
        {"word/footnotes.xml": notes.encode()},
    )
    source = take_in(data, "b.docx")
    assert [one.text for one in parse(source.body)] == ["Tekst met noot[1]", "[1] Zie bijlage."]
    assert any("1 footnote or endnote became a paragraph" in one for one in source.remarks)


def test_field_links_and_other_fields() -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph()
        pieces = (("HYPERLINK &quot;https://a.nl/&quot;", "adres"), ("DATE", "26 mei"))
        for code, shown in pieces:
            paragraph._p.extend(
                parse_xml(
                    f'<w:p {nsdecls("w")}><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
                    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
                    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
                ).findall(qn("w:r"))
            )

    source, [block] = read(fill)
    assert block.spans == (Span("adres", "plain", "https://a.nl/"), Span("26 mei"))
    assert any("1 automatic field" in one for one in source.remarks)


# Files that mean harm ----------------------------------------------------------------------------------------------


def changed(data: bytes, changes: dict[str, Callable[[bytes], bytes]], added: dict[str, bytes] | None = None) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
        for name, content in (added or {}).items():
            new.writestr(name, content)
    return output.getvalue()


def letter() -> bytes:
    return made(lambda document: document.add_paragraph("Tekst."))


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(8)
) + b"]>"  # fmt: skip
EXTERNAL = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [BOMB, EXTERNAL, b'<!DOCTYPE x SYSTEM "http://example.org/x.dtd">'])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml", "docProps/core.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_before_any_library_sees_it(declared: bytes, part: str, encoding: str) -> None:
    def plant(xml: bytes) -> bytes:
        body = xml[xml.index(b"?>") + 2 :]
        text = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + declared + body
        return text.decode().encode(encoding)

    with pytest.raises(Refused, match="DOCTYPE"):
        take_in(changed(letter(), {part: plant}), "b.docx")


def test_bombs_and_broken_files_are_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_XML", 2_000_000)
    zeros = b"<?xml version='1.0'?><w>" + b" " * 3_000_000 + b"</w>"
    assert len(changed(letter(), {}, {"word/big.xml": zeros})) < 100_000
    deep = b"<?xml version='1.0'?>" + b"<a>" * 300 + b"</a>" * 300
    encrypted = bytearray(letter())
    at = encrypted.index(b"PK\x01\x02")
    while at >= 0:
        encrypted[at + 8] |= 1
        at = encrypted.find(b"PK\x01\x02", at + 1)
    cases = {
        "far larger": changed(letter(), {}, {"word/big.xml": zeros}),
        "larger inside": changed(letter(), {}, {"word/deep.xml": deep}),
        "cannot be read": letter()[:-300],
        "password": bytes(encrypted),
        "old .doc": b"\xd0\xcf\x11\xe0" + bytes(600),
        "kind of file": b"{\\rtf1 tekst}",
        "This kind": b"%PDF-1.7 ...",
        "another kind": changed(
            letter(),
            {
                "[Content_Types].xml": lambda xml: xml.replace(
                    b"wordprocessingml.document.main", b"wordprocessingml.template.main"
                )
            },
        ),
        "not text": b"\x89PNG\x00\x00",
        "no text": made(lambda document: document.add_paragraph(" ")),
    }
    for words, data in cases.items():
        with pytest.raises(Refused, match=words):
            take_in(data, "b.docx")
    with pytest.raises(Refused, match="cannot be read"):
        take_in(changed(letter(), {"word/document.xml": lambda xml: xml[:-20]}), "b.docx")
    with pytest.raises(Refused, match="cannot be read"):
        take_in(
            changed(letter(), {"word/_rels/document.xml.rels": lambda xml: xml.replace(b"styles.xml", b"gone.xml")}),
            "b.docx",
        )
    with pytest.raises(Refused, match="too large"):
        take_in(bytes(20_000_001), "b.docx")


def test_two_members_of_one_name_are_refused() -> None:
    output = io.BytesIO(letter())
    with pytest.warns(UserWarning), zipfile.ZipFile(output, "a") as archive_:
        archive_.writestr("word/document.xml", b"<w/>")
    with pytest.raises(Refused):
        take_in(output.getvalue(), "b.docx")
