"""The partner's main job by keyboard alone: open the letter, read, sign with a typed mark, save the file to send."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from crsv_desk.domain.statements import Endorsement
from crsv_desk.services.answering import latest_own
from crsv_desk.services.confirm import confirm
from crsv_desk.ui.letter.endorse import EndorsePage
from tests.services.world import Coalition
from tests.ui.bench import Bench, name_of

Sit = Callable[..., Bench]
NAME = "Platform Esdoorn"


def test_open_read_sign_and_save_by_keyboard(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    office = here.world.office(NAME, "Esther de Wit")
    office.dossier = here.secretariat.dossier
    (tmp_path / "brief.crsv").write_bytes(here.letter)
    bench = sit(office.desk)
    bench.press("Ctrl+O")
    bench.answer_file_dialog(tmp_path / "brief.crsv")
    assert bench.window.place == ("read", office.dossier)
    assert "It is not certain yet from whom this letter comes" in bench.words()
    bench.push("Phone check")
    bench.push("Both codes are the same")
    assert bench.window.place == ("read", office.dossier)

    bench.tab_to("Dit is de eerste alinea")
    bench.press("Down", "Down")
    assert name_of(bench.focus) == "Wij vragen om drie dingen, en wij vragen ze nu."
    assert "Paragraph 2 of 5" in bench.words()
    bench.press("Ctrl+Return")
    assert bench.window.place[0] == "endorse"

    bench.push("Sign and go on")
    assert "Choose what everybody may see." in bench.words()
    assert "Confirm that you may sign for your organisation." in bench.words()
    bench.tab_to("Draw")
    bench.press("Right")
    bench.tab_to("Name, role and organisation")
    bench.press("Space")
    bench.tab_to("I may sign on behalf of")
    bench.press("Space")
    bench.push("Sign and go on")
    assert bench.window.place[0] == "send"
    own = latest_own(office.desk, office.dossier)
    assert own is not None
    assert isinstance(own.statement, Endorsement)
    assert own.statement.mark == "typed"

    bench.push("Save to a stick or this computer")
    bench.answer_file_dialog(tmp_path / "antwoord.crsv")
    assert "Saved and checked" in bench.words()
    verdicts = here.secretariat.take((tmp_path / "antwoord.crsv").read_bytes())
    assert [one.outcome for one in verdicts] == ["held apart"]
    confirm(here.secretariat.desk, NAME, office.code)
    assert here.secretariat.status()[NAME].standing == "endorsed"


def test_nothing_that_matters_is_chosen_beforehand(here: Coalition, sit: Sit) -> None:
    partner = here.partners["Stichting Ananas"]
    bench = sit(partner.desk)
    bench.go("endorse", partner.dossier)
    page = bench.page
    assert page.visibility.shown is None  # type: ignore[attr-defined]
    assert not page.mandate.isChecked()  # type: ignore[attr-defined]
    assert bench.find_a(QLineEdit, "Organisation").isReadOnly()
    bench.push("Sign and go on")
    assert latest_own(partner.desk, partner.dossier) is None


def test_what_is_missing_is_brought_into_sight(here: Coalition, sit: Sit) -> None:
    partner = here.partners["Stichting Ananas"]
    bench = sit(partner.desk)
    page = bench.go("endorse", partner.dossier)
    assert isinstance(page, EndorsePage)
    choice = page.visibility.choices[0]
    assert choice.visibleRegion().isEmpty(), "it is not in sight beforehand"
    bench.press("Ctrl+Return")
    assert bench.focus is choice
    assert choice.visibleRegion().boundingRect() == choice.rect()
