"""Finds places in a text's Markdown that a careful reader would look at, with what could stand there instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from crsv_desk.domain.irregularities import Irregularity, Sort

MOST = 500
_AROUND = 24
_QUOTES = {"fr": ("«\u00a0", "\u00a0»"), "de": ("„", "“"), "nl": ("“", "”")}
_ENGLISH = ("“", "”")
_TARGET = re.compile(r"\]\([^)\n]*\)|<https?://[^>\n]*>|`[^`\n]*`")
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]\\\n]|\\.)+)\]\(\s*(?:#[^)\s]*)?\s*\)")
_QUOTE = re.compile("[\"']")
_SPACES = re.compile(r"(?<=\S)(?: {2,}|[ \t]*\t[ \t]*)(?=\S)")
_CUT_WORD = re.compile(r"(?<![\w-])(\w{2,})(?:-|\u00ad|\u2010)[ \t]*\n[ \t]*(\w{2,})")
_DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_HYPHEN = re.compile(r"(?<=\w) -(?=\w)")
_BOLD = re.compile(r"^(?:\*\*|__)((?:[^*_\n\\]|\\.){1,80}?)(?:\*\*|__)[ \t]*$", re.MULTILINE)
_BREAK = re.compile(r"(?<=[^\W\d_,])[ \t]*\n[ \t]*\n(?=[^\W\d_])")
_SPECIAL_LINE = re.compile(r"\s*(?:#|>|[-+*] |\d+[.)] )")


_UNSEEN = ("Cc", "Cf", "Co", "Zl", "Zp")
"""Categories of characters that nobody sees (Unicode, general category)."""


def irregularities(markdown: str, language: str) -> Sequence[Irregularity]:
    """In the order of the text; at most ``MOST``."""
    masked = _TARGET.sub(lambda found: "\u0000" * len(found[0]), markdown)
    found = sorted(_all(markdown, masked, language), key=lambda one: (one.start, one.end))
    result: list[Irregularity] = []
    for one in found:
        if not result or one.start >= result[-1].end:  # what lies inside another waits its turn
            result.append(one)
    return result[:MOST]


Make = Callable[[Sort, int, int, str], Irregularity]


def _all(markdown: str, masked: str, language: str) -> Iterator[Irregularity]:
    def made(sort: Sort, start: int, end: int, proposal: str) -> Irregularity:
        before, after = markdown[max(start - _AROUND, 0) : start], markdown[end : end + _AROUND]
        around = " ".join(f"{before}{markdown[start:end]}{after}".split())
        return Irregularity(sort, start, end, markdown[start:end], proposal, around)

    for found in _LINK.finditer(markdown):
        yield made("link", *found.span(), found[1])
    for found in _QUOTE.finditer(masked):
        yield made("quotes", *found.span(), _quote(masked, found.start(), language))
    for found in _SPACES.finditer(masked):
        if _SPECIAL_LINE.fullmatch(masked[masked.rfind("\n", 0, found.start()) + 1 : found.end()]) is None:
            yield made("spaces", *found.span(), " ")
    for found in _CUT_WORD.finditer(masked):
        yield made("cut word", *found.span(), found[1] + found[2])
    for found in _DOTS.finditer(masked):
        yield made("dots", *found.span(), "…")
    for found in _HYPHEN.finditer(masked):
        yield made("hyphen", *found.span(), "- ")
    for found in _BOLD.finditer(masked):
        if _stands_alone(markdown, *found.span()) and not found[1].rstrip().endswith((".", ",", ";")):
            yield made("heading", *found.span(), f"## {found[1].strip()}")
    yield from _hidden(markdown, made)
    for found in _BREAK.finditer(masked):
        line = masked[masked.rfind("\n", 0, found.start()) + 1 : found.start()]
        if masked[found.end()].islower() and not _SPECIAL_LINE.match(line):
            yield made("cut paragraph", *found.span(), " ")


def _stands_alone(markdown: str, start: int, end: int) -> bool:
    return (start == 0 or markdown[:start].endswith("\n\n")) and (
        not markdown[end:].strip() or markdown[end:].startswith("\n\n")
    )


def _hidden(markdown: str, made: Make) -> Iterator[Irregularity]:
    unseen = {one for one in set(markdown) - {"\n", "\t"} if unicodedata.category(one) in _UNSEEN}
    for place, character in enumerate(markdown) if unseen else ():
        if character in unseen:
            joins = character in "\u200c\u200d" and place and not markdown[place - 1].isascii()
            if not joins:
                yield made("hidden", place, place + 1, "")


def _quote(text: str, place: int, language: str) -> str:
    """The curly mark for a straight one: opening where a word begins behind it."""
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    opening = (before.isspace() or before in "([{*_—–\u0000") and not after.isspace()
    if text[place] == "'":
        return "‘" if opening and not after.isdigit() and not _elided(text, place) else "’"
    marks = _QUOTES.get(language.split("-")[0], _ENGLISH)
    return marks[0] if opening else marks[1]


def _elided(text: str, place: int) -> bool:
    """Dutch "'s ochtends" and "'t": an apostrophe, though a word begins."""
    return re.match(r"'(?:s|t|n|k|m|r)\b", text[place:]) is not None
