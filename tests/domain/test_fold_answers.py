"""Each organisation counts once, for exactly this text, by a key that the secretariat knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crsv_desk.domain.admission import Held
from crsv_desk.domain.fold import fold
from crsv_desk.domain.statements import Decline, Letter, Revocation, Statement
from tests.domain.world import World


@pytest.fixture
def world() -> World:
    world = World()
    world.member("A")
    world.member("B")
    return world


def test_endorsement_by_a_known_key_counts(world: World) -> None:
    letter = world.letter()
    endorsement = world.endorse(letter, "A")
    assert world.of("A").standing == "endorsed"
    assert world.of("A").counts == endorsement
    assert world.of("B").standing == "invited"


def test_endorsement_by_an_unknown_key_is_held_apart(world: World) -> None:
    letter = world.letter()
    stranger = world.endorse(letter, "A", by="stranger")
    assert world.of("A").standing == "invited"
    assert world.state().unknown == (stranger,)


def test_it_counts_from_the_roster_that_confirming_makes(world: World) -> None:
    letter = world.letter()
    stranger = world.endorse(letter, "A", by="laptop 2")
    world.roster(world.opening("A", "laptop 2"))
    assert world.of("A").counts == stranger
    assert world.state().unknown == ()


def test_endorsement_in_anothers_name_never_counts_and_says_why(world: World) -> None:
    letter = world.letter()
    world.claim(letter, "B", by="A")
    assert world.of("A").standing == world.of("B").standing == "invited"
    (refusal,) = world.state().not_counted
    assert refusal.fields == {"claimed": "B", "organisation": "A"}


def test_endorsement_of_another_text_never_counts_and_says_why(world: World) -> None:
    world.letter()
    elsewhere = World(sec="other secretariat").letter()
    world.endorse(elsewhere, "A")
    assert world.of("A").standing == "invited"
    assert "not published" in world.state().not_counted[0].reason


def test_endorsement_of_an_older_version_does_not_count(world: World) -> None:
    first = world.letter()
    world.endorse(first, "A")
    world.letter(2, prev=(first,))
    assert world.of("A").standing == "endorsed an older version"
    assert world.of("A").counts is None


def test_replay_from_another_dossier_is_not_seen(world: World) -> None:
    letter = world.letter()
    other = World(sec="other secretariat")
    other.member("A")
    foreign = other.endorse(other.letter(), "A")
    world.held[foreign.id] = foreign
    assert world.of("A").standing == "invited"
    assert foreign.id not in {one.id for one in world.state().unknown}
    assert letter is world.state().current


def test_two_endorsements_of_one_organisation_count_once(world: World) -> None:
    letter = world.letter()
    world.endorse(letter, "A")
    world.endorse(letter, "A")
    assert world.of("A").standing == "endorsed"
    assert len(world.of("A").answers) == 2
    assert not world.of("A").contradictory  # two people said the same
    assert sum(one.counts is not None for one in world.state().organisations) == 1


def test_two_people_who_endorse_in_ways_that_cannot_both_stand_contradict_each_other(world: World) -> None:
    letter = world.letter()
    first = world.endorse(letter, "A")
    world.endorse(letter, "A", reply=True)
    assert world.of("A").contradictory
    world.endorse(letter, "A", reply=True, replaces=(first,))
    assert not world.of("A").contradictory


def test_a_claimed_time_decides_nothing(world: World) -> None:
    """Whatever the clocks of those who signed said: another order of the times leaves everything as it is."""
    letter = world.letter()
    both = [world.endorse(letter, "A"), world.endorse(letter, "A")]
    no = world.decline(letter, "B")
    world.endorse(letter, "B", replaces=(no,))
    remark = world.comment(letter, "A")
    for state in ("taken", "declined"):
        world.comment(letter, "sec", "settlement", refers=remark.id, state=state)
    _whenever(world, *both, no)
    two = world.letter(2, (letter,)), world.letter(2, (letter,))
    assert world.state().conflicts
    _whenever(world, *two)


def _whenever(world: World, *late: Held) -> None:
    """The state is the same whichever of ``late`` was signed last, as far as clocks say."""
    before = world.state()
    for last in late:
        held = []
        for one in world.held.values():
            assert isinstance(one.statement, Statement)
            day = 29 if one.id == last.id else 1
            held.append(replace(one, statement=replace(one.statement, time=f"2026-05-{day:02}T10:00:00Z")))
        found = fold(world.dossier, held, world.openings)
        for mine, other in zip(found.organisations, before.organisations, strict=True):
            assert (mine.standing, mine.contradictory) == (other.standing, other.contradictory)
            assert (mine.counts and mine.counts.id) == (other.counts and other.counts.id)
        assert found.conflicts == before.conflicts
        assert [(one.held.id, one.state) for one in found.remarks] == [
            (one.held.id, one.state) for one in before.remarks
        ]


def test_a_replaced_answer_falls_away(world: World) -> None:
    letter = world.letter()
    no = world.decline(letter, "A")
    yes = world.endorse(letter, "A", replaces=(no,))
    assert world.of("A").counts == yes
    assert world.of("A").answers == (yes,)


def test_an_answer_of_another_organisation_cannot_be_replaced(world: World) -> None:
    letter = world.letter()
    a = world.endorse(letter, "A")
    world.decline(letter, "B", replaces=(a,))
    assert world.of("A").counts == a


def test_decline_or_withdrawal_wins_over_what_is_left(world: World) -> None:
    letter = world.letter()
    world.endorse(letter, "A")
    world.decline(letter, "A")
    assert world.of("A").standing == "declined"
    world.withdraw(letter, "A")
    assert world.of("A").standing == "withdrawn"
    assert world.of("A").counts is None
    assert world.of("A").contradictory


def test_withdrawal_counts_only_from_a_key_of_that_organisation(world: World) -> None:
    letter = world.letter()
    a = world.endorse(letter, "A")
    world.withdraw(letter, "B", replaces=(a,))
    world.withdraw(letter, "stranger", replaces=(a,))
    assert world.of("A").standing == "endorsed"


def test_correction_carries_over_only_where_it_was_allowed(world: World) -> None:
    first = world.letter()
    allowed = world.endorse(first, "A", corrections=True)
    world.endorse(first, "B")
    world.letter(2, prev=(first,), correction=("b1",))
    assert world.of("A").counts == allowed
    assert world.of("B").standing == "endorsed an older version"


def test_an_ordinary_version_carries_nothing_over(world: World) -> None:
    first = world.letter()
    world.endorse(first, "A", corrections=True)
    world.letter(2, prev=(first,))
    assert world.of("A").counts is None


def test_what_changes_more_than_paragraphs_corrects_nothing(world: World) -> None:
    first = world.letter()
    world.endorse(first, "A", corrections=True)
    held = world.letter(2, prev=(first,), correction=("b1",))
    assert isinstance(held.statement, Letter)
    text = replace(held.statement.texts[0], subject="Another subject")
    for other in ({"texts": (text,)}, {"lead": "B"}, {"recipient": ("The minister",)}):
        world.held[held.id] = replace(held, statement=replace(held.statement, **other))  # type: ignore[arg-type]
        assert world.of("A").counts is None


def test_what_settles_two_texts_corrects_neither(world: World) -> None:
    first = world.letter()
    one, other = (world.letter(2, prev=(first,)) for _ in range(2))
    world.endorse(one, "A", corrections=True)
    world.letter(3, prev=(one, other), correction=("b1",))
    assert world.of("A").standing == "endorsed an older version"


def test_an_objection_stops_the_carrying_over(world: World) -> None:
    first = world.letter()
    world.endorse(first, "A", corrections=True)
    second = world.letter(2, prev=(first,), correction=("b1",))
    world.comment(second, "A", kind="objection")
    assert world.of("A").counts is None


def test_the_objection_of_another_organisation_does_not(world: World) -> None:
    first = world.letter()
    kept = world.endorse(first, "A", corrections=True)
    second = world.letter(2, prev=(first,), correction=("b1",))
    world.comment(second, "B", kind="objection")
    assert world.of("A").counts == kept


def test_attestation_stands_apart_until_the_organisation_answers(world: World) -> None:
    letter = world.letter()
    declared = world.attest(letter, "A")
    assert world.of("A").standing == "attested"
    assert world.of("A").counts is None
    assert world.state().attestations == (declared,)
    world.endorse(letter, "A")
    assert world.of("A").standing == "endorsed"
    assert world.state().attestations == ()


def test_only_the_secretariat_or_a_voucher_attests(world: World) -> None:
    letter = world.letter()
    world.attest(letter, "A", by="B")
    assert world.of("A").standing == "invited"
    assert world.state().attestations == ()


def test_a_voucher_answers_for_no_more_than_its_number(world: World) -> None:
    letter = world.letter()
    world.roster(world.opening("V", "V", voucher=3))
    three = world.attest(letter, "", by="V", count=3)
    world.attest(letter, "", by="V", count=4)
    named = world.attest(letter, "A", by="V")
    assert world.state().attestations == (three,)
    assert named.id in {one.held.id for one in world.state().not_counted}


def test_what_a_voucher_declares_adds_up(world: World) -> None:
    letter = world.letter()
    world.roster(world.opening("V", "V", voucher=3))
    for count in (2, 1, 2, 3):
        world.attest(letter, "", by="V", count=count)
    state = world.state()
    counted = [getattr(one.statement, "count", 0) for one in state.attestations]
    assert 0 < sum(counted) <= 3
    assert len(counted) + len(state.not_counted) == 4
    assert {one.reason for one in state.not_counted} == {"It declares more answers than this voucher may speak for."}
    # For another text it may speak again.
    second = world.letter(2, prev=(letter,))
    again = world.attest(second, "", by="V", count=3)
    assert again in world.state().attestations


def test_an_organisation_is_declared_once_however_many_say_so(world: World) -> None:
    letter = world.letter()
    world.roster(keys=("laptop 2",))
    world.attest(letter, "A")
    world.attest(letter, "A", by="laptop 2")
    assert len(world.state().attestations) == 1
    no = world.attest(letter, "A", answer="decline")
    assert world.state().attestations == (no,)


def test_an_answer_to_an_older_text_leaves_what_was_declared_of_this_one(world: World) -> None:
    first = world.letter()
    world.endorse(first, "A")
    world.decline(first, "B")
    second = world.letter(2, prev=(first,))
    declared = world.attest(second, "A")
    world.attest(second, "B")  # its own no stands
    assert world.of("A").standing == "attested"
    assert world.of("B").standing == "declined"
    assert world.state().attestations == (declared,)


def test_revoked_key_no_longer_counts_but_what_is_kept_does(world: World) -> None:
    letter = world.letter()
    opening = world.opening("C", "C")
    world.roster(opening)
    kept = world.endorse(letter, "C")
    later = world.endorse(letter, "C")
    world.roster(revoke=(Revocation(opening.entry, (kept.id,)),))
    state = world.state()
    assert next(one for one in state.organisations if one.organisation == "C").counts == kept
    assert later.id in {one.held.id for one in state.not_counted}


def test_a_key_that_two_organisations_claim_speaks_for_neither(world: World) -> None:
    letter = world.letter()
    world.roster(world.opening("D", "shared"), world.opening("E", "shared"))
    world.endorse(letter, "D", by="shared")
    assert world.of("D").counts is None
    assert "Two organisations" in world.state().not_counted[0].reason


def test_no_statement_may_point_at_an_answer(world: World) -> None:
    letter = world.letter()
    hidden = world.endorse(letter, "A", reply=True)
    pointing = world.add(Decline, "B", letter=letter.id, reason="", replaces=(), reply="", seen=(hidden.id,))
    assert pointing.id in {one.held.id for one in world.state().not_counted}
    assert world.of("B").standing == "invited"
