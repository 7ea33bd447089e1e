"""Blocks to CommonMark: the reverse of ``markdown.parse``. What was written reads back as the very same blocks.

Source: CommonMark 0.31.2, sections 2.4 (backslash escapes), 2.5 (entities), 5 (containers), 6.1 to 6.3 (inlines).
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol

from crsv_desk.domain.blocks import Kind, Span

_ALWAYS = re.compile(r"([\\`*_\[\]<])")
_ENTITY = re.compile(r"&(?=#|[A-Za-z])")
_LINE_START = re.compile(r"(?:[#>]|[+-](?=\s|$)|\d{1,9}[.)](?=\s|$))")
_DELIMITERS = {"emphasis": 1, "strong": 2, "strong emphasis": 3}
_BULLET = "- "


class Written(Protocol):
    """What writing needs of a block."""

    @property
    def kind(self) -> Kind: ...
    @property
    def spans(self) -> tuple[Span, ...]: ...
    @property
    def level(self) -> int: ...
    @property
    def marker(self) -> str: ...


def write(blocks: Sequence[Written]) -> str:
    """CommonMark that says exactly these blocks; it ends with a line end, unless there are none."""
    page = _Page()
    for number, block in enumerate(blocks):
        page.add(block, _inside(blocks, number))
    return page.text()


def _inside(blocks: Sequence[Written], number: int) -> int:
    """How deep in lists a heading stands: the item goes on behind it."""
    if blocks[number].kind != "heading":
        return 0
    behind = next((one for one in blocks[number:] if one.kind != "heading"), None)
    return behind.level if behind is not None and behind.kind == "item" and not behind.marker else 0


class _Page:
    """The lines so far, and the lists that are open: how far the content of each is indented."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._open: list[int] = []
        self._before: Written | None = None

    def text(self) -> str:
        return "\n".join(self._lines) + "\n" if self._lines else ""

    def add(self, block: Written, inside: int) -> None:
        words = inline(block.spans, heading=block.kind == "heading")
        if block.kind == "item":
            self._item(block, words)
        elif block.kind == "heading":
            del self._open[inside:]
            self._put(" " * (self._open[-1] if self._open else 0), "", "#" * max(block.level, 1) + " " + words)
        else:
            self._open.clear()
            prefix = "> " if block.kind == "quote" else ""
            joined = self._before is not None and self._before.kind == block.kind == "quote"
            self._put(prefix, prefix, words, between=">" if joined else "")
        self._before = block

    def _item(self, block: Written, words: str) -> None:
        depth = max(block.level, 1)
        before = self._before
        if not block.marker and len(self._open) >= depth:
            del self._open[depth:]
            indent = " " * self._open[-1]
            self._put(indent, indent, words)
            return
        tight = before is not None and before.kind == "item" and _alike(before, block) and len(self._open) >= depth
        del self._open[depth - 1 :]
        first = " " * (self._open[-1] if self._open else 0)
        for level in range(len(self._open) + 1, depth + 1):
            marker = f"{block.marker} " if level == depth and block.marker[:-1].isdigit() else _BULLET
            self._open.append(len(first) + len(marker))
            first += marker
        self._put(first, " " * self._open[-1], words, tight=tight)

    def _put(self, first: str, rest: str, words: str, *, tight: bool = False, between: str = "") -> None:
        if self._lines and not tight:
            self._lines.append(between)
        for number, line in enumerate(words.split("\n")):
            self._lines.append((rest if number else first) + line)


def _alike(one: Written, other: Written) -> bool:
    """Both are bullets or both have numbers, so that no blank line need part them."""
    return bool(one.marker and other.marker) and one.marker[:-1].isdigit() == other.marker[:-1].isdigit()


# Inlines -----------------------------------------------------------------------------------------------------------


def inline(spans: Sequence[Span], *, heading: bool = False) -> str:
    """The spans as CommonMark. A line break stands as a backslash before the line's end."""
    pieces = list(_pieces(spans))
    result = ""
    for number, piece in enumerate(pieces):
        result += piece.source(
            before=pieces[number - 1] if number else None,
            after=pieces[number + 1] if number + 1 < len(pieces) else None,
            heading=heading,
        )
    return result


