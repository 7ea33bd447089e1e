"""What a person sees while the window works for long: how soon progress shows, how often it moves, for how long the window
does not answer, and how soon it is free again after Cancel.

A letter that 1,000 organisations signed, each with logo and drawn mark: 500 answers taken in at once, the pages made, sealed
and checked, the PDF checked again as its receiver does, the next version published, the draft saved as a PDF. All of it is
done by the window itself, offscreen. "Not answering" is the longest while in which the window's thread did nothing else: by
the clock, in which whatever else runs on the machine counts too, and of the processor, in which only its own work does.

    python -m benchmarks.working [--organisations 1000]
"""

from __future__ import annotations

import argparse
import secrets
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time, thread_time
from typing import Any

from benchmarks.crowd import Crowd, _opening, text
from benchmarks.receive import endorsement
from benchmarks.review import BLINK

PATIENCE = 120
"""Seconds after which something is wrong."""
TURN = 4
"""Milliseconds between two questions to the window whether it answers."""


@dataclass
class Seen:
    """While one job is done."""

    took: float = 0.0
    """Seconds by the clock until the page could be used again."""
    worked: float = 0.0
    """Seconds of the processor, all threads."""
    shown: float = 0.0
    """Milliseconds until progress was painted."""
    gap: float = 0.0
    """Milliseconds of the longest while without an answer, by the clock."""
    own: float = 0.0
    """Milliseconds of the processor in the longest turn of the window's thread."""
    moves: list[float] = field(default_factory=list)
    """How far it was, from 0 to 1, each time that this changed."""
    still: float = 0.0
    """Milliseconds of the longest while in which progress did not move."""
    stages: list[str] = field(default_factory=list)
    stopped: float = 0.0
    """Milliseconds from Cancel until the page could be used again."""


def letter(folder: Path, count: int) -> tuple[Crowd, Sequence[bytes]]:
    """A letter to which ``count`` organisations are asked, all of them confirmed, and the file of each."""
    from tests.pdf import sample

    from crsv_desk.app.compose import assemble
    from crsv_desk.services.book import open_volume
    from crsv_desk.services.content import LOGO_BYTES, LOGO_PIXELS
    from crsv_desk.services.drafting import new_letter
    from crsv_desk.services.endorse import Choice, endorse
    from crsv_desk.services.identity import create_identity
    from crsv_desk.services.publish import issue_roster, publish
    from crsv_desk.storage import Workspace

    key = secrets.token_bytes(32)
    desk = assemble(Workspace.create(folder, key))
    create_identity(desk, "Platform", "Persoon", "directeur")
    head = "---\nsubject: Brief\nlanguage: nl\nlead: Platform\nplace: Den Haag\ndate: 2026-05-26\n---\n\n"
    dossier = new_letter(desk, (head + text(12)).encode(), "letter.md").dossier
    publish(desk, dossier)
    volume = open_volume(desk, dossier)
    assert volume.state.current is not None
    signers = [desk.keys.new(f"Organisatie {number:04d}") for number in range(count)]
    issue_roster(desk, volume, [_opening(desk, signer) for signer in signers])
    endorse(desk, dossier, Choice("all"))
    files = [
        endorsement(
            number,
            dossier,
            volume.state.current.id,
            signer,
            desk,
            desk.pictures.normalise(sample.logo(number), LOGO_PIXELS, LOGO_BYTES),
        )
        for number, signer in enumerate(signers)
    ]
    return Crowd(desk, dossier, (), folder, key), files


