"""The vault's contract, for every way of keeping the secret: the passphrase, a keyring in memory, and the real one (where
``CRSV_DESK_TEST_KEYRING`` is set: ``test_keyring.py`` runs these tests again inside a session that has one)."""

from __future__ import annotations

import json
import os
import shutil
import stat
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import keyring
import pytest

from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.identity import key_file
from crsv_desk.identity.vault import Vault
from tests.identity.memory_keyring import MemoryKeyring

PASSPHRASE = "paarse olifant 74 fietst"
REAL = "CRSV_DESK_TEST_KEYRING"


def nobody() -> None:
    """A keyring's workspace never asks for a passphrase."""
    raise AssertionError("asked for a passphrase")


@dataclass(frozen=True)
class Kind:
    """One way of keeping the secret."""

    name: str
    create: Callable[[Vault], bytes]
    ask: Callable[[], str | None]


KINDS = {
    "passphrase": Kind("passphrase", lambda vault: vault.create_with_passphrase(PASSPHRASE), lambda: PASSPHRASE),
    "keyring": Kind("keyring", lambda vault: vault.create_with_keyring(), nobody),
}


@pytest.fixture(params=["keyring"] if os.environ.get(REAL) else KINDS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kind]:
    monkeypatch.setattr("crsv_desk.identity.passphrase._COST", {"iterations": 1, "lanes": 1, "memory": 8 * 1024})
    before = keyring.get_keyring()
    if not os.environ.get(REAL):
        keyring.set_keyring(MemoryKeyring())
    yield KINDS[request.param]
    keyring.set_keyring(before)


def test_the_secret_comes_back(tmp_path: Path, kind: Kind) -> None:
    assert not Vault(tmp_path).exists()
    secret = kind.create(Vault(tmp_path))
    assert len(secret) == 32
    assert Vault(tmp_path).exists() and Vault(tmp_path).kind == kind.name
    for _ in range(2):
        assert Vault(tmp_path).open(kind.ask) == secret


def test_each_workspace_has_its_own(tmp_path: Path, kind: Kind) -> None:
    secrets = [kind.create(Vault(tmp_path / str(number))) for number in range(3)]
    assert len(set(secrets)) == 3
    assert [Vault(tmp_path / str(number)).open(kind.ask) for number in range(3)] == secrets


def test_it_is_not_made_over_another(tmp_path: Path, kind: Kind) -> None:
    secret = kind.create(Vault(tmp_path))
    for other in KINDS.values():
        if other.name == kind.name or not os.environ.get(REAL):
            with pytest.raises(WorkspaceError, match="already a workspace"):
                other.create(Vault(tmp_path))
    assert Vault(tmp_path).open(kind.ask) == secret


def test_no_file_holds_the_secret_or_the_passphrase(tmp_path: Path, kind: Kind) -> None:
    secret = kind.create(Vault(tmp_path))
    [path] = tmp_path.iterdir()
    assert path.name == "key.json"
    for plain in (secret, PASSPHRASE.encode(), PASSPHRASE.encode("utf-16-le")):
        for spelling in (plain, plain.hex().encode(), b64encode(plain).rstrip(b"=")):
            assert spelling not in path.read_bytes()
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_file_alone_opens_nothing_elsewhere(tmp_path: Path, kind: Kind) -> None:
    """It may be backed up with the folder: without the keyring or the passphrase it is of no use."""
    kind.create(Vault(tmp_path / "one"))
    shutil.copytree(tmp_path / "one", tmp_path / "copy")
    if kind.name == "passphrase":
        with pytest.raises(WorkspaceError, match="does not open the workspace"):
            Vault(tmp_path / "copy").open(lambda: "another passphrase")
    elif not os.environ.get(REAL):
        keyring.set_keyring(MemoryKeyring())
        with pytest.raises(WorkspaceError, match="does not hold this workspace's secret"):
            Vault(tmp_path / "copy").open(nobody)


def test_a_missing_file(tmp_path: Path, kind: Kind) -> None:
    kind.create(Vault(tmp_path / "one"))
    with pytest.raises(WorkspaceError, match="There is no workspace"):
        Vault(tmp_path / "other").open(kind.ask)
    with pytest.raises(WorkspaceError, match="There is no workspace"):
        assert Vault(tmp_path / "other").kind


def test_a_damaged_file_never_gives_another_secret(tmp_path: Path, kind: Kind) -> None:
    secret = kind.create(Vault(tmp_path))
    path = tmp_path / "key.json"
    good = path.read_bytes()
    for place in range(0, len(good), 9 if os.environ.get(REAL) else 1):
        for untrusted in (good[:place], good[:place] + bytes((good[place] ^ 1,)) + good[place + 1 :]):
            path.write_bytes(untrusted)
            try:
                assert Vault(tmp_path).open(kind.ask) == secret, untrusted
            except WorkspaceError as error:
                assert error.exit_code == 3
    path.write_bytes(good)
    assert Vault(tmp_path).open(kind.ask) == secret


@pytest.mark.parametrize("untrusted", [
    b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 5000, b'{"v":0}', b'{"v":true}', b'{"v":1}', b'{"v":1,"kind":"none"}',
    b'{"v":1,"kind":"keyring"}', b'{"v":1,"kind":"keyring","account":7}', b'{"v":1,"kind":"passphrase"}', b" " * 5000,
], ids=range(14))  # fmt: skip
def test_what_was_never_ours_is_called_damaged(tmp_path: Path, kind: Kind, untrusted: bytes) -> None:
    kind.create(Vault(tmp_path))
    (tmp_path / "key.json").write_bytes(untrusted)
    with pytest.raises(WorkspaceError, match=r"key\.json of this workspace is damaged"):
        Vault(tmp_path).open(kind.ask)


def test_a_later_version(tmp_path: Path, kind: Kind) -> None:
    kind.create(Vault(tmp_path))
    record = json.loads((tmp_path / "key.json").read_bytes())
    (tmp_path / "key.json").write_text(json.dumps({**record, "v": 2, "more": "?"}))
    with pytest.raises(WorkspaceError, match="newer CRSV Desk"):
        Vault(tmp_path).open(kind.ask)


def test_a_folder_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path, kind: Kind) -> None:
    (tmp_path / "taken").write_bytes(b"mine")
    backend = keyring.get_keyring()
    with pytest.raises(WorkspaceError, match="cannot be used for a workspace"):
        kind.create(Vault(tmp_path / "taken" / "below"))
    if isinstance(backend, MemoryKeyring):
        assert not backend.kept
    assert (tmp_path / "taken").read_bytes() == b"mine"


@pytest.mark.skipif(os.name != "posix", reason="Windows names new files otherwise")
def test_a_disk_without_hard_links(tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick formatted for Windows: named all the same, and never over another."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    secret = kind.create(Vault(tmp_path))
    with pytest.raises(WorkspaceError, match="already a workspace"):
        kind.create(Vault(tmp_path))
    assert Vault(tmp_path).open(kind.ask) == secret
    assert [path.name for path in tmp_path.iterdir()] == ["key.json"]


def test_a_write_that_fails_leaves_the_older_file(tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    kind.create(Vault(tmp_path))
    before = (tmp_path / "key.json").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for step in ("fsync", "open"):
        with monkeypatch.context() as patch:
            patch.setattr(os, step, full)
            with pytest.raises(WorkspaceError, match="No space left"):
                key_file.write(tmp_path, {"v": 1, "kind": "keyring", "account": "other"})
        assert (tmp_path / "key.json").read_bytes() == before
        assert len(list(tmp_path.iterdir())) == 1