class _Piece:
    """A span, or one bracket of a link: what stands beside it decides how it is written."""

    def __init__(self, text: str, style: str = "plain", sign: str = "") -> None:
        self.text, self.style, self.sign = text, style, sign
        self.delimiter = ""

    @property
    def styled(self) -> bool:
        return bool(self.delimiter)

    def wants_room(self, end: int) -> bool:
        """Whether no letter may touch the delimiter at this end."""
        return self.delimiter.startswith("_") or not self.text[end].isalnum()

    def source(self, before: _Piece | None, after: _Piece | None, *, heading: bool) -> str:
        if self.sign:
            return self.sign
        if self.style == "code":
            return _code(self.text)
        # A delimiter opens or closes only with the right neighbours (6.2, "flanking"); where a letter is in the way, that
        # letter is written as an entity, which begins and ends as punctuation.
        words = _Words(self.text)
        if self.styled:
            words.guard_space()
        else:
            if before is not None and before.styled and before.wants_room(-1) and not _is_room(self.text[0]):
                words.entity(0)
            if after is not None and after.styled and after.wants_room(0) and not _is_room(self.text[-1]):
                words.entity(-1)
        words.edges(first=before is None, last=after is None)
        if after is not None and after.sign.startswith("["):
            words.bang()
        return f"{self.delimiter}{words.written(starts=before is None, heading=heading)}{self.delimiter}"


def _pieces(spans: Sequence[Span]) -> Iterator[_Piece]:
    used = ""
    for href, group in groupby((span for span in spans if span.text), key=lambda span: span.href):
        if href:
            yield _Piece("", sign="[")
        for span in group:
            piece = _Piece(span.text, span.style)
            if span.style in _DELIMITERS:
                # Two styled spans that touch have different signs, so that neither takes the other's.
                used = "_" if used == "*" else "*"
                piece.delimiter = used * _DELIMITERS[span.style]
            else:
                used = ""
            yield piece
        if href:
            yield _Piece("", sign=f"]({_target(href)})")
            used = ""


class _Words:
    """The characters of a span, each with the way it is written."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._entities: set[int] = set()
        self._bang = False

    def entity(self, at: int) -> None:
        """The character at this end becomes an entity."""
        self._entities.add(at % len(self._text))

    def guard_space(self) -> None:
        """White space inside a delimiter becomes an entity."""
        for at in (0, -1):
            if self._text[at].isspace():
                self.entity(at)

    def edges(self, *, first: bool, last: bool) -> None:
        """White space at the ends of lines would be lost."""
        for at, character in enumerate(self._text):
            starts = (first and at == 0) or (at > 0 and (self._text[at - 1] == "\n" or at - 1 in self._entities))
            if character.isspace() and starts and (character != "\n" or at == 0):
                self._entities.add(at)
        for at in range(len(self._text) - 1, -1, -1):
            following = self._text[at + 1] if at + 1 < len(self._text) else ""
            ends = (last and not following) or following == "\n" or at + 1 in self._entities
            if self._text[at].isspace() and ends and (self._text[at] != "\n" or not following):
                self._entities.add(at)

    def bang(self) -> None:
        """A link follows: "!" before it would make it an image."""
        self._bang = self._text.endswith("!")

    def written(self, *, starts: bool, heading: bool) -> str:
        lines, line, stretch = [], "", ""
        for at, character in enumerate(self._text):
            entity = at in self._entities or (character == "\n" and heading)
            if not entity and character != "\n":
                stretch += character
                continue
            line += self._plain(stretch, starts=starts and not line, heading=heading)
            line += f"&#{ord(character)};" if entity else "\\\n"
            stretch = ""
            if not entity:
                # A line that begins after a break may look like a list, a quote or a heading too.
                lines.append(line)
                line, starts = "", True
        line += self._plain(stretch, starts=starts and not line, heading=heading)
        result = "".join(lines) + line
        return result[:-1] + r"\!" if self._bang and result.endswith("!") else result

    def _plain(self, stretch: str, *, starts: bool, heading: bool) -> str:
        escaped = _ENTITY.sub(r"\\&", _ALWAYS.sub(r"\\\1", stretch))
        if heading:
            return escaped.replace("#", r"\#")
        if starts and (found := _LINE_START.match(stretch)):
            place = len(found[0]) - 1
            return escaped[:place] + "\\" + escaped[place:]
        return escaped


def _is_room(character: str) -> bool:
    """White space or punctuation, by any reading of the rule."""
    return character.isspace() or unicodedata.category(character).startswith("P") or character in string.punctuation


def _code(text: str) -> str:
    runs = {len(run) for run in re.findall(r"`+", text)}
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    padded = text.startswith((" ", "`")) or text.endswith((" ", "`"))
    room = " " if padded and text.strip(" ") else ""
    return f"{fence}{room}{text}{room}{fence}"


def _target(href: str) -> str:
    return "<" + re.sub(r"([\\<>&])", r"\\\1", href) + ">" if re.search(r"[()\s<>\\&]", href) else href
