"""One letter through three versions, by hand: seven people at seven windows, with the keyboard and with files alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crsv_desk.services.drafting import load_draft
from crsv_desk.services.overview import list_letters
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verify import verify
from crsv_desk.ui.checking.verdict import VerdictBanner
from crsv_desk.ui.letter.changes import ChangesPage
from crsv_desk.ui.secretariat.comments import CommentsPage
from crsv_desk.ui.secretariat.compile import CompilePage
from crsv_desk.ui.secretariat.text import TextPage
from tests.services.test_review import words_of
from tests.services.world import LEAD, LETTER, Office, World
from tests.ui.bench import Bench, grab, name_of
from tests.ui.test_compile import read_through

ANANAS, BOSBES, CITROEN, DADEL, ELS, FRAMBOOS = NAMES = (
    "Stichting Ananas",
    "Vereniging Bosbes",
    "Fonds Citroen",
    "Netwerk Dadel",
    "Platform Els",
    "Kring Framboos",
)
PARTNERS = "\n".join(f"  - {name}" for name in NAMES)


@dataclass
class Story:
    """Seven workspaces and the folder through which their files go."""

    qtbot: QtBot
    folder: Path
    offices: dict[str, Office]
    count: int = 0

    @contextmanager
    def at(self, name: str) -> Iterator[Bench]:
        """Somebody sits down at the window, and closes it again."""
        bench = Bench(self.qtbot, self.offices[name].desk)
        try:
            yield bench
            self.count += 1
            grab(bench.window, f"story-{self.count:02}-{name.split()[-1]}")
        finally:
            bench.close()

    def file(self, name: str) -> Path:
        return self.folder / name

    def status(self) -> dict[str, str]:
        return {name: row.standing for name, row in self.offices[LEAD].status().items() if name in NAMES}


@pytest.fixture
def story(qtbot: QtBot, tmp_path: Path) -> Iterator[Story]:
    world = World(tmp_path / "world")
    names = (LEAD, *NAMES)
    offices = {name: world.office(name, f"{name.split()[-1]} de Wit") for name in names}
    yield Story(qtbot, tmp_path, offices)
    world.close()


# --- what everybody does


def remarked(bench: Bench, kind: str, words: str, downs: int, file: Path) -> None:
    """A remark on the paragraph that many below the first one; "Other words" replaces its words."""
    bench.tab_to("Dit is de eerste alinea")
    bench.press(*["Down"] * downs, "R")
    bench.settle()
    assert bench.window.place[0] == "comment"
    bench.tab_to("Remark", back=True)
    bench.press(*["Right"] * ("Remark", "Other words", "Question").index(kind))
    bench.tab_to("These words instead" if kind == "Other words" else "Your remark")
    bench.press("Ctrl+A")
    bench.type(words)
    bench.press("Ctrl+Return")
    bench.settle()
    bench.answer_file_dialog(file)
    assert file.exists()


def opened(bench: Bench, file: Path) -> None:
    bench.press("Ctrl+O")
    bench.answer_file_dialog(file)


def checked_by_phone(bench: Bench, count: int = 1) -> None:
    """Compare the codes of everybody who waits, one after another."""
    bench.push("Phone check")
    for _one in range(count):
        bench.push("Both codes are the same")


def chosen(bench: Bench, name: str) -> None:
    if not name_of(bench.focus).startswith(name):
        bench.tab_to(name)
    bench.press("Space")


def signed(bench: Bench, reservation: str = "", unseen: bool = False) -> None:
    """Fill the form in, sign, and save the answer."""
    bench.tab_to("Draw")
    bench.press("Right")
    if reservation:
        bench.push("More: others, reservation, decision…")
        bench.tab_to("Reservation or condition")
        bench.type(reservation)
        bench.push("Print this reservation below our name")
    chosen(bench, "Name, role and organisation")
    if unseen:
        bench.press("Down", "Down", "Space")
        assert name_of(bench.focus).startswith("Nothing, but we count")
    chosen(bench, "I may sign on behalf of")
    bench.press("Ctrl+Return")
    bench.settle()


def saved(bench: Bench, file: Path) -> None:
    assert bench.window.place[0] == "send", bench.words()
    bench.push("Save to a stick or this computer")
    bench.answer_file_dialog(file)
    assert "Saved and checked" in bench.words()


# --- the story


def test_a_letter_goes_through_three_versions_between_seven_windows(story: Story) -> None:
    _written_and_published(story)
    _remarked_and_answered(story)
    _taken_in_and_settled(story)
    _a_second_version(story)
    _answered_again(story)
    _a_third_version(story)
    pdf = _compiled(story)
    printed = words_of(pdf)
    assert "Meerjarig geld voor vrouwenorganisaties." in printed and "Een eigen gezant" in printed
    assert "Mits de ledenraad instemt." in printed and CITROEN not in printed and ELS not in printed
    found = verify(story.offices[FRAMBOOS].desk, Untrusted("brief.pdf", pdf))
    assert found.holds and found.withheld == 1
    assert {row.organisation for row in found.endorsements} == {LEAD, ANANAS, BOSBES, DADEL, FRAMBOOS}


def _written_and_published(story: Story) -> None:
    """The secretariat opens its text, publishes, and signs as the lead."""
    story.file("brief.md").write_text(LETTER.replace("\n---\n\n", f"\npartners:\n{PARTNERS}\n---\n\n", 1))
    with story.at(LEAD) as bench:
        bench.push("New letter…")
        bench.push("Open a file…")
        bench.answer_file_dialog(story.file("brief.md"))
        bench.until(lambda: isinstance(bench.page, TextPage) and "drie dingen" in bench.page.words.editor.toPlainText())
        bench.press("Ctrl+Return")
        assert "The letter can be published." in bench.words()
        bench.press("Ctrl+Return")
        bench.settle()
        bench.answer_file_dialog(story.file("versie-1.crsv"))
    [letter] = list_letters(story.offices[LEAD].desk)
    assert letter.versions == 1
    for office in story.offices.values():
        office.dossier = letter.dossier


def _remarked_and_answered(story: Story) -> None:
    """Each opens the letter and compares the code; three remark, one signs, one declines, one only reads."""
    for name in NAMES:
        with story.at(name) as bench:
            opened(bench, story.file("versie-1.crsv"))
            assert bench.window.place[0] == "read"
            checked_by_phone(bench)
            answer = story.file(f"1-{name}.crsv")
            if name == ANANAS:
                remarked(bench, "Other words", "Meerjarig geld voor vrouwenorganisaties.", 3, answer)
            elif name == BOSBES:
                remarked(bench, "Question", "In welke landen?", 4, answer)
            elif name == CITROEN:
                remarked(bench, "Remark", "Dit kan korter.", 0, answer)
            elif name == DADEL:
                bench.press("Ctrl+Return")
                signed(bench)
                saved(bench, answer)
            elif name == ELS:
                bench.press("Ctrl+Return")
                bench.push("No, or not yet…")
                bench.type("Niet ons onderwerp.")
                bench.push("Answer “we do not sign”")
                saved(bench, answer)
            else:
                bench.press("Ctrl+Return")  # it has read version 1, and waits


def _taken_in(story: Story, bench: Bench, number: int, *names: str) -> None:
    """The files of one round come in together."""
    bench.drop(*(story.file(f"{number}-{name}.crsv") for name in names))
    assert bench.window.place[0] == "received"


def _taken_in_and_settled(story: Story) -> None:
    first = (ANANAS, BOSBES, CITROEN, DADEL, ELS)
    with story.at(LEAD) as bench:
        _taken_in(story, bench, 1, *first)
        checked_by_phone(bench, len(first))
        assert story.status() == {
            ANANAS: "remarks", BOSBES: "remarks", CITROEN: "remarks", DADEL: "endorsed", ELS: "declined",
            FRAMBOOS: "invited",
        }  # fmt: skip
        page = bench.go("comments", story.offices[LEAD].dossier)
        assert isinstance(page, CommentsPage)
        for _remark in range(3):
            row = page.list.row()
            assert row is not None and row.state == "open"
            if row.organisation == ANANAS:
                bench.press("1", "Ctrl+Return")  # taken over by one action
            else:
                bench.press("3" if row.organisation == CITROEN else "1")
                bench.tab_to("Reason" if row.organisation == CITROEN else "Answer (")
                bench.type("Het is al kort." if row.organisation == CITROEN else "In alle landen; het staat er nu bij.")
                bench.press("Ctrl+Return")
            bench.settle()
        assert page.publish.isVisible()
    draft = load_draft(story.offices[LEAD].desk, story.offices[LEAD].dossier)
    assert draft is not None and "- Meerjarig geld voor vrouwenorganisaties." in draft.body


def _published(bench: Bench, story: Story, old: str, new: str, file: Path) -> None:
    page = bench.go("text", story.offices[LEAD].dossier)
    assert isinstance(page, TextPage)
    bench.tab_to("Text of the letter")
    bench.press("Ctrl+Home")
    assert page.words.editor.find(old)
    bench.type(new)
    bench.until(lambda: page.kept.text() == "Kept on this computer")
    bench.press("Ctrl+Return")
    grab(bench.window, f"story-publish-{file.stem}")
    bench.press("Ctrl+Return")
    bench.press("Space", "Ctrl+Return")  # a new version
    bench.settle()
    bench.answer_file_dialog(file)


def _a_second_version(story: Story) -> None:
    with story.at(LEAD) as bench:
        _published(bench, story, "Vervolging van daders.", "Vervolging van daders, in alle landen.",
                   story.file("versie-2.crsv"))  # fmt: skip
    assert story.status()[DADEL] == "endorsed an older version"


def _answered_again(story: Story) -> None:
    """Each sees what became of its remark and what changed; one signs, one with a condition, one unseen, one again."""
    for name in (ANANAS, BOSBES, CITROEN, DADEL):
        with story.at(name) as bench:
            opened(bench, story.file("versie-2.crsv"))
            bench.go("comment", story.offices[name].dossier)
            words = bench.words()
            told = {ANANAS: "Taken over", BOSBES: "In alle landen; het staat er nu bij.", CITROEN: "Het is al kort."}
            assert name == DADEL or (told[name] in words and f"{name} · " in words and "version 1" in words), words
            assert name != BOSBES or "Answered" in words
            answer = story.file(f"2-{name}.crsv")
            bench.go("read", story.offices[name].dossier)
            if name == DADEL:
                _carried_over(bench, answer, "2 paragraphs changed")
            else:
                bench.press("Ctrl+Return")
                signed(bench, "Mits de ledenraad instemt." if name == BOSBES else "", unseen=name == CITROEN)
                saved(bench, answer)
    with story.at(LEAD) as bench:
        _taken_in(story, bench, 2, ANANAS, BOSBES, CITROEN, DADEL)
        assert story.status() == {
            ANANAS: "endorsed", BOSBES: "conditional", CITROEN: "endorsed", DADEL: "endorsed", ELS: "declined",
            FRAMBOOS: "invited",
        }  # fmt: skip
    with story.at(ANANAS) as bench:
        bench.go("send", story.offices[ANANAS].dossier)
        bench.push("Take the signature back…")
        bench.type("Het bestuur besloot anders.")
        bench.push("Take back and go on")
        saved(bench, story.file(f"3-{ANANAS}.crsv"))
    with story.at(LEAD) as bench:
        _taken_in(story, bench, 3, ANANAS)
        assert story.status()[ANANAS] == "withdrawn"


def _carried_over(bench: Bench, answer: Path, changed: str) -> None:
    assert changed in bench.words()
    bench.push("What changed")
    assert isinstance(bench.page, ChangesPage)
    grab(bench.window, f"story-changes-{answer.stem[:1]}")
    bench.press("Ctrl+Return")
    if not bench.page.mandate.hasFocus():
        bench.press("Ctrl+Return")
    bench.press("Space", "Ctrl+Return")
    bench.settle()
    saved(bench, answer)


def _a_third_version(story: Story) -> None:
    with story.at(LEAD) as bench:
        _published(bench, story, "Een gezant bij", "Een eigen gezant bij", story.file("versie-3.crsv"))
        bench.go("endorse", story.offices[LEAD].dossier)
        signed(bench)
        assert bench.window.place[0] == "send" and "there is nothing to send" in bench.words()
        assert story.offices[LEAD].status()[LEAD].standing == "endorsed"
    for name in (ANANAS, BOSBES, CITROEN, DADEL, FRAMBOOS):
        with story.at(name) as bench:
            opened(bench, story.file("versie-3.crsv"))
            answer = story.file(f"4-{name}.crsv")
            bench.go("read", story.offices[name].dossier)
            if name in (BOSBES, CITROEN, DADEL):
                _carried_over(bench, answer, "1 paragraph changed")
            else:
                if name == FRAMBOOS:
                    assert "This text is newer than the one you read" in bench.words()
                    assert "3 paragraphs changed" in bench.words()
                bench.press("Ctrl+Return")
                signed(bench)
                saved(bench, answer)
    with story.at(LEAD) as bench:
        _taken_in(story, bench, 4, ANANAS, BOSBES, CITROEN, DADEL, FRAMBOOS)
        checked_by_phone(bench)
        bench.go("partners", story.offices[LEAD].dossier)
        assert story.status() == {
            ANANAS: "endorsed", BOSBES: "conditional", CITROEN: "endorsed", DADEL: "endorsed", ELS: "declined",
            FRAMBOOS: "endorsed",
        }  # fmt: skip


def _compiled(story: Story) -> bytes:
    with story.at(LEAD) as bench:
        page = bench.go("compile", story.offices[LEAD].dossier)
        assert isinstance(page, CompilePage)
        chosen(bench, "For everybody")
        bench.until(lambda: not page.busy)
        read_through(bench, page)
        bench.tab_to("I have looked at all pages.")
        bench.press("Space", "Ctrl+Return")
        bench.answer_file_dialog(story.file("brief.pdf"))
        bench.settle()
        assert isinstance(bench.focus, VerdictBanner)
    return story.file("brief.pdf").read_bytes()
