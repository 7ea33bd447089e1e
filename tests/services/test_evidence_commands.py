"""The commands that the evidence page prints, copied from the page as they stand, in a shell on the saved attachments."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from crsv_desk.pdf import words
from crsv_desk.services.compile import compile_letter
from tests.services.world import DRAWN, coalition
from tests.tools import need


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("evidence")
    with coalition(folder / "coalition", ("Stichting Ananas",)) as here:
        here.secretariat.endorse("all", mark=DRAWN)
        here.signed()
        path = folder / "brief.pdf"
        path.write_bytes(compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf)
        yield path


def printed(text: str) -> str:
    """What somebody copies from the page: from the line that begins with unzip to the one that begins with grep."""
    lines = [line.strip("\r") for line in text.splitlines()]
    start = next(number for number, line in enumerate(lines) if line.startswith("unzip "))
    end = next(number for number in range(start, len(lines)) if lines[number].startswith("grep "))
    return "\n".join(lines[start : end + 1]) + "\n"


@pytest.mark.parametrize("reader", ["poppler", "pdfium"])
def test_the_printed_commands_check_the_first_endorsement(pdf: Path, tmp_path: Path, reader: str) -> None:
    for program in ("unzip", "openssl", "pdfdetach"):
        need(program)
    if reader == "poppler":
        command = [need("pdftotext"), str(pdf), "-"]
        text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    else:
        text = "\n".join(words.page_texts(pdf.read_bytes()))
    commands = printed(text)
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(pdf)], check=True, capture_output=True)
    good = subprocess.run(["sh", "-e"], input=commands, cwd=tmp_path, capture_output=True, text=True)
    assert good.returncode == 0, good.stderr
    assert "DigestValue" in good.stdout
    # With another statement in its place the last command finds nothing and says so by its exit code.
    statement = tmp_path / "statement.json"
    statement.write_bytes(statement.read_bytes().replace(b"directeur", b"voorzitter") + b" ")
    last = commands.splitlines()[-1]
    bad = subprocess.run(["sh", "-e"], input=last, cwd=tmp_path, capture_output=True, text=True)
    assert bad.returncode != 0 and not bad.stdout
