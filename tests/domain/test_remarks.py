"""Words that a remark points at; and settlements that replace each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.later import RECEIVED, day_of, is_notice, not_yet, notice
from crsv_desk.domain.remarks import comment_of, quoted, quoting
from crsv_desk.domain.statements import Comment
from tests.domain.world import World

lines = st.text("ab >\n", max_size=20)


@given(words=lines, text=lines.filter(lambda text: not text.startswith("> ")))
def test_what_is_pointed_at_is_found_again(words: str, text: str) -> None:
    assert quoted(quoting(words, text)) == (words.strip(), text)


def test_a_remark_without_words_is_all_text() -> None:
    assert quoted("Mooi.") == ("", "Mooi.")


@pytest.fixture
def world() -> World:
    made = World()
    made.member("A")
    made.roster(keys=("laptop 2",))
    return made


def test_a_settlement_that_is_replaced_stands_no_longer(world: World) -> None:
    remark = world.comment(world.letter(), "A")
    first = settled(world, remark.id, "taken")
    assert world.state().remarks[0].state == "taken"
    settled(world, first, "declined")
    [one] = world.state().remarks
    assert one.state == "declined" and len(one.settlements) == 1


def test_two_colleagues_who_settle_differently_can_be_cleared(world: World) -> None:
    remark = world.comment(world.letter(), "A")
    one, other = settled(world, remark.id, "taken"), settled(world, remark.id, "declined", by="laptop 2")
    assert world.state().remarks[0].state == "contradictory"
    settled(world, one, "partly")
    settled(world, other, "partly")
    assert world.state().remarks[0].state == "partly"


def test_only_the_secretariat_replaces_a_settlement(world: World) -> None:
    remark = world.comment(world.letter(), "A")
    first = settled(world, remark.id, "declined")
    settled(world, first, "taken", by="A")
    assert world.state().remarks[0].state == "declined"


def test_that_an_answer_comes_later_is_read_back_and_nothing_else_is_taken_for_it(world: World) -> None:
    letter = world.letter()

    def said(text: str, block: str = "", kind: str = "comment") -> Comment:
        return comment_of(world.comment(letter, "A", block=block, text=text, kind=kind))

    assert notice(said(not_yet("2026-06-12", "Het bestuur\nvergadert."))) == ("2026-06-12", "Het bestuur\nvergadert.")
    assert notice(said(not_yet("", "Tot dan."))) == ("", "Tot dan.")
    assert notice(said(not_yet())) == ("", "")
    assert day_of(said(not_yet("2026-06-12"))) == "2026-06-12"
    for text in (
        "No answer before long.",
        "No answer before 2026-06-12. Or so.",
        f" {RECEIVED}",
        f"{RECEIVED} Yes.",
        "Hm.",
    ):
        assert not is_notice(said(text)), text
    assert not is_notice(said(not_yet(), block="b1"))
    assert not is_notice(said(not_yet(), kind="question"))


def settled(world: World, target: str, state: str, by: str = "sec") -> str:
    return world.comment(world.state().letters[0], by, kind="settlement", refers=target, state=state).id
