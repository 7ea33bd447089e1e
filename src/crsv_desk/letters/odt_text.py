"""A paragraph of an .odt as spans: styles, links, notes, comments, and the white space that counts."""

from __future__ import annotations

import re
from typing import Any

from crsv_desk.domain.blocks import Span
from crsv_desk.letters.gathering import TARGETS, Gathering, Note
from crsv_desk.letters.odt_styles import OdtStyles
from crsv_desk.letters.spans import style_of

_WHITE = re.compile(r"[ \t\r\n]+")
_KEPT_SPACE = "\x1f"
"""Stands for a space that the document sets on purpose, until the others are collapsed."""
_SILENT = (
    "text:bookmark", "text:bookmark-start", "text:bookmark-end", "text:reference-mark", "text:reference-mark-start",
    "text:reference-mark-end", "text:soft-page-break", "text:change", "text:change-start", "text:change-end",
    "text:alphabetical-index-mark", "text:toc-mark", "text:user-index-mark",
)  # fmt: skip
_THROUGH = ("text:meta", "text:ruby", "text:ruby-base", "text:number")


class OdtInlines:
    """Reads paragraphs into spans; comments may reach over several, so one serves them all."""

    def __init__(self, gathering: Gathering, styles: OdtStyles) -> None:
        self._gathering, self._styles = gathering, styles
        self._comments: dict[str, int] = {}
        self.boxes: list[Any] = []
        """Text boxes met since they were last taken."""

    def spans(self, paragraph: Any) -> list[Span]:
        """The text of one paragraph."""
        found: list[Span] = []
        self._walk(paragraph, found, False, False, "")
        return _collapsed(found)

    def _walk(self, parent: Any, spans: list[Span], bold: bool, italic: bool, href: str) -> None:
        self._put(spans, parent.text, bold, italic, href)
        for element in parent.children:
            self._element(element, spans, bold, italic, href)
            self._put(spans, element.tail, bold, italic, href)

    def _put(self, spans: list[Span], text: str | None, bold: bool, italic: bool, href: str) -> None:
        if text:
            words = _WHITE.sub(" ", text)
            spans.append(Span(words, style_of(bold, italic), href))
            for at in self._comments.values():
                note = self._gathering.notes[at]
                self._gathering.notes[at] = Note(note.author, note.text, note.words + words)

    def _element(self, element: Any, spans: list[Span], bold: bool, italic: bool, href: str) -> None:
        lost, tag = self._gathering.lost, str(element.tag)
        match tag:
            case "text:span":
                self._span(element, spans, bold, italic, href)
            case "text:a":
                target = str(element.get_attribute("xlink:href") or "")
                lost["links"] += not target.startswith(TARGETS)
                self._walk(element, spans, bold, italic, target if target.startswith(TARGETS) else "")
            case "text:s":
                count = int(str(element.get_attribute("text:c") or 1))
                self._put(spans, _KEPT_SPACE * min(count, 100), bold, italic, href)
            case "text:tab":
                self._put(spans, _KEPT_SPACE, bold, italic, href)
            case "text:line-break":
                spans.append(Span("\n", style_of(bold, italic), href))
            case "text:note":
                self._put(spans, self._note(element), bold, italic, href)
            case "office:annotation":
                self.comment(element)
            case "office:annotation-end":
                self._comments.pop(str(element.get_attribute("office:name")), None)
            case "text:ruby-text":
                lost["readings"] += 1
            case "text:hidden-text" | "text:hidden-paragraph":
                lost["hidden"] += 1
            case _ if tag.startswith("draw:"):
                self.graphic(element)
            case _ if tag in _THROUGH:
                self._walk(element, spans, bold, italic, href)
            case _ if tag in _SILENT:
                pass
            case _ if tag.startswith(("text:", "presentation:")):
                lost["automatic"] += 1
                self._walk(element, spans, bold, italic, href)
            case _:
                lost["foreign"] += 1

    def _span(self, element: Any, spans: list[Span], bold: bool, italic: bool, href: str) -> None:
        lost, styles = self._gathering.lost, self._styles
        name = str(element.get_attribute("text:style-name") or "")
        if styles.text(name, "text:display") == "none":
            lost["hidden"] += 1
            return
        lost["struck"] += styles.text(name, "style:text-line-through-style", "style:text-line-through-type") not in (
            "",
            "none",
        )
        lost["underlined"] += not href and styles.text(name, "style:text-underline-style") not in ("", "none")
        lost["raised"] += styles.text(name, "style:text-position").startswith(("super", "sub"))
        says_bold, says_italic = styles.bold(name), styles.italic(name)
        self._walk(
            element,
            spans,
            bold if says_bold is None else says_bold,
            italic if says_italic is None else says_italic,
            href,
        )

    def _note(self, element: Any) -> str:
        number = len(self._gathering.footnotes) + 1
        self._gathering.footnotes.append([])
        spans: list[Span] = []
        for body in (one for one in element.children if one.tag == "text:note-body"):
            for paragraph in body.get_elements("descendant::text:p"):
                spans += [Span(" ")] if spans else []
                spans += self.spans(paragraph)
        self._gathering.footnotes[number - 1] = spans
        return f"[{number}]"

    def comment(self, element: Any) -> None:
        """Somebody's remark; the words it is about follow."""
        author = text = ""
        for one in element.children:
            if one.tag == "dc:creator":
                author = str(one.text or "")
            elif one.tag in ("text:p", "text:list"):
                text = f"{text} {one.text_recursive}".strip()
        if name := element.get_attribute("office:name"):
            self._comments[str(name)] = len(self._gathering.notes)
        self._gathering.notes.append(Note(author, text, ""))

    def graphic(self, element: Any) -> None:
        """A frame or a shape: a picture, a box with words, or something else."""
        lost = self._gathering.lost
        words = [element, *element.get_elements("descendant::draw:text-box")]
        boxes = [
            one
            for one in words
            if any(kid.tag in ("text:p", "text:h", "text:list", "table:table") for kid in one.children)
        ]
        if boxes:
            lost["boxes"] += 1
            self.boxes.append(boxes[0])
        elif element.tag == "draw:image" or element.get_elements("descendant::draw:image"):
            lost["images"] += 1
        else:
            lost["objects"] += 1


def _collapsed(spans: list[Span]) -> list[Span]:
    """White space runs together over the borders of spans, and is nothing where a line begins (part 3, section 6.1.2)."""
    result: list[Span] = []
    before = " "
    for span in spans:
        text = span.text
        if text != "\n" and before in (" ", "\n") and text.startswith(" "):
            text = text[1:]
        if text:
            before = text[-1]
            result.append(Span(text.replace(_KEPT_SPACE, " "), span.style, span.href))
    return result
