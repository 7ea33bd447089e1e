"""No traceback reaches a person: a sentence, and a report that holds no name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from crsv_desk.domain.progress import Report
from crsv_desk.ui import application
from crsv_desk.ui.secretariat.partners import PartnersPage
from tests.services.world import Coalition
from tests.ui.bench import Bench

Sit = Callable[..., Bench]
SECRET = "Stichting Geheim"


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "reports"
    monkeypatch.setattr("crsv_desk.app.reports.user_log_path", lambda *_args, **_named: folder)
    return folder


def _the_report(reports: Path) -> str:
    (path,) = reports.iterdir()
    return path.read_text()


def test_an_error_of_ours_in_the_work(here: Coalition, sit: Sit, reports: Path) -> None:
    bench = sit(here.secretariat.desk)

    def work(report: Report) -> None:
        raise ZeroDivisionError(SECRET)

    bench.session.tasks.run("Working", work, lambda _nothing: pytest.fail("it failed"))
    bench.settle()
    sentence, tone = bench.told[-1]
    assert tone == "bad"
    assert str(reports) in sentence
    assert "Traceback" not in sentence
    assert SECRET not in sentence
    report = _the_report(reports)
    assert "ZeroDivisionError" in report
    assert SECRET not in report


def test_an_error_of_ours_behind_a_button(
    here: Coalition, sit: Sit, reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_args: object) -> None:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr(PartnersPage, "ask_reminder", fail)
    bench = sit(here.secretariat.desk)
    bench.go("partners", here.secretariat.dossier)
    monkeypatch.setattr(sys, "excepthook", application.report_and_tell)
    bench.tab_to("Reminder")
    bench.press("Space")
    bench.until(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert str(reports) in box.text()
    assert SECRET not in box.text()
    assert SECRET not in _the_report(reports)
    box.close()
    assert "Traceback" not in capsys.readouterr().err
