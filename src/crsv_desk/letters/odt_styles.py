"""Styles and list styles of an .odt (OASIS OpenDocument 1.3, part 3, sections 16 and 17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

_DEEPEST_STYLE = 20
_BOLD = ("bold", "600", "700", "800", "900")


class OdtStyles:
    """The styles of one document, the automatic ones too."""

    def __init__(self, roots: Sequence[Any]) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, dict[int, Any]] = {}
        for root in roots:
            for group in root.children:
                if group.tag not in ("office:styles", "office:automatic-styles"):
                    continue
                for one in group.children:
                    name = str(one.get_attribute("style:name") or "")
                    if one.tag == "style:style":
                        self._styles[(str(one.get_attribute("style:family") or ""), name)] = one
                    elif one.tag == "text:list-style":
                        self._lists[name] = {
                            int(str(level.get_attribute("text:level") or 1)): level for level in one.children
                        }

    def chain(self, family: str, name: str) -> Iterator[Any]:
        """The style and its parents."""
        for _step in range(_DEEPEST_STYLE):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = str(style.get_attribute("style:parent-style-name") or "")

    def names(self, paragraph: Any) -> list[str]:
        """What the styles of a paragraph are called, in lower case."""
        name = str(paragraph.get_attribute("text:style-name") or "")
        found = [name.replace("_20_", " ").lower()]
        for style in self.chain("paragraph", name):
            shown = style.get_attribute("style:display-name") or style.get_attribute("style:name") or ""
            found.append(str(shown).replace("_20_", " ").lower())
        return found

    def text(self, name: str, *properties: str) -> str:
        """The first of these properties that a character style says, or empty."""
        for style in self.chain("text", name):
            for group in style.children:
                if group.tag == "style:text-properties":
                    for one in properties:
                        if found := group.get_attribute(one):
                            return str(found)
        return ""

    def bold(self, name: str) -> bool | None:
        """Whether a character style is bold; ``None`` where it does not say."""
        said = self.text(name, "fo:font-weight")
        return said in _BOLD if said else None

    def italic(self, name: str) -> bool | None:
        """Whether a character style is italic; ``None`` where it does not say."""
        said = self.text(name, "fo:font-style")
        return said in ("italic", "oblique") if said else None

    def level(self, list_style: str, level: int) -> tuple[bool, int, bool]:
        """Of a level (from 1) of a list: whether it is numbered, where it starts, and whether the number looks like 1, 2,
        3."""
        shape = self._lists.get(list_style, {}).get(level)
        if shape is None or shape.tag != "text:list-level-style-number":
            return False, 1, True
        form = str(shape.get_attribute("style:num-format") or "")
        compound = str(shape.get_attribute("text:display-levels") or "1") != "1"
        return bool(form), int(str(shape.get_attribute("text:start-value") or 1)), form == "1" and not compound
