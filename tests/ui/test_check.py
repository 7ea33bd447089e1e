"""The page that checks a file, worked with keys: the verdict first, whatever the file is; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea

from crsv_desk.domain.errors import DeskError, Refused
from crsv_desk.domain.progress import silent
from crsv_desk.services.answering import withdraw
from crsv_desk.services.closing import close
from crsv_desk.services.combine import Material, combine
from crsv_desk.services.compile import compile_letter, save_compiled
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity
from crsv_desk.services.verification import TITLES, Conclusion
from crsv_desk.ui import theme
from crsv_desk.ui.check import PAGES, CheckPage
from crsv_desk.ui.checking.verdict import VerdictBanner
from crsv_desk.ui.theme import Theme
from crsv_desk.ui.tokens import ThemeName
from tests.pdf.spoilt import blanked, empty, rebuilt
from tests.services.world import LEAD, Coalition, Office, coalition
from tests.ui.bench import Bench, grab, in_every_look, name_of

Sit = Callable[..., Bench]
NAMES = ("Stichting Ananas", "Netwerk Overlevenden Oost")


@dataclass
class Case:
    here: Coalition
    pdf: bytes
    folder: Path

    def stranger(self) -> Office:
        """Somebody who knows nobody."""
        return self.here.world.office("Tweede Kamer")

    def file(self, name: str, data: bytes | None = None) -> Path:
        path = self.folder / name
        path.write_bytes(self.pdf if data is None else data)
        return path


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with coalition(tmp_path_factory.mktemp("world"), NAMES) as here:
        here.signed(NAMES[:1], reservation="Zonder paragraaf twee.")
        here.answered(NAMES[1], here.partners[NAMES[1]].endorse("none"))
        pdf = compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf
        yield Case(here, pdf, tmp_path_factory.mktemp("files"))


def refuse(error: DeskError) -> bytes:
    raise error


def page(bench: Bench) -> CheckPage:
    assert isinstance(bench.page, CheckPage)
    return bench.page


def opened(bench: Bench, *paths: Path) -> CheckPage:
    bench.window.open_files(paths)
    bench.settle()
    return page(bench)


def kept(desk: Desk) -> list[str]:
    return [one for dossier in desk.store.dossiers() for one in desk.store.packets(dossier)]


def test_the_verdict_comes_first_and_has_the_focus(case: Case, sit: Sit) -> None:
    bench = sit(case.here.secretariat.desk)
    opened(bench, case.file("brief.pdf"))
    assert isinstance(bench.focus, VerdictBanner)
    assert name_of(bench.focus).startswith(TITLES["genuine"])
    words = bench.words()
    for part in ("Is it whole?", "Whose is it?", "This is proved", "This is only claimed", "brief.pdf"):
        assert part in words, part
    assert "This is wrong" not in words
    grab(bench.window, "check-genuine")


def test_the_worst_endorsement_stands_on_top_and_withheld_names_are_counted(case: Case, sit: Sit) -> None:
    bench = sit(case.here.secretariat.desk)
    found = opened(bench, case.file("brief.pdf"))
    table = found.findings.table
    assert table is not None
    lines = [(one.organisation, one.outcome) for one in table.lines]
    assert lines == [(NAMES[0], "look"), (LEAD, "holds"), ("1 organisation, name not public", "counted")]
    assert "Zonder paragraaf twee." in table.lines[0].explanation
    assert NAMES[1] not in bench.words()


@pytest.mark.parametrize(
    ("spoil", "conclusion"),
    [
        (blanked, "changed"),
        (rebuilt, "seal lost"),
        (lambda pdf: empty(), "no seal"),
        (lambda pdf: pdf[:40_000], "unreadable"),
        (lambda pdf: b"%PDF-1.7\n", "unreadable"),
    ],
)
def test_whatever_it_is_there_is_a_verdict(
    case: Case, sit: Sit, spoil: Callable[[bytes], bytes], conclusion: str
) -> None:
    office = case.here.secretariat
    before = kept(office.desk)
    bench = sit(office.desk)
    opened(bench, case.file("brief.pdf", spoil(case.pdf)))
    assert name_of(bench.focus).startswith(TITLES[conclusion])  # type: ignore[index]
    assert ("This is wrong" in bench.words()) == (conclusion in ("changed", "seal lost"))
    assert kept(office.desk) == before
    grab(bench.window, f"check-{conclusion.replace(' ', '-')}")


@pytest.mark.parametrize("conclusion", ["other words", "not set"])
def test_what_another_version_set_is_not_called_changed(
    case: Case, sit: Sit, conclusion: Conclusion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of the two answers says what is known and what is not."""
    desk, dossier = case.here.secretariat.desk, case.here.secretariat.dossier
    letter = combine(desk, Material(case.here.secretariat.volume(), close(desk, dossier, "public"), {}))
    pages = desk.paper.typeset(replace(letter, place="Elders"), silent)
    path = case.file("brief.pdf", desk.paper.seal(pages, own_identity(desk).signer, desk.clock.now()))
    monkeypatch.setattr(type(desk.paper), "fonts_digest", lambda self: "0" * 64)
    if conclusion == "not set":
        monkeypatch.setattr("crsv_desk.pdf.likeness.typeset", lambda *anything: refuse(Refused("No font has it.")))
    bench = sit(desk)
    opened(bench, path)
    assert name_of(bench.focus).startswith(TITLES[conclusion])
    words = bench.words()
    assert "Whether its pages say what was signed is not known" in words and "This could not be compared" in words
    assert f"The seal and the statements in it are from {LEAD}" in words
    assert "This is wrong" not in words and "is not." not in words and "No. What" not in words
    grab(bench.window, f"check-{conclusion.replace(' ', '-')}")


