"""After sending: who withdraws is named on a sealed page of its own, and what was sealed before stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from crsv_desk.domain.errors import DeskError
from crsv_desk.services.answering import withdraw
from crsv_desk.services.carry import carry_over
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.erratum import compile_erratum, prepare_erratum, seal_erratum
from crsv_desk.services.publish import publish
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verify import verify
from tests.pdf.validators import structure, vera
from tests.services.world import Coalition, coalition

ANANAS, BOSBES, CITROEN = NAMES = ("Stichting Ananas", "Vereniging Bosbes", "Fonds Citroen")


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[tuple[Coalition, bytes]]:
    """A letter that was sent: two by name beside the lead, one without."""
    with coalition(tmp_path, NAMES) as here:
        here.signed([ANANAS, BOSBES])
        here.answered(CITROEN, here.partners[CITROEN].endorse("none"))
        yield here, compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_bounded().split())
    finally:
        document.close()


def test_a_withdrawal_after_sending_becomes_an_erratum_and_the_letter_stays_whole(
    sent: tuple[Coalition, bytes], tmp_path: Path
) -> None:
    here, letter = sent
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.secretariat.take(withdraw(here.partners[ANANAS].desk, dossier).data)
    made = compile_erratum(desk, dossier)
    assert made.left == (ANANAS,) and made.verification.holds
    (file := tmp_path / "erratum.pdf").write_bytes(made.pdf)
    assert vera.failures(file) == [] and structure.problems(file) == []
    printed = words_of(made.pdf)
    assert ANANAS in printed and BOSBES in printed and CITROEN not in printed
    assert CITROEN.encode() not in made.pdf
    judge = here.world.office("Tweede Kamer")
    found = verify(judge.desk, Untrusted("erratum.pdf", made.pdf), here.secretariat.code)
    assert found.holds
    assert any("itself signed that it withdraws" in one.sentence for one in found.findings)
    assert verify(judge.desk, Untrusted("brief.pdf", letter), here.secretariat.code).holds
    assert not verify(judge.desk, Untrusted("erratum.pdf", made.pdf)).holds  # whose it is was not compared


def test_one_that_another_version_set_is_not_called_changed(
    sent: tuple[Coalition, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, _letter = sent
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.secretariat.take(withdraw(here.partners[ANANAS].desk, dossier).data)
    made = compile_erratum(desk, dossier)
    judge = here.world.office("Tweede Kamer")
    monkeypatch.setattr(type(desk.paper), "fonts_digest", lambda self: "0" * 64)
    found = verify(judge.desk, Untrusted("erratum.pdf", made.pdf), here.secretariat.code)
    assert (found.conclusion, found.pages, found.holds) == ("pages not compared", "not compared", True)
    monkeypatch.setattr("crsv_desk.pdf.likeness._bare", lambda texts: [object() for _text in texts])  # other words
    found = verify(judge.desk, Untrusted("erratum.pdf", made.pdf), here.secretariat.code)
    assert (found.conclusion, found.holds) == ("other words", False) and "changed" not in found.verdict


def test_made_again_it_is_the_same_page(sent: tuple[Coalition, bytes]) -> None:
    here, _letter = sent
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.secretariat.take(withdraw(here.partners[ANANAS].desk, dossier).data)
    assert words_of(compile_erratum(desk, dossier).pdf) == words_of(compile_erratum(desk, dossier).pdf)
    here.secretariat.take(withdraw(here.partners[BOSBES].desk, dossier).data)
    assert compile_erratum(desk, dossier).left == (BOSBES,)


def test_a_reason_stays_between_the_organisation_and_the_secretariat(sent: tuple[Coalition, bytes]) -> None:
    here, _letter = sent
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.secretariat.take(withdraw(here.partners[ANANAS].desk, dossier, "Bedreigingen aan ons adres.").data)
    made = compile_erratum(desk, dossier)
    assert made.verification.holds and "Bedreigingen" not in words_of(made.pdf)
    found = verify(here.partners[BOSBES].desk, Untrusted("erratum.pdf", made.pdf), here.secretariat.code)
    assert found.holds
    assert all(b"Bedreigingen" not in data for data in desk.paper.check(made.pdf).attachments.values())
    assert any("is declared by the secretariat" in one.sentence for one in found.findings)


def test_one_without_a_name_leaves_without_being_named(sent: tuple[Coalition, bytes]) -> None:
    here, _letter = sent
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.secretariat.take(withdraw(here.partners[CITROEN].desk, dossier).data)
    made = compile_erratum(desk, dossier)
    assert (made.left, made.unnamed) == ((), 1) and made.verification.holds and made.verification.withheld == 0
    everything = made.pdf + b"".join(desk.paper.check(made.pdf).attachments.values())
    assert CITROEN.encode() not in everything


def test_a_next_version_takes_nobody_out_of_the_letter_that_was_sent(sent: tuple[Coalition, bytes]) -> None:
    """Nor does a colleague who signs that one too, by name or without: only who says no leaves."""
    here, _letter = sent
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    draft = load_draft(desk, dossier)
    assert draft is not None
    save_draft(desk, replace(draft, body=draft.body.replace("drie dingen", "vier dingen")))
    file = publish(desk, dossier)
    for office in here.partners.values():
        office.take(file)
    with pytest.raises(DeskError, match="Nobody"):
        compile_erratum(desk, dossier)
    here.secretariat.take(carry_over(here.partners[CITROEN].desk, dossier).data)
    here.secretariat.take(withdraw(here.partners[ANANAS].desk, dossier).data)
    made = compile_erratum(desk, dossier)
    assert made.left == (ANANAS,) and made.verification.holds and made.verification.withheld == 1
    assert "zonder naam" in words_of(made.pdf) and "niet meer" not in words_of(made.pdf).split("Wat verandert")[0]


def test_there_is_no_erratum_without_a_letter_or_a_withdrawal(sent: tuple[Coalition, bytes], tmp_path: Path) -> None:
    here, _letter = sent
    with pytest.raises(DeskError):
        compile_erratum(here.secretariat.desk, here.secretariat.dossier)
    with coalition(tmp_path / "other", [ANANAS]) as other:
        other.signed()
        with pytest.raises(DeskError):
            compile_erratum(other.secretariat.desk, other.secretariat.dossier)


def test_a_changed_erratum_does_not_pass(sent: tuple[Coalition, bytes]) -> None:
    here, _letter = sent
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.secretariat.take(withdraw(here.partners[ANANAS].desk, dossier).data)
    pdf = bytearray(compile_erratum(desk, dossier).pdf)
    pdf[len(pdf) // 2] ^= 1
    found = verify(desk, Untrusted("erratum.pdf", bytes(pdf)))
    assert not found.whole and not found.holds


def test_two_errata_are_told_apart_and_both_belong_to_the_letter(sent: tuple[Coalition, bytes]) -> None:
    here, _letter = sent
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    made = []
    for name in (ANANAS, CITROEN, BOSBES):
        here.secretariat.take(withdraw(here.partners[name].desk, dossier).data)
        made.append(compile_erratum(desk, dossier))
    assert [one.number for one in made] == [1, 2, 3]
    judge = here.world.office("Tweede Kamer")
    for number, one in enumerate(made, start=1):
        printed = words_of(one.pdf)
        assert f"Erratum {number} " in printed
        assert "26 mei 2026" in printed, "each names the letter that was sent, not the erratum before"
        assert verify(judge.desk, Untrusted("erratum.pdf", one.pdf), here.secretariat.code).holds
        everything = one.pdf + b"".join(desk.paper.check(one.pdf).attachments.values())
        assert CITROEN.encode() not in everything
    assert "erratum 2" in words_of(made[2].pdf), "what it counts from"
    attached = desk.paper.check(made[2].pdf).attachments
    assert {"closing-before.crsv", "closing-before-2.crsv", "closing-before-3.crsv"} <= set(attached)


def test_a_letter_compiled_again_is_no_erratum(sent: tuple[Coalition, bytes]) -> None:
    here, _letter = sent
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.secretariat.take(withdraw(here.partners[ANANAS].desk, dossier).data)
    compile_letter(desk, dossier)
    with pytest.raises(DeskError):
        prepare_erratum(desk, dossier)  # nobody in that letter has left
    here.secretariat.take(withdraw(here.partners[BOSBES].desk, dossier).data)
    made = compile_erratum(desk, dossier)
    assert (made.left, made.number) == ((BOSBES,), 1)


def test_the_page_that_was_looked_at_is_the_one_that_is_sealed(sent: tuple[Coalition, bytes]) -> None:
    here, _letter = sent
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.secretariat.take(withdraw(here.partners[ANANAS].desk, dossier).data)
    closings = len(here.secretariat.volume().state.closings)
    prepared = prepare_erratum(desk, dossier)
    assert (prepared.left, prepared.unnamed, prepared.number) == ((ANANAS,), 0, 1)
    assert len(here.secretariat.volume().state.closings) == closings, "looking closes nothing"
    made = seal_erratum(desk, prepared)
    assert made.pdf.startswith(prepared.pages)
    assert len(here.secretariat.volume().state.closings) == closings + 1
    again = prepare_erratum(desk, dossier)
    assert again.decided.id == prepared.decided.id
    here.secretariat.take(withdraw(here.partners[BOSBES].desk, dossier).data)
    with pytest.raises(DeskError, match="look at the new pages"):
        seal_erratum(desk, again)
    stale = prepare_erratum(desk, dossier)
    here.secretariat.take(withdraw(here.partners[CITROEN].desk, dossier).data)
    with pytest.raises(DeskError, match="look at the new pages"):
        seal_erratum(desk, stale)
    assert len(here.secretariat.volume().state.closings) == closings + 1
