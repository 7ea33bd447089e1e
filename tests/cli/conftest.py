"""Computers of a secretariat and of a partner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.runner import LEAD, LETTER, PARTNER, Cli, light_passphrases

New = Callable[[str], Cli]


@pytest.fixture(autouse=True)
def nothing_of_the_person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No workspace, report or passphrase of whoever runs the tests."""
    for name in ("CRSV_DESK_WORKSPACE", "CRSV_DESK_PASSPHRASE_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("CRSV_DESK_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    light_passphrases(monkeypatch)


@pytest.fixture
def new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> New:
    """Another computer, without a workspace."""
    secret = tmp_path / "secret.txt"
    secret.write_text("een heel lange wachtzin\n", encoding="utf-8")
    return lambda name: Cli(tmp_path / name, secret, capsys)


@pytest.fixture
def sec(new: New) -> Cli:
    cli = new("secretariat")
    cli.json("init", "--organisation", LEAD, "--person", "A. Appel", "--role", "directeur")
    return cli


@pytest.fixture
def partner(new: New) -> Cli:
    cli = new("partner")
    cli.json("init", "--organisation", PARTNER, "--person", "B. Bes", "--role", "voorzitter")
    return cli


@pytest.fixture
def published(sec: Cli, partner: Cli, tmp_path: Path) -> str:
    """The id of a letter that the secretariat published and the partner opened, codes compared."""
    (tmp_path / "letter.md").write_text(LETTER, encoding="utf-8")
    (tmp_path / "partners.csv").write_text(f"organisatie;land\n{PARTNER};NL\n", encoding="utf-8")
    letter: str = sec.json("letter", "new", "letter.md")["id"]
    sec.json("letter", "publish", letter[:10], "--partners", "partners.csv", "--out", "letter.crsv")
    partner.json("receive", "letter.crsv")
    partner.json("confirm", LEAD, "--code", sec.json("identity")["code"])
    return letter
