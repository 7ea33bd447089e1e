"""The secretariat's main work in the window, by keyboard alone: receive, compare, declare, ask, take a word back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from crsv_desk.services.asking import current_call
from crsv_desk.services.book import open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.organisation import organisation_details
from crsv_desk.services.overview import summary
from crsv_desk.ui import dates
from crsv_desk.ui.secretariat.partners import PartnersPage
from crsv_desk.ui.secretariat.table import PartnersTable
from tests.services.world import LEAD, Coalition
from tests.ui.bench import Bench, grab

Sit = Callable[..., Bench]
ANANAS, BOSBES, CITROEN = "Stichting Ananas", "Vereniging Bosbes", "Fonds Citroen"


@pytest.fixture
def desk(here: Coalition) -> Desk:
    return here.secretariat.desk


def _table(bench: Bench) -> PartnersTable:
    page = bench.page
    assert isinstance(page, PartnersPage)
    return page.table


def _states(bench: Bench) -> dict[str, str]:
    """Organisation to state, as the table shows them."""
    model = _table(bench).filter
    return {str(model.index(at, 0).data()): str(model.index(at, 1).data()) for at in range(model.rowCount())}


def _on(bench: Bench, organisation: str) -> None:
    """Go to a row with the arrows."""
    bench.tab_to("Organisations")
    bench.press("Ctrl+Home")
    table = _table(bench)
    for _ in range(table.filter.rowCount()):
        if table.chosen is not None and table.chosen.organisation == organisation:
            return
        bench.press("Down")
    raise AssertionError(f"{organisation} is not in the table")


def test_receive_compare_and_count_by_keyboard_alone(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    file = tmp_path / "antwoord.crsv"
    file.write_bytes(here.partners[ANANAS].endorse("all").data)
    bench = sit(here.secretariat.desk)
    bench.press("Ctrl+O")
    bench.answer_file_dialog(file)
    assert bench.window.place == ("received", "")
    bench.push("Phone check")
    assert bench.window.place[0] == "code"
    assert here.partners[ANANAS].code.split()[0] in bench.words().replace(", ", "")
    bench.push("Both codes are the same")
    bench.push("Back")
    assert _states(bench)[ANANAS] == "Signed"
    assert "1 of 4 has signed" in bench.words()
    grab(bench.window, "partners-after-confirming")


def test_a_wrong_code_says_so_and_pins_nothing(here: Coalition, sit: Sit) -> None:
    here.secretariat.take(here.partners[ANANAS].endorse("all").data)
    bench = sit(here.secretariat.desk)
    bench.go("code", here.secretariat.dossier)
    bench.tab_to("Type the thirty digits")
    bench.type(here.partners[BOSBES].code)
    bench.push("Both codes are the same")
    assert "Stop. This is not the same code." in bench.words()
    assert "nothing was confirmed" in bench.words()
    assert here.secretariat.volume().state.members[ANANAS].certificates == frozenset()
    # An address or a voucher is no comparison of one's own: digits are asked for.
    bench.tab_to("How you compare")
    bench.press("End")
    bench.tab_to("Type the thirty digits")
    bench.press("Ctrl+A", "Delete")
    bench.push("Both codes are the same")
    assert "Type the digits that you were given." in bench.words()
    assert here.secretariat.volume().state.members[ANANAS].certificates == frozenset()
    bench.type(here.partners[ANANAS].code.replace(" ", "-"))
    bench.tab_to("Answers at most for so many others")
    bench.type("12")
    bench.push("Both codes are the same")
    opening = here.secretariat.volume().state.members[ANANAS].openings[-1]
    found = {(one.basis, one.voucher) for one in here.secretariat.volume().state.members[ANANAS].openings}
    assert ("vouched", 12) in found, opening


def test_enter_never_confirms_a_code(here: Coalition, sit: Sit) -> None:
    here.secretariat.take(here.partners[ANANAS].endorse("all").data)
    bench = sit(here.secretariat.desk)
    bench.go("code", here.secretariat.dossier)
    bench.press("Return", "Ctrl+Return", "Enter")
    bench.settle()
    assert here.secretariat.volume().state.members[ANANAS].certificates == frozenset()


def test_add_organisations_from_typed_lines(here: Coalition, sit: Sit, desk: Desk) -> None:
    bench = sit(desk)
    bench.go("partners", here.secretariat.dossier)
    bench.push("Add organisations")
    bench.press("Tab", "Shift+Tab")
    for line in ("Vrouwen, Recht en Vrede", "Netwerk Dadel; BE", "", 'Platform "Esdoorn", Gent'):
        bench.type(line)
        bench.press("Return")
    bench.push("Add")
    assert _states(bench)["Netwerk Dadel"] == "Asked, no answer"
    members = here.secretariat.volume().state.members
    new = {name: members[name].country for name in members if name not in (LEAD, ANANAS, BOSBES, CITROEN)}
    assert new == {"Vrouwen, Recht en Vrede": "", "Netwerk Dadel": "BE", 'Platform "Esdoorn", Gent': ""}
    assert bench.told[-1] == ("3 organisations were added.", "ok")


def test_a_list_is_shown_in_the_lines_as_it_was_read(here: Coalition, sit: Sit, desk: Desk, tmp_path: Path) -> None:
    bench = sit(desk)
    bench.go("partners", here.secretariat.dossier)
    bench.push("Add organisations")
    (tmp_path / "lijst.csv").write_text('organisatie,land\n"Vrouwen, Recht en Vrede",NL\n')
    bench.tab_to("Take them from a list")
    bench.press("Space")
    bench.answer_file_dialog(tmp_path / "lijst.csv")
    bench.push("Add")
    assert here.secretariat.volume().state.members["Vrouwen, Recht en Vrede"].country == "NL"


def test_a_list_with_a_mistake_adds_nobody(here: Coalition, sit: Sit, desk: Desk, tmp_path: Path) -> None:
    bench = sit(desk)
    bench.go("partners", here.secretariat.dossier)
    before = set(_states(bench))
    bench.push("Add organisations")
    (tmp_path / "lijst.csv").write_text("organisation;country\nStichting Nieuw;NL\nStichting Nieuw;NL\n")
    bench.tab_to("Take them from a list")
    bench.press("Space")
    bench.answer_file_dialog(tmp_path / "lijst.csv")
    assert "names Stichting Nieuw twice" in bench.words()
    bench.press("Escape")
    assert set(_states(bench)) == before


def test_declare_an_answer_by_keyboard(here: Coalition, sit: Sit, desk: Desk, tmp_path: Path) -> None:
    bench = sit(desk)
    bench.go("partners", here.secretariat.dossier)
    (tmp_path / "brief.pdf").write_bytes(b"a scan")
    bench.push("Declare an answer")
    bench.tab_to("Organisation")
    bench.press("Ctrl+A")
    bench.type(CITROEN)
    bench.tab_to("Declare")
    bench.press("Space")
    assert "Choose what was answered." in bench.words()
    bench.tab_to("It signs the letter")
    bench.press("Space")
    bench.tab_to("Choose the proof")
    bench.press("Space")
    bench.answer_file_dialog(tmp_path / "brief.pdf")
    grab(bench.top, "attest-filled")
    bench.push("Declare")
    assert _states(bench)[CITROEN] == "Declared by the secretariat"
    row = organisation_details(desk, here.secretariat.dossier, CITROEN).answers[0]
    assert (row.kind, row.note) == ("attestation", "mail")
    assert summary(desk, here.secretariat.dossier).endorsed == 0


def test_deadline_and_contact_reach_partners_in_the_letters_file(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    dossier = here.secretariat.dossier
    bench = sit(here.secretariat.desk)
    bench.go("partners", dossier)
    bench.push("Deadline and contact")
    bench.tab_to("There is a deadline")
    bench.press("Space")
    bench.tab_to("Contact")
    bench.type("brief@voorbeeld.nl")
    bench.push("Sign and keep")
    bench.push("Save the letter's file")
    bench.answer_file_dialog(tmp_path / "brief.crsv")
    partner = here.partners[ANANAS]
    partner.take((tmp_path / "brief.crsv").read_bytes())
    assert current_call(partner.desk, dossier) == current_call(here.secretariat.desk, dossier)
    assert current_call(partner.desk, dossier)[1] == "brief@voorbeeld.nl"
    assert summary(partner.desk, dossier).deadline


def test_take_a_keys_word_back_and_keep_one_answer(here: Coalition, sit: Sit) -> None:
    here.signed((ANANAS, BOSBES))
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    bench = sit(desk)
    bench.go("partners", dossier)
    for name, keep in ((ANANAS, False), (BOSBES, True)):
        _on(bench, name)
        bench.press("Return")
        bench.push("Take this key's word back")
        if keep:
            bench.tab_to("Version 1")
            bench.press("Space")
        bench.push("Take its word back")
    assert _states(bench)[BOSBES] == "Signed"
    assert _states(bench)[ANANAS] == "Asked, no answer"
    row = organisation_details(desk, dossier, ANANAS).answers[0]
    assert (row.effect, row.note) == ("not counted", "The secretariat has revoked the key that signed this.")


def test_search_filters_and_the_reminder(here: Coalition, sit: Sit) -> None:
    here.signed((ANANAS,))
    bench = sit(here.secretariat.desk)
    bench.go("partners", here.secretariat.dossier)
    assert set(_states(bench)) == {ANANAS, BOSBES, CITROEN, LEAD}
    bench.press("Ctrl+F")
    assert isinstance(bench.focus, QLineEdit)
    bench.type("xyz")
    assert "Nothing found" in bench.words()
    bench.press("Ctrl+A")
    bench.type("CITRO")
    assert set(_states(bench)) == {CITROEN}
    bench.press("Ctrl+A", "Delete")
    bench.tab_to("All 4")
    bench.press("Right")
    assert set(_states(bench)) == {ANANAS, LEAD}
    bench.push("Reminder")
    bench.push("Copy")
    words = QGuiApplication.clipboard().text()
    assert f"To: {CITROEN}, {BOSBES}" in words or f"To: {BOSBES}, {CITROEN}" in words
    assert ANANAS not in words
    assert "conflictgerelateerd" not in words, "a message tells nothing of the letter"


def test_withheld_names_can_be_hidden_from_who_looks_along(here: Coalition, sit: Sit) -> None:
    here.secretariat.endorse("all")
    here.answered(ANANAS, here.partners[ANANAS].endorse("none"))
    bench = sit(here.secretariat.desk)
    bench.go("partners", here.secretariat.dossier)
    assert _states(bench)[ANANAS] == "Signed"
    bench.push("Hide withheld names")
    assert "Name withheld" in _states(bench)
    for at in range(_table(bench).filter.rowCount()):
        for column in range(5):
            index = _table(bench).filter.index(at, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
                assert ANANAS not in str(index.data(role))
    assert ANANAS not in bench.words()
    bench.press("Ctrl+F")
    bench.type("ananas")
    assert _states(bench) == {}
    bench.press("Ctrl+A", "Delete")
    _on(bench, ANANAS)
    bench.press("Return")
    assert bench.top is bench.window
    assert "Withheld names are hidden now" in bench.told[-1][0]


def test_contradictions_are_shown_with_all_answers(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    here.signed((ANANAS,))
    second = here.world.partner(ANANAS, here.letter, here.secretariat)
    from crsv_desk.services.answering import decline
    from crsv_desk.services.confirm import confirm

    here.secretariat.take(decline(second.desk, second.dossier, "Het bestuur wil niet.").data)
    confirm(here.secretariat.desk, ANANAS, second.code)
    bench = sit(here.secretariat.desk)
    bench.go("partners", here.secretariat.dossier)
    assert _states(bench)[ANANAS] == "Contradicts itself"
    assert f"contradict each other: {ANANAS}" in bench.words()
    _on(bench, ANANAS)
    bench.press("Return")
    assert "Reason: Het bestuur wil niet." in bench.words()
    assert "Signature for version 1" in bench.words()
    assert len(open_volume(here.secretariat.desk, here.secretariat.dossier).state.members[ANANAS].certificates) == 2


def test_rows_are_sorted_by_keyboard_and_the_chosen_one_stays(here: Coalition, sit: Sit) -> None:
    here.signed((ANANAS,))
    bench = sit(here.secretariat.desk)
    bench.go("partners", here.secretariat.dossier)
    _on(bench, CITROEN)
    before = list(_states(bench))
    QApplication.sendEvent(
        _table(bench),
        QContextMenuEvent(
            QContextMenuEvent.Reason.Keyboard, _table(bench).rect().center(), _table(bench).mapToGlobal(QPoint(5, 5))
        ),
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == "Sort by: State")
    menu.setActiveAction(action)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert list(_states(bench)) != before
    assert list(_states(bench).values())[:2] == ["Signed", "Signed"]
    chosen = _table(bench).chosen
    assert chosen is not None
    assert chosen.organisation == CITROEN


def test_in_dutch_all_columns_fit_and_no_name_is_cut(here: Coalition, sit: Sit) -> None:
    here.signed((BOSBES,))
    dates.speak("nl")
    bench = sit(here.secretariat.desk)
    bench.go("partners", here.secretariat.dossier)
    table = _table(bench)
    assert table.horizontalScrollBar().maximum() == 0
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance("WO=MEN, Dutch Gender Platform") + 24
