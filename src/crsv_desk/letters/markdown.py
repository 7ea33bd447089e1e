"""CommonMark to blocks: without HTML, images, references, code blocks and rules, which stand literally."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from crsv_desk.domain.blocks import Block, Kind, Span, Style
from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

_LITERAL = ["html_block", "html_inline", "image", "reference", "code", "fence", "hr", "lheading"]
_TARGETS = ("https://", "http://", "mailto:")
_DEEPEST = 6
MOST_BLOCKS = 2_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """A block still without its id, and the source lines it came from."""

    kind: Kind
    spans: tuple[Span, ...]
    level: int
    marker: str
    first: int
    last: int
    """Lines of the source, from 0; ``last`` is behind the end."""

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    def named(self, identifier: str) -> Block:
        """The block under an id."""
        return Block(identifier, self.kind, self.spans, self.level, self.marker)


def normalised(untrusted_text: str) -> str:
    """NFC and ``\\n`` line ends: one form for one text."""
    return unicodedata.normalize("NFC", untrusted_text.replace("\r\n", "\n").replace("\r", "\n"))


@lru_cache(8)
def parse(markdown: str) -> tuple[Parsed, ...]:
    """Every block, in order. Empty ones are left out. Raises ``Refused``: lists or quotes nested too deep, or more
    blocks than a letter can hold. The texts of late are remembered: a draft is asked for by several at once."""
    found = tuple(block for block in _walk(_parser().parse(markdown)) if block.text.strip())
    if len(found) > MOST_BLOCKS:
        raise Refused(N_("This text has more than {most} paragraphs; a letter cannot hold so many."), most=MOST_BLOCKS)
    return found


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").disable(_LITERAL)
    parser.inline.ruler.before("link", "literal image", _literal_image)
    return parser


def _literal_image(state: StateInline, silent: bool) -> bool:
    """``![`` stands as it is, and so does the rest: the link rule never sees its bracket."""
    if state.src[state.pos : state.pos + 2] != "![":
        return False
    if not silent:
        state.pending += "!["
    state.pos += 2
    return True


def _walk(tokens: Sequence[Token]) -> Iterator[Parsed]:
    lists: list[Token] = []
    quotes = 0
    marker = ""
    heading = 0
    for token in tokens:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                lists.append(token)
                _refuse_deep(len(lists), quotes)
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                marker = f"{token.info}." if lists[-1].type == "ordered_list_open" else "•"
            case "list_item_close":
                marker = ""
            case "blockquote_open":
                quotes += 1
                _refuse_deep(len(lists), quotes)
            case "blockquote_close":
                quotes -= 1
            case "heading_open":
                heading = int(token.tag[1])
            case "heading_close":
                heading = 0
            case "inline":
                first, last = token.map or (0, 0)
                spans = tuple(_spans(token.children or ()))
                if heading:
                    yield Parsed("heading", spans, heading, "", first, last)
                elif lists:
                    yield Parsed("item", spans, len(lists), marker, first, last)
                    marker = ""  # a further paragraph of the same item has none
                else:
                    yield Parsed("quote" if quotes else "paragraph", spans, 0, "", first, last)


def _refuse_deep(lists: int, quotes: int) -> None:
    """Looked at where they open: what the parser finds too deep itself, it leaves out without a word."""
    if lists > _DEEPEST or quotes > _DEEPEST:
        raise Refused(N_("This text nests lists or quotes too deep for a letter."))


def _spans(tokens: Sequence[Token]) -> Iterator[Span]:
    emphasis = strong = 0
    href = ""
    parts: list[Span] = []
    for token in tokens:
        match token.type:
            case "em_open":
                emphasis += 1
            case "em_close":
                emphasis -= 1
            case "strong_open":
                strong += 1
            case "strong_close":
                strong -= 1
            case "link_open":
                target = str(token.attrGet("href") or "")
                # A link whose target was lost is plain text.
                href = target if target.startswith(_TARGETS) else ""
            case "link_close":
                href = ""
            case "softbreak":
                parts.append(Span(" ", _style(emphasis, strong), href))
            case "hardbreak":
                parts.append(Span("\n", _style(emphasis, strong), href))
            case "code_inline":
                parts.append(Span(token.content, "code", href))
            case _:
                parts.append(Span(token.content, _style(emphasis, strong), href))
    yield from _joined(parts)


def _style(emphasis: int, strong: int) -> Style:
    if emphasis and strong:
        return "strong emphasis"
    return "emphasis" if emphasis else "strong" if strong else "plain"


def _joined(parts: Sequence[Span]) -> Iterator[Span]:
    """Neighbours of one style and target as one span."""
    current: Span | None = None
    for part in parts:
        if not part.text:
            continue
        if current is not None and (current.style, current.href) == (part.style, part.href):
            current = Span(current.text + part.text, part.style, part.href)
        else:
            if current is not None:
                yield current
            current = part
    if current is not None:
        yield current
