"""The key that seals, and seal extend."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path

from crsv_desk.cli.context import Context
from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.seal import KeyFile, OwnKey, SealBy, SealChoice, Token
from crsv_desk.i18n import N_, _
from crsv_desk.identity.vault import passphrase_from_file
from crsv_desk.services.compile import extend_seal

MOST_KEY_BYTES = 1_000_000


def seal_choice(context: Context) -> SealChoice:
    """The workspace's own key, a key file or a token. Raises ``UsageError``: both."""
    return SealChoice(_by(context), context.arguments.timestamp)


def extend(context: Context) -> int:
    """Add validation data and a timestamp over the whole file."""
    a = context.arguments
    [file] = context.load_all([a.file])
    context.save(a.out, extend_seal(context.desk, file, a.timestamp))
    context.print(
        {"level": "B-LTA", "file": a.out}, lambda: [_("The seal now carries a timestamp over the whole file.")]
    )
    return 0


def _by(context: Context) -> SealBy:
    a = context.arguments
    if a.seal_key is not None and a.token is not None:
        raise UsageError(N_("Choose one key to seal with: a key file or a token."))
    if a.seal_key is not None:
        return KeyFile(
            context.load(a.seal_key, MOST_KEY_BYTES), _secret(a.seal_passphrase_file, _("Passphrase of the key file: "))
        )
    if a.token is not None:
        return Token(a.token, _secret(a.pin_file, _("PIN of the token: ")), a.token_label, a.token_certificate)
    return OwnKey()


def _secret(path: Path | None, prompt: str) -> str:
    """From a file's first line, or typed; never from the arguments, which others on the computer can see."""
    if path is not None:
        return passphrase_from_file(path)
    if not sys.stdin.isatty():
        raise UsageError(N_("Nobody can be asked for the passphrase or PIN here; name a file that holds it."))
    return getpass.getpass(prompt, stream=sys.stderr)
