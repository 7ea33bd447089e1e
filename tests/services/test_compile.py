"""Deciding, looking and sealing: what was looked at is what is sealed, and looking closes nothing."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from PIL import Image

from crsv_desk.domain.errors import Cancelled, DeskError, UsageError
from crsv_desk.domain.progress import Report, Step
from crsv_desk.domain.seal import SealChoice
from crsv_desk.pdf.words import page_texts
from crsv_desk.services.closing import Decision
from crsv_desk.services.compile import LARGE, Compiled, compile_letter, prepare, seal_prepared
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verify import verify
from tests.services.world import LEAD, Coalition, coalition

APPLE, BERRY, HIDDEN = "Stichting Ananas", "Vereniging Bosbes", "Netwerk Overlevenden Oost"


@dataclass
class Case:
    here: Coalition

    def forget(self) -> None:
        """Pages and statements that were read before: they are read and set again."""
        desk = self.here.secretariat.desk
        desk.paper._last = None  # type: ignore[attr-defined]
        desk.shelf.packets.clear()

    @property
    def kept(self) -> dict[str, bytes]:
        office = self.here.secretariat
        return dict(office.desk.store.packets(office.dossier))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with coalition(tmp_path_factory.mktemp("compile"), (APPLE, BERRY)) as here:
        here.signed()
        yield Case(here)


def test_looking_keeps_nothing_and_what_was_looked_at_is_sealed(case: Case) -> None:
    desk, dossier = case.here.secretariat.desk, case.here.secretariat.dossier
    before = case.kept
    looked = prepare(desk, dossier)
    assert case.kept == before
    sealed = seal_prepared(desk, looked)
    assert sealed.pdf.startswith(looked.pages)
    assert set(case.kept) - set(before) == {sealed.closing}
    assert compile_letter(desk, dossier).closing == sealed.closing  # the same decision is not taken twice


def test_progress_never_goes_back_and_reaches_its_end(case: Case) -> None:
    desk, dossier = case.here.secretariat.desk, case.here.secretariat.dossier
    made: list[Step] = []
    case.forget()
    looked = prepare(desk, dossier, "public", Decision(place="Delft"), made.append)
    sealed: list[Step] = []
    compiled = seal_prepared(desk, looked, sealed.append)
    checked: list[Step] = []
    case.forget()
    assert verify(desk, Untrusted("a.pdf", compiled.pdf), "", checked.append).whole
    for steps in (made, sealed, checked):
        told = [step.done / step.total for step in steps]
        assert told == sorted(told) and told[-1] == 1.0
        assert len(set(told)) > 10, "it moves"


@pytest.mark.parametrize("part", ["make the pages", "seal them", "check a PDF"])
def test_it_can_be_cancelled_at_every_step_and_then_nothing_is_kept(case: Case, part: str) -> None:
    desk, dossier = case.here.secretariat.desk, case.here.secretariat.dossier
    looked = prepare(desk, dossier, "public", Decision(place="Utrecht"))
    file = Untrusted("a.pdf", compile_letter(desk, dossier).pdf)
    works: dict[str, Callable[[Report], object]] = {
        "make the pages": lambda report: prepare(desk, dossier, "public", Decision(place="Utrecht"), report),
        "seal them": lambda report: seal_prepared(desk, looked, report),
        "check a PDF": lambda report: verify(desk, file, "", report),
    }
    before = case.kept
    number, last = 0, False
    while not last:
        steps: list[Step] = []

        def report(step: Step, steps: list[Step] = steps, latest: int = number) -> None:
            steps.append(step)
            if step.done == step.total or len(steps) > latest:
                raise Cancelled

        case.forget()
        with pytest.raises(Cancelled):
            works[part](report)
        assert case.kept == before
        number, last = max(number + 1, number * 5 // 4), steps[-1].done == steps[-1].total


def test_it_can_be_cancelled_while_a_timestamp_server_does_not_answer(case: Case) -> None:
    desk, dossier = case.here.secretariat.desk, case.here.secretariat.dossier
    looked = prepare(desk, dossier)
    before = case.kept
    asked, answer = Event(), Event()

    class Silent(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.set()
            answer.wait(60)

        def log_message(self, *arguments: object) -> None:
            pass

    def report(_step: Step) -> None:
        if asked.is_set():
            raise Cancelled

    server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(Cancelled):
            seal_prepared(desk, looked, report, SealChoice(timestamp=f"http://127.0.0.1:{server.server_port}/"))
        assert not answer.is_set(), "nobody waited for the answer"
        assert case.kept == before
    finally:
        answer.set()
        server.shutdown()
        server.server_close()


def test_order_and_sign_off_are_printed_as_decided(case: Case) -> None:
    desk, dossier = case.here.secretariat.desk, case.here.secretariat.dossier
    alphabet = prepare(desk, dossier)
    chosen = prepare(desk, dossier, "public", Decision("Utrecht", "2026-06-01", (BERRY, APPLE), (APPLE,)))
    rows = [row.printed for row in chosen.material.statement.rows]
    assert rows == [LEAD, BERRY, APPLE]
    assert chosen.material.statement.sign_off.names == (APPLE,)
    usual, other = (" ".join(" ".join(page_texts(one.pages)).split()) for one in (alphabet, chosen))
    assert "Utrecht, 1 juni 2026" in other and "Den Haag, 26 mei 2026" in usual
    assert "op alfabet" in usual or "by alphabet" in usual
    assert "op alfabet" not in other and "by alphabet" not in other
    assert seal_prepared(desk, chosen).verification.holds


@pytest.mark.parametrize("decision", [Decision(order=("Stichting Spook",)), Decision(sign_off=("Stichting Spook",))])
def test_nobody_is_printed_who_did_not_endorse(case: Case, decision: Decision) -> None:
    with pytest.raises(UsageError, match="Stichting Spook"):
        prepare(case.here.secretariat.desk, case.here.secretariat.dossier, "public", decision)


def test_what_came_in_since_must_be_looked_at_first(tmp_path: Path) -> None:
    with coalition(tmp_path, (APPLE, BERRY)) as here:
        here.signed([APPLE])
        looked = prepare(here.secretariat.desk, here.secretariat.dossier)
        here.answered(BERRY, here.partners[BERRY].endorse("all"))
        with pytest.raises(DeskError, match="look at the new pages"):
            seal_prepared(here.secretariat.desk, looked)


def test_a_leak_is_shown_before_and_refused_at_sealing(tmp_path: Path) -> None:
    with coalition(tmp_path, (APPLE, HIDDEN)) as here:
        here.signed([APPLE])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        looked = prepare(here.secretariat.desk, here.secretariat.dossier, decision=Decision(place=HIDDEN))
        assert HIDDEN in looked.searched
        assert any("page 1" in place for place in looked.leaks)
        with pytest.raises(DeskError, match="Nothing was written"):
            seal_prepared(here.secretariat.desk, looked)
        full = prepare(here.secretariat.desk, here.secretariat.dossier, "full")
        assert not full.leaks


def noisy_logo(seed: int) -> bytes:
    """The most that a logo may weigh: a picture that nothing can make smaller."""
    output = io.BytesIO()
    Image.frombytes("RGB", (350, 350), random.Random(seed).randbytes(350 * 350 * 3)).save(output, "PNG")
    return output.getvalue()


def test_a_heavy_letter_is_large_and_its_slim_edition_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A heavy logo stands on a page and in its packet: each half is below a limit that both together pass."""
    monkeypatch.setattr("crsv_desk.services.compile.LARGE", 700_000)
    with coalition(tmp_path, (APPLE,)) as here:
        here.secretariat.endorse("all")
        here.answered(APPLE, here.partners[APPLE].endorse("all", logo=noisy_logo(1)))
        desk, dossier = here.secretariat.desk, here.secretariat.dossier
        whole, slim = compile_letter(desk, dossier), compile_letter(desk, dossier, "slim")
        assert whole.large and not slim.large
        assert len(slim.pdf) < 700_000 < len(slim.pdf) + len(slim.beside)


@pytest.mark.parametrize("more", [0, 1])
def test_seven_megabytes_are_the_limit_of_either_file(case: Case, more: int) -> None:
    compiled: Compiled = compile_letter(case.here.secretariat.desk, case.here.secretariat.dossier)
    assert LARGE == 7_000_000
    assert replace(compiled, pdf=bytes(LARGE + more)).large == bool(more)
    assert replace(compiled, beside=bytes(LARGE + more)).large == bool(more)
