"""Colleagues of one secretariat who work at the same time without a word to each other: whatever they do twice, none is
left with an alarm that they cannot clear, and afterwards all of them see the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.statements import Call
from crsv_desk.services.asking import change_call, current_call
from crsv_desk.services.colleague import add_colleague, file_for_colleagues, laptops, own_card
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.confirm import confirm
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.next_version import next_version
from crsv_desk.services.overview import summary
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.readiness import readiness
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.remarks import comment, list_remarks
from crsv_desk.services.revise import take_this_one, to_choose
from crsv_desk.services.revived import let_stand
from crsv_desk.services.revoke import revoke, signed_by
from crsv_desk.services.settling import settle
from crsv_desk.services.verify import verify
from tests.services.world import DRAWN, LEAD, Coalition, Office, coalition

ANANAS, BOSBES = NAMES = ("Stichting Ananas", "Vereniging Bosbes")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, NAMES) as found:
        yield found


def colleagues(here: Coalition, count: int) -> list[Office]:
    """The first laptop and others that it added, each of which holds everything."""
    first = here.secretariat
    others = [here.world.office(LEAD, f"Collega {number}") for number in range(1, count)]
    for office in others:
        office.dossier = first.dossier
        add_colleague(first.desk, first.dossier, own_card(office.desk), office.code)
    for office in others:
        office.take(file_for_colleagues(first.desk, first.dossier))
        confirm(office.desk, LEAD, first.code)
    return [first, *others]


def exchange(*offices: Office) -> None:
    """Everybody gives everybody what it holds; then all see the same."""
    for _round in range(2):
        for giving, taking in permutations(offices, 2):
            taking.take(file_for_colleagues(giving.desk, giving.dossier))
    first, *others = [one.volume().state for one in offices]
    assert all(one == first for one in others)


def says(office: Office, old: str, new: str) -> bytes:
    """A next version in which some words are others."""
    draft = load_draft(office.desk, office.dossier)
    assert draft is not None and old in draft.body, draft
    save_draft(office.desk, replace(draft, body=draft.body.replace(old, new)))
    return publish(office.desk, office.dossier)


def words(office: Office) -> str:
    state = office.volume().state
    assert state.current is not None, summary(office.desk, office.dossier).problems
    return office.volume().packet(state.current.id).files["letter-nl.md"].decode()


def take(office: Office, other: Office) -> bytes:
    """Of the texts or calls that contradict each other, take the other's."""
    state = office.volume().state
    ids = [key for clash in state.conflicts for key in to_choose(office.volume(), clash)]
    theirs = [key for key in ids if office.volume().held[key].statement.signer == other.fingerprint]
    return take_this_one(office.desk, office.dossier, theirs[-1])


def test_both_publish_and_both_take_the_others_text(here: Coalition) -> None:
    one, other = offices = colleagues(here, 2)
    says(one, "drie dingen", "vier dingen")
    says(other, "drie dingen", "vijf dingen")
    exchange(*offices)
    take(one, other)  # each gives way to the other, at the same time
    take(other, one)
    exchange(*offices)
    assert len(one.volume().state.conflicts) == 1
    file = take(one, other)
    exchange(*offices)
    for office in (*offices, *here.partners.values()):
        office.take(file)
        assert not office.volume().state.conflicts and office.volume().state.current is not None


def test_a_third_who_knew_of_one_text_only_goes_on_from_it(here: Coalition) -> None:
    """Then the two that clash are no longer the last ones, and still one choice clears it."""
    one, other, third = offices = colleagues(here, 3)
    third.take(says(one, "drie dingen", "vier dingen"))
    says(third, "vier dingen", "zes dingen")
    says(other, "drie dingen", "vijf dingen")
    exchange(*offices)
    assert one.volume().state.current is None
    take(one, third)
    exchange(*offices)
    for office in offices:
        assert not summary(office.desk, office.dossier).problems
        assert "zes dingen" in words(office)


def test_a_third_who_knew_of_one_deadline_only_goes_on_from_it(here: Coalition) -> None:
    one, other, third = offices = colleagues(here, 3)
    change_call(one.desk, one.dossier, "2026-06-01", "")
    third.take(letter_file_for_partners(one.desk, one.dossier))
    change_call(third.desk, third.dossier, "2026-06-03", "")
    change_call(other.desk, other.dossier, "2026-06-02", "")
    exchange(*offices)
    assert one.volume().state.conflicts
    change_call(one.desk, one.dossier, "2026-06-03", "")
    exchange(*offices)
    for office in offices:
        assert not summary(office.desk, office.dossier).problems
        assert current_call(office.desk, office.dossier)[0] == "2026-06-03"


