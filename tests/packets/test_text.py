"""Packets in mails and messages: found whole among other words, however the lines were treated; or refused."""

from __future__ import annotations

import email.message
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.errors import Refused
from crsv_desk.packets import text
from tests.packets.sample import packet

INCOMPLETE = "is not complete"
words = st.text().filter(lambda one: "-----" not in one)


@given(st.lists(st.binary(max_size=500), min_size=1, max_size=4), words, st.sampled_from(["\n", "\r\n", "\r"]),
       st.sampled_from(["", "> ", ">> > ", "    ", "\t", "| ", ">"]))  # fmt: skip
def test_packets_come_back_from_any_mail(members: list[bytes], around: str, line_end: str, quote: str) -> None:
    mail = f"{around}\n".join(["", *(text.write(member) for member in members), ""])
    quoted = line_end.join(quote + line for line in mail.split("\n"))
    assert text.read(quoted.encode("utf-8", "surrogatepass")) == members


def test_lines_broken_or_joined_otherwise() -> None:
    written = text.write(packet())
    begin, *lines, end, _ = written.split("\n")
    body = "".join(lines)
    for width in (10, 76, 77, len(body)):
        again = [body[at : at + width] for at in range(0, len(body), width)]
        assert text.read("\n".join((begin, *again, end)).encode()) == [packet()]
    assert text.read(f"{begin} {body} {end}".encode()) == [packet()]


def test_through_a_real_mail() -> None:
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message.set_content(
        f"Geachte collega,\n\nZie onder, met groet uit Curaçao.\n\n{text.write(packet())}\n-- \nWO=MEN\n"
    )
    received = email.message_from_bytes(message.as_bytes(), policy=email.policy.default)
    content = received.get_content()
    assert isinstance(content, str)
    assert text.read(content.encode()) == [packet()]


def test_lines_are_short_enough_for_every_mail_program() -> None:
    assert max(map(len, text.write(packet()).split("\n"))) <= 76


def test_what_is_not_whole_is_refused() -> None:
    written = text.write(packet())
    begin, *lines, end, _ = written.split("\n")
    for untrusted in (
        "", "Geachte collega,", begin, end, f"{end}\n{begin}", "\n".join((begin, *lines)), "\n".join((*lines, end)),
        "\n".join((begin, *lines[:-1], lines[-1][:-1], end)),
        "\n".join((begin, *lines, "Groet!", end)),
        f"{begin}\n{written}",
        f"{written}\n{begin}\n{lines[0]}",
    ):  # fmt: skip
        with pytest.raises(Refused, match=INCOMPLETE):
            text.read(untrusted.encode())


def test_many_beginnings_take_no_time() -> None:
    """Each beginning without an end would look through the rest of the text again."""
    with pytest.raises(Refused, match=INCOMPLETE):
        text.read(text.BEGIN.encode() * 1_000_000)
    with pytest.raises(Refused, match=INCOMPLETE):
        text.read((text.BEGIN + text.END).encode() * (text.MOST_PACKETS + 1))


@given(st.binary(max_size=200))
def test_it_is_known_by_its_first_line(untrusted: bytes) -> None:
    assert text.looks_like(untrusted + text.write(b"x").encode())
    assert not text.looks_like(untrusted)
