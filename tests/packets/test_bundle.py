"""Many packets in one file: a set, in one form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.errors import Refused
from crsv_desk.packets import bundle, stored_zip
from crsv_desk.packets.asic import AsicPackets
from crsv_desk.packets.sealing import HEADER
from tests.packets.sample import packet

members = st.lists(st.binary(max_size=60).filter(lambda one: not one.startswith(bundle.START)), max_size=8)


@given(members)
def test_a_set_whatever_its_order(some: list[bytes]) -> None:
    built = bundle.build(some)
    assert set(bundle.read(built)) == set(some)
    assert built == bundle.build(reversed([*some, *some]))


def entries() -> list[tuple[str, bytes]]:
    return stored_zip.read(bundle.build([packet(), b"{}"]), 10, 100_000)


def test_every_change_of_one_byte_is_refused_or_gives_the_same_refusal_later() -> None:
    """A bundle signs nothing: whatever is in it is read as if it had come alone. Its own bytes are fixed all the same."""
    good = bundle.build([b"{}"])
    for place in range(len(good)):
        for value in {good[place] ^ bit for bit in (1, 0x20, 0x80, 0xFF)}:
            with pytest.raises(Refused):
                bundle.read(good[:place] + bytes((value,)) + good[place + 1 :])
        with pytest.raises(Refused):
            bundle.read(good[:place])


OTHER = (
    "empty",
    "no type",
    "other type",
    "other order",
    "more",
    "path",
    "other name",
    "bundle in it",
    "behind",
    "packet",
)


@pytest.mark.parametrize("untrusted", [
    stored_zip.build([]),
    stored_zip.build(entries()[1:]),
    stored_zip.build([("mimetype", b"application/zip"), *entries()[1:]]),
    stored_zip.build([entries()[0], *reversed(entries()[1:])]),
    stored_zip.build([*entries(), ("note.txt", b"x")]),
    stored_zip.build([entries()[0], ("../" + entries()[1][0], entries()[1][1])]),
    stored_zip.build([entries()[0], (entries()[1][0], b"{ }")]),
    bundle.build([bundle.build([b"{}"])]),
    bundle.build([packet()]) + b"\0",
    packet(),
], ids=OTHER)  # fmt: skip
def test_any_other_form_is_refused(untrusted: bytes) -> None:
    with pytest.raises(Refused):
        bundle.read(untrusted)


def test_the_number_of_members_is_bounded() -> None:
    numbered = [number.to_bytes(4, "big") for number in range(bundle.MOST_MEMBERS + 1)]
    assert len(bundle.read(bundle.build(numbered[:-1]))) == bundle.MOST_MEMBERS
    with pytest.raises(Refused, match="holds more parts"):
        bundle.read(bundle.build(numbered))


@pytest.mark.parametrize(("data", "kind"), [
    (packet(), "packet"),
    (bundle.build([packet()]), "bundle"),
    (HEADER + b"age-encryption.org/v1", "sealed"),
    (AsicPackets().to_text(packet()).encode(), "text"),
    (b'{"organisation":"x"}', "opening"),
    (b"%PDF-1.7\n", "pdf"),
    (b"\0junk before %PDF-1.7", "pdf"),
    (b"Geachte leden,", "unknown"),
    (b"", "unknown"),
])  # fmt: skip
def test_a_file_is_known_by_its_content(data: bytes, kind: str) -> None:
    assert AsicPackets().kind(data) == kind