def test_choosing_between_two_calls_asks_nobody_to_sign_again(here: Coalition) -> None:
    one, other = offices = colleagues(here, 2)
    here.signed()
    change_call(one.desk, one.dossier, "2026-06-01", "een")
    change_call(other.desk, other.dossier, "2026-06-02", "twee")
    exchange(*offices)
    file = take(one, other)
    exchange(*offices)
    for office in (*offices, *here.partners.values()):
        office.take(file)
        state = office.volume().state
        assert not state.conflicts and len(state.letters) == 1
        assert state.call is not None and isinstance(state.call.statement, Call)
        assert (state.call.statement.deadline, state.call.statement.contact) == ("2026-06-02", "twee")
    assert {row.standing for row in one.status().values()} == {"endorsed"}


def test_both_settle_a_remark_otherwise_and_both_again(here: Coalition) -> None:
    one, other = offices = colleagues(here, 2)
    asked = comment(here.partners[ANANAS].desk, one.dossier, "comment", "Hm.")
    one.take(asked.data)
    here.confirmed(ANANAS)
    exchange(*offices)
    for _again in range(2):
        settle(one.desk, one.dossier, asked.statement, "taken")
        settle(other.desk, other.dossier, asked.statement, "declined", "Nee.")
        exchange(*offices)
        assert [row.state for row in list_remarks(one.desk, one.dossier)] == ["contradictory"]
        assert summary(other.desk, other.dossier).open_remarks == 1  # the secretariat is told
    settle(other.desk, other.dossier, asked.statement, "declined", "Toch niet.")
    exchange(*offices)
    [row] = list_remarks(one.desk, one.dossier)
    assert (row.state, row.answer.splitlines()[0]) == ("declined", "Toch niet.")
    here.partners[ANANAS].take(letter_file_for_partners(one.desk, one.dossier))
    [seen] = list_remarks(here.partners[ANANAS].desk, one.dossier)
    assert seen.state == "declined"


def test_both_confirm_the_same_key_and_both_take_it_back(here: Coalition) -> None:
    one, _other = offices = colleagues(here, 2)
    partner = here.partners[ANANAS]
    file = partner.endorse("all", mark=DRAWN).data
    for office in offices:
        office.take(file)
        confirm(office.desk, ANANAS, partner.code, "voice" if office is one else "video")
    exchange(*offices)
    assert one.status()[ANANAS].standing == "endorsed" and not one.status()[ANANAS].contradictory
    for office in offices:
        revoke(office.desk, office.dossier, partner.fingerprint)
    exchange(*offices)
    assert one.status()[ANANAS].standing == "invited"
    # The key was not lost after all: it is confirmed anew.
    again = partner.endorse("all", mark=DRAWN).data
    one.take(again)
    assert not summary(one.desk, one.dossier).problems


def revived(here: Coalition) -> list[Office]:
    """Two laptops, of which one took back the key of an organisation while the other confirmed it."""
    one, other = offices = colleagues(here, 2)
    partner = here.partners[ANANAS]
    file = partner.endorse("all", mark=DRAWN).data
    for office in offices:
        office.take(file)
    confirm(one.desk, ANANAS, partner.code)
    revoke(one.desk, one.dossier, partner.fingerprint)
    confirm(other.desk, ANANAS, partner.code)
    assert not summary(one.desk, one.dossier).problems and not summary(other.desk, other.dossier).problems
    exchange(*offices)
    return offices


def test_one_takes_a_key_back_while_the_other_confirms_it_and_both_are_told(here: Coalition) -> None:
    one, other = revived(here)
    assert one.status()[ANANAS].standing == "endorsed"  # the roster's rule stands: it speaks again
    said = summary(one.desk, one.dossier).problems
    theirs = other.code.split()
    there = f"the laptop with the code {theirs[0]} {theirs[1]} …"
    assert said == (
        f"A key of {ANANAS} was taken back on this laptop and confirmed on {there}: it speaks for {ANANAS} again.",
    )
    assert "taken back on the laptop with the code" in summary(other.desk, other.dossier).problems[0]
    assert "revived" in {missing.kind for missing in readiness(one.desk, one.dossier).missing}
    partner = here.partners[ANANAS]
    partner.take(letter_file_for_partners(one.desk, one.dossier))
    assert not summary(partner.desk, partner.dossier).problems  # the secretariat's own affair


