"""Versions that clash and are cleared, signatures carried over, colleagues who answer twice, and vouchers; by files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.paper import Person
from crsv_desk.domain.statements import Call, Endorsement, Roster, SecretariatKey, statement_id
from crsv_desk.services.answering import decline, latest_own, outgoing, withdraw
from crsv_desk.services.attest import allow_voucher, attest
from crsv_desk.services.book import current_letter, issue
from crsv_desk.services.carry import carry_over, mark_version_read, since_then
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.confirm import confirm
from crsv_desk.services.drafting import Draft, load_draft, save_draft
from crsv_desk.services.identity import own_identity
from crsv_desk.services.organisation import organisation_details
from crsv_desk.services.overview import summary
from crsv_desk.services.publish import publish
from crsv_desk.services.readiness import readiness
from crsv_desk.services.revise import asked_again, take_this_one
from tests.services.world import DRAWN, LEAD, Coalition, Office, coalition

ANANAS, BOSBES = NAMES = ("Stichting Ananas", "Vereniging Bosbes")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, NAMES) as found:
        yield found


def changed(office: Office, old: str, new: str) -> bytes:
    """A next version in which some words are others."""
    draft = load_draft(office.desk, office.dossier)
    assert draft is not None and old in draft.body
    save_draft(office.desk, replace(draft, body=draft.body.replace(old, new)))
    return publish(office.desk, office.dossier)


def colleague(here: Coalition) -> Office:
    """A second laptop of the secretariat, whose key the first has added; it holds all, and a draft of its own."""
    from base64 import b64encode

    first, second = here.secretariat, here.world.office(LEAD, "Persoon Twee")
    own = own_identity(second.desk)
    key = SecretariatKey(b64encode(own.certificate.der).decode(), second.desk.sealing.recipient(own.age_secret))
    issue(first.desk, Roster, first.dossier, prev=(), add=(), revoke=(), secretariat=(key,))
    second.dossier = first.dossier
    second.take(*(packet.data for packet in first.volume().packets.values()))
    for data in first.desk.store.documents(first.dossier, "opening").values():
        second.take(data)
    confirm(second.desk, LEAD, first.code)
    draft = load_draft(first.desk, first.dossier)
    assert draft is not None
    save_draft(second.desk, Draft(draft.dossier, draft.front, draft.body))
    return second


def test_two_laptops_that_publish_one_number_are_told_and_one_of_them_clears_it(here: Coalition) -> None:
    first, second = here.secretariat, colleague(here)
    one = changed(first, "drie dingen", "vier dingen")
    other = changed(second, "drie dingen", "vijf dingen")
    first.take(other)
    second.take(one)
    ours, theirs_too = first.volume().state, second.volume().state
    assert (ours.letters, ours.conflicts, ours.remarks) == (
        theirs_too.letters,
        theirs_too.conflicts,
        theirs_too.remarks,
    )
    assert first.volume().state.current is None and summary(first.desk, first.dossier).problems
    with pytest.raises(DeskError):
        current_letter(first.volume().state)
    [clash] = first.volume().state.conflicts
    theirs = next(key for key in clash.ids if first.volume().held[key].statement.signer == second.fingerprint)
    with pytest.raises(UsageError):
        take_this_one(first.desk, first.dossier, "0" * 12)
    file = take_this_one(first.desk, first.dossier, theirs[:12])
    second.take(file)
    for office in (first, second, *here.partners.values()):
        if office in here.partners.values():
            office.take(one, other, file)
        state = office.volume().state
        assert not state.conflicts and state.current is not None
        assert office.volume().letter(state.current.id).n == summary(office.desk, office.dossier).versions == 3
    assert first.volume().letter(current_letter(first.volume().state).id).blocks == first.volume().letter(theirs).blocks
    draft = load_draft(first.desk, first.dossier)
    assert draft is not None and "vijf dingen" in draft.body


def test_two_calls_under_one_number_are_cleared_the_same_way(here: Coalition) -> None:
    first, second = here.secretariat, colleague(here)
    for office, day in ((first, "2026-05-22"), (second, "2026-05-23")):
        call = office.volume().state.call
        assert call is not None and isinstance(call.statement, Call)
        issue(office.desk, Call, office.dossier, n=2, prev=(call.id,), deadline=day, embargo="", contact="",
              list_shown_to="secretariat", asked="")  # fmt: skip
    first.take(*(packet.data for packet in second.volume().packets.values()))
    [clash] = first.volume().state.conflicts
    assert clash.kind == "call"
    wanted = next(key for key in clash.ids if first.volume().held[key].statement.signer == second.fingerprint)
    take_this_one(first.desk, first.dossier, wanted)
    state = first.volume().state
    assert not state.conflicts and state.call is not None and isinstance(state.call.statement, Call)
    assert state.call.statement.deadline == "2026-05-23"


def test_everything_that_was_signed_is_carried_over_by_one_action(here: Coalition) -> None:
    office = here.partners[ANANAS]
    people = (Person("A. Directeur", "directeur"), Person("B. Voorzitter", "voorzitter"))
    for visible, more in (("all", {}), ("organisation", {}), ("none", {}), ("no-mark", {"corrections": True})):
        here.answered(ANANAS, office.endorse(visible, mark=DRAWN, people=people, acting="order",  # type: ignore[arg-type]
                                             reservation="Mits.", reservation_printed=True, **more))  # fmt: skip
        before = latest_own(office.desk, office.dossier)
        file = changed(here.secretariat, "Wij vragen", "Wij vragen nog eens")
        office.take(file)
        here.answered(ANANAS, carry_over(office.desk, office.dossier))
        after = latest_own(office.desk, office.dossier)
        assert before is not None and isinstance(before.statement, Endorsement)
        assert after is not None and isinstance(after.statement, Endorsement)
        for key in ("people", "acting", "reservation", "corrections", "mark", "organisation"):
            assert getattr(after.statement, key) == getattr(before.statement, key), (visible, key)
        assert bool(after.statement.reply) == (visible == "none")
        assert (after.statement.visibility.name == "shown") == (visible != "organisation")
        row = here.secretariat.status()[ANANAS]
        assert row.standing == "conditional" and not row.contradictory, visible


def test_what_changed_since_is_measured_from_what_was_answered_else_read(here: Coalition) -> None:
    office = here.partners[ANANAS]
    assert since_then(office.desk, office.dossier) is None
    mark_version_read(office.desk, office.dossier, current_letter(office.volume().state).id)
    office.take(changed(here.secretariat, "drie dingen", "vier dingen"))
    found = since_then(office.desk, office.dossier)
    assert found is not None and not found.answered and (found.old, found.new) == (1, 2)
    office.endorse("all")
    assert since_then(office.desk, office.dossier) is None
    office.take(changed(here.secretariat, "vier dingen", "vijf dingen"))
    found = since_then(office.desk, office.dossier)
    assert found is not None and found.endorsed and (found.old, found.new) == (2, 3)


def test_whoever_publishes_sees_who_is_asked_again(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.answered(ANANAS, here.partners[ANANAS].endorse("all", corrections=True))
    here.answered(BOSBES, here.partners[BOSBES].endorse("all"))
    assert [(one.organisation, one.version, one.keeps) for one in asked_again(desk, dossier)] == [
        (ANANAS, 1, True), (BOSBES, 1, False),
    ]  # fmt: skip


def test_what_was_declared_is_declared_anew_for_another_text(here: Coalition) -> None:
    """A declaration is about one text: whoever publishes and whoever compiles is told that it does not go on."""
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    attest(desk, dossier, ANANAS, "endorse", "phone", "2026-05-19")
    attest(desk, dossier, BOSBES, "decline", "phone", "2026-05-19")
    assert [(one.organisation, one.version, one.declared) for one in asked_again(desk, dossier)] == [(ANANAS, 1, True)]
    assert not here.secretariat.status()[ANANAS].older
    changed(here.secretariat, "drie dingen", "vier dingen")
    assert asked_again(desk, dossier) == []
    assert [row.organisation for row in here.secretariat.status().values() if row.older] == [ANANAS]
    here.secretariat.endorse("all")
    assert compile_letter(desk, dossier).verification.attested == 0
    [said] = organisation_details(desk, dossier, ANANAS).answers
    assert (said.kind, said.version, said.effect) == ("attestation", 1, "older")
    [left_out] = [one for one in readiness(desk, dossier).missing if one.kind == "declared"]
    assert left_out.text == ANANAS and left_out.title == "1 was declared for an older version and is left out"
    attest(desk, dossier, ANANAS, "endorse", "phone", "2026-05-20")
    assert not here.secretariat.status()[ANANAS].older
    assert "declared" not in {one.kind for one in readiness(desk, dossier).missing}


def test_what_is_declared_for_a_later_text_than_one_signed_stands_beside_that(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.answered(ANANAS, here.partners[ANANAS].endorse("all"))
    changed(here.secretariat, "drie dingen", "vier dingen")
    attest(desk, dossier, ANANAS, "endorse", "phone", "2026-05-20")
    assert here.secretariat.status()[ANANAS].standing == "attested"
    answers = organisation_details(desk, dossier, ANANAS).answers
    assert [(one.kind, one.version, one.effect) for one in answers] == [
        ("attestation", 2, "stands"), ("endorsement", 1, "older"),
    ]  # fmt: skip


def test_two_people_of_one_partner_settle_it_by_opening_each_others_file(here: Coalition) -> None:
    director, deputy = here.partners[ANANAS], here.world.partner(ANANAS, here.letter, here.secretariat)
    yes = director.endorse("all")
    here.answered(ANANAS, yes)
    here.secretariat.take(decline(deputy.desk, here.secretariat.dossier, "Nee.").data)
    confirm(here.secretariat.desk, ANANAS, deputy.code)
    row = here.secretariat.status()[ANANAS]
    assert row.contradictory and row.standing == "declined"
    deputy.take(yes.data)
    here.secretariat.take(deputy.endorse("all").data)  # replaces the director's and its own
    row = here.secretariat.status()[ANANAS]
    assert not row.contradictory and row.standing == "endorsed" and row.several == 1


def test_what_one_signed_a_colleague_takes_back_after_opening_the_file(here: Coalition) -> None:
    director, deputy = here.partners[ANANAS], here.world.partner(ANANAS, here.letter, here.secretariat)
    yes = director.endorse("all")
    here.answered(ANANAS, yes)
    with pytest.raises(DeskError, match="open that file here first"):
        withdraw(deputy.desk, deputy.dossier)
    deputy.take(yes.data)
    here.secretariat.take(withdraw(deputy.desk, deputy.dossier, "Het bestuur besloot anders.").data)
    confirm(here.secretariat.desk, ANANAS, deputy.code)
    row = here.secretariat.status()[ANANAS]
    assert (row.standing, row.contradictory, row.several) == ("withdrawn", False, 1)
    # What another organisation signed is not this one's to take back.
    stranger = here.partners[BOSBES]
    stranger.take(yes.data)
    with pytest.raises(DeskError, match="nothing to withdraw"):
        withdraw(stranger.desk, stranger.dossier)


def test_a_voucher_answers_for_groups_that_cannot_appear(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.signed([ANANAS])
    office = here.partners[ANANAS]
    packet = attest(office.desk, dossier, "", "endorse", "meeting", "2026-05-19", count=4)
    out = outgoing(office.desk, dossier, statement_id(packet.statement))
    assert out is not None
    here.secretariat.take(out.data)
    assert compile_letter(desk, dossier).verification.attested == 0  # the roster gives it no number yet
    allow_voucher(desk, dossier, ANANAS, 5)
    assert len(here.secretariat.volume().state.attestations) == 1
    assert compile_letter(desk, dossier).verification.attested == 4
    with pytest.raises(UsageError):
        attest(office.desk, dossier, "Groep", "endorse", "meeting", "2026-05-19")
    with pytest.raises(UsageError):
        attest(desk, dossier, "", "endorse", "meeting", "2026-05-19", count=4)
    with pytest.raises(UsageError):
        allow_voucher(desk, dossier, "Onbekend", 5)
