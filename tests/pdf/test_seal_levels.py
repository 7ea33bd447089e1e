"""At every level of the seal, in every edition, the file stays PDF/A-3a and PDF/UA-1, and others' tools find no fault."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from crsv_desk.app.demo import run_demo
from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import silent
from crsv_desk.identity.keys import SoftwareKeys
from crsv_desk.pdf.paper import PdfPaper
from crsv_desk.pdf.typeset import typeset
from tests.pdf import test_conformance
from tests.pdf.arabic import arabic_letter
from tests.pdf.authorities import authorities
from tests.pdf.sample import sample_letter
from tests.pdf.scripts import scripts_letter
from tests.pdf.validators import structure, vera
from tests.tools import need

LETTERS: dict[str, Callable[[], CombinedLetter]] = {
    "slim": lambda: replace(sample_letter(5, withheld=3), edition="slim"),
    "full": lambda: replace(sample_letter(6), edition="full"),
    "arabic": arabic_letter,
    "scripts": scripts_letter,
    "thousand": lambda: sample_letter(1000, withheld=12),
}
LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")
DEMANDED = ("demo", "thousand", "arabic", "scripts")
"""The demo's own file, a thousand organisations, Arabic, and forty organisations in every script of the fonts."""
TIME = "2026-05-26T08:00:00Z"


def demo_pages(folder: Path) -> bytes:
    """What the demo sealed: its file up to the end of its first revision."""
    sealed = run_demo(folder / "demo", lambda line: None).pdf
    return sealed[: sealed.index(b"%%EOF") + 6]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Each letter at each level; the slim and full ones before their seal too."""
    folder, signer, paper = tmp_path_factory.mktemp("levels"), SoftwareKeys().new("Secretariaat"), PdfPaper()
    made: dict[tuple[str, str], Path] = {}

    def keep(letter: str, level: str, data: bytes) -> None:
        made[letter, level] = folder / f"{letter}-{level or 'pages'}.pdf"
        made[letter, level].write_bytes(data)

    with authorities() as authority:
        url = authority.url + "/stamp"
        letters = {name: typeset(letter(), silent) for name, letter in LETTERS.items()}
        for name, pages in {**letters, "demo": demo_pages(folder)}.items():
            if name in ("slim", "full"):
                keep(name, "", pages)
            keep(name, "B-B", paper.seal(pages, signer, TIME))
            authority.silent = {"/list"}
            keep(name, "B-T", paper.seal(pages, signer, TIME, url))
            authority.silent = set()
            keep(name, "B-LT", archived := paper.seal(pages, signer, TIME, url))
            keep(name, "B-LTA", paper.extend(archived, url))
    return made


def test_each_file_is_at_the_level_that_it_claims(files: dict[tuple[str, str], Path]) -> None:
    for (_letter, level), path in files.items():
        if level:
            report = PdfPaper().check(path.read_bytes())
            assert report.whole and report.level == level, path.name


def test_verapdf_finds_nothing(files: dict[tuple[str, str], Path]) -> None:
    """All but what the tests of conformance seal at B-B themselves; together every letter that is demanded, at each level."""
    asked = {key: path for key, path in files.items() if key[1] != "B-B" or key[0] not in test_conformance.LETTERS}
    there = {(letter, "B-B") for letter in test_conformance.LETTERS}
    assert {(letter, level) for letter in DEMANDED for level in LEVELS} <= set(asked) | there
    assert all(test_conformance.LETTERS[letter]() == LETTERS[letter]() for letter in set(DEMANDED) - {"demo"})
    assert vera.failures(*asked.values()) == []


def test_structure_and_pages_point_at_each_other(files: dict[tuple[str, str], Path]) -> None:
    for (letter, level), path in files.items():
        if letter != "thousand" or level == "B-LT":
            assert [one for one in structure.problems(path) if not _off_the_page(one, level)] == [], path.name


def _off_the_page(problem: str, level: str) -> bool:
    """A later timestamp's field lies off the page, outside the structure."""
    return level == "B-LTA" and problem == "page 1: an annotation is not one element's"


def test_qpdf_finds_nothing(files: dict[tuple[str, str], Path]) -> None:
    need("qpdf")
    for path in files.values():
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_pdfsig_says_valid(files: dict[tuple[str, str], Path]) -> None:
    need("pdfsig")
    for (_letter, level), path in files.items():
        if level:
            said = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
            assert "Signature is Valid" in said and "Total document signed" in said, path.name
