"""compile, seal extend, verify and decrypt, as somebody types them."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from crsv_desk.app.compose import open_desk
from crsv_desk.app.demo import run_demo
from crsv_desk.cli import main
from crsv_desk.services.identity import own_identity
from tests.pdf.authorities import PASSPHRASE, Authorities, authorities, key_file
from tests.pdf.softhsm import LABEL, PIN, soft_token

WITHHELD = "CARE Nederland"


@dataclass
class Desks:
    folder: Path
    letter: str
    code: str
    capture: pytest.CaptureFixture[str]

    def run(self, *words: object, workspace: int = 1) -> tuple[int, str]:
        """A command in one of the demo's workspaces: exit code and everything that it said."""
        start = ["--workspace", self.folder / "workspaces" / str(workspace)]
        code = main([*map(str, start), "--passphrase-file", str(self.folder / "passphrase.txt"), *map(str, words)])
        said = self.capture.readouterr()
        return code, said.out + said.err

    def compile(self, out: Path, *words: object) -> tuple[int, str]:
        return self.run("compile", self.letter[:12], "--out", out, *words)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    folder = tmp_path_factory.mktemp("demo")
    run_demo(folder, lambda sentence: None, withhold=WITHHELD)
    secret = (folder / "passphrase.txt").read_text().strip()
    desk = open_desk(folder / "workspaces" / "1", lambda: secret)
    try:
        return folder, desk.store.dossiers()[0], own_identity(desk).code
    finally:
        desk.store.close()


@pytest.fixture
def desks(demo: tuple[Path, str, str], capsys: pytest.CaptureFixture[str]) -> Desks:
    return Desks(*demo, capsys)


@pytest.fixture
def authority() -> Iterator[Authorities]:
    with authorities() as running:
        yield running


def written(path: Path, text: str) -> Path:
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_a_key_file_a_stamp_and_an_archive(desks: Desks, authority: Authorities, tmp_path: Path) -> None:
    (tmp_path / "key.p12").write_bytes(key_file(authority.issue("Bureau"), [authority.root]))
    secret = written(tmp_path / "secret", PASSPHRASE)
    url = authority.url + "/stamp"
    given: Sequence[object] = ("--seal-key", tmp_path / "key.p12", "--seal-passphrase-file", secret, "--timestamp", url)
    code, said = desks.compile(tmp_path / "out.pdf", *given)
    assert code == 0, said
    assert "B-LT" in said and PASSPHRASE not in said
    code, said = desks.run(
        "seal", "extend", tmp_path / "out.pdf", "--timestamp", url, "--out", tmp_path / "archive.pdf"
    )
    assert code == 0, said
    code, said = desks.run("verify", tmp_path / "archive.pdf", "--code", desks.code, workspace=2)
    assert code == 0 and "B-LTA" in said and "Bureau" in said


def test_a_token(desks: Desks, authority: Authorities, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = soft_token(tmp_path, monkeypatch)
    token.add_token(LABEL)
    token.add_key(authority.issue("Zegelkaart"), "a1", "zegel")
    code, said = desks.compile(
        tmp_path / "out.pdf", "--token", token.library, "--token-label", LABEL, "--token-certificate", "zegel",
        "--pin-file", written(tmp_path / "pin", PIN),
    )  # fmt: skip
    assert code == 0 and "Zegelkaart" in said and PIN not in said


@pytest.mark.parametrize(
    "what", ["passphrase", "pin", "server", "nobody to ask", "two keys", "no such edition's reader"]
)
def test_what_was_there_before_stays_whole(
    desks: Desks, authority: Authorities, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    out = written(tmp_path / "out.pdf", "the PDF of last year")
    before = out.read_bytes()
    (tmp_path / "key.p12").write_bytes(key_file(authority.issue("Bureau")))
    wrong = written(tmp_path / "wrong", "wrong")
    given: list[object] = ["--seal-key", tmp_path / "key.p12", "--seal-passphrase-file", wrong]
    if what in ("pin", "two keys"):
        token = soft_token(tmp_path, monkeypatch)
        token.add_token(LABEL)
        extra = ["--token", token.library, "--pin-file", wrong]
        given = [*given, *extra] if what == "two keys" else extra
    if what == "server":
        authority.fail = "another digest"
        given = ["--timestamp", authority.url + "/stamp"]
    if what == "nobody to ask":
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        given = given[:2]
    if what == "no such edition's reader":
        given = ["--to", "age1" + "q" * 58]
    code, said = desks.compile(out, *given)
    assert code in (1, 2) and len(said.strip().splitlines()) == 1, said
    assert out.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} <= {
        "out.pdf", "key.p12", "wrong", "tokens", "softhsm2.conf",
    }  # fmt: skip


def test_a_slim_edition_goes_out_in_two_files(desks: Desks, tmp_path: Path) -> None:
    code, said = desks.compile(tmp_path / "letter.pdf", "--edition", "slim")
    assert code == 0, said
    together = ("verify", tmp_path / "letter.pdf", tmp_path / "letter.crsv", "--code", desks.code)
    code, said = desks.run(*together, workspace=2)
    assert code == 0 and said.count("Is it whole?") == 1
    code, said = desks.run("verify", tmp_path / "letter.pdf", "--code", desks.code, workspace=2)
    assert code == 1 and "together with the .crsv file" in said


def test_a_full_edition_reaches_its_reader_alone(desks: Desks, tmp_path: Path) -> None:
    _code, said = desks.run("identity", workspace=3)
    key = next(line.split(": ")[1] for line in said.splitlines() if "age1" in line)
    code, said = desks.compile(tmp_path / "full.pdf", "--edition", "full", "--to", key)
    assert code == 0, said
    assert [path.name for path in tmp_path.iterdir()] == ["full.pdf.age"]
    assert desks.run("verify", tmp_path / "full.pdf.age", "--code", desks.code, workspace=3)[0] == 0
    assert desks.run("decrypt", tmp_path / "full.pdf.age", "--out", tmp_path / "full.pdf", workspace=3)[0] == 0
    assert (tmp_path / "full.pdf").read_bytes().startswith(b"%PDF-1.7")
    code, said = desks.run("decrypt", tmp_path / "full.pdf.age", "--out", tmp_path / "other.pdf", workspace=2)
    assert code == 1 and "somebody else" in said and not (tmp_path / "other.pdf").exists()
