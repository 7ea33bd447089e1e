"""Reading a PDF from outside: within limits, and with one way for everything that can go wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crsv_desk.domain.errors import Cancelled, DeskError, Refused
from crsv_desk.i18n import N_

UNREADABLE = N_("This file cannot be read as a PDF; ask for it again.")


@contextmanager
def refusing() -> Iterator[None]:
    """Whatever a reader of a file from outside stumbles over becomes a refusal; its cause stays attached. That somebody
    cancelled is none."""
    try:
        yield
    except (DeskError, Cancelled):
        raise
    except Exception as error:  # a foreign file may break a reader in any way
        raise Refused(UNREADABLE) from error


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """An entry of a dictionary, its reference followed; ``default`` where there is none."""
    return dictionary[key] if key in dictionary else default  # noqa: SIM401 (its get() follows no reference)
