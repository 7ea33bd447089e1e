"""Styles and numbering of a .docx: which paragraphs are headings, quotes and items, and what an item's number is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from crsv_desk.letters.docx_names import child, on, value, w

_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_CONTINUE = re.compile(r"list continue(?: (\d))?$", re.IGNORECASE)
_LISTED = re.compile(r"list (?:bullet|number) (\d)$", re.IGNORECASE)
_DEEPEST_STYLE = 20
_PLAIN_FORMATS = ("decimal", "decimalZero")


class Styles:
    """The styles of one document, by id."""

    def __init__(self, element: Any) -> None:
        found = element.findall(w("style")) if element is not None else []
        self._by_id = {str(one.get(w("styleId"))): one for one in found}
        self._default = next(
            (str(one.get(w("styleId"))) for one in found if one.get(w("default")) == "1" and one.get(w("type")) == "paragraph"),
            "",
        )  # fmt: skip

    def chain(self, identifier: str) -> Iterator[Any]:
        """The style and those it is based on."""
        for _step in range(_DEEPEST_STYLE):
            style = self._by_id.get(identifier)
            if style is None:
                return
            yield style
            identifier = value(style, "basedOn")

    def of(self, paragraph: Any) -> list[Any]:
        """The chain of a paragraph's style."""
        return list(self.chain(value(paragraph, "pPr", "pStyle") or self._default))

    def names(self, paragraph: Any) -> list[str]:
        """The names in the chain, in lower case: Word's own are English in every language."""
        return [value(style, "name").lower() for style in self.of(paragraph)]

    def heading(self, paragraph: Any) -> int:
        """The level of a heading, 1 to 6, or 0."""
        for name in self.names(paragraph):
            if found := _HEADING.match(name):
                return min(int(found[1]), 6)
        for element in (paragraph, *self.of(paragraph)):
            level = value(element, "pPr", "outlineLvl")
            if level.isdigit():
                return min(int(level) + 1, 6) if int(level) < 9 else 0
        return 0

    def continues(self, paragraph: Any) -> int:
        """The depth of the item that a paragraph goes on with, or 0."""
        found = next((match for name in self.names(paragraph) if (match := _CONTINUE.match(name))), None)
        return int(found[1] or 1) if found else 0

    def depth(self, paragraph: Any, level: int) -> int:
        """The depth of an item, from 1: Word's "List Bullet 2" is a list of its own that stands deeper."""
        found = next((match for name in self.names(paragraph)[:1] if (match := _LISTED.match(name))), None)
        return level + (int(found[1]) if found else 1)

    def run(self, run: Any, name: str) -> bool | None:
        """A property of a run: said by itself or by its character style."""
        own = on(child(run, "rPr"), name)
        if own is not None:
            return own
        for style in self.chain(value(run, "rPr", "rStyle")):
            said = on(child(style, "rPr"), name)
            if said is not None:
                return said
        return None

    def numbering(self, paragraph: Any) -> tuple[str, int] | None:
        """The list a paragraph belongs to and its depth from 0; ``None`` outside lists."""
        number, level = "", ""
        for element in (paragraph, *self.of(paragraph)):
            properties = child(element, "pPr", "numPr")
            if properties is not None:
                number = number or value(properties, "numId")
                level = level or value(properties, "ilvl")
            if number:
                break
        if not number or number == "0":
            return None
        return number, int(level) if level.isdigit() else 0


class Numbering:
    """Counts the items of a document's lists, as a word processor does."""

    def __init__(self, element: Any) -> None:
        self._lists: dict[str, tuple[Any, Any]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if element is None:
            return
        shapes = {str(one.get(w("abstractNumId"))): one for one in element.findall(w("abstractNum"))}
        for one in element.findall(w("num")):
            shape = shapes.get(value(one, "abstractNumId"))
            if shape is not None:
                self._lists[str(one.get(w("numId")))] = (one, shape)

    def knows(self, number: str) -> bool:
        """Whether the list is defined."""
        return number in self._lists

    def marker(self, number: str, level: int) -> tuple[str, bool]:
        """The next item's marker, and whether it looked like that: letters and Roman or compound numbers do not."""
        shape = self._shape(number, level)
        kind = value(shape, "numFmt") or "decimal"
        if kind in ("bullet", "none"):
            return "•", kind == "bullet"
        counts = self._counts[number]
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        counts[level] = counts[level] + 1 if level in counts else self._start(number, level, shape)
        text = value(shape, "lvlText")
        return f"{counts[level]}.", kind in _PLAIN_FORMATS and text.count("%") <= 1

    def _shape(self, number: str, level: int) -> Any:
        one, shape = self._lists[number]
        for override in one.findall(w("lvlOverride")):
            if override.get(w("ilvl")) == str(level) and child(override, "lvl") is not None:
                return child(override, "lvl")
        return next((entry for entry in shape.findall(w("lvl")) if entry.get(w("ilvl")) == str(level)), None)

    def _start(self, number: str, level: int, shape: Any) -> int:
        for override in self._lists[number][0].findall(w("lvlOverride")):
            if override.get(w("ilvl")) == str(level) and value(override, "startOverride").isdigit():
                return int(value(override, "startOverride"))
        start = value(shape, "start")
        return int(start) if start.isdigit() else 1
