"""How long people wait while a letter is reviewed: a large dossier opened and changed, two long texts compared; and in the
window (``benchmarks.window``) every page, a long letter with many remarks, typing, settling, taking a file in.

Prints milliseconds of processor time at the whole size, and how often the cost of half the size that is, and the cost of a
quarter that half is: 2 is linear.

    python -m benchmarks.review [--small]
"""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import process_time

from benchmarks.crowd import Crowd, crowd, file_of, text

BLINK = 100
"""Milliseconds that a person does not notice."""


def milliseconds(
    work: Callable[[], object],
    times: int = 3,
    before: Callable[[], object] = lambda: None,
    clock: Callable[[], float] = process_time,
) -> float:
    """The least processor time of a few runs: other programs on the machine do not count."""
    found = []
    for _ in range(times):
        before()
        gc.collect()
        began = clock()
        work()
        found.append((clock() - began) * 1000)
    return min(found)


def say(what: str, took: float, smaller: Sequence[float] = ()) -> None:
    """``smaller``: what half the size took, and a quarter."""
    sizes = [took, *smaller]
    growth = ", ".join(f"{more / less:.1f}" for more, less in zip(sizes, smaller, strict=False) if less)
    mark = "" if took <= BLINK else "   longer than a blink"
    print(f"{what:<66}{took:9.1f} ms   {f'times {growth}' if growth else '':<14}{mark}", flush=True)


def dossier(crowds: Sequence[Crowd]) -> None:
    """``crowds`` from the largest to the smallest."""
    from crsv_desk.services import kept
    from crsv_desk.services.book import letter_blocks, open_volume
    from crsv_desk.services.drafting import load_draft, save_draft
    from crsv_desk.services.keeping import keep_folds
    from crsv_desk.services.overview import status, summary
    from crsv_desk.services.publish import publish
    from crsv_desk.services.read_ahead import read_ahead, read_first
    from crsv_desk.services.receive import Untrusted, receive
    from crsv_desk.services.remarks import comment, list_remarks, rows_on_block
    from crsv_desk.services.settling import settle, situation

    def all_of(
        what: str, work: Callable[[Crowd], object], before: Callable[[Crowd], object] = lambda one: None, times: int = 3
    ) -> None:
        took = [milliseconds(lambda one=one: work(one), times, lambda one=one: before(one)) for one in crowds]  # type: ignore[misc]
        say(what, took[0], took[1:])

    def new(one: Crowd) -> None:
        comment(one.desk, one.dossier, "comment", "Nog een opmerking.")

    def open_it(one: Crowd) -> object:
        return open_volume(one.desk, one.dossier)

    def forget(one: Crowd) -> None:
        one.again()
        open_it(one)

    def beside(one: Crowd) -> object:
        return rows_on_block(one.desk, open_volume(one.desk, one.dossier), "")

    def words(one: Crowd) -> object:
        volume = open_volume(one.desk, one.dossier)
        assert volume.state.current is not None
        return letter_blocks(one.desk, volume, volume.state.current.id)

    def write(one: Crowd) -> None:
        draft = load_draft(one.desk, one.dossier)
        assert draft is not None
        save_draft(one.desk, replace(draft, body=text(200, 1_000 + len(files[id(one)]))))
        files[id(one)].append(b"")

    def unkept(one: Crowd) -> None:
        forget(one)
        kept.remember_kept(open_volume(one.desk, one.dossier), kept.MANY)

    def after(one: Crowd, remarks: int) -> None:
        unkept(one)
        keep_folds(one.desk)
        for _ in range(remarks):
            new(one)
        one.again()

    kept.LARGE = 1  # the parts too
    all_of("open the dossier after the first start of all", open_it, lambda one: one.again())
    all_of("keep it for the next start", lambda one: keep_folds(one.desk), unkept)
    all_of("open the dossier after a start", open_it, lambda one: one.again())
    all_of("... after 20 remarks since it was kept", open_it, lambda one: after(one, 20))
    all_of("... after 100 remarks since, which is more than few", open_it, lambda one: after(one, 100), 1)
    for one in crowds:
        after(one, 0)
    all_of("what the first page shows, after a start", lambda one: read_first(one.desk), lambda one: one.again())
    all_of(
        "everything that pages ask for first, after a start", lambda one: read_ahead(one.desk), lambda one: one.again()
    )
    all_of("open it again", open_it)
    all_of("open it after one more remark", open_it, new)
    all_of("list the remarks, the first time", lambda one: list_remarks(one.desk, one.dossier), forget)
    all_of("the remarks on the whole letter, the first time", beside, forget)
    all_of("the paragraphs of the letter, the first time", words, forget)
    all_of("open it and list them after one more remark", lambda one: list_remarks(one.desk, one.dossier), new)
    all_of("the overview of all organisations", lambda one: status(one.desk, one.dossier), forget)
    all_of("the letter on the home page", lambda one: summary(one.desk, one.dossier), forget)
    first = {id(one): list_remarks(one.desk, one.dossier)[-1].statement for one in crowds}
    all_of("one remark to settle", lambda one: situation(one.desk, one.dossier, first[id(one)]))
    all_of("settle it", lambda one: settle(one.desk, one.dossier, first[id(one)], "declined", "Nee."))
    files = {id(one): [file_of(one, number) for number in range(3)] for one in crowds}
    all_of("take in one file", lambda one: receive(one.desk, [Untrusted("a.crsv", files[id(one)].pop())]))
    all_of("publish the first time: a receipt for every answer", lambda one: publish(one.desk, one.dossier), write, 1)
    all_of("publish again", lambda one: publish(one.desk, one.dossier), write, 1)


def differences() -> None:
    from crsv_desk.letters.compare import word_runs
    from crsv_desk.letters.texts import LetterTexts

    letters, forget = LetterTexts(), word_runs.cache_clear

    def compared(words: int) -> float:
        blocks = words // 50
        old = letters.blocks(text(blocks))
        changed = "\n\n".join(
            line.replace("geld", "meer geld") if number % 3 else line
            for number, line in enumerate(text(blocks).split("\n\n"))
        )
        return milliseconds(lambda: letters.compare(old, letters.carry_ids(changed, old)), before=forget)

    say("compare two texts of 10,000 words in 200 paragraphs", compared(10_000), [compared(5_000), compared(2_500)])

    def in_one(words: int) -> float:
        old = " ".join(text(words // 50).split())
        new = old.replace("geld", "meer geld").replace("gezant", "gezante")
        return milliseconds(lambda: letters.word_runs(old, new), before=forget)

    say("compare two texts of 10,000 words in one paragraph", in_one(10_000), [in_one(5_000), in_one(2_500)])


def main() -> None:
    from benchmarks import window

    partners, versions, remarks = (100, 5, 1_000) if "--small" in sys.argv else (1_000, 20, 10_000)
    with tempfile.TemporaryDirectory() as folder:
        crowds = [
            crowd(Path(folder) / f"part-{part}", partners // part, versions, remarks // part) for part in (1, 2, 4)
        ]
        print(f"{partners} partners, {versions} versions of 200 paragraphs, {remarks} remarks")
        dossier(crowds)
        differences()
        print("the same in the window")
        window.pages(crowds[0])
        long = crowd(Path(folder) / "letter", 50, 1, 1_000)
        print("a letter of 200 paragraphs with 1,000 remarks, in the window")
        window.letter(long)
        for one in (*crowds, long):
            one.desk.store.close()


if __name__ == "__main__":
    main()
