"""What one laptop takes over reaches the text that another publishes, or whoever publishes knows that it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crsv_desk.domain.errors import Refused
from crsv_desk.services.book import block_named
from crsv_desk.services.drafting import Draft, Translation, load_draft, save_draft
from crsv_desk.services.next_version import next_version
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.remarks import comment, list_remarks
from crsv_desk.services.revise import revise
from crsv_desk.services.settling import Verdict, settle
from crsv_desk.services.taken_over import Lacking, lacking_in_version, take_in
from tests.services.test_colleagues_agree import colleagues, exchange, says, take, words
from tests.services.test_remark_languages import FRENCH
from tests.services.world import LETTER, Coalition, Office, coalition

ANANAS, BOSBES = NAMES = ("Stichting Ananas", "Vereniging Bosbes")
FIRST = "Dit is de eerste alinea van deze brief, met nadruk en met een zin erbij."
SECOND = "Wij vragen om drie dingen, en wij vragen ze nu."


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, NAMES) as found:
        yield found


def draft_of(office: Office) -> Draft:
    found = load_draft(office.desk, office.dossier)
    assert found is not None
    return found


def write(office: Office, old: str, new: str) -> None:
    draft = draft_of(office)
    assert old in draft.body
    save_draft(office.desk, replace(draft, body=draft.body.replace(old, new)))


def lacks(office: Office) -> tuple[Lacking, ...]:
    return next_version(office.desk, draft_of(office)).lacking


def proposed(here: Coalition, office: Office, number: int, wanted: str, by: str = ANANAS) -> str:
    """A proposal that has reached one laptop; its id."""
    partner = here.partners[by]
    block = block_named(partner.desk, partner.volume(), str(number))
    out = comment(partner.desk, partner.dossier, "proposal", "", block=block, proposal=wanted)
    office.take(out.data)
    return out.statement


def taken(
    here: Coalition,
    number: int = 2,
    wanted: str = SECOND.replace("drie", "vier"),
    state: Verdict = "taken",
    got: str | None = None,
) -> tuple[Office, Office, str]:
    """Two laptops, the first of which took a proposal over and told the other; and the remark's id."""
    one, other = colleagues(here, 2)
    key = proposed(here, one, number, wanted)
    here.confirmed(ANANAS)
    settle(one.desk, one.dossier, key, state, "Goed.", got)
    exchange(one, other)
    return one, other, key


def test_whoever_publishes_first_takes_the_words_in_with_one_action(here: Coalition) -> None:
    one, other, key = taken(here)
    [found] = lacks(other)
    assert (found.remark, found.organisation, found.partly) == (key, ANANAS, False)
    assert (found.now, found.words) == (SECOND, SECOND.replace("drie", "vier"))
    assert not lacks(one)
    with pytest.raises(Refused, match=f"{ANANAS}: “Wij vragen om vier dingen"):
        publish(other.desk, other.dossier)
    assert len(other.volume().state.letters) == 1
    settlements = len(list_remarks(other.desk, other.dossier)[0].settled)
    take_in(other.desk, other.dossier, [key])
    assert not lacks(other)
    assert len(list_remarks(other.desk, other.dossier)[0].settled) == settlements == 1
    partner = here.partners[ANANAS]
    partner.take(publish(other.desk, other.dossier))
    assert "vier dingen" in words(partner)
    assert list_remarks(partner.desk, partner.dossier)[0].state == "taken"


def test_who_has_seen_it_may_leave_the_words_out_and_is_told_again_next_time(here: Coalition) -> None:
    _one, other, key = taken(here)
    write(other, "Geld voor", "Meerjarig geld voor")
    with pytest.raises(Refused):
        publish(other.desk, other.dossier, left_out=["f" * 64])
    publish(other.desk, other.dossier, left_out=[key])
    assert "drie dingen" in words(other)
    assert [one.remark for one in lacks(other)] == [key]
    # Settled otherwise it is not said any more.
    settle(other.desk, other.dossier, key, "declined", "Toch niet.")
    assert not lacks(other)


@pytest.mark.parametrize(
    "further", ["Wij vragen om vier grote dingen, en nu.", "Wij vragen om zes dingen.", "Heel andere woorden."]
)
def test_words_that_were_edited_after_they_were_taken_are_nobodys_alarm(here: Coalition, further: str) -> None:
    one, other, _key = taken(here)
    write(one, SECOND.replace("drie", "vier"), further)
    assert not lacks(one)
    other.take(publish(one.desk, one.dossier))
    assert further in draft_of(other).body
    assert not lacks(one) and not lacks(other)
    publish(other.desk, other.dossier)


def test_a_paragraph_that_is_gone_where_it_was_taken_over_is_no_alarm_there(here: Coalition) -> None:
    one, other, _key = taken(here)
    write(one, SECOND.replace("drie", "vier") + "\n\n", "")
    assert not lacks(one)
    other.take(publish(one.desk, one.dossier))
    assert not lacks(other)


