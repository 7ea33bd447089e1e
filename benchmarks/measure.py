"""Several ways of doing the same work, side by side: each in a process of its own, by turns on the same pieces of it.

What is reported is processor time, so that other programs on the machine count for little, and the peak memory of each
process. Only ratios within one run mean anything: another machine has other numbers.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Work = Callable[[Sequence[Any]], None]
"""Does one piece of the work."""
Way = Callable[[], Work]
"""Makes ready (not counted) and returns the work. A function of a module, so that it can be sent to a process."""


@dataclass(frozen=True)
class Result:
    """What one way took."""

    count: int
    seconds: float
    megabytes: float
    """Peak resident memory of its process."""

    @property
    def rate(self) -> float:
        """Of the work, in a second."""
        return self.count / self.seconds


def race(
    ways: Mapping[str, Way], work: Sequence[Any], piece: int, fewer: Mapping[str, int] | None = None
) -> dict[str, Result]:
    """Do ``work`` in every way, ``piece`` at a time in turn; ``fewer`` names those that do only so many of it."""
    context = multiprocessing.get_context("spawn")
    runners = {}
    for name, way in ways.items():
        ours, theirs = context.Pipe()
        process = context.Process(target=_run, args=(way, theirs))
        process.start()
        theirs.close()  # so that a process that fails is noticed
        runners[name] = (process, ours)
    left = {name: list(work[: (fewer or {}).get(name, len(work))]) for name in ways}
    counts, seconds = dict.fromkeys(ways, 0), dict.fromkeys(ways, 0.0)
    while any(left.values()):
        for name, (_process, pipe) in runners.items():
            now, left[name] = left[name][:piece], left[name][piece:]
            if now:
                pipe.send(now)
                seconds[name] += pipe.recv()
                counts[name] += len(now)
    peaks = {}
    for name, (process, pipe) in runners.items():
        pipe.send(None)
        peaks[name] = pipe.recv()
        process.join()
    return {name: Result(counts[name], seconds[name], peaks[name]) for name in ways}


def alone(function: Callable[..., Any], *arguments: Any) -> tuple[Any, float, float]:
    """What ``function`` returns in a process of its own, the processor time in seconds, and its peak memory in MB."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_once, args=(function, arguments, theirs))
    process.start()
    theirs.close()  # so that a process that fails is noticed
    answer: tuple[Any, float, float] = ours.recv()
    process.join()
    return answer


def table(title: str, results: Mapping[str, Result], floor: str) -> None:
    """Print one line for each way, with its rate as a part of that of ``floor``."""
    print(f"\n{title}")
    print(f"  {'':34}{'count':>8}{'per second':>12}{'of the floor':>14}{'peak MB':>10}")
    for name, result in results.items():
        part = result.rate / results[floor].rate
        print(f"  {name:34}{result.count:>8}{result.rate:>12,.0f}{part:>13.1%} {result.megabytes:>9.0f}")


def _run(way: Way, pipe: Connection) -> None:
    _one_core()
    work = way()
    while (piece := pipe.recv()) is not None:
        started = time.process_time()
        work(piece)
        pipe.send(time.process_time() - started)
    pipe.send(_peak())


def _once(function: Callable[..., Any], arguments: Sequence[Any], pipe: Connection) -> None:
    _one_core()
    started = time.process_time()
    answer = function(*arguments)
    pipe.send((answer, time.process_time() - started, _peak()))


def _one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def _peak() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    if sys.platform.startswith("linux"):
        # Not getrusage, whose peak begins with that of the parent.
        [line] = [one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM:")]
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
