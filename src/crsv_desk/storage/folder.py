"""The folder's files: private to the person, and named only once they are whole."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

# Folders that may be written in but not read, and network disks that flush files alone.
_CANNOT_BE_ASKED = (errno.EACCES, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP)


def make_private_folder(folder: Path) -> None:
    """Make ``folder`` if needed, with mode 0700 where the disk knows modes. Raises ``OSError``."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from error
    make_private(folder)


def make_private(folder: Path) -> None:
    """Mode 0700, where disk and person may set it: a stick formatted for Windows knows no modes, and the database is
    encrypted all the same."""
    with suppress(OSError):
        folder.chmod(0o700)


def make_private_file(path: Path) -> None:
    """An empty file with mode 0600 that was not there before. Raises ``OSError``."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def name_new(whole: Path, name: Path) -> None:
    """Give the finished file ``whole`` its ``name``. Raises ``FileExistsError`` rather than replacing another."""
    if os.name == "nt":
        whole.rename(name)  # refuses an existing name on Windows
        return
    try:
        os.link(whole, name)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if name.exists():
            raise FileExistsError(name) from None
        whole.rename(name)
    whole.unlink(missing_ok=True)
    flush_folder(name.parent)


def replace(whole: Path, name: Path) -> None:
    """Give the finished file ``whole`` its ``name``, in place of any other. Raises ``OSError``."""
    os.replace(whole, name)
    flush_folder(name.parent)


def flush_folder(folder: Path) -> None:
    """Have the disk keep the names in ``folder``, where the system can be asked to. Raises ``OSError``."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_BE_ASKED:
            raise
