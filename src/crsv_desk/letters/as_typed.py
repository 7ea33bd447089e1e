"""What other programs make of Markdown and a letter does not: it stands in the text as it was typed, or is not shown, and
that is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt

from crsv_desk.i18n import N_, _, ngettext
from crsv_desk.letters.account import links_lost
from crsv_desk.letters.gathering import TARGETS

_KINDS = (
    (N_("pictures"), re.compile(r"!\[[^\]\n]*\](?:\(|\[)")),
    (N_("links to a list of targets"), re.compile(r"^ {0,3}\[[^\]\n^][^\]\n]*\]:\s*\S", re.MULTILINE)),
    (N_("footnotes"), re.compile(r"\[\^[^\]\s]+\]")),
    (N_("tables"), re.compile(r"^ {0,3}\|?[ :]*-{3,}[ :]*\|[-| :]*$", re.MULTILINE)),
    (N_("HTML"), re.compile(r"<(?:[a-z][a-z0-9]*(?:\s[^<>\n]*)?/?>|/[a-z][a-z0-9]*>|!--)", re.IGNORECASE)),
    (N_("underlined headings"), re.compile(r"^ {0,3}[^\s#>|-][^\n]*\n {0,3}(?:=+|-{3,})[ ]*$", re.MULTILINE)),
    (N_("words struck out"), re.compile(r"~~[^~\n]+~~")),
)
_TOKENS = ((N_("blocks of code"), ("fence", "code_block")), (N_("lines across the page"), ("hr",)))


def as_typed(markdown: str) -> Sequence[str]:
    """Translated sentences: one that names the kinds that stand as they were typed, others for what is not shown."""
    met = _met(markdown)
    found = [_(name) for name, pattern in _KINDS if pattern.search(markdown)]
    found += [_(name) for name, kinds in _TOKENS if any(met[kind] for kind in kinds)]
    said = []
    if found:
        sentence = _(
            "A letter holds none of these, so they stand in the text as they were typed; look at them: {kinds}."
        )
        said.append(sentence.format(kinds=", ".join(found)))
    if met["nowhere"]:
        said.append(links_lost(met["nowhere"]))
    if met["titles"]:
        words = ngettext(
            "{count} title of a link is not shown.", "{count} titles of links are not shown.", met["titles"]
        )
        said.append(words.format(count=met["titles"]))
    return said


def _met(markdown: str) -> Counter[str]:
    """How often a reader of all of CommonMark meets each kind of token, and of links those without an address that a
    letter shows, and those with a title."""
    met: Counter[str] = Counter()
    for block in _reader().parse(markdown):
        met[block.type] += 1
        for one in block.children or ():
            if one.type == "link_open":
                met["nowhere"] += not str(one.attrGet("href") or "").startswith(TARGETS)
                met["titles"] += bool(one.attrGet("title"))
    return met


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark")
