"""Canonical JSON: RFC 8785 restricted to what statements need (no floats, ASCII keys)."""

from __future__ import annotations

import json
import unicodedata
from typing import TypeAlias

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

_LARGEST = 2**53 - 1
_DEEPEST = 16


def dump(value: Json) -> bytes:
    """The one byte string for ``value``. Raises ``ValueError`` for what version 1 cannot hold."""
    _check(value, 0)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def load(untrusted_data: bytes) -> Json:
    """Read canonical JSON: parsed, written again, and refused unless the bytes are the same.

    Raises ``Refused``.
    """
    refusal = Refused(N_("This file is damaged or was made by something else; ask the sender for it again."))
    try:
        value = json.loads(untrusted_data.decode("utf-8"))
        if dump(value) != untrusted_data:
            raise refusal
    except (ValueError, RecursionError) as error:
        raise refusal from error
    return value  # type: ignore[no-any-return]  # json.loads is untyped; dump() has just checked every value


def _check(value: object, depth: int) -> None:
    """Asked of every value of every statement, so the commonest come first."""
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        if not value.isascii():
            if not unicodedata.is_normalized("NFC", value):
                raise ValueError("text that is not in Unicode normalisation form C")
            value.encode()  # a lone surrogate raises UnicodeEncodeError, a ValueError
    elif isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError("integer out of range")
    elif isinstance(value, list):
        for entry in value:
            if not (isinstance(entry, str) and entry.isascii()):  # long lists are of ids
                _check(entry, depth + 1)
    elif isinstance(value, dict):
        for key, entry in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise ValueError("key that is not ASCII")
            _check(entry, depth + 1)
    elif value is not None:
        raise ValueError(f"{type(value).__name__} in a statement")
