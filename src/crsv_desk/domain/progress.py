"""How long work says where it is, and learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """``done`` of ``total`` units; ``label`` says what is being done, translated."""

    done: int
    total: int
    label: str = ""


Report = Callable[[Step], None]
"""Called between units of work. May raise ``Cancelled``; let it pass through."""


def part(report: Report, begin: int, end: int, total: int) -> Report:
    """For a part of the work: its own steps are told as those from ``begin`` to ``end`` of ``total``, so that progress
    never goes back; and it can be cancelled at each of them."""

    def tell(step: Step) -> None:
        report(Step(begin + (end - begin) * step.done // max(step.total, 1), total, step.label))

    return tell


def silent(step: Step) -> None:
    """A report for callers who do not care."""


def told(things: Sequence[T], report: Report) -> Iterator[T]:
    """Each of them, after telling how many were before it."""
    for number, thing in enumerate(things):
        report(Step(number, len(things)))
        yield thing
