"""Reading a letter: by keys through its text and past it, and in a window without room for two columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.publish import publish
from crsv_desk.ui import theme
from crsv_desk.ui.letter.block import BlockView
from crsv_desk.ui.letter.read import ReadPage
from crsv_desk.ui.set_text import LETTER, SMALL
from crsv_desk.ui.theme import Theme
from tests.services.world import Coalition
from tests.ui.bench import Bench, name_of

Sit = Callable[..., Bench]


def _read(here: Coalition, sit: Sit, size: tuple[int, int] = (1280, 800)) -> tuple[Bench, ReadPage]:
    partner = here.partners["Stichting Ananas"]
    bench = sit(partner.desk, size)
    page = bench.go("read", partner.dossier)
    assert isinstance(page, ReadPage)
    return bench, page


def test_tab_comes_to_the_text_once_and_arrows_go_through_it(here: Coalition, sit: Sit) -> None:
    bench, page = _read(here, sit)
    assert bench.focus is page.blocks[0]
    bench.press("Down")
    assert bench.focus is page.blocks[1]
    bench.press("End")
    assert bench.focus is page.blocks[-1]
    bench.press("Home", "Down", "Tab")
    assert name_of(bench.focus) == "Read, go on to sign", "the way on comes right after the text"
    bench.press("Tab")
    assert name_of(bench.focus) == "Comment…"
    bench.press("Shift+Tab", "Shift+Tab")
    assert bench.focus is page.blocks[1], "Tab comes back to where the person was"
    assert [one for one in bench.tab_round() if isinstance(one, BlockView)] == [page.blocks[1]]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_without_room_for_both_the_remarks_have_a_switch(
    here: Coalition, sit: Sit, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, Theme("light", scale))
    bench, page = _read(here, sit, (900, 600))
    assert page.sides.single
    assert page.blocks[0].isVisible()
    assert "Did you notice something?" not in bench.words()
    page.sides.switch.choose(1)
    bench.settle()
    assert not page.blocks[0].isVisible()
    assert "Did you notice something?" in bench.words()


def test_of_a_paragraph_that_does_not_fit_the_beginning_is_shown(here: Coalition, sit: Sit, qapp: QApplication) -> None:
    theme.apply(qapp, Theme("light", 2.0))
    bench, page = _read(here, sit, (900, 600))
    bench.press("End", "Home")
    assert page.sides.rect().contains(page.blocks[0].mapTo(page.sides, page.blocks[0].rect().topLeft()))


LONG = "\n\n".join(
    f"Alinea {number} met **nadruk**, een {word} en zoveel woorden dat zij op geen enkel papier op een regel past, hoe"
    " breed dat papier ook is."
    for number in range(0, 40, 2)
    for word in ("koppeling", "[koppeling](https://example.org/)")
)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_of_a_long_letter_every_paragraph_comes_and_stands_whole(
    here: Coalition, sit: Sit, qapp: QApplication, scale: float
) -> None:
    theme.apply(qapp, Theme("light", scale))
    office, partner = here.secretariat, here.partners["Stichting Ananas"]
    draft = load_draft(office.desk, office.dossier)
    assert draft is not None
    save_draft(office.desk, replace(draft, body=LONG))
    partner.take(publish(office.desk, office.dossier))
    bench, page = _read(here, sit, (900, 600))
    assert len(page.blocks) < 40, "the first are shown before the last are made"
    bench.until(lambda: len(page.blocks) == 40)
    bench.until(lambda: all(view.height() == view.heightForWidth(view.width()) for view in page.blocks))
    line, small = QFontMetrics(LETTER.font()).lineSpacing(), QFontMetrics(SMALL.font()).lineSpacing()
    plain, linked = page.blocks[10].height(), page.blocks[11].height()
    assert plain > 3 * line, "three lines"
    assert linked >= plain + small, "and where it leads"
    last = page.blocks[-1]
    assert last.accessibleName().startswith("Alinea 38 met nadruk, een koppeling en zoveel")
    assert last.accessibleDescription() == "Paragraph 40 of 40, “koppeling” leads to https://example.org/"


def test_whoever_comes_back_finds_the_paragraph_where_he_was(here: Coalition, sit: Sit) -> None:
    bench, page = _read(here, sit)
    bench.press("Down", "Down")
    bench.go("comment", here.secretariat.dossier)
    bench.go("read", here.secretariat.dossier)
    assert bench.focus is page.blocks[2]
    assert bench.focus.isVisible()


def test_the_paper_grows_with_the_text(here: Coalition, sit: Sit, qapp: QApplication) -> None:
    bench, page = _read(here, sit, (1600, 900))
    small = page.blocks[0].width()
    theme.apply(qapp, Theme("light", 2.0))
    bench.settle()
    assert page.blocks[0].width() > 1.25 * small
