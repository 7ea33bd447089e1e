"""Two texts under one number: one of them is taken, in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

from crsv_desk.domain.statements import Letter
from crsv_desk.services.book import issue
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.publish import publish
from tests.services.test_versions import changed, colleague
from tests.services.world import Coalition
from tests.ui.bench import Bench, grab

Sit = Callable[[Desk], Bench]


def test_one_of_two_texts_is_taken_and_nothing_contradicts_itself_any_more(here: Coalition, sit: Sit) -> None:
    office = here.secretariat
    draft = load_draft(office.desk, office.dossier)
    assert draft is not None
    save_draft(office.desk, replace(draft, body=draft.body.replace("drie dingen", "vier dingen")))
    publish(office.desk, office.dossier)
    second = office.volume().state.current
    assert second is not None and isinstance(second.statement, Letter)
    ours = {"dossier", "signer", "time", "nonce", "seen", "files"}
    body = {one.name: getattr(second.statement, one.name) for one in fields(Letter) if one.name not in ours}
    issue(office.desk, Letter, office.dossier, files=office.volume().packet(second.id).files, **body)
    assert office.volume().state.conflicts and office.volume().state.current is None
    bench = sit(office.desk)
    bench.go("partners", office.dossier)
    bench.push("Take one of them…")
    grab(bench.top, "clash")
    bench.push("Take this one")
    bench.until(lambda: not office.volume().state.conflicts)
    current = office.volume().state.current
    assert current is not None and office.volume().letter(current.id).n == 3


def test_each_text_says_whose_it_is_and_what_it_changes(here: Coalition, sit: Sit) -> None:
    first, second = here.secretariat, colleague(here)
    changed(first, "drie dingen", "vier dingen")
    first.take(changed(second, "drie dingen", "vijf dingen"))
    bench = sit(first.desk)
    bench.go("partners", first.dossier)
    bench.push("Take one of them…")
    grab(bench.top, "clash-two")
    words = bench.words()
    assert words.count("Signed on this computer, 20 May 2026") == words.count("Signed on a colleague's computer, ") == 1
    assert words.count("Against version 1: 1 paragraph changed") == 2
    assert "in: vier" in words and "in: vijf" in words
