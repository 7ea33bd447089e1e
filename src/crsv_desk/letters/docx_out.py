"""A letter as .docx, made of the styles that every word processor knows, so that it comes back as it went."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.fair_copy import FairCopy

_DEPTHS = range(6)
_BULLETS = "•–·•–·"
_ADDRESS = "envelope address"
_STEP = 0.75
"""Centimetres by which a deeper list is indented."""
_NO_DATE = datetime(2026, 1, 1)  # noqa: DTZ001 (the format has no zone; when a copy was made says nothing)


def to_docx(copy: FairCopy) -> bytes:
    """The file; it names nobody but the lead."""
    document: Any = Document()
    _Writer(document, copy).write()
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def place_and_date(copy: FairCopy) -> str:
    """``Den Haag, 26 mei 2026``, in the letter's language."""
    try:
        locale = Locale.parse(copy.language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en", "GB")
    day = format_date(datetime.fromisoformat(copy.date), "long", locale=locale) if copy.date else ""
    return ", ".join(part for part in (copy.place, day) if part)


class _Writer:
    def __init__(self, document: Any, copy: FairCopy) -> None:
        self._document, self._copy = document, copy
        self._rtl = copy.direction == "rtl"
        self._numbering = _Lists(document)

    def write(self) -> None:
        copy, document = self._copy, self._document
        properties = document.core_properties
        properties.author = properties.last_modified_by = copy.lead
        properties.title, properties.language, properties.comments = copy.subject, copy.language, ""
        properties.created = properties.modified = _NO_DATE
        self._prepare()
        if copy.recipient:
            self._paragraph(_ADDRESS, [Span("\n".join(copy.recipient))])
        if line := place_and_date(copy):
            self._paragraph("Date", [Span(line)])
        self._paragraph("Title", [Span(copy.subject)])
        if copy.salutation:
            self._paragraph("Salutation", [Span(copy.salutation)])
        for block in copy.blocks:
            self._block(block)
        if copy.closing:
            self._paragraph("Closing", [Span(copy.closing)])

    def _prepare(self) -> None:
        """Type, language and the styles that the template lacks."""
        styles = self._document.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = "Noto Serif", Pt(11)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:cs"), "Noto Naskh Arabic")
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), self._copy.language)
        language.set(qn("w:bidi"), self._copy.language)
        normal.element.rPr.append(language)
        names = {style.name for style in styles}
        continued = [f"List Continue {depth}" if depth > 1 else "List Continue" for depth in range(1, 7)]
        for name in (_ADDRESS, "Date", "Salutation", "Closing", *continued):
            if name not in names:
                styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True).base_style = normal
        for number, name in enumerate(continued, start=1):
            styles[name].paragraph_format.left_indent = Cm(number * _STEP)

    def _block(self, block: Block) -> None:
        match block.kind:
            case "heading":
                self._paragraph(f"Heading {min(max(block.level, 1), 6)}", block.spans)
            case "quote":
                self._paragraph("Quote", block.spans)
            case "item" if block.marker:
                paragraph = self._paragraph("Normal", block.spans)
                self._numbering.put(paragraph, max(block.level, 1), block.marker)
            case "item":
                depth = min(max(block.level, 1), 6)
                self._paragraph(f"List Continue {depth}" if depth > 1 else "List Continue", block.spans)
            case _:
                self._paragraph("Normal", block.spans)
        if block.kind != "item" and block.kind != "heading":
            self._numbering.end()

    def _paragraph(self, style: str, spans: Sequence[Span]) -> Any:
        paragraph = self._document.add_paragraph(style=style)
        if self._rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for span in spans:
            parent = self._link(paragraph, span.href) if span.href else paragraph._p
            self._run(paragraph, parent, span)
        return paragraph

    def _run(self, paragraph: Any, parent: Any, span: Span) -> None:
        run = paragraph.add_run()
        run.bold = True if "strong" in span.style else None
        run.italic = True if span.style in ("emphasis", "strong emphasis") else None
        if span.style == "code":
            run.font.name = "Courier New"
        if span.href:
            run.underline = True
        for number, line in enumerate(span.text.split("\n")):
            if number:
                run.add_break()
            text = OxmlElement("w:t")
            text.text = line
            text.set(qn("xml:space"), "preserve")
            run._r.append(text)
        if self._rtl:
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))
        parent.append(run._r)

    def _link(self, paragraph: Any, href: str) -> Any:
        relation = self._document.part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), relation)
        paragraph._p.append(link)
        return link


class _Lists:
    """Two shapes of lists, and a list of its own wherever numbers begin again."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        self._shapes = {kind: self._shape(kind) for kind in ("bullet", "decimal")}
        self._bullets = self._number("bullet", {})
        self._now: dict[int, tuple[str, int]] = {}
        """By depth: the list whose numbers run there, and the last of them."""

    def end(self) -> None:
        """Text stands between: numbers behind it may still go on."""
        self._now = {depth: one for depth, one in self._now.items() if depth == 1}

    def put(self, paragraph: Any, depth: int, marker: str) -> None:
        """Make a paragraph an item."""
        number = marker[:-1]
        self._now = {one: found for one, found in self._now.items() if one <= depth}
        if number.isdigit():
            which, last = self._now.get(depth, ("", -1))
            if not which or int(number) != last + 1:
                which = self._number("decimal", {depth: int(number)})
            self._now[depth] = (which, int(number))
        else:
            which = self._bullets
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = depth - 1
        properties.get_or_add_numId().val = int(which)

    def _shape(self, kind: str) -> str:
        taken = [int(one.get(qn("w:abstractNumId"))) for one in self._root.findall(qn("w:abstractNum"))]
        identifier = str(max(taken, default=0) + 1)
        levels = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{_BULLETS[depth] if kind == "bullet" else f"%{depth + 1}."}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{round((depth + 1) * _STEP * 567)}" w:hanging="{round(_STEP * 567)}"/></w:pPr></w:lvl>'
            for depth in _DEPTHS
        )
        element = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identifier}">'
            f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
        )
        first = self._root.find(qn("w:num"))
        self._root.append(element) if first is None else first.addprevious(element)
        return identifier

    def _number(self, kind: str, starts: dict[int, int]) -> str:
        number = self._root.add_num(int(self._shapes[kind]))
        for depth, start in starts.items():
            number.add_lvlOverride(ilvl=depth - 1).add_startOverride(start)
        return str(number.numId)
