"""Remarks go out together, are settled with reasons, and the answers find the way back; through real files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.services.book import block_named, letter_blocks
from crsv_desk.services.drafting import Draft, load_draft, save_draft
from crsv_desk.services.later import answer_later
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.remarks import comment, list_remarks, mark_sent, remarks_file, unsent
from crsv_desk.services.settling import settle, situation
from tests.services.world import Coalition, Office, coalition

ANANAS, BOSBES = NAMES = ("Stichting Ananas", "Vereniging Bosbes")
FIRST = "Dit is de eerste alinea van deze brief, met nadruk en met een zin erbij."


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, NAMES) as found:
        yield found


def paragraph(office: Office, number: int) -> str:
    return block_named(office.desk, office.volume(), str(number))


def draft_of(office: Office) -> str:
    draft = load_draft(office.desk, office.dossier)
    assert draft is not None
    return draft.body


def proposed(here: Coalition, name: str, number: int, words: str) -> str:
    """A proposal that has reached the secretariat; its id."""
    office = here.partners[name]
    out = comment(office.desk, office.dossier, "proposal", "", block=paragraph(office, number), proposal=words)
    here.secretariat.take(out.data)
    here.confirmed(name)
    return out.statement


def test_the_files_kept_are_read_once_however_many_remarks_wait(
    here: Coalition, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = here.partners[ANANAS]
    made = [comment(office.desk, office.dossier, "comment", text) for text in ("Een.", "Twee.", "Drie.")]
    read, documents = Counter[str](), office.desk.store.documents

    def counted(dossier: str, kind: str) -> Mapping[str, bytes]:
        read[kind] += 1
        return documents(dossier, kind)

    monkeypatch.setattr(office.desk.store, "documents", counted)
    assert list(unsent(office.desk, office.dossier)) == made
    assert read["outbox"] == 1


def test_several_remarks_go_out_as_one_file_and_more_can_follow(here: Coalition) -> None:
    office = here.partners[ANANAS]
    desk, dossier = office.desk, office.dossier
    for text in ("Een.", "Twee.", "Drie."):
        comment(desk, dossier, "comment", text)
    file = remarks_file(desk, dossier)
    mark_sent(desk, dossier, file)
    assert not unsent(desk, dossier)
    with pytest.raises(DeskError):
        remarks_file(desk, dossier)
    comment(desk, dossier, "comment", "Vier.")
    next_file = remarks_file(desk, dossier)
    assert {one.outcome for one in here.secretariat.take(file.data)} == {"held apart"}
    here.secretariat.take(next_file.data, file.data)
    rows = list_remarks(here.secretariat.desk, dossier)
    assert sorted(row.text for row in rows) == ["Drie.", "Een.", "Twee.", "Vier."]


def test_sealed_remarks_share_no_file_with_open_ones(here: Coalition) -> None:
    office = here.partners[ANANAS]
    desk, dossier = office.desk, office.dossier
    comment(desk, dossier, "comment", "Open.")
    for text in ("Dicht.", "Ook dicht."):
        comment(desk, dossier, "comment", text, sealed=True)
    file = remarks_file(desk, dossier)
    assert file.sealed and ANANAS.encode() not in file.data and "ananas" not in file.name
    mark_sent(desk, dossier, file)
    here.secretariat.take(file.data)
    assert sorted(row.text for row in list_remarks(here.secretariat.desk, dossier)) == ["Dicht.", "Ook dicht."]
    assert not remarks_file(desk, dossier).sealed


def test_a_remark_points_at_words_and_is_refused_for_words_that_are_not_there(here: Coalition) -> None:
    office = here.partners[ANANAS]
    block = paragraph(office, 1)
    comment(office.desk, office.dossier, "comment", "Te vaag.", block=block, words="eerste alinea")
    [row] = list_remarks(office.desk, office.dossier)
    assert (row.words, row.text, row.quote) == ("eerste alinea", "Te vaag.", FIRST)
    with pytest.raises(UsageError):
        comment(office.desk, office.dossier, "comment", "Hm.", block=block, words="tweede alinea")


def test_a_thread_stands_together_and_the_reply_reaches_the_partner(here: Coalition) -> None:
    office, desk, dossier = here.partners[ANANAS], here.secretariat.desk, here.secretariat.dossier
    asked = comment(office.desk, dossier, "question", "Waarom?", block=paragraph(office, 2))
    here.secretariat.take(asked.data)
    here.confirmed(ANANAS)
    comment(desk, dossier, "comment", "Los.")
    comment(desk, dossier, "comment", "Wat bedoelt u?", block=paragraph(office, 2), refers=asked.statement[:12])
    rows = list_remarks(desk, dossier)
    at = next(at for at, row in enumerate(rows) if row.statement == asked.statement)
    assert rows[at + 1].refers == asked.statement
    office.take(letter_file_for_partners(desk, dossier))
    assert [row.text for row in list_remarks(office.desk, dossier)] == ["Waarom?", "Wat bedoelt u?"]


def test_a_proposal_is_taken_over_with_its_styles_kept(here: Coalition) -> None:
    key = proposed(here, ANANAS, 1, FIRST.replace("eerste", "allereerste"))
    settle(here.secretariat.desk, here.secretariat.dossier, key, "taken")
    assert "Dit is de allereerste alinea van deze brief, met *nadruk* en met een zin erbij." in draft_of(
        here.secretariat
    )


def test_two_proposals_in_one_paragraph_are_both_taken_where_their_words_differ(here: Coalition) -> None:
    one = proposed(here, ANANAS, 1, FIRST.replace("eerste", "allereerste"))
    other = proposed(here, BOSBES, 1, FIRST.replace("een zin", "een slotzin"))
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    assert [row.organisation for row in situation(desk, dossier, one).clashing] == [BOSBES]
    settle(desk, dossier, one, "taken")
    assert situation(desk, dossier, other).changed_since
    settle(desk, dossier, other, "taken")
    assert "Dit is de allereerste alinea van deze brief, met *nadruk* en met een slotzin erbij." in draft_of(
        here.secretariat
    )


def test_a_paragraph_that_changed_in_the_same_words_is_left_to_a_person(here: Coalition) -> None:
    one = proposed(here, ANANAS, 1, FIRST.replace("eerste", "allereerste"))
    other = proposed(here, BOSBES, 1, FIRST.replace("eerste", "enige"))
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    settle(desk, dossier, one, "taken")
    before = draft_of(here.secretariat)
    with pytest.raises(DeskError):
        settle(desk, dossier, other, "taken")
    assert draft_of(here.secretariat) == before
    row = settle(desk, dossier, other, "partly", "Wij maken ervan:", FIRST.replace("eerste", "enige en eerste"))
    assert row.state == "partly" and row.settled[0].words == FIRST.replace("eerste", "enige en eerste")
    assert "enige en eerste alinea" in draft_of(here.secretariat)


def test_a_reason_is_asked_for_what_is_not_taken_over(here: Coalition) -> None:
    key = proposed(here, ANANAS, 1, "Anders.")
    for state in ("partly", "declined"):
        with pytest.raises(UsageError):
            settle(here.secretariat.desk, here.secretariat.dossier, key, state)  # type: ignore[arg-type]


def test_a_question_is_settled_by_an_answer(here: Coalition) -> None:
    office, desk, dossier = here.partners[ANANAS], here.secretariat.desk, here.secretariat.dossier
    asked = comment(office.desk, dossier, "question", "Welke landen?")
    here.secretariat.take(asked.data)
    here.confirmed(ANANAS)
    with pytest.raises(UsageError, match="Write the answer"):
        settle(desk, dossier, asked.statement, "taken")
    assert settle(desk, dossier, asked.statement, "taken", "Alle landen.").answer == "Alle landen."
    office.take(letter_file_for_partners(desk, dossier))
    [seen] = list_remarks(office.desk, dossier)
    assert (seen.state, seen.answer) == ("taken", "Alle landen.")


def test_settling_again_replaces_what_was_said(here: Coalition) -> None:
    key = proposed(here, ANANAS, 1, "Anders.")
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    settle(desk, dossier, key, "declined", "Nee.")
    row = settle(desk, dossier, key, "partly", "Toch wel, half.")
    assert (row.state, row.answer) == ("partly", "Toch wel, half.")
    here.partners[ANANAS].take(letter_file_for_partners(desk, dossier))
    [seen] = list_remarks(here.partners[ANANAS].desk, dossier)
    assert (seen.state, seen.answer) == ("partly", "Toch wel, half.")


def test_the_answer_to_a_sealed_remark_travels_sealed_to_its_author_alone(here: Coalition) -> None:
    office, desk, dossier = here.partners[ANANAS], here.secretariat.desk, here.secretariat.dossier
    out = comment(office.desk, dossier, "comment", "Gevaarlijk.", sealed=True)
    here.secretariat.take(out.data)
    here.confirmed(ANANAS)
    settle(desk, dossier, out.statement, "declined", "Het blijft geheim.")
    file = publish(desk, dossier)
    assert out.statement.encode() not in file and b"geheim" not in file
    for _again in range(6):  # the parts of a file stand in an order that is another each time
        verdicts = here.partners[BOSBES].take(file)
        assert all(one.outcome in ("new", "known") for one in verdicts), verdicts
        file = letter_file_for_partners(desk, dossier)
    assert not list_remarks(here.partners[BOSBES].desk, dossier)
    office.take(file)
    [row] = list_remarks(office.desk, dossier)
    assert (row.state, row.answer) == ("declined", "Het blijft geheim.")


def test_whoever_answers_later_is_shown_so_until_it_answers(here: Coalition) -> None:
    office = here.partners[ANANAS]
    here.secretariat.take(answer_later(office.desk, office.dossier, "2026-06-12", "Eerst het bestuur.").data)
    here.confirmed(ANANAS)
    assert here.secretariat.status()[ANANAS].later == "2026-06-12"
    here.answered(ANANAS, office.endorse("all"))
    assert not here.secretariat.status()[ANANAS].later
    with pytest.raises(UsageError):
        answer_later(office.desk, office.dossier, "volgende week")


def test_paragraphs_are_named_by_their_number_or_id(here: Coalition) -> None:
    office = here.secretariat
    volume = office.volume()
    assert volume.state.current is not None
    blocks = letter_blocks(office.desk, volume, volume.state.current.id)
    plain = [block.id for block in blocks if block.kind != "heading"]
    assert [paragraph(office, number + 1) for number in range(len(plain))] == plain
    assert block_named(office.desk, volume, blocks[1].id) == blocks[1].id  # a heading has no number
    with pytest.raises(UsageError):
        paragraph(office, len(plain) + 1)


def test_a_draft_that_lost_the_paragraph_keeps_the_remark_and_takes_nothing_over(here: Coalition) -> None:
    key = proposed(here, ANANAS, 1, FIRST.replace("eerste", "allereerste"))
    office = here.secretariat
    draft = load_draft(office.desk, office.dossier)
    assert draft is not None
    body = draft.body[draft.body.index("## ") :]
    save_draft(office.desk, Draft(draft.dossier, draft.front, body))
    row = settle(office.desk, office.dossier, key, "taken", "De alinea is vervallen.")
    assert row.state == "taken" and draft_of(office) == body
