"""The secretariat's page for writing, by keyboard: kept as one types, set beside it, looked over and published."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot

from crsv_desk.app.compose import create_desk, open_desk
from crsv_desk.services.book import open_volume
from crsv_desk.services.drafting import UNNAMED, load_draft
from crsv_desk.services.identity import create_identity
from crsv_desk.services.overview import list_letters, summary
from crsv_desk.services.publish import publish
from crsv_desk.ui import theme
from crsv_desk.ui.secretariat.text import TextPage
from crsv_desk.ui.secretariat.text_frame import CHECKS, FIELDS, PAGES, PUBLISH, WORDS
from crsv_desk.ui.theme import Theme
from crsv_desk.ui.wrapped_line import WrappedLine
from tests.services.world import LEAD, Coalition
from tests.ui.bench import Bench, grab, name_of

Sit = Callable[..., Bench]
ROOT = Path(__file__).parents[2]
PARTNERS = ("Stichting Ananas", "Vereniging Bosbes", "Fonds Citroen")


@pytest.fixture
def writing(here: Coalition, sit: Sit) -> Bench:
    bench = sit(here.secretariat.desk)
    bench.go("text", here.secretariat.dossier)
    return bench


def page_of(bench: Bench) -> TextPage:
    assert isinstance(bench.page, TextPage)
    return bench.page


def pages_set(bench: Bench) -> str:
    """The words of the pages beside the text, once they are drawn."""
    page = page_of(bench)
    bench.until(lambda: not page.preview.busy and page.preview.view.count > 0)
    bench.until(lambda: page.preview.view.sheets.drawer.text(page.preview.view.number) is not None)
    return str(page.preview.view.sheets.drawer.text(page.preview.view.number))


def kept(bench: Bench) -> None:
    bench.until(lambda: page_of(bench).kept.text() == "Kept on this computer")


# --- writing


def test_a_new_letter_is_written_by_keyboard_and_becomes_a_dossier_with_its_subject(here: Coalition, sit: Sit) -> None:
    desk = here.partners[PARTNERS[0]].desk
    bench = sit(desk)
    before = len(list_letters(desk))
    bench.push("New letter…")
    grab(bench.window, "text-new")
    assert not any(one.startswith("Fill in") for one in bench.words().split("\n"))  # nothing is wrong yet
    bench.tab_to("Subject")
    bench.type("Over vrede")
    kept(bench)
    assert len(list_letters(desk)) == before  # while it is typed it may still change
    bench.tab_to("Text of the letter")
    bench.until(lambda: len(list_letters(desk)) == before + 1)
    assert list_letters(desk)[-1].title == "Over vrede" and load_draft(desk, UNNAMED) is None
    bench.tab_to("Text of the letter")
    bench.type("Wij vragen ")
    bench.press("Ctrl+B")
    bench.type("nu")
    kept(bench)
    draft = load_draft(desk, list_letters(desk)[-1].dossier)
    assert draft is not None and draft.body == "Wij vragen **nu**"
    assert "Wij vragen nu" in " ".join(pages_set(bench).split())


def test_what_is_typed_stands_on_the_pages_beside_it_and_the_place_stays(writing: Bench) -> None:
    page = page_of(writing)
    pages_set(writing)
    page.words.editor.setPlainText("\n\n".join(f"Alinea {number} van deze brief." for number in range(120)))
    writing.until(lambda: page.preview.view.count > 3)
    page.preview.view.go(2)
    place = page.preview.view.sheets.verticalScrollBar().value()
    assert place > 0
    writing.tab_to("Text of the letter")
    writing.press("Ctrl+Home")
    writing.type("Nieuw. ")
    writing.until(lambda: page.preview.busy)
    writing.until(lambda: not page.preview.busy)
    assert page.preview.view.number == 2
    assert page.preview.view.sheets.verticalScrollBar().value() == place
    assert writing.focus is page.words.editor
    page.preview.view.go(0)
    assert "Nieuw. Alinea 0" in " ".join(pages_set(writing).split())


def test_only_the_last_pages_are_shown(writing: Bench) -> None:
    page = page_of(writing)
    for words in ("Een", "Twee", "Drie"):
        page.words.editor.setPlainText(f"{words} woord.")
        page.preview._set()  # does not wait for the writing to rest
    assert "Drie woord" in " ".join(pages_set(writing).split())


def test_words_are_marked_by_buttons_and_undone(writing: Bench) -> None:
    editor = page_of(writing).words.editor
    editor.set_all("een\ntwee\ndrie")
    editor.selectAll()
    writing.push("List")
    assert editor.toPlainText() == "- een\n- twee\n- drie"
    editor.selectAll()
    writing.push("Numbered list")
    assert editor.toPlainText() == "1. een\n2. twee\n3. drie"
    editor.selectAll()
    writing.push("Numbered list")
    assert editor.toPlainText() == "een\ntwee\ndrie"
    editor.show_words(0, 3)
    writing.push("Heading")
    assert editor.toPlainText().startswith("## een\n")
    writing.push("Undo")
    assert editor.toPlainText() == "een\ntwee\ndrie"
    editor.show_words(4, 8)
    writing.press("Ctrl+I")
    assert editor.toPlainText() == "een\n*twee*\ndrie"
    writing.press("Ctrl+I")
    assert editor.toPlainText() == "een\ntwee\ndrie"
    editor.show_words(4, 8)
    writing.press("Ctrl+K")
    writing.type("https://a.nl")
    assert editor.toPlainText() == "een\n[twee](https://a.nl)\ndrie"


def test_another_page_and_back_finds_everything_as_it_was_typed(writing: Bench, here: Coalition) -> None:
    writing.tab_to("Closing words")
    writing.press("Ctrl+A")
    writing.type("Met groet,")
    writing.go("home")  # at once, without waiting
    draft = load_draft(writing.desk, here.secretariat.dossier)
    assert draft is not None and draft.text("closing") == "Met groet,"
    writing.go("text", here.secretariat.dossier)
    assert "Met groet," in {one.text() for one in writing.visible(WrappedLine)}


# --- a kill

_CHILD = """
import os, sys
sys.path.insert(0, os.getcwd())
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from crsv_desk.app.compose import open_desk
from crsv_desk.services.overview import list_letters
from crsv_desk.ui.fonts import load_fonts
from crsv_desk.ui.session import Session
from crsv_desk.ui.window import Window

