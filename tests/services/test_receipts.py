"""A partner sees that the secretariat has its answer: openly where it came openly, sealed where it came sealed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crsv_desk.domain.errors import Cancelled
from crsv_desk.domain.progress import Report, Step
from crsv_desk.domain.statements import Receipt
from crsv_desk.services.answering import decline
from crsv_desk.services.erase import erase
from crsv_desk.services.overview import summary
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.remarks import comment
from tests.services.hands import forged
from tests.services.world import DRAWN, Coalition, Office, coalition

OPEN, HIDDEN, THIRD = NAMES = ("Stichting Ananas", "Netwerk Overlevenden Oost", "Fonds Citroen")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, NAMES) as found:
        yield found


def received(office: Office) -> bool:
    return summary(office.desk, office.dossier).own_received


def receipts(office: Office) -> list[Receipt]:
    return [one.statement for one in office.volume().held.values() if isinstance(one.statement, Receipt)]


def handed_over(here: Coalition) -> bytes:
    """What the secretariat gives to partners now, and every partner opens."""
    file = letter_file_for_partners(here.secretariat.desk, here.secretariat.dossier)
    for office in here.partners.values():
        office.take(file)
    return file


def test_an_answer_that_arrived_is_confirmed_to_whoever_gave_it(here: Coalition) -> None:
    partner, third = here.partners[OPEN], here.partners[THIRD]
    out, no = partner.endorse("all", mark=DRAWN), decline(third.desk, third.dossier, "Nee.")
    assert not received(partner)
    handed_over(here)
    assert not received(partner)  # nothing has arrived yet
    here.secretariat.take(out.data)  # held apart until the phone check, but it has arrived
    handed_over(here)
    assert received(partner) and not received(third)
    here.secretariat.take(no.data)
    publish(here.secretariat.desk, here.secretariat.dossier)
    handed_over(here)
    assert received(third)


def test_nothing_is_confirmed_twice_and_nothing_of_ones_own(here: Coalition) -> None:
    here.secretariat.endorse("all")
    handed_over(here)
    assert not receipts(here.secretariat)
    here.secretariat.take(here.partners[OPEN].endorse("all").data)
    once = handed_over(here)
    assert handed_over(here) == once
    assert len(receipts(here.secretariat)) == 1


def test_a_receipt_for_a_sealed_answer_travels_sealed_to_its_sender_alone(here: Coalition) -> None:
    hidden, partner, sec = here.partners[HIDDEN], here.partners[OPEN], here.secretariat
    out, other = hidden.endorse("none"), partner.endorse("all")
    remark = comment(hidden.desk, hidden.dossier, "comment", "Een opmerking.")
    sec.take(out.data, other.data, remark.data)
    file = handed_over(here)
    assert received(hidden) and received(partner)
    assert {*receipts(hidden)[0].ids, *receipts(hidden)[1].ids} >= {out.statement, remark.statement}
    for statement in (out.statement, remark.statement):
        assert statement.encode() not in file
        assert all(statement not in one.ids for one in receipts(partner))
    # At the secretariat no receipt names what came openly and what came sealed.
    for one in receipts(sec):
        assert not {other.statement, out.statement} <= set(one.ids)


def test_two_sealed_answers_have_two_receipts(here: Coalition) -> None:
    outs = [here.partners[name].endorse("none") for name in (HIDDEN, THIRD)]
    here.secretariat.take(*(out.data for out in outs))
    handed_over(here)
    for name, out, other in zip((HIDDEN, THIRD), outs, reversed(outs), strict=True):
        office = here.partners[name]
        assert received(office)
        [receipt] = receipts(office)
        assert receipt.ids == (out.statement,) and other.statement not in receipt.ids


def test_nobody_else_can_confirm(here: Coalition) -> None:
    partner, liar = here.partners[OPEN], here.partners[THIRD]
    out = partner.endorse("all")
    false = forged(liar.desk, Receipt, liar.dossier, ids=(out.statement,))
    partner.take(false)
    assert not received(partner)
    here.secretariat.take(out.data, false)
    assert false not in here.secretariat.desk.packets.members(handed_over(here))
    # Nor does a partner's own copy of the file sign anything.
    liar.endorse("all")
    before = len(liar.volume().held)
    letter_file_for_partners(liar.desk, liar.dossier)
    assert len(liar.volume().held) == before


def test_what_was_erased_is_confirmed_to_nobody_any_more(here: Coalition) -> None:
    partner, sec = here.partners[HIDDEN], here.secretariat
    out = partner.endorse("none")
    sec.take(out.data)
    handed_over(here)
    erase(sec.desk, sec.dossier, [out.statement])
    file = letter_file_for_partners(sec.desk, sec.dossier)
    assert out.statement.encode() not in file
    late = here.world.partner(HIDDEN, file, sec)
    assert not receipts(late)


def test_what_one_erasure_leaves_is_confirmed_anew(here: Coalition) -> None:
    sec, partner, third = here.secretariat, here.partners[OPEN], here.partners[THIRD]
    erased, kept = partner.endorse("all"), decline(third.desk, third.dossier, "Nee.")
    sec.take(erased.data, kept.data)
    letter_file_for_partners(sec.desk, sec.dossier)  # one receipt names both, and reaches nobody in time
    erase(sec.desk, sec.dossier, [erased.statement])
    file = handed_over(here)
    assert received(third) and not received(partner)
    assert erased.statement.encode() not in file
    assert handed_over(here) == file


def test_publishing_that_is_cancelled_leaves_nothing(here: Coalition) -> None:
    sec = here.secretariat
    sec.take(here.partners[OPEN].endorse("all").data, here.partners[HIDDEN].endorse("none").data)
    before, steps = sec.volume(), list[Step]()
    letter_file_for_partners(here.partners[THIRD].desk, here.partners[THIRD].dossier, steps.append)
    assert [(one.done, one.total) for one in steps] == [(0, 0)]  # nobody but the secretariat signs

    def stop_at(number: int) -> Report:
        def report(step: Step) -> None:
            steps.append(step)
            if len(steps) == number:
                raise Cancelled

        return report

    for number in (1, 2, 3, 4):  # two receipts, one of them sealed, and all of it
        steps.clear()
        with pytest.raises(Cancelled):
            publish(sec.desk, sec.dossier, report=stop_at(number))
        assert sec.volume().held == before.held
    publish(sec.desk, sec.dossier, report=steps.append)
    assert [(one.done, one.total) for one in steps[4:]] == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert len(sec.volume().state.letters) == 2 and len(receipts(sec)) == 2


def test_a_kill_while_publishing_leaves_no_half(here: Coalition, monkeypatch: pytest.MonkeyPatch) -> None:
    sec, partner = here.secretariat, here.partners[OPEN]
    sec.take(partner.endorse("all").data)
    before = sec.volume()

    class Killed(BaseException):
        pass

    def killed(*_arguments: object) -> None:
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr("crsv_desk.services.publish.issue_call", killed)  # the last before all of it is kept
        publish(sec.desk, sec.dossier)
    assert sec.volume().held == before.held
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr("crsv_desk.services.publish._partners_file", killed)  # the first after that
        publish(sec.desk, sec.dossier)
    assert len(sec.volume().state.letters) == 2 and len(receipts(sec)) == 1
    handed_over(here)  # the file is made again
    assert received(partner) and len(receipts(sec)) == 1
