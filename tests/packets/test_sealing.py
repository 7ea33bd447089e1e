"""Sealed to its readers: one size for everything, and nothing to be learned by anybody else."""

from __future__ import annotations

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.errors import Refused
from crsv_desk.packets.sealing import HEADER, PLAIN_BYTES, AgeSealing

SEALING = AgeSealing()
OURS, AUDITOR, STRANGER = (SEALING.new_secret() for _ in range(3))
MOST = PLAIN_BYTES - 4
DAMAGED = "changed or damaged on the way"


def seal(content: bytes, *secrets: str) -> bytes:
    return SEALING.seal(content, [SEALING.recipient(secret) for secret in secrets or (OURS,)])


def payload(sealed: bytes) -> bytes:
    """Behind age's own header, to which it adds random parts."""
    return sealed.split(b"\n--- ", 1)[1].split(b"\n", 1)[1]


@given(st.binary(max_size=200).map(lambda some: some + b"\0" * (len(some) % 3)))
def test_it_comes_back_whole(content: bytes) -> None:
    sealed = seal(content)
    assert sealed.startswith(HEADER)
    assert SEALING.open(sealed, [STRANGER, OURS]) == content


@pytest.mark.parametrize("size", [0, 1, 16_384, MOST])
def test_every_content_is_64_kib_before_it_is_sealed(size: int) -> None:
    sealed = seal(b"x" * size)
    plain = pyrage.decrypt(sealed[len(HEADER) :], [pyrage.x25519.Identity.from_str(OURS)])
    assert len(plain) == 65_536
    assert len(payload(sealed)) == len(payload(seal(b"")))
    assert SEALING.open(sealed, [OURS]) == b"x" * size


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(Refused, match="too large to seal"):
        seal(bytes(MOST + 1))


def test_each_reader_opens_it_and_nobody_else() -> None:
    sealed = seal(b"content", OURS, AUDITOR)
    assert SEALING.open(sealed, [OURS]) == SEALING.open(sealed, [AUDITOR]) == b"content"
    assert SEALING.open(sealed, [STRANGER]) is None
    assert SEALING.open(sealed, []) is None


def test_it_names_no_reader_and_never_looks_the_same() -> None:
    one, other = seal(b"content"), seal(b"content")
    assert payload(one) != payload(other)
    assert SEALING.recipient(OURS).encode() not in one and b"content" not in one


def test_somebody_must_be_able_to_read_it() -> None:
    with pytest.raises(ValueError, match="nobody"):
        SEALING.seal(b"content", [])


def test_a_damaged_file_is_refused_wherever_it_was_damaged() -> None:
    sealed = seal(b"content")
    header = len(sealed) - len(payload(sealed))
    places = [*range(header + 64), *range(header + 64, len(sealed), 4_093), len(sealed) - 1]
    for place in places:
        for untrusted in (sealed[:place], sealed[:place] + bytes((sealed[place] ^ 1,)) + sealed[place + 1 :]):
            try:
                assert SEALING.open(untrusted, [OURS]) is None, place  # a changed stanza looks like somebody else's
            except Refused as refusal:
                assert DAMAGED in str(refusal)
    for untrusted in (b"", HEADER, sealed + b"\0", sealed + sealed, HEADER + sealed):
        with pytest.raises(Refused, match=DAMAGED):
            SEALING.open(untrusted, [OURS])


def test_age_by_others_is_refused_unless_it_is_padded_as_ours() -> None:
    recipient = pyrage.x25519.Identity.from_str(OURS).to_public()
    good = (7).to_bytes(4, "big") + b"content"
    for plain in (
        b"", b"content", good, good.ljust(PLAIN_BYTES - 1, b"\0"), good.ljust(PLAIN_BYTES + 1, b"\0"),
        good.ljust(PLAIN_BYTES, b"x"), (PLAIN_BYTES).to_bytes(4, "big").ljust(PLAIN_BYTES, b"\0"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=DAMAGED):
            SEALING.open(HEADER + pyrage.encrypt(plain, [recipient]), [OURS])
    by_passphrase = (
        b"age-encryption.org/v1\n-> scrypt " + b"A" * 22 + b" 18\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n"
    )
    assert SEALING.open(HEADER + by_passphrase + bytes(100), [OURS]) is None
    with pytest.raises(Refused, match=DAMAGED):
        SEALING.open(HEADER + pyrage.encrypt(bytes(1_000_000), [recipient]), [OURS])


def test_only_a_recipient_is_a_recipient() -> None:
    recipient = SEALING.recipient(OURS)
    assert SEALING.is_recipient(recipient)
    for untrusted in ("", "age1", "age1" + "q" * 58, OURS, recipient[:-1] + "b", recipient + "q", "ssh-ed25519 AAAA"):
        assert not SEALING.is_recipient(untrusted), untrusted
