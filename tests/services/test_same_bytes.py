"""The same closing gives the same bytes before the seal: on another day, in another zone, under other locales, languages
and hash seeds, from another folder, on another laptop, whatever came in first."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from crsv_desk.app.compose import open_desk
from crsv_desk.app.demo import run_demo
from crsv_desk.domain.paper import Edition
from crsv_desk.domain.progress import silent
from crsv_desk.services.closing import Decided, Decision, decide
from crsv_desk.services.colleague import add_colleague, file_for_colleagues, own_card
from crsv_desk.services.combine import Material, combine
from crsv_desk.services.compile import prepare
from tests.services.world import LEAD, Office, coalition

NAMES = ("Stichting Ananas", "Vereniging Bosbes", "Fonds Citroen")
EDITIONS: tuple[Edition, ...] = ("public", "slim")
ROOT = Path(__file__).parents[2]
_SCRIPT = """
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from crsv_desk.app.compose import open_desk
from crsv_desk.services.compile import prepare

class Calendar:
    def now(self):
        return sys.argv[2]

folder = Path(sys.argv[1])
desk = open_desk(folder / "workspaces" / "1", lambda: (folder / "passphrase.txt").read_text().strip())
desk = replace(desk, clock=Calendar())
prepared = prepare(desk, desk.store.dossiers()[0])
print(prepared.decided.held.id, sha256(prepared.pages).hexdigest())
"""
ELSEWHERE = (
    {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"},
    {"TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Lima", "LC_ALL": "POSIX", "LANGUAGE": "fr", "CRSV_DESK_LANGUAGE": "fr", "PYTHONHASHSEED": "987"},
)
"""The languages are those of whoever works with the program, not the letter's."""
DAYS = ("2026-11-25T00:00:01Z", "2027-02-28T23:59:59Z", "2031-07-01T12:00:00Z")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    run_demo(folder, lambda sentence: None, withhold="CARE Nederland")
    return folder


def test_compiling_again_elsewhere_gives_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    desk = open_desk(demo / "workspaces" / "1", lambda: (demo / "passphrase.txt").read_text().strip())
    try:
        here = prepare(desk, desk.store.dossiers()[0])
    finally:
        desk.store.close()
    assert (demo / "combined.pdf").read_bytes().startswith(here.pages)  # what was sealed begins with these very bytes
    said = set()
    for folder, environment, day in zip((ROOT, tmp_path, Path("/")), ELSEWHERE, DAYS, strict=True):
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(demo), day],
            cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment}, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        said.add(done.stdout)
    assert len(said) == 1
    assert said.pop().split() == [here.decided.held.id, sha256(here.pages).hexdigest()]


def test_another_laptop_sets_the_same_bytes_whatever_came_first(tmp_path: Path) -> None:
    """Two colleagues, one of whom received everything backwards and twice, and confirmed nobody."""
    with coalition(tmp_path, NAMES) as here:
        here.signed(NAMES[:2])
        here.answered(NAMES[2], here.partners[NAMES[2]].endorse("organisation"))
        secretariat = here.secretariat
        colleagues = [here.world.office(LEAD, name) for name in ("Eerste Collega", "Tweede Collega")]
        for one in colleagues:
            one.dossier = secretariat.dossier
            add_colleague(secretariat.desk, secretariat.dossier, own_card(one.desk), one.code)
        closings = {edition: decide(secretariat.desk, secretariat.dossier, edition, Decision()) for edition in EDITIONS}
        everything = list(secretariat.desk.store.packets(secretariat.dossier).values())
        for packet in [*reversed(everything), *reversed(everything)]:
            colleagues[1].take(packet)
        for one in colleagues:
            one.take(file_for_colleagues(secretariat.desk, secretariat.dossier))
        for edition, decided in closings.items():
            made = {pages(one, decided) for one in (secretariat, *colleagues)}
            assert len(made) == 1, edition


def pages(office: Office, decided: Decided) -> bytes:
    volume, held = office.volume(), decided.held
    volume = replace(volume, held={**volume.held, held.id: held}, packets={**volume.packets, held.id: decided.packet})
    return office.desk.paper.typeset(combine(office.desk, Material(volume, held, {})), silent)
