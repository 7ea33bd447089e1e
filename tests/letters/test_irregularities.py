"""What is offered to the editor, and what each offer makes of the text; nothing is touched by looking."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crsv_desk.letters.irregularities import irregularities
from crsv_desk.letters.markdown import parse
from crsv_desk.resources import resource


def applied(text: str, language: str = "nl") -> str:
    """The text with every offer taken, from the end."""
    for one in reversed(irregularities(text, language)):
        assert text[one.start : one.end] == one.words
        text = text[: one.start] + one.proposal + text[one.end :]
    return text


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("nl", "Zij zei \"ja\" en 'nee'.", "Zij zei “ja” en ‘nee’."),
        ("nl", "risico's, 's ochtends", "risico’s, ’s ochtends"),
        ("fr", 'Elle dit "oui" à l\'ONU', "Elle dit «\u00a0oui\u00a0» à l’ONU"),
        ("en", '("yes")', "(“yes”)"),
        ("nl", "Een  zin", "Een zin"),
        ("nl", "de hardnek-\nkige gevolgen", "de hardnekkige gevolgen"),
        ("nl", "en hardnekkige\n\ngevolgen van", "en hardnekkige gevolgen van"),
        ("nl", "Zie [het verslag](#) en [dit]()", "Zie het verslag en dit"),
        ("nl", "wapenexport -en veiligheid", "wapenexport- en veiligheid"),
        ("nl", "Wacht...", "Wacht…"),
        ("nl", "a\u200bb\u00adc", "abc"),
        ("nl", "**Oproep**\n\nTekst.", "## Oproep\n\nTekst."),
    ],
)
def test_each_offer(language: str, before: str, after: str) -> None:
    assert applied(before, language) == after


@pytest.mark.parametrize(
    "text",
    [
        "Zij zei “ja”.\n\nEen nieuwe alinea.",
        "Zie [dit](https://a.nl/?q=\"x\"&b='c').",
        "- een\n- twee  \n\nlage alinea na een lijst",
        "Regel een  \nregel twee",
        "vrouwen- en meisjes",
        "Kop:\n\nhet vervolg",
        "Een **vet** woord.\n\n**Vet, maar met een punt.**",
        '`code "x"  y`',
    ],
)
def test_what_is_in_order_is_left_in_peace(text: str) -> None:
    assert not irregularities(text, "nl")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab \"'-.\n*[]()#\u00ad1", max_size=120))
def test_offers_lie_apart_and_name_what_stands_there(text: str) -> None:
    found = irregularities(text, "nl")
    assert all(text[one.start : one.end] == one.words for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_the_first_letters_irregularities_are_found_and_its_text_stays() -> None:
    body = resource("letters", "crsv-2026-05-26.md").read_text("utf-8").split("---\n", 2)[2]
    found = irregularities(body, "nl")
    assert {"hyphen", "quotes"} <= {one.sort for one in found}
    assert any("wapenexport -en" in one.around for one in found)
    assert len(parse(body)) == len(parse(applied(body)))
