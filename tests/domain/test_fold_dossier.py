"""The secretariat's own statements: versions, rosters, keys, closings, erasures."""

from __future__ import annotations

from crsv_desk.domain.statements import Revocation
from tests.domain.world import World, key


def test_only_the_secretariat_publishes() -> None:
    world = World()
    world.member("A")
    forged = world.letter(by="A")
    assert world.state().current is None
    assert world.state().letters == ()
    assert forged.id in {one.held.id for one in world.state().not_counted}


def test_a_member_cannot_put_anybody_on_the_roster() -> None:
    world = World()
    world.member("A")
    world.roster(world.opening("B", "B"), by="A")
    assert "B" not in world.state().members


def test_two_letters_under_one_number_are_an_alarm_with_both_as_proof() -> None:
    world = World()
    one, two = world.letter(), world.letter()
    state = world.state()
    assert state.current is None
    assert not state.can_close
    assert state.conflicts[0].ids == tuple(sorted((one.id, two.id)))
    third = world.letter(2, prev=(one, two))
    assert world.state().conflicts == ()
    assert world.state().current == third
    assert world.state().can_close


def test_naming_one_of_two_does_not_settle_it() -> None:
    world = World()
    one, _two = world.letter(), world.letter()
    world.letter(2, prev=(one,))
    assert world.state().conflicts
    assert not world.state().can_close


def test_two_calls_under_one_number_are_shown_until_settled() -> None:
    world = World()
    world.letter()
    one, two = world.call(), world.call()
    assert world.state().call is None
    assert world.state().conflicts[0].kind == "call"
    three = world.call(2, prev=(one, two))
    assert world.state().conflicts == ()
    assert world.state().call == three


def test_two_honest_rosters_merge() -> None:
    world = World()
    world.roster(keys=("laptop 2",))
    world.roster(world.opening("A", "A"))
    world.roster(world.opening("B", "B"), by="laptop 2")
    assert set(world.state().members) == {"A", "B"}
    assert world.state().conflicts == ()


def test_two_laptops_that_confirm_the_same_organisation_at_once_agree() -> None:
    world = World()
    letter = world.letter()
    world.roster(keys=("laptop 2",))
    world.roster(world.opening("A", "A", salt="1"))
    world.roster(world.opening("A", "A", salt="2"), by="laptop 2")
    endorsement = world.endorse(letter, "A")
    assert world.of("A").counts == endorsement
    assert world.state().members["A"].certificates == {key("A")}


def test_a_roster_entry_without_its_opening_tells_nothing() -> None:
    world = World()
    world.roster(world.opening("A", "A"), hand_over=False)
    assert world.state().members == {}


def test_an_opening_that_no_roster_lists_has_no_effect() -> None:
    world = World()
    world.openings.append(world.opening("A", "A"))
    assert world.state().members == {}


def test_revocation_wins_whatever_the_order() -> None:
    world = World()
    opening = world.opening("A", "A")
    world.roster(revoke=(Revocation(opening.entry, ()),))
    world.roster(opening)
    assert "A" not in world.state().members


def test_a_revoked_secretariat_key_publishes_no_more() -> None:
    world = World()
    world.roster(keys=("laptop 2",))
    world.roster(revoke=(Revocation(key("laptop 2"), ()),))
    late = world.letter(by="laptop 2")
    assert world.state().current is None
    assert set(world.state().secretariat) == {key("sec")}
    assert late.id in {one.held.id for one in world.state().not_counted}


def test_what_a_revocation_keeps_still_stands() -> None:
    world = World()
    world.roster(keys=("laptop 2",))
    letter = world.letter(by="laptop 2")
    world.roster(revoke=(Revocation(key("laptop 2"), (letter.id,)),))
    assert world.state().current == letter


def test_the_last_secretariat_key_cannot_be_revoked() -> None:
    world = World()
    world.roster(revoke=(Revocation(key("sec"), ()),))
    letter = world.letter()
    assert world.state().current == letter
    assert set(world.state().secretariat) == {key("sec")}


def test_a_newer_statement_is_kept_and_stops_closing() -> None:
    world = World()
    world.letter()
    newer = world.newer()
    assert world.state().unread == (newer,)
    assert not world.state().can_close


def test_erased_content_gives_the_same_state_held_or_not() -> None:
    world = World()
    world.member("A")
    letter = world.letter()
    answer = world.endorse(letter, "A")
    world.erase(answer)
    assert world.state() == world.state(without=(answer,))
    assert world.of("A").standing == "invited"
    assert world.state().erased == {answer.id}


def test_nobody_but_the_secretariat_erases() -> None:
    world = World()
    world.member("A")
    letter = world.letter()
    answer = world.endorse(letter, "A")
    world.erase(answer, by="A")
    assert world.of("A").counts == answer


def test_a_letter_cannot_be_erased() -> None:
    world = World()
    letter = world.letter()
    world.erase(letter)
    assert world.state().current == letter


def test_a_comment_is_settled_only_by_the_secretariat() -> None:
    world = World()
    world.member("A")
    world.member("B")
    letter = world.letter()
    remark = world.comment(letter, "A", kind="proposal")
    world.comment(letter, "B", kind="settlement", refers=remark.id, state="taken")
    assert world.state().remarks[0].state == "open"
    world.comment(letter, "sec", kind="settlement", refers=remark.id, state="taken")
    assert world.state().remarks[0].state == "taken"
    world.comment(letter, "sec", kind="settlement", refers=remark.id, state="declined")
    assert world.state().remarks[0].state == "contradictory"


def test_a_remark_of_a_stranger_is_held_apart() -> None:
    world = World()
    letter = world.letter()
    remark = world.comment(letter, "stranger")
    assert world.state().remarks == ()
    assert world.state().unknown == (remark,)


def test_closings_and_receipts_are_the_secretariats_alone() -> None:
    world = World()
    world.member("A")
    letter = world.letter()
    endorsement = world.endorse(letter, "A")
    world.close(letter, endorsement, by="A")
    closing = world.close(letter, endorsement)
    world.receipt(endorsement)
    assert world.state().closings == (closing,)
    assert world.state().receipts == {endorsement.id}
