"""The page on paper says what is there: every module by its name, the numbers, the verdicts and the tests it rests on."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest

from crsv_desk.domain.paper import LAYOUT_RULES
from crsv_desk.pdf import breaks, signatories
from crsv_desk.services.verification import TITLES
from tests.pdf.validators import faults

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "paper.md").read_text(encoding="utf-8")
MODULES = {path.stem for path in (ROOT / "src" / "crsv_desk" / "pdf").glob("*.py")} - {"__init__"}
ROWS = [line for line in PAGE.splitlines() if line.startswith("| `")]
STEPS = re.findall(r"^\d\. \*\*\w+\*\* \(([^)]*)\)", PAGE, re.MULTILINE)


def named(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+\*?)`", text))


def test_every_module_is_named_and_every_name_is_a_module() -> None:
    names = set().union(*(named(row.split(" | ")[0]) for row in ROWS), *map(named, STEPS))
    assert len(STEPS) == 4 and len(ROWS) > 10
    assert {name for name in names if not any(fnmatch(module, name) for module in MODULES)} == set()
    assert {module for module in MODULES if not any(fnmatch(module, name) for name in names)} == set()


@pytest.mark.parametrize(
    "name",
    ["canvas.TaggedCanvas.mark", "canvas.TaggedCanvas.artifact", "setting.Setting.left", "setting.Setting.within",
     "flow.Strip", "flow.place", "styles.Run", "paragraphs.Tag"],
)  # fmt: skip
def test_what_it_speaks_of_is_there(name: str) -> None:
    module, *path = name.split(".")
    found: object = import_module(f"crsv_desk.pdf.{module}")
    for part in path:
        found = getattr(found, part)
    short = ".".join(name.split(".")[-2:]) if len(path) > 1 else path[0]
    assert f"`{short.replace('TaggedCanvas', 'canvas')}`" in PAGE


def test_its_numbers_are_those_of_the_code() -> None:
    large, small = signatories.MOST_LARGE, signatories.MOST_SMALL
    assert f"1 to {large} large rows, {large + 1} to {small} in two columns" in PAGE
    assert f"shorter than {breaks.SHORT * 100:.0f} % of the measure" in PAGE
    assert "over fifty ways" in PAGE and len(faults.FAULTS) + len(faults.BYTES) > 50
    assert "`LAYOUT_RULES`" in PAGE and LAYOUT_RULES


def test_its_verdicts_are_those_of_a_check() -> None:
    for conclusion in ("pages not compared", "other words", "not set"):
        assert conclusion in TITLES and f'"{conclusion}"' in PAGE


def test_the_tests_that_it_names_are_there() -> None:
    paths = set(re.findall(r"`((?:tests|src|docs)/[\w/.]+)`", PAGE))
    assert len(paths) >= 5 and all((ROOT / path).exists() for path in paths)
