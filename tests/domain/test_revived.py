"""A key that one colleague took back while another confirmed it: told to both, and cleared by either in one action."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.admission import Held
from crsv_desk.domain.fold import fold
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.revived import Revived, revived
from crsv_desk.domain.secretariat import roster_of
from crsv_desk.domain.statements import Revocation, Roster
from tests.domain.world import World, key

CERT = "CERT"


@dataclass
class Laptop:
    """One of the secretariat's, with the rosters and openings that reached it."""

    world: World
    name: str
    rosters: dict[str, Held] = field(default_factory=dict)
    openings: list[Opening] = field(default_factory=list)

    def sign(self, *openings: Opening, revoke: tuple[Revocation, ...] = ()) -> None:
        """A roster that names all that it holds and no other names."""
        named = {target for one in self.rosters.values() for target in roster_of(one).prev}
        heads = tuple(one for one in self.rosters.values() if one.id not in named)
        made = self.world.roster(*openings, by=self.name, revoke=revoke, prev=heads, hand_over=False)
        self.rosters[made.id] = made
        self.openings += openings

    def confirm(self) -> None:
        self.sign(self.world.opening(CERT, CERT, salt=str(len(self.world.held))))

    def revoke(self) -> None:
        """As the service does: the entries of the key that are in force here; the organisation stays asked."""
        entries = [one for one in self._in_force() if key(CERT) in one.certificates]
        if entries:
            asked = self.world.opening(CERT, salt=str(len(self.world.held)))
            self.sign(asked, revoke=tuple(Revocation(entry, ()) for entry in sorted(one.entry for one in entries)))

    def vouch(self) -> None:
        """Another number for which it answers: taken back and given again in one."""
        entries = [one for one in self._in_force() if key(CERT) in one.certificates]
        if entries:
            again = self.world.opening(CERT, CERT, voucher=len(self.world.held) % 7, salt=str(len(self.world.held)))
            self.sign(again, revoke=tuple(Revocation(entry, ()) for entry in sorted(one.entry for one in entries)))

    def alarms(self) -> tuple[Revived, ...]:
        everything = self.world.held.values()
        held = [one for one in everything if not isinstance(one.statement, Roster) or one.id in self.rosters]
        state = fold(self.world.dossier, held, self.openings)
        return revived([one for one in held if one.id in state.rosters], self.openings, state.members)

    def _in_force(self) -> list[Opening]:
        revoked = {gone.target for one in self.rosters.values() for gone in roster_of(one).revoke}
        return [one for one in self.openings if one.entry not in revoked]


def two() -> tuple[Laptop, Laptop]:
    world = World()
    first = Laptop(world, world.sec)
    keys = world.roster(keys=("laptop 2",))
    first.rosters[keys.id] = keys
    second = Laptop(world, "laptop 2", dict(first.rosters))
    return first, second


def exchange(one: Laptop, other: Laptop) -> None:
    one.rosters = other.rosters = {**one.rosters, **other.rosters}
    one.openings = other.openings = [*dict.fromkeys([*one.openings, *other.openings])]
    other.rosters, other.openings = dict(one.rosters), list(one.openings)


def test_taken_back_here_and_confirmed_there() -> None:
    one, other = two()
    one.confirm()
    exchange(one, other)
    one.revoke()
    other.confirm()
    assert not one.alarms() and not other.alarms()
    exchange(one, other)
    [found] = one.alarms()
    assert other.alarms() == (found,)
    assert (found.organisation, found.fingerprint) == (CERT, key(CERT))
    assert (found.revoked_by, found.confirmed_by) == ((key(one.name),), (key(other.name),))


def test_confirmed_anew_knowing_of_it_is_no_alarm() -> None:
    one, other = two()
    one.confirm()
    one.revoke()
    exchange(one, other)
    other.confirm()
    exchange(one, other)
    assert not one.alarms()


def test_taken_back_by_one_who_did_not_know_that_the_other_confirmed_it_too() -> None:
    one, other = two()
    one.confirm()
    other.confirm()
    one.revoke()
    exchange(one, other)
    assert len(other.alarms()) == 1


def test_another_number_for_a_voucher_takes_nothing_back() -> None:
    one, other = two()
    one.confirm()
    exchange(one, other)
    one.vouch()
    other.vouch()
    exchange(one, other)
    assert not one.alarms()
    other.confirm()
    one.vouch()
    exchange(one, other)
    assert not one.alarms()


DEEDS = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(["confirm", "revoke", "vouch", "exchange"])), max_size=12)


@given(DEEDS, st.integers(0, 1), st.sampled_from(["confirm", "revoke"]))
def test_whatever_two_colleagues_did_either_clears_it_in_one_action(
    deeds: list[tuple[int, str]], who: int, how: str
) -> None:
    laptops = two()
    for at, deed in deeds:
        if deed == "exchange":
            exchange(*laptops)
        else:
            getattr(laptops[at], deed)()
    exchange(*laptops)
    assert laptops[0].alarms() == laptops[1].alarms()
    if laptops[0].alarms():
        getattr(laptops[who], how)()
        assert not laptops[who].alarms()
        exchange(*laptops)
        assert not laptops[0].alarms() and not laptops[1].alarms()


@given(DEEDS)
def test_colleagues_who_tell_each_other_everything_see_no_alarm(deeds: list[tuple[int, str]]) -> None:
    laptops = two()
    for at, deed in deeds:
        if deed != "exchange":
            getattr(laptops[at], deed)()
        exchange(*laptops)
        assert not laptops[0].alarms()
