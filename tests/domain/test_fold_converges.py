"""Whatever the order, however often, and however it was split over workspaces: the same state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crsv_desk.domain.admission import Held
from crsv_desk.domain.fold import fold
from crsv_desk.domain.one_more import Told, pointed_at, with_one_more
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.statements import Reservation, Revocation
from tests.domain.world import World, key

NAMES = ("A", "B", "C")
SIGNERS = (*NAMES, "sec", "laptop 2", "stranger")

steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["letter", "correction", "call", "roster", "keys", "revoke", "endorse", "decline", "withdraw", "attest",
             "comment", "settle", "settle again", "reply", "vouch", "choose", "close", "erase", "newer"]
        ),
        st.sampled_from(SIGNERS),
        st.sampled_from(NAMES),
        st.integers(0, 40),
        st.booleans(),
    ),
    max_size=30,
)  # fmt: skip


def history(moves: list[tuple[str, str, str, int, bool]], begun: World | None = None) -> World:
    """A dossier that some honest and dishonest hands wrote."""
    world = begun or World()
    world.letter()
    for what, by, name, pick, flag in moves:
        everything = sorted(world.held.values(), key=lambda one: one.id)
        letters = [one for one in everything if getattr(one.statement, "type", "") == "letter"]
        target, letter = everything[pick % len(everything)], letters[pick % len(letters)]
        match what:
            case "letter" | "correction":
                prev = tuple(letters) if flag else (letter,)
                world.letter(2 + pick % 2, prev=prev, by=by, correction=("b1",) if what == "correction" else ())
            case "call":
                world.call(1 + pick % 2, by=by)
            case "roster":
                world.roster(world.opening(name, name if flag else by, salt=str(pick % 3)), by=by)
            case "keys":
                world.roster(keys=("laptop 2",), by=by)
            case "revoke":
                entry = world.openings[pick % len(world.openings)].entry if world.openings and flag else key(name)
                world.roster(revoke=(Revocation(entry, (target.id,)),), by=by)
            case "endorse":
                world.endorse(
                    letter, name, by=by, replaces=(target,) if flag else (), corrections=flag, reply=pick % 3 == 0
                )
            case "decline":
                world.decline(letter, by, replaces=(target,) if flag else ())
            case "withdraw":
                world.withdraw(letter, by, replaces=(target,) if flag else ())
            case "attest":
                world.attest(letter, name if flag else "", by=by)
            case "comment":
                world.comment(letter, by, kind="objection" if flag else "comment")
            case "settle":
                world.comment(letter, by, kind="settlement", refers=target.id, state="taken" if flag else "declined")
            case "settle again":
                settlements = [one for one in everything if getattr(one.statement, "kind", "") == "settlement"]
                refers = settlements[pick % len(settlements)].id if settlements else target.id
                world.comment(letter, by, kind="settlement", refers=refers, state="partly" if flag else "declined")
            case "reply":
                world.comment(letter, by, kind="question" if flag else "proposal", refers=target.id)
            case "point":
                world.comment(letter, by, seen=(target.id,))
            case "revoke key":
                world.roster(revoke=(Revocation(key("laptop 2"), (target.id,) if flag else ()),), by=by)
            case "vouch":
                world.roster(world.opening(name, name, voucher=1 + pick % 5, salt=str(pick)), by="sec")
                world.attest(letter, "", by=name, count=1 + pick % 4)
            case "choose":
                world.letter(3 + pick % 2, prev=tuple(letters), by=by)
            case "close":
                world.close(letter, by=by)
            case "receipt":
                world.receipt(target)
            case "erase":
                world.erase(target, by=by)
            case "newer":
                world.newer(2 + pick % 2)
    return world


@settings(deadline=None)
@given(moves=steps, data=st.data())
def test_any_order_and_any_repetition_give_the_same_state(
    moves: list[tuple[str, str, str, int, bool]], data: st.DataObject
) -> None:
    world = history(moves)
    held: list[Held] = data.draw(st.permutations(list(world.held.values())))
    openings: list[Opening] = data.draw(st.permutations(world.openings))
    again = data.draw(st.lists(st.sampled_from(held), max_size=5))
    assert fold(world.dossier, [*held, *again], openings) == world.state()


@settings(deadline=None)
@given(moves=steps, data=st.data())
def test_any_split_over_workspaces_gives_the_same_state(
    moves: list[tuple[str, str, str, int, bool]], data: st.DataObject
) -> None:
    world = history(moves)
    everything = list(world.held.values())
    parts = data.draw(st.lists(st.sets(st.integers(0, len(everything) - 1)), min_size=2, max_size=4))
    shared: dict[str, Held] = {}
    for part in parts:
        shared |= {everything[index].id: everything[index] for index in sorted(part)}
    for one in everything:
        shared.setdefault(one.id, one)
    assert fold(world.dossier, shared.values(), reversed(world.openings)) == world.state()


talk = st.lists(
    st.tuples(
        st.sampled_from(
            ["comment", "comment", "reply", "settle", "settle", "settle again", "point", "erase", "endorse", "correction",
             "endorse", "withdraw", "letter", "choose", "call", "receipt", "decline", "attest", "keys", "revoke key",
             "roster", "revoke"]
        ),
        st.sampled_from(["A", "A", "sec", "sec", "laptop 2", "stranger"]),
        st.just("A"),
        st.integers(0, 12),
        st.booleans(),
    ),
    min_size=2,
    max_size=12,
)  # fmt: skip


@settings(deadline=None)
@given(moves=talk, pick=st.integers(0, 16))
def test_one_more_gives_what_the_whole_fold_gives(moves: list[tuple[str, str, str, int, bool]], pick: int) -> None:
    world = World()
    world.member("A")
    history(moves, world)
    later = sorted(world.held.values(), key=lambda one: (not isinstance(one.statement, Told), one.id))
    one = later[pick % len(later)]
    if one.id == world.dossier:
        return
    held = {key: other for key, other in world.held.items() if other is not one}
    found = with_one_more(world.state(without=(one,)), held, world.openings, one, set(pointed_at(held.values())))
    assert found is None or found == world.state()


def test_a_remark_and_its_settlements_need_no_whole_fold() -> None:
    world = World()
    letter = world.letter()
    world.member("A")

    def more(by: str, kind: str, refers: str = "", state: str = "") -> str:
        held, before = dict(world.held), world.state()
        one = world.comment(letter, by, kind=kind, refers=refers, state=state)
        found = with_one_more(before, held, world.openings, one, set(pointed_at(held.values())))
        assert found is not None and found == world.state()
        return one.id

    remark = more("A", "comment")
    more("A", "question", refers=remark)
    settlement = more("sec", "settlement", remark, "declined")
    more("sec", "settlement", settlement, "taken")
    more("sec", "settlement", remark, "declined")
    assert {one.state for one in world.state().remarks} == {"contradictory", "open"}
    assert (world.of("A").remarks, world.of("A").standing) == (2, "remarks")


def test_what_the_secretariat_publishes_needs_no_whole_fold() -> None:
    world = World()
    first = world.letter()
    for name in NAMES:
        world.member(name)
    answer = world.endorse(first, "A", corrections=True)
    world.endorse(first, "B", corrections=True)
    world.comment(first, "C")

    def more(one: Held) -> Held:
        held = {key: other for key, other in world.held.items() if other is not one}
        found = with_one_more(world.state(without=(one,)), held, world.openings, one, set(pointed_at(held.values())))
        assert found is not None and found == world.state()
        return one

    more(world.receipt(answer))
    world.call(by="stranger")
    more(world.call())
    corrected = more(world.letter(2, prev=(first,), correction=("b1",)))
    assert [world.of(name).standing for name in NAMES] == ["endorsed", "endorsed", "remarks"]
    world.comment(corrected, "B", kind="objection")
    more(world.letter(3, prev=(corrected,), correction=("b2",)))
    assert [world.of(name).standing for name in NAMES] == ["endorsed", "endorsed an older version", "remarks"]
    more(world.letter(3, prev=(corrected,)))
    more(world.call())
    assert [one.kind for one in world.state().conflicts] == ["letter", "call"] and world.state().current is None


def test_an_answer_that_was_here_before_its_letter_is_left_to_the_fold() -> None:
    for answer in (World.endorse, World.attest):
        world = World()
        first = world.letter()
        world.member("A")
        late = world.letter(2, prev=(first,))
        answer(world, late, "A")
        held = {key: other for key, other in world.held.items() if other is not late}
        assert with_one_more(world.state(without=(late,)), held, world.openings, late, set()) is None


def test_an_answer_needs_no_whole_fold_nor_does_what_a_stranger_says() -> None:
    world = World()
    first = world.letter()
    world.member("A")
    letter = world.letter(2, prev=(first,), correction=("b1",))

    def more(make: Callable[[], Held]) -> Held:
        held, before = dict(world.held), world.state()
        one = make()
        found = with_one_more(before, held, world.openings, one, set(pointed_at(held.values())))
        assert found is not None and found == world.state()
        return one

    older = more(lambda: world.endorse(first, "A"))
    assert world.of("A").standing == "endorsed an older version"
    more(lambda: world.endorse(first, "A", corrections=True, replaces=(older,)))
    assert world.of("A").standing == "endorsed" and len(world.of("A").answers) == 1
    named = more(lambda: world.endorse(letter, "A", reservation=Reservation("Maar.", True)))
    assert world.of("A").counts == named and len(world.of("A").answers) == 2
    declined = more(lambda: world.decline(letter, "A"))
    assert (world.of("A").standing, world.of("A").contradictory) == ("declined", True)
    more(lambda: world.withdraw(letter, "A", replaces=(declined, named)))
    assert world.of("A").standing == "withdrawn"
    for make in (world.endorse, world.comment):
        more(lambda make=make: make(letter, "stranger"))  # type: ignore[misc]
    assert [len(world.state().unknown), len(world.state().unknown_remarks)] == [2, 1]


@pytest.mark.parametrize("case", ["declared", "revoked", "disputed", "replaced", "no text", "another's name"])
def test_an_answer_of_which_one_more_cannot_tell_is_left_to_the_fold(case: str) -> None:
    world = World()
    letter = world.letter()
    world.member("A")
    one = world.endorse(letter, "A")
    match case:
        case "declared":
            world.attest(letter, "A")
        case "revoked":
            world.roster(revoke=(Revocation(world.openings[0].entry, ()),))
        case "disputed":
            world.roster(world.opening("B", "A"))
        case "replaced":
            world.endorse(letter, "A", replaces=(one,))
        case "no text":
            world.erase(one)
            one = world.decline(world.call(), "A")
        case _:
            one = world.endorse(letter, "B", by="A")
    held = {key: other for key, other in world.held.items() if other is not one}
    before = world.state(without=(one,))
    assert with_one_more(before, held, world.openings, one, set(pointed_at(held.values()))) is None


@pytest.mark.parametrize("case", ["letter", "call"])
def test_what_another_publishes_is_left_to_the_fold(case: str) -> None:
    world = World()
    world.letter()
    before, held = world.state(), dict(world.held)
    one = world.letter(2, by="stranger") if case == "letter" else world.call(by="stranger")
    assert with_one_more(before, held, world.openings, one, set()) is None


@pytest.mark.parametrize("case", ["erased", "by a stranger", "erased settlement", "revoked"])
def test_what_one_more_cannot_tell_is_left_to_the_fold(case: str) -> None:
    world = World()
    letter = world.letter()
    world.member("A")
    remark = world.comment(letter, "A")
    one = remark
    if case == "erased":
        world.erase(remark)
    else:
        by = {"by a stranger": "stranger", "revoked": "laptop 2"}.get(case, "sec")
        world.roster(keys=("laptop 2",))
        between = world.comment(letter, by, kind="settlement", refers=remark.id, state="taken")
        if case == "revoked":
            world.roster(revoke=(Revocation(key("laptop 2"), ()),))
        if case == "erased settlement":
            world.erase(between)
        one = world.comment(letter, "sec", kind="settlement", refers=between.id, state="declined")
    held = {key: other for key, other in world.held.items() if other is not one}
    found = with_one_more(world.state(without=(one,)), held, world.openings, one, set(pointed_at(held.values())))
    assert found is None or found == world.state()


@settings(deadline=None)
@given(moves=steps)
def test_every_organisation_counts_at_most_once_and_only_by_a_key_of_its_own(
    moves: list[tuple[str, str, str, int, bool]],
) -> None:
    world = history(moves)
    state = world.state()
    counted = [one for one in state.organisations if one.counts is not None]
    assert len({one.organisation for one in counted}) == len(counted)
    for one in counted:
        assert one.counts is not None
        signer = one.counts.statement.signer
        kept = any(one.counts.id in r.keep for r in revocations(world))
        assert kept or signer in state.members[one.organisation].certificates
        assert getattr(one.counts.statement, "organisation", "") == one.organisation


def revocations(world: World) -> list[Revocation]:
    return [r for one in world.held.values() for r in getattr(one.statement, "revoke", ())]
