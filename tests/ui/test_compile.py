"""The page that compiles, worked with keys: nothing chosen beforehand, the pages looked at are sealed, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QMessageBox, QScrollArea

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.paper import Edition
from crsv_desk.domain.seal import SealChoice
from crsv_desk.pdf.paper import PdfPaper
from crsv_desk.services.answering import withdraw
from crsv_desk.services.compile import compile_letter
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import TITLES
from crsv_desk.services.verify import verify
from crsv_desk.ui import theme
from crsv_desk.ui.check import CheckPage
from crsv_desk.ui.checking.verdict import VerdictBanner
from crsv_desk.ui.compiling.seal_choice import TOKEN, SealDialog
from crsv_desk.ui.secretariat.compile import CompilePage
from crsv_desk.ui.secretariat.erratum import ErratumPage
from crsv_desk.ui.tasks import Tasks
from crsv_desk.ui.theme import Theme
from crsv_desk.ui.tokens import ThemeName
from tests.pdf.authorities import PASSPHRASE, Authorities, authorities, key_file
from tests.pdf.softhsm import LABEL, PIN, soft_token
from tests.services.world import LEAD, LETTER, Coalition, coalition
from tests.ui.bench import Bench, grab, in_every_look, name_of

Sit = Callable[..., Bench]
APPLE, BERRY, LEMON = "Stichting Ananas", "Vereniging Bosbes", "Fonds Citroen"


def at(bench: Bench, here: Coalition) -> CompilePage:
    page = bench.go("compile", here.secretariat.dossier)
    assert isinstance(page, CompilePage)
    return page


def ready(bench: Bench, page: CompilePage | ErratumPage) -> None:
    bench.until(lambda: not page.busy)


def choose(bench: Bench, name: str) -> None:
    bench.tab_to(name) if not name_of(bench.focus).startswith(name) else None
    bench.press("Space")


def looked_at(bench: Bench, here: Coalition) -> CompilePage:
    """The page with what is for everybody, ready to be sealed."""
    page = at(bench, here)
    choose(bench, "For everybody")
    ready(bench, page)
    page.looked.setChecked(True)
    return page


def cancels(monkeypatch: pytest.MonkeyPatch, step: str, tasks: Tasks) -> None:
    """The person presses Cancel while this is done with paper."""
    do = getattr(PdfPaper, step)

    def cancel_and_do(self: PdfPaper, *arguments: object) -> bytes:
        tasks.cancel()
        return bytes(do(self, *arguments))

    monkeypatch.setattr(PdfPaper, step, cancel_and_do)


def kept(here: Coalition) -> set[str]:
    return set(here.secretariat.desk.store.packets(here.secretariat.dossier))


def read_through(bench: Bench, page: CompilePage) -> None:
    """As a person does: Page Down until everything was on the screen."""
    page.view.sheets.setFocus()
    for _ in range(200):
        if not page.view.not_looked_at:
            return
        bench.press("PgDown")
    raise AssertionError(f"not on the screen after many pages down: {page.view.not_looked_at}")


def made(bench: Bench, page: CompilePage, path: Path) -> None:
    """From the choice to the saved file, by keyboard."""
    choose(bench, "For everybody")
    ready(bench, page)
    read_through(bench, page)
    bench.tab_to("I have looked at all pages.")
    bench.press("Space", "Ctrl+Return")
    bench.answer_file_dialog(path)
    bench.settle()


def test_nothing_is_chosen_beforehand_and_the_button_says_why_it_is_off(here: Coalition, sit: Sit) -> None:
    here.signed()
    before = kept(here)
    bench = sit(here.secretariat.desk)
    page = at(bench, here)
    assert page.choices.edition.edition is None
    assert not page.looked.isChecked() and not page.seal.isEnabled()
    assert page.why_not() == "First choose for whom it is." == page.seal.accessibleDescription()
    choose(bench, "For everybody")
    ready(bench, page)
    assert page.view.count >= 3 and page.why_not() == "First look at all pages."
    assert kept(here) == before  # looking closes nothing
    read_through(bench, page)
    assert bench.has("All were on the screen.") and not page.looked.isChecked()
    bench.tab_to("I have looked at all pages.")
    bench.press("Space")
    assert page.why_not() == "" and page.seal.isEnabled()
    grab(bench.window, "compile-ready")


def test_sealed_and_saved_with_the_keyboard_alone(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    here.signed()
    bench = sit(here.secretariat.desk)
    page = at(bench, here)
    choose(bench, "For everybody")
    ready(bench, page)
    assert page._prepared is not None
    looked_at = page._prepared.pages
    made(bench, page, tmp_path / "brief.pdf")
    pdf = (tmp_path / "brief.pdf").read_bytes()
    assert pdf.startswith(looked_at)
    assert verify(here.secretariat.desk, Untrusted("brief.pdf", pdf)).conclusion == "genuine"
    assert isinstance(bench.focus, VerdictBanner)
    words = bench.words()
    assert "Sealed, saved, and read back" in words and "brief.pdf" in words and "4 endorsements by name" in words
    grab(bench.window, "compile-result")
    bench.push("Check it as its receiver would")
    assert isinstance(bench.page, CheckPage)
    bench.go("compile", here.secretariat.dossier)
    bench.push("Make another one")
    assert page.choices.edition.edition is None


def test_what_is_missing_is_said_and_leads_there(here: Coalition, sit: Sit) -> None:
    here.signed([APPLE], reservation="Zonder paragraaf twee.")
    here.secretariat.take(here.partners[BERRY].endorse("all").data)
    bench = sit(here.secretariat.desk)
    at(bench, here)
    words = bench.words()
    for part in (
        "1 waits for the phone check and is left out",
        "1 signed with a reservation",
        "2 logos are missing",
        BERRY,
    ):
        assert part in words, part
    grab(bench.window, "compile-missing")


def test_without_the_lead_nothing_can_be_sealed(here: Coalition, sit: Sit) -> None:
    bench = sit(here.secretariat.desk)
    page = at(bench, here)
    assert page.why_not() == f"{LEAD} has not signed yet"
    choose(bench, "For everybody")
    ready(bench, page)
    assert page.view.count == 0 and not page.seal.isEnabled()
    grab(bench.window, "compile-stopped")


def test_other_pages_must_be_looked_at_again_and_the_same_need_not(here: Coalition, sit: Sit) -> None:
    here.signed([APPLE])
    bench = sit(here.secretariat.desk)
    page = looked_at(bench, here)
    first = page._prepared
    bench.session.changed.emit()  # nothing that matters changed
    ready(bench, page)
    assert page._prepared is first and page.looked.isChecked()
    here.answered(BERRY, here.partners[BERRY].endorse("all"))
    bench.session.changed.emit()
    ready(bench, page)
    assert page._prepared is not first and not page.looked.isChecked()
    assert BERRY in [row.printed for row in page._prepared.material.statement.rows]  # type: ignore[union-attr]


def test_order_sign_off_place_and_date_are_decided_by_keyboard(here: Coalition, sit: Sit) -> None:
    here.signed()
    bench = sit(here.secretariat.desk)
    page = at(bench, here)
    choose(bench, "For everybody")
    bench.tab_to("Place")
    bench.press("Ctrl+A")
    bench.type("Utrecht")
    names = bench.tab_to("Organisations in their printed order")
    assert isinstance(names, QListWidget)
    names.setCurrentRow(2)
    bench.press("Alt+Up", "Alt+Up", "Space")
    ready(bench, page)
    assert page._prepared is not None
    statement = page._prepared.material.statement
    assert [row.printed for row in statement.rows] == [LEAD, BERRY, LEMON, APPLE]
    assert statement.sign_off.names == (LEMON, APPLE)
    assert (statement.place, statement.date) == ("Utrecht", "2026-05-26")


def test_a_hidden_name_in_the_signed_text_is_told(tmp_path: Path, sit: Sit) -> None:
    # On a later page, so that it is seen whether the view goes there.
    letter = LETTER + "\n" + "Dit is een lange alinea over niets.\n\n" * 60 + f"En dan {BERRY} nog.\n"
    with coalition(tmp_path / "world", (APPLE, BERRY), letter) as here:
        here.signed([APPLE])
        here.answered(BERRY, here.partners[BERRY].endorse("none"))
        bench = sit(here.secretariat.desk)
        page = at(bench, here)
        choose(bench, "For everybody")
        ready(bench, page)
        assert bench.has("Hidden names: the signed text itself says one")
        bench.until(lambda: BERRY in (page.view.sheets.drawer.text(page.view.number) or ""))
        assert page.view.number > 0
        grab(bench.window, "compile-quoted")
        bench.close()


def test_a_hidden_name_elsewhere_stops_it(tmp_path: Path, sit: Sit) -> None:
    with coalition(tmp_path / "world", (APPLE, BERRY)) as here:
        here.signed([APPLE])
        here.answered(BERRY, here.partners[BERRY].endorse("none"))
        bench = sit(here.secretariat.desk)
        page = at(bench, here)
        choose(bench, "For everybody")
        bench.tab_to("Place")
        bench.press("Ctrl+A")
        bench.type(BERRY)
        ready(bench, page)
        assert bench.has("Hidden names: found")
        page.looked.setChecked(True)
        assert page.why_not() == "A hidden name is in it; see beside the pages."
        grab(bench.window, "compile-leak")
        bench.close()


def test_the_full_edition_asks_before_it_is_saved(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    here.signed([APPLE])
    here.answered(BERRY, here.partners[BERRY].endorse("none"))
    bench = sit(here.secretariat.desk)
    page = at(bench, here)
    page.choices.edition.choose("full")
    ready(bench, page)
    assert bench.has("Contains names that must stay hidden")
    grab(bench.window, "compile-full")
    page.looked.setChecked(True)
    bench.settle()
    bench.press("Ctrl+Return")
    bench.until(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    assert name_of(bench.focus) == "Do not save it"  # Enter does no harm
    bench.press("Return")
    bench.until(lambda: QApplication.activeModalWidget() is None)
    bench.settle()
    assert not list(tmp_path.glob("*.pdf"))
    bench.press("Ctrl+Return")
    bench.until(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    bench.tab_to("Save it with all names")
    bench.press("Space")
    bench.answer_file_dialog(tmp_path / "full.pdf")
    bench.settle()
    assert (tmp_path / "full.pdf").exists()
    assert bench.has("This file holds names that must stay hidden")


def test_the_small_edition_comes_with_a_file_beside_it(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    here.signed([APPLE])
    bench = sit(here.secretariat.desk)
    page = at(bench, here)
    page.choices.edition.choose("slim")
    ready(bench, page)
    page.looked.setChecked(True)
    page.save(tmp_path / "brief.pdf")
    bench.settle()
    assert {path.name for path in tmp_path.glob("brief.*")} == {"brief.pdf", "brief.crsv"}
    assert bench.has("Send both")


def test_a_large_file_is_told_with_what_to_do_about_it(
    here: Coalition, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if mailboxes refused anything: every edition says so, and the public one leads to the small one."""
    here.signed([APPLE])
    bench = sit(here.secretariat.desk)
    page = at(bench, here)

    def saved(edition: Edition, name: str) -> str:
        page.choices.edition.choose(edition)
        ready(bench, page)
        page.looked.setChecked(True)
        page.save(tmp_path / name)
        bench.settle()
        return bench.words()

    too_large = "Larger than 7 MB: some mailboxes refuse it"
    assert too_large not in saved("public", "small.pdf")
    monkeypatch.setattr("crsv_desk.services.compile.LARGE", 10_000)
    bench.push("Make another one")
    said = saved("public", "large.pdf")
    assert too_large in said and "Make the small edition" in said
    grab(bench.window, "compile-large")
    bench.push("Make the small edition")
    assert page.choices.edition.edition == "slim"
    said = saved("slim", "slim.pdf")
    assert too_large in said and "Make the small edition" not in said


