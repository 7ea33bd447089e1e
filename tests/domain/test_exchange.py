"""What two sequences differ in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.exchange import exchanged

things = [object() for _ in range(12)]
some = st.lists(st.sampled_from(range(len(things))), unique=True)


@given(before=some, now=some)
def test_what_is_neither_gone_nor_come_stands_in_both(before: list[int], now: list[int]) -> None:
    old, new = [things[at] for at in before], [things[at] for at in now]
    gone, came = exchanged(old, new)
    assert [id(one) for one in old if one not in new] == [id(one) for one in gone]
    assert [id(one) for one in new if one not in old] == [id(one) for one in came]


def test_what_is_equal_but_not_the_same_is_exchanged() -> None:
    one, other = [1], [1]
    assert exchanged((one,), (other,)) == ((one,), (other,))
    assert exchanged((one,), (one,)) == ((), ())