def test_a_file_that_is_not_there_is_a_sentence(case: Case, sit: Sit) -> None:
    bench = sit(case.here.secretariat.desk)
    found = bench.go("check")
    assert isinstance(found, CheckPage)
    found.open_path(case.folder / "gone.pdf")
    bench.settle()
    assert "gone.pdf" in bench.words() and "Nothing was checked" in bench.words()
    assert name_of(bench.focus) == "Choose a file…"


def test_a_strangers_pdf_is_whole_until_somebody_is_called(case: Case, sit: Sit) -> None:
    bench = sit(case.stranger().desk)
    opened(bench, case.file("brief.pdf"))
    assert name_of(bench.focus).startswith(TITLES["whose unknown"])
    grab(bench.window, "check-unknown")
    bench.tab_to("The digits that you heard")
    bench.type("123")
    bench.push("Right: for this check only")
    assert "A code has 30 digits; here are 3." in bench.words()
    bench.tab_to("The digits that you heard", back=True)
    bench.press("Ctrl+A")
    bench.type("1" * 30)
    bench.push("Right: remember it on this computer")
    assert "This is not the code" in bench.words() and not bench.desk.store.pins()
    grab(bench.window, "check-wrong-code")
    bench.tab_to("The digits that you heard", back=True)
    bench.press("Ctrl+A")
    bench.type(case.here.secretariat.code)
    bench.push("Right: for this check only")
    assert name_of(bench.focus).startswith(TITLES["genuine"])
    assert not bench.desk.store.pins()
    opened(bench, case.file("brief.pdf"))
    assert name_of(bench.focus).startswith(TITLES["whose unknown"])
    bench.tab_to("The digits that you heard")
    bench.type(case.here.secretariat.code)
    bench.push("Right: remember it on this computer")
    bench.settle()
    assert name_of(bench.focus).startswith(TITLES["genuine"])
    assert list(bench.desk.store.pins()) == [case.here.secretariat.fingerprint]


def test_no_call_helps_a_file_that_was_changed(case: Case, sit: Sit) -> None:
    bench = sit(case.stranger().desk)
    opened(bench, case.file("brief.pdf", blanked(case.pdf)))
    assert not bench.has("The digits that you heard")


