"""What a person waits for in the window: part of ``benchmarks.review``.

Everything is done by the window itself, offscreen, and painted. What counts is the window's own thread: pages that are set
or checked meanwhile leave it free. Where a person waits for work off that thread, what is said is all of it, and how much of
that was the window's own.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from functools import partial
from importlib import import_module
from time import perf_counter, process_time, thread_time
from typing import Any

from benchmarks.crowd import Crowd, file_of
from benchmarks.review import BLINK, milliseconds, say

TURNS = 4
"""Of the window's events, after which everything that one step leads to is laid out and painted."""


class Seat:
    """Somebody before the window."""

    def __init__(self, made: Crowd) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtWidgets import QApplication

        from crsv_desk.app.garbage import search_less
        from crsv_desk.services.read_ahead import read_ahead
        from crsv_desk.ui import theme
        from crsv_desk.ui.fonts import load_fonts
        from crsv_desk.ui.pages import PLACES
        from crsv_desk.ui.session import Session
        from crsv_desk.ui.theme import Theme
        from crsv_desk.ui.window import Window

        self.application = QApplication.instance() or QApplication([])
        load_fonts()
        theme.apply(self.application, Theme())  # type: ignore[arg-type]
        for place in PLACES.values():  # as the window does it once it stands
            import_module(f"crsv_desk.ui.{place.split(':')[0]}")
        self.made = made
        read_ahead(made.desk)  # as it is done off the window's thread while the workspace opens
        search_less()  # as the program does
        gc.freeze()

        def open_window() -> None:
            self.window = Window(Session(made.desk))
            self.window.resize(1280, 800)
            self.window.show()
            self.application.processEvents()

        say("open the window", milliseconds(open_window, 1, clock=thread_time))

    @property
    def page(self) -> Any:
        return self.window.page

    def does(self, what: str, work: Callable[[], object], times: int = 1, count: int = 1) -> None:
        """``count`` steps at once, and what they lead to on the screen; the least of a few ``times``."""

        def act() -> None:
            work()
            self.rest()

        say(what, milliseconds(act, times, clock=thread_time) / count)

    def rest(self) -> None:
        """Until everything is laid out and painted: one turn of events leads to the next."""
        for _ in range(TURNS):
            self.application.processEvents()

    def show(self, page: str) -> None:
        self.window.show_page(page, "" if page in ("home", "received", "settings") else self.made.dossier)

    def works(self, what: str, work: Callable[[], object]) -> None:
        """Something that is done off the window's thread."""
        gc.collect()
        began, own = process_time(), thread_time()
        work()
        self.rest()
        self.window.session.tasks._pool.waitForDone()
        self.rest()
        say(what, (process_time() - began) * 1000)
        say("   of which the window's own thread", (thread_time() - own) * 1000)

    def leave(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.application.processEvents()


def pages(made: Crowd) -> None:
    """Every page at the largest size, and what is done there."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from crsv_desk.services.book import open_volume
    from crsv_desk.services.carry import mark_version_read

    seat = Seat(made)
    names = ("read", "comment", "comments", "partners", "received", "text", "endorse", "send", "compile", "settings")
    for how in ("for the first time", "again"):
        for name in (*names, "home"):
            seat.does(f"show {how}: {name}", partial(seat.show, name))
    _remarks(seat)
    seat.show("partners")
    page = seat.page
    seat.does("search the organisations: one key", lambda: page.filters.search.setText("9"))
    seat.does("and nothing any more", lambda: page.filters.search.setText(""))
    seat.does("sort them", lambda: page.table.sort_by(1))
    seat.show("received")
    for number in (101, 102):
        path = made.folder.parent / f"{number}.crsv"
        path.write_bytes(file_of(made, number))
        seat.works("take in one file", partial(seat.window.open_files, [path]))
    seat.show("text")
    page = seat.page
    editor = page.words.editor
    _wait(seat, page.preview)
    editor.setFocus()
    seat.does("type a letter", lambda: QTest.keyClick(editor, Qt.Key.Key_A), 5)
    seat.does("keep the draft and look it over", page.keep, 3)
    QTest.keyClick(editor, Qt.Key.Key_A)
    gap = _wait(seat, page.preview)
    mark = "" if gap <= BLINK else "   longer than a blink"
    print(f"{'longest while without an answer as the pages are set (by the clock)':<66}{gap:9.1f} ms{mark}")
    first = open_volume(made.desk, made.dossier).state.letters[0].id
    mark_version_read(made.desk, made.dossier, first)
    seat.does("show for the first time: changes", lambda: seat.show("changes"))
    seat.does("the whole text of it", lambda: seat.page.view.choose(1))
    seat.leave()


def _remarks(seat: Seat) -> None:
    seat.show("comments")
    page = seat.page
    seat.does("only what is to do", lambda: page.state.setCurrentIndex(1))
    seat.does("all remarks again", lambda: page.state.setCurrentIndex(0))
    seat.does("only one organisation's", lambda: page.organisation.setCurrentIndex(5))
    seat.does("everybody's again", lambda: page.organisation.setCurrentIndex(0))
    seat.does("the next remark", lambda: page.list.step(1), 5)

    for _number in range(2):
        page.decision.choose(2)
        page.decision.reason.setPlainText("Nee.")
        seat.works("settle a remark and show the next", page._save)


def _wait(seat: Seat, preview: Any) -> float:
    """Until the pages beside the text are set and drawn; milliseconds of the longest turn in which nothing else was
    done."""
    longest, last = 0.0, perf_counter()
    while preview.busy:
        seat.application.processEvents()
        now = perf_counter()
        longest, last = max(longest, now - last), now
    return longest * 1000


def letter(made: Crowd) -> None:
    """A long letter with many remarks."""
    seat = Seat(made)
    seat.does("show the letter for the first time", lambda: seat.show("read"))
    while seat.page._later.isActive():
        seat.application.processEvents()
    bar = seat.page._area.verticalScrollBar()

    def scroll() -> None:
        step = max(bar.maximum() // 100, 1)
        for at in range(0, bar.maximum(), step):
            bar.setValue(at)
            seat.application.processEvents()

    seat.does("scroll through it, one of 100 steps", scroll, count=100)

    def go_down() -> None:
        for view in seat.page.blocks[:20]:
            view.setFocus()
            seat.application.processEvents()

    seat.does("go to the next paragraph", go_down, count=20)
    seat.does("show the remarks to settle", lambda: seat.show("comments"))
    seat.does("back to the letter", lambda: seat.show("read"))
    seat.leave()
