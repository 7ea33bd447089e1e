"""A withheld answer that only a voucher can open: it counts under the voucher's signature, as a number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.statements import Letter, statement_id
from crsv_desk.services.answering import outgoing, withdraw
from crsv_desk.services.attest import allow_voucher, attest
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.confirm import MOST_VOUCHED
from crsv_desk.services.identity import own_identity
from crsv_desk.services.organisation import organisation_details
from crsv_desk.services.overview import status
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.remarks import comment
from crsv_desk.services.vouching import allowance, allowance_file
from tests.services.hands import holdings
from tests.services.test_visibility import holds, public_bytes
from tests.services.world import Coalition, Office, coalition

VOUCHER, HIDDEN, OPEN = NAMES = ("Netwerk Borg", "Overlevenden Oost", "Stichting Ananas")


def recipient(office: Office) -> str:
    return office.desk.sealing.recipient(own_identity(office.desk).age_secret)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, NAMES) as found:
        sec, voucher = found.secretariat, found.partners[VOUCHER]
        found.signed([OPEN])
        found.answered(VOUCHER, voucher.endorse("all"))
        allow_voucher(sec.desk, sec.dossier, VOUCHER, 2)
        file = publish(sec.desk, sec.dossier, vouchers=[(VOUCHER, recipient(voucher))])
        for office in found.partners.values():
            office.take(file)
        yield found


def test_only_the_voucher_learns_the_name_and_a_number_counts(here: Coalition) -> None:
    sec, voucher, hidden = here.secretariat, here.partners[VOUCHER], here.partners[HIDDEN]
    out = hidden.endorse("none", readers=("voucher",))
    before = holdings(sec.desk)
    assert [one.outcome for one in sec.take(out.data)] == ["sealed to others"]
    assert holdings(sec.desk) == before
    assert [one.outcome for one in voucher.take(out.data)] == ["new"]
    assert out.statement in voucher.volume().held
    packet = attest(voucher.desk, voucher.dossier, "", "endorse", "message", "2026-05-21", b"", 1)
    told = outgoing(voucher.desk, voucher.dossier, statement_id(packet.statement))
    assert told is not None and not holds(told.data, HIDDEN) and out.statement.encode() not in told.data
    sec.take(told.data)
    for office in (sec, here.partners[OPEN], voucher):  # the new version is to be signed anew
        if office is sec:
            office.endorse("all")
        else:
            here.answered(office.organisation, office.endorse("all"))
    compiled = compile_letter(sec.desk, sec.dossier)
    assert (compiled.endorsements, compiled.withheld, compiled.verification.attested) == (3, 0, 1)
    everything = public_bytes(compiled.pdf)
    for secret in (HIDDEN, hidden.code, out.statement):
        assert not holds(everything, secret)


def test_whatever_it_says_later_goes_to_the_voucher_alone(here: Coalition) -> None:
    hidden = here.partners[HIDDEN]
    hidden.endorse("none", readers=("voucher",))
    for out in (comment(hidden.desk, hidden.dossier, "comment", "Hm."), withdraw(hidden.desk, hidden.dossier)):
        assert [one.outcome for one in here.secretariat.take(out.data)] == ["sealed to others"]
        assert [one.outcome for one in here.partners[VOUCHER].take(out.data)] == ["new"]
    # Signing again does not change who may know; choosing does.
    again = hidden.endorse("none")
    assert [one.outcome for one in here.secretariat.take(again.data)] == ["sealed to others"]
    again = hidden.endorse("none", readers=("secretariat", "voucher"))
    assert [one.outcome for one in here.secretariat.take(again.data)] == ["held apart"]


def test_a_reader_that_the_letter_does_not_name_cannot_be_chosen(here: Coalition) -> None:
    hidden = here.partners[HIDDEN]
    before = holdings(hidden.desk)
    with pytest.raises(DeskError, match="names nobody"):
        hidden.endorse("none", readers=("auditor",))
    assert holdings(hidden.desk)[hidden.dossier] == before[hidden.dossier]


def test_readers_stay_until_others_of_their_role_are_named(here: Coalition) -> None:
    sec = here.secretariat

    def readers() -> list[tuple[str, str]]:
        current = sec.volume().state.current
        assert current is not None and isinstance(current.statement, Letter)
        return [(one.role, one.recipient) for one in current.statement.seal_to if one.role != "secretariat"]

    voucher, auditor = recipient(here.partners[VOUCHER]), recipient(here.partners[OPEN])
    publish(sec.desk, sec.dossier, auditor=auditor)
    assert readers() == [("auditor", auditor), ("voucher", voucher)]
    publish(sec.desk, sec.dossier, vouchers=[("Ander", auditor)])
    assert readers() == [("auditor", auditor), ("voucher", auditor)]
    with pytest.raises(UsageError, match="age1"):
        publish(sec.desk, sec.dossier, vouchers=[("Ander", "age1x")])


def test_a_voucher_opens_its_own_file_and_knows_for_how_many(tmp_path: Path) -> None:
    with coalition(tmp_path, NAMES) as here:
        sec, voucher, other = here.secretariat, here.partners[VOUCHER], here.partners[OPEN]
        here.signed()
        assert allowance(voucher.desk, voucher.dossier).most == 0
        with pytest.raises(UsageError):
            allowance_file(sec.desk, sec.dossier, VOUCHER)
        allow_voucher(sec.desk, sec.dossier, VOUCHER, 5)
        file = allowance_file(sec.desk, sec.dossier, VOUCHER)
        assert not any(one.outcome == "refused" for one in voucher.take(file))
        for name in (OPEN, HIDDEN):
            assert not holds(file, name)
        attest(voucher.desk, voucher.dossier, "", "endorse", "message", "2026-05-21", b"", 3)
        known = allowance(voucher.desk, voucher.dossier)
        assert (known.most, known.exact, known.left, [one.count for one in known.said]) == (5, True, 2, [3])
        with pytest.raises(UsageError, match="5 organisations"):
            attest(voucher.desk, voucher.dossier, "", "decline", "message", "2026-05-21", b"", 3)
        attest(voucher.desk, voucher.dossier, "", "decline", "message", "2026-05-21", b"", 2)
        for said in allowance(voucher.desk, voucher.dossier).said:
            out = outgoing(voucher.desk, voucher.dossier, said.statement)
            assert out is not None
            sec.take(out.data)
        rows = [one for one in status(sec.desk, sec.dossier) if one.standing == "vouched"]
        assert sorted((one.vouched, one.reason) for one in rows) == [(2, "declined"), (3, "")]
        assert allowance(other.desk, other.dossier).most == allowance(sec.desk, sec.dossier).most == 0


def test_for_how_many_it_may_answer_can_be_lowered_and_taken_back(tmp_path: Path) -> None:
    with coalition(tmp_path, NAMES) as here:
        sec, voucher = here.secretariat, here.partners[VOUCHER]
        here.signed()
        for count in (5, 2, 7, 0):
            allow_voucher(sec.desk, sec.dossier, VOUCHER, count)
            assert sec.volume().state.members[VOUCHER].voucher == count
            assert sec.status()[VOUCHER].standing == "endorsed", "its key goes on speaking"
            [key] = organisation_details(sec.desk, sec.dossier, VOUCHER).keys  # one row, however many entries it has
            assert key.voucher == count
            if count:
                voucher.take(allowance_file(sec.desk, sec.dossier, VOUCHER))
                assert allowance(voucher.desk, voucher.dossier).most == count
        with pytest.raises(UsageError):
            allow_voucher(sec.desk, sec.dossier, VOUCHER, 1_001)
        voucher.take(letter_file_for_partners(sec.desk, sec.dossier))
        assert allowance(voucher.desk, voucher.dossier).most == 0


def test_whom_the_letter_names_as_voucher_may_answer_but_not_know_for_how_many(here: Coalition) -> None:
    known = allowance(here.partners[VOUCHER].desk, here.secretariat.dossier)
    assert (known.exact, known.most) == (False, MOST_VOUCHED)
