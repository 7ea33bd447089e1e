"""Keyrings in memory: one that works, and those that only look as if they did."""

from __future__ import annotations

from collections.abc import Callable

import keyring.backend
import keyring.errors


class MemoryKeyring(keyring.backend.KeyringBackend):
    """Keeps what it is given until the test is over. Its class passes for a keyring of the system."""

    __module__ = "keyring.backends.SecretService"
    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("not there")


class PromptDismissedException(Exception):
    """As SecretStorage calls it when the person closes the question to unlock."""


def raising(error: Exception, verb: str) -> MemoryKeyring:
    """A keyring that looks healthy until ``verb`` is asked of it."""
    backend = MemoryKeyring()

    def fail(*_: object) -> None:
        raise error

    setattr(backend, verb, fail)
    return backend


def answering(answer: Callable[[str | None], str | None]) -> MemoryKeyring:
    """A keyring that gives back something else than it was given."""
    backend = MemoryKeyring()
    honest = backend.get_password
    backend.get_password = lambda service, username: answer(honest(service, username))  # type: ignore[method-assign]
    return backend


class PlainKeyring(MemoryKeyring):
    """One of those that write a file in plain text: never to be used."""

    __module__ = "keyrings.alt.file"


class ChainedKeyring(keyring.backend.KeyringBackend):
    """Several behind one, as ``keyring`` makes it where more than one is installed."""

    priority = 10  # type: ignore[assignment]

    def __init__(self, *backends: keyring.backend.KeyringBackend) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.backends = backends

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("asked the chain, not the secure one in it")

    set_password = delete_password = get_password  # type: ignore[assignment]


for made in (MemoryKeyring, PlainKeyring, ChainedKeyring):
    # ``keyring`` looks among all classes for the one to use; these are used only where a test says so.
    keyring.backend.KeyringBackend._classes.discard(made)
