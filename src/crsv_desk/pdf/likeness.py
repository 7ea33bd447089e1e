"""Whether a PDF from outside says the words of a letter, whatever became of the file and wherever its pages end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from crsv_desk.domain.codes import spoken
from crsv_desk.domain.paper import CombinedLetter, Erratum
from crsv_desk.domain.progress import silent
from crsv_desk.pdf.erratum import typeset_erratum
from crsv_desk.pdf.evidence_tables import short_id
from crsv_desk.pdf.running import Repeated, running
from crsv_desk.pdf.signatory_rows import going_on
from crsv_desk.pdf.typeset import Repeating, typeset, typeset_repeated
from crsv_desk.pdf.words import seen_texts

_SHOWN_AS_NOTHING = {"Zs", "Zl", "Zp", "Cc", "Cf"}
_SWAPPED = {0x6600: "f", 0x6900: "i", 0x6C00: "l", 0xCF00: "fi", 0xD200: "fl"}
"""Letters of ligatures as Ghostscript 10 says them: with their bytes swapped, the last two of ffi and ffl as one."""
_GROUP = 5
"""Digits of the letter's code that stand together on every page."""
_MOST_PAGES = 4
"""Times as many as this version sets."""


def same_words(untrusted_pdf: bytes, letter: CombinedLetter | Erratum) -> bool:
    """Whether its pages say the words of ``letter``, each of them, in the same order, and no others.

    Programs that rebuild a PDF may part words and lines otherwise and write letters as compatible forms, so only what
    stays of the text then is compared. Other rules of layout may end pages elsewhere, so what pages repeat is taken off,
    where it is exactly that; and page numbers that the text names must be those where the parts begin. Pictures, drawn
    marks and what is not text are not looked at.

    Raises:
        Refused: its words cannot be read.
    """
    pages = _bare(seen_texts(untrusted_pdf))
    if isinstance(letter, Erratum):  # one page, which ends nowhere else
        return pages == _bare(seen_texts(typeset_erratum(letter, silent)))
    if not any(spoken(letter.letter)[:_GROUP] in page for page in pages):
        return False  # another letter, or none: nothing needs to be set to know that
    expected = _bare(seen_texts(typeset(letter, silent)))
    if pages == expected:
        return True
    if len(pages) > _MOST_PAGES * len(expected):
        return False
    found = running(pages, _repeated(letter, len(pages)))
    if found is None:
        return False
    named = {"letter": 1, "signatories": found.first_pages[-2], "evidence": found.first_pages[-1]}
    for number in _bare(letter.withheld[:1]):
        named["withheld"] = next((place for place, page in enumerate(pages, start=1) if number in page), 0)
    expected = _bare(seen_texts(typeset(letter, silent, named)))
    wanted = running(expected, _repeated(letter, len(expected)))
    return wanted is not None and found.texts == wanted.texts


def _repeated(letter: CombinedLetter, count: int) -> Sequence[Repeated]:
    """What each part's pages repeat, read as the pages themselves are."""
    return [_of_part(letter, one, count) for one in typeset_repeated(letter, count)]


def _of_part(letter: CombinedLetter, part: Repeating, count: int) -> Repeated:
    texts = _bare(seen_texts(part.pdf))
    feet, whole, others = texts[:count], texts[count : 2 * count], texts[2 * count :]
    word = others[2]
    feet = [one.removeprefix(word) for one in feet]
    heads = [one.removeprefix(word).removesuffix(foot) for one, foot in zip(whole, feet, strict=True)]
    made = Repeated(others[0], heads, feet, part.letterhead)
    if part.key == "signatories":
        names = _bare(row.organisation for row in letter.signatories)
        return replace(made, rows=tuple(zip(names, _bare(map(going_on, letter.signatories)), strict=True)))
    if part.key != "evidence" or not letter.signatories:
        return made
    [end] = _bare([short_id(letter.signatories[-1].statement)])
    return replace(made, table_row=others[1], table_end=end)


def _bare(texts: Iterable[str]) -> list[str]:
    """Letters, figures and signs in one form, without what shows as nothing."""
    return [
        "".join(
            one
            for one in unicodedata.normalize("NFKC", text.translate(_SWAPPED))
            if unicodedata.category(one) not in _SHOWN_AS_NOTHING
        )
        for text in texts
    ]
