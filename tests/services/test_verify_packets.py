"""A packet checked: what is proved, by whom, for which text, and what is only claimed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crsv_desk.app.compose import desk_for_checking
from crsv_desk.domain.codes import spoken
from crsv_desk.services.answering import decline
from crsv_desk.services.desk import Desk
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import verify
from tests.services.hands import colleague, forged_endorsement, newer, stranger
from tests.services.world import DRAWN, Coalition, coalition

ANANAS, BOSBES = NAMES = ("Stichting Ananas", "Vereniging Bosbes")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coalition]:
    with coalition(tmp_path_factory.mktemp("verify"), NAMES) as found:
        yield found


NOBODY = desk_for_checking()


def check(data: bytes, desk: Desk = NOBODY, code: str = "") -> Verification:
    return verify(desk, Untrusted("x.crsv", data), code)


def told(one: Verification) -> str:
    return " ".join(finding.sentence for finding in one.findings)


def letter_of(here: Coalition) -> str:
    current = here.secretariat.volume().state.current
    assert current is not None
    return current.id


def test_an_endorsement_says_by_whom_for_which_text_and_what_is_claimed(here: Coalition) -> None:
    partner = here.partners[ANANAS]
    out = partner.endorse("all", mark=DRAWN)
    text = spoken(letter_of(here))
    found = check(out.data)
    assert (found.whole, found.whose, found.holds) == (True, False, False)
    assert f"{ANANAS}: an endorsement on the text with code {text}" in told(found) and "(claimed)" in told(found)
    assert f"It says it is from {ANANAS}; compare the code {partner.code}" in told(found)
    [row] = found.endorsements
    assert (row.organisation, row.people, row.holds, row.code) == (ANANAS, ("Persoon 2",), False, partner.code)
    assert text in row.sentence and "not compared" in row.sentence
    # With the code that somebody compared.
    known = check(out.data, code=partner.code)
    assert known.holds and known.endorsements[0].holds and f"it is from {ANANAS}" in known.verdict
    assert not check(out.data, code=here.secretariat.code).whose
    # Where the text is known it has a name and a number.
    here.answered(ANANAS, out)
    at_home = check(out.data, here.secretariat.desk)
    assert at_home.holds and "version 1 of “Over conflictgerelateerd geweld”" in at_home.endorsements[0].sentence


def test_the_letters_file_is_from_its_secretariat_however_many_laptops_that_has(
    here: Coalition, tmp_path: Path
) -> None:
    with coalition(tmp_path, NAMES[:1]) as other:
        second = colleague(other)
        other.secretariat.endorse("all")
        second.take(*(packet.data for packet in other.secretariat.volume().packets.values()))
        file = letter_file_for_partners(second.desk, second.dossier)
        assert check(file, code=other.secretariat.code).holds
        assert not check(file).whose
        assert not check(file, code=second.code).whose  # being listed proves nothing of who began it
        assert check(file, other.partners[ANANAS].desk).holds
        assert check(publish(other.secretariat.desk, second.dossier), code=other.secretariat.code).holds


def test_knowing_the_secretariat_tells_nothing_of_others_in_the_file(here: Coalition) -> None:
    desk = here.secretariat.desk
    false = stranger(desk, here.secretariat.dossier, letter_of(here), ANANAS)
    together = desk.packets.bundle([*desk.packets.members(here.letter), false])
    for found in (check(together, code=here.secretariat.code), check(together, here.partners[BOSBES].desk)):
        assert found.whole and not found.whose
        [row] = found.endorsements
        assert not row.holds and "not compared" in row.sentence
    assert check(here.letter, code=here.secretariat.code).holds


def test_an_endorsement_in_anothers_name_does_not_hold_whoever_is_known(here: Coalition) -> None:
    partner = here.partners[BOSBES]
    data = forged_endorsement(partner.desk, partner.dossier, letter_of(here), ANANAS)
    [row] = check(data, code=partner.code).endorsements
    assert not row.holds and f"in the name of {ANANAS}, but the key says it is {BOSBES}" in row.sentence


def test_other_answers_say_for_which_text_too(here: Coalition) -> None:
    partner = here.partners[BOSBES]
    found = check(decline(partner.desk, partner.dossier, "Nee.").data, here.secretariat.desk)
    assert "an answer that it does not sign on version 1" in told(found)


def test_of_the_organisation_only_the_day_is_told_and_nobody_named(here: Coalition) -> None:
    out = here.partners[BOSBES].endorse("organisation", mark=DRAWN)
    found = check(out.data)
    [row] = found.endorsements
    assert row.people == () and len(row.time) == len("2026-05-20")
    assert "T00:00:00Z" not in told(found) and "sealed for the secretariat alone" in told(found)


def test_what_cannot_be_checked_says_why(here: Coalition) -> None:
    partner, sec = here.partners[BOSBES], here.secretariat
    sealed = partner.endorse("none").data
    assert "sealed for somebody else" in check(sealed).verdict
    assert check(sealed, sec.desk).whole
    good = partner.endorse("all").data
    changed = good.replace(b"Vereniging", b"Verenigang")
    for says, data in (("ask the sender", changed), ("neither a CRSV Desk file nor a PDF", b"hello")):
        found = check(data)
        assert says in found.verdict and not found.whole and not found.whose and not found.holds
    assert "CRSV Desk 4 and was not read" in told(check(newer(sec.desk, sec.dossier, 4)))
    as_text = sec.desk.packets.to_text(good).encode()
    assert check(as_text, code=partner.code).holds
