"""What changed around the text, and in another language alone, is told as the changed paragraphs are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from crsv_desk.domain.changes import FieldChange
from crsv_desk.services.carry import mark_version_read, since_then
from crsv_desk.services.drafting import Translation, load_draft, save_draft
from crsv_desk.services.export import draft_pages
from crsv_desk.services.next_version import next_version
from crsv_desk.services.publish import publish
from crsv_desk.services.revise import changes, draft_changes
from tests.services.world import LETTER, coalition

ANANAS = "Stichting Ananas"
FRENCH = LETTER.split("---\n\n", 1)[1].replace("wij vragen ze nu", "nous les demandons")


def _said(fields: tuple[FieldChange, ...]) -> dict[tuple[str, str], tuple[str, str]]:
    """By field and language, what went and what came."""
    return {
        (one.field, one.language): (
            "".join(run.text for run in one.runs if run.kind == "removed"),
            "".join(run.text for run in one.runs if run.kind == "added"),
        )
        for one in fields
    }


def test_every_field_and_every_language_is_compared(tmp_path: Path) -> None:
    with coalition(tmp_path, (ANANAS,)) as here:
        sec, partner = here.secretariat, here.partners[ANANAS]
        desk, dossier = sec.desk, sec.dossier
        draft = load_draft(desk, dossier)
        assert draft is not None
        french = Translation("fr", "Sur la violence", "Mesdames,", "Cordialement,", FRENCH, True)
        save_draft(
            desk, replace(draft, also=(french,), front={**draft.front, "recipient": ["Tweede Kamer", "Den Haag"]})
        )
        partner.take(publish(desk, dossier))
        current = partner.volume().state.current
        assert current is not None
        mark_version_read(partner.desk, dossier, current.id)
        assert changes(partner.desk, dossier, 1, 2).summary == "another address"  # a language more changes no field

        draft = load_draft(desk, dossier)
        assert draft is not None
        front = {
            **draft.front, "subject": "Over seksueel geweld", "salutation": "Geachte voorzitter,",
            "recipient": ["Eerste Kamer", "Den Haag"],
        }  # fmt: skip
        other = replace(french, closing="Bien à vous,", body=FRENCH.replace("nous les demandons", "nous insistons"))
        save_draft(desk, replace(draft, front=front, also=(other,)))
        summary = "1 paragraph changed, another address, another subject, another salutation, other closing words"
        assert (
            draft_changes(desk, dossier).summary
            == next_version(desk, replace(draft, front=front, also=(other,))).summary
        )
        assert draft_changes(desk, dossier).summary == summary

        for text, expected in (
            (draft.texts[0], {"recipient", "subject", "salutation"}),
            (other, {"recipient", "closing"}),
        ):
            kept = load_draft(desk, dossier)
            assert kept is not None
            now = next(one for one in kept.texts if one.language == text.language)
            assert {one.field for one in draft_pages(desk, kept, now).fields} == expected

        partner.take(publish(desk, dossier))
        since = since_then(partner.desk, dossier)
        assert since is not None and since.summary == summary
        assert _said(since.fields) == {
            ("recipient", ""): ("Tweede", "Eerste"),
            ("subject", ""): ("conflictgerelateerd", "seksueel"),
            ("salutation", ""): ("leden,", "voorzitter,"),
            ("closing", "fr"): ("Cordialement,", "Bien à vous,"),
        }
        [block] = [one for one in since.changes if one.kind != "same"]
        assert "nous" in block.block.text
