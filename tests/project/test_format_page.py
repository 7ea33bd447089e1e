"""The description of the format says what the code holds, and the tests that it names are there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from crsv_desk.domain.audit import openssl_commands
from crsv_desk.domain.openings import Disclosure, Opening
from crsv_desk.domain.statements import TYPES, Statement, keys

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "format.md").read_text(encoding="utf-8")


def section(title: str, level: int) -> str:
    marks = "#" * level
    found = re.search(rf"^{marks} {re.escape(title)}\n(.*?)(?=^#{{2,{level}}} |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None, title
    return found[1]


def rows(text: str) -> dict[str, str]:
    cells = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {one[0]: one[1] for one in cells if len(one) == 2 and one[0] not in ("key", "form", "rule")}


def test_this_page_names_every_key_of_every_type() -> None:
    common = set(rows(section("Every statement", 2)))
    assert common == {field.name for field in fields(Statement)} | {"v", "type"}
    for name, cls in TYPES.items():
        assert set(rows(section(name, 3))) == keys(cls) - common, name
    assert re.findall(r"^### (.*)$", PAGE, re.MULTILINE) == list(TYPES)


def test_and_those_of_the_files_beside_them() -> None:
    text = section("Files that are not statements", 2)
    for cls in (Opening, Disclosure):
        assert all(re.search(rf"\b{field.name}\b", text) for field in fields(cls)), cls


def test_the_commands_of_the_page_are_those_that_the_evidence_prints() -> None:
    assert "\n".join(openssl_commands("NAME")) in PAGE


def test_every_test_that_it_names_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", section("What proves each rule", 2))
    assert len(named) > 60
    for path, name in named:
        text = (TESTS / path).read_text(encoding="utf-8")
        assert not name or f"def {name}(" in text, f"{path}::{name}"
