"""A voucher answers for organisations that cannot appear, and the secretariat says for how many: by keyboard, through
files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSpinBox

from crsv_desk.services.attest import allow_voucher, attest
from crsv_desk.services.overview import status
from crsv_desk.services.vouching import allowance, allowance_file
from crsv_desk.ui.letter.vouching import VouchDialog
from crsv_desk.ui.secretariat.organisation import OrganisationDialog
from crsv_desk.ui.secretariat.voucher import VoucherDialog
from tests.services.world import Coalition
from tests.ui.bench import Bench, grab

Sit = Callable[..., Bench]
VOUCHER = "Stichting Ananas"


@pytest.fixture
def signed(here: Coalition) -> Iterator[Coalition]:
    here.signed((VOUCHER,))
    yield here


def test_the_secretariat_says_for_how_many_and_the_voucher_answers_within_it(
    signed: Coalition, sit: Sit, tmp_path: Path
) -> None:
    sec, voucher = signed.secretariat, signed.partners[VOUCHER]
    bench = sit(sec.desk)
    page = bench.go("partners", sec.dossier)
    row = sec.status()[VOUCHER]
    OrganisationDialog(bench.session, sec.dossier, page, row).open()
    bench.settle()
    assert "It answers only for itself." in bench.words()
    bench.push("Change for how many")
    assert isinstance(bench.top, VoucherDialog)
    grab(bench.top, "voucher-count")
    assert bench.focus is bench.find_a(QSpinBox, "Number of others")
    bench.press("Up", "Up", "Up")
    bench.push("Sign and keep")
    bench.answer_file_dialog(tmp_path / "mag.crsv")
    assert sec.volume().state.members[VOUCHER].voucher == 3
    bench.close()

    bench = sit(voucher.desk)
    bench.go("endorse", voucher.dossier)
    assert not bench.has("Answer for others")
    bench.drop(tmp_path / "mag.crsv")
    assert (
        bench.told[-1][0] == "The secretariat says that you may answer for up to 3 organisations that you do not name."
    )
    bench.go("endorse", voucher.dossier)
    assert "You may answer for 3 organisations; on this text you can still do so for 3." in bench.words()
    bench.push("Answer for others")
    dialog = bench.top
    assert isinstance(dialog, VouchDialog)
    grab(dialog, "vouching")
    bench.press("Up", "Up", "Up", "Up", "Up")
    assert dialog.count.value() == 3, "never more than allowed"
    bench.press("Down")
    bench.push("Sign and save as file")
    assert "Choose what was answered." in bench.words()
    assert bench.focus is dialog.declared.yes
    bench.press("Space")
    bench.push("Sign and save as file")
    bench.answer_file_dialog(tmp_path / "voor-anderen.crsv")
    sec.take((tmp_path / "voor-anderen.crsv").read_bytes())
    [told] = [one for one in status(sec.desk, sec.dossier) if one.standing == "vouched"]
    assert (told.vouched, told.organisation, told.reason) == (2, VOUCHER, "")
    bench.go("endorse", voucher.dossier)
    assert "on this text you can still do so for 1." in bench.words()


def test_who_said_all_that_it_may_is_told_and_can_save_it_again(signed: Coalition, sit: Sit, tmp_path: Path) -> None:
    sec, voucher = signed.secretariat, signed.partners[VOUCHER]
    allow_voucher(sec.desk, sec.dossier, VOUCHER, 2)
    voucher.take(allowance_file(sec.desk, sec.dossier, VOUCHER))
    attest(voucher.desk, voucher.dossier, "", "decline", "phone", "2026-05-21", b"", 2)
    bench = sit(voucher.desk)
    bench.go("send", voucher.dossier)
    bench.push("Answer for others")
    assert "You answered for as many as you may on this text." in bench.words()
    assert "2 organisations do not sign" in bench.words()
    assert not bench.has("Sign and save as file")
    bench.push("Save again")
    bench.answer_file_dialog(tmp_path / "nog-eens.crsv")
    sec.take((tmp_path / "nog-eens.crsv").read_bytes())
    [told] = [one for one in status(sec.desk, sec.dossier) if one.standing == "vouched"]
    assert (told.vouched, told.reason) == (2, "declined")


def test_only_a_voucher_sees_it(signed: Coalition, sit: Sit) -> None:
    other = signed.partners["Vereniging Bosbes"]
    bench = sit(other.desk)
    bench.go("endorse", other.dossier)
    assert not bench.has("Answer for others")
    assert allowance(other.desk, other.dossier).most == 0


def test_the_number_can_be_taken_back(signed: Coalition, sit: Sit) -> None:
    sec = signed.secretariat
    allow_voucher(sec.desk, sec.dossier, VOUCHER, 2)
    bench = sit(sec.desk)
    page = bench.go("partners", sec.dossier)
    VoucherDialog(bench.session, sec.dossier, page, VOUCHER, 2).open()
    bench.settle()
    bench.press("Down", "Down")
    bench.push("Sign and keep")
    assert sec.volume().state.members[VOUCHER].voucher == 0
    assert ("Stichting Ananas answers only for itself from now on.", "ok") in bench.told
