"""Ids of blocks, carried from version to version; and one block's words replaced in the text."""

from __future__ import annotations

import contextlib

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from crsv_desk.domain.blocks import Block
from crsv_desk.domain.errors import Refused
from crsv_desk.letters.markdown import normalised
from crsv_desk.letters.texts import LetterTexts
from tests.letters.test_markdown import pieces

TEXTS = LetterTexts()
FIRST = """# Een kop

De eerste alinea gaat over geld voor vrouwenorganisaties.

De tweede alinea gaat over de vervolging van daders.

- Een punt over een gezant.
- Een punt over iets anders.
"""


def ids(blocks: tuple[Block, ...]) -> dict[str, str]:
    return {one.text: one.id for one in blocks}


def test_the_same_text_gives_the_same_ids_anywhere() -> None:
    assert TEXTS.blocks(FIRST) == TEXTS.blocks(FIRST)
    again = TEXTS.blocks("gelijk\n\ngelijk\n\ngelijk")
    assert len({one.id for one in again}) == 3


def test_unchanged_moved_and_changed_blocks_keep_their_ids_and_new_ones_get_new() -> None:
    old = TEXTS.blocks(FIRST)
    changed = FIRST.replace("de vervolging van daders", "de vervolging van alle daders, overal")
    moved = "Iets heel nieuws staat hier voorop.\n\n" + changed.replace("- Een punt over een gezant.\n", "")
    moved += "- Een punt over een gezant.\n"
    new = TEXTS.carry_ids(moved, old)
    before, after = ids(old), ids(new)
    for text in ("Een kop", "Een punt over een gezant.", "Een punt over iets anders."):
        assert after[text] == before[text]
    assert (
        after["De tweede alinea gaat over de vervolging van alle daders, overal."]
        == before["De tweede alinea gaat over de vervolging van daders."]
    )
    assert after["Iets heel nieuws staat hier voorop."] not in before.values()


def test_a_block_that_came_back_in_other_words_is_not_given_the_id_of_one_that_stands() -> None:
    old = TEXTS.blocks("alfa beta gamma delta\n\nalfa beta gamma epsilon")
    new = TEXTS.carry_ids("alfa beta gamma epsilon\n\nalfa beta gamma zeta", old)
    assert new[0].id == old[1].id and new[1].id == old[0].id


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(pieces, pieces)
def test_carried_ids_are_unique_and_the_same_everywhere(one: str, other: str) -> None:
    with contextlib.suppress(Refused):
        old = TEXTS.blocks(one)
        new = TEXTS.carry_ids(other, old)
        assert len({block.id for block in new}) == len(new)
        assert new == TEXTS.carry_ids(other, old)
        assert [block.text for block in new] == [block.text for block in TEXTS.blocks(other)]
        assert TEXTS.carry_ids(one, old) == old


def test_replacing_a_block_keeps_its_kind_and_the_others() -> None:
    blocks = TEXTS.blocks(FIRST)
    for block in blocks:
        changed = TEXTS.blocks(TEXTS.replace_block(FIRST, block, "1. Andere *woorden* # met <b> &amp; tekens"))
        assert [(one.kind, one.level, one.marker) for one in changed] == [
            (one.kind, one.level, one.marker) for one in blocks
        ]
        at = blocks.index(block)
        assert changed[at].text == "1. Andere *woorden* # met <b> &amp; tekens"
        assert [one.text for one in changed if one != changed[at]] == [one.text for one in blocks if one != block]


def test_words_that_are_not_there_replace_nothing() -> None:
    gone = Block("b1", "paragraph", TEXTS.blocks("weg")[0].spans)
    assert TEXTS.replace_block(FIRST, gone, "iets") == FIRST


@settings(max_examples=400, deadline=None)
@given(pieces, st.integers(0, 40), st.text(max_size=60))
@example("\u00a0- ", 0, "a")
@example("# - a", 0, "b")
@example("- > a", 0, "b")
def test_whatever_the_words_they_stand_there_literally_and_nothing_else_changes(text: str, at: int, words: str) -> None:
    try:
        blocks = TEXTS.blocks(text)
    except Refused:
        assume(False)
    assume(blocks and words.strip() and "\0" not in words)
    block = blocks[at % len(blocks)]
    first = next(number for number, one in enumerate(blocks) if (one.kind, one.text) == (block.kind, block.text))
    changed = TEXTS.blocks(TEXTS.replace_block(text, block, words))
    assert len(changed) == len(blocks)
    for number, (one, other) in enumerate(zip(blocks, changed, strict=True)):
        if number == first:
            assert other.kind == one.kind and other.text.split() == normalised(words).split()
        else:
            assert (one.kind, one.spans) == (other.kind, other.spans)


def test_words_that_return_beside_the_block_that_changed_get_an_id_of_their_own() -> None:
    first = TEXTS.blocks("alfa beta gamma delta")
    second = TEXTS.carry_ids("alfa beta gamma delta epsilon", first)
    third = TEXTS.carry_ids("alfa beta gamma delta epsilon\n\nalfa beta gamma delta", second)
    assert third[0].id == second[0].id == first[0].id != third[1].id
