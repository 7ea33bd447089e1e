"""The same closing gives the same bytes before the seal: on another day, in another zone, under other locales and hash seeds."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from crsv_desk.app.compose import open_desk
from crsv_desk.app.demo import run_demo
from crsv_desk.services.compile import prepare

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
DAYS = ("2026-11-25T00:00:01Z", "2027-02-28T23:59:59Z", "2031-07-01T12:00:00Z")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    run_demo(folder, lambda sentence: None, withhold="CARE Nederland")
    return folder


def test_compiling_again_elsewhere_gives_the_same_bytes(demo: Path) -> None:
    desk = open_desk(demo / "workspaces" / "1", lambda: (demo / "passphrase.txt").read_text().strip())
    try:
        here = prepare(desk, desk.store.dossiers()[0])
    finally:
        desk.store.close()
    assert (demo / "combined.pdf").read_bytes().startswith(here.pages)  # what was sealed begins with these very bytes
    said = set()
    for environment, day in zip(ELSEWHERE, DAYS, strict=True):
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(demo), day],
            cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        said.add(done.stdout)
    assert len(said) == 1
    assert said.pop().split() == [here.decided.held.id, sha256(here.pages).hexdigest()]
