"""The secretariat settles remarks by keyboard: with reasons, into the draft, and back to the partners."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crsv_desk.services.book import block_named
from crsv_desk.services.drafting import load_draft
from crsv_desk.services.overview import summary
from crsv_desk.services.publish import letter_file_for_partners
from crsv_desk.services.remarks import comment, list_remarks
from crsv_desk.services.settling import settle
from crsv_desk.ui import theme
from crsv_desk.ui.letter.read import ReadPage
from crsv_desk.ui.letter.remark_card import shown_state
from crsv_desk.ui.secretariat.comments import CommentsPage
from crsv_desk.ui.theme import Theme
from tests.services.world import Coalition
from tests.ui.bench import Bench, grab

Sit = Callable[..., Bench]
ANANAS, BOSBES = "Stichting Ananas", "Vereniging Bosbes"
FIRST = "Dit is de eerste alinea van deze brief, met nadruk en met een zin erbij."


@pytest.fixture
def remarked(here: Coalition) -> Coalition:
    """Two proposals for the first paragraph, and a question."""
    dossier, files = here.secretariat.dossier, []
    for name, words in ((ANANAS, FIRST.replace("eerste", "belangrijkste").replace("een zin", "een slotzin")),
                        (BOSBES, FIRST.replace("eerste", "allereerste"))):  # fmt: skip
        office = here.partners[name]
        block = block_named(office.desk, office.volume(), "1")
        files.append(comment(office.desk, dossier, "proposal", "Zo is het beter.", block=block, proposal=words).data)
    office = here.partners[BOSBES]
    block = block_named(office.desk, office.volume(), "2")
    files.append(comment(office.desk, dossier, "question", "Welke drie?", block=block, words="drie dingen").data)
    here.secretariat.take(*files)
    for name in (ANANAS, BOSBES):
        here.confirmed(name)
    return here


def opened(here: Coalition, sit: Sit) -> tuple[Bench, CommentsPage]:
    bench = sit(here.secretariat.desk)
    page = bench.go("comments", here.secretariat.dossier)
    assert isinstance(page, CommentsPage)
    return bench, page


def choose(bench: Bench, page: CommentsPage, statement: str) -> None:
    assert page.list.choose(statement)
    bench.settle()


def draft_of(here: Coalition) -> str:
    draft = load_draft(here.secretariat.desk, here.secretariat.dossier)
    assert draft is not None
    return draft.body


def test_a_proposal_is_taken_over_with_two_keys_and_the_next_stands_there(remarked: Coalition, sit: Sit) -> None:
    bench, page = opened(remarked, sit)
    grab(bench.window, "comments")
    assert bench.focus is page.list
    assert "out: eerste; zin · in: belangrijkste; slotzin" in bench.words()
    bench.press("1", "Ctrl+Return")
    bench.settle()
    assert "Dit is de belangrijkste alinea van deze brief, met *nadruk* en met een slotzin erbij." in draft_of(remarked)
    row = page.list.row()
    assert row is not None and row.organisation == BOSBES and row.state == "open"
    assert bench.focus is page.list
    grab(bench.window, "comments-changed-since")
    assert "This paragraph has changed since" in bench.words()


def test_the_keys_go_on_and_back_but_not_while_one_types(remarked: Coalition, sit: Sit) -> None:
    bench, page = opened(remarked, sit)

    def at() -> int:
        return page.list.currentIndex().row()

    bench.press("J")
    assert at() == 1
    bench.press("J", "J", "J")
    assert at() == 2  # the last
    bench.press("K")
    assert at() == 1
    bench.press("3")
    bench.tab_to("Reason")
    bench.type("Jammer, 1 k")
    assert at() == 1 and page.decision is not None and page.decision.verdict.now == 2
    assert page.decision.reason.toPlainText() == "Jammer, 1 k"


def test_a_reason_is_asked_for_and_a_common_one_can_be_added(remarked: Coalition, sit: Sit) -> None:
    bench, page = opened(remarked, sit)
    bench.press("Ctrl+Return")
    assert "Choose what becomes of it." in bench.words()
    page.list.setFocus()
    bench.press("3", "Ctrl+Return")
    assert page.decision is not None and bench.focus is page.decision.reason
    assert "Give the reason: the organisation reads it." in bench.words()
    bench.push("The letter must stay short")
    bench.press("Ctrl+Return")
    bench.settle()
    desk, dossier = remarked.secretariat.desk, remarked.secretariat.dossier
    assert [(row.state, row.answer) for row in list_remarks(desk, dossier) if row.organisation == ANANAS] == [
        ("declined", "The letter must stay short.")
    ]
    remarked.partners[ANANAS].take(letter_file_for_partners(desk, dossier))
    [seen] = list_remarks(remarked.partners[ANANAS].desk, dossier)
    assert seen.state == "declined"


def test_partly_takes_the_changes_that_are_ticked(remarked: Coalition, sit: Sit) -> None:
    bench, _page = opened(remarked, sit)
    bench.press("2")
    bench.push("“eerste” becomes “belangrijkste”")
    bench.tab_to("Reason")
    bench.type("De slotzin niet.")
    grab(bench.window, "comments-partly")
    bench.press("Ctrl+Return")
    bench.settle()
    assert "belangrijkste alinea van deze brief, met *nadruk* en met een zin erbij." in draft_of(remarked)
    rows = {row.organisation: row for row in list_remarks(remarked.secretariat.desk, remarked.secretariat.dossier)}
    assert rows[ANANAS].settled[0].words == FIRST.replace("eerste", "belangrijkste")


def test_what_clashes_is_said_and_what_was_settled_in_two_ways_can_be_cleared(remarked: Coalition, sit: Sit) -> None:
    desk, dossier = remarked.secretariat.desk, remarked.secretariat.dossier
    key = next(row.statement for row in list_remarks(desk, dossier) if row.organisation == ANANAS)
    settle(desk, dossier, key, "declined", "Nee.")
    bench, page = opened(remarked, sit)
    choose(bench, page, key)
    assert "Vereniging Bosbes wants other words in this paragraph" in bench.words()
    assert "Not" in bench.words()
    page.list.setFocus()
    bench.press("1", "Ctrl+Return")
    bench.settle()
    [row] = [row for row in list_remarks(desk, dossier) if row.statement == key]
    assert row.state == "taken" and len(row.settled) == 1


def test_the_list_can_be_narrowed_and_says_when_nothing_is_left(remarked: Coalition, sit: Sit) -> None:
    bench, page = opened(remarked, sit)
    bench.press("Alt+B")
    assert bench.focus is page.organisation
    page.organisation.setCurrentIndex(page.organisation.findData(ANANAS))
    assert [row.organisation for row in page.list.remarks.rows] == [ANANAS]
    page.state.setCurrentIndex(page.state.findData("taken"))
    bench.settle()
    assert "Nothing found" in bench.words()
    page.state.setCurrentIndex(0)
    assert page.list.row() is not None


def test_when_all_is_settled_the_way_leads_to_the_next_version(remarked: Coalition, sit: Sit) -> None:
    desk, dossier = remarked.secretariat.desk, remarked.secretariat.dossier
    for row in list_remarks(desk, dossier)[1:]:
        settle(desk, dossier, row.statement, "declined", "Nee.")
    bench, page = opened(remarked, sit)
    assert not page.publish.isVisible()
    choose(bench, page, list_remarks(desk, dossier)[0].statement)
    bench.press("1", "Ctrl+Return")
    bench.settle()
    assert page.publish.isVisible()
    assert ("Every remark is settled. The answers go out with the next version.", "ok") in bench.told


def test_the_words_that_a_remark_points_at_stand_out(remarked: Coalition, sit: Sit) -> None:
    bench, page = opened(remarked, sit)
    row = next(row for row in page.list.remarks.rows if row.kind == "question")
    choose(bench, page, row.statement)
    assert row.words == "drie dingen"
    assert "Paragraph 2 · question by Vereniging Bosbes" in bench.words()


def test_without_remarks_the_page_says_what_to_expect(here: Coalition, sit: Sit) -> None:
    bench, _page = opened(here, sit)
    assert "No remarks yet" in bench.words()
    QTest.keyClick(bench.window, Qt.Key.Key_J)  # nothing to go to, and no error


@pytest.mark.parametrize(
    ("name", "size", "scale"), [("light", (900, 600), 1.0), ("dark", (1280, 800), 1.0), ("light", (1280, 800), 2.0)]
)
def test_nothing_is_cut_off_sideways(
    remarked: Coalition, sit: Sit, name: str, size: tuple[int, int], scale: float
) -> None:
    bench, page = opened(remarked, sit)
    theme.apply(application(), Theme(name, scale))  # type: ignore[arg-type]
    bench.window.resize(*size)
    bench.settle()
    grab(bench.window, f"comments-{name}-{size[0]}-{scale}")
    assert page._area.horizontalScrollBar().maximum() == 0


def application() -> QApplication:
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found


def test_what_is_typed_stays_in_its_field_when_something_else_arrives(remarked: Coalition, sit: Sit) -> None:
    bench, page = opened(remarked, sit)
    decision = page.decision
    assert decision is not None
    decision.choose(2)
    decision.reason.setPlainText("Nog niet af")
    decision.reason.setFocus()
    office = remarked.partners["Fonds Citroen"]
    remarked.secretariat.take(comment(office.desk, office.dossier, "comment", "Dank.").data)
    bench.window.session.changed.emit()
    bench.settle()
    assert len(page.list.remarks.rows) == 4
    assert page.decision is decision and bench.focus is decision.reason
    assert decision.reason.toPlainText() == "Nog niet af"


def test_a_reply_is_shown_as_soon_as_it_comes(remarked: Coalition, sit: Sit) -> None:
    bench, page = opened(remarked, sit)
    office = remarked.partners[ANANAS]
    mine = list_remarks(office.desk, office.dossier)[0].statement
    choose(bench, page, mine)
    remarked.secretariat.take(comment(office.desk, office.dossier, "comment", "En graag snel.", refers=mine).data)
    bench.window.session.changed.emit()
    bench.settle()
    assert "En graag snel." in bench.words()


def test_in_a_low_window_with_large_text_more_than_one_remark_is_in_sight(
    here: Coalition, sit: Sit, qapp: QApplication
) -> None:
    theme.apply(qapp, Theme("light", 2.0))
    partner = here.partners["Stichting Ananas"]
    for number in range(6):
        here.secretariat.take(comment(partner.desk, partner.dossier, "comment", f"Opmerking {number}.").data)
    bench = sit(here.secretariat.desk, (900, 600))
    page = bench.go("comments", here.secretariat.dossier)
    assert isinstance(page, CommentsPage)
    rows = page.list.viewport().height() / page.list.sizeHintForRow(0)
    assert rows >= 2, rows
    grab(bench.window, "comments-low")


def test_a_partners_reply_waits_until_it_is_answered_and_the_secretariats_own_never_does(
    remarked: Coalition, sit: Sit
) -> None:
    office, sec = remarked.partners[ANANAS], remarked.secretariat
    mine = list_remarks(office.desk, office.dossier)[0].statement
    for one in list_remarks(sec.desk, sec.dossier):
        settle(sec.desk, sec.dossier, one.statement, "declined", "Nee.")
    sec.take(comment(office.desk, office.dossier, "comment", "Waarom niet?", refers=mine).data)
    comment(sec.desk, sec.dossier, "comment", "Wij kijken ernaar.", refers=mine)
    bench, page = opened(remarked, sit)
    assert summary(sec.desk, sec.dossier).open_remarks == page._to_do == 1
    row = page.list.row()
    assert row is not None and row.text == "Waarom niet?"
    assert "Answer" in bench.words() and "Reply" in _shown_states(page)
    bench.press("1", "Ctrl+Return")
    bench.settle()
    assert summary(sec.desk, sec.dossier).open_remarks == page._to_do == 0
    assert _shown_states(page).count("Answered") == 1


def _shown_states(page: CommentsPage) -> list[str]:
    return [shown_state(one)[2] for one in page.list.remarks.rows]


def test_what_waits_is_counted_alike_everywhere_also_of_whoever_was_not_called_yet(here: Coalition, sit: Sit) -> None:
    office, sec = here.partners[ANANAS], here.secretariat
    sec.take(comment(office.desk, office.dossier, "comment", "Hm.").data)
    _bench, page = opened(here, sit)
    assert summary(sec.desk, sec.dossier).open_remarks == page._to_do == 1


def test_the_remarks_stand_in_the_margin_too_and_lead_to_their_decision(remarked: Coalition, sit: Sit) -> None:
    bench, page = opened(remarked, sit)
    asked = next(row for row in page.list.remarks.rows if row.kind == "question")
    choose(bench, page, asked.statement)
    bench.push("Beside the text")
    read = bench.page
    assert isinstance(read, ReadPage)
    assert read._now is not None and read._now.block.id == asked.block, "where the remark stands"
    assert "Welke drie?" in bench.words() and "out: eerste" in bench.words(), "all of them, with the words that change"
    grab(bench.window, "margin")
    bench.push("Decide")
    assert bench.page is page or isinstance(bench.page, CommentsPage)
    row = bench.page.list.row()
    assert row is not None and row.statement == asked.statement
    bench.go("read", remarked.secretariat.dossier)
    bench.press("Escape")
    bench.settle()
    assert isinstance(bench.page, CommentsPage)


def test_a_partner_sees_its_proposal_as_a_change_word_by_word(remarked: Coalition, sit: Sit) -> None:
    office = remarked.partners[ANANAS]
    bench = sit(office.desk)
    bench.go("comment", office.dossier)
    assert "out: eerste; zin · in: belangrijkste; slotzin" in bench.words()
    assert "No answer yet" in bench.words() and "To do" not in bench.words()
    grab(bench.window, "comment-proposed")


def test_with_large_text_the_decision_has_more_room_than_the_list(
    remarked: Coalition, sit: Sit, qapp: QApplication
) -> None:
    theme.apply(qapp, Theme("light", 2.0))
    _bench, page = opened(remarked, sit)
    above, below = page._split.sizes()
    assert page._split.orientation() == Qt.Orientation.Vertical and below > 1.5 * above
    assert page.list.viewport().height() >= 2 * page.list.sizeHintForRow(0)


def test_with_large_text_the_filters_are_a_key_away(remarked: Coalition, sit: Sit, qapp: QApplication) -> None:
    theme.apply(qapp, Theme("light", 2.0))
    bench, page = opened(remarked, sit)
    assert not page.organisation.isVisible()
    bench.push("Filter the remarks")
    assert page.state.hasFocus() and page.organisation.isVisible() and page.beside.isVisible()
    page.organisation.setFocus()
    bench.type("Stichting")
    assert [row.organisation for row in page.list.remarks.rows] == [ANANAS]
    grab(bench.window, "comments-filters-200")
    bench.push("Filter the remarks")
    assert page.list.hasFocus() and not page.organisation.isVisible()
    assert [row.organisation for row in page.list.remarks.rows] == [ANANAS]