@pytest.mark.parametrize("body", [LETTER, LETTER.replace("drie dingen, en wij vragen ze nu", "drie dingen")])
def test_an_older_file_taken_in_again_where_it_was_taken_over_is_an_alarm(here: Coalition, body: str) -> None:
    one, _other, key = taken(here)
    revise(one.desk, one.dossier, body.encode(), "letter.md")
    assert [found.remark for found in lacks(one)] == [key]
    take_in(one.desk, one.dossier)
    assert "vier dingen" in draft_of(one).body and not lacks(one)


def test_words_typed_by_hand_are_seen(here: Coalition) -> None:
    _one, other, _key = taken(here)
    write(other, SECOND, "Nu vragen wij om vier dingen, en wij vragen ze u!")
    assert not lacks(other)


def test_long_words_may_stand_in_another_paragraph(here: Coalition) -> None:
    long = "Wij vragen om drie dingen, en wij vragen ze nu met klem aan de hele Kamer."
    _one, other, _key = taken(here, 2, long)
    write(other, "- Een gezant bij de Europese Unie.", "- Een gezant.\n\nWij vragen dit met klem aan de hele Kamer.")
    assert len(lacks(other)) == 1  # "nu met klem" is not there
    write(other, "Wij vragen dit met klem", "Wij vragen dit nu met klem")
    assert not lacks(other)


def test_words_fit_beside_what_changed_meanwhile_and_otherwise_a_person_writes(here: Coalition) -> None:
    _one, other, key = taken(here)
    write(other, "ze nu.", "ze vandaag nog.")
    [found] = lacks(other)
    assert found.words == "Wij vragen om vier dingen, en wij vragen ze vandaag nog."
    write(other, "drie dingen", "vijf dingen")
    [found] = lacks(other)
    assert found.words == "" and found.proposed == SECOND.replace("drie", "vier")
    before = draft_of(other)
    take_in(other.desk, other.dossier, [key])
    assert draft_of(other) == before
    publish(other.desk, other.dossier, left_out=[key])


def test_a_paragraph_that_is_gone_is_told_and_cannot_be_changed(here: Coalition) -> None:
    _one, other, key = taken(here)
    write(other, SECOND + "\n\n", "")
    [found] = lacks(other)
    assert (found.remark, found.now, found.words) == (key, "", "")
    with pytest.raises(Refused):
        publish(other.desk, other.dossier)


def test_of_what_is_partly_taken_that_part_is_needed(here: Coalition) -> None:
    wanted = "Wij eisen drie dingen, en wij vragen ze vandaag."
    _one, other, key = taken(here, 2, wanted, "partly", SECOND.replace("nu.", "vandaag."))
    [found] = lacks(other)
    assert found.partly and found.words == SECOND.replace("nu.", "vandaag.")
    take_in(other.desk, other.dossier, [key])
    assert "Wij vragen om drie dingen, en wij vragen ze vandaag." in draft_of(other).body
    assert not lacks(other)


def test_partly_without_words_needs_some_of_it_and_only_a_person_knows_which(here: Coalition) -> None:
    wanted = "Wij eisen drie dingen, en wij vragen ze vandaag."
    one, other, _key = taken(here, 2, wanted, "partly")
    assert [found.words for found in lacks(other)] == [""]
    assert len(lacks(one)) == 1  # its paragraph reads as before
    write(one, "Wij vragen om drie dingen", "Wij vragen u drie dingen")
    assert not lacks(one)
    write(other, "ze nu", "ze vandaag")
    assert not lacks(other)


def test_the_words_that_a_person_gave_the_paragraph_are_those_that_are_needed(here: Coalition) -> None:
    got = SECOND.replace("drie", "vier heldere")
    _one, other, key = taken(here, got=got)
    write(other, "drie", "vier")
    [found] = lacks(other)
    assert found.proposed == got
    write(other, "vier", "drie")
    take_in(other.desk, other.dossier, [key])
    assert got in draft_of(other).body


def test_two_taken_over_in_one_paragraph_are_both_taken_in(here: Coalition) -> None:
    one, other = colleagues(here, 2)
    first = proposed(here, one, 2, SECOND.replace("drie", "vier"))
    second = proposed(here, one, 2, SECOND.replace("ze nu.", "ze meteen."), BOSBES)
    for name, key in ((ANANAS, first), (BOSBES, second)):
        here.confirmed(name)
        settle(one.desk, one.dossier, key, "taken")
    exchange(one, other)
    assert {found.remark for found in lacks(other)} == {first, second}
    take_in(other.desk, other.dossier)
    assert "Wij vragen om vier dingen, en wij vragen ze meteen." in draft_of(other).body
    assert not lacks(other)


