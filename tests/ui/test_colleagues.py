"""Two laptops of one secretariat at two windows: nothing that one did is overlooked at the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.publish import publish
from crsv_desk.services.settling import settle
from crsv_desk.ui.secretariat.comments import CommentsPage
from crsv_desk.ui.secretariat.text import TextPage
from crsv_desk.ui.secretariat.text_frame import PUBLISH
from tests.services.test_colleagues_agree import colleagues, exchange, revived, words
from tests.services.test_taken_over import FIRST, SECOND, draft_of, lacks, proposed, write
from tests.services.world import Coalition, Office
from tests.ui.bench import Bench, grab

Sit = Callable[..., Bench]
ANANAS, BOSBES = "Stichting Ananas", "Vereniging Bosbes"


def publishing(sit: Sit, office: Office) -> tuple[Bench, TextPage]:
    bench = sit(office.desk)
    page = bench.go("text", office.dossier)
    assert isinstance(page, TextPage)
    page.tabs.choose(PUBLISH)
    bench.settle()
    return bench, page


def taken_over(here: Coalition) -> tuple[Office, Office, list[str]]:
    """Two proposals taken over at the first of two laptops, of which the other knows."""
    one, other = colleagues(here, 2)
    wanted = {ANANAS: (2, SECOND.replace("drie", "vier")), BOSBES: (1, FIRST.replace("eerste", "allereerste"))}
    keys = [proposed(here, one, number, text, name) for name, (number, text) in wanted.items()]
    for name, key in zip(wanted, keys, strict=True):
        here.confirmed(name)
        settle(one.desk, one.dossier, key, "taken")
    exchange(one, other)
    write(other, "Vervolging", "Snelle vervolging")
    return one, other, keys


def test_words_taken_over_elsewhere_are_taken_in_before_publishing(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    _one, other, _keys = taken_over(here)
    bench, page = publishing(sit, other)
    grab(bench.window, "lacking")
    said = bench.words()
    assert "2 proposals are said to be taken over, and their words are not in this text" in said
    assert f"{ANANAS} · Paragraph 2" in said and "vier" in said
    page.publishing.choices[0].setFocus()
    bench.press("Space", "Ctrl+Return")
    bench.settle()
    assert len(other.volume().state.letters) == 1
    assert "Take these words in, or say that you publish without them." in bench.words()
    assert page.publishing.lacking is not None and bench.focus is page.publishing.lacking.leave_out
    bench.tab_to("Take in", back=True)
    bench.press("Space")
    bench.settle()
    assert "1 proposal is said to be taken over" in bench.words()
    bench.tab_to("Take in")
    bench.press("Space")
    bench.settle()
    assert page.publishing.lacking is None and "said to be taken over" not in bench.words()
    bench.press("Ctrl+Return")
    bench.answer_file_dialog(tmp_path / "twee.crsv")
    here.partners[ANANAS].take((tmp_path / "twee.crsv").read_bytes())
    published = words(here.partners[ANANAS])
    assert all(one in published for one in ("vier dingen", "allereerste", "Snelle vervolging"))


def test_whoever_has_seen_it_publishes_without_these_words(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    _one, other, keys = taken_over(here)
    bench, page = publishing(sit, other)
    bench.tab_to("Publish without these words")
    bench.press("Space")
    bench.tab_to("A new version")
    bench.press("Space", "Ctrl+Return")
    bench.answer_file_dialog(tmp_path / "twee.crsv")
    assert "drie dingen" in words(other) and len(other.volume().state.letters) == 2
    # The next time it is asked anew.
    assert page.publishing.lacking is not None and not page.publishing.lacking.leave_out.isChecked()
    assert {one.remark for one in lacks(other)} == set(keys)
    page.publishing.lacking.show_remark.emit(keys[0])
    bench.settle()
    assert isinstance(bench.page, CommentsPage)
    shown = bench.page.list.row()
    assert shown is not None and shown.statement == keys[0]


def test_what_a_colleague_takes_over_meanwhile_is_not_slipped_past(here: Coalition, sit: Sit) -> None:
    """Ticked for what was seen; what came in since is asked about again."""
    one, other, _keys = taken_over(here)
    bench, page = publishing(sit, other)
    bench.tab_to("Publish without these words")
    bench.press("Space")
    key = proposed(here, one, 3, "Meerjarig geld voor vrouwenorganisaties.")
    settle(one.desk, one.dossier, key, "taken")
    exchange(one, other)
    bench.session.changed.emit()
    bench.settle()
    assert "3 proposals" in bench.words()
    assert page.publishing.lacking is not None and not page.publishing.lacking.leave_out.isChecked()


def test_words_that_no_longer_fit_are_for_a_person_to_write(here: Coalition, sit: Sit) -> None:
    _one, other, _keys = taken_over(here)
    write(other, "drie dingen", "zes dingen")
    write(other, FIRST.replace("nadruk", "*nadruk*") + "\n\n", "")
    bench, _page = publishing(sit, other)
    grab(bench.window, "lacking-unfit")
    said = bench.words()
    assert "The paragraph has changed since: write yourself what it shall say." in said
    assert "Its paragraph is not in this text any more." in said
    assert not bench.has("Take in")


def test_a_colleague_published_meanwhile_and_its_changes_are_taken_in(
    here: Coalition, sit: Sit, tmp_path: Path
) -> None:
    one, other = colleagues(here, 2)
    write(other, "Vervolging", "Snelle vervolging")
    draft = load_draft(one.desk, one.dossier)
    assert draft is not None
    body = draft.body.replace("drie dingen", "vier dingen").replace("Vervolging van", "Berechting van")
    save_draft(one.desk, replace(draft, front={**draft.front, "subject": "Een ander onderwerp"}, body=body))
    other.take(publish(one.desk, one.dossier))
    bench, page = publishing(sit, other)
    assert "A colleague published version 2 while this draft was in work" in bench.words()
    assert "What that version changed is not in the draft, and would go again." in bench.words()
    grab(bench.window, "overtaken")
    bench.tab_to("Take its changes in")
    bench.press("Space")
    bench.settle()
    said = bench.words()
    assert "while this draft was in work" not in said
    assert "Both of you changed the same words: yours stand here" in said
    assert "Your colleague wrote: “- Berechting van daders.”" in said
    grab(bench.window, "caught-up")
    draft = draft_of(other)
    assert "vier dingen" in draft.body and "Snelle vervolging" in draft.body and "Berechting" not in draft.body
    assert draft.text("subject") == "Een ander onderwerp" == page.draft.text("subject")
    bench.tab_to("A new version")
    bench.press("Space", "Ctrl+Return")
    bench.answer_file_dialog(tmp_path / "drie.crsv")
    assert "vier dingen" in words(other) and "Snelle vervolging" in words(other)
    assert "yours stand here" not in bench.words()


def test_a_draft_left_in_work_may_still_go_out_as_it_is(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    one, other = colleagues(here, 2)
    write(other, "Vervolging", "Snelle vervolging")
    write(one, "drie dingen", "vier dingen")
    other.take(publish(one.desk, one.dossier))
    bench, _page = publishing(sit, other)
    bench.tab_to("A new version")
    bench.press("Space", "Ctrl+Return")
    bench.answer_file_dialog(tmp_path / "drie.crsv")
    assert "drie dingen" in words(other) and len(other.volume().state.letters) == 3
    assert "while this draft was in work" not in bench.words()


@pytest.mark.parametrize("stands", [True, False])
def test_a_key_that_one_took_back_and_the_other_confirmed_is_decided(here: Coalition, sit: Sit, stands: bool) -> None:
    one, other = revived(here)
    bench = sit(one.desk)
    bench.go("home")
    assert "Something contradicts itself" in bench.words()
    bench.go("partners", one.dossier)
    assert f"A key of {ANANAS} was taken back on this laptop and confirmed on the laptop with the code" in bench.words()
    grab(bench.window, "revived")
    bench.tab_to("Decide")
    bench.press("Space")
    bench.settle()
    grab(bench.top, "revived-dialog")
    assert f"Does this key speak for {ANANAS}?" in bench.words()
    if stands:
        bench.push("Let it stand")
    else:
        bench.push("Take its word back…")
        bench.push("Take its word back")
    assert "was taken back on" not in bench.words()
    assert one.status()[ANANAS].standing == ("endorsed" if stands else "invited")
    exchange(one, other)
    bench = sit(other.desk)
    bench.go("partners", other.dossier)
    assert "was taken back on" not in bench.words()
