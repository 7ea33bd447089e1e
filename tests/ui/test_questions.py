"""Every dialog that asks something keeps its buttons whole, in the smallest window with the largest text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from crsv_desk.domain.seal import SealChoice
from crsv_desk.ui import dates, theme
from crsv_desk.ui.compiling.seal_choice import SealDialog
from crsv_desk.ui.letter.decline import DeclineDialog
from crsv_desk.ui.letter.objection import ObjectionDialog
from crsv_desk.ui.letter.vouching import VouchDialog
from crsv_desk.ui.question import Question
from crsv_desk.ui.secretariat.asking import AddDialog, CallDialog
from crsv_desk.ui.secretariat.attesting import AttestDialog
from crsv_desk.ui.secretariat.voucher import VoucherDialog
from crsv_desk.ui.session import Session
from crsv_desk.ui.theme import Theme
from tests.services.world import Coalition
from tests.ui.bench import Bench, grab
from tests.ui.conftest import PARTNERS

Sit = Callable[..., Bench]
Make = Callable[[Session, str, QWidget], Question]
QUESTIONS: dict[str, Make] = {
    "decline": DeclineDialog,
    "objection": ObjectionDialog,
    "seal": lambda session, _dossier, parent: SealDialog(session, SealChoice(), parent),
    "add": AddDialog,
    "attest": AttestDialog,
    "call": CallDialog,
    "voucher": lambda session, dossier, parent: VoucherDialog(session, dossier, parent, PARTNERS[0], 3),
    "vouching": VouchDialog,
}


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_buttons_are_whole_and_within_the_window(
    here: Coalition, sit: Sit, qapp: QApplication, name: str, language: str
) -> None:
    theme.apply(qapp, Theme("light", 2.0))
    dates.speak(language)
    bench = sit(here.secretariat.desk, (900, 600))
    dialog = QUESTIONS[name](
        bench.window.session, here.secretariat.dossier, bench.go("partners", here.secretariat.dossier)
    )
    dialog.open()
    bench.settle()
    grab(dialog, f"question-{name}-{language}")
    below = [dialog.back, *dialog.doing]
    assert [one.text() for one in below if one.width() < one.sizeHint().width()] == []
    assert all(dialog.rect().contains(one.geometry()) for one in below if isinstance(one, QPushButton))
    assert dialog.width() <= 900
    assert dialog.height() <= 600
    dialog.reject()
    bench.settle()
