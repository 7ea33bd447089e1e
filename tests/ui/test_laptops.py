"""A colleague's laptop joins the secretariat in the window, by keyboard; and is taken away again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crsv_desk.services.colleague import laptops
from crsv_desk.services.confirm import confirm
from crsv_desk.services.overview import summary
from tests.services.world import LEAD, Coalition
from tests.ui.bench import Bench, grab

Sit = Callable[..., Bench]


def test_a_second_laptop_by_keyboard(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    second = here.world.office(LEAD, "Tweede Persoon")
    dossier = here.secretariat.dossier
    there = sit(second.desk)
    there.go("settings")
    there.push("Save this laptop's card")
    there.answer_file_dialog(tmp_path / "laptop.json")
    there.window.hide()

    bench = sit(here.secretariat.desk)
    bench.go("partners", dossier)
    bench.push("Secretariat")
    bench.tab_to("Add a laptop")
    bench.press("Space")
    bench.answer_file_dialog(tmp_path / "laptop.json")
    bench.tab_to("Type the thirty digits")
    bench.type(here.secretariat.code)
    bench.push("Add this laptop")
    assert "nothing was added" in bench.words()
    bench.tab_to("Type the thirty digits")
    bench.press("Ctrl+A")
    bench.type(second.code)
    grab(bench.top, "add-laptop")
    bench.push("Add this laptop")
    assert len(laptops(here.secretariat.desk, dossier)) == 2

    bench.push("Secretariat")
    grab(bench.top, "laptops")
    bench.tab_to("Save the file for colleagues")
    bench.press("Space")
    bench.answer_file_dialog(tmp_path / "alles.age")
    second.take((tmp_path / "alles.age").read_bytes())
    assert not summary(second.desk, dossier).secretariat  # not before it knows whose letter it is
    confirm(second.desk, LEAD, here.secretariat.code)
    assert summary(second.desk, dossier).secretariat

    bench.push("Secretariat")
    bench.push("Take this laptop's word back")
    bench.push("Take its word back")
    assert [one.own for one in laptops(here.secretariat.desk, dossier)] == [True]