def test_another_key_seals_after_it_was_opened_and_the_pages_were_made_for_it(
    here: Coalition, sit: Sit, tmp_path: Path
) -> None:
    holder = Authorities("http://127.0.0.1:9").issue("Stichting Zegel")
    (tmp_path / "zegel.p12").write_bytes(key_file(holder))
    here.signed([APPLE])
    bench = sit(here.secretariat.desk)
    page = looked_at(bench, here)
    bench.push("Another key, or a timestamp…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SealDialog)
    bench.tab_to("The key of this workspace")
    bench.press("Down")
    bench.tab_to("Key file")
    bench.type(str(tmp_path / "zegel.p12"))
    bench.tab_to("Passphrase")
    bench.type("fout")
    grab(dialog, "compile-seal")
    bench.tab_to("Use this")
    bench.press("Space")
    bench.until(dialog.use.isEnabled)
    assert dialog._problem.count() and not page.key.certificate
    bench.tab_to("Passphrase", back=True)
    bench.press("Ctrl+A")
    bench.type(PASSPHRASE)
    bench.tab_to("Use this")
    bench.press("Space")
    bench.until(lambda: bool(page.key.certificate))
    ready(bench, page)
    bench.settle()
    assert not page.looked.isChecked()  # the pages name the key that seals them
    page.looked.setChecked(True)
    page.save(tmp_path / "brief.pdf")
    bench.settle()
    report = here.secretariat.desk.paper.check((tmp_path / "brief.pdf").read_bytes())
    assert report.certificate == holder.der and report.whole


def test_a_token_with_two_certificates_seals_with_the_one_that_is_named(
    here: Coalition, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, issuer = soft_token(tmp_path, monkeypatch), Authorities("http://127.0.0.1:9")
    token.add_token(LABEL)
    holders = {name: issuer.issue(name.capitalize()) for name in ("een", "twee")}
    for number, (name, holder) in enumerate(holders.items()):
        token.add_key(holder, f"a{number}", name)
    here.signed([APPLE])
    bench = sit(here.secretariat.desk)
    page = at(bench, here)
    bench.push("Another key, or a timestamp…")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SealDialog)
    dialog.ways[TOKEN].setChecked(True)
    dialog.library.setText(str(token.library))

    def refused(pin: str, certificate: str = "") -> str:
        dialog.pin.setText(pin)
        dialog.certificate.setText(certificate)
        bench.push("Use this")
        bench.until(lambda: bool(page.key.certificate) or dialog.use.isEnabled())
        return " ".join(one.text() for one in dialog.findChildren(QLabel)) if not page.key.certificate else ""

    assert "PIN of the token is wrong" in refused("000000")
    assert "say which: een; twee" in refused(PIN)
    grab(dialog, "compile-seal-token")
    assert refused(PIN, "twee") == ""
    assert page.key.certificate == sha256(holders["twee"].der).hexdigest()


def test_a_lying_timestamp_server_leaves_the_old_file(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    here.signed([APPLE])
    bench = sit(here.secretariat.desk)
    page = at(bench, here)
    choose(bench, "For everybody")
    ready(bench, page)
    old = tmp_path / "brief.pdf"
    old.write_bytes(b"old")
    before = kept(here)
    with authorities() as running:
        running.fail = "another nonce"
        page.key._take(SealChoice(timestamp=running.url + "/stamp"), "")
        ready(bench, page)
        page.looked.setChecked(True)
        page.save(old)
        bench.settle()
    assert "stamped something else than what was asked" in bench.words() + str(bench.told)
    assert old.read_bytes() == b"old" and kept(here) == before


def test_what_cannot_be_written_leaves_the_old_file_and_can_be_tried_elsewhere(
    here: Coalition, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.signed([APPLE])
    bench = sit(here.secretariat.desk)
    page = looked_at(bench, here)
    old = tmp_path / "brief.pdf"
    old.write_bytes(b"old")
    files, calls = type(bench.desk.files), []
    save = files.save

    def full(self: object, path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == 1:
            raise DeskError("The disk is full.")
        save(self, path, data)  # type: ignore[arg-type]

    paper, sealed = type(bench.desk.paper), []
    seal = paper.seal

    def counted(self: object, *arguments: object) -> bytes:
        sealed.append(arguments)
        return seal(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(files, "save", full)
    monkeypatch.setattr(paper, "seal", counted)
    page.save(old)
    bench.settle()
    assert old.read_bytes() == b"old" and bench.has("The disk is full.")
    assert name_of(bench.focus) == "Choose another place…"
    grab(bench.window, "compile-not-saved")
    bench.press("Space")
    bench.answer_file_dialog(tmp_path / "elsewhere.pdf")
    bench.settle()
    assert len(sealed) == 1
    assert bench.has("Sealed, saved, and read back")
    assert (tmp_path / "elsewhere.pdf").read_bytes().startswith(b"%PDF")


def test_cancelling_while_it_seals_writes_nothing(
    here: Coalition, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.signed([APPLE])
    bench = sit(here.secretariat.desk)
    page = looked_at(bench, here)
    before = kept(here)
    cancels(monkeypatch, "seal", bench.session.tasks)
    page.save(tmp_path / "brief.pdf")
    bench.settle()
    assert not (tmp_path / "brief.pdf").exists() and kept(here) == before
    assert ("Stopped. Nothing was sealed and nothing was written.", "info") in bench.told
    assert page.why_not() == ""


def test_cancelling_while_it_makes_the_pages_leaves_none_of_other_choices(
    here: Coalition, sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.signed([APPLE])
    bench = sit(here.secretariat.desk)
    page = at(bench, here)
    page.choices.edition.choose("full")
    ready(bench, page)
    page.looked.setChecked(True)
    assert page.why_not() == ""
    with monkeypatch.context() as patch:
        cancels(patch, "typeset", page._tasks)
        page.choices.edition.choose("public")
        ready(bench, page)
    assert page.view.count == 0 and not page.seal.isEnabled() and not page.looked.isChecked()
    assert "You stopped it, so there are no pages." in bench.words()
    bench.go("partners", here.secretariat.dossier)
    assert at(bench, here) is page
    ready(bench, page)
    assert page._prepared is not None and page._prepared.material.statement.edition == "public"


def test_cancelling_while_an_erratum_is_sealed_leaves_it_to_be_sealed(
    here: Coalition, sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.signed()
    compile_letter(here.secretariat.desk, here.secretariat.dossier)
    partner = here.partners[APPLE]
    here.secretariat.take(withdraw(partner.desk, partner.dossier, "").data)
    bench = sit(here.secretariat.desk)
    page = bench.go("erratum", here.secretariat.dossier)
    assert isinstance(page, ErratumPage)
    ready(bench, page)
    page.looked.setChecked(True)
    cancels(monkeypatch, "seal", bench.session.tasks)
    page.save(tmp_path / "erratum.pdf")
    bench.settle()
    assert not (tmp_path / "erratum.pdf").exists()
    assert len(here.secretariat.volume().state.closings) == 1, "nothing was decided"
    assert ("Stopped. Nothing was sealed and nothing was written.", "info") in bench.told
    assert page.why_not() == "" and page.seal.isEnabled()


def test_what_comes_in_while_one_looks_is_not_left_out_in_silence(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    here.signed()
    bench = sit(here.secretariat.desk)
    page = looked_at(bench, here)
    partner = here.partners[APPLE]
    here.secretariat.take(withdraw(partner.desk, partner.dossier, "").data)  # by a colleague's import, say
    page.save(tmp_path / "brief.pdf")
    bench.settle()
    assert bench.has("Something came in or changed since these pages were made")
    assert not (tmp_path / "brief.pdf").exists()
    ready(bench, page)
    assert not page.looked.isChecked()


def test_who_withdraws_after_the_seal_leads_to_an_erratum(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    here.signed()
    compile_letter(here.secretariat.desk, here.secretariat.dossier)
    partner = here.partners[APPLE]
    here.secretariat.take(withdraw(partner.desk, partner.dossier, "").data)
    bench = sit(here.secretariat.desk)
    page = at(bench, here)
    assert bench.has("1 withdrew after a PDF was sealed: make an erratum")
    bench.tab_to("Make it…")
    bench.press("Space")
    bench.settle()
    made = bench.page
    assert isinstance(made, ErratumPage)
    bench.until(lambda: made.view.count == 1)
    assert f"No longer signs: {APPLE}" in bench.words() and "Erratum 1" in bench.words()
    assert len(here.secretariat.volume().state.closings) == 1, "looking closes nothing"
    assert not made.seal.isEnabled() and "First look at all pages." in made.seal.accessibleDescription()
    bench.until(lambda: not made.view.busy)
    bench.tab_to("I have looked at all pages.")
    bench.press("Space")
    grab(bench.window, "erratum")
    bench.press("Ctrl+Return")
    bench.answer_file_dialog(tmp_path / "erratum.pdf")
    bench.settle()
    assert isinstance(bench.page, CheckPage)
    bench.settle()
    assert name_of(bench.focus).startswith(TITLES["genuine"])
    assert any(APPLE in sentence for sentence, tone in bench.told if tone == "ok")
    at(bench, here)
    assert not any(one.kind == "left" for one in page._ready.missing)  # the newest closing is without it


def test_everything_is_reached_by_tab_and_named(here: Coalition, sit: Sit) -> None:
    here.signed()
    bench = sit(here.secretariat.desk)
    looked_at(bench, here)
    stops = [name_of(one) for one in bench.tab_round()]
    assert all(stops), stops
    for part in ("Later page", "As text", "Page 1 of", "For everybody", "Place", "Date of sending",
                 "Organisations in their printed order", "I have looked at all pages.", "Seal and save…"):  # fmt: skip
        assert any(one.startswith(part) for one in stops), f"{part} in {'; '.join(one[:30] for one in stops)}"


@in_every_look
def test_nothing_is_cut_off(
    here: Coalition, sit: Sit, theme_name: ThemeName, scale: float, size: tuple[int, int], dressed: QApplication
) -> None:
    here.signed([APPLE])
    theme.apply(dressed, Theme(theme_name, scale))
    bench = sit(here.secretariat.desk, size)
    page = at(bench, here)
    choose(bench, "For everybody")
    ready(bench, page)
    grab(bench.window, f"compile-{theme_name}-{scale}-{size[0]}")
    for area in page.findChildren(QScrollArea):
        if area.isVisible():
            assert area.horizontalScrollBar().maximum() == 0
    assert bench.window.width() == size[0]
    if page.sides.single:
        page.sides.switch.button(0).setFocus()
        bench.press("Space")
        assert page.view.isVisible() and page.view.sheets.height() > 200
        grab(bench.window, f"compile-{theme_name}-{scale}-{size[0]}-pages")
    assert page.looked.checkState() == Qt.CheckState.Unchecked


def test_what_came_in_meanwhile_makes_another_erratum_to_look_at(here: Coalition, sit: Sit, tmp_path: Path) -> None:
    here.signed()
    compile_letter(here.secretariat.desk, here.secretariat.dossier)
    first, second = here.partners[APPLE], here.partners["Vereniging Bosbes"]
    here.secretariat.take(withdraw(first.desk, first.dossier, "").data)
    bench = sit(here.secretariat.desk)
    page = bench.go("erratum", here.secretariat.dossier)
    assert isinstance(page, ErratumPage)
    bench.until(lambda: not page.view.busy and page.view.count == 1)
    page.looked.setChecked(True)
    here.secretariat.take(withdraw(second.desk, second.dossier, "").data)
    page.save(tmp_path / "erratum.pdf")
    bench.settle()
    ready(bench, page)
    assert "look at the new pages" in bench.words() and "No longer signs: Vereniging Bosbes" in bench.words()
    assert not (tmp_path / "erratum.pdf").exists() and not page.looked.isChecked()
    assert len(here.secretariat.volume().state.closings) == 1


def test_without_anybody_who_left_the_erratum_says_why_not(here: Coalition, sit: Sit) -> None:
    here.signed()
    bench = sit(here.secretariat.desk)
    page = bench.go("erratum", here.secretariat.dossier)
    assert isinstance(page, ErratumPage)
    ready(bench, page)
    assert "This letter has not been sent yet" in bench.words()
    assert not page.seal.isEnabled()
    bench.press("Esc")
    assert bench.window.place[0] == "compile"
