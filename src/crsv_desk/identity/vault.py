"""The vault: the 32-byte secret of a workspace's database, kept by the system's keyring or under a passphrase.

The library for keyrings is loaded when one is asked: a workspace under a passphrase needs none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from crsv_desk.domain.canonical import Json
from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.i18n import N_
from crsv_desk.identity import key_file
from crsv_desk.identity.passphrase import KEYS, SECRET_BYTES, passphrase_from_file, unwrap, wrap

__all__ = ["Vault", "keyring_works", "passphrase_from_file"]

_ASK = N_(
    "This workspace is protected by a passphrase; type it when asked, or name a file that holds it with"
    " --passphrase-file."
)


def keyring_works() -> bool:
    """Whether this computer has a keyring that keeps a secret safely and gives it back; it may ask the person to unlock
    it first."""
    from crsv_desk.identity import os_keyring

    return os_keyring.works()


class Vault:
    """What ``key.json`` in a workspace's folder says, and the secret behind it.

    The keyring may ask the person to unlock it, and Argon2id takes a moment: call these off the UI thread.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def exists(self) -> bool:
        """Whether this folder holds a workspace's ``key.json``."""
        return (self._folder / key_file.NAME).exists()

    @property
    def kind(self) -> str:
        """ "keyring" or "passphrase". Raises ``WorkspaceError``."""
        return str(self._record()["kind"])

    def create_with_keyring(self) -> bytes:
        """A new secret, kept by the keyring under an account name of its own. Raises ``WorkspaceError``."""
        from crsv_desk.identity import os_keyring

        secret, account = secrets.token_bytes(SECRET_BYTES), f"workspace-{secrets.token_hex(16)}"
        os_keyring.keep(account, secret)
        try:
            key_file.write(self._folder, {"v": 1, "kind": "keyring", "account": account})
        except WorkspaceError:
            with suppress(WorkspaceError):
                os_keyring.forget(account)
            raise
        return secret

    def create_with_passphrase(self, passphrase: str) -> bytes:
        """A new secret, wrapped under ``passphrase``. Raises ``WorkspaceError``."""
        secret = secrets.token_bytes(SECRET_BYTES)
        key_file.write(self._folder, wrap(secret, passphrase))
        return secret

    def open(self, ask: Callable[[], str | None]) -> bytes:
        """The secret. ``ask`` is called only for a passphrase; ``None`` from it means that nobody can be asked.

        Raises ``WorkspaceError``: no workspace, a locked or missing keyring, a wrong passphrase, a damaged file.
        """
        record = self._record()
        if record["kind"] == "keyring":
            from crsv_desk.identity import os_keyring

            return os_keyring.fetch(str(record["account"]))
        answer = ask()
        if answer is None:
            raise WorkspaceError(_ASK)
        return self._unwrap(record, answer)

    def _record(self) -> dict[str, Json]:
        record = key_file.read(self._folder)
        match record.get("kind"):
            case "keyring" if record.keys() == {"v", "kind", "account"} and isinstance(record["account"], str):
                return record
            case "passphrase" if record.keys() == KEYS:
                return record
        raise key_file.damaged()

    def _unwrap(self, record: dict[str, Json], answer: str) -> bytes:
        try:
            return unwrap(record, answer)
        except ValueError as error:
            raise key_file.damaged() from error
