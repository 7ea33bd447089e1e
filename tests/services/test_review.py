"""One letter through three versions with six organisations, by files between seven workspaces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.services.answering import decline, withdraw
from crsv_desk.services.attest import attest
from crsv_desk.services.carry import carry_over
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.confirm import confirm
from crsv_desk.services.drafting import load_draft
from crsv_desk.services.organisation import organisation_details
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.readiness import readiness
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.remarks import comment, list_remarks
from crsv_desk.services.revise import changes, revise
from crsv_desk.services.settling import settle
from crsv_desk.services.verify import verify
from tests.services.world import DRAWN, LETTER, Coalition, coalition

ANANAS, BOSBES, CITROEN, DADEL, ELS, FRAMBOOS = NAMES = (
    "Stichting Ananas",
    "Vereniging Bosbes",
    "Fonds Citroen",
    "Netwerk Dadel",
    "Platform Els",
    "Kring Framboos",
)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, NAMES) as found:
        yield found


def block_of(here: Coalition, words: str) -> str:
    office = here.secretariat
    letter = office.volume().state.current
    assert letter is not None
    blocks = office.desk.letters.blocks(LETTER.split("---\n", 2)[2])
    return next(block.id for block in blocks if words in block.text)


def standings(here: Coalition) -> dict[str, str]:
    return {name: row.standing for name, row in here.secretariat.status().items() if name in NAMES}


def next_version(here: Coalition, *changed: tuple[str, str], correction: tuple[str, ...] = ()) -> bytes:
    """The secretariat changes words of its draft and publishes."""
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    draft = load_draft(desk, dossier)
    assert draft is not None
    body = draft.body
    for old, new in changed:
        assert old in body
        body = body.replace(old, new)
    head = LETTER.split("---\n", 2)[1]
    revise(desk, dossier, f"---\n{head}---\n\n{body}".encode(), "letter.md")
    file = publish(desk, dossier, correction=correction)
    for office in here.partners.values():
        office.take(file)
    return file


def test_three_versions_with_remarks_a_decline_a_condition_a_withdrawal_and_a_return(here: Coalition) -> None:
    secretariat, offices = here.secretariat, here.partners
    desk, dossier = secretariat.desk, secretariat.dossier
    # Version 1: remarks, one endorsement, one decline.
    money = block_of(here, "Geld voor")
    proposal = comment(
        offices[ANANAS].desk,
        dossier,
        "proposal",
        "Preciezer.",
        block=money,
        proposal="Meerjarig geld voor vrouwenorganisaties.",
    )
    question = comment(
        offices[BOSBES].desk, dossier, "question", "Voor welke landen?", block=block_of(here, "Vervolging")
    )
    general = comment(offices[CITROEN].desk, dossier, "comment", "Mooie brief.")
    secretariat.take(proposal.data, question.data, general.data)
    here.answered(DADEL, offices[DADEL].endorse("all", mark=DRAWN))
    here.answered(ELS, decline(offices[ELS].desk, dossier, "Niet ons onderwerp."))
    for name in (ANANAS, BOSBES, CITROEN):
        here.confirmed(name)
    assert standings(here) == {
        ANANAS: "remarks", BOSBES: "remarks", CITROEN: "remarks", DADEL: "endorsed", ELS: "declined", FRAMBOOS: "invited",
    }  # fmt: skip
    assert [row.state for row in list_remarks(desk, dossier)] == ["open"] * 3
    # Settled: one taken over with one action, one answered, one declined.
    settle(desk, dossier, proposal.statement, "taken")
    settle(desk, dossier, question.statement, "partly", "Voor alle landen; dat staat er nu bij.")
    settle(desk, dossier, general.statement, "declined", "Dank.")
    draft = load_draft(desk, dossier)
    assert draft is not None and "Meerjarig geld" in draft.body and "- Meerjarig" in draft.body
    # Version 2 carries the answers back, and says what changed.
    next_version(here, ("Vervolging van daders.", "Vervolging van daders, in alle landen."))
    assert standings(here)[DADEL] == "endorsed an older version"
    found = changes(offices[DADEL].desk, dossier)
    assert found.summary == "2 paragraphs changed"
    seen_by_ananas = {row.statement: row for row in list_remarks(offices[ANANAS].desk, dossier)}
    assert seen_by_ananas[proposal.statement].state == "taken"
    seen_by_bosbes = {row.statement: row for row in list_remarks(offices[BOSBES].desk, dossier)}
    assert seen_by_bosbes[question.statement].answer == "Voor alle landen; dat staat er nu bij."
    # Endorsed: openly, with a condition, withheld; one carries its endorsement over.
    here.answered(ANANAS, offices[ANANAS].endorse("all", mark=DRAWN))
    here.answered(
        BOSBES, offices[BOSBES].endorse("all", reservation="Mits de ledenraad instemt.", reservation_printed=True)
    )
    here.answered(CITROEN, offices[CITROEN].endorse("none"))
    here.answered(DADEL, carry_over(offices[DADEL].desk, dossier))
    assert standings(here) == {
        ANANAS: "endorsed", BOSBES: "conditional", CITROEN: "endorsed", DADEL: "endorsed", ELS: "declined",
        FRAMBOOS: "invited",
    }  # fmt: skip
    # A withdrawal, and a version 3 to which those left return.
    secretariat.take(withdraw(offices[ANANAS].desk, dossier, "Bestuur besloot anders.").data)
    assert standings(here)[ANANAS] == "withdrawn"
    next_version(here, ("Een gezant bij", "Een eigen gezant bij"))
    secretariat.endorse("all", mark=DRAWN)
    for name in (BOSBES, CITROEN, DADEL):
        here.answered(name, carry_over(offices[name].desk, dossier))
    here.answered(FRAMBOOS, offices[FRAMBOOS].endorse("all", mark=DRAWN))
    here.answered(ANANAS, offices[ANANAS].endorse("all"))  # the board came back on it
    assert standings(here) == {
        ANANAS: "endorsed", BOSBES: "conditional", CITROEN: "endorsed", DADEL: "endorsed", ELS: "declined",
        FRAMBOOS: "endorsed",
    }  # fmt: skip
    compiled = compile_letter(desk, dossier)
    assert (compiled.endorsements, compiled.withheld) == (5, 1)
    printed = {row.organisation for row in compiled.verification.endorsements}
    assert printed == {"Platform Vrouwen en Vrede", ANANAS, BOSBES, DADEL, FRAMBOOS}
    # The pages say the third text, who stands behind it and how, and nothing of who does not or is not to be seen.
    pages = words_of(compiled.pdf)
    for words in ("Meerjarig geld voor vrouwenorganisaties.", "in alle landen.", "Een eigen gezant bij", *printed):
        assert words in pages
    assert pages.count("Mits de ledenraad instemt.") == 1 and "5 met naam, 1 zonder naam" in pages
    for words in (CITROEN, ELS, "Niet ons onderwerp", "Bestuur besloot", "versie 2"):
        assert words not in pages
    judge = here.world.office("Tweede Kamer")
    assert verify(judge.desk, Untrusted("brief.pdf", compiled.pdf), secretariat.code).holds


def test_a_remark_on_a_block_that_is_gone_stands_beside_where_it_was(here: Coalition) -> None:
    office = here.partners[ANANAS]
    remark = comment(
        office.desk, here.secretariat.dossier, "comment", "Weg hiermee.", block=block_of(here, "Een gezant")
    )
    here.secretariat.take(remark.data)
    here.confirmed(ANANAS)
    next_version(here, ("- Een gezant bij de Europese Unie.\n", ""))
    [row] = [one for one in list_remarks(here.secretariat.desk, here.secretariat.dossier) if one.kind == "comment"]
    assert not row.stands and row.quote == "Een gezant bij de Europese Unie." and row.version == 1


def test_it_stands_between_the_remarks_on_what_stood_before_and_after_it(here: Coalition) -> None:
    desk, dossier = here.partners[ANANAS].desk, here.secretariat.dossier
    blocks = {words: block_of(here, words) for words in ("Wij vragen om", "Geld voor", "Vervolging", "Een gezant")}
    for words, block in blocks.items():
        here.secretariat.take(comment(desk, dossier, "comment", words, block=block).data)
    here.secretariat.take(comment(desk, dossier, "comment", "Het geheel.").data)
    next_version(here, ("- Geld voor vrouwenorganisaties.\n- Vervolging van daders.\n", ""))
    for office in (here.secretariat, here.partners[ANANAS]):
        rows = list_remarks(office.desk, dossier)
        assert [row.text for row in rows] == ["Het geheel.", *blocks]
        assert [row.beside for row in rows] == ["", *[blocks["Wij vragen om"]] * 3, blocks["Een gezant"]]


def test_a_correction_keeps_endorsements_that_allowed_it_unless_they_object(here: Coalition) -> None:
    offices, dossier = here.partners, here.secretariat.dossier
    here.secretariat.endorse("all", corrections=True)
    for name in (ANANAS, BOSBES):
        here.answered(name, offices[name].endorse("all", corrections=True))
    here.answered(CITROEN, offices[CITROEN].endorse("all"))
    changed = block_of(here, "Een gezant")
    next_version(here, ("bij de Europese Unie", "bij de EU"), correction=(changed,))
    assert [standings(here)[name] for name in (ANANAS, BOSBES, CITROEN)] == [
        "endorsed", "endorsed", "endorsed an older version",
    ]  # fmt: skip
    objection = comment(offices[BOSBES].desk, dossier, "objection", "Dit is geen kleinigheid.")
    here.secretariat.take(objection.data)
    assert standings(here)[BOSBES] == "endorsed an older version"
    compiled = compile_letter(here.secretariat.desk, dossier)
    assert {row.organisation for row in compiled.verification.endorsements} == {"Platform Vrouwen en Vrede", ANANAS}
    assert compiled.verification.holds
    # The evidence says which version Ananas signed, and the words as they were and are.
    printed = words_of(compiled.pdf)
    assert (
        f"Platform Vrouwen en Vrede en {ANANAS} ondertekenden versie 1 en stonden feitelijke correcties toe." in printed
    )
    assert "Alinea 5, versie 1: Een gezant bij de Europese Unie." in printed
    assert "Alinea 5, versie 2: Een gezant bij de EU." in printed
    assert BOSBES not in printed and CITROEN not in printed


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    finally:
        document.close()


def test_a_reservation_is_on_a_page_only_where_it_was_chosen_and_a_note_is_on_none(here: Coalition) -> None:
    offices, dossier = here.partners, here.secretariat.dossier
    here.secretariat.endorse("all")
    said = {ANANAS: ("Mits de ledenraad instemt.", True), BOSBES: ("Behalve alinea twee.", False)}
    for name, (words, printed) in said.items():
        note = f"Bestuursbesluit van 12 mei, {name}"
        here.answered(name, offices[name].endorse("all", reservation=words, reservation_printed=printed, mandate=note))
    assert [standings(here)[name] for name in said] == ["conditional"] * 2
    assert here.secretariat.status()[BOSBES].reason == "Behalve alinea twee."
    compiled = compile_letter(here.secretariat.desk, dossier)
    pages = words_of(compiled.pdf)
    assert "Mits de ledenraad instemt." in pages
    assert "Behalve alinea twee." not in pages and "12 mei" not in pages
    # What is on no page stands in what was signed, and whoever checks the file is told: nobody says otherwise.
    notes = {row.organisation: row.notes for row in compiled.verification.endorsements}
    assert any("Behalve alinea twee." in note for note in notes[BOSBES])
    details = organisation_details(here.secretariat.desk, dossier, ANANAS)
    assert [row.mandate for row in details.answers] == [f"Bestuursbesluit van 12 mei, {ANANAS}"]


def test_an_attested_answer_is_counted_apart_until_the_organisation_answers_itself(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.secretariat.endorse("all")
    attest(desk, dossier, ANANAS, "endorse", "phone", "2026-05-19")
    assert standings(here)[ANANAS] == "attested"
    compiled = compile_letter(desk, dossier)
    assert (compiled.endorsements, compiled.verification.attested) == (1, 1)
    here.answered(ANANAS, here.partners[ANANAS].endorse("all"))
    compiled = compile_letter(desk, dossier)
    assert (compiled.endorsements, compiled.verification.attested) == (2, 0)


def test_two_people_of_one_organisation_who_contradict_each_other_are_shown(here: Coalition) -> None:
    """Two laptops of one partner: a decline wins over an endorsement it does not know, and the secretariat is told."""
    second = here.world.partner(ANANAS, here.letter, here.secretariat)
    here.answered(ANANAS, here.partners[ANANAS].endorse("all"))
    here.secretariat.take(decline(second.desk, here.secretariat.dossier, "Toch niet.").data)
    confirm(here.secretariat.desk, ANANAS, second.code)
    row = here.secretariat.status()[ANANAS]
    assert row.standing == "declined" and row.contradictory
    # No page says that it stands behind the letter, and whoever compiles is told, until it has settled that itself.
    here.secretariat.endorse("all")
    compiled = compile_letter(here.secretariat.desk, here.secretariat.dossier)
    assert compiled.endorsements == 1 and ANANAS not in words_of(compiled.pdf)
    [told] = [one for one in readiness(here.secretariat.desk, second.dossier).missing if one.kind == "contradictory"]
    assert ANANAS in told.text
    for answer in here.secretariat.volume().state.organisations:
        second.take(*(here.secretariat.volume().packets[one.id].data for one in answer.answers))
    here.secretariat.take(second.endorse("all").data)
    row = here.secretariat.status()[ANANAS]
    assert row.standing == "endorsed" and not row.contradictory and row.several == 1


def test_only_the_secretariat_settles_revises_and_publishes(here: Coalition) -> None:
    office = here.partners[ANANAS]
    remark = comment(office.desk, here.secretariat.dossier, "comment", "Hm.")
    with pytest.raises(DeskError):
        settle(office.desk, here.secretariat.dossier, remark.statement, "taken")
    with pytest.raises(DeskError):
        publish(office.desk, here.secretariat.dossier)
    with pytest.raises(UsageError):
        comment(office.desk, here.secretariat.dossier, "comment", "Hm.", block="nowhere")


def test_a_withdrawal_after_publication_is_shown_as_since_then(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.signed([ANANAS, BOSBES])
    pdf = compile_letter(desk, dossier).pdf
    here.secretariat.take(withdraw(here.partners[ANANAS].desk, dossier, "").data)
    found = verify(desk, Untrusted("brief.pdf", pdf))
    assert found.holds
    assert any("Since then" in one.sentence and ANANAS in one.sentence for one in found.findings)


def test_partners_get_the_answers_but_not_each_others_remarks(here: Coalition) -> None:
    remark = comment(here.partners[ANANAS].desk, here.secretariat.dossier, "comment", "Vertrouwelijke gedachte.")
    here.secretariat.take(remark.data)
    given = letter_file_for_partners(here.secretariat.desk, here.secretariat.dossier)
    assert b"Vertrouwelijke gedachte" not in given
