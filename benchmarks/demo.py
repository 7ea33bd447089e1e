"""The demo end to end, as a person starts it: five workspaces, five endorsements by file, the sealed PDF and its check.

Against the program only starting (what the command loads before its work) and against the five keys that a passphrase
makes slowly on purpose: whatever is left is the work.

    python -m benchmarks.demo [--rounds 3]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

START = "import crsv_desk.__main__, crsv_desk.cli.demo"
KEYS = """
from crsv_desk.identity.passphrase import wrap
for _ in range(5):
    wrap(bytes(32), "een lange zin")
"""


def run(arguments: Sequence[str]) -> tuple[float, float, float]:
    """Seconds of the clock and of the processor, and peak memory in MB, of a Python process that must succeed."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, arguments
    process.returncode = 0
    peak = used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, peak


def demo(*more: str) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as place:
        return run(["-m", "crsv_desk", "demo", "--out", str(Path(place) / "demo"), *more])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many, in turn")
    rounds = parser.parse_args().rounds
    ways = {
        "starting": lambda: run(["-c", START]),
        "starting, and five keys": lambda: run(["-c", START + KEYS]),
        "demo": demo,
        "demo, one name withheld": lambda: demo("--withhold", "CARE Nederland"),
    }
    best: dict[str, tuple[float, float, float]] = {}
    for _ in range(rounds):
        for name, way in ways.items():
            best[name] = min(best.get(name, (float("inf"),) * 3), way(), key=lambda one: one[1])
    print(f"  {'':28}{'clock s':>10}{'processor s':>13}{'of starting':>13}{'peak MB':>10}")
    for name, (clock, processor, peak) in best.items():
        print(f"  {name:28}{clock:>10.2f}{processor:>13.2f}{processor / best['starting'][1]:>12.1f}x{peak:>10.0f}")


if __name__ == "__main__":
    main()
