"""What the help and the documentation say, and the commands of the README as they stand there."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from crsv_desk.cli.parser import VERBS, parser
from tests.cli.runner import LETTER
from tests.cli.test_verbs import picture

ROOT = Path(__file__).parents[2]
COMMON = {"-h", "--help", "--workspace", "--json", "--passphrase-file"}


def commands(one: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every verb with its parser."""
    deeper = [action for action in one._actions if isinstance(action, argparse._SubParsersAction)]
    for action in deeper:
        helped = {choice.dest: choice.help for choice in action._choices_actions}
        for verb, below in action.choices.items():
            assert helped.get(verb), f"{name} {verb} has no help"
            yield from commands(below, f"{name} {verb}".strip())
    if not deeper:
        yield name, one


ALL = dict(commands(parser()))


def test_the_window_knows_which_words_are_verbs() -> None:
    assert set(VERBS) == {name.split()[0] for name in ALL}


def test_every_verb_and_flag_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    rows = {
        cells[1]: cells[2] for line in text.splitlines() if (cells := re.split(r"(?<!\\)\|", line)) and len(cells) == 4
    }
    documented = {}
    for cell, description in rows.items():
        words = re.sub(r"[`\\]", "", cell).split()
        name = next((" ".join(words[:size]) for size in (2, 1) if " ".join(words[:size]) in ALL), None)
        if name is not None:
            documented[name] = set(re.findall(r"--[a-z-]+", cell))
            assert description.strip()
    assert set(documented) == set(ALL)
    for name, one in ALL.items():
        flags = {flag for action in one._actions for flag in action.option_strings} - COMMON
        assert documented[name] == flags, name
    for flag in COMMON - {"-h", "--help"}:
        assert flag in text


def test_every_verb_of_the_readme_is_one() -> None:
    for line in readme():
        words = shlex.split(line, comments=True)[1:]
        assert words[0] in ALL or " ".join(words[:2]) in ALL, line


def readme() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith("crsv-desk ")]


def test_the_commands_of_the_readme_do_the_main_job_as_they_stand_there(tmp_path: Path) -> None:
    """Each a process of its own, at the computer that its heading names, with nothing but files between them."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    [block] = [part for part in re.findall(r"```\n(.*?)```", text, re.DOTALL) if "crsv-desk init" in part]
    (tmp_path / "letter.md").write_text(LETTER, encoding="utf-8")
    (tmp_path / "partners.csv").write_text("organisation\nStichting Ananas\n", encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    picture(tmp_path / "logo.png"), picture(tmp_path / "mark.png", "blue")
    (tmp_path / "secret.txt").write_text("een heel lange wachtzin\n", encoding="utf-8")
    environment = {**os.environ, "CRSV_DESK_PASSPHRASE_FILE": str(tmp_path / "secret.txt")}
    found: dict[str, str] = {}

    def run(words: list[str]) -> str:
        command = [sys.executable, "-m", "crsv_desk", *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    for line in block.splitlines():
        if line.startswith("#"):
            place = next(name for name in ("secretariat", "partner", "anybody") if name in line.lower())
            environment["CRSV_DESK_WORKSPACE"] = str(tmp_path / "workspaces" / place)
        elif line:
            for placeholder, value in found.items():
                line = line.replace(placeholder, value)
            words = shlex.split(line, comments=True)
            printed = run(words[1:])
            if words[1] == "init":
                code = json.loads(run(["--json", "identity"]))["code"]
                found['"12345 ..."' if place == "secretariat" else '"67890 ..."'] = f'"{code}"'
            if words[1:3] == ["letter", "new"]:
                found["ID"] = printed.strip()[:12]
    assert "is whole" in printed and (tmp_path / "combined.pdf").exists()
    assert not (tmp_path / "workspaces" / "anybody").exists()
