"""How one gets from home to the secretariat's pages, and what is said to wait there."""

from __future__ import annotations

from collections.abc import Callable

from crsv_desk.services.desk import Desk
from crsv_desk.services.overview import summary
from crsv_desk.services.remarks import comment
from crsv_desk.ui.letter_card import next_step, waits
from crsv_desk.ui.secretariat.bars import top_bars
from tests.services.world import Coalition
from tests.ui.bench import Bench, grab, name_of

Sit = Callable[[Desk], Bench]


def test_home_says_what_waits_for_the_secretariat_and_leads_there(here: Coalition, sit: Sit) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    assert not waits(summary(desk, dossier))
    partner = here.partners["Stichting Ananas"]
    here.secretariat.take(partner.endorse("all").data, comment(partner.desk, dossier, "comment", "Mooi.").data)
    bench = sit(desk)
    grab(bench.window, "home-secretariat")
    assert "1 waits for the phone check" in name_of(bench.find("Over conflictgerelateerd geweld"))
    assert bench.window.rail.buttons["received"].count == 1
    assert name_of(bench.window.rail.buttons["received"]) == "Received, 1 waits for the phone check"
    one = summary(desk, dossier)
    assert (waits(one), next_step(one).page) == (True, "partners")
    here.confirmed("Stichting Ananas")
    one = summary(desk, dossier)
    assert (one.to_confirm, one.open_remarks, next_step(one).page) == (0, 1, "comments")
    bench.session.changed.emit()
    assert bench.window.rail.buttons["received"].count == 0


def test_the_way_through_a_letter_is_named_and_counted(here: Coalition, sit: Sit) -> None:
    desk, dossier = here.secretariat.desk, here.secretariat.dossier
    here.secretariat.take(*(one.endorse("all").data for one in here.partners.values()))
    bench = sit(desk)
    bars = top_bars(bench.session, summary(desk, dossier), "partners")
    for bar in bars:
        bench.qtbot.addWidget(bar)
    names = {name: name_of(button) for name, button in bars[1].buttons.items()}  # type: ignore[attr-defined]
    assert names == {
        "text": "Text",
        "partners": "Partners, 3 wait for the phone check",
        "comments": "Comments",
        "compile": "Compile",
    }
