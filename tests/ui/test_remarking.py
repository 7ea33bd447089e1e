"""A partner remarks more than once, points at words, stays unseen where it must; and signs with all that can be said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crsv_desk.domain.paper import Person
from crsv_desk.domain.statements import Endorsement
from crsv_desk.services.answering import latest_own
from crsv_desk.services.book import block_named
from crsv_desk.services.desk import Desk
from crsv_desk.services.endorse import Choice
from crsv_desk.services.prepared import prepare_for_colleague
from crsv_desk.services.publish import letter_file_for_partners
from crsv_desk.services.remarks import comment, list_remarks, unsent
from crsv_desk.ui.letter.comment import CommentPage
from crsv_desk.ui.letter.endorse import EndorsePage
from tests.services.world import LEAD, Coalition
from tests.ui.bench import Bench, grab

Sit = Callable[[Desk], Bench]
ANANAS = "Stichting Ananas"


def opened(here: Coalition, sit: Sit, paragraph: str = "2") -> tuple[Bench, CommentPage]:
    office = here.partners[ANANAS]
    bench = sit(office.desk)
    bench.session.commenting = block_named(office.desk, office.volume(), paragraph)
    page = bench.go("comment", here.secretariat.dossier)
    assert isinstance(page, CommentPage)
    return bench, page


def test_two_remarks_go_out_in_one_file(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    bench, page = opened(here, sit)
    bench.tab_to("About which words?")
    bench.type("drie dingen")
    page.text.setFocus()
    bench.type("Welke drie?")
    bench.push("Add another")
    assert "1 remark is in no file yet" in bench.words()
    page.text.setFocus()
    bench.type("En nog iets.")
    bench.press("Ctrl+Return")
    bench.settle()
    bench.answer_file_dialog(tmp_path / "remarks.crsv")
    here.secretariat.take((tmp_path / "remarks.crsv").read_bytes())
    rows = list_remarks(here.secretariat.desk, here.secretariat.dossier)
    assert [(row.words, row.text) for row in rows] == [("drie dingen", "Welke drie?"), ("", "En nog iets.")]
    assert not unsent(here.partners[ANANAS].desk, here.secretariat.dossier)


def test_words_that_are_not_there_are_said_to_be(here: Coalition, sit: Sit) -> None:
    bench, page = opened(here, sit)
    bench.tab_to("About which words?")
    bench.type("zeven dingen")
    page.text.setFocus()
    bench.type("Hm.")
    bench.press("Ctrl+Return")
    assert "The paragraph does not say these words." in bench.words()
    assert bench.focus is page.words


def test_a_remark_can_be_sealed_before_anything_was_signed(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    bench, page = opened(here, sit)
    page.text.setFocus()
    bench.type("Noem ons niet.")
    bench.tab_to(f"Only {LEAD} may know that this is from us")
    bench.press("Space", "Ctrl+Return")
    bench.settle()
    bench.answer_file_dialog(tmp_path / "x.crsv")
    assert ANANAS.encode() not in (tmp_path / "x.crsv").read_bytes()
    here.secretariat.take((tmp_path / "x.crsv").read_bytes())
    [row] = list_remarks(here.secretariat.desk, here.secretariat.dossier)
    assert row.sealed and row.text == "Noem ons niet."


def test_a_reply_of_the_secretariat_can_be_answered(here: Coalition, sit: Sit) -> None:
    office, desk, dossier = here.partners[ANANAS], here.secretariat.desk, here.secretariat.dossier
    asked = comment(office.desk, dossier, "question", "Waarom?")
    here.secretariat.take(asked.data)
    here.confirmed(ANANAS)
    comment(desk, dossier, "comment", "Wat bedoelt u?", refers=asked.statement)
    office.take(letter_file_for_partners(desk, dossier))
    bench, page = opened(here, sit)
    bench.push("Reply")
    assert bench.focus is page.text and f"You reply to {here.secretariat.organisation}" in bench.words()
    bench.type("Dit.")
    bench.push("Add another")
    rows = list_remarks(office.desk, dossier)
    assert [row.text for row in rows] == ["Waarom?", "Wat bedoelt u?", "Dit."]
    assert rows[2].refers == rows[1].statement


def test_everything_that_can_be_said_when_signing_is_signed(here: Coalition, sit: Sit) -> None:
    bench = sit(here.partners[ANANAS].desk)
    page = bench.go("endorse", here.secretariat.dossier)
    assert isinstance(page, EndorsePage)
    more = page.more
    assert not more.inside.isVisible()
    assert not any(tick.isChecked() for tick in (more.order, more.printed, more.corrections))
    bench.push("More: others, reservation, decision…")
    assert bench.focus is more.others
    bench.type("B. Voorzitter")
    bench.press("Ctrl+Return")
    assert "Write each as “name, role”." in bench.words()
    more.others.setFocus()
    bench.press("Ctrl+End")
    bench.type(", voorzitter")
    bench.push("I sign on the order of the first person named")
    bench.tab_to("Decision behind it")
    bench.type("Bestuursbesluit van 12 mei")
    bench.tab_to("Reservation or condition")
    bench.type("Mits alinea 3 blijft.")
    bench.push("Print this reservation below our name")
    bench.push("Our signature also counts when facts are corrected later")
    grab(bench.window, "endorse-more")
    page.visibility.choices[0].setFocus()
    bench.press("Space")
    page.mandate.setFocus()
    bench.press("Space", "Ctrl+Return")
    bench.settle()
    own = latest_own(here.partners[ANANAS].desk, here.secretariat.dossier)
    assert own is not None and isinstance(own.statement, Endorsement)
    said = own.statement
    assert [one.name for one in said.people][1:] == ["B. Voorzitter"] and said.acting == "order"
    assert said.mandate == "Bestuursbesluit van 12 mei" and said.corrections
    assert (said.reservation.text, said.reservation.printed) == ("Mits alinea 3 blijft.", True)


def test_one_can_say_that_one_answers_later(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    bench = sit(here.partners[ANANAS].desk)
    bench.go("endorse", here.secretariat.dossier)
    bench.push("No, or not yet…")
    bench.type("Eerst het bestuur.")
    bench.tab_to("We do answer, but not yet", back=True)
    bench.press("Space")
    bench.tab_to("We know before which day")
    bench.press("Space")
    grab(bench.top, "answer-later")
    bench.push("Say that we answer later")
    bench.answer_file_dialog(tmp_path / "later.crsv")
    here.secretariat.take((tmp_path / "later.crsv").read_bytes())
    here.confirmed(ANANAS)
    row = here.secretariat.status()[ANANAS]
    assert row.later and row.standing == "opened"


def test_one_can_say_that_one_is_reading_without_a_day(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    bench = sit(here.partners[ANANAS].desk)
    bench.go("send", here.secretariat.dossier)
    bench.push("Say that you are reading it")
    assert bench.top.later.isChecked()  # type: ignore[attr-defined]
    bench.push("Say that we answer later")
    bench.answer_file_dialog(tmp_path / "reading.crsv")
    here.secretariat.take((tmp_path / "reading.crsv").read_bytes())
    here.confirmed(ANANAS)
    row = here.secretariat.status()[ANANAS]
    assert (row.standing, row.later, row.remarks) == ("opened", "", 0)
    bench.go("comment", here.secretariat.dossier)
    assert "The letter arrived and is being read." in bench.words()
    assert "To do" not in bench.words(), "nobody has to settle it"


def test_a_form_is_prepared_for_a_colleague_who_finds_it_filled_in(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    bench = sit(here.partners[ANANAS].desk)
    page = bench.go("endorse", here.secretariat.dossier)
    assert isinstance(page, EndorsePage)
    page.name.widget.setFocus()
    bench.press("Ctrl+A")
    bench.type("A. Directeur")
    bench.push("More: others, reservation, decision…")
    bench.tab_to("Decision behind it")
    bench.type("Besluit van 12 mei")
    bench.push("Somebody else signs: save this form for a colleague…")
    bench.answer_file_dialog(tmp_path / "to-sign.crsv")
    director = here.world.partner(ANANAS, here.letter, here.secretariat)
    other = sit(director.desk)
    other.window.open_files([tmp_path / "to-sign.crsv"])
    other.settle()
    theirs = other.go("endorse", here.secretariat.dossier)
    assert isinstance(theirs, EndorsePage)
    assert theirs.more.note.text() == "Besluit van 12 mei" and theirs.more.inside.isVisible()
    assert not theirs.mandate.isChecked() and theirs.visibility.shown is None
    other.window.messages.hush()
    assert "A colleague prepared your signature; look at it, and sign it yourself." in other.words()
    director.endorse("all")
    other.session.changed.emit()
    other.go("endorse", here.secretariat.dossier)
    assert "A colleague prepared" not in other.words()


def test_a_prepared_form_is_offered_where_one_was_begun(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    dossier = here.secretariat.dossier
    choice = Choice("all", (Person("A. Directeur", "directeur"),), mandate="Besluit van 12 mei")
    (tmp_path / "form.crsv").write_bytes(prepare_for_colleague(here.partners[ANANAS].desk, dossier, choice))
    director = here.world.partner(ANANAS, here.letter, here.secretariat)
    bench = sit(director.desk)
    page = bench.go("endorse", dossier)
    assert isinstance(page, EndorsePage)
    page.more.show_all()
    page.more.note.setText("Van mij")
    bench.window.open_files([tmp_path / "form.crsv"])
    bench.settle()
    bench.go("endorse", dossier)
    assert page.more.note.text() == "Van mij"
    assert "A colleague prepared this form for A. Directeur" in bench.words()
    grab(bench.window, "prepared-offered")
    bench.push("Take theirs")
    assert page.more.note.text() == "Besluit van 12 mei" and page.name.widget.property("text") == "A. Directeur"
    assert bench.focus is page.name.widget
    bench.push("Back to the form that you had begun yourself")
    assert page.more.note.text() == "Van mij" and "A colleague prepared" not in bench.words()
    assert not bench.has("Take theirs")
