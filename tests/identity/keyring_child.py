"""Runs inside a private session with a real keyring: prints as JSON what the vault did there."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.identity.vault import Vault, keyring_works


def nobody() -> None:
    """A keyring's workspace never asks for a passphrase."""
    raise AssertionError("asked for a passphrase")


def lock() -> None:
    """Lock the collection, as a desktop does when the person is away."""
    import secretstorage

    with closing(secretstorage.dbus_init()) as connection:
        secretstorage.get_default_collection(connection).lock()


def delete() -> None:
    """Delete every secret of ours."""
    import secretstorage

    with closing(secretstorage.dbus_init()) as connection:
        for item in list(secretstorage.search_items(connection, {"service": "crsv-desk"})):
            item.delete()


def sentence(vault: Vault) -> str:
    """What opening the vault says."""
    try:
        vault.open(nobody)
    except WorkspaceError as error:
        return str(error)
    return "opened"


def main(folder: Path) -> dict[str, object]:
    """Everything that needs the real thing, in one session, because a session takes a second to start."""
    answers: dict[str, object] = {"works": keyring_works()}
    vault, other = Vault(folder / "one"), Vault(folder / "two")
    secret, second = vault.create_with_keyring(), other.create_with_keyring()
    answers["kind"] = vault.kind
    answers["opens"] = Vault(folder / "one").open(nobody) == secret
    answers["apart"] = other.open(nobody) == second != secret
    account = json.loads((folder / "one" / "key.json").read_text())["account"]
    tool = ["secret-tool", "lookup", "service", "crsv-desk", "username", account]
    answers["tool"] = subprocess.run(tool, capture_output=True, text=True, check=True).stdout == secret.hex()
    search = ["secret-tool", "search", "--all", "service", "crsv-desk"]
    answers["kept"] = subprocess.run(search, capture_output=True, text=True, check=True).stdout.count("[/")
    files = [path for path in folder.rglob("*") if path.is_file()]
    answers["plain"] = any(form in file.read_bytes() for file in files for form in (secret, secret.hex().encode()))
    delete()
    answers["deleted"] = sentence(vault)
    lock()
    answers["locked"] = sentence(vault)
    answers["works locked"] = keyring_works()
    return answers


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1])), sys.stdout)
