"""What other programs make of Markdown and a letter does not: it stands in the text as it was typed, and that is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crsv_desk.i18n import N_, _

_KINDS = (
    (N_("pictures"), re.compile(r"!\[[^\]\n]*\](?:\(|\[)")),
    (N_("links to a list of targets"), re.compile(r"^ {0,3}\[[^\]\n^][^\]\n]*\]:\s*\S", re.MULTILINE)),
    (N_("footnotes"), re.compile(r"\[\^[^\]\s]+\]")),
    (N_("tables"), re.compile(r"^ {0,3}\|?[ :]*-{3,}[ :]*\|[-| :]*$", re.MULTILINE)),
    (N_("HTML"), re.compile(r"<(?:[a-z][a-z0-9]*(?:\s[^<>\n]*)?/?>|/[a-z][a-z0-9]*>|!--)", re.IGNORECASE)),
    (N_("underlined headings"), re.compile(r"^ {0,3}[^\s#>|-][^\n]*\n {0,3}(?:=+|-{3,})[ ]*$", re.MULTILINE)),
    (N_("words struck out"), re.compile(r"~~[^~\n]+~~")),
)


def as_typed(markdown: str) -> Sequence[str]:
    """One translated sentence that names the kinds, or none."""
    found = [_(name) for name, pattern in _KINDS if pattern.search(markdown)]
    if not found:
        return ()
    sentence = _("A letter holds none of these, so they stand in the text as they were typed; look at them: {kinds}.")
    return (sentence.format(kinds=", ".join(found)),)
