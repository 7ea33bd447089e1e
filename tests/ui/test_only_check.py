"""Whoever was sent a PDF checks it without saying who they are; nothing is made on their computer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crsv_desk.services.compile import compile_letter
from crsv_desk.services.verification import TITLES
from crsv_desk.ui.application import Opening
from crsv_desk.ui.buttons import Button
from tests.services.world import Coalition
from tests.ui.bench import grab, name_of


@pytest.fixture
def pdf(here: Coalition, tmp_path: Path) -> Path:
    here.signed()
    path = tmp_path / "brief.pdf"
    path.write_bytes(compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf)
    return path


def test_a_pdf_as_argument_is_checked_at_once(pdf: Path, here: Coalition, qtbot: QtBot, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    opening = Opening(nowhere, [pdf])
    try:
        window = opening.checking
        assert window is not None and opening.start is None and opening.window is None
        qtbot.waitUntil(lambda: not window.session.tasks.busy, timeout=20_000)
        assert name_of(window.page.findings.verdict).startswith(TITLES["whose unknown"])
        grab(window, "only-check")
        phone = window.page.findings.phone
        assert phone is not None
        assert not phone.remember.isVisible()
        phone.line.setFocus()
        QTest.keyClicks(phone.line, here.secretariat.code)
        QTest.keyClick(phone.once, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: not window.session.tasks.busy, timeout=20_000)
        assert name_of(window.page.findings.verdict).startswith(TITLES["genuine"])
        window.page.save_report(tmp_path / "report.txt")
        qtbot.waitUntil(lambda: not window.session.tasks.busy, timeout=20_000)
        assert "somebody without a workspace" in (tmp_path / "report.txt").read_text()
        assert not nowhere.exists()
        window.close()
    finally:
        opening.close()
        if opening.checking is not None:
            opening.checking.deleteLater()
        QApplication.sendPostedEvents(None, 0)


def test_the_first_page_leads_there_too(qtbot: QtBot, tmp_path: Path) -> None:
    opening = Opening(tmp_path / "nowhere", [])
    try:
        start = opening.start
        assert start is not None
        qtbot.waitUntil(lambda: not start.tasks.busy, timeout=20_000)
        button = next(one for one in start.findChildren(Button) if name_of(one) == "Only check a file…")
        button.click()
        window = opening.checking
        assert window is not None
        assert window.page.first is not None and name_of(window.page.first) == "Choose a file…"
        window.close()
    finally:
        opening.close()
        if opening.checking is not None:
            opening.checking.deleteLater()
        QApplication.sendPostedEvents(None, 0)
    assert not (tmp_path / "nowhere").exists()
