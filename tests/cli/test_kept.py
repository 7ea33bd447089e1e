"""A command that read a large letter whole keeps what it amounts to: the next one has it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from crsv_desk.services import kept
from crsv_desk.storage import Workspace
from tests.cli.runner import PARTNER, Cli


def test_the_next_command_reads_no_cards(
    sec: Cli, partner: Cli, published: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    cards = Workspace.cards
    monkeypatch.setattr(Workspace, "cards", lambda store, dossier: read.append(dossier) or cards(store, dossier))  # type: ignore[func-returns-value]
    before = sec.json("status", published)
    assert read, "a small letter is read whole by every command"
    monkeypatch.setattr(kept, "LARGE", 1)
    assert sec.json("status", published) == before
    read.clear()
    assert sec.json("status", published) == before and not read
    partner.json("endorse", published, "--out", "answer.crsv")
    sec.json("receive", "answer.crsv")
    sec.json("confirm", PARTNER, "--code", partner.json("identity")["code"])
    read.clear()
    rows = {row["organisation"]: row["standing"] for row in sec.json("status", published)}
    assert rows[PARTNER] == "endorsed" and not read
