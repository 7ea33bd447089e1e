"""The system's keyring: the real gnome-keyring in a private session, and those that only look healthy."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from crsv_desk.app.compose import create_desk
from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.identity import os_keyring
from crsv_desk.identity.vault import Vault, keyring_works
from tests import keyring_session
from tests.identity import test_vault
from tests.identity.memory_keyring import (
    ChainedKeyring,
    MemoryKeyring,
    PlainKeyring,
    PromptDismissedException,
    answering,
    raising,
)
from tests.tools import need

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the Secret Service is Linux's")


def need_session() -> None:
    for tool in ("dbus-run-session", "gnome-keyring-daemon", "secret-tool"):
        need(tool)


@linux
def test_the_real_one(tmp_path: Path) -> None:
    need_session()
    work = tmp_path / "work"
    work.mkdir()
    told = json.loads(keyring_session.run(Path(__file__).with_name("keyring_child.py"), tmp_path / "home", str(work)))
    assert told == {
        "works": True, "kind": "keyring", "opens": True, "apart": True, "tool": True, "plain": False,
        "kept": 2,  # the two workspaces': the probe has left nothing
        "deleted": os_keyring._NO_SECRET, "locked": os_keyring._LOCKED, "works locked": False,
    }  # fmt: skip


@linux
def test_the_vaults_contract_with_the_real_one(tmp_path: Path) -> None:
    need_session()
    script = tmp_path / "contract.py"
    arguments = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-k",
        "not never_ours",
        f"--basetemp={tmp_path / 'base'}",
        test_vault.__file__,
    ]
    script.write_text(
        f"import os, sys, pytest\nos.environ[{test_vault.REAL!r}] = '1'\n"
        f"os.chdir({str(Path(__file__).parents[2])!r})\nsys.exit(pytest.main({arguments!r}))\n"
    )
    told = keyring_session.run(script, tmp_path / "home")
    assert " passed" in told and "skipped" not in told and "failed" not in told, told


@linux
def test_without_a_session_there_is_none(tmp_path: Path) -> None:
    """As on a bare server: the answer is a sentence, and a passphrase."""
    script = "from crsv_desk.identity.vault import keyring_works; print(keyring_works())"
    environment = keyring_session.isolated(tmp_path) | {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def refused(tmp_path: Path, sentence: str) -> None:
    """No workspace is made with this keyring, and none is left half made."""
    assert not keyring_works()
    with pytest.raises(WorkspaceError, match=sentence):
        Vault(tmp_path).create_with_keyring()
    assert not Vault(tmp_path).exists()
    with pytest.raises(WorkspaceError, match="protect the workspace with a passphrase"):
        create_desk(tmp_path / "workspace")
    assert not (tmp_path / "workspace" / "key.json").exists()


def test_a_working_one_keeps_digits_alone_and_the_probe_leaves_nothing(tmp_path: Path) -> None:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    assert keyring_works() and not backend.kept
    secret = Vault(tmp_path).create_with_keyring()
    [(place, kept)] = backend.kept.items()
    # Windows holds about 1,280 characters, so no key file goes there.
    assert kept == secret.hex() and len(kept) == 64 and place[0] == "crsv-desk"


@pytest.mark.parametrize("verb", ["set_password", "get_password"])
@pytest.mark.parametrize(("error", "sentence"), [
    (PromptDismissedException("Prompt dismissed."), "is locked"),
    (keyring.errors.KeyringLocked("locked"), "is locked"),
    (keyring.errors.InitError("no"), "has no keyring"),
    (keyring.errors.NoKeyringError("no"), "has no keyring"),
    (keyring.errors.PasswordSetError("no"), "does not answer"),
    (RuntimeError("org.freedesktop.DBus.Error.ServiceUnknown"), "does not answer"),
    (OSError("pipe"), "does not answer"),
], ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "")  # fmt: skip
def test_one_that_looks_healthy_and_raises_counts_as_none(
    tmp_path: Path, verb: str, error: Exception, sentence: str
) -> None:
    keyring.set_keyring(raising(error, verb))
    refused(tmp_path, sentence)


@pytest.mark.parametrize(
    "answer", [lambda _: None, lambda _: "", lambda kept: kept[:-1], lambda _: "0" * 64, str.upper]
)
def test_one_that_forgets_or_changes_what_it_was_given_counts_as_none(tmp_path: Path, answer: object) -> None:
    backend = answering(lambda kept: answer(kept) if kept else kept)  # type: ignore[operator]
    keyring.set_keyring(backend)
    refused(tmp_path, "keyring")
    assert not backend.kept


@pytest.mark.parametrize("backend", [
    keyring.backends.fail.Keyring(),  # type: ignore[no-untyped-call]
    keyring.backends.null.Keyring(),  # type: ignore[no-untyped-call]
    PlainKeyring(), ChainedKeyring(PlainKeyring()),
], ids=["fail", "null", "plain files", "plain files in a chain"])  # fmt: skip
def test_one_that_is_not_secure_is_not_used(tmp_path: Path, backend: keyring.backend.KeyringBackend) -> None:
    keyring.set_keyring(backend)
    refused(tmp_path, "has no keyring")
    assert not getattr(backend, "kept", None)


def test_the_secure_one_is_taken_out_of_a_chain(tmp_path: Path) -> None:
    secure, plain = MemoryKeyring(), PlainKeyring()
    keyring.set_keyring(ChainedKeyring(plain, secure))
    assert keyring_works()
    Vault(tmp_path).create_with_keyring()
    assert len(secure.kept) == 1 and not plain.kept


def test_a_secret_that_was_removed_or_changed_is_a_sentence(tmp_path: Path) -> None:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    Vault(tmp_path).create_with_keyring()
    [place] = backend.kept
    for kept in ("", "0" * 63, "not hexadecimal" * 5, None):
        if kept is None:
            del backend.kept[place]
        else:
            backend.kept[place] = kept
        with pytest.raises(WorkspaceError, match="does not hold this workspace's secret"):
            Vault(tmp_path).open(test_vault.nobody)


def test_the_environment_of_the_child_is_not_the_persons(tmp_path: Path) -> None:
    environment = keyring_session.isolated(tmp_path)
    assert environment["HOME"] == str(tmp_path)
    assert not {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} & environment.keys()
    assert os.environ.get("HOME") != str(tmp_path)
