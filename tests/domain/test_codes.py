"""Thirty digits that two people read to each other."""

from __future__ import annotations

import re
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.codes import identifier, matches, spoken

digests = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(digests)
def test_six_groups_of_five_digits(digest: str) -> None:
    assert re.fullmatch(r"\d{5}( \d{5}){5}", spoken(digest))
    assert int(spoken(digest).replace(" ", "")) == int(digest, 16) % 10**30


def test_leading_zeros_are_read_too() -> None:
    assert spoken("0" * 64) == "00000 00000 00000 00000 00000 00000"
    assert spoken(f"{7:064x}") == "00000 00000 00000 00000 00000 00007"


@given(digests, st.sampled_from([" ", "", "-", "  ", " - ", "\n", "\t", ".", "\u00a0", "\u202f"]))
def test_it_may_be_typed_in_any_grouping(digest: str, between: str) -> None:
    typed = between.join(spoken(digest).split())
    assert matches(digest, typed) and matches(digest, f" {typed}\n")
    assert matches(digest, between.join(spoken(digest).replace(" ", "")))


@given(digests, st.integers(0, 29), st.integers(1, 9))
def test_every_wrong_digit_is_noticed(digest: str, place: int, more: int) -> None:
    digits = spoken(digest).replace(" ", "")
    wrong = f"{digits[:place]}{(int(digits[place]) + more) % 10}{digits[place + 1 :]}"
    assert not matches(digest, wrong)


@given(digests, st.text(max_size=40))
def test_nothing_but_the_whole_code_matches(digest: str, untrusted: str) -> None:
    digits = spoken(digest).replace(" ", "")
    assert not matches(digest, untrusted) or untrusted.strip()[0] == digits[0]
    for part in (digits[:-1], digits[1:], digits[:25], digits + "0", digits * 2, "", " "):
        assert not matches(digest, part)
    # Digits of another script look like these and are not.
    assert not matches(digest, digits.translate({48 + n: 0x0660 + n for n in range(10)}))


@given(digests, digests)
def test_two_keys_have_two_codes(one: str, other: str) -> None:
    assert (spoken(one) == spoken(other)) == ((int(one, 16) - int(other, 16)) % 10**30 == 0)


@given(st.binary(max_size=100))
def test_an_id_is_the_digest(data: bytes) -> None:
    assert identifier(data) == sha256(data).hexdigest()
