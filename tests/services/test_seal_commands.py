"""compile, seal extend, verify and decrypt, as somebody types them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from crsv_desk.app.compose import open_desk
from crsv_desk.app.demo import run_demo
from crsv_desk.cli import main
from crsv_desk.services.identity import own_identity
from tests.pdf.authorities import DAY, PASSPHRASE, Authorities, authorities, key_file, now
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


SPOILED = (
    "passphrase", "pin", "no token", "expired", "server", "unreachable", "nobody to ask", "two keys",
    "no such edition's reader",
)  # fmt: skip


@pytest.mark.parametrize("what", SPOILED)
def test_what_was_there_before_stays_whole(
    desks: Desks, authority: Authorities, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    out = written(tmp_path / "out.pdf", "the PDF of last year")
    before = out.read_bytes()
    holder = authority.issue("Bureau", ends=now() - DAY) if what == "expired" else authority.issue("Bureau")
    (tmp_path / "key.p12").write_bytes(key_file(holder))
    secret = written(tmp_path / "secret", PASSPHRASE if what == "expired" else "wrong")
    given: list[object] = ["--seal-key", tmp_path / "key.p12", "--seal-passphrase-file", secret]
    if what in ("pin", "no token", "two keys"):
        token = soft_token(tmp_path, monkeypatch)
        if what != "no token":
            token.add_token(LABEL)
            token.add_key(holder, "a1", "zegel")
        extra = ["--token", token.library, "--pin-file", secret]
        given = [*given, *extra] if what == "two keys" else extra
    if what == "server":
        authority.fail = "another digest"
        given = ["--timestamp", authority.url + "/stamp"]
    if what == "unreachable":
        given = ["--timestamp", "http://127.0.0.1:9/"]
    if what == "nobody to ask":
        monkeypatch.setattr(sys, "stdin", io.StringIO())
        given = given[:2]
    if what == "no such edition's reader":
        given = ["--to", "age1" + "q" * 58]
    code, said = desks.compile(out, *given)
    assert code in (1, 2) and len(said.strip().splitlines()) == 1, said
    assert SAYS[what] in said
    assert out.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} <= {
        "out.pdf", "key.p12", "key.pem", "secret", "tokens", "softhsm2.conf",
    }  # fmt: skip


SAYS = {
    "passphrase": "passphrase of the key file is wrong",
    "pin": "PIN of the token is wrong",
    "no token": "No token was found",
    "expired": "expired on",
    "server": "stamped something else",
    "unreachable": "cannot be reached",
    "nobody to ask": "Nobody can be asked",
    "two keys": "Choose one key",
    "no such edition's reader": "Only the full edition is encrypted",
}


def test_what_cannot_be_extended_leaves_the_old_file(desks: Desks, authority: Authorities, tmp_path: Path) -> None:
    """Over itself, and over another."""
    out = tmp_path / "out.pdf"
    assert desks.compile(out)[0] == 0
    old = written(tmp_path / "old.pdf", "the PDF of last year")
    before, there = out.read_bytes(), old.read_bytes()
    authority.fail = "another nonce"
    for target in (out, old):
        code, said = desks.run("seal", "extend", out, "--timestamp", authority.url + "/stamp", "--out", target)
        assert code == 1 and "stamped something else" in said
    assert (out.read_bytes(), old.read_bytes()) == (before, there)


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


_WATCHED = """
import json, sys

OPENS = ("socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname",
         "http.client.connect", "urllib.Request", "subprocess.Popen", "os.exec", "os.fork", "os.posix_spawn")

def watch(event, arguments):
    if event in OPENS and not (event.startswith("socket.") and isinstance(arguments[-1], str)):  # a keyring of this computer
        print("OPENED", event, flush=True)

sys.addaudithook(watch)
from crsv_desk.cli import main
for words in json.loads(sys.argv[1]):
    print("BEGINS", words, flush=True)
    code = main(words)
    print("ENDS", code, flush=True)
"""


def test_no_connection_is_opened_but_to_a_timestamp_server_that_was_named(
    desks: Desks, authority: Authorities, tmp_path: Path
) -> None:
    """From the first letter to the check, with a key file, and of a file that has stamps and addresses in it; in a
    process that tells of every connection and every program that it opens."""
    url = authority.url + "/stamp"
    assert desks.compile(tmp_path / "stamped.pdf", "--timestamp", url)[0] == 0
    (tmp_path / "key.p12").write_bytes(key_file(authority.issue("Bureau", with_ocsp=True)))
    secret = written(tmp_path / "secret", PASSPHRASE)
    here = ["--workspace", desks.folder / "workspaces" / "1", "--passphrase-file", desks.folder / "passphrase.txt"]
    compiling = [*here, "compile", desks.letter[:12], "--out", tmp_path / "out.pdf"]
    authority.asked.clear()
    commands: list[list[object]] = [
        ["demo", "--out", tmp_path / "demo"],
        [*compiling, "--seal-key", tmp_path / "key.p12", "--seal-passphrase-file", secret],
        [*here, "verify", tmp_path / "stamped.pdf"],
        [*compiling, "--timestamp", url],
    ]
    given = json.dumps([[str(word) for word in words] for words in commands])
    done = subprocess.run([sys.executable, "-c", _WATCHED, given], capture_output=True, text=True, check=False)
    *silent, last = done.stdout.split("BEGINS")[1:]
    assert len(silent) == 3 and all("ENDS 0" in said and "OPENED" not in said for said in silent), done.stdout
    assert "ENDS 0" in last and "OPENED socket.connect" in last  # so it would have been told
    assert set(authority.asked) <= {"/stamp", "/list", "/root"}
