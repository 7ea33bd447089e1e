"""Before a letter is on the screen: who you are, the passphrase, a workspace that is open elsewhere; and what was half
filled in when the program was killed."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from crsv_desk.app.compose import create_desk, open_desk
from crsv_desk.services.identity import create_identity, own_identity
from crsv_desk.services.receive import Untrusted, receive
from crsv_desk.ui.application import Opening
from tests.services.world import Coalition
from tests.ui.bench import Bench, grab, name_of

Sit = Callable[..., Bench]
PASSPHRASE = "vier woorden op een rij"


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crsv_desk.ui.first_run.keyring_works", lambda: False)
    monkeypatch.delenv("CRSV_DESK_PASSPHRASE_FILE", raising=False)


@pytest.fixture
def begin(qtbot: QtBot, no_keyring: None) -> Iterator[Callable[[Path], Opening]]:
    """Starts the program on a folder."""
    openings: list[Opening] = []

    def start(folder: Path) -> Opening:
        openings.append(Opening(folder, []))
        return openings[-1]

    yield start
    for opening in openings:
        for window in (opening.start, opening.window):
            if window is not None:
                window.close()
        opening.close()


def _words(top: QWidget) -> str:
    return "\n".join(name_of(one) for one in top.findChildren(QWidget) if one.isVisible())


def _type(name: str, text: str, top: QWidget) -> None:
    line = next(one for one in top.findChildren(QLineEdit) if one.isVisible() and name_of(one) == name)
    line.setFocus()
    QTest.keyClicks(line, text)


def _enter() -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)


def test_the_first_run_asks_who_you_are_and_makes_a_workspace(
    begin: Callable[[Path], Opening], qtbot: QtBot, tmp_path: Path
) -> None:
    opening = begin(tmp_path / "new")
    start = opening.start
    assert start is not None
    with qtbot.waitActive(start):
        start.activateWindow()
    qtbot.waitUntil(lambda: not start.tasks.busy)
    grab(start, "first-run")
    _enter()
    assert "Fill in the name of your organisation." in _words(start)
    assert "Choose at least 12 characters." in _words(start)
    for name, text in (("Organisation", "Stichting Ananas"), ("Your name", "A. de Wit"), ("Your role", "directeur")):
        _type(name, text, start)
    _type("Passphrase", PASSPHRASE, start)
    _type("The same passphrase again", PASSPHRASE + "!", start)
    _enter()
    assert "The two passphrases differ" in _words(start)
    line = next(one for one in start.findChildren(QLineEdit) if name_of(one) == "The same passphrase again")
    line.clear()
    _type("The same passphrase again", PASSPHRASE, start)
    _enter()
    qtbot.waitUntil(lambda: opening.window is not None, timeout=20_000)
    assert opening.window is not None
    assert own_identity(opening.window.session.desk).organisation == "Stichting Ananas"
    assert PASSPHRASE.encode() not in b"".join(one.read_bytes() for one in (tmp_path / "new").iterdir())


def test_a_wrong_passphrase_is_a_sentence_and_the_right_one_opens(
    begin: Callable[[Path], Opening], qtbot: QtBot, tmp_path: Path
) -> None:
    desk = create_desk(tmp_path / "old", PASSPHRASE)
    create_identity(desk, "Stichting Ananas", "A. de Wit", "directeur")
    desk.store.close()
    opening = begin(tmp_path / "old")
    start = opening.start
    assert start is not None
    with qtbot.waitActive(start):
        start.activateWindow()
    grab(start, "unlock")
    _type("Passphrase", "iets anders dan dat", start)
    assert "Opening your letters…" not in _words(start)
    _enter()
    assert "Opening your letters…" in _words(start), "said at once, whatever the opening takes"
    qtbot.waitUntil(lambda: not start.tasks.busy, timeout=20_000)
    assert "This passphrase does not open the workspace" in _words(start)
    assert opening.window is None
    _type("Passphrase", PASSPHRASE, start)  # the wrong one is selected, so typing replaces it
    _enter()
    qtbot.waitUntil(lambda: opening.window is not None, timeout=20_000)


def test_a_workspace_that_another_process_has_open_is_a_sentence(
    begin: Callable[[Path], Opening], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, secret = tmp_path / "old", tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n")
    desk = create_desk(folder, PASSPHRASE)
    create_identity(desk, "Stichting Ananas", "A. de Wit", "directeur")
    desk.store.close()
    code = "import sys; from pathlib import Path; from crsv_desk.app.compose import open_desk\n"
    code += "desk = open_desk(Path(sys.argv[1]), lambda: sys.argv[2]); print('open', flush=True); sys.stdin.read()"
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(folder), PASSPHRASE], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdin is not None
    assert other.stdout is not None
    try:
        assert other.stdout.readline() == b"open\n"
        monkeypatch.setenv("CRSV_DESK_PASSPHRASE_FILE", str(secret))
        opening = begin(folder)
        start = opening.start
        assert start is not None
        qtbot.waitUntil(lambda: "Your letters cannot be opened now" in _words(start), timeout=20_000)
        grab(start, "second-process")
        assert "Nothing was changed or lost." in _words(start)
        assert "Traceback" not in _words(start)
        with qtbot.waitActive(start):
            start.activateWindow()
    finally:
        other.stdin.close()
        other.wait(timeout=20)
    _enter()  # on "Try again", which has the focus
    qtbot.waitUntil(lambda: opening.window is not None, timeout=20_000)


def test_a_large_letter_is_kept_for_the_next_start_behind_this_one_and_at_the_end(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: Coalition
) -> None:
    folder, secret = tmp_path / "large", tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("CRSV_DESK_PASSPHRASE_FILE", str(secret))
    monkeypatch.setattr("crsv_desk.services.kept.LARGE", 1)
    monkeypatch.setattr("crsv_desk.services.kept.FEW", 0)
    desk = create_desk(folder, PASSPHRASE)
    create_identity(desk, "Stichting Ananas", "A. de Wit", "directeur")
    receive(desk, [Untrusted("letter.crsv", here.letter)])
    [dossier] = desk.store.dossiers()
    assert desk.store.kept(dossier) is None
    desk.store.close()

    def kept() -> tuple[bytes, bool]:
        assert opening.window is not None
        found = opening.window.session.desk.store.kept(dossier)
        return (found[1], not found[2]) if found else (b"", False)

    opening = Opening(folder, [])
    qtbot.waitUntil(lambda: opening.window is not None and kept()[1], timeout=20_000)
    before, _ = kept()
    assert opening.window is not None
    _, volume = opening.window.session.desk.shelf.volumes[dossier]
    assert "read ahead" in volume.derived, "what the other pages ask for is ready"
    assert gc.isenabled()
    answer = here.partners["Stichting Ananas"].endorse("all").data
    receive(opening.window.session.desk, [Untrusted("answer.crsv", answer)])
    assert kept() == (before, False)
    opening.window.close()
    opening.close()
    desk = open_desk(folder, lambda: PASSPHRASE)
    now = desk.store.kept(dossier)
    desk.store.close()
    assert now is not None and now[1] != before and not now[2]


def test_a_half_filled_answer_is_there_again_after_a_kill(here: Coalition, sit: Sit) -> None:
    partner = here.partners["Stichting Ananas"]
    bench = sit(partner.desk)
    bench.go("endorse", partner.dossier)
    bench.tab_to("Your role")
    bench.press("Ctrl+A")
    bench.type("voorzitter van het bestuur")
    # Nothing is closed or saved by hand: another window on what the workspace holds now.
    again = sit(partner.desk)
    again.go("endorse", partner.dossier)
    line = again.find_a(QLineEdit, "Your role")
    assert line.text() == "voorzitter van het bestuur"


def test_a_half_filled_answer_outlives_the_process(tmp_path: Path, here: Coalition) -> None:
    """The same with a real end of a process: killed while the form is open."""
    folder = tmp_path / "kept"
    desk = create_desk(folder, PASSPHRASE)
    create_identity(desk, "Stichting Ananas", "A. de Wit", "directeur")
    desk.store.close()
    (tmp_path / "letter.crsv").write_bytes(here.letter)
    code = """
import os, sys, signal
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from crsv_desk.app.compose import open_desk
from crsv_desk.services.receive import Untrusted, receive
from crsv_desk.ui.session import Session
from crsv_desk.ui.window import Window
desk = open_desk(Path(sys.argv[1]), lambda: sys.argv[2])
receive(desk, [Untrusted("letter.crsv", Path(sys.argv[3]).read_bytes())])
window = Window(Session(desk))
window.show()
window.session.go("endorse", desk.store.dossiers()[0])
window.page._role.setText("voorzitter")
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), PASSPHRASE, str(tmp_path / "letter.crsv")], check=False
    )
    assert done.returncode == -9
    desk = open_desk(folder, lambda: PASSPHRASE)
    try:
        (dossier,) = desk.store.dossiers()
        assert b'"voorzitter"' in desk.store.documents(dossier, "draft")["endorsement"]
    finally:
        desk.store.close()
