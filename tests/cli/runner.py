"""The command line in this process: what it returns, prints and says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crsv_desk.cli import main
from crsv_desk.identity import passphrase

LEAD, PARTNER = "Platform Vrede", "Stichting Ananas"
LETTER = f"""---
subject: Over vrede
place: Den Haag
date: 2026-05-26
language: nl
salutation: Geachte leden,
closing: Hoogachtend,
lead: {LEAD}
---

Dit is de eerste alinea van deze brief.

- Geld voor vredesorganisaties.
- Een gezant bij de Europese Unie.
"""


@dataclass(frozen=True)
class Done:
    """How one command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """All of what was printed, as one JSON document."""
        return json.loads(self.out)


@dataclass
class Cli:
    """One person at one computer."""

    workspace: Path
    secret: Path
    capture: pytest.CaptureFixture[str] = field(repr=False)

    def __call__(self, *arguments: object) -> Done:
        """Run one command."""
        words = ["--workspace", str(self.workspace), "--passphrase-file", str(self.secret), *map(str, arguments)]
        return run(self.capture, *words)

    def json(self, *arguments: object) -> Any:
        """Run one command that succeeds, and read its answer."""
        done = self("--json", *arguments)
        assert done.code == 0, done.err
        return done.json

    def fails(self, code: int, *arguments: object) -> str:
        """Run one command that fails so, without a result; return what it says."""
        done = self(*arguments)
        assert (done.code, done.out) == (code, ""), done
        as_json = self("--json", *arguments)
        said = as_json.json
        assert (as_json.code, said["code"], set(said)) == (code, code, {"error", "code"})
        assert said["error"] == as_json.err.strip()
        return done.err


def run(capture: pytest.CaptureFixture[str], *arguments: object) -> Done:
    capture.readouterr()
    try:
        code = main(list(map(str, arguments)))
    except SystemExit as end:  # argparse
        code = int(end.code or 0)
    out, err = capture.readouterr()
    return Done(code, out, err)


def light_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """New workspaces ask little of the processor: each command opens one again."""
    monkeypatch.setattr(passphrase, "_COST", {"iterations": 1, "lanes": 1, "memory": 8 * 1024})
