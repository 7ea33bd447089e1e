"""What the project carries, and what it must not."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_fonts_are_those_that_the_list_names() -> None:
    folder = ROOT / "resources" / "fonts"
    lines = [line.split("  ") for line in (folder / "SHA256SUMS").read_text().splitlines()]
    listed = {name: digest for digest, name in lines}
    assert set(listed) == {path.name for path in folder.glob("*.ttf")}
    for name, digest in listed.items():
        assert sha256((folder / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize("folder", ["fonts", "icons", "letters"])
def test_what_others_made_has_its_licence_beside_it(folder: str) -> None:
    names = {path.name for path in (ROOT / "resources" / folder).iterdir()}
    assert names & {"OFL.txt", "LICENSE.txt", "NOTICE.md"}


def test_every_icon_is_shown_somewhere() -> None:
    code = "".join(path.read_text() for path in (ROOT / "src").rglob("*.py"))
    icons = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    assert {name for name in icons if f'"{name}"' not in code} == set()


def test_locks_have_hashes_and_name_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text and "--index" not in text
        for requirement in re.split(r"\n(?=\S)", text.strip()):
            assert "==" in requirement and "--hash=sha256:" in requirement, requirement.splitlines()[0]


def test_no_place_of_one_machine_is_written_down() -> None:
    places = re.compile(rb"(?<![\w.])/(?:home|Users|root|tmp|work)/[\w.]")
    for path in tracked():
        if path.suffix in (".py", ".md", ".toml", ".txt", ".in", "") and path.name != Path(__file__).name:
            assert not places.search(path.read_bytes()), path.relative_to(ROOT)


def test_the_command_line_loads_no_qt() -> None:
    script = "import sys; from crsv_desk.cli.parser import parser; parser(); import crsv_desk.cli.main, crsv_desk.app;"
    script += "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_the_wheel_carries_its_resources(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    [wheel] = tmp_path.glob("*.whl")
    inside = zipfile.ZipFile(wheel).namelist()
    for name in ("fonts/NotoSerif-Regular.ttf", "letters/crsv-2026-05-26.md", "icons/check.svg", "demo/mark.png"):
        assert f"crsv_desk/_resources/{name}" in inside


def test_nothing_in_the_window_is_a_focus_proxy() -> None:
    """Qt takes the controls around a focus proxy out of the order of Tab, so that the keyboard reaches less."""
    for path in (ROOT / "src" / "crsv_desk" / "ui").rglob("*.py"):
        assert "setFocusProxy" not in path.read_text(encoding="utf-8"), path.name
