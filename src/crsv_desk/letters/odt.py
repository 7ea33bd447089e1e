"""An .odt as a letter's text: headings, lists, quotes, emphasis and links; an account of all that was not kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from odfdo import Document

from crsv_desk.domain.blocks import Span
from crsv_desk.domain.errors import Refused
from crsv_desk.letters.archive import DAMAGED, PROTECTED, repacked
from crsv_desk.letters.gathering import Gathering
from crsv_desk.letters.odt_styles import OdtStyles
from crsv_desk.letters.odt_text import OdtInlines

TYPE = b"application/vnd.oasis.opendocument.text"
READ = ("content.xml", "styles.xml", "meta.xml")
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE.decode()}"/>'
    + "".join(f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in READ)
    + "</manifest:manifest>"
).encode()
_EMPTY = "<office:document-{0} xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>"
_SILENT = (
    "text:tracked-changes", "text:sequence-decls", "text:variable-decls", "text:user-field-decls", "office:forms",
    "text:soft-page-break", "text:change", "text:change-start", "text:change-end", "text:bookmark", "text:bookmark-start",
    "text:bookmark-end", "office:annotation-end",
)  # fmt: skip
_THROUGH = (
    "text:section", "text:table-of-content", "text:index-body", "text:index-title", "text:illustration-index",
    "text:bibliography", "text:alphabetical-index", "text:user-index", "text:numbered-paragraph",
)  # fmt: skip


def read_odt(parts: Mapping[str, bytes]) -> tuple[Gathering, str]:
    """What the document says, and the title in its properties. Raises ``Refused``."""
    if not parts.get("content.xml"):
        raise Refused(DAMAGED)
    kept = {
        name: parts.get(name) or _EMPTY.format("styles" if name == "styles.xml" else "meta").encode() for name in READ
    }
    try:
        document: Any = Document(repacked({"mimetype": TYPE, **kept, "META-INF/manifest.xml": _MANIFEST}))
        content, styles = document.get_part("content.xml").root, document.get_part("styles.xml").root
        reader = _Reader(content, styles)
        titles = document.get_part("meta.xml").root.get_elements("descendant::dc:title")
        return reader.read(document.body), str(titles[0].text or "") if titles else ""
    except Refused:
        raise
    except Exception as error:  # a foreign file may break the library in any way
        raise Refused(DAMAGED) from error


def refuse_protected(untrusted_manifest: bytes) -> None:
    """Raises ``Refused`` for a document under a password."""
    if b"encryption-data" in untrusted_manifest:
        raise Refused(PROTECTED)


class _Reader:
    def __init__(self, content: Any, styles: Any) -> None:
        self.gathering = Gathering()
        self._content, self._master = content, styles
        self._styles = OdtStyles((styles, content))
        self._inlines = OdtInlines(self.gathering, self._styles)
        self._counts: dict[tuple[str, int], int] = {}
        self._lists: list[str] = []

    def read(self, body: Any) -> Gathering:
        self._changes()
        self._blocks(body)
        self.gathering.add_footnotes()
        self._heads()
        return self.gathering

    def _changes(self) -> None:
        lost = self.gathering.lost
        for region in self._content.get_elements("descendant::text:changed-region"):
            kinds = [one.tag for one in region.children]
            lost["insertions"] += "text:insertion" in kinds
            lost["deletions"] += "text:deletion" in kinds

    def _blocks(self, parent: Any, depth: int = 0, marker: str = "") -> None:
        """``depth`` is 0 outside lists; ``marker`` is the first paragraph's there."""
        lost = self.gathering.lost
        for element in parent.children:
            tag = str(element.tag)
            if tag == "text:p":
                marker = self._paragraph(element, depth, marker)
            elif tag == "text:h":
                self._heading(element, depth)
            elif tag == "text:list":
                self._list(element, depth)
            elif tag == "table:table":
                self._table(element)
            elif tag in _THROUGH:
                self._blocks(element, depth, marker)
            elif tag == "office:annotation" or tag.startswith("draw:"):
                self._beside(element)
            elif tag not in _SILENT and ":" in tag:
                lost["foreign"] += 1

    def _beside(self, element: Any) -> None:
        if element.tag == "office:annotation":
            self._inlines.comment(element)
        else:
            self._inlines.graphic(element)
            self._boxes()

    def _boxes(self) -> None:
        boxes, self._inlines.boxes = self._inlines.boxes, []
        for box in boxes:
            self._blocks(box)

    def _paragraph(self, paragraph: Any, depth: int, marker: str) -> str:
        spans, names = self._inlines.spans(paragraph), self._styles.names(paragraph)
        words = " ".join("".join(span.text for span in spans).split())
        if not depth and self.gathering.take_field(names, spans):
            pass
        elif "title" in names[:3] and words and "subject" not in self.gathering.fields:
            self.gathering.fields["subject"] = words
        elif depth and words:
            last = self.gathering.blocks[-1] if self.gathering.blocks else None
            goes_on = marker or (last is not None and last.kind == "item" and last.level >= depth)
            self.gathering.add("item" if goes_on else "paragraph", spans, depth if goes_on else 0, marker)
            marker = ""
        else:
            self.gathering.add("quote" if "quotations" in names else "paragraph", spans)
        self._boxes()
        return marker

    def _heading(self, heading: Any, depth: int) -> None:
        level = str(heading.get_attribute("text:outline-level") or "1")
        spans = [Span(one.text.replace("\n", " "), one.style, one.href) for one in self._inlines.spans(heading)]
        self.gathering.lost["numbered headings"] += bool(depth)
        self.gathering.add("heading", spans, min(int(level) if level.isdigit() else 1, 6))
        self._boxes()

    # --- lists

    def _list(self, element: Any, depth: int) -> None:
        name = str(element.get_attribute("text:style-name") or (self._lists[-1] if self._lists else ""))
        self._lists.append(name)
        level = depth + 1
        numbered, start, alike = self._styles.level(name, level)
        goes_on = element.get_attribute("text:continue-numbering") in (True, "true") or element.get_attribute(
            "text:continue-list"
        )
        count = self._counts.get((name, level), start - 1) if goes_on else start - 1
        for item in element.children:
            if item.tag == "text:list-header":
                self._blocks(item, level)
                continue
            if item.tag != "text:list-item":
                continue
            own = any(one.tag in ("text:p", "text:h") for one in item.children)
            said = str(item.get_attribute("text:start-value") or "")
            count = int(said) if said.isdigit() else count + own
            self._counts[(name, level)] = count
            self.gathering.lost["letters"] += numbered and own and not alike
            self._blocks(item, level, (f"{count}." if numbered else "•") if own else "")
        self._lists.pop()

    # --- tables

    def _table(self, table: Any) -> None:
        self.gathering.lost["tables"] += 1
        for row in _rows(table):
            cells = [
                self.gathering.apart(self._blocks, cell) for cell in row.children if cell.tag == "table:table-cell"
            ]
            self.gathering.add_row(cells)

    # --- heads and feet

    def _heads(self) -> None:
        for kind in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first"):
            for one in self._master.get_elements(f"descendant::style:{kind}"):
                words = " ".join(str(one.text_recursive).split())
                if any(character.isalpha() for character in words):
                    self.gathering.heads.append(words)
                self.gathering.lost["images"] += len(one.get_elements("descendant::draw:image"))


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of tables inside it."""
    for one in table.children:
        if one.tag == "table:table-row":
            yield one
        elif one.tag in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from _rows(one)
