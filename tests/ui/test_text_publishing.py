"""Who may open withheld answers is named when a version is published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.identity import own_identity
from crsv_desk.ui.secretariat.text import TextPage
from crsv_desk.ui.secretariat.text_frame import PUBLISH
from tests.services.world import Coalition
from tests.ui.bench import Bench

Sit = Callable[..., Bench]


def test_a_voucher_is_named_as_one_to_whom_answers_can_be_sealed(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    sec, voucher = here.secretariat, here.partners["Stichting Ananas"]
    key = voucher.desk.sealing.recipient(own_identity(voucher.desk).age_secret)
    office = sit(voucher.desk)
    office.go("settings")
    assert office.find("Key to which others seal for you").property("text") == key
    office.close()
    draft = load_draft(sec.desk, sec.dossier)
    assert draft is not None
    save_draft(sec.desk, draft.with_body(draft.language, draft.body.replace("drie dingen", "vier dingen")))
    bench = sit(sec.desk)
    page = bench.go("text", sec.dossier)
    assert isinstance(page, TextPage)
    page.tabs.choose(PUBLISH)
    page.publishing.choices[0].setFocus()
    bench.press("Space")
    bench.tab_to("Name of a voucher")
    bench.type("Stichting Ananas")
    bench.tab_to("Key of the voucher")
    bench.type("age1nothing")
    bench.press("Ctrl+Return")
    bench.settle()
    assert "not an age recipient" in bench.told[-1][0]
    bench.tab_to("Key of the voucher")
    bench.press("Ctrl+A")
    bench.type(key)
    bench.press("Ctrl+Return")
    bench.answer_file_dialog(tmp_path / "versie-2.crsv")
    current = sec.volume().state.current
    assert current is not None
    readers = {(one.role, one.name, one.recipient) for one in sec.volume().letter(current.id).seal_to}
    assert ("voucher", "Stichting Ananas", key) in readers
