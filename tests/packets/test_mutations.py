"""A packet is its bytes: whatever is changed, cut, doubled or added, is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crsv_desk.domain.errors import Refused
from crsv_desk.packets import container
from crsv_desk.packets.asic import AsicPackets
from tests.packets.sample import entries, packet, with_entry


def accepted(untrusted: bytes) -> bool:
    """Whether the reader takes it. Anything but ``Refused`` fails the test that asks."""
    try:
        container.read(untrusted)
    except Refused as refusal:
        assert str(refusal).endswith(".")
        return False
    return True


def values(byte: int) -> set[int]:
    """A changed bit, a flipped byte, neighbours and the bytes that formats are made of."""
    others = {byte ^ 1, byte ^ 0x20, byte ^ 0x80, byte ^ 0xFF, (byte + 1) % 256, 0, 0x30, 0x80, 0xFF, ord("/")}
    return others - {byte}


def test_the_packet_itself_is_accepted() -> None:
    assert accepted(packet())


def test_every_change_of_one_byte_is_refused() -> None:
    good = packet()
    tried = 0
    for place in range(len(good)):
        before, behind = good[:place], good[place + 1 :]
        for value in values(good[place]):
            tried += 1
            assert not accepted(before + bytes((value,)) + behind), (place, value)
    assert tried > 15_000


def test_every_change_inside_a_part_is_refused_where_the_container_around_it_is_whole() -> None:
    """With the archive's own check sums put right, it is the signature and the profile that refuse."""
    for name, data in entries():
        for place in range(len(data)):
            for value in values(data[place]):
                untrusted = with_entry(name, data[:place] + bytes((value,)) + data[place + 1 :])
                assert not accepted(untrusted), (name, place, value)


def test_every_byte_left_out_doubled_or_put_in_is_refused() -> None:
    good = packet()
    for place in range(len(good)):
        assert not accepted(good[:place] + good[place + 1 :]), place
        for byte in (good[place], 0):
            assert not accepted(good[:place] + bytes((byte,)) + good[place:]), place


def test_every_truncation_is_refused() -> None:
    good = packet()
    for size in range(len(good)):
        assert not accepted(good[:size]), size
        assert not accepted(good[size + 1 :]), size


def test_nothing_may_stand_before_or_behind() -> None:
    for more in (b"\0", b"\n", b"PK\5\6" + bytes(18), b"%PDF-1.7\n", packet()):
        assert not accepted(more + packet())
        assert not accepted(packet() + more)


def pieces() -> Iterator[bytes]:
    """Where a fuzzer best begins: the packet, its signature, its beginning."""
    good = packet()
    yield good
    yield good[:40]
    yield good[good.index(b"\x30\x82") :]


@given(st.binary(max_size=300))
@example(b"PK\3\4")
@example(b"PK\5\6" + bytes(18))
@example(packet()[:30])
def test_any_bytes_are_refused_with_a_sentence(untrusted: bytes) -> None:
    assert not accepted(untrusted)
    assert not accepted(b"PK\3\4" + untrusted)


@given(st.data())
def test_parts_put_together_otherwise_are_refused(data: st.DataObject) -> None:
    good = packet()
    cut, paste = sorted(data.draw(st.tuples(st.integers(0, len(good)), st.integers(0, len(good)))))
    mixed = data.draw(st.sampled_from([
        good[:cut] + good[paste:], good[:paste] + good[cut:], good[cut:paste] + good[:cut] + good[paste:],
    ]))  # fmt: skip
    assert accepted(mixed) == (mixed == good)


@given(st.sampled_from(list(pieces())), st.binary(max_size=60))
def test_every_door_for_foreign_bytes_answers_with_a_sentence(piece: bytes, more: bytes) -> None:
    packets = AsicPackets()
    for untrusted in (piece + more, more + piece, more):
        packets.kind(untrusted)
        for door in (packets.read, packets.members, packets.from_text):
            if untrusted != packet():
                with pytest.raises(Refused):
                    door(untrusted)
