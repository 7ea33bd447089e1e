"""The operating system's keyring: the only place for ``keyring``, and the one where its errors become sentences."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import keyring
import keyring.backend
import keyring.errors

from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.i18n import N_

SERVICE = "crsv-desk"

# Only those that encrypt what they keep: neither plain text files, nor ``null`` and ``fail``, nor one we never met.
SECURE = (
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
)

_DIGITS = re.compile("[0-9a-f]{64}")

_LOCKED = N_("The keyring of this computer is locked; unlock it when it asks, then open CRSV Desk again.")
_NONE = N_(
    "This computer has no keyring that can be used; sign in on its desktop, or protect a workspace by passphrase."
)
_FAILED = N_("The keyring of this computer does not answer; sign out and in again, then open CRSV Desk.")
_NOT_KEPT = N_("The keyring of this computer did not keep the secret; protect the workspace by a passphrase instead.")
_NO_SECRET = N_(
    "The keyring of this computer does not hold this workspace's secret; open the workspace on the computer and under"
    " the account where it was made, or use a back-up."
)


def works() -> bool:
    """Whether there is a secure keyring that gives back what it is given: asked with a real round trip.

    It may have to ask the person to unlock, and waits for that: call it off the UI thread.
    """
    account = f"probe-{secrets.token_hex(8)}"
    try:
        keep(account, secrets.token_bytes(32))
        forget(account)
    except WorkspaceError:
        return False
    return True


def keep(account: str, secret: bytes) -> None:
    """Store a 32-byte ``secret`` (as hexadecimal digits: Windows holds little) and read it back. Raises ``WorkspaceError``."""
    try:
        with _told():
            _backend().set_password(SERVICE, account, secret.hex())
        if _read(account) != secret.hex():
            raise WorkspaceError(_NOT_KEPT)
    except WorkspaceError:
        with suppress(WorkspaceError):
            forget(account)
        raise


def fetch(account: str) -> bytes:
    """The secret kept for ``account``. Raises ``WorkspaceError``."""
    untrusted_text = _read(account)
    if untrusted_text is None or not _DIGITS.fullmatch(untrusted_text):
        raise WorkspaceError(_NO_SECRET)
    return bytes.fromhex(untrusted_text)


def _read(account: str) -> str | None:
    with _told():
        return _backend().get_password(SERVICE, account)


def forget(account: str) -> None:
    """Delete the secret kept for ``account``. Raises ``WorkspaceError``."""
    with _told():
        _backend().delete_password(SERVICE, account)


def _backend() -> keyring.backend.KeyringBackend:
    """The first secure backend, also out of several chained ones. Raises ``WorkspaceError``."""
    chosen = keyring.get_keyring()
    for backend in getattr(chosen, "backends", (chosen,)):
        if type(backend).__module__.startswith(SECURE):
            return backend
    raise WorkspaceError(_NONE)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except WorkspaceError:
        raise
    except keyring.errors.KeyringLocked as error:
        raise WorkspaceError(_LOCKED) from error
    except (keyring.errors.NoKeyringError, keyring.errors.InitError) as error:
        raise WorkspaceError(_NONE) from error
    except Exception as error:
        # Backends let the errors of D-Bus, of Windows and of macOS through as they are, each of another class.
        raise WorkspaceError(_LOCKED if _was_dismissed(error) else _FAILED) from error


def _was_dismissed(error: Exception) -> bool:
    """Whether the person closed the question to unlock. SecretStorage and D-Bus say so by class name."""
    return any(base.__name__ in ("PromptDismissedException", "LockedException") for base in type(error).__mro__)
