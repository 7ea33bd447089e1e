"""What was typed and neither signed nor settled is there again, whatever ended the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from crsv_desk.services.book import block_named
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.half_written import half_written
from crsv_desk.services.publish import letter_file_for_partners, publish
from crsv_desk.services.remarks import comment, list_remarks
from crsv_desk.services.settling import settle
from crsv_desk.ui.letter.comment import CommentPage
from crsv_desk.ui.rest import Rest
from crsv_desk.ui.secretariat.comments import CommentsPage
from tests.services.world import Coalition
from tests.ui.bench import Bench

Sit = Callable[..., Bench]
ANANAS = "Stichting Ananas"
FIRST = "Dit is de eerste alinea van deze brief, met nadruk en met een zin erbij."


def commenting(bench: Bench, dossier: str) -> CommentPage:
    page = bench.go("comment", dossier)
    assert isinstance(page, CommentPage)
    return page


def settling(bench: Bench, dossier: str) -> CommentsPage:
    page = bench.go("comments", dossier)
    assert isinstance(page, CommentsPage)
    return page


def test_a_remark_is_there_again_as_far_as_it_was_typed(here: Coalition, sit: Sit) -> None:
    office = here.partners[ANANAS]
    desk, dossier = office.desk, office.dossier
    bench = sit(desk)
    page = commenting(bench, dossier)
    page.where.setCurrentIndex(3)
    page.kind.choose(1)
    page.proposal.setPlainText("Wij vragen om vier dingen.")
    page.text.setFocus()
    bench.type("Want er zijn er vier")
    # Nobody leaves the page, closes the window or saves: the program ends here.
    bench.until(lambda: half_written(desk, dossier, "remark").get("text") == "Want er zijn er vier")
    again = sit(desk)
    page = commenting(again, dossier)
    assert (page.where.currentIndex(), page.kind.now) == (3, 1)
    assert page.proposal.toPlainText() == "Wij vragen om vier dingen."
    assert page.text.toPlainText() == "Want er zijn er vier"
    again.push("Add another")
    [row] = list_remarks(desk, dossier)
    assert (row.kind, row.text, row.proposal) == ("proposal", "Want er zijn er vier", "Wij vragen om vier dingen.")
    assert not half_written(desk, dossier, "remark")


def test_a_remark_that_is_being_typed_outlives_a_new_version_without_its_paragraph(here: Coalition, sit: Sit) -> None:
    office, sec = here.partners[ANANAS], here.secretariat
    bench = sit(office.desk)
    page = commenting(bench, office.dossier)
    page.where.setCurrentIndex(page.where.count() - 1)
    page.text.setFocus()
    bench.type("Nog niet af")
    draft = load_draft(sec.desk, sec.dossier)
    assert draft is not None
    save_draft(sec.desk, replace(draft, body=draft.body.replace("- Een gezant bij de Europese Unie.\n", "")))
    office.take(publish(sec.desk, sec.dossier))
    bench.session.changed.emit()
    bench.settle()
    assert page.text.toPlainText() == "Nog niet af" and page.where.currentIndex() == 0


def test_a_reply_to_what_became_of_a_remark_is_one_still_and_can_stop_being_one(here: Coalition, sit: Sit) -> None:
    office, sec = here.partners[ANANAS], here.secretariat
    asked = comment(
        office.desk, office.dossier, "comment", "Te vaag.", block=block_named(office.desk, office.volume(), "1")
    )
    here.answered(ANANAS, asked)
    settle(sec.desk, sec.dossier, asked.statement, "declined", "Dat is afgesproken.")
    office.take(letter_file_for_partners(sec.desk, sec.dossier))
    bench = sit(office.desk)
    page = commenting(bench, office.dossier)
    bench.push("Reply")
    assert f"You reply to {sec.organisation}" in bench.words() and "Dat is afgesproken." in bench.words()
    bench.type("Met wie?")
    bench.until(lambda: bool(half_written(office.desk, office.dossier, "remark")))
    again = sit(office.desk)
    page = commenting(again, office.dossier)
    assert f"You reply to {sec.organisation}" in again.words()
    again.push("Add another")
    reply = list_remarks(office.desk, office.dossier)[1]
    assert (reply.text, reply.refers) == ("Met wie?", asked.statement)
    again.push("Reply")
    again.push("No reply")
    assert again.focus is page.text
    again.type("Iets anders.")
    again.push("Add another")
    assert {row.text: row.refers for row in list_remarks(office.desk, office.dossier)}["Iets anders."] == ""


def test_a_decision_is_there_again_as_far_as_it_was_typed(here: Coalition, sit: Sit) -> None:
    office, sec = here.partners[ANANAS], here.secretariat
    block = block_named(office.desk, office.volume(), "1")
    words = FIRST.replace("eerste", "allereerste")
    asked = comment(office.desk, office.dossier, "proposal", "Zo.", block=block, proposal=words)
    here.answered(ANANAS, asked)
    bench = sit(sec.desk)
    page = settling(bench, sec.dossier)
    assert page.decision is not None
    page.decision.choose(1)
    page.decision.words.setPlainText("Dit is de vijfde alinea.")
    page.decision.reason.setFocus()
    bench.type("Half om half")
    kept = {asked.statement: [1, "Half om half", "Dit is de vijfde alinea."]}
    bench.until(lambda: half_written(sec.desk, sec.dossier, "decisions") == kept)
    again = sit(sec.desk)
    page = settling(again, sec.dossier)
    assert page.decision is not None
    assert (page.decision.verdict.now, page.decision.reason.toPlainText()) == (1, "Half om half")
    assert page.decision.words.toPlainText() == "Dit is de vijfde alinea."
    page._save()
    again.settle()
    assert not half_written(sec.desk, sec.dossier, "decisions")
    draft = load_draft(sec.desk, sec.dossier)
    assert draft is not None and "Dit is de vijfde alinea." in draft.body


def test_whoever_never_rests_is_kept_too(qtbot: QtBot) -> None:
    fired: list[bool] = []
    rest = Rest(None, rest=200, most=300)
    rest.timeout.connect(lambda: fired.append(True))

    def type_on() -> bool:
        rest.typed()
        return bool(fired)

    qtbot.waitUntil(type_on, timeout=5_000)  # looks again every ten milliseconds


def test_a_half_typed_remark_never_moves_to_another_paragraph_unseen(here: Coalition, sit: Sit) -> None:
    office = here.partners[ANANAS]
    bench = sit(office.desk)
    page = commenting(bench, office.dossier)
    page.where.setCurrentIndex(1)
    page.text.setFocus()
    bench.type("Over de eerste")
    bench.go("read", office.dossier)
    bench.session.commenting = block_named(office.desk, office.volume(), "3")
    page = commenting(bench, office.dossier)
    assert page.where.currentIndex() == 1 and bench.told[-1][0].startswith("Finish this remark first")
    bench.push("Add another")
    bench.go("read", office.dossier)
    bench.session.commenting = third = block_named(office.desk, office.volume(), "3")
    page = commenting(bench, office.dossier)
    assert page.where.currentData() == third