class Watch:
    """Somebody before the window who looks at nothing but whether it answers."""

    def __init__(self, made: Crowd) -> None:
        from PySide6.QtCore import QEventLoop, Qt, QTimer

        from benchmarks.window import Seat

        self.seat = Seat(made)
        self.loop = QEventLoop()
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setInterval(TURN)
        self.timer.timeout.connect(self._turn)
        self._until: Callable[[], bool] = lambda: True
        self._last = (0.0, 0.0)
        self._seen = Seen()

    def _turn(self) -> None:
        now, own = perf_counter(), thread_time()
        seen = self._seen
        seen.gap = max(seen.gap, (now - self._last[0]) * 1000 - TURN)
        seen.own = max(seen.own, (own - self._last[1]) * 1000)
        self._last = now, own
        if self._until():
            self.loop.quit()
        elif now > self._latest:
            self.loop.quit()
            raise TimeoutError("it never came to this")

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something holds."""
        self._until, self._last = until, (perf_counter(), thread_time())
        self._latest = self._last[0] + PATIENCE
        self.timer.start()
        self.loop.exec()
        self.timer.stop()

    def follow(
        self,
        tasks: Any,
        strip: Any,
        start: Callable[[], object],
        usable: Callable[[], bool] = lambda: True,
        cancel: str = "",
    ) -> Seen:
        """Everything from ``start`` until no job is left and the page is ``usable``. ``cancel``: at which stage Cancel is
        pressed, by the beginning of its words."""
        from PySide6.QtCore import QObject, QTimer
        from PySide6.QtWidgets import QPushButton

        seen = self._seen = Seen()
        stop = next(one for one in strip.findChildren(QPushButton) if one.text().replace("&", "") == "Cancel")
        meant: list[bool] = []
        pressed: list[float] = []
        moved = [0.0]

        class Painted(QObject):
            def eventFilter(self, _watched: QObject, event: Any) -> bool:  # noqa: N802  Qt's name
                if event.type() == event.Type.Paint and not seen.shown:
                    seen.shown = (perf_counter() - began) * 1000
                return False

        def press() -> None:
            pressed.append(perf_counter())
            stop.click()

        def ended() -> bool:
            return not tasks.busy and usable() and (bool(pressed) or not cancel)

        def stepped(step: Any) -> None:
            now = perf_counter()
            at = step.done / max(step.total, 1)
            if not seen.moves or at != seen.moves[-1]:
                seen.still = max(seen.still, (now - moved[0]) * 1000)
                seen.moves.append(at)
                moved[0] = now
            if step.label and (not seen.stages or seen.stages[-1] != step.label):
                seen.stages.append(step.label)
                if cancel and step.label.startswith(cancel) and not meant:
                    meant.append(True)
                    QTimer.singleShot(0, press)

        watcher = Painted()
        strip.installEventFilter(watcher)
        tasks.progressed.connect(stepped)
        began, worked = perf_counter(), process_time()
        moved[0] = began
        start()
        self.wait(ended)
        seen.took, seen.worked = perf_counter() - began, process_time() - worked
        seen.still = max(seen.still, (perf_counter() - moved[0]) * 1000)
        if pressed:
            seen.stopped = (perf_counter() - pressed[0]) * 1000
        tasks.progressed.disconnect(stepped)
        strip.removeEventFilter(watcher)
        return seen


def say(what: str, seen: Seen) -> None:
    mark = "   longer than a blink" if max(seen.shown, seen.gap, seen.stopped) > BLINK else ""
    told = f"{seen.shown:7.0f}{seen.gap:8.0f}{seen.own:8.0f}{len(seen.moves):7}{seen.still:8.0f}"
    assert seen.moves == sorted(seen.moves), f"progress went back: {seen.moves}"
    print(f"{what:<48}{seen.took:7.2f}{seen.worked:7.2f}{told}{seen.stopped or float('nan'):9.0f}{mark}", flush=True)


def work(folder: Path, count: int) -> None:
    made, files = letter(folder / "secretariat", count)
    incoming = folder / "incoming"
    incoming.mkdir()
    for number, data in enumerate(files):
        part = incoming / f"part-{number // 500}"
        part.mkdir(exist_ok=True)
        (part / f"{number:04d}.crsv").write_bytes(data)
    made.again()  # nobody has looked at any of it yet
    watch = Watch(made)
    session, window = watch.seat.window.session, watch.seat.window
    print(f"{'':48}{'clock':>7}{'cpu s':>7}{'shown':>7}{'silent':>8}{'own':>8}{'moves':>7}{'still':>8}{'cancel':>9}")

    def on_session(
        what: str, start: Callable[[], object], usable: Callable[[], bool] = lambda: True, cancel: str = ""
    ) -> Seen:
        seen = watch.follow(session.tasks, window.progress, start, usable, cancel)
        say(what, seen)
        return seen

    window.show_page("received", "")
    parts = sorted(incoming.iterdir())
    before = session.desk.store.count_packets(made.dossier)
    for stage in ("Reading", "Saving"):
        on_session(f"take in files, cancelled at “{stage}”", lambda: window.open_files([parts[0]]), cancel=stage)
        assert session.desk.store.count_packets(made.dossier) == before
    for part in parts:
        on_session(f"take in {len(list(part.iterdir()))} files", lambda part=part: window.open_files([part]))

    window.show_page("compile", made.dossier)
    page = window.page
    watch.wait(lambda: not page.busy)
    compiling(watch, page, folder, on_session)
    checking(watch, folder / "out.pdf", on_session)
    writing(watch, made, folder, on_session)
    watch.seat.leave()
    made.desk.store.close()


def compiling(watch: Watch, page: Any, folder: Path, on_session: Any) -> None:
    from PySide6.QtCore import QDate

    from crsv_desk.ui.strips import ProgressStrip

    def make(usable: Callable[[], bool], cancel: str = "") -> Seen:
        return watch.follow(page._tasks, page.findChildren(ProgressStrip)[-1], choose, usable, cancel)

    def made() -> bool:
        return page._prepared is not None and not page.busy

    def choose() -> None:
        page._prepared = None
        page.choices.edition.choose("public")
        page._edition_chosen()

    seen = make(made)
    say("make the pages", seen)
    for stage in seen.stages:
        seen = make(lambda: not page.making, stage)
        say(f"  cancelled at “{stage}”" + (", too late" if page._prepared else ""), seen)
    make(made)
    out = folder / "out.pdf"
    page.looked.setChecked(True)
    seen = on_session("seal, check and save them", lambda: page.save(out), lambda: page._done)
    stages = seen.stages
    out.unlink()
    page._again("Utrecht", QDate(2026, 6, 2))
    make(made)
    page.looked.setChecked(True)
    before = watch.seat.made.desk.store.count_packets(watch.seat.made.dossier)
    for stage in stages:
        assert page.seal.isEnabled()
        on_session(f"  cancelled at “{stage}”", lambda: page.save(out), lambda: page._done or not page._sealing, stage)
        assert not out.exists() and page.seal.isEnabled()
        assert watch.seat.made.desk.store.count_packets(watch.seat.made.dossier) == before
    on_session("  once more", lambda: page.save(out), lambda: page._done)


def checking(watch: Watch, pdf: Path, on_session: Any) -> None:
    """As a receiver who has never seen it."""
    window, desk = watch.seat.window, watch.seat.made.desk

    def look() -> None:
        desk.paper._last = None
        desk.shelf.packets.clear()
        window.open_files([pdf])

    seen = on_session("check the PDF", look)
    for stage in seen.stages:
        on_session(f"  cancelled at “{stage}”", look, cancel=stage)


def writing(watch: Watch, made: Crowd, folder: Path, on_session: Any) -> None:
    """The draft as a PDF, and the next version."""
    from PySide6.QtWidgets import QFileDialog

    from crsv_desk.services.drafting import load_draft, save_draft
    from crsv_desk.ui.secretariat.text_frame import PUBLISH

    window = watch.seat.window
    draft = load_draft(made.desk, made.dossier)
    assert draft is not None
    save_draft(made.desk, draft.with_body(draft.language, text(12, 1)))
    window.show_page("text", made.dossier)
    page = window.page
    watch.wait(lambda: not page.preview.busy)
    on_session("save the draft as a PDF", lambda: page.files.export_to(folder / "draft.pdf"))
    page.tabs.choose(PUBLISH)
    page.publishing.choices[0].setChecked(True)
    on_session("publish, with receipts for all of them", page.go_on.click, page.go_on.isEnabled)
    for dialog in window.findChildren(QFileDialog):
        dialog.reject()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organisations", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work(Path(folder), options.organisations)


if __name__ == "__main__":
    main()