def test_words_that_go_out_must_be_gone(here: Coalition) -> None:
    wanted = FIRST.replace(", met nadruk en met een zin erbij", "")
    _one, other, key = taken(here, 1, wanted)
    assert [found.remark for found in lacks(other)] == [key]
    take_in(other.desk, other.dossier)
    assert "Dit is de eerste alinea van deze brief." in draft_of(other).body and not lacks(other)


def test_only_a_sign_or_a_capital_is_a_change_too(here: Coalition) -> None:
    _one, other, key = taken(here, 2, SECOND.replace("nu.", "nu!"))
    assert [found.remark for found in lacks(other)] == [key]
    write(other, "ze nu.", "ze nu!")
    assert not lacks(other)


def test_taking_the_text_that_lacks_the_words_is_an_alarm_on_both(here: Coalition) -> None:
    one, other, key = taken(here)
    says(one, "Geld voor", "Meer geld voor")  # with the words
    write(other, "Vervolging", "Snelle vervolging")
    publish(other.desk, other.dossier, left_out=[key])
    exchange(one, other)
    theirs, ours = (
        next(held.id for held in one.volume().state.letters if held.statement.signer == office.fingerprint
             and held.statement.n == 2)  # type: ignore[union-attr]
        for office in (other, one)
    )  # fmt: skip
    assert [found.remark for found in lacking_in_version(one.desk, one.dossier, theirs)] == [key]
    assert not lacking_in_version(one.desk, one.dossier, ours)
    take(one, other)
    exchange(one, other)
    assert "drie dingen" in words(one)
    for office in (one, other):
        assert [found.remark for found in lacks(office)] == [key], office is one
    take_in(one.desk, one.dossier)
    other.take(publish(one.desk, one.dossier))
    assert "vier dingen" in words(other) and not lacks(one) and not lacks(other)


def test_a_version_published_in_ignorance_of_the_settlement_is_caught_up_with(here: Coalition) -> None:
    """The other publishes before the settlement reaches it; both are told before the next version."""
    one, other = colleagues(here, 2)
    key = proposed(here, one, 2, SECOND.replace("drie", "vier"))
    here.confirmed(ANANAS)
    settle(one.desk, one.dossier, key, "taken")
    says(other, "Vervolging", "Snelle vervolging")
    exchange(one, other)
    assert [found.remark for found in lacks(other)] == [key]
    take_in(other.desk, other.dossier)
    one.take(publish(other.desk, other.dossier))
    assert "vier dingen" in words(one)
    # Whoever changes the words that stand has them in front of him.
    write(other, "vier dingen", "zeven dingen")
    assert not lacks(other)


def test_a_draft_that_was_overtaken_lacks_what_was_published_meanwhile(here: Coalition) -> None:
    one, other, key = taken(here)
    write(other, "Vervolging", "Snelle vervolging")
    other.take(publish(one.desk, one.dossier))
    plan = next_version(other.desk, draft_of(other))
    assert plan.overtaken == 2 and [found.remark for found in plan.lacking] == [key]


def test_it_is_told_in_the_language_of_the_remark(here: Coalition) -> None:
    french = Translation("fr", "Sur la violence", "Mesdames,", "Cordialement,", FRENCH, True)
    sec = here.secretariat
    save_draft(sec.desk, replace(draft_of(sec), also=(french,)))
    here.partners[ANANAS].take(publish(sec.desk, sec.dossier))
    one, other = colleagues(here, 2)
    partner = here.partners[ANANAS]
    block = block_named(partner.desk, partner.volume(), "4")
    wanted = "La poursuite de tous les auteurs."
    out = comment(partner.desk, partner.dossier, "proposal", "", block=block, proposal=wanted, language="fr")
    one.take(out.data)
    here.confirmed(ANANAS)
    settle(one.desk, one.dossier, out.statement, "taken")
    exchange(one, other)
    [found] = lacks(other)
    assert (found.language, found.now) == ("fr", "La poursuite des auteurs.")
    before = draft_of(other)
    take_in(other.desk, other.dossier)
    after = draft_of(other)
    assert after.body == before.body and wanted in after.also[0].body
    assert not lacks(other)


def test_comments_and_questions_that_name_no_words_are_no_alarm(here: Coalition) -> None:
    one, other = colleagues(here, 2)
    partner = here.partners[ANANAS]
    block = block_named(partner.desk, partner.volume(), "2")
    said = [
        comment(partner.desk, partner.dossier, "comment", "Mooi.", block=block),
        comment(partner.desk, partner.dossier, "question", "Waarom drie?", block=block),
        comment(partner.desk, partner.dossier, "comment", "Alles."),
    ]
    one.take(*(out.data for out in said))
    here.confirmed(ANANAS)
    for out in said:
        settle(one.desk, one.dossier, out.statement, "taken", "Ja.")
    exchange(one, other)
    assert not lacks(other)
    assert letter_file_for_partners(other.desk, other.dossier)
