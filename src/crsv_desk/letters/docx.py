"""A .docx as a letter's text: headings, lists, quotes, emphasis and links; an account of all that was not kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from crsv_desk.domain.blocks import Span
from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_
from crsv_desk.letters.archive import DAMAGED, repacked
from crsv_desk.letters.docx_names import ALTERNATE, CHOICE, FORMULA_TEXT, FORMULAS, PICTURES, child, w
from crsv_desk.letters.docx_styles import Numbering, Styles
from crsv_desk.letters.docx_text import Inlines
from crsv_desk.letters.gathering import Gathering, Note

_FIELDS = {"title": "subject", "salutation": "salutation", "closing": "closing"}
_QUOTES = ("quote", "intense quote")
_SILENT = {
    w(name)
    for name in (
        "sectPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "commentRangeStart",
        "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "tblPr",
        "tblGrid", "tcPr", "trPr", "tblPrEx", "sdtPr", "sdtEndPr", "customXmlPr",
    )
}  # fmt: skip
_THROUGH = {w(name) for name in ("customXml", "ins", "moveTo", "smartTag")}
_PROPERTIES = "/metadata/core-properties"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_WRONG = N_("This is another kind of Office file (a template, a sheet or slides); choose a letter saved as .docx.")


def read_docx(parts: Mapping[str, bytes]) -> tuple[Gathering, str]:
    """What the document says, and the title in its properties. Raises ``Refused``."""
    try:
        document: Any = Document(repacked(parts))
    except ValueError as error:
        raise Refused(_WRONG) from error
    except Exception as error:  # a foreign file may break the library in any way
        raise Refused(DAMAGED) from error
    try:
        reader = _Reader(document)
        return reader.read(), _title(document.part.package)
    except Refused:
        raise
    except (AttributeError, KeyError, LookupError, TypeError, ValueError) as error:
        raise Refused(DAMAGED) from error


class _Reader:
    def __init__(self, document: Any) -> None:
        self._part = document.part
        self._body = document.element.body
        self.gathering = Gathering()
        self._styles = Styles(_element(self._related(RELATIONSHIP_TYPE.STYLES)))
        self._numbering = Numbering(_element(self._related(RELATIONSHIP_TYPE.NUMBERING)))
        self._inlines = Inlines(self.gathering, self._styles, _targets(self._part), self._note)
        self._notes_read: dict[tuple[str, str], int] = {}
        self._carried: list[Span] = []

    def read(self) -> Gathering:
        self._blocks(self._body)
        self.gathering.add("paragraph", self._carried)
        self.gathering.add_footnotes()
        self._read_heads()
        self._read_comments()
        return self.gathering

    def _related(self, kind: str) -> Any:
        """The first part that the document points at in this way, or ``None``."""
        found = (one for one in self._part.rels.values() if one.reltype == kind and not one.is_external)
        relation = next(found, None)
        return relation.target_part if relation is not None else None

    # --- blocks

    def _blocks(self, parent: Any) -> None:
        lost = self.gathering.lost
        for element in parent:
            tag = element.tag
            if tag == w("p"):
                self._paragraph(element)
            elif tag == w("tbl"):
                self._table(element)
            elif tag == w("sdt"):
                content = child(element, "sdtContent")
                self._blocks(content if content is not None else ())
            elif tag in _THROUGH:
                self._blocks(element)
            elif tag == ALTERNATE:
                self._blocks(next(element.iterchildren(CHOICE), ()))
            elif tag in FORMULAS:
                lost["formulas"] += 1
                self.gathering.add("paragraph", [Span("".join(one.text or "" for one in element.iter(FORMULA_TEXT)))])
            elif tag in (w("del"), w("moveFrom")):
                lost["deletions"] += tag == w("del")
            elif isinstance(tag, str) and tag not in _SILENT:
                lost["foreign"] += 1

    def _paragraph(self, paragraph: Any) -> None:
        spans = [*self._carried, *self._inlines.spans(paragraph)]
        self._carried = []
        if child(paragraph, "pPr", "rPr", "del") is not None:
            # Its end was deleted: it goes on in the next one.
            self._carried = spans
            return
        self._add(paragraph, spans)
        boxes, self._inlines.boxes = self._inlines.boxes, []
        for box in boxes:
            self._blocks(box)

    def _add(self, paragraph: Any, spans: list[Span]) -> None:
        gathering, names = self.gathering, self._styles.names(paragraph)
        if gathering.take_field(names, spans):
            return
        said = next((_FIELDS[name] for name in names[:1] if name in _FIELDS), "")
        words = " ".join("".join(span.text for span in spans).split())
        if said and words and said not in gathering.fields:
            gathering.fields[said] = words
            return
        numbering = self._styles.numbering(paragraph)
        listed = numbering is not None and self._numbering.knows(numbering[0])
        heading = self._styles.heading(paragraph)
        if heading:
            gathering.lost["numbered headings"] += bool(listed and words and self._counted(numbering))
            gathering.add(
                "heading", [Span(one.text.replace("\n", " "), one.style, one.href) for one in _unbold(spans)], heading
            )
        elif listed and numbering is not None:
            if words:
                marker, alike = self._numbering.marker(*numbering)
                gathering.lost["letters"] += not alike
                gathering.add("item", spans, self._styles.depth(paragraph, numbering[1]), marker)
        elif (depth := self._styles.continues(paragraph)) and self._in_item(depth):
            gathering.add("item", spans, depth, "")
        else:
            gathering.add("quote" if any(name in _QUOTES for name in names) else "paragraph", spans)

    def _counted(self, numbering: tuple[str, int] | None) -> bool:
        return numbering is not None and self._numbering.marker(*numbering)[0] != "•"

    def _in_item(self, depth: int) -> bool:
        last = self.gathering.blocks[-1] if self.gathering.blocks else None
        return last is not None and last.kind == "item" and last.level >= depth

    # --- tables

    def _table(self, table: Any) -> None:
        self.gathering.lost["tables"] += 1
        for row in _own(table, w("tr"), w("tbl")):
            if child(row, "trPr", "del") is not None:
                self.gathering.lost["deletions"] += 1
                continue
            cells = [self.gathering.apart(self._blocks, cell) for cell in _own(row, w("tc"), w("tbl"))]
            self.gathering.add_row(cells)

    # --- other parts

    def _note(self, kind: str, identifier: str) -> str:
        """The text of a footnote goes to the end; its number stands in the text."""
        key = (kind, identifier)
        if key not in self._notes_read:
            reltype = RELATIONSHIP_TYPE.FOOTNOTES if kind == "footnote" else RELATIONSHIP_TYPE.ENDNOTES
            part = self._related(reltype)
            root = _element(part)
            note = (
                next((one for one in root.findall(w(kind)) if one.get(w("id")) == identifier), None)
                if root is not None
                else None
            )
            self._notes_read[key] = len(self.gathering.footnotes) + 1
            self.gathering.footnotes.append([])
            spans: list[Span] = []
            for paragraph in note.iter(w("p")) if note is not None else ():
                spans += [Span(" ")] if spans else []
                spans += self._inlines.spans(paragraph, _targets(part))
            self.gathering.footnotes[self._notes_read[key] - 1] = spans
        return f"[{self._notes_read[key]}]"

    def _read_heads(self) -> None:
        kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
        for relation in self._part.rels.values():
            if relation.reltype in kinds and not relation.is_external:
                root = _element(relation.target_part)
                lines = [" ".join(one.text or "" for one in line.iter(w("t"))) for line in root.iter(w("p"))]
                words = " ".join(" ".join(lines).split())
                if any(character.isalpha() for character in words):
                    self.gathering.heads.append(words)
                self.gathering.lost["images"] += sum(1 for _one in root.iter(*PICTURES))

    def _read_comments(self) -> None:
        root = _element(self._related(RELATIONSHIP_TYPE.COMMENTS))
        for one in root.findall(w("comment")) if root is not None else ():
            words = self._inlines.commented.get(str(one.get(w("id"))), "")
            text = " ".join("".join(piece.text or "" for piece in line.iter(w("t"))) for line in one.iter(w("p")))
            self.gathering.notes.append(Note(str(one.get(w("author")) or ""), " ".join(text.split()), words))


def _title(package: Any) -> str:
    """In the document's own properties. LibreOffice names their relation in other letters than Word; the library finds
    none then, and makes one with a title of its own."""
    for relation in package.rels.values():
        if relation.reltype.casefold().endswith(_PROPERTIES) and not relation.is_external:
            found = next(_element(relation.target_part).iter(_DC_TITLE), None)
            return str(found.text or "") if found is not None else ""
    return ""


def _element(part: Any) -> Any:
    """The root of an XML part, or ``None``."""
    if part is None:
        return None
    element = getattr(part, "element", None)
    return element if element is not None else parse_xml(part.blob)


def _targets(part: Any) -> Mapping[str, str]:
    """The addresses that links of a part lead to, by relation."""
    return {key: str(one.target_ref) for key, one in part.rels.items() if one.is_external}


def _own(parent: Any, tag: str, other: str) -> list[Any]:
    """Elements below that belong to no table inside."""
    own: Callable[[Any], bool] = lambda one: next(one.iterancestors(other), None) is _table_of(parent, other)  # noqa: E731
    return [one for one in parent.iter(tag) if own(one)]


def _table_of(element: Any, other: str) -> Any:
    return element if element.tag == other else next(element.iterancestors(other), None)


def _unbold(spans: list[Span]) -> list[Span]:
    """A heading is bold anyway."""
    plain = {"strong": "plain", "strong emphasis": "emphasis"}
    if all(span.style in plain or not span.text.strip() for span in spans):
        return [Span(span.text, plain.get(span.style, span.style), span.href) for span in spans]  # type: ignore[arg-type]
    return spans
