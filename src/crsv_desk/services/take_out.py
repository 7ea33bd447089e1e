"""Save the files that a PDF carries: under harmless names, beside whatever is there already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.i18n import N_, _
from crsv_desk.services.desk import Desk

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
MOST_FILES = 20_000


def attached(desk: Desk, untrusted_pdf: bytes) -> Mapping[str, bytes]:
    """The files in a PDF by the name that it gives them. Raises ``Refused``."""
    return desk.paper.check(untrusted_pdf).attachments


def take_out(desk: Desk, untrusted_pdf: bytes, folder: Path, report: Report = silent) -> Sequence[Path]:
    """Write every file that the PDF carries into ``folder``. Nothing that is there is written over.

    Raises ``DeskError``: there are none, or one cannot be written. Then, and when it is cancelled, those that were
    written are removed again.
    """
    files = attached(desk, untrusted_pdf)
    if not files:
        raise DeskError(N_("No files are attached to this PDF."))
    if len(files) > MOST_FILES:
        raise DeskError(N_("Too many files are attached to this PDF to save them."))
    written: list[Path] = []
    try:
        for number, (name, data) in enumerate(sorted(files.items())):
            report(Step(number, len(files), _("Saving the attached files")))
            path = _free(folder, harmless(name))
            desk.files.save(path, data)
            written.append(path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    report(Step(len(files), len(files)))
    return written


def harmless(untrusted_name: str) -> str:
    """A file name that stays in its folder on every system: letters, digits, dot, dash and underscore, at most 120."""
    name = re.sub(r"[^\w.\-]+", "-", untrusted_name.replace("\\", "/").rsplit("/", 1)[-1], flags=re.ASCII)
    name = name.strip(".-")[-120:]
    return f"file-{name}" if not name or _RESERVED.fullmatch(name) else name


def _free(folder: Path, name: str) -> Path:
    stem, dot, ending = name.rpartition(".")
    path, number = folder / name, 1
    while path.exists() or path.is_symlink():
        number += 1
        path = folder / (f"{stem}-{number}{dot}{ending}" if stem else f"{name}-{number}")
    return path
