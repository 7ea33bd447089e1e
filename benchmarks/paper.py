"""Letters with 5, 100 and 1,000 endorsements, each with logo, drawn mark and attached packet, sealed and checked: ours
beside others, in one run on one machine. Times are whole processes, memory is their peak. Ratios say how many times ours;
that of time is of the processor's, which other work on the machine disturbs least.

With five, the whole ``compile`` command is measured too, on the demo: the same words with five logos and marks. Beside
what the others do it opens the encrypted workspace (by a passphrase, slow on purpose), decides from signed statements,
checks them and the pages, and keeps the decision; its steps are not told apart.

    python -m benchmarks.paper [--rivals PYTHON] [--counts 5 100 1000] [--rounds 3]

PYTHON has what benchmarks/requirements.txt names; what is missing is shown as missing.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import isnan, nan
from pathlib import Path

from tests.pdf import sample

from crsv_desk.domain.codes import spoken
from crsv_desk.domain.marks import curves

ROOT = Path(__file__).parents[1]
DEMO = 5
"""Endorsements of the demo."""
PACKET = 4096
"""Bytes of an endorsement's packet."""
COMMAND = "ours, the whole command"
AGAINST = "by_weasyprint"
RIVALS = ("by_typst", "by_weasyprint", "by_libreoffice", "by_platypus")


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds in all, of the processor, and by step; peak megabytes; bytes written."""

    total: float
    processor: float
    steps: dict[str, float]
    """Empty where they are not told apart."""
    memory: float
    size: int


def make(folder: Path, count: int) -> None:
    """What every contender reads."""
    rows = []
    for index in range(count):
        name = f"{index:04d}"
        drawing = sample.drawn_mark(index).drawing
        assert drawing is not None
        organisation = (
            (sample.LEAD, *sample.PARTNERS)[index] if index < 5 else f"Vereniging voor Vrede en Recht {index}"
        )
        (folder / f"logo-{name}.png").write_bytes(sample.logo(index))
        (folder / f"mark-{name}.svg").write_text(_svg(drawing.strokes), encoding="utf-8")
        (folder / f"packet-{name}.crsv").write_bytes(_noise(index))
        statement, key = sample.identifier(f"statement {index}"), sample.identifier(f"key {index}")
        rows.append(
            {
                "organisation": organisation, "person": f"Voorbeeld {index}", "role": "directeur", "logo": f"logo-{name}.png",
                "mark": f"mark-{name}.svg", "strokes": drawing.strokes, "packet": f"packet-{name}.crsv",
                "time": f"2026-05-{11 + index % 14}T14:{index % 60:02d}:00Z", "number": statement, "key": key,
                "code": spoken(key), "short": statement[:16],
            }
        )  # fmt: skip
    text = sample.sample_text()
    content = {
        "id": sample.identifier("letter"), "subject": text.subject, "recipient": text.recipient,
        "salutation": text.salutation, "closing": text.closing_words,
        "blocks": [(block.kind, block.text) for block in text.blocks], "rows": rows,
    }  # fmt: skip
    (folder / "content.json").write_text(json.dumps(content), encoding="utf-8")
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "3650",
    ]
    command += ["-subj", "/CN=Secretariaat", "-addext", "keyUsage=critical,digitalSignature,nonRepudiation"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run(command, check=True, capture_output=True)


def _svg(strokes: Sequence[Sequence[tuple[int, int]]]) -> str:
    paths = []
    for stroke in strokes:
        start = f"M{stroke[0][0]} {stroke[0][1]}"
        bends = "".join("C" + " ".join(map(str, segment)) for segment in curves(stroke))  # type: ignore[arg-type]
        paths.append(
            f'<path d="{start}{bends}" fill="none" stroke="#1a1a1a" stroke-width="22" stroke-linecap="round"/>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3700 1400" width="370" height="140">{"".join(paths)}</svg>'


def _noise(index: int) -> bytes:
    """Bytes that do not compress, like a signed packet."""
    return b"".join(sha256(f"{index} {part}".encode()).digest() for part in range(PACKET // 32))


def measure(command: Sequence[str], out: Path, environment: dict[str, str]) -> Run | None:
    """Run a process that writes ``out`` to its end; ``None`` when it fails."""
    out.unlink(missing_ok=True)
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment, cwd=ROOT
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    total = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return None
    processor = usage.ru_utime + usage.ru_stime
    last = said.splitlines()[-1]
    steps = json.loads(last) if last.startswith("{") else {}
    return Run(total, processor, steps, usage.ru_maxrss / 1024, out.stat().st_size)


def compiling(place: Path, out: Path, environment: dict[str, str]) -> list[str]:
    """Make the demo in ``place``; the command that compiles its letter into ``out``."""
    program = [sys.executable, "-m", "crsv_desk"]
    subprocess.run([*program, "demo", "--out", str(place)], check=True, capture_output=True, env=environment)
    opened = ["--workspace", str(place / "workspaces" / "1"), "--passphrase-file", str(place / "passphrase.txt")]
    listed = subprocess.run(
        [*program, "letter", "list", "--json", *opened], check=True, capture_output=True, env=environment
    )
    [letter] = json.loads(listed.stdout)
    return [*program, "compile", letter["dossier"], *opened, "--out", str(out)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--rivals", default=sys.executable, help="a Python that has what benchmarks/requirements.txt names"
    )
    parser.add_argument("--counts", type=int, nargs="+", default=[5, 100, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for count in options.counts:
            folder = Path(name) / str(count)
            folder.mkdir()
            make(folder, count)
            report(count, folder, options.rivals, options.rounds)


def report(count: int, folder: Path, rivals: str, rounds: int) -> None:
    """Measure every contender in turn, ``rounds`` times, and print a table of medians."""
    fonts = ROOT / "resources" / "fonts"
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir>'
        f"<cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    environment = {
        **os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "FONTS": str(fonts), "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        "PYTHONDONTWRITEBYTECODE": "",
    }  # fmt: skip
    out = folder / "out.pdf"
    places = [str(folder), str(out)]
    contenders = {
        "ours, logo and mark each": [sys.executable, "-m", "benchmarks.rivals.ours", *places, "each"],
        "ours, as the program sets it": [sys.executable, "-m", "benchmarks.rivals.ours", *places],
        **{one: [rivals, "-m", f"benchmarks.rivals.{one}", *places] for one in RIVALS},
    }
    if count == DEMO:
        contenders[COMMAND] = compiling(folder / "demo", out, environment)
    runs: dict[str, list[Run]] = {}
    for number in range(rounds + 1):
        for contender, command in contenders.items():
            if contender == "by_libreoffice" and shutil.which("soffice") is None:
                continue
            done = measure(command, out, environment)
            # The first round only warms the disk.
            if done is not None and (number or rounds == 0):
                runs.setdefault(contender, []).append(done)
    print(f"\n{count} endorsements")
    heads = ("total s", "cpu s", "typeset s", "seal s", "check s", "peak MB", "kB", "cpu x", "memory x")
    print(" " * 30 + "".join(f"{head:>10}" for head in heads))
    base = runs["ours, logo and mark each"]
    for contender in contenders:
        found = runs.get(contender)
        if not found:
            print(f"{contender:30}  missing: not installed, or it failed")
            continue
        total, processor, memory = (
            statistics.median(getattr(one, key) for one in found) for key in ("total", "processor", "memory")
        )
        steps = [statistics.median(one.steps.get(step, nan) for one in found) for step in ("typeset", "seal", "check")]
        ratios = (
            processor / statistics.median(one.processor for one in base),
            memory / statistics.median(one.memory for one in base),
        )
        numbers = (total, processor, *steps, memory, found[0].size / 1000, *ratios)
        print(
            f"{contender:30}" + "".join(f"{number:10.2f}" if not isnan(number) else f"{'-':>10}" for number in numbers)
        )
    if COMMAND in runs and AGAINST in runs:
        # By rounds: both ran within the same seconds, whatever else the machine did then.
        shares = [one.processor / other.processor for one, other in zip(runs[COMMAND], runs[AGAINST], strict=True)]
        print(f"{COMMAND}: {statistics.median(shares):.2f} of the processor time of {AGAINST}")


if __name__ == "__main__":
    main()
