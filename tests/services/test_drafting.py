"""Writing a letter: taken in, kept as one writes, in several languages, published, and written into files."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from crsv_desk.domain.errors import DeskError, Refused, UsageError
from crsv_desk.domain.statements import Letter
from crsv_desk.i18n import translations
from crsv_desk.pdf import words
from crsv_desk.services.book import letter_blocks
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.confirm import confirm
from crsv_desk.services.draft_checks import problems
from crsv_desk.services.drafting import (
    UNNAMED,
    Draft,
    Translation,
    begin,
    blank,
    load_draft,
    new_letter,
    save_draft,
)
from crsv_desk.services.export import export, export_name
from crsv_desk.services.next_version import next_version
from crsv_desk.services.overview import list_letters
from crsv_desk.services.publish import publish
from crsv_desk.services.remarks import comment
from crsv_desk.services.revise import revise
from crsv_desk.services.settling import settle
from tests.services.world import LEAD, LETTER, Coalition, Office, World, coalition

FRENCH = """---
subject: Sur les violences liées aux conflits
language: fr
salutation: Mesdames, Messieurs,
closing: Veuillez agréer nos salutations,
authentic: {authentic}
---

Ceci est le premier alinéa de cette lettre, avec *emphase* et une phrase de plus.

## Ce que nous demandons

Nous demandons trois choses, et nous les demandons maintenant.