def test_since_then_changes_no_verdict(tmp_path: Path, sit: Sit) -> None:
    with coalition(tmp_path / "world", NAMES[:1]) as here:
        here.signed()
        path = tmp_path / "brief.pdf"
        path.write_bytes(compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf)
        partner = here.partners[NAMES[0]]
        here.secretariat.take(withdraw(partner.desk, partner.dossier, "").data)
        bench = sit(here.secretariat.desk)
        opened(bench, path)
        assert name_of(bench.focus).startswith(TITLES["genuine"])
        assert bench.has("Since then")
        bench.close()


def test_a_packet_dropped_here_is_checked_and_not_taken_in(case: Case, sit: Sit) -> None:
    office = case.stranger()
    bench = sit(office.desk)
    found = bench.go("check")
    assert isinstance(found, CheckPage)
    found.open_path(case.file("brief.crsv", case.here.letter))
    bench.settle()
    assert name_of(bench.focus).startswith(TITLES["whose unknown"])
    assert not office.desk.store.dossiers()
    assert not bench.has("The pages")


def test_opened_elsewhere_a_pdf_is_checked_and_a_packet_taken_in_whatever_their_names(case: Case, sit: Sit) -> None:
    office = case.stranger()
    bench = sit(office.desk)
    opened_page = bench.window.place
    bench.window.open_files([case.file("brief.dat")])  # a PDF under another name
    bench.settle()
    assert bench.window.place == ("check", "") != opened_page
    assert name_of(bench.focus).startswith(TITLES["whose unknown"])
    bench.window.open_files([case.file("letter.txt", case.here.letter)])
    bench.settle()
    assert bench.window.place[0] == "read" and office.desk.store.dossiers()


def test_a_small_edition_is_checked_with_the_file_beside_it(case: Case, sit: Sit, tmp_path: Path) -> None:
    office = case.here.secretariat
    compiled = compile_letter(office.desk, office.dossier, "slim")
    path = save_compiled(office.desk, compiled, tmp_path / "brief.pdf")[-1]
    bench = sit(office.desk)
    opened(bench, path)
    assert name_of(bench.focus).startswith(TITLES["genuine"])
    (tmp_path / "brief.crsv").rename(tmp_path / "elsewhere.crsv")
    opened(bench, path)
    assert name_of(bench.focus).startswith(TITLES["no proof"])
    bench.tab_to("Open the file beside it…")
    bench.press("Space")
    bench.answer_file_dialog(tmp_path / "elsewhere.crsv")
    bench.settle()
    assert name_of(bench.focus).startswith(TITLES["genuine"])


def test_a_full_edition_encrypted_to_its_reader_opens_there_and_nowhere_else(
    case: Case, sit: Sit, tmp_path: Path
) -> None:
    office = case.here.secretariat
    reader = own_identity(office.desk)
    compiled = compile_letter(office.desk, office.dossier, "full")
    to = office.desk.sealing.recipient(reader.age_secret)
    path = save_compiled(office.desk, compiled, tmp_path / "vol.pdf", to)[-1]
    bench = sit(office.desk)
    found = opened(bench, path)
    assert name_of(bench.focus).startswith(TITLES["genuine"])
    found.shown.choose(PAGES)
    bench.until(lambda: found.view.count > 0)
    other = sit(case.stranger().desk)
    opened(other, path)
    assert "encrypted for somebody else" in other.words() and not other.has(TITLES["genuine"])


def test_several_pdfs_at_once_are_not_forgotten_in_silence(case: Case, sit: Sit) -> None:
    bench = sit(case.here.secretariat.desk)
    bench.drop(case.file("een.pdf"), case.file("twee.pdf"))
    bench.settle()
    assert any("One PDF is checked at a time: this is een.pdf." in sentence for sentence, _tone in bench.told)


def test_the_pages_can_be_looked_at_with_the_verdict_above_them(case: Case, sit: Sit) -> None:
    bench = sit(case.here.secretariat.desk)
    found = opened(bench, case.file("brief.pdf", blanked(case.pdf)))
    found.shown.button(0).setFocus()
    bench.press("Right", "Space")
    bench.until(lambda: found.view.count > 0 and not found.view.busy)
    assert found.shown.now == PAGES
    assert bench.has(TITLES["changed"]) and bench.has("Page 1 of")
    grab(bench.window, "check-pages")


