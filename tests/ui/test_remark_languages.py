"""A partner reads a letter in one of its languages, and remarks on the words that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crsv_desk.services.book import block_named
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.publish import publish
from crsv_desk.services.remarks import list_remarks
from crsv_desk.ui.letter.comment import CommentPage
from tests.services.test_remark_languages import ANANAS, bilingual  # noqa: F401  the fixture
from tests.services.world import Coalition
from tests.ui.bench import Bench, grab

Sit = Callable[..., Bench]


@pytest.fixture
def two(bilingual: Coalition) -> Iterator[Coalition]:  # noqa: F811
    yield bilingual


def test_what_is_read_in_french_is_remarked_on_in_french(two: Coalition, sit: Sit, tmp_path: Path) -> None:
    office, sec = two.partners[ANANAS], two.secretariat
    bench = sit(office.desk)
    bench.go("read", office.dossier)
    bench.tab_to("Nederlands")
    bench.press("Right")
    bench.settle()
    bench.tab_to("Dit is de eerste alinea")
    bench.press("Down", "Down", "Down", "Down")
    assert "La poursuite des auteurs." in bench.focus.accessibleName()
    bench.press("R")
    page = bench.page
    assert isinstance(page, CommentPage)
    assert page.language == "fr"
    assert "La poursuite des auteurs." in bench.words()
    bench.tab_to("Remark", back=True)
    bench.press("Right")
    assert page.proposal.toPlainText() == "La poursuite des auteurs."
    grab(bench.window, "remark-french")
    page.proposal.setPlainText("La poursuite de tous les auteurs.")
    bench.press("Ctrl+Return")
    bench.answer_file_dialog(tmp_path / "remarque.crsv")
    sec.take((tmp_path / "remarque.crsv").read_bytes())
    two.confirmed(ANANAS)
    [row] = list_remarks(sec.desk, sec.dossier)
    assert (row.language, row.quote, row.proposal) == (
        "fr", "La poursuite des auteurs.", "La poursuite de tous les auteurs."
    )  # fmt: skip
    bench.close()
    bench = sit(sec.desk)
    bench.go("comments", sec.dossier)
    assert "on the text in français" in bench.words().replace("Français", "français")


def test_the_language_is_changed_in_the_form_and_what_was_typed_stays(two: Coalition, sit: Sit) -> None:
    office = two.partners[ANANAS]
    bench = sit(office.desk)
    page = bench.go("comment", office.dossier)
    assert isinstance(page, CommentPage)
    page.where.setCurrentIndex(3)
    page.text.setPlainText("Un mot.")
    page.kind.choose(1)
    assert page.proposal.toPlainText() == "Wij vragen om drie dingen, en wij vragen ze nu."
    bench.tab_to("Nederlands")
    bench.press("Right")
    assert page.language == "fr" and page.text.toPlainText() == "Un mot."
    assert page.proposal.toPlainText() == "Nous demandons trois choses, maintenant."
    page.proposal.setPlainText("Typed.")
    bench.press("Left")
    assert page.language == "nl" and page.proposal.toPlainText() == "Typed."
    bench.go("read", office.dossier)
    assert bench.session.language == "nl"


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_an_objection_is_in_the_language_that_was_read(two: Coalition, sit: Sit, tmp_path: Path, language: str) -> None:
    office, sec = two.partners[ANANAS], two.secretariat
    two.answered(ANANAS, office.endorse("all", corrections=True))
    block = block_named(sec.desk, sec.volume(), "5")
    draft = load_draft(sec.desk, sec.dossier)
    assert draft is not None
    save_draft(sec.desk, draft.with_body("nl", draft.body.replace("bij de Europese Unie", "bij de EU")))
    office.take(publish(sec.desk, sec.dossier, correction=(block,), object_before="2026-05-25"))
    bench = sit(office.desk)
    bench.session.language = "de"  # of another letter that was read before
    bench.go("read", office.dossier)
    if language == "fr":
        bench.tab_to("Nederlands")
        bench.press("Right")
        bench.settle()
    bench.go("changes", office.dossier)
    bench.push("Object…")
    bench.type("Non.")
    bench.push("Object to this correction")
    bench.answer_file_dialog(tmp_path / "objection.crsv")
    sec.take((tmp_path / "objection.crsv").read_bytes())
    [row] = list_remarks(sec.desk, sec.dossier)
    assert (row.kind, row.language) == ("objection", language)