- De l'argent pour les organisations de femmes.
- La poursuite des auteurs.
- Un envoyé auprès de l'Union européenne.
"""
ARABIC_BODY = "فقرة أولى.\n\n## ما نطلبه\n\nنطلب ثلاثة أمور.\n\n- مال.\n- ملاحقة.\n- مبعوث.\n"
PARTNERS = ("Stichting Ananas", "Vereniging Bosbes")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    found = World(tmp_path)
    yield found
    found.close()


@pytest.fixture
def office(world: World) -> Office:
    return world.office(LEAD)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, PARTNERS) as found:
        yield found


def logo() -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (300, 100), "navy").save(output, "PNG")
    return output.getvalue()


def bilingual(office: Office, authentic: str = "yes") -> Draft:
    return new_letter(
        office.desk, LETTER.encode(), "nl.md", [(FRENCH.format(authentic=authentic).encode(), "fr.md")], logo()
    )


def letter_of(office: Office) -> Letter:
    current = office.volume().state.current
    assert current is not None and isinstance(current.statement, Letter)
    return current.statement


# --- beginning and keeping


def test_a_new_letter_waits_without_a_subject_and_becomes_a_dossier_with_one(office: Office) -> None:
    desk = office.desk
    draft = replace(blank(desk), body="Eerste woorden.")
    save_draft(desk, draft)
    assert not desk.store.dossiers() and load_draft(desk, UNNAMED) == draft
    with pytest.raises(Refused):
        begin(desk, draft)
    begun = begin(desk, replace(draft, front={**draft.front, "subject": "Over vrede"}))
    assert load_draft(desk, UNNAMED) is None
    assert load_draft(desk, begun.dossier) == begun and begun.body == "Eerste woorden."
    [one] = list_letters(desk)
    assert (one.title, one.versions, one.lead) == ("Over vrede", 0, LEAD)
    save_draft(desk, replace(begun, front={**begun.front, "subject": "Over recht"}))
    assert list_letters(desk)[0].title == "Over recht"


def test_everything_of_a_draft_is_kept(office: Office) -> None:
    draft = bilingual(office)
    loaded = load_draft(office.desk, draft.dossier)
    assert loaded is not None
    assert replace(loaded, front=dict(loaded.front)) == replace(draft, front=dict(draft.front), remarks=())
    assert loaded.logo.startswith(b"\x89PNG") and loaded.also[0].language == "fr" and loaded.also[0].authentic


# --- several languages


def test_texts_in_several_languages_are_one_letter_signed_once(office: Office, world: World) -> None:
    draft = bilingual(office)
    also = (*draft.also, Translation("ar", "حول العنف", "السادة الأعضاء،", "مع الاحترام،", ARABIC_BODY))
    save_draft(office.desk, replace(draft, also=also))
    office.dossier = draft.dossier
    file = publish(office.desk, draft.dossier)
    letter = letter_of(office)
    assert [(one.language, one.direction, one.authentic) for one in letter.texts] == [
        ("nl", "ltr", True), ("fr", "ltr", True), ("ar", "rtl", False),
    ]  # fmt: skip
    partner = world.partner("Stichting Ananas", file, office)
    volume = partner.volume()
    assert volume.state.current is not None
    texts = {one: letter_blocks(partner.desk, volume, volume.state.current.id, one) for one in ("nl", "fr", "ar")}
    assert len({tuple(block.id for block in blocks) for blocks in texts.values()}) == 1
    assert texts["fr"][1].text == "Ce que nous demandons" and texts["ar"][1].text == "ما نطلبه"
    partner.endorse("all")
    assert letter.logo == "logo.png"


def test_the_combined_pdf_prints_every_authentic_text_and_no_other(office: Office) -> None:
    for authentic, printed in (("yes", True), ("no", False)):
        draft = bilingual(office, authentic)
        office.dossier = draft.dossier
        publish(office.desk, draft.dossier)
        office.endorse("all")
        compiled = compile_letter(office.desk, draft.dossier)
        assert compiled.verification.holds
        flat = words_of(compiled.pdf)
        assert "Dit is de eerste alinea" in flat
        assert ("Ceci est le premier alinéa" in flat) is printed
        assert ("Mesdames, Messieurs," in flat) is printed


def words_of(pdf: bytes) -> str:
    return " ".join(words.words(pdf))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("## Ce que", "### Ce que", "part 2 is a heading of level 3"),
        ("- Un envoyé", "\nUn envoyé", "differs in its build: part 6"),
        ("- La poursuite des auteurs.\n", "", "has 5 parts, and the first text has 6"),
        ("language: fr", "language: nl", "nl is there twice"),
        ("language: fr\n", "", "does not say its language"),
        ("- De l'argent", "1. De l'argent", "an item of a list with “1.”"),
    ],
)
def test_a_translation_that_is_built_otherwise_is_refused_with_the_place(
    office: Office, old: str, new: str, sentence: str
) -> None:
    french = FRENCH.format(authentic="yes").replace(old, new)
    with pytest.raises(DeskError, match=sentence):
        draft = new_letter(office.desk, LETTER.encode(), "nl.md", [(french.encode(), "fr.md")])
        publish(office.desk, draft.dossier)


def test_revising_keeps_the_other_languages_and_replaces_those_that_are_given(office: Office) -> None:
    draft = bilingual(office)
    changed = LETTER.replace("Een gezant", "Een speciale gezant")
    revised = revise(office.desk, draft.dossier, changed.encode(), "nl.md")
    assert "speciale" in revised.body and revised.also == draft.also and revised.logo == draft.logo
    french = FRENCH.replace("Un envoyé", "Un envoyé spécial").replace("authentic: {authentic}\n", "")
    revised = revise(office.desk, draft.dossier, changed.encode(), "nl.md", [(french.encode(), "fr.md")])
    assert [one.language for one in revised.also] == ["fr"]
    assert "envoyé spécial" in revised.also[0].body and revised.also[0].authentic


def test_a_proposal_in_another_language_changes_that_text(office: Office, world: World) -> None:
    draft = bilingual(office)
    office.dossier = draft.dossier
    partner = world.partner("Stichting Ananas", publish(office.desk, draft.dossier), office)
    block = letter_of(office).blocks[5]
    out = comment(partner.desk, draft.dossier, "proposal", "", block=block, proposal="Een eigen gezant.")
    office.take(out.data)
    confirm(office.desk, "Stichting Ananas", partner.code)
    settle(office.desk, draft.dossier, out.statement, "taken")
    loaded = load_draft(office.desk, draft.dossier)
    assert loaded is not None and "Een eigen gezant." in loaded.body and loaded.also == draft.also


# --- what must be right before publishing


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("subject", " ", "subject"),
        ("accent", "#8899AA", "too light"),
        ("accent", "blauw", "six figures"),
        ("date", "26 mei", "year-month-day"),
        ("date", "2026-02-31", "year-month-day"),
        ("deadline", "vrijdag", "deadline"),
        ("language", "Nederlands", "short code"),
        ("salutation", "x" * 301, "at most 300"),
        ("closing", "a\u202eb", "hidden character"),
        ("recipient", tuple("abcdefghijk"), "at most 10 lines"),
        ("partners", ("Goed", "a\u202eb"), "hidden character"),
    ],
)
def test_a_field_that_is_wrong_is_named_and_nothing_is_published(
    office: Office, field: str, value: object, sentence: str
) -> None:
    draft = new_letter(office.desk, LETTER.encode(), "letter.md")
    wrong = replace(draft, front={**draft.front, field: value})
    found = problems(office.desk, wrong)
    assert [one.field for one in found] == [field] and sentence in found[0].sentence
    save_draft(office.desk, wrong)
    before = office.desk.store.packets(draft.dossier)
    with pytest.raises(DeskError):
        publish(office.desk, draft.dossier)
    assert office.desk.store.packets(draft.dossier) == before


def test_an_accent_that_is_dark_enough_and_an_empty_body(office: Office) -> None:
    draft = new_letter(office.desk, LETTER.encode(), "letter.md")
    assert not problems(office.desk, replace(draft, front={**draft.front, "accent": "#5c2d58"}))
    assert [one.field for one in problems(office.desk, replace(draft, body="\n"))] == ["body"]
    [hidden] = problems(office.desk, replace(draft, body="Tekst\u202e."))
    assert hidden.field == "body" and "U+202E" in hidden.sentence


def test_text_that_was_typed_in_pieces_is_published_in_one_form(office: Office, world: World) -> None:
    draft = new_letter(office.desk, LETTER.encode(), "letter.md")
    office.dossier = draft.dossier
    save_draft(office.desk, replace(draft, body="Ee\u0301n alinea.\r\nNog een regel."))
    partner = world.partner("Stichting Ananas", publish(office.desk, draft.dossier), office)
    current = partner.volume().state.current
    assert current is not None
    assert letter_blocks(partner.desk, partner.volume(), current.id)[0].text == "Eén alinea. Nog een regel."


# --- the next version


def test_before_publishing_one_sees_what_changes_and_who_is_asked_again(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    draft = load_draft(desk, dossier)
    assert draft is not None
    plan = next_version(desk, draft)
    assert (plan.number, plan.before, plan.same, plan.asked_again) == (2, 1, True, ())
    here.signed([PARTNERS[0]])
    here.answered(PARTNERS[1], here.partners[PARTNERS[1]].endorse("all", corrections=True))
    changed = replace(draft, body=draft.body.replace("Een gezant", "Een speciale gezant") + "\nNog een alinea.\n")
    plan = next_version(desk, changed)
    assert (plan.number, plan.before, plan.summary) == (2, 1, "1 paragraph changed, 1 added")
    assert {one.organisation for one in plan.asked_again} == {LEAD, *PARTNERS}
    assert [one.organisation for one in plan.asked_again if one.keeps] == [PARTNERS[1]]
    assert len(plan.changed) == 2
    fields = replace(draft, front={**draft.front, "subject": "Iets anders"})
    assert next_version(desk, fields).summary == "another subject"


def test_a_correction_says_until_when_one_may_object(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    draft = load_draft(desk, dossier)
    assert draft is not None
    changed = replace(draft, body=draft.body.replace("Een gezant", "Eén gezant"))
    save_draft(desk, changed)
    blocks = next_version(desk, changed).changed
    with pytest.raises(UsageError, match="object"):
        publish(desk, dossier, correction=blocks, object_before="morgen")
    publish(desk, dossier, correction=blocks, object_before="2026-05-24T12:00")
    assert letter_of(here.secretariat).correction.object_before == "2026-05-24T12:00"


# --- files


def test_an_exported_markdown_file_is_taken_in_again_as_it_was(office: Office) -> None:
    draft = bilingual(office)
    for language in ("nl", "fr"):
        data = export(office.desk, draft.dossier, ".md", language=language)
        again = office.desk.letters.read(data, "x.md")
        text = next(one for one in draft.texts if one.language == language)
        assert (again.front["subject"], again.body) == (text.subject, text.body)
    whole = office.desk.letters.read(export(office.desk, draft.dossier, ".md"), "x.md")
    assert {key: value for key, value in whole.front.items() if value} == {
        key: value for key, value in draft.front.items() if value
    }


def test_an_exported_docx_is_taken_in_again_with_its_fields(office: Office) -> None:
    draft = bilingual(office)
    again = office.desk.letters.read(export(office.desk, draft.dossier, ".docx", language="fr"), "x.docx")
    assert again.front["subject"] == "Sur les violences liées aux conflits"
    [said] = again.remarks  # place and date are the draft's own fields; nothing goes in silence
    assert said.startswith("“Den Haag, 26 mai 2026” was left out of the text")
    assert [one.text for one in office.desk.letters.blocks(again.body)] == [
        one.text for one in office.desk.letters.blocks(draft.also[0].body)
    ]


def test_a_draft_pdf_follows_the_version_and_only_the_published_text_has_a_reply_sheet(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    sheet, gettext = translations("nl").gettext("Reply sheet"), translations("nl").gettext

    def name(number: int) -> str:
        return gettext("DRAFT version {number}").format(number=number)

    code = here.secretariat.volume().state.current
    assert code is not None
    first = words_of(export(desk, dossier, ".pdf"))
    assert name(1) in first and sheet in first
    assert export_name(desk, dossier, ".pdf") == f"{name(1)}.pdf"
    draft = load_draft(desk, dossier)
    assert draft is not None
    save_draft(desk, replace(draft, body=draft.body.replace("Een gezant", "Een speciale gezant")))
    second = words_of(export(desk, dossier, ".pdf"))
    assert name(2) in second and sheet not in second
    assert gettext("Changes since version {number}").format(number=1) in second
    published = words_of(export(desk, dossier, ".pdf", published=True))
    assert name(1) in published and sheet in published and "speciale" not in published
    partner = here.partners[PARTNERS[0]]
    assert sheet in words_of(export(partner.desk, dossier, ".pdf"))
    publish(desk, dossier)
    third = export(desk, dossier, ".pdf")
    flat = words_of(third)
    assert name(2) in flat and sheet in flat and gettext("Changes since version {number}").format(number=1) in flat
    with pikepdf.open(io.BytesIO(third)) as pdf:
        assert "Stichting" not in str(pdf.docinfo)
    with pytest.raises(UsageError, match=r"\.docx"):
        export(desk, dossier, ".odt")
    with pytest.raises(UsageError, match="it is in: nl"):
        export(desk, dossier, ".md", language="fr")
