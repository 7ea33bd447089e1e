"""The bundled letter says every word of the letter as it was received, in order, and nothing else."""

from __future__ import annotations

import re

from crsv_desk.domain.blocks import words
from crsv_desk.letters.texts import LetterTexts
from crsv_desk.resources import resource

TEXTS = LetterTexts()
SOURCE = resource("letters", "crsv-2026-05-26.source.txt").read_text(encoding="utf-8")
LETTER = TEXTS.read(resource("letters", "crsv-2026-05-26.md").read_bytes(), "crsv-2026-05-26.md")
BLOCKS = TEXTS.blocks(LETTER.body)


def field(name: str) -> str:
    return str(LETTER.front[name])


def test_every_word_is_kept_in_order() -> None:
    """Read as the paper sets it: place and date, subject, salutation, text, closing words, sign-off."""
    received = re.sub(r"\[([^\]]*)\]\(#\)", r"\1", SOURCE)  # the two links whose target was lost
    received = re.sub(r"\*([^*]+)\*", r"\1", received)  # two words stand in italics
    received = re.sub(r"^- ", "", received, flags=re.MULTILINE)
    lead, partners = field("lead"), [str(one) for one in LETTER.front["partners"]]  # type: ignore[attr-defined]
    said = [
        *f"{field('place')}, 26 mei 2026".split(),
        "Betreft:",
        *field("subject").split(),
        *field("salutation").split(),
        *words(BLOCKS),
        *field("closing").split(),
        *f"{lead}, mede namens".split(),
        *f"{', '.join(partners[:-1])} en {partners[-1]}".split(),
    ]
    assert said == received.split()
    assert field("date") == "2026-05-26"


def test_the_paragraph_that_a_page_break_cut_is_one_again() -> None:
    [joined] = [one for one in BLOCKS if "destructieve en hardnekkige gevolgen van CRSV" in one.text]
    assert joined.text.startswith("De kernboodschap") and joined.text.endswith("vrede en veiligheid.")


def test_headings_are_headings_and_the_demands_are_a_list() -> None:
    headings = [
        "Integrale aanpak CRSV en verantwoording",
        "Structurele financiering van vrouwen- en survivor-led organisaties",
        "Diplomatieke inzet",
        "Oproep",
    ]
    assert [one.text for one in BLOCKS if one.kind == "heading"] == headings
    lines = SOURCE.replace("*", "").splitlines()
    assert all(heading in lines for heading in headings)
    assert [one.kind for one in BLOCKS if one.kind != "paragraph"] == ["heading"] * 4 + ["item"] * 3


def test_links_without_a_target_are_plain_text() -> None:
    spans = [span for block in BLOCKS for span in block.spans]
    assert not any(span.href for span in spans)
    assert any("rondetafeldebat over conflictgerelateerd seksueel geweld" in span.text for span in spans)
    assert [span.text for span in spans if span.style == "emphasis"] == [
        "survivor-centred",
        "survivor-led",
        "survivor-led",
    ]
