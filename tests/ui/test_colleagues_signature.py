"""Two people of one partner: what one signed, the other takes back at its own window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crsv_desk.domain.paper import Person
from crsv_desk.services.answering import colleagues_signature
from crsv_desk.services.confirm import confirm
from tests.services.world import Coalition, Office
from tests.ui.bench import Bench, grab

Sit = Callable[..., Bench]
ANANAS = "Stichting Ananas"


def deputy(here: Coalition, signed: bytes) -> Office:
    """A second computer of the partner, on which the first's file was opened."""
    office = here.world.partner(ANANAS, here.letter, here.secretariat)
    assert colleagues_signature(office.desk, office.dossier) is None
    office.take(signed)
    return office


def test_a_colleagues_signature_is_taken_back_where_one_looks_for_it(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    first = here.partners[ANANAS]
    out = first.endorse("all", people=(Person("D. Director", "directeur"),))
    here.answered(ANANAS, out)
    second = deputy(here, out.data)
    bench = sit(second.desk)
    bench.go("endorse", second.dossier)
    assert f"D. Director signed for {ANANAS} on another computer" in bench.words()
    grab(bench.window, "colleague-endorse")
    bench.go("send", second.dossier)
    assert f"D. Director signed for {ANANAS} on another computer" in bench.words()
    grab(bench.window, "colleague-send")
    bench.push("Take that signature back…")
    said = bench.words()
    assert "Take your colleague's signature back?" in said
    assert f"What D. Director signed then counts no more: {ANANAS} stands below no version until somebody" in said
    grab(bench.top, "colleague-back")
    bench.press("Escape")
    bench.settle()
    assert colleagues_signature(second.desk, second.dossier) is not None
    assert here.secretariat.status()[ANANAS].standing == "endorsed"
    bench.push("Take that signature back…")
    bench.push("Take back and go on")
    assert bench.window.place[0] == "send"
    assert "on another computer" not in bench.words()
    bench.push("Save to a stick or this computer…")
    bench.answer_file_dialog(tmp_path / "terug.crsv")
    here.secretariat.take((tmp_path / "terug.crsv").read_bytes())
    confirm(here.secretariat.desk, ANANAS, second.code)
    row = here.secretariat.status()[ANANAS]
    assert (row.standing, row.several) == ("withdrawn", 1)


def test_whoever_signed_too_is_told_that_both_go(here: Coalition, sit: Sit) -> None:
    first = here.partners[ANANAS]
    second = here.world.partner(ANANAS, here.letter, here.secretariat)
    second.endorse("all")
    second.take(first.endorse("organisation").data)
    found = colleagues_signature(second.desk, second.dossier)
    assert found is not None and (found.people, found.beside_own) == ((), True)
    bench = sit(second.desk)
    bench.go("send", second.dossier)
    assert f"A colleague signed for {ANANAS} on another computer" in bench.words()
    bench.push("Take the signature back…")
    said = bench.words()
    assert "Take your signature back?" in said and "What your colleague signed then counts no more" in said


def test_nothing_is_offered_where_nobody_else_signed(here: Coalition, sit: Sit) -> None:
    office = here.partners[ANANAS]
    office.take(here.partners["Fonds Citroen"].endorse("all").data)
    bench = sit(office.desk)
    for page in ("endorse", "send"):
        bench.go(page, office.dossier)
        assert "on another computer" not in bench.words()
    office.endorse("all")
    bench.session.changed.emit()
    assert "on another computer" not in bench.words()
