"""Spans as they come out of a document: neighbours joined, nothing at the edges that nobody sees."""

from __future__ import annotations

from collections.abc import Sequence

from crsv_desk.domain.blocks import Span, Style
from crsv_desk.letters.markdown import normalised


def style_of(bold: bool, italic: bool) -> Style:
    """The style of a span."""
    if bold and italic:
        return "strong emphasis"
    return "strong" if bold else "emphasis" if italic else "plain"


def joined_spans(spans: Sequence[Span]) -> list[Span]:
    """Neighbours of one style and target as one; white space between two styles is plain."""
    result: list[Span] = []
    for span in spans:
        text = normalised(span.text)
        if not text:
            continue
        style: Style = span.style if text.strip() or span.href else "plain"
        if result and (result[-1].style, result[-1].href) == (style, span.href):
            result[-1] = Span(result[-1].text + text, style, span.href)
        else:
            result.append(Span(text, style, span.href))
    return _outside(result)


def trimmed(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Without white space and line breaks at either end of the block: nobody sees them."""
    result = list(spans)
    while result and not result[0].text.strip(" \t\n"):
        result.pop(0)
    while result and not result[-1].text.strip(" \t\n"):
        result.pop()
    if result:
        result[0] = Span(result[0].text.lstrip(" \t\n"), result[0].style, result[0].href)
        result[-1] = Span(result[-1].text.rstrip(" \t\n"), result[-1].style, result[-1].href)
    return tuple(result)


def _outside(spans: Sequence[Span]) -> list[Span]:
    """A space at the edge of emphasised words belongs outside: it looks the same, and reads better as Markdown."""
    result: list[Span] = []

    def put(text: str, style: Style, href: str) -> None:
        if not text:
            return
        if result and (result[-1].style, result[-1].href) == (style, href):
            result[-1] = Span(result[-1].text + text, style, href)
        else:
            result.append(Span(text, style, href))

    for span in spans:
        core = span.text.strip(" \n")
        if span.style == "plain" or not core:
            put(span.text, span.style, span.href)
            continue
        start = span.text.index(core)
        put(span.text[:start], "plain", span.href)
        put(core, span.style, span.href)
        put(span.text[start + len(core) :], "plain", span.href)
    return result
