"""A remark is on a block in the language in which it was read, and what is taken over changes that text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.remarks import comment_of
from crsv_desk.services.book import block_named
from crsv_desk.services.draft_checks import problems
from crsv_desk.services.drafting import Translation, load_draft, save_draft
from crsv_desk.services.publish import publish
from crsv_desk.services.remarks import comment, list_remarks
from crsv_desk.services.settling import settle, situation
from tests.services.world import LETTER, Coalition, coalition

ANANAS, BOSBES = "Stichting Ananas", "Vereniging Bosbes"
FRENCH = (
    LETTER.split("---\n\n", 1)[1]
    .replace("Wij vragen om drie dingen, en wij vragen ze nu.", "Nous demandons trois choses, maintenant.")
    .replace("Vervolging van daders.", "La poursuite des auteurs.")
)


@pytest.fixture
def bilingual(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path / "world", (ANANAS, BOSBES)) as found:
        sec = found.secretariat
        draft = load_draft(sec.desk, sec.dossier)
        assert draft is not None
        french = Translation("fr", "Sur la violence", "Mesdames,", "Cordialement,", FRENCH, True)
        save_draft(sec.desk, replace(draft, also=(french,)))
        file = publish(sec.desk, sec.dossier)
        for office in found.partners.values():
            office.take(file)
        yield found


def test_a_proposal_in_another_language_changes_that_text_alone(bilingual: Coalition) -> None:
    sec, partner = bilingual.secretariat, bilingual.partners[ANANAS]
    desk, dossier = sec.desk, sec.dossier
    block = block_named(partner.desk, partner.volume(), "4")
    dutch = comment(partner.desk, dossier, "proposal", "", block=block, proposal="Vervolging van alle daders.")
    out = comment(
        partner.desk,
        dossier,
        "proposal",
        "Plus fort.",
        block=block,
        proposal="La poursuite de tous les auteurs.",
        language="fr",
    )
    pointing = comment(partner.desk, dossier, "comment", "Qui?", block=block, words="auteurs", language="fr")
    for one in (dutch, out, pointing):
        sec.take(one.data)
    bilingual.confirmed(ANANAS)
    rows = {row.statement: row for row in list_remarks(desk, dossier)}
    assert (rows[out.statement].language, rows[out.statement].translation) == ("fr", "fr")
    assert rows[dutch.statement].translation == ""
    assert rows[out.statement].quote == "La poursuite des auteurs."
    assert rows[dutch.statement].quote == "Vervolging van daders."
    now = situation(desk, dossier, out.statement)
    assert now.now == "La poursuite des auteurs." and not now.changed_since
    assert now.clashing == (), "other words in another language are no other words for this one"
    before = load_draft(desk, dossier)
    settle(desk, dossier, out.statement, "taken")
    draft = load_draft(desk, dossier)
    assert draft is not None and before is not None
    assert draft.body == before.body
    assert "La poursuite de tous les auteurs." in draft.also[0].body
    assert not problems(desk, draft), "the texts are still built alike"
    settle(desk, dossier, dutch.statement, "taken")
    draft = load_draft(desk, dossier)
    assert draft is not None and "Vervolging van alle daders." in draft.body
    assert "La poursuite de tous les auteurs." in draft.also[0].body
    [settled] = next(row for row in list_remarks(desk, dossier) if row.statement == out.statement).remark.settlements
    assert comment_of(settled).language == "fr"


def test_a_reply_is_in_the_language_of_what_it_answers(bilingual: Coalition) -> None:
    sec, partner = bilingual.secretariat, bilingual.partners[ANANAS]
    block = block_named(partner.desk, partner.volume(), "2")
    out = comment(partner.desk, sec.dossier, "question", "Pourquoi trois?", block=block, language="fr")
    sec.take(out.data)
    bilingual.confirmed(ANANAS)
    comment(sec.desk, sec.dossier, "comment", "Parce que.", block=block, refers=out.statement)
    assert {row.language for row in list_remarks(sec.desk, sec.dossier)} == {"fr"}


def test_only_the_letters_languages_and_words_are_accepted(bilingual: Coalition) -> None:
    partner = bilingual.partners[ANANAS]
    block = block_named(partner.desk, partner.volume(), "4")
    with pytest.raises(UsageError, match="nl, fr"):
        comment(partner.desk, partner.dossier, "comment", "Hm.", language="de")
    with pytest.raises(UsageError, match="does not say"):
        comment(partner.desk, partner.dossier, "comment", "Hm.", block=block, words="daders", language="fr")


def test_a_draft_that_is_built_otherwise_meanwhile_is_left_alone(bilingual: Coalition) -> None:
    sec, partner = bilingual.secretariat, bilingual.partners[ANANAS]
    block = block_named(partner.desk, partner.volume(), "4")
    out = comment(partner.desk, sec.dossier, "proposal", "", block=block, proposal="Autre.", language="fr")
    sec.take(out.data)
    bilingual.confirmed(ANANAS)
    draft = load_draft(sec.desk, sec.dossier)
    assert draft is not None
    save_draft(sec.desk, draft.with_body("fr", "Un seul alinéa."))
    assert situation(sec.desk, sec.dossier, out.statement).now == ""
    settle(sec.desk, sec.dossier, out.statement, "taken")
    kept = load_draft(sec.desk, sec.dossier)
    assert kept is not None and kept.also[0].body == "Un seul alinéa."
