"""CommonMark as letters use it: blocks and their styles; whatever could hide or load something stands literally."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.errors import Refused
from crsv_desk.letters.texts import LetterTexts

TEXTS = LetterTexts()
pieces = st.lists(
    st.sampled_from(
        ["a", "b c", "woord", " ", "  ", "\n", "\n\n", "- ", "* ", "1. ", "> ", "# ", "## ", "*", "**", "_", "`", "[",
         "](", ")", "![", "<b>", "</b>", "<!--", "&amp;", "&#x202e;", "\\", "http://x.nl", "<http://x.nl>", "|", "---",
         "\t", "é", "ب", "\u00a0", "```", "~~~", "[a]: /b", "\x0b", "    ", "=", "#", "+", "1)", "\r"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def only(markdown: str) -> Block:
    [block] = TEXTS.blocks(markdown)
    return block


@pytest.mark.parametrize(
    "literal",
    [
        "<b>vet</b>", "<script>alert(1)</script>", "<img src=x>", "<!-- weg -->", "![plaatje](http://x.nl/a.png)",
        "![plaatje](file:///etc/passwd)", "[ref]: http://x.nl", "[ref]", "<div>", "---", "***", "```", "~~~", "===",
    ],
)  # fmt: skip
def test_what_could_hide_or_load_something_stands_as_it_was_typed(literal: str) -> None:
    block = only(literal)
    assert block.kind == "paragraph" and block.text == literal
    assert not any(span.href for span in block.spans)


def test_code_blocks_and_rules_are_words_too() -> None:
    assert [one.text for one in TEXTS.blocks("Kop\n---\n\n    ingesprongen\n\n```\ncode\n```\n")] == [
        "Kop ---", "ingesprongen", "code",
    ]  # fmt: skip


def test_headings_paragraphs_lists_and_quotes() -> None:
    found = TEXTS.blocks("# Een\n\ntekst\nverder\n\n- punt\n  1. onder\n\n     nog\n- twee\n\n3. drie\n\n> citaat\n")
    assert [(one.kind, one.level, one.marker, one.text) for one in found] == [
        ("heading", 1, "", "Een"),
        ("paragraph", 0, "", "tekst verder"),
        ("item", 1, "•", "punt"),
        ("item", 2, "1.", "onder"),
        ("item", 2, "", "nog"),
        ("item", 1, "•", "twee"),
        ("item", 1, "3.", "drie"),
        ("quote", 0, "", "citaat"),
    ]


def test_emphasis_strong_code_links_and_breaks() -> None:
    assert only("a *b* **c** ***d*** `e` [f](https://x.nl/?q=1)\\\ng").spans == (
        Span("a "), Span("b", "emphasis"), Span(" "), Span("c", "strong"), Span(" "), Span("d", "strong emphasis"),
        Span(" "), Span("e", "code"), Span(" "), Span("f", "plain", "https://x.nl/?q=1"), Span("\ng"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "target", ["#", "", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//x.nl", "a.md"]
)
def test_a_link_without_a_target_of_the_web_or_of_mail_is_plain_text(target: str) -> None:
    block = only(f"[woord]({target})")
    assert not any(span.href for span in block.spans) and "woord" in block.text


@pytest.mark.parametrize("opening", ["> ", "- "])
def test_what_is_nested_too_deep_is_refused_and_never_left_out(opening: str) -> None:
    assert only(opening * 6 + "woord").text == "woord"
    for depth in (7, 19, 20, 21, 30, 500):
        with pytest.raises(Refused, match="too deep"):
            TEXTS.blocks(opening * depth + "woord")


def test_a_letter_holds_two_thousand_blocks_and_no_more() -> None:
    assert len(TEXTS.blocks("a\n\n" * 2_000)) == 2_000
    with pytest.raises(Refused, match="2000"):
        TEXTS.blocks("a\n\n" * 2_001)


@given(pieces)
def test_no_text_makes_the_parser_raise_anything_but_refused(markdown: str) -> None:
    with contextlib.suppress(Refused):
        blocks = TEXTS.blocks(markdown)
        assert len({one.id for one in blocks}) == len(blocks)
        assert all(one.text.strip() for one in blocks)
        assert TEXTS.blocks(markdown, [one.id for one in blocks]) == blocks


@given(st.text(max_size=200))
def test_nor_does_any_other_text(markdown: str) -> None:
    with contextlib.suppress(Refused):
        TEXTS.blocks(markdown)


@given(st.lists(st.text(st.characters(categories=["Ll", "Lu", "Nd"]), min_size=1, max_size=8), min_size=1, max_size=30))
def test_every_word_is_in_the_blocks_in_order(words: list[str]) -> None:
    markdown = "\n\n".join(" ".join(words[at : at + 3]) for at in range(0, len(words), 3))
    found = [word for block in TEXTS.blocks(markdown) for word in block.text.split()]
    assert found == words


def test_another_number_of_blocks_than_ids_is_refused() -> None:
    with pytest.raises(Refused, match="another number"):
        TEXTS.blocks("een\n\ntwee", ["b1"])
