"""A paragraph of a .docx as spans: styles, links, fields, notes, tracked changes and comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from crsv_desk.domain.blocks import Span
from crsv_desk.letters.docx_names import (
    ALTERNATE,
    CHOICE,
    FALLBACK,
    FORMULA_TEXT,
    FORMULAS,
    PICTURES,
    RELATION,
    child,
    on,
    value,
    w,
)
from crsv_desk.letters.docx_styles import Styles
from crsv_desk.letters.gathering import TARGETS, Gathering
from crsv_desk.letters.spans import style_of

_HYPERLINK = re.compile(r"""\s*HYPERLINK\s+(?:"([^"]*)"|(\S+))""", re.IGNORECASE)
_THROUGH = {w(name) for name in ("smartTag", "customXml", "dir", "bdo", "rubyBase", "ruby", "sdtContent")}
_CHARACTERS = {
    w("tab"): " ", w("ptab"): " ", w("cr"): "\n", w("noBreakHyphen"): "\u2011", w("softHyphen"): "\u00ad",
    w("sym"): "\ufffd",
}  # fmt: skip
_SAID = (("strike", "struck"), ("dstrike", "struck"), ("u", "underlined"), ("vertAlign", "raised"))
_SILENT = {
    w(name)
    for name in (
        "rPr", "pPr", "proofErr", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "lastRenderedPageBreak",
        "commentReference", "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "delText",
        "delInstrText", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "sdtPr",
        "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr", "fldData", "customXmlInsRangeStart",
        "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd",
    )
}  # fmt: skip