@pytest.mark.parametrize("who", [0, 1])
@pytest.mark.parametrize("decided", ["stands", "taken back"])
def test_either_of_them_settles_a_revived_key_in_one_action(here: Coalition, who: int, decided: str) -> None:
    offices = revived(here)
    key = here.partners[ANANAS].fingerprint
    act = let_stand if decided == "stands" else revoke
    act(offices[who].desk, offices[who].dossier, key)
    assert not summary(offices[who].desk, offices[who].dossier).problems
    exchange(*offices)
    for office in offices:
        assert not summary(office.desk, office.dossier).problems
        assert office.status()[ANANAS].standing == ("endorsed" if decided == "stands" else "invited")
    with pytest.raises(UsageError, match="No laptop took"):
        let_stand(offices[0].desk, offices[0].dossier, key)


def test_both_settle_a_revived_key_in_two_ways_and_are_told_again(here: Coalition) -> None:
    one, other = offices = revived(here)
    key = here.partners[ANANAS].fingerprint
    let_stand(one.desk, one.dossier, key)
    revoke(other.desk, other.dossier, key)
    exchange(*offices)
    assert len(summary(one.desk, one.dossier).problems) == len(summary(other.desk, other.dossier).problems) == 1
    revoke(one.desk, one.dossier, key)
    exchange(*offices)
    for office in offices:
        assert not summary(office.desk, office.dossier).problems
        assert office.status()[ANANAS].standing == "invited"


def test_each_takes_the_others_key_back(here: Coalition) -> None:
    """Never the last: where nobody would be left, nobody is out."""
    one, other = offices = colleagues(here, 2)
    here.signed()
    revoke(one.desk, one.dossier, other.fingerprint, signed_by(one.volume(), other.fingerprint))
    revoke(other.desk, other.dossier, one.fingerprint, signed_by(other.volume(), one.fingerprint))
    for giving, taking in ((one, other), (other, one)):
        members = [packet.data for packet in giving.volume().packets.values()]
        taking.take(*members, *(opening.encode() for opening in giving.volume().openings.values()))
    assert one.volume().state == other.volume().state
    for office in offices:
        assert len(laptops(office.desk, office.dossier)) == 2
        assert not summary(office.desk, office.dossier).problems


def test_both_close_and_both_pdfs_hold_on_every_laptop(here: Coalition) -> None:
    one, _other = offices = colleagues(here, 2)
    here.signed()
    exchange(*offices)
    made = [compile_letter(office.desk, office.dossier) for office in offices]
    exchange(*offices)
    for office in (*offices, *here.partners.values()):
        for one_of_them in made:
            found = verify(office.desk, Untrusted("brief.pdf", one_of_them.pdf))
            assert found.holds, [finding.sentence for finding in found.findings if finding.holds is False]
            assert not [one.sentence for one in found.findings if "Since then" in one.sentence]
    assert not summary(one.desk, one.dossier).problems
    # Compiled again, each laptop finds what it decided before.
    assert [compile_letter(office.desk, office.dossier).closing for office in offices] == [pdf.closing for pdf in made]


def test_a_draft_that_nobody_touched_goes_on_from_a_colleagues_version(here: Coalition) -> None:
    one, other = colleagues(here, 2)
    other.take(says(one, "drie dingen", "vier dingen"))
    draft = load_draft(other.desk, other.dossier)
    assert draft is not None and "vier dingen" in draft.body
    says(other, "Geld voor", "Meerjarig geld voor")
    one.take(letter_file_for_partners(other.desk, other.dossier))
    assert "vier dingen" in words(one) and "Meerjarig geld" in words(one)


def test_a_draft_in_work_is_left_as_it_is_and_says_what_it_does_not_know(here: Coalition) -> None:
    one, other = colleagues(here, 2)
    draft = load_draft(other.desk, other.dossier)
    assert draft is not None
    mine = replace(draft, body=draft.body.replace("Geld voor", "Meerjarig geld voor"))
    save_draft(other.desk, mine)
    assert not next_version(other.desk, mine).overtaken
    other.take(says(one, "drie dingen", "vier dingen"))
    kept = load_draft(other.desk, other.dossier)
    assert kept is not None and kept.body == mine.body
    assert next_version(other.desk, kept).overtaken == 2
