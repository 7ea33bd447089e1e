"""Files of the person: written whole or not at all, read with a limit, and every cause a sentence."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from crsv_desk.domain.errors import DeskError
from crsv_desk.storage import causes
from crsv_desk.storage.folder import replace

_BINARY = getattr(os, "O_BINARY", 0)
# Opening a pipe for reading would wait for somebody to write into it.
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


class SafeFiles:
    """Satisfies the services' ``Files``."""

    def save(self, path: Path, data: bytes) -> None:
        """Write ``data`` under a temporary name beside ``path``, flush, read back, compare, rename.

        Raises ``DeskError``; then an older file at ``path`` is whole, and nothing temporary is left.
        """
        target = Path(os.path.realpath(path))  # behind a link, the file itself is replaced
        temporary = target.with_name(f".crsv-desk-{secrets.token_hex(8)}.tmp")
        try:
            if target.is_dir():
                raise DeskError(causes.SAVE_FOLDER, name=causes.shown(path.name))
            try:
                self._write(temporary, data)
                if self._read_back(temporary, len(data)) != data:
                    raise DeskError(causes.SAVE_DIFFERS, name=causes.shown(path.name))
                replace(temporary, target)
            finally:
                # After a rename there is nothing to remove; on a stick that is gone, nothing can be removed.
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
        except OSError as error:
            raise causes.not_saved(error, target) from error

    def _write(self, temporary: Path, data: bytes) -> None:
        # Mode 0666 under the person's own umask: the file is made to be handed on.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)
            if hasattr(os, "posix_fadvise"):  # so that reading back asks the disk, not the memory
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)

    def _read_back(self, temporary: Path, length: int) -> bytes:
        with temporary.open("rb") as file:
            return file.read(length + 1)

    def load(self, path: Path, most_bytes: int) -> bytes:
        """The bytes of a file. Raises ``DeskError``: missing, a folder, unreadable, or larger than ``most_bytes``."""
        name = causes.shown(path.name or str(path))
        try:
            if path.is_dir():  # asked first, because Windows calls it a missing permission
                raise DeskError(causes.LOAD_FOLDER, name=name)
            descriptor = os.open(path, os.O_RDONLY | _BINARY | _NO_WAIT)
            with open(descriptor, "rb") as file:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise DeskError(causes.LOAD_OTHER, name=name)
                untrusted_data = file.read(most_bytes + 1)
        except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
            raise causes.not_read(error, name) from error
        if len(untrusted_data) > most_bytes:
            raise DeskError(causes.LOAD_LARGE, name=name, limit=causes.size(most_bytes))
        return untrusted_data
