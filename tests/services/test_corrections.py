"""A factual correction after signatures: it names what it changes, all of it, and the page says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.statements import Correction, Letter
from crsv_desk.services.book import issue
from crsv_desk.services.carry import since_then
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.drafting import Draft, Translation, load_draft, save_draft
from crsv_desk.services.next_version import next_version
from crsv_desk.services.publish import publish
from crsv_desk.services.remarks import comment
from tests.services.test_review import words_of
from tests.services.world import LEAD, LETTER, Coalition, coalition

ANANAS, BOSBES = NAMES = ("Stichting Ananas", "Vereniging Bosbes")
GENT, FRENCH = "Een gezant bij de Europese Unie.", LETTER.split("---\n", 2)[2].replace("Een gezant", "Un envoyé")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    with coalition(tmp_path, NAMES) as found:
        found.signed(corrections=True)
        found.secretariat.endorse("all", corrections=True)
        yield found


def draft_of(here: Coalition) -> Draft:
    draft = load_draft(here.secretariat.desk, here.secretariat.dossier)
    assert draft is not None
    return draft


def change(here: Coalition, *pairs: tuple[str, str], **front: object) -> tuple[str, ...]:
    """Ids of the blocks that the draft changes now."""
    draft = draft_of(here)
    body = draft.body
    for old, new in pairs:
        assert old in body
        body = body.replace(old, new)
    draft = replace(draft, body=body, front={**draft.front, **front})
    save_draft(here.secretariat.desk, draft)
    return next_version(here.secretariat.desk, draft).changed


def standings(here: Coalition) -> set[str]:
    return {row.standing for row in here.secretariat.status().values()}


def test_a_correction_names_every_paragraph_that_it_changes(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    first, second = change(here, ("Europese Unie", "EU"), ("Geld voor", "Meer geld voor"))
    for named in ((first,), (second,), (first, second, "b-nowhere")):
        with pytest.raises(UsageError, match="exactly the paragraphs"):
            publish(desk, dossier, correction=named)
    publish(desk, dossier, correction=(second, first), object_before="2026-05-24")
    assert standings(here) == {"endorsed"}


def test_who_objected_is_not_told_that_its_signature_still_counts(here: Coalition) -> None:
    office = here.partners[ANANAS]
    ids = change(here, ("Europese Unie", "EU"))
    file = publish(here.secretariat.desk, office.dossier, correction=ids, object_before="2026-05-24")
    for one in here.partners.values():
        one.take(file)

    def told() -> tuple[bool, bool, bool]:
        found = since_then(office.desk, office.dossier)
        assert found is not None
        return found.still_counts, found.objected, found.late

    assert told() == (True, False, False)
    office.take(comment(here.partners[BOSBES].desk, office.dossier, "objection", "Nee.").data)
    assert told() == (True, False, False)  # another's
    comment(office.desk, office.dossier, "objection", "Nee.")
    assert told() == (False, True, False)


def test_the_time_to_object_lies_ahead(here: Coalition) -> None:
    ids = change(here, ("Europese Unie", "EU"))
    with pytest.raises(UsageError, match="has passed already"):
        publish(here.secretariat.desk, here.secretariat.dossier, correction=ids, object_before="2026-05-19T12:00")
    publish(here.secretariat.desk, here.secretariat.dossier, correction=ids, object_before="2026-05-20T08:00")


def test_no_signature_is_said_to_go_on_counting_for_a_correction_that_hides_a_change(here: Coalition) -> None:
    """The partner's page judges as the secretariat's list does."""
    office, desk = here.partners[ANANAS], here.secretariat.desk
    before = here.secretariat.volume().state.current
    assert before is not None and isinstance(before.statement, Letter)
    ours = {"dossier", "signer", "time", "nonce", "seen", "files"}
    body = {one.name: getattr(before.statement, one.name) for one in fields(Letter) if one.name not in ours}
    body |= {
        "n": 2,
        "prev": (before.id,),
        "lead": "Een ander",
        "correction": Correction(before.statement.blocks[:1], ""),
    }
    files = here.secretariat.volume().packet(before.id).files
    office.take(issue(desk, Letter, office.dossier, files=files, **body).data)
    found = since_then(office.desk, office.dossier)
    assert found is not None and found.new == 2 and not found.still_counts and not found.objected
    assert here.secretariat.status()[ANANAS].standing == "endorsed an older version"


def test_a_correction_changes_nothing_around_the_paragraphs(here: Coalition) -> None:
    changed = change(here, ("Europese Unie", "EU"), salutation="Excellentie,")
    with pytest.raises(UsageError, match="new version"):
        publish(here.secretariat.desk, here.secretariat.dossier, correction=changed)
    publish(here.secretariat.desk, here.secretariat.dossier)
    assert standings(here) == {"endorsed an older version"}


def test_a_correction_that_hides_a_change_is_never_compiled(here: Coalition) -> None:
    """A secretariat's key that names one paragraph and changes another: signatures may seem to count, but no PDF says
    that those organisations stand behind the words."""
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    before = here.secretariat.volume().state.current
    assert before is not None
    named, hidden = change(here, ("Europese Unie", "EU"), ("Geld voor", "Wapens voor"))
    publish(desk, dossier)
    honest = here.secretariat.volume().state.current
    assert honest is not None and isinstance(honest.statement, Letter)
    files = here.secretariat.volume().packet(honest.id).files
    desk.store.erase_packet(honest.id)
    ours = {"dossier", "signer", "time", "nonce", "seen", "files"}
    body = {one.name: getattr(honest.statement, one.name) for one in fields(Letter) if one.name not in ours}
    issue(desk, Letter, dossier, files=files, **{**body, "correction": Correction((hidden,), "")})
    assert standings(here) == {"endorsed"} and named != hidden
    with pytest.raises(DeskError, match="does not fit"):
        compile_letter(desk, dossier)


def test_the_page_says_who_signed_which_version_and_the_words_in_every_language_that_binds(here: Coalition) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    french = Translation("fr", "Sur la violence", "Mesdames,", "Cordialement,", FRENCH, True)
    save_draft(desk, replace(draft_of(here), also=(french,)))
    publish(desk, dossier)
    here.secretariat.endorse("all", corrections=True)
    for office in here.partners.values():
        office.take(*(packet.data for packet in here.secretariat.volume().packets.values()))
    here.answered(ANANAS, here.partners[ANANAS].endorse("all", corrections=True))
    save_draft(desk, replace(draft_of(here), also=(replace(french, body=FRENCH.replace("envoyé", "délégué")),)))
    changed = change(here, ("Europese Unie", "EU"))
    publish(desk, dossier, correction=changed)
    here.partners[BOSBES].take(*(packet.data for packet in here.secretariat.volume().packets.values()))
    here.answered(BOSBES, here.partners[BOSBES].endorse("all"))
    compiled = compile_letter(desk, dossier)
    printed = words_of(compiled.pdf)
    sentence = f"{LEAD} en {ANANAS} ondertekenden versie 2 en stonden feitelijke correcties toe."
    told = printed[printed.index(sentence) :]
    assert BOSBES not in told[: told.index("Het zegel")]
    for words in (GENT, "Een gezant bij de EU.", "Un envoyé bij", "Un délégué bij"):
        assert words in told, words
    assert compiled.verification.holds