application = QApplication([])
load_fonts()
desk = open_desk(Path(sys.argv[1]), lambda: "een lange wachtzin")
window = Window(Session(desk))
window.show()
window.session.go("text", "")
page = window.page
page.words._subject.setFocus()
page.words.editor.setFocus()
QTest.keyClicks(page.words.editor, "Eerste woorden van een brief")

def look():
    if page.kept.text() == "Kept on this computer":
        QTest.keyClicks(page.words.editor, " en")  # and more is being typed
        print("kept", flush=True)
    else:
        QTimer.singleShot(10, look)

QTimer.singleShot(300, look)
QTimer.singleShot(30_000, application.quit)  # nothing was kept
application.exec()
"""


def test_a_killed_window_opens_again_with_what_was_typed(tmp_path: Path, sit: Sit) -> None:
    folder = tmp_path / "workspace"
    desk = create_desk(folder, "een lange wachtzin")
    create_identity(desk, LEAD, "Anna", "directeur")
    desk.store.close()
    child = subprocess.Popen(
        [sys.executable, "-c", _CHILD, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ.copy()
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "kept"
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert child.returncode == -signal.SIGKILL
    again = open_desk(folder, lambda: "een lange wachtzin")
    try:
        bench = sit(again)
        bench.push("New letter…")
        assert page_of(bench).words.editor.toPlainText().startswith("Eerste woorden van een brief")
    finally:
        again.store.close()


# --- files


def test_a_docx_is_opened_into_it_and_what_it_cannot_bring_is_said(writing: Bench, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Een nieuwe titel", style="Title")
    paragraph = document.add_paragraph("De eerste alinea.")
    document.add_comment(paragraph.runs[0], "Klopt dit?", author="Jan", initials="J")
    document.add_table(1, 2).rows[0].cells[0].text = "cel"
    path = tmp_path / "brief.docx"
    document.save(str(path))
    writing.push("Open a file…")
    writing.answer_file_dialog(path)
    page = page_of(writing)
    writing.until(lambda: "De eerste alinea." in page.words.editor.toPlainText())
    assert page.words._subject.text() == "Een nieuwe titel" and page.tabs.now == CHECKS
    grab(writing.window, "text-taken-in")
    assert "Comment by Jan on “De eerste alinea.”: Klopt dit?" in writing.words() and "1 table" in writing.words()
    page.words.editor.undo()
    assert "Dit is de eerste alinea" in page.words.editor.toPlainText()


def test_a_file_that_is_no_letter_is_refused_in_one_sentence_and_nothing_changes(
    writing: Bench, tmp_path: Path
) -> None:
    before = page_of(writing).words.editor.toPlainText()
    path = tmp_path / "plaatje.docx"
    path.write_bytes(b"\x89PNG\x00")
    writing.push("Open a file…")
    writing.answer_file_dialog(path)
    assert writing.told[-1][1] == "bad" and "not text" in writing.told[-1][0]
    assert page_of(writing).words.editor.toPlainText() == before


@pytest.mark.parametrize(("ending", "begins"), [(".pdf", b"%PDF"), (".docx", b"PK"), (".md", b"---")])
def test_the_text_is_saved_as_a_file_of_each_kind(writing: Bench, tmp_path: Path, ending: str, begins: bytes) -> None:
    writing.push("Save as…")
    dialog = writing.top
    assert isinstance(dialog, QFileDialog)
    line = next(one for one in dialog.findChildren(QLineEdit) if one.objectName() == "fileNameEdit")
    assert line.text().startswith("DRAFT version 1") or line.text().startswith("CONCEPT versie 1")
    assert "conflict" not in line.text()  # the name never says what the letter is about
    path = tmp_path / f"brief{ending}"
    writing.answer_file_dialog(path)
    assert path.read_bytes().startswith(begins)
    assert writing.told[-1] == (f"Saved as brief{ending} and read back.", "ok")


def test_logo_and_partners_come_from_files(writing: Bench, here: Coalition, tmp_path: Path) -> None:
    output = io.BytesIO()
    Image.new("RGB", (300, 100), "navy").save(output, "PNG")
    (tmp_path / "logo.png").write_bytes(output.getvalue())
    (tmp_path / "lijst.csv").write_text("organisatie;land\nStichting Dadel;NL\nStichting Ananas;BE\n")
    page = page_of(writing)
    page.tabs.choose(FIELDS)
    writing.push("Choose a logo…")
    writing.answer_file_dialog(tmp_path / "logo.png")
    writing.push("Take in a table of organisations…")
    writing.answer_file_dialog(tmp_path / "lijst.csv")
    kept(writing)
    grab(writing.window, "text-fields")
    draft = load_draft(writing.desk, here.secretariat.dossier)
    assert draft is not None and draft.logo.startswith(b"\x89PNG")
    assert draft.lines("partners") == (*PARTNERS, "Stichting Dadel")
    assert [draft.country(name) for name in draft.lines("partners")] == ["BE", "", "", "NL"]
    # A country is typed as it is taken in, and a comma stays part of a name.
    page.fields.fields["partners"].widget.setFocus()
    writing.press("Ctrl+End", "Return")
    writing.type("Vrede, Recht en Hulp; FR")
    kept(writing)
    draft = load_draft(writing.desk, here.secretariat.dossier)
    assert draft is not None and draft.lines("partners")[-1] == "Vrede, Recht en Hulp"
    publish(writing.desk, here.secretariat.dossier)
    members = here.secretariat.volume().state.members
    assert (members["Stichting Dadel"].country, members["Vrede, Recht en Hulp"].country) == ("NL", "FR")


# --- what is wrong, and what is offered


def test_a_colour_that_is_too_light_is_refused_at_its_field(writing: Bench, here: Coalition) -> None:
    page_of(writing).tabs.choose(FIELDS)
    writing.tab_to("Colour of the pages")
    writing.type("#99AABB")
    kept(writing)
    assert "too light" in page_of(writing).fields.fields["accent"].widget.accessibleDescription()
    writing.press("Ctrl+Return")
    assert page_of(writing).tabs.now == PUBLISH and "too light" in writing.words()
    writing.press("Ctrl+Return")
    assert page_of(writing).tabs.now == FIELDS and writing.focus is page_of(writing).fields.fields["accent"].widget
    assert summary(writing.desk, here.secretariat.dossier).versions == 1


def test_irregularities_are_offered_and_only_changed_when_asked(writing: Bench) -> None:
    page = page_of(writing)
    text = 'Zij zei "ja".  En [dit](#) staat er.'
    page.words.editor.setPlainText(text)
    kept(writing)
    page.tabs.choose(CHECKS)
    grab(writing.window, "text-look-over")
    assert page.checks.count == 4 and page.words.editor.toPlainText() == text
    writing.push("Change")
    assert page.words.editor.toPlainText() == 'Zij zei “ja".  En [dit](#) staat er.'
    writing.push("Leave it")
    assert page.checks.count == 2 and page.words.editor.toPlainText() == 'Zij zei “ja".  En [dit](#) staat er.'
    writing.push("Show")
    assert page.tabs.now == WORDS and page.words.editor.textCursor().selectedText() == "  "


# --- languages


def test_a_second_language_is_written_beside_the_first_and_must_be_built_alike(writing: Bench, here: Coalition) -> None:
    page = page_of(writing)
    writing.tab_to("Add a language…")
    writing.press("Space")
    writing.until(lambda: isinstance(QApplication.activeModalWidget(), QInputDialog))
    writing.type("fr")
    writing.press("Return")
    writing.until(lambda: page.words.language == "fr" and QApplication.activeModalWidget() is None)
    writing.settle()
    grab(writing.window, "text-french")
    french = page.words.editor.toPlainText().replace("Dit is de eerste alinea", "Ceci est le premier alinéa")
    page.words.editor.setPlainText(french.replace("## ", ""))
    kept(writing)
    assert "The text in fr differs in its build: part 2" in page.words.editor.accessibleDescription()
    page.words.editor.setPlainText(french)
    kept(writing)
    assert not page.words.editor.accessibleDescription()
    assert "Ceci est le premier" in " ".join(pages_set(writing).split())
    writing.tab_to("This text is authentic too", back=True)
    writing.press("Space")
    page.words.languages.setCurrentIndex(0)
    assert "Dit is de eerste alinea" in page.words.editor.toPlainText()
    kept(writing)
    draft = load_draft(writing.desk, here.secretariat.dossier)
    assert draft is not None and [(one.language, one.authentic) for one in draft.texts] == [("nl", True), ("fr", True)]


# --- publishing


def test_a_next_version_says_what_changes_and_asks_again_and_is_saved(
    writing: Bench, here: Coalition, tmp_path: Path
) -> None:
    here.signed([PARTNERS[0]])
    page = page_of(writing)
    page.words.editor.setPlainText(page.words.editor.toPlainText().replace("Een gezant", "Een speciale gezant"))
    kept(writing)
    writing.press("Ctrl+Return")
    grab(writing.window, "text-publish")
    words = writing.words()
    assert "Against version 1: 1 paragraph changed" in words and "2 organisations stand behind version 1" in words
    assert PARTNERS[0] in words and LEAD in words
    writing.press("Ctrl+Return")
    assert "Say what kind of version this is." in writing.words()
    writing.press("Space")
    writing.press("Ctrl+Return")
    path = tmp_path / "brief.crsv"
    writing.answer_file_dialog(path)
    writing.until(lambda: path.exists() and not writing.session.tasks.busy)
    assert summary(writing.desk, here.secretariat.dossier).versions == 2
    office = here.partners[PARTNERS[0]]
    office.take(path.read_bytes())
    assert summary(office.desk, here.secretariat.dossier).versions == 2
    assert writing.told[-1][1] == "ok"


def test_a_correction_names_its_blocks_and_the_time_to_object(writing: Bench, here: Coalition, tmp_path: Path) -> None:
    page = page_of(writing)
    page.words.editor.setPlainText(page.words.editor.toPlainText().replace("Een gezant", "Eén gezant"))
    kept(writing)
    writing.press("Ctrl+Return")
    writing.tab_to("A new version")
    writing.press("Down", "Space")  # to "A factual correction"
    writing.press("Ctrl+Return")
    assert writing.focus is page.publishing._until  # the time is missing
    writing.type("2026-05-24")
    writing.press("Ctrl+Return")
    writing.answer_file_dialog(tmp_path / "brief.crsv")
    writing.until(lambda: (tmp_path / "brief.crsv").exists() and not writing.session.tasks.busy)
    current = open_volume(writing.desk, here.secretariat.dossier).state.current
    assert current is not None
    letter = open_volume(writing.desk, here.secretariat.dossier).letter(current.id)
    assert len(letter.correction.blocks) == 1 and letter.correction.object_before == "2026-05-24"


# --- everywhere


@pytest.mark.parametrize("tab", [WORDS, FIELDS, CHECKS, PUBLISH])
def test_tab_comes_round_and_every_control_has_a_name(writing: Bench, tab: int) -> None:
    page_of(writing).tabs.choose(tab)
    stops = writing.tab_round()
    assert len(stops) > 8 and all(name_of(one) for one in stops), [one for one in stops if not name_of(one)]


@pytest.mark.parametrize(
    ("name", "size", "scale"),
    [
        ("light", (1280, 800), 1.0),
        ("dark", (1280, 800), 1.0),
        ("light", (900, 600), 1.0),
        ("light", (1280, 800), 2.0),
    ],
)
def test_it_fits(here: Coalition, sit: Sit, qtbot: QtBot, name: str, size: tuple[int, int], scale: float) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme(name, scale))  # type: ignore[arg-type]
    bench = sit(here.secretariat.desk, size)
    bench.go("text", here.secretariat.dossier)
    page = page_of(bench)
    pages_set(bench)
    for tab, words in ((WORDS, "words"), (FIELDS, "fields"), (CHECKS, "checks"), (PUBLISH, "publish")):
        page.tabs.choose(tab)
        grab(bench.window, f"text-{words}-{name}-{size[0]}-{scale}")
    if page.tabs.button(PAGES).isVisible():
        page.tabs.choose(PAGES)
        assert page.preview.isVisible() and page.preview.width() > 400
        grab(bench.window, f"text-pages-{name}-{size[0]}-{scale}")
    else:
        assert page.preview.isVisible() and page.preview.width() > 300
    assert bench.window.width() <= size[0] and bench.window.height() <= size[1]


def test_a_long_salutation_is_seen_whole_and_holds_no_line_break(writing: Bench) -> None:
    page = page_of(writing)
    line = page.words.salutation.widget
    assert isinstance(line, WrappedLine)
    low = line.height()
    line.setFocus()
    writing.press("Ctrl+A")
    words = (
        "Geachte leden van de vaste commissie voor Buitenlandse Zaken en van die voor Defensie, geachte voorzitters,"
    )
    QApplication.clipboard().setText(words.replace(", ", ",\n"))
    writing.press("Ctrl+V", "Return")
    assert line.text() == words
    writing.until(lambda: line.height() > low)
    lines = round(line.document().size().height())
    assert line.viewport().height() >= lines * line.fontMetrics().lineSpacing()
    kept(writing)
    writing.press("Ctrl+Return")
    assert page.tabs.now == PUBLISH, "the page's keys still work from there"
