"""Files come in by dropping, opening and pasting: a verdict for each, and one bad file never stops the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QProgressBar

from crsv_desk.domain.errors import Cancelled
from crsv_desk.domain.progress import Report, Step
from crsv_desk.services.remarks import comment
from crsv_desk.ui.secretariat.received import AT_ONCE, ReceivedPage, VerdictCard
from tests.services.world import Coalition
from tests.ui.bench import Bench, name_of

Sit = Callable[..., Bench]
ANANAS, BOSBES, CITROEN = "Stichting Ananas", "Vereniging Bosbes", "Fonds Citroen"


def _cards(bench: Bench) -> dict[str, VerdictCard]:
    page = bench.page
    assert isinstance(page, ReceivedPage)
    return {one.verdict.name: one for one in page.cards}


def test_a_dropped_folder_gives_a_verdict_and_a_next_step_for_each_file(
    here: Coalition, sit: Sit, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    (folder / "deeper").mkdir(parents=True)
    good = here.partners[ANANAS].endorse("all").data
    (folder / "a.crsv").write_bytes(good)
    (folder / "a (conflicted copy).crsv").write_bytes(good)
    (folder / "broken.crsv").write_bytes(here.partners[BOSBES].endorse("all").data[:-1])
    (folder / "holiday.jpg").write_bytes(b"\xff\xd8\xff not a picture either")
    (folder / "deeper" / "remark.crsv").write_bytes(
        comment(here.partners[CITROEN].desk, here.secretariat.dossier, "comment", "Graag een bron.").data
    )
    bench = sit(here.secretariat.desk)
    bench.drop(folder)
    assert bench.window.place == ("received", "")
    cards = _cards(bench)
    outcomes = {name: (one.verdict.outcome, one.button and one.button.text()) for name, one in cards.items()}
    assert outcomes == {
        "a.crsv": ("held apart", "Phone check"),
        "a (conflicted copy).crsv": ("held apart", "Phone check"),
        "broken.crsv": ("refused", "Ask for it again…"),
        "holiday.jpg": ("refused", "Ask for it again…"),
        "remark.crsv": ("held apart", "Phone check"),
    }
    assert all(name_of(one) for one in cards.values())
    assert bench.told[-1] == ("2 files were refused; the others were taken in.", "warn")
    assert bench.window.rail.buttons["received"].count == 2
    bench.push("Ask for it again")
    bench.push("Copy")
    assert "broken.crsv" in QGuiApplication.clipboard().text()


def test_of_many_files_those_in_sight_are_shown_at_once_and_the_others_follow(
    here: Coalition, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crsv_desk.ui.secretariat.received.MOST", 20)
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02d}.txt").write_text(f"Nothing of ours, {number}.")
    (folder / "99.crsv").write_bytes(here.partners[ANANAS].endorse("all").data)
    bench = sit(here.secretariat.desk)
    page = bench.go("received")
    assert isinstance(page, ReceivedPage)
    at_once: list[int] = []
    bench.session.told.connect(lambda *_told: at_once.append(len(page.cards)))
    bench.window.open_files([folder])
    bench.until(lambda: bench.has("Show more"))
    assert at_once == [AT_ONCE] and len(page.cards) == 20
    bench.push("Show more")
    bench.until(lambda: len(page.cards) == 31)
    assert [one.verdict.name for one in page.cards][-1] == "99.crsv", "what asks for something comes first"
    assert not bench.has("Show more")
    page.cards[-1].button.setFocus()  # type: ignore[union-attr]
    bench.press("Shift+Tab")
    assert page.cards[-2].isAncestorOf(bench.focus), "Tab passes them in their order"


def test_after_the_check_the_same_verdict_says_so(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    (tmp_path / "a.crsv").write_bytes(here.partners[ANANAS].endorse("all").data)
    bench = sit(here.secretariat.desk)
    bench.drop(tmp_path / "a.crsv")
    assert _cards(bench)["a.crsv"].verdict.outcome == "held apart"
    here.confirmed(ANANAS)
    bench.session.changed.emit()
    assert _cards(bench)["a.crsv"].verdict.sentence == "Taken in; its code was compared since."
    (tmp_path / "b.crsv").write_bytes(here.partners[ANANAS].endorse("all").data)
    bench.drop(tmp_path / "b.crsv")
    assert list(_cards(bench)) == ["b.crsv", "a.crsv"], "newest first"


def test_an_answer_pasted_as_text(here: Coalition, sit: Sit) -> None:
    packets = here.secretariat.desk.packets
    QGuiApplication.clipboard().setText(
        "Beste, hierbij:\n" + packets.to_text(here.partners[ANANAS].endorse("all").data)
    )
    bench = sit(here.secretariat.desk)
    bench.go("received")
    bench.press("Ctrl+V")
    assert bench.top is not bench.window
    bench.settle()
    bench.push("Take in")
    assert [one.verdict.organisation for one in _cards(bench).values()] == [ANANAS]
    bench.push("Paste text")
    bench.tab_to("Text of the message")
    bench.press("Ctrl+A", "Delete")
    bench.push("Take in")
    assert "Paste the text first." in bench.words()


def test_an_older_version_is_asked_again(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    from crsv_desk.services.publish import publish
    from crsv_desk.services.revise import revise
    from tests.services.world import LETTER

    here.signed((ANANAS,))
    late = here.partners[ANANAS].endorse("all")
    revise(here.secretariat.desk, here.secretariat.dossier, (LETTER + "\nErbij.\n").encode(), "letter.md")
    publish(here.secretariat.desk, here.secretariat.dossier)
    (tmp_path / "a.crsv").write_bytes(late.data)
    bench = sit(here.secretariat.desk)
    bench.drop(tmp_path / "a.crsv")
    bench.push("Ask for version 2")
    bench.push("Copy")
    assert "it is now version 2" in QGuiApplication.clipboard().text()


def test_progress_is_shown_and_cancel_stops_without_a_word(here: Coalition, sit: Sit) -> None:
    bench = sit(here.secretariat.desk)
    steps: list[int] = []

    def work(report: Report) -> None:
        for done in range(1_000_000):
            report(Step(done, 1_000_000, "Counting"))
            steps.append(done)

    bench.session.tasks.run("Counting", work, lambda _nothing: pytest.fail("it was to be stopped"))
    bench.until(lambda: bench.has("Counting"))
    bar = bench.find_a(QProgressBar, "Progress")
    bench.until(lambda: bar.value() > 0)
    bench.push("Cancel")
    assert not bench.session.tasks.busy
    assert 0 < len(steps) < 1_000_000
    assert bench.told == []
    assert not bar.isVisible()


def test_of_work_that_is_done_soon_nothing_is_shown(here: Coalition, sit: Sit) -> None:
    bench = sit(here.secretariat.desk)
    soon = bench.window.progress._soon
    soon.setInterval(60_000)  # however busy this machine is
    bench.session.tasks.run("Quick", lambda report: report(Step(1, 1, "Quick")), lambda _nothing: None)
    assert soon.isActive() and not bench.window.progress.isVisible()
    bench.settle()
    assert not soon.isActive() and not bench.window.progress.isVisible()


def test_work_that_stops_itself_is_silent(here: Coalition, sit: Sit) -> None:
    bench = sit(here.secretariat.desk)

    def work(report: Report) -> None:
        raise Cancelled

    bench.session.tasks.run("Stopping", work, lambda _nothing: None)
    bench.settle()
    assert bench.told == []


def test_a_name_that_may_imitate_another_is_said_where_its_code_is_compared(
    here: Coalition, sit: Sit, tmp_path: Path
) -> None:
    false = ANANAS.replace("a", "\u0430")  # Cyrillic
    stranger = here.world.partner(false, here.letter, here.secretariat)
    (tmp_path / "a.crsv").write_bytes(stranger.endorse("all").data)
    (tmp_path / "b.crsv").write_bytes(here.partners[BOSBES].endorse("all").data)
    bench = sit(here.secretariat.desk)
    bench.drop(tmp_path)
    warning = f"The name “{false}” mixes letters of several alphabets that look alike: it may imitate another."
    assert bench.words().count(warning) == 1
    for one, said in ((stranger, True), (here.partners[BOSBES], False)):
        bench.session.comparing = one.fingerprint
        bench.go("code", here.secretariat.dossier)
        bench.session.changed.emit()
        assert (warning in bench.words()) is said


def test_cards_that_wait_for_a_job_come_when_it_was_cancelled(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02d}.txt").write_text(f"Nothing of ours, {number}.")
    bench = sit(here.secretariat.desk)
    page = bench.go("received")
    assert isinstance(page, ReceivedPage)

    def work(report: Report) -> None:
        while True:
            report(Step(0, 1))

    def another(*_told: object) -> None:  # as soon as the first cards stand there
        bench.session.tasks.run("Working", work, lambda _nothing: pytest.fail("it was to be stopped"))

    bench.session.told.connect(another, Qt.ConnectionType.SingleShotConnection)
    bench.window.open_files([folder])
    bench.until(lambda: bench.has("Working"))
    assert len(page.cards) == AT_ONCE
    bench.tab_to("Cancel")
    bench.press("Space")
    bench.until(lambda: len(page.cards) == 30)