def test_the_report_is_saved_and_the_old_one_stays_when_it_cannot_be(
    case: Case, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = sit(case.here.secretariat.desk)
    opened(bench, case.file("brief.pdf"))
    bench.press("Ctrl+Return")
    bench.answer_file_dialog(tmp_path / "report.txt")
    bench.settle()
    text = (tmp_path / "report.txt").read_text()
    assert TITLES["genuine"] in text and "brief.pdf" in text
    assert any("report.txt" in sentence for sentence, tone in bench.told if tone == "ok")

    def full(path: Path, data: bytes) -> None:
        raise DeskError("The disk is full.")

    monkeypatch.setattr(type(bench.desk.files), "save", lambda self, path, data: full(path, data))
    page(bench).save_report(tmp_path / "report.txt")
    bench.settle()
    assert bench.told[-1] == ("The disk is full.", "bad")
    assert (tmp_path / "report.txt").read_text() == text


def test_the_attached_files_are_saved(case: Case, sit: Sit, tmp_path: Path) -> None:
    bench = sit(case.here.secretariat.desk)
    opened(bench, case.file("brief.pdf"))
    page(bench).save_files(tmp_path)
    bench.settle()
    names = {path.name for path in tmp_path.iterdir()}
    assert {"genesis.crsv", "closing.crsv", "letter-1.crsv"} <= names
    assert bench.told[-1][0] == f"{len(names)} files were saved in {tmp_path.name}."


def test_cancelling_says_that_nothing_is_known(case: Case, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = sit(case.here.secretariat.desk)
    paper = type(bench.desk.paper)
    check = paper.check

    def check_and_cancel(self: object, *arguments: object) -> object:
        bench.session.tasks.cancel()  # the person presses Cancel while the seal is checked
        return check(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(paper, "check", check_and_cancel)
    opened(bench, case.file("brief.pdf"))
    assert "The check was stopped." in bench.words()
    assert not bench.has(TITLES["genuine"])


def test_a_check_that_takes_a_moment_says_how_far_it_is(case: Case, sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = sit(case.here.secretariat.desk)
    paper, seen, labels = type(bench.desk.paper), Event(), list[str]()
    check = paper.check

    def check_slowly(self: object, *arguments: object) -> object:
        assert seen.wait(20)
        return check(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(paper, "check", check_slowly)
    bench.session.tasks.progressed.connect(lambda step: labels.append(step.label))
    bench.window.open_files([case.file("brief.pdf")])
    bench.until(bench.window.progress.isVisible)
    assert bench.has("Checking the seal") and bench.has("Cancel")
    seen.set()
    bench.settle()
    assert "Reading the statements inside" in labels
    assert not bench.window.progress.isVisible()


def test_everything_is_reached_by_tab_and_named(case: Case, sit: Sit) -> None:
    bench = sit(case.stranger().desk)
    opened(bench, case.file("brief.pdf"))
    stops = [name_of(one) for one in bench.tab_round()]
    assert all(stops), stops
    for part in ("What was found", "Another file…", "Is it whole?", "Whose is it?", "The digits", "This is proved",
                 "Endorsements", "Save the attached files…", "Save the report…"):  # fmt: skip
        assert any(one.startswith(part) for one in stops), f"{part} in {'; '.join(one[:30] for one in stops)}"


@in_every_look
def test_nothing_is_cut_off(
    case: Case, sit: Sit, theme_name: ThemeName, scale: float, size: tuple[int, int], dressed: QApplication
) -> None:
    theme.apply(dressed, Theme(theme_name, scale))
    bench = sit(case.stranger().desk, size)
    found = opened(bench, case.file("brief.pdf"))
    grab(bench.window, f"check-{theme_name}-{scale}-{size[0]}")
    room = found._stack.currentWidget()
    assert isinstance(room, QScrollArea)
    assert room.horizontalScrollBar().maximum() == 0
    assert bench.window.width() == size[0]
