"""Deciding, looking and sealing: what was looked at is what is sealed, and looking closes nothing."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image

from crsv_desk.domain.errors import Cancelled, DeskError, UsageError
from crsv_desk.domain.progress import Step
from crsv_desk.pdf.words import page_texts
from crsv_desk.services.closing import Decision
from crsv_desk.services.compile import LARGE, Compiled, compile_letter, prepare, seal_prepared
from tests.services.world import LEAD, Coalition, coalition

APPLE, BERRY, HIDDEN = "Stichting Ananas", "Vereniging Bosbes", "Netwerk Overlevenden Oost"


@dataclass
class Case:
    here: Coalition

    @property
    def kept(self) -> dict[str, bytes]:
        office = self.here.secretariat
        return dict(office.desk.store.packets(office.dossier))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with coalition(tmp_path_factory.mktemp("compile"), (APPLE, BERRY)) as here:
        here.signed()
        yield Case(here)


def test_looking_keeps_nothing_and_what_was_looked_at_is_sealed(case: Case) -> None:
    desk, dossier = case.here.secretariat.desk, case.here.secretariat.dossier
    before = case.kept
    looked = prepare(desk, dossier)
    assert case.kept == before
    sealed = seal_prepared(desk, looked)
    assert sealed.pdf.startswith(looked.pages)
    assert set(case.kept) - set(before) == {sealed.closing}
    assert compile_letter(desk, dossier).closing == sealed.closing  # the same decision is not taken twice


def test_cancelling_while_it_seals_keeps_nothing(case: Case) -> None:
    desk, dossier = case.here.secretariat.desk, case.here.secretariat.dossier
    looked = prepare(desk, dossier, "public", Decision(place="Utrecht"))
    before = case.kept

    def stop(step: Step) -> None:
        if step.done >= 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        seal_prepared(desk, looked, stop)
    assert case.kept == before


def test_order_and_sign_off_are_printed_as_decided(case: Case) -> None:
    desk, dossier = case.here.secretariat.desk, case.here.secretariat.dossier
    alphabet = prepare(desk, dossier)
    chosen = prepare(desk, dossier, "public", Decision("Utrecht", "2026-06-01", (BERRY, APPLE), (APPLE,)))
    rows = [row.printed for row in chosen.material.statement.rows]
    assert rows == [LEAD, BERRY, APPLE]
    assert chosen.material.statement.sign_off.names == (APPLE,)
    usual, other = (" ".join(" ".join(page_texts(one.pages)).split()) for one in (alphabet, chosen))
    assert "Utrecht, 1 juni 2026" in other and "Den Haag, 26 mei 2026" in usual
    assert "op alfabet" in usual or "by alphabet" in usual
    assert "op alfabet" not in other and "by alphabet" not in other
    assert seal_prepared(desk, chosen).verification.holds


@pytest.mark.parametrize("decision", [Decision(order=("Stichting Spook",)), Decision(sign_off=("Stichting Spook",))])
def test_nobody_is_printed_who_did_not_endorse(case: Case, decision: Decision) -> None:
    with pytest.raises(UsageError, match="Stichting Spook"):
        prepare(case.here.secretariat.desk, case.here.secretariat.dossier, "public", decision)


def test_what_came_in_since_must_be_looked_at_first(tmp_path: Path) -> None:
    with coalition(tmp_path, (APPLE, BERRY)) as here:
        here.signed([APPLE])
        looked = prepare(here.secretariat.desk, here.secretariat.dossier)
        here.answered(BERRY, here.partners[BERRY].endorse("all"))
        with pytest.raises(DeskError, match="look at the new pages"):
            seal_prepared(here.secretariat.desk, looked)


def test_a_leak_is_shown_before_and_refused_at_sealing(tmp_path: Path) -> None:
    with coalition(tmp_path, (APPLE, HIDDEN)) as here:
        here.signed([APPLE])
        here.answered(HIDDEN, here.partners[HIDDEN].endorse("none"))
        looked = prepare(here.secretariat.desk, here.secretariat.dossier, decision=Decision(place=HIDDEN))
        assert HIDDEN in looked.searched
        assert any("page 1" in place for place in looked.leaks)
        with pytest.raises(DeskError, match="Nothing was written"):
            seal_prepared(here.secretariat.desk, looked)
        full = prepare(here.secretariat.desk, here.secretariat.dossier, "full")
        assert not full.leaks


def noisy_logo(seed: int) -> bytes:
    """The most that a logo may weigh: a picture that nothing can make smaller."""
    output = io.BytesIO()
    Image.frombytes("RGB", (350, 350), random.Random(seed).randbytes(350 * 350 * 3)).save(output, "PNG")
    return output.getvalue()


def test_a_heavy_letter_is_large_and_its_slim_edition_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A heavy logo stands on a page and in its packet: each half is below a limit that both together pass."""
    monkeypatch.setattr("crsv_desk.services.compile.LARGE", 700_000)
    with coalition(tmp_path, (APPLE,)) as here:
        here.secretariat.endorse("all")
        here.answered(APPLE, here.partners[APPLE].endorse("all", logo=noisy_logo(1)))
        desk, dossier = here.secretariat.desk, here.secretariat.dossier
        whole, slim = compile_letter(desk, dossier), compile_letter(desk, dossier, "slim")
        assert whole.large and not slim.large
        assert len(slim.pdf) < 700_000 < len(slim.pdf) + len(slim.beside)


@pytest.mark.parametrize("more", [0, 1])
def test_seven_megabytes_are_the_limit_of_either_file(case: Case, more: int) -> None:
    compiled: Compiled = compile_letter(case.here.secretariat.desk, case.here.secretariat.dossier)
    assert LARGE == 7_000_000
    assert replace(compiled, pdf=bytes(LARGE + more)).large == bool(more)
    assert replace(compiled, beside=bytes(LARGE + more)).large == bool(more)
