"""A secret wrapped under a passphrase: Argon2id, then ChaCha20-Poly1305 with the parameters authenticated."""

from __future__ import annotations

import secrets
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from crsv_desk.domain.canonical import Json, dump
from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.i18n import N_

SECRET_BYTES = 32
LONGEST_FILE = 64 * 1024

# RFC 9106, section 4, second recommended option (64 MiB of memory, three passes, four lanes).
_COST = {"iterations": 3, "lanes": 4, "memory": 64 * 1024}
# What is read back decides over memory and time before anything is authenticated, so it is bounded.
_BOUNDS = {"iterations": (1, 16), "lanes": (1, 16), "memory": (8 * 1024, 512 * 1024)}
_LENGTHS = {"salt": 16, "nonce": 12, "wrapped": SECRET_BYTES + 16}
KEYS = frozenset({"v", "kind", "kdf", *_COST, *_LENGTHS})

_EMPTY = N_("The passphrase is empty; choose one of several words.")
_WRONG = N_("This passphrase does not open the workspace; check capitals and keyboard language, and try again.")
_NO_FILE = N_("The passphrase file {name} cannot be read; check its name and place.")
_EMPTY_FILE = N_("The passphrase file {name} has no passphrase on its first line; write it there.")


def wrap(secret: bytes, passphrase: str) -> dict[str, Json]:
    """A new wrapping of ``secret`` with its own salt, ready to be kept. Raises ``WorkspaceError`` if empty."""
    if not passphrase:
        raise WorkspaceError(_EMPTY)
    salt, nonce = secrets.token_bytes(_LENGTHS["salt"]), secrets.token_bytes(_LENGTHS["nonce"])
    parameters: dict[str, Json] = {"v": 1, "kind": "passphrase", "kdf": "argon2id", "salt": _text(salt), **_COST}
    sealed = _cipher(_COST, salt, passphrase).encrypt(nonce, secret, dump(parameters))
    return {**parameters, "nonce": _text(nonce), "wrapped": _text(sealed)}


def unwrap(untrusted_record: Mapping[str, Json], passphrase: str) -> bytes:
    """The secret. Raises ``ValueError`` for a record that ``wrap`` cannot have made, ``WorkspaceError`` for a wrong
    passphrase; an altered record cannot be told from that."""
    if untrusted_record["kdf"] != "argon2id":
        raise ValueError("unknown key derivation")
    salt, nonce, wrapped = (_bytes(untrusted_record[name], length) for name, length in _LENGTHS.items())
    cost = {name: _bounded(untrusted_record[name], *bounds) for name, bounds in _BOUNDS.items()}
    parameters = {key: value for key, value in untrusted_record.items() if key not in ("nonce", "wrapped")}
    try:
        return _cipher(cost, salt, passphrase).decrypt(nonce, wrapped, dump(parameters))
    except InvalidTag:
        raise WorkspaceError(_WRONG) from None


def _cipher(cost: Mapping[str, int], salt: bytes, passphrase: str) -> ChaCha20Poly1305:
    derivation = Argon2id(
        salt=salt, length=32, iterations=cost["iterations"], lanes=cost["lanes"], memory_cost=cost["memory"]
    )
    # The same passphrase from another keyboard or system may come as other code points.
    normal = unicodedata.normalize("NFKC", passphrase)
    return ChaCha20Poly1305(derivation.derive(normal.encode("utf-8", "surrogatepass")))


def _bounded(untrusted_value: Json, least: int, most: int) -> int:
    if isinstance(untrusted_value, int) and type(untrusted_value) is not bool and least <= untrusted_value <= most:
        return untrusted_value
    raise ValueError("cost out of bounds")


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _bytes(untrusted_text: Json, length: int) -> bytes:
    data = b64decode(untrusted_text, validate=True) if isinstance(untrusted_text, str) else b""
    if len(data) != length:
        raise ValueError("not base64 of the right length")
    return data


def passphrase_from_file(path: Path) -> str:
    """The first line of a file, without its line end. Raises ``WorkspaceError``: unreadable, or nothing there."""
    try:
        with path.open("rb") as file:
            untrusted_line = file.readline(LONGEST_FILE).decode("utf-8-sig").rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise WorkspaceError(_NO_FILE, name=path.name) from error
    if not untrusted_line.strip():
        raise WorkspaceError(_EMPTY_FILE, name=path.name)
    return untrusted_line
