"""A command loads what it needs and no more: it is to begin at once."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.cli.runner import LETTER, Cli
from tests.cli.test_documented import ALL

_SCRIPT = """
import json, sys
from crsv_desk.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as end:
    code = end.code
print(json.dumps([code, sorted(sys.modules)]))
"""
DRAFTING = {"diff_match_patch", "docx", "odfdo", "yaml", "crsv_desk.app.demo"}
ADAPTERS = {"PIL", "cryptography", "markdown_it", "pyrage", "sqlcipher3", "sqlite_utils", "crsv_desk.app.compose"}
PAPER = {"babel", "fontTools", "pyhanko", "pypdfium2", "pyphen", "reportlab", "segno", "uharfbuzz"}
ALWAYS_LATER = {"PySide6", "aiohttp", "keyring", "pkcs11", "pypdfium2", *DRAFTING}
"""What neither a workspace under a passphrase nor a seal by its own key needs."""


def loaded(*arguments: object) -> set[str]:
    """The modules in a process that ran one command which succeeded."""
    command = [sys.executable, "-c", _SCRIPT, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    code, modules = json.loads(done.stdout.splitlines()[-1])
    assert code == 0, done.stderr
    return set(modules)


def test_help_loads_no_library() -> None:
    there = loaded("--help")
    assert not there & (ADAPTERS | PAPER | ALWAYS_LATER | {"crsv_desk.services"})


def test_compiling_loads_nothing_for_other_verbs(sec: Cli, tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text(LETTER, encoding="utf-8")
    letter = sec.json("letter", "new", "letter.md")["id"]
    sec.json("letter", "publish", letter, "--out", "letter.crsv")
    sec.json("endorse", letter, "--out", "own.crsv")
    opened = ("--workspace", sec.workspace, "--passphrase-file", sec.secret)
    assert not loaded("letter", "list", *opened) & (PAPER | ALWAYS_LATER)
    there = loaded("compile", letter, "--out", "combined.pdf", *opened)
    assert {"pyhanko", "reportlab"} <= there
    assert not there & ALWAYS_LATER


@pytest.mark.parametrize("verb", ALL)
def test_every_verb_has_the_function_that_it_names(verb: str) -> None:
    module, name = ALL[verb].get_default("run").split(".")
    function = getattr(import_module(f"crsv_desk.cli.{module}"), name)
    assert list(inspect.signature(function).parameters) == ["context"]
