"""A fold that was kept is the fold: of every history, down to the last type."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from crsv_desk.domain.columns import Columns, Reading, Writing
from crsv_desk.domain.fold import fold
from crsv_desk.domain.kept import Fold, pack, unpack
from tests.domain.test_fold_converges import history, steps
from tests.domain.world import World


def kept(world: World) -> Fold:
    openings = {opening.entry: opening for opening in world.openings}
    return Fold(dict(sorted(world.held.items())), openings, world.state())


def shape(value: Any) -> object:
    """Types all the way down, so that a list for a tuple is found, or a number for a yes."""
    if is_dataclass(value):
        return type(value), [shape(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, tuple):
        return type(value), [shape(one) for one in value]
    if isinstance(value, dict | MappingProxyType):
        return "mapping", [(shape(key), shape(one)) for key, one in value.items()]
    return type(value), sorted(value) if isinstance(value, frozenset) else value


@settings(deadline=None)
@given(moves=steps)
def test_what_comes_back_is_what_was_kept(moves: list[tuple[str, str, str, int, bool]]) -> None:
    before = kept(history(moves))
    after = unpack(pack(before))
    assert after == before
    assert shape(after) == shape(before)
    assert list(after.held) == list(before.held)
    assert after.state == fold(before.state.dossier, before.held.values(), before.openings.values())
    assert [one.entry for one in after.openings.values()] == list(before.openings)


def test_a_statement_stands_in_the_state_as_it_stands_among_those_held() -> None:
    world = World()
    letter = world.letter()
    world.member("A")
    world.endorse(letter, "A")
    world.comment(letter, "A")
    found = unpack(pack(kept(world)))
    assert found.state.current is found.held[letter.id]
    [remark] = found.state.remarks
    assert remark.held is found.held[remark.held.id]


def test_every_kind_of_statement_is_kept() -> None:
    world = World()
    letter = world.letter()
    world.call()
    world.member("A")
    answer = world.endorse(letter, "A")
    world.decline(letter, "A")
    world.withdraw(letter, "stranger")
    world.attest(letter, "B")
    remark = world.comment(letter, "A")
    world.comment(letter, "sec", kind="settlement", refers=remark.id, state="taken")
    world.receipt(answer)
    world.close(letter, answer)
    world.erase(world.comment(letter, "A"))
    world.newer(2**70)
    before = kept(world)
    assert len({type(one.statement) for one in before.held.values()}) == 13
    assert unpack(pack(before)) == before


class Pair(NamedTuple):
    first: str
    second: int


@dataclass(frozen=True, slots=True)
class Odd:
    words: str
    number: int
    sure: bool
    maybe: str | None
    several: tuple[Pair, ...]
    some: frozenset[str]
    known: Pair
    named: dict[str, tuple[str, ...]]


words = st.text(st.characters(), max_size=5) | st.sampled_from(["", "\0", "0" * 64, "F" * 64, "f" * 64, "\ud800", "😀"])
pairs = st.builds(Pair, words, st.integers())
odd = st.builds(
    Odd, words, st.integers(), st.booleans(), st.none() | words, st.lists(pairs, max_size=3).map(tuple),
    st.frozensets(words, max_size=3), pairs, st.dictionaries(words, st.lists(words, max_size=2).map(tuple), max_size=2),
)  # fmt: skip


@given(st.lists(odd, max_size=12), st.integers(1, 6))
def test_any_words_and_numbers_come_back(values: list[Odd], often: int) -> None:
    columns, out = Columns({}, {}), Writing()
    columns.write(out, Odd, values * often)
    source = Reading(out.data())
    found = columns.read(source, Odd, len(values) * often)
    assert found == values * often and list(map(shape, found)) == list(map(shape, values * often))
