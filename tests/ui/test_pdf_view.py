"""Looking through a PDF: with keys alone, without waiting, as pictures and as words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from crsv_desk.domain.progress import silent
from crsv_desk.pdf.typeset import typeset
from crsv_desk.ui import theme
from crsv_desk.ui.page_drawer import PageDrawer
from crsv_desk.ui.pdf_view import PdfView
from crsv_desk.ui.theme import Theme
from crsv_desk.ui.tokens import ThemeName
from tests.pdf.sample import sample_letter
from tests.ui.bench import name_of


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Long enough that not everything is near."""
    return typeset(sample_letter(160), silent)


@pytest.fixture
def view(qtbot: QtBot, pdf: bytes) -> Iterator[PdfView]:
    window = QMainWindow()
    found = PdfView()
    window.setCentralWidget(found)
    window.setMinimumSize(500, 400)  # else its layout would tell the screen, and this screen does not listen
    window.resize(700, 600)
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(found.opened, timeout=20_000):
        found.show_pdf(pdf)
    yield found
    found.stop()
    qtbot.waitUntil(lambda: not found.busy, timeout=20_000)
    window.close()
    window.deleteLater()


def press(view: PdfView, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(view.sheets, key)


def test_page_down_shows_all_pages_and_page_up_leads_back(qtbot: QtBot, view: PdfView) -> None:
    assert view.count >= 10
    assert view.not_looked_at.startswith("1, 2, 3")
    passed = {view.number}
    for _ in range(20 * view.count):
        press(view, Qt.Key.Key_PageDown)
        passed.add(view.number)
        if not view.not_looked_at:
            break
    assert passed == set(range(view.count))
    assert view.not_looked_at == ""
    assert name_of(view.sheets) == f"Page {view.count} of {view.count}"
    press(view, *[Qt.Key.Key_PageUp] * (20 * view.count))
    assert view.number == 0 and view.sheets.verticalScrollBar().value() == 0


def test_home_and_end_skip_and_what_was_skipped_is_known(view: PdfView) -> None:
    press(view, Qt.Key.Key_End)
    assert view.number == view.count - 1
    assert "2, 3, 4" in view.not_looked_at
    press(view, Qt.Key.Key_Home)
    assert view.number == 0


def test_the_words_of_a_page_are_said_and_can_be_read_as_text(qtbot: QtBot, view: PdfView) -> None:
    qtbot.waitUntil(lambda: bool(view.sheets.accessibleDescription()), timeout=20_000)
    first = view.sheets.accessibleDescription()
    assert "Geachte" in first
    view.as_text.click()
    assert view.text.isVisible() and view.text.toPlainText().split() == first.split()
    view.later.click()
    qtbot.waitUntil(lambda: view.text.toPlainText().split() != first.split(), timeout=20_000)
    assert name_of(view.text) == "Words of page 2"
    assert "1" not in view.not_looked_at.split(", ")  # reading is looking too
    assert not view.larger.isEnabled()


def test_zooming_keeps_the_page_and_draws_it_anew(qtbot: QtBot, view: PdfView) -> None:
    view.go(3)
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    width = view.sheets._width
    press(view, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert view.sheets._width > width and view.number == 3
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    picture = view.sheets.drawer.picture(3, view.sheets._pixels())
    assert picture is not None and abs(picture.width() - view.sheets._pixels()) <= 1
    press(view, Qt.Key.Key_0)
    assert view.sheets._width == width


def test_scrolling_never_draws_on_the_windows_thread(
    qtbot: QtBot, view: PdfView, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the whole file at once: what is not drawn yet is white paper with its number, and nothing waits."""
    drawn: list[int] = []
    view.sheets.drawer.drawn.connect(drawn.append)
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    drawn.clear()
    press(view, *[Qt.Key.Key_PageDown] * (3 * view.count))
    view.grab()
    assert drawn == []  # no picture came while the keys were handled: they come from another thread
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    assert view.number in drawn
    assert set(drawn) >= set(view.sheets._visible())
    # What flew past and was not begun is dropped.
    assert len(set(drawn)) < view.count


@pytest.mark.parametrize("name", ["dark", "contrast"])
def test_the_page_is_white_in_every_theme(qtbot: QtBot, view: PdfView, name: ThemeName, dressed: object) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme(name))
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    for drawn in (True, False):
        if not drawn:
            view.sheets.drawer._pictures.clear()  # as before the first picture comes
        image = view.sheets.viewport().grab().toImage()
        middle = image.width() // 2
        colours = [QColor(image.pixel(middle - 300, y)).name() for y in range(60, 200, 20)]
        assert colours.count("#ffffff") >= 5


def test_begins_where_it_is_asked_to(qtbot: QtBot, view: PdfView, pdf: bytes) -> None:
    view.show_pdf(pdf, lambda words: "openssl" in words)
    qtbot.waitUntil(lambda: view.number > 0, timeout=20_000)
    assert "openssl" in (view.sheets.drawer.text(view.number) or "")


@pytest.mark.parametrize("spoil", [lambda pdf: b"no pdf", lambda pdf: pdf[: len(pdf) // 3], lambda pdf: b""])
def test_what_cannot_be_read_is_a_sentence(
    qtbot: QtBot, view: PdfView, pdf: bytes, spoil: Callable[[bytes], bytes]
) -> None:
    view.show_pdf(spoil(pdf))
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    if view.count == 0:
        assert "cannot be read" in name_of(view.sheets)
        assert not view.later.isEnabled()
    else:  # PDFium mends what it can; then there are pages, and nothing was said to be wrong with them here
        assert view.number == 0


def test_another_pdf_takes_the_place_of_one_still_being_opened(qtbot: QtBot, view: PdfView, pdf: bytes) -> None:
    short = typeset(sample_letter(2), silent)
    view.show_pdf(pdf)
    view.show_pdf(short)
    qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
    assert 0 < view.count < 10


def test_kept_pictures_are_limited(qtbot: QtBot, view: PdfView, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crsv_desk.ui.page_drawer.MOST_BYTES", 6_000_000)
    with qtbot.waitSignal(view.opened, timeout=20_000):
        view.show_pdf(pdf)
    for number in range(view.count):
        view.go(number)
        qtbot.waitUntil(lambda: not view.busy, timeout=20_000)
        assert view.sheets.drawer.picture(number, view.sheets._pixels()) is not None
    drawer: PageDrawer = view.sheets.drawer
    assert sum(one.sizeInBytes() for one in drawer._pictures.values()) <= 6_000_000


def test_the_window_opens_without_the_paper() -> None:
    """What sets, seals and draws pages takes longer to load than the window does, so it waits until it is needed."""
    heavy = "reportlab", "pyhanko", "pypdfium2", "fontTools", "uharfbuzz", "babel"
    code = f"import sys, crsv_desk.ui.application; print([one for one in {heavy!r} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