class Inlines:
    """Reads runs into spans. Comments, fields and boxes may reach over several paragraphs, so one serves them all."""

    def __init__(
        self, gathering: Gathering, styles: Styles, targets: Mapping[str, str], note: Callable[[str, str], str]
    ) -> None:
        self._gathering, self._styles, self._targets, self._note = gathering, styles, targets, note
        self._fields: list[dict[str, str]] = []
        self._on: dict[str, bool] = {}
        self.boxes: list[Any] = []
        """Contents of text boxes met since they were last taken."""
        self.commented: dict[str, str] = {}
        """The words that each comment is about, so far."""
        self._comments: set[str] = set()

    def spans(self, paragraph: Any, targets: Mapping[str, str] | None = None) -> list[Span]:
        """The text of one paragraph; ``targets`` are the link targets of another part."""
        before, self._targets = self._targets, self._targets if targets is None else targets
        result: list[Span] = []
        self._walk(paragraph, result, "")
        self._targets = before
        return result

    def _walk(self, parent: Any, spans: list[Span], href: str) -> None:
        for element in parent:
            self._element(element, spans, href)

    def _element(self, element: Any, spans: list[Span], href: str) -> None:
        lost = self._gathering.lost
        tag = element.tag
        if tag == w("r"):
            self._run(element, spans, href)
        elif tag == w("hyperlink"):
            self._link(element, spans)
        elif tag in (w("ins"), w("moveTo")):
            lost["insertions" if tag == w("ins") else "moves"] += 1
            self._walk(element, spans, href)
        elif tag == w("del"):
            lost["deletions"] += 1
        elif tag == w("rt"):
            lost["readings"] += 1
        elif tag == w("moveFrom") or tag in _SILENT:
            pass
        elif tag == w("sdt"):
            self._walk(child(element, "sdtContent") if child(element, "sdtContent") is not None else (), spans, href)
        elif tag == w("fldSimple"):
            target = _target_of(str(element.get(w("instr")) or ""))
            lost["automatic"] += not target
            self._walk(element, spans, target or href)
        elif tag in FORMULAS:
            lost["formulas"] += 1
            self._put(spans, "".join(one.text or "" for one in element.iter(FORMULA_TEXT)), href)
        elif tag == w("commentRangeStart"):
            self._comments.add(str(element.get(w("id"))))
        elif tag == w("commentRangeEnd"):
            self._comments.discard(str(element.get(w("id"))))
        elif tag == ALTERNATE:
            self._walk(_choice(element), spans, href)
        elif tag in _THROUGH:
            self._walk(element, spans, href)
        elif isinstance(tag, str):
            lost["foreign"] += 1

    def _link(self, element: Any, spans: list[Span]) -> None:
        target = self._targets.get(str(element.get(RELATION) or ""), "")
        if target.startswith(TARGETS):
            anchor = str(element.get(w("anchor")) or "")
            self._walk(element, spans, f"{target}#{anchor}" if anchor and "#" not in target else target)
        else:
            self._gathering.lost["links"] += 1
            self._walk(element, spans, "")

    # --- runs

    def _run(self, run: Any, spans: list[Span], href: str) -> None:
        lost = self._gathering.lost
        if self._styles.run(run, "vanish"):
            lost["hidden"] += self._turns_on("vanish")
            return
        self._on["vanish"] = False
        properties = child(run, "rPr")
        for name, key in _SAID:
            said = bool(on(properties, name)) and value(properties, name) != "baseline"
            if key == "underlined" and (
                href or self._field_target() or value(properties, "rStyle").lower() == "hyperlink"
            ):
                said = False
            if said:
                lost[key] += self._turns_on(name)
            else:
                self._on[name] = False
        style = style_of(bool(self._styles.run(run, "b")), bool(self._styles.run(run, "i")))
        for element in run:
            self._piece(element, spans, href, style)

    def _turns_on(self, name: str) -> int:
        """1 for the first run of a passage."""
        before, self._on[name] = self._on.get(name, False), True
        return int(not before)

    def _piece(self, element: Any, spans: list[Span], href: str, style: Any) -> None:
        lost, tag = self._gathering.lost, element.tag
        if tag == w("t"):
            self._put(spans, str(element.text or ""), href, style)
        elif tag in _CHARACTERS:
            lost["symbols"] += tag == w("sym")
            self._put(spans, _CHARACTERS[tag], href, style)
        elif tag == w("br"):
            kind = element.get(w("type"))
            lost["breaks"] += kind in ("page", "column")
            self._put(spans, " " if kind in ("page", "column") else "\n", href, style)
        elif tag in (w("footnoteReference"), w("endnoteReference")):
            kind = "footnote" if tag == w("footnoteReference") else "endnote"
            self._put(spans, self._note(kind, str(element.get(w("id")))), href, style)
        elif tag == w("fldChar"):
            self._field(str(element.get(w("fldCharType"))))
        elif tag == w("instrText"):
            if self._fields:
                self._fields[-1]["code"] += str(element.text or "")
        elif tag in (w("drawing"), w("pict"), w("object")):
            self._graphic(element)
        elif tag == w("pgNum"):
            lost["automatic"] += 1
        elif tag == ALTERNATE:
            for one in _choice(element):
                self._piece(one, spans, href, style)
        elif tag in _THROUGH:
            self._walk(element, spans, href)
        elif isinstance(tag, str) and tag not in _SILENT:
            lost["foreign"] += 1

    def _put(self, spans: list[Span], text: str, href: str, style: Any = "plain") -> None:
        if self._fields and self._fields[-1]["phase"] == "begin":
            return
        for comment in self._comments:
            self.commented[comment] = self.commented.get(comment, "") + text
        spans.append(Span(text, style, self._field_target() or href))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append({"code": "", "phase": "begin", "href": ""})
        elif self._fields and kind == "separate":
            field = self._fields[-1]
            field["phase"], field["href"] = "result", _target_of(field["code"])
            self._gathering.lost["automatic"] += not field["href"]
        elif self._fields and kind == "end":
            field = self._fields.pop()
            self._gathering.lost["automatic"] += field["phase"] == "begin"

    def _field_target(self) -> str:
        return next((field["href"] for field in reversed(self._fields) if field["href"]), "")

    def _graphic(self, element: Any) -> None:
        lost = self._gathering.lost
        boxes = [one for one in element.iter(w("txbxContent")) if not _inside_fallback(one)]
        pictures = sum(1 for one in element.iter(*PICTURES) if not _inside_fallback(one))
        self.boxes += [one for one in boxes if not any(other in boxes for other in one.iterancestors())]
        lost["boxes"] += len(boxes)
        lost["images"] += pictures
        if not boxes and not pictures:
            lost["objects"] += 1


def _choice(alternate: Any) -> Any:
    """One of the ways in which a document says a thing twice."""
    found = next(alternate.iterchildren(CHOICE), None)
    return found if found is not None else next(alternate.iterchildren(FALLBACK), ())


def _inside_fallback(element: Any) -> bool:
    return any(one.tag == FALLBACK and one.getparent().find(CHOICE) is not None for one in element.iterancestors())


def _target_of(code: str) -> str:
    found = _HYPERLINK.match(code)
    target = (found[1] or found[2] or "") if found else ""
    return target if target.startswith(TARGETS) else ""
