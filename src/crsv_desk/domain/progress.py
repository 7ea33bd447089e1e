"""How long work says where it is, and learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """``done`` of ``total`` units; ``label`` says what is being done, translated."""

    done: int
    total: int
    label: str = ""


Report = Callable[[Step], None]
"""Called between units of work. May raise ``Cancelled``; let it pass through."""


def silent(step: Step) -> None:
    """A report for callers who do not care."""
