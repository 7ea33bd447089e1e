"""Which workspace, which passphrase; what cannot be opened, and what should not have happened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import New
from tests.cli.runner import LEAD, Cli, run

PERSON = "Z. Zoethout"


def test_the_workspace_and_the_passphrase_are_found_in_the_environment(
    sec: Cli, partner: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(capsys, "identity").code == 3  # neither is named
    monkeypatch.setenv("CRSV_DESK_WORKSPACE", str(sec.workspace))
    assert run(capsys, "identity").code == 3  # nobody can be asked for the passphrase
    monkeypatch.setenv("CRSV_DESK_PASSPHRASE_FILE", str(sec.secret))
    assert LEAD in run(capsys, "identity").out
    # What is named beats the environment, before the verb or behind it.
    for arguments in (["--workspace", partner.workspace, "identity"], ["identity", "--workspace", partner.workspace]):
        done = run(capsys, "--json", *arguments)
        assert done.json["organisation"] != LEAD
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("iets anders", encoding="utf-8")
    assert run(capsys, "--passphrase-file", wrong, "identity").code == 3
    assert run(capsys, "--passphrase-file", tmp_path / "none.txt", "identity").code == 3


def test_without_anything_named_the_platforms_data_folder_is_meant(
    sec: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("CRSV_DESK_PASSPHRASE_FILE", str(sec.secret))
    done = run(capsys, "--json", "init", "--organisation", "Eigen", "--person", "P", "--role", "R")
    assert done.code == 0 and Path(done.json["workspace"]).is_relative_to(tmp_path / "home")
    assert run(capsys, "--json", "identity").json["organisation"] == "Eigen"


def test_a_workspace_that_cannot_be_opened_is_three(sec: Cli, new: New) -> None:
    assert "init" in new("nowhere").fails(3, "status", "x")
    (sec.workspace / "key.json").write_text("{}", encoding="utf-8")
    assert sec.fails(3, "identity")
    assert sec.fails(3, "verify", "letter.crsv")  # it is there, so it may know whose the file is


def test_what_should_not_happen_is_four_and_leaves_a_report_without_names(
    sec: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(f"{PERSON} of {LEAD}")

    monkeypatch.setattr("crsv_desk.cli.letters.list_letters", broken)
    told = sec.fails(4, "letter", "list")
    assert "Traceback" not in told and PERSON not in told
    place = Path(told.rsplit(" in ", 1)[1].strip().rstrip("."))
    report = place.read_text(encoding="utf-8")
    assert place.is_relative_to(tmp_path / "home")
    assert "RuntimeError" in report and "letters.py" in report
    for secret in (PERSON, LEAD, str(tmp_path), "wachtzin"):
        assert secret not in report


VERBS_WITHOUT_QT = """
import contextlib, io, sys
from crsv_desk.cli import main
out = sys.argv[1]
assert main(["demo", "--out", out, "--withhold", "CARE Nederland"]) == 0
common = ["--workspace", out + "/workspaces/1", "--passphrase-file", out + "/passphrase.txt"]
with contextlib.redirect_stdout(io.StringIO()) as listed:
    assert main([*common, "--json", "letter", "list"]) == 0
import json
letter = json.loads(listed.getvalue())[0]["dossier"]
commands = [["identity"], ["letter", "show", letter], ["status", letter], ["remarks", letter],
    ["letter", "diff", letter], ["letter", "file", letter, "--out", out + "/again.crsv"],
    ["comment", letter, "--text", "x", "--out", out + "/remark.crsv"],
    ["receive", out + "/letter.crsv"], ["verify", out + "/combined.pdf"], ["withdraw", letter, "--out", out + "/w.crsv"]]
for command in commands:
    assert main([*common, *command]) == 0, command
loaded = sorted(name for name in sys.modules if name.startswith(("PySide6", "shiboken")))
sys.exit(f"Qt was loaded: {loaded}" if loaded else 0)
"""


def test_no_verb_loads_qt_and_the_demo_leaves_what_it_should(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    command = [sys.executable, "-c", VERBS_WITHOUT_QT, str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (out / "letter.crsv").exists() and (out / "combined.pdf").exists()
    assert len(list((out / "endorsements").glob("*.crsv"))) == 5
    assert len([one for one in (out / "workspaces").iterdir() if one.is_dir()]) == 5
    assert "passphrase.txt" in done.stdout and "is whole" in done.stdout
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "earlier demo" in again.stderr
