"""The workspace: one folder, one encrypted database, one process at a time."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlite_utils import Database

from crsv_desk.domain.errors import DeskError, WorkspaceError
from crsv_desk.storage import cipher, failures, folder, schema
from crsv_desk.storage.tables import Tables

NAME = "desk.db"


class Workspace(Tables):
    """An open workspace; satisfies the services' ``Store``. Any thread may call it: calls wait for each other."""

    def __init__(self, path: Path, key: bytes, connection: cipher.Connection) -> None:
        """For ``open`` and ``create``."""
        self._path = path
        self._key = key
        self._connection = connection
        super().__init__(Database(connection, execute_plugins=False, strict=True), threading.RLock())

    @classmethod
    def exists(cls, place: Path) -> bool:
        """Whether the folder ``place`` holds a database."""
        return (place / NAME).exists()

    @classmethod
    def create(cls, place: Path, key: bytes) -> Workspace:
        """Make an empty workspace in the folder ``place`` under a 32-byte ``key``. Raises ``WorkspaceError``."""
        if cls.exists(place):
            raise WorkspaceError(failures.EXISTS, folder=place)
        started = place / f".{NAME}-{secrets.token_hex(8)}"
        try:
            folder.make_private_folder(place)
            with _discarded(started):
                folder.make_private_file(started)
                cls._open_file(started, key).close()
                folder.name_new(started, place / NAME)
        except FileExistsError as error:
            raise WorkspaceError(failures.EXISTS, folder=place) from error
        except OSError as error:
            raise WorkspaceError(failures.NO_FOLDER, folder=place, reason=error.strerror) from error
        return cls.open(place, key)

    @classmethod
    def open(cls, place: Path, key: bytes) -> Workspace:
        """Open the workspace in the folder ``place`` and bring it up to date.

        Raises ``WorkspaceError``: there is none, another process has it open, the key is another one, it is
        damaged, or a newer version made it (then not a byte is changed).
        """
        path = place / NAME
        if not path.is_file():
            raise WorkspaceError(failures.MISSING, folder=place)
        if path.stat().st_size == 0:  # an empty file would open as an empty database
            raise WorkspaceError(failures.DAMAGED)
        folder.make_private(place)
        return cls._open_file(path, key)

    @classmethod
    def _open_file(cls, path: Path, key: bytes) -> Workspace:
        with failures.told():
            connection = cipher.connect(path, key)
            try:
                _take(connection, path)
                workspace = cls(path, key, connection)
                workspace._bring_up_to_date()
            except BaseException:
                connection.close()
                raise
        return workspace

    def _bring_up_to_date(self) -> None:
        if schema.is_newer(self._database):
            raise WorkspaceError(failures.NEWER)
        cipher.prepare_writing(self._connection)
        if not schema.MIGRATIONS.pending(self._database):
            return
        if number := schema.number(self._database):
            self.back_up(self._path.with_name(f"desk-before-schema-{number + 1}.db"))
        schema.MIGRATIONS.apply(self._database)

    def back_up(self, path: Path) -> None:
        """Copy the database to the file ``path``, encrypted under the same key and read back page by page, replacing an
        older copy whole.

        It opens only together with this workspace's ``key.json`` and the secret behind that. Raises ``DeskError``.
        """
        whole = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
        with self._lock, failures.told():
            if path.exists() and path.samefile(self._path):
                raise DeskError(failures.NO_BACK_UP, name=path.name, reason=NAME)
            try:
                with _discarded(whole):
                    folder.make_private_file(whole)
                    cipher.copy(self._connection, whole, self._key)
                    folder.replace(whole, path)
            except (OSError, cipher.Error) as error:
                reason = getattr(error, "strerror", None) or str(error)
                raise DeskError(failures.NO_BACK_UP, name=path.name, reason=reason) from error

    def close(self) -> None:
        """Let go of the database and of the lock. Closing twice does nothing more."""
        with self._lock:
            self._connection.close()


def _take(connection: cipher.Connection, path: Path) -> None:
    try:
        cipher.take_lock(connection)
    except cipher.Error as error:
        name = failures.primary_name(error)
        if name == "SQLITE_NOTADB" and cipher.no_page_fits(connection, path):
            raise WorkspaceError(failures.WRONG_KEY) from error
        # SQLite says no more than that it could not begin its log.
        writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        if name in ("SQLITE_IOERR", "SQLITE_CANTOPEN") and not writable:
            raise WorkspaceError(failures.NOT_WRITABLE) from error
        raise


@contextmanager
def _discarded(path: Path) -> Iterator[None]:
    """Whatever happens, nothing is left under the name ``path``, nor beside it."""
    try:
        yield
    finally:
        for suffix in ("", "-wal", "-journal", "-shm"):
            with suppress(OSError):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
