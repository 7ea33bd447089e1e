"""PDFs whose pages another version set, by rules or with fonts that this one does not have: what is compared then, and what
is said of it."""

from __future__ import annotations

from collections.abc import Mapping

from crsv_desk.domain.paper import LAYOUT_RULES, CombinedLetter, Erratum
from crsv_desk.domain.seal import SealReport
from crsv_desk.domain.statements import Closing
from crsv_desk.i18n import N_, _
from crsv_desk.services.desk import Desk
from crsv_desk.services.findings import Findings
from crsv_desk.services.verification import Conclusion, Pages

VERDICTS: Mapping[Conclusion, str] = {
    "pages not compared": N_(
        "This PDF is whole, and it is from {name}. Another version of CRSV Desk set its pages, so only their words were"
        " compared: they are the same."
    ),
    "other words": N_(
        "Do not rely on this PDF before it is checked with the version of CRSV Desk that made it: this version cannot set its"
        " pages again, and would write something else than what stands there."
    ),
    "not set": N_(
        "Do not rely on this PDF before it is checked with the version of CRSV Desk that made it: this version cannot set its"
        " pages, so neither they nor their words were compared."
    ),
}
"""What a check of such a file comes to, in a sentence; ``name`` is the secretariat's."""


def is_foreign(desk: Desk, closing: Closing) -> bool:
    """Whether this version cannot set the pages that this closing decided on."""
    return closing.layout.rules != LAYOUT_RULES or closing.layout.fonts != desk.paper.fonts_digest()


def compare_words(
    desk: Desk, untrusted_pdf: bytes, letter: CombinedLetter | Erratum, seal: SealReport, found: Findings
) -> Pages:
    """All that can be done where another version set the pages by rules that this one does not have."""
    if seal.whole and desk.paper.holds_strangers(untrusted_pdf):
        found.add(False, _("This PDF holds something that does not belong in it."))
    if not desk.paper.same_words(untrusted_pdf, letter):
        found.add(
            False,
            _(
                "Another version of CRSV Desk set these pages. Their words were compared: this version would print others. It"
                " may be that the other version words something differently, or that the pages say something else than what"
                " was signed."
            ),
        )
        return "other words"
    if seal.whole and not desk.paper.same_unseen(untrusted_pdf, letter):
        found.add(
            False,
            _(
                "Another version of CRSV Desk set these pages. Their words are those that were signed; but what it says to"
                " screen readers, in bookmarks, links or properties is not what this version would write."
            ),
        )
        return "other words"
    found.add(
        None,
        _(
            "Another version of CRSV Desk set these pages. Their words, as a program reads them, were compared: they are those"
            " that were signed, in the same order, and no others. How they look, pictures and drawn marks were not compared."
        ),
    )
    return "not compared"
