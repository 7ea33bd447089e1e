"""The test ground of the window: one application, offscreen; a real desk; no Qt warning and no thread left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crsv_desk.services.desk import Desk
from crsv_desk.ui import dates, theme
from crsv_desk.ui.fonts import load_fonts
from crsv_desk.ui.theme import Theme
from tests.services.world import Coalition, coalition
from tests.ui.bench import Bench

PARTNERS = ("Stichting Ananas", "Vereniging Bosbes", "Fonds Citroen")


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with its fonts."""
    load_fonts()
    return qapp


@pytest.fixture(autouse=True)
def _ground(dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test begins in English, light, at 100 %, with its reports in a folder of its own; and leaves no thread."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    dates.speak("en")
    theme.apply(dressed, Theme())
    before = {one for one in threading.enumerate() if not isinstance(one, threading._DummyThread)}
    yield
    dates.speak("en")  # also for tests that come next and open no window
    after = {one for one in threading.enumerate() if not isinstance(one, threading._DummyThread)}
    assert after <= before, f"threads left behind: {after - before}"
    assert QThreadPool.globalInstance().activeThreadCount() == 0


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Coalition]:
    """A published letter, its secretariat and three partners that have opened it."""
    with coalition(tmp_path / "world", PARTNERS) as found:
        yield found


@pytest.fixture
def sit(qtbot: QtBot) -> Iterator[Callable[[Desk], Bench]]:
    """Opens a window on a desk."""
    benches: list[Bench] = []

    def open_window(desk: Desk, size: tuple[int, int] = (1280, 800)) -> Bench:
        benches.append(Bench(qtbot, desk, size))
        return benches[-1]

    yield open_window
    for bench in benches:
        bench.close()
