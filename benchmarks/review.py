"""How long people wait while a letter is reviewed: a large dossier opened and changed, two long texts compared, a long
letter with many remarks read. Prints milliseconds of processor time, and how the cost grows when there is twice as much.

    python -m benchmarks.review [--small]
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

from benchmarks.crowd import Crowd, crowd, text

BLINK = 100
"""Milliseconds that a person does not notice."""


def milliseconds(work: Callable[[], object], times: int = 3) -> float:
    """The least processor time of a few runs: other programs on the machine do not count."""
    found = []
    for _ in range(times):
        gc.collect()
        began = process_time()
        work()
        found.append((process_time() - began) * 1000)
    return min(found)


def say(what: str, took: float, half: float = 0.0) -> None:
    growth = f"   twice as much costs {took / half:4.1f} times" if half else ""
    mark = "" if took <= BLINK else "   longer than a blink"
    print(f"{what:<66}{took:9.1f} ms{growth}{mark}")


def dossier(made: Crowd, half: Crowd) -> None:
    from crsv_desk.services.book import open_volume
    from crsv_desk.services.overview import status, summary
    from crsv_desk.services.remarks import comment, list_remarks
    from crsv_desk.services.settling import settle, situation

    def both(what: str, work: Callable[[Crowd], object], before: Callable[[Crowd], object] = lambda one: None) -> None:
        def run(one: Crowd) -> float:
            found = []
            for _ in range(3):
                before(one)
                gc.collect()
                began = process_time()
                work(one)
                found.append((process_time() - began) * 1000)
            return min(found)

        say(what, run(made), run(half))

    def new(one: Crowd) -> None:
        comment(one.desk, one.dossier, "comment", "Nog een opmerking.")

    both("open the dossier after a start", lambda one: open_volume(one.desk, one.dossier), lambda one: one.again())
    both("open it again", lambda one: open_volume(one.desk, one.dossier))
    both("open it after one more remark", lambda one: open_volume(one.desk, one.dossier), new)
    both("list the remarks, the first time", lambda one: list_remarks(one.desk, one.dossier), _forget)
    both("list them again after one more remark", lambda one: list_remarks(one.desk, one.dossier), new)
    both("the overview of all organisations", lambda one: status(one.desk, one.dossier))
    both("the letter on the home page", lambda one: summary(one.desk, one.dossier))
    first = {id(one): list_remarks(one.desk, one.dossier)[-1].statement for one in (made, half)}
    both("one remark to settle", lambda one: situation(one.desk, one.dossier, first[id(one)]))
    both("settle it", lambda one: settle(one.desk, one.dossier, first[id(one)], "declined", "Nee."))


def _forget(one: Crowd) -> None:
    from crsv_desk.services.book import open_volume

    one.again()
    open_volume(one.desk, one.dossier)


def differences() -> None:
    from crsv_desk.letters.texts import LetterTexts

    letters = LetterTexts()

    def compared(words: int) -> float:
        blocks = words // 50
        old = letters.blocks(text(blocks))
        changed = "\n\n".join(
            line.replace("geld", "meer geld") if number % 3 else line
            for number, line in enumerate(text(blocks).split("\n\n"))
        )
        return milliseconds(lambda: letters.compare(old, letters.carry_ids(changed, old)))

    say("compare two texts of 10,000 words in 200 paragraphs", compared(10_000), compared(5_000))

    def in_one(words: int) -> float:
        old = " ".join(text(words // 50).split())
        new = old.replace("geld", "meer geld").replace("gezant", "gezante")
        return milliseconds(lambda: letters.word_runs(old, new))

    say("compare two texts of 10,000 words in one paragraph", in_one(10_000), in_one(5_000))


def window(made: Crowd) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from crsv_desk.ui import theme
    from crsv_desk.ui.fonts import load_fonts
    from crsv_desk.ui.session import Session
    from crsv_desk.ui.theme import Theme
    from crsv_desk.ui.window import Window

    application = QApplication([])
    load_fonts()
    theme.apply(application, Theme())
    main = Window(Session(made.desk))
    main.resize(1280, 800)
    main.show()
    application.processEvents()

    def shown(page: str) -> Callable[[], None]:
        def show() -> None:
            main.show_page(page, made.dossier)
            application.processEvents()

        return show

    say("show the letter for the first time", milliseconds(shown("read"), 1))
    page = main.page
    bar = page._area.verticalScrollBar()  # type: ignore[attr-defined]

    def scroll() -> None:
        step = max(bar.maximum() // 100, 1)
        for at in range(0, bar.maximum(), step):
            bar.setValue(at)
            application.processEvents()
            main.grab()

    say("scroll through it, one of 100 steps", milliseconds(scroll, 1) / 100)

    def go_down() -> None:
        for view in page.blocks[:20]:  # type: ignore[attr-defined]
            view.setFocus()
            application.processEvents()

    say("go to the next paragraph", milliseconds(go_down, 1) / 20)
    say("show the remarks to settle", milliseconds(shown("comments"), 1))

    def next_remark() -> None:
        for _ in range(20):
            main.page.list.step(1)  # type: ignore[attr-defined]
            application.processEvents()

    say("go to the next remark", milliseconds(next_remark, 1) / 20)
    main.close()


def main() -> None:
    partners, versions, remarks = (100, 5, 1_000) if "--small" in sys.argv else (1_000, 20, 10_000)
    with tempfile.TemporaryDirectory() as folder:
        made = crowd(Path(folder) / "whole", partners, versions, remarks)
        half = crowd(Path(folder) / "half", partners // 2, versions, remarks // 2)
        print(f"{partners} partners, {versions} versions of 200 paragraphs, {remarks} remarks")
        dossier(made, half)
        differences()
        long = crowd(Path(folder) / "letter", 50, 1, 1_000)
        print("a letter of 200 paragraphs with 1,000 remarks")
        window(long)
        for one in (made, half, long):
            one.desk.store.close()


if __name__ == "__main__":
    main()
