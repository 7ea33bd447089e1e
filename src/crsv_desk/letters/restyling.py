"""Other words in a block, in the styles and links that the words around them had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crsv_desk.domain.blocks import Span
from crsv_desk.letters.compare import word_runs


def restyled(spans: Sequence[Span], words: str) -> tuple[Span, ...]:
    """Spans that say ``words``: what stayed keeps its style and target; what came takes those of what it replaces, or
    of what it follows."""
    styles = [(span.style, span.href) for span in spans for _ in span.text]
    return tuple(_joined(_styled("".join(span.text for span in spans), words, styles)))


def _styled(old: str, words: str, styles: Sequence[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, str]]]:
    at = 0
    replaced: tuple[str, str] | None = None
    for run in word_runs(old, words):
        if run.kind == "same":
            yield from zip(run.text, styles[at : at + len(run.text)], strict=True)
            at += len(run.text)
            replaced = None
        elif run.kind == "removed":
            replaced = styles[at]
            at += len(run.text)
        else:
            style = replaced or (styles[at - 1] if at else ("plain", ""))
            if replaced is None and style[1]:
                style = ("plain", "")  # words behind a link are no part of it
            yield from ((character, style) for character in run.text)


def _joined(characters: Iterator[tuple[str, tuple[str, str]]]) -> Iterator[Span]:
    text, now = "", ("plain", "")
    for character, style in characters:
        if style != now and text:
            yield Span(text, now[0], now[1])  # type: ignore[arg-type]  # a style comes from a span
            text = ""
        text, now = text + character, style
    if text:
        yield Span(text, now[0], now[1])  # type: ignore[arg-type]
