"""Cancel: silence, nothing kept, nothing half-written, and the page can be used again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.ui.secretariat.text import TextPage
from crsv_desk.ui.secretariat.text_frame import PUBLISH
from tests.services.world import DRAWN, Coalition
from tests.ui.bench import Bench

Sit = Callable[..., Bench]


@contextmanager
def held_up(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[tuple[Event, Event]]:
    """The function of this name begins (the first event) and goes on once it is let (the second)."""
    began, go_on = Event(), Event()
    with monkeypatch.context() as patched:
        module, function = name.rsplit(".", 1)
        whole = __import__(module, fromlist=[function])
        real = getattr(whole, function)

        def waits(*arguments: Any, **named: Any) -> Any:
            began.set()
            assert go_on.wait(20)
            return real(*arguments, **named)

        patched.setattr(whole, function, waits)
        try:
            yield began, go_on
        finally:
            go_on.set()


def cancel(bench: Bench, began: Event, go_on: Event) -> None:
    """Press Cancel by keys while the work is under way."""
    bench.until(began.is_set)
    bench.until(bench.window.progress.isVisible)
    bench.tab_to("Cancel")
    bench.press("Space")
    go_on.set()
    bench.settle()


def test_publishing(here: Coalition, sit: Sit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sec = here.secretariat
    sec.take(here.partners["Stichting Ananas"].endorse("all", mark=DRAWN).data)
    draft = load_draft(sec.desk, sec.dossier)
    assert draft is not None
    save_draft(sec.desk, draft.with_body(draft.language, draft.body.replace("drie dingen", "vier dingen")))
    bench = sit(sec.desk)
    page = bench.go("text", sec.dossier)
    assert isinstance(page, TextPage)
    page.tabs.choose(PUBLISH)
    page.publishing.choices[0].setFocus()
    bench.press("Space")
    before, told = sec.volume().held, list(bench.told)
    with held_up(monkeypatch, "crsv_desk.services.publish.words_for_partners") as events:
        bench.press("Ctrl+Return")
        cancel(bench, *events)
    assert sec.volume().held == before and bench.told == told
    page.go_on.setFocus()
    bench.press("Space")  # and once more, to the end
    bench.answer_file_dialog(tmp_path / "versie-2.crsv")
    assert len(sec.volume().state.letters) == 2 and (tmp_path / "versie-2.crsv").exists()
