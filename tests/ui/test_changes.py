"""A partner sees what changed, and signs again, objects or leaves it; by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from crsv_desk.domain.statements import Endorsement
from crsv_desk.services.answering import decline, latest_own
from crsv_desk.services.book import block_named
from crsv_desk.services.carry import mark_version_read
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.overview import summary
from crsv_desk.services.publish import publish
from crsv_desk.ui import dates, theme
from crsv_desk.ui.letter.changes import ChangesPage
from crsv_desk.ui.theme import Theme
from tests.services.world import DRAWN, Coalition
from tests.ui.bench import Bench, grab
from tests.ui.test_every_page import _cut

Sit = Callable[[Desk], Bench]
ANANAS, BOSBES = "Stichting Ananas", "Vereniging Bosbes"


def next_version(here: Coalition, *changed: tuple[str, str], correction: tuple[str, ...] = ()) -> None:
    office = here.secretariat
    draft = load_draft(office.desk, office.dossier)
    assert draft is not None
    body = draft.body
    for old, new in changed:
        assert old in body
        body = body.replace(old, new)
    save_draft(office.desk, replace(draft, body=body))
    file = publish(office.desk, office.dossier, correction=correction, object_before="2026-05-25")
    for one in here.partners.values():
        one.take(file)


class Late:
    """The day after one could object."""

    def now(self) -> str:
        return "2026-05-26T00:00:01Z"


def opened(here: Coalition, sit: Sit) -> tuple[Bench, ChangesPage]:
    bench = sit(here.partners[ANANAS].desk)
    page = bench.go("changes", here.secretariat.dossier)
    assert isinstance(page, ChangesPage)
    return bench, page


@pytest.fixture
def signed(here: Coalition) -> Coalition:
    """Ananas signed version 1 with a drawn mark and a reservation; version 2 changed two paragraphs and added one."""
    office = here.partners[ANANAS]
    here.answered(ANANAS, office.endorse("all", mark=DRAWN, reservation="Mits.", reservation_printed=True))
    next_version(
        here,
        ("eerste alinea", "belangrijkste alinea"),
        ("- Een gezant bij de Europese Unie.", "- Een gezant bij de Europese Unie.\n- Toezicht op wapenexport."),
        ("- Vervolging van daders.", "- Vervolging van alle daders."),
    )
    return here


def test_the_letter_leads_to_what_changed(signed: Coalition, sit: Sit) -> None:
    bench = sit(signed.partners[ANANAS].desk)
    bench.go("read", signed.secretariat.dossier)
    assert "2 paragraphs changed, 1 added" in bench.words()
    bench.push("What changed")
    assert isinstance(bench.page, ChangesPage)


def test_every_change_is_read_and_gone_through_by_n_and_p(signed: Coalition, sit: Sit) -> None:
    bench, page = opened(signed, sit)
    grab(bench.window, "changes")
    assert [card.accessibleName() for card in page.cards] == [
        "Change 1 of 3, Paragraph 1, out: eerste · in: belangrijkste · Dit is de belangrijkste alinea van deze brief,"
        " met nadruk en met een zin erbij.",
        "Change 2 of 3, Paragraph 4, in: alle · Vervolging van alle daders.",
        "Change 3 of 3, Paragraph 6, in: Toezicht op wapenexport. · Toezicht op wapenexport.",
    ]
    assert bench.focus is page.cards[0]
    bench.press("N", "N", "N")
    assert bench.focus is page.cards[2]
    bench.press("P")
    assert bench.focus is page.cards[1]
    assert "Paragraphs 2, 3, 5 are the same to the letter." in bench.words()
    assert "You signed version 1. Now there is version 2." in bench.words()


def test_a_changed_field_is_a_change_like_a_paragraph(here: Coalition, sit: Sit) -> None:
    sec, partner = here.secretariat, here.partners[ANANAS]
    mark_version_read(partner.desk, sec.dossier, str(summary(partner.desk, sec.dossier).letter))
    draft = load_draft(sec.desk, sec.dossier)
    assert draft is not None
    front = {**draft.front, "subject": "Over seksueel geweld", "salutation": "Geachte voorzitter,"}
    save_draft(sec.desk, replace(draft, front=front))
    partner.take(publish(sec.desk, sec.dossier))
    bench = sit(partner.desk)
    bench.go("read", sec.dossier)
    assert "another subject, another salutation" in bench.words()
    bench.push("What changed")
    page = bench.page
    assert isinstance(page, ChangesPage)
    grab(bench.window, "changes-fields")
    assert [card.accessibleName() for card in page.cards] == [
        "Change 1 of 2, Subject, out: conflictgerelateerd · in: seksueel · Over seksueel geweld",
        "Change 2 of 2, Salutation, out: leden, · in: voorzitter, · Geachte voorzitter,",
    ]
    assert not any(card.show_block.isVisible() for card in page.cards)
    bench.press("N")
    assert bench.focus is page.cards[1]


def test_the_whole_text_can_be_seen_with_the_changes_in_it(signed: Coalition, sit: Sit) -> None:
    bench, page = opened(signed, sit)
    page.view.choose(1)
    bench.settle()
    assert len(page.cards) == 7
    assert any(card.accessibleName().startswith("The same") for card in page.cards)


def test_of_many_changes_the_first_are_shown_at_once_and_nobody_signs_before_the_last(
    here: Coalition, sit: Sit
) -> None:
    office, partner = here.secretariat, here.partners[ANANAS]
    draft = load_draft(office.desk, office.dossier)
    assert draft is not None
    many = [f"Alinea {number} zegt iets anders dan de vorige." for number in range(40)]
    save_draft(office.desk, replace(draft, body="\n\n".join(many)))
    partner.take(publish(office.desk, office.dossier))
    here.answered(ANANAS, partner.endorse("all"))
    next_version(here, *((one, one.replace("zegt", "vraagt")) for one in many))
    bench, page = opened(here, sit)
    assert len(page.cards) < 40 and not page.seen_all
    bench.press("Ctrl+Return")
    assert len(page.cards) == 40, "whoever wants to sign is led to the end of all of them"
    bench.settle()
    assert page.cards[-1].accessibleName().startswith("Change 40 of 40, Paragraph 40, out: zegt")
    assert "Every paragraph changed." in bench.words()
    assert bench.window.place[0] == "changes"


def test_a_change_is_shown_in_the_letter(signed: Coalition, sit: Sit) -> None:
    bench, _page = opened(signed, sit)
    bench.press("N", "Tab", "Space")
    bench.settle()
    assert bench.window.place[0] == "read"
    assert "Vervolging van alle daders" in bench.focus.accessibleName()


def test_signing_again_asks_for_the_end_of_the_list_and_the_mandate(signed: Coalition, sit: Sit) -> None:
    bench, page = opened(signed, sit)
    bench.window.resize(900, 600)
    bench.settle()
    assert not page.seen_all
    bench.press("Ctrl+Return")
    bench.settle()
    assert bench.window.place[0] == "changes" and page.seen_all  # it went to the end, and signed nothing
    bench.press("Ctrl+Return")
    assert "Confirm that you may sign for your organisation." in bench.words()
    assert bench.focus is page.mandate
    bench.press("Space", "Ctrl+Return")
    bench.settle()
    assert bench.window.place[0] == "send"
    desk, dossier = signed.partners[ANANAS].desk, signed.secretariat.dossier
    own = latest_own(desk, dossier)
    assert own is not None and isinstance(own.statement, Endorsement)
    assert own.statement.reservation.text == "Mits." and own.statement.mark == "strokes"
    assert len(own.statement.replaces) == 1
    assert signed.partners[ANANAS].volume().letter(own.statement.letter).n == 2


def test_a_correction_counts_unless_one_objects(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    office = here.partners[ANANAS]
    here.answered(ANANAS, office.endorse("all", corrections=True))
    changed = block_named(office.desk, office.volume(), "5")
    next_version(here, ("bij de Europese Unie", "bij de EU"), correction=(changed,))
    assert here.secretariat.status()[ANANAS].standing == "endorsed"
    bench, _page = opened(here, sit)
    grab(bench.window, "changes-correction")
    assert "You can object until Monday 25 May." in bench.words()
    bench.push("Object…")
    bench.type("Dit is geen kleinigheid.")
    bench.push("Object to this correction")
    bench.answer_file_dialog(tmp_path / "objection.crsv")
    here.secretariat.take((tmp_path / "objection.crsv").read_bytes())
    assert here.secretariat.status()[ANANAS].standing == "endorsed an older version"
    for page in ("changes", "read"):
        bench.go(page, here.secretariat.dossier)
        assert "You objected to this correction" in bench.words() and "unless you object" not in bench.words()


def test_after_the_time_to_object_that_is_said(here: Coalition, sit: Sit) -> None:
    office = here.partners[ANANAS]
    here.answered(ANANAS, office.endorse("all", corrections=True))
    changed = block_named(office.desk, office.volume(), "5")
    next_version(here, ("bij de Europese Unie", "bij de EU"), correction=(changed,))
    late = replace(office.desk, clock=Late())
    bench = sit(late)
    bench.go("changes", here.secretariat.dossier)
    assert "The time to object was until Monday 25 May;" in bench.words() and bench.has("Object…")


def test_a_no_stands_for_a_newer_text_too_and_nobody_says_otherwise(here: Coalition, sit: Sit) -> None:
    office = here.partners[ANANAS]
    here.answered(ANANAS, decline(office.desk, here.secretariat.dossier, "Nee."))
    next_version(here, ("eerste alinea", "tweede alinea"))
    assert here.secretariat.status()[ANANAS].standing == "declined"
    bench = sit(office.desk)
    bench.go("read", here.secretariat.dossier)
    assert "You may answer anew." in bench.words() and "does not count" not in bench.words()


def test_who_only_read_the_old_text_goes_on_to_answer(here: Coalition, sit: Sit) -> None:
    bench = sit(here.partners[BOSBES].desk)
    bench.go("read", here.secretariat.dossier)
    bench.press("Ctrl+Return")  # read, go on
    next_version(here, ("eerste alinea", "tweede alinea"))
    bench.session.changed.emit()
    page = bench.go("changes", here.secretariat.dossier)
    assert isinstance(page, ChangesPage)
    assert "What changed since you read it?" in bench.words()
    bench.press("Ctrl+Return")
    assert bench.window.place[0] == "endorse"


def test_when_nothing_changed_that_is_said(here: Coalition, sit: Sit) -> None:
    bench, _page = opened(here, sit)
    assert "Not a letter has changed" in bench.words()


@pytest.mark.parametrize(
    ("name", "size", "scale"), [("light", (900, 600), 1.0), ("dark", (1280, 800), 1.0), ("light", (1280, 800), 2.0)]
)
def test_nothing_is_cut_off_sideways(
    signed: Coalition, sit: Sit, name: str, size: tuple[int, int], scale: float
) -> None:
    bench, page = opened(signed, sit)
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme(name, scale))  # type: ignore[arg-type]
    bench.window.resize(*size)
    bench.settle()
    grab(bench.window, f"changes-{name}-{size[0]}-{scale}")
    assert page._area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(("size", "scale"), [((1920, 1080), 1.0), ((1280, 800), 2.0), ((900, 600), 1.0)])
def test_every_changed_line_is_seen_however_wide_the_window_is(
    here: Coalition, sit: Sit, qapp: QApplication, size: tuple[int, int], scale: float
) -> None:
    office = here.partners[ANANAS]
    here.answered(ANANAS, office.endorse("all"))
    long = "Nieuwe woorden die deze alinea zo lang maken dat zij in het breedste venster nog niet op één regel past, "
    next_version(here, ("Wij vragen om drie dingen, en", f"{long * 2}en"))
    dates.speak("fr")
    theme.apply(qapp, Theme("light", scale))
    bench, page = opened(here, sit)
    bench.window.resize(*size)
    bench.settle()
    grab(bench.window, f"changes-wide-{size[0]}-{scale}")
    assert _cut(page) == []
    read = bench.go("read", here.secretariat.dossier)
    grab(bench.window, f"read-wide-{size[0]}-{scale}")
    assert _cut(read) == []
