"""Reports of our own errors: where it happened and in which versions; no message, value, name or text."""

from __future__ import annotations

import platform
import secrets
import traceback
from pathlib import Path

from platformdirs import user_log_path

_PACKAGES = ("crsv-desk", "PySide6-Essentials", "reportlab", "pyhanko", "cryptography", "sqlite-utils", "sqlcipher3")
_SOURCE = Path(__file__).parents[1]


def save_report(error: BaseException, folder: Path | None = None) -> Path:
    """Write a report on ``error`` and return its place.

    An exception's message may hold a name or a text, so only its type and the places in the code are kept.
    """
    folder = folder or user_log_path("crsv-desk", appauthor=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"report-{secrets.token_hex(6)}.txt"
    path.write_text(report_text(error), encoding="utf-8")
    return path


def report_text(error: BaseException) -> str:
    """The report, line by line."""
    lines = [f"{name} {_version(name)}" for name in _PACKAGES]
    lines += [f"Python {platform.python_version()} {platform.system()} {platform.machine()}", ""]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        for frame in traceback.extract_tb(link.__traceback__):
            lines.append(f"  {_place(frame.filename)}:{frame.lineno} {frame.name}")
        link = link.__cause__ or link.__context__
    return "\n".join(lines) + "\n"


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # slow to load, and no command that ends well needs it

    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _place(filename: str) -> str:
    """Below our own source, or only the name: a path tells who is at the computer."""
    path = Path(filename)
    return str(path.relative_to(_SOURCE)) if path.is_relative_to(_SOURCE) else path.name
