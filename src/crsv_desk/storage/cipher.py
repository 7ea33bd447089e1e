"""A connection to an encrypted database: its key, its pragmas, and the lock against a second process."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any, TypeAlias

from sqlcipher3 import dbapi2 as sqlcipher

Connection: TypeAlias = Any  # sqlcipher3 carries no types

Error: type[Exception] = sqlcipher.Error

KEY_BYTES = 32

# Before the first read: quiet (a wrong key is answered with a sentence, not with log lines), memory wiped, and the
# database file locked for as long as the connection lives. The operating system lets go of that lock when the
# process ends, however it ends.
_BEFORE_THE_KEY = ("PRAGMA cipher_log_level = NONE", "PRAGMA cipher_memory_security = ON")
_AFTER_THE_KEY = ("PRAGMA locking_mode = EXCLUSIVE", "PRAGMA temp_store = MEMORY", "PRAGMA foreign_keys = ON")
_BEFORE_WRITING = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA secure_delete = ON")


def connect(path: Path, key: bytes) -> Connection:
    """Open ``path`` under the raw 32-byte ``key`` without reading or writing anything yet.

    Several threads may use the connection, one at a time. Raises ``ValueError`` for a key of another length.

    While it is open, never open the same file by other means in this process: on POSIX closing any other handle
    of it drops the lock.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a database key has {KEY_BYTES} bytes")
    connection = sqlcipher.connect(str(path), check_same_thread=False, timeout=0)
    for pragma in (*_BEFORE_THE_KEY, f"PRAGMA key = \"x'{key.hex()}'\"", *_AFTER_THE_KEY):
        connection.execute(pragma)
    return connection


def take_lock(connection: Connection) -> None:
    """Read the first page, and with it take and keep the lock. Raises ``Error``: locked, wrong key, or damaged."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.execute("ROLLBACK")


def prepare_writing(connection: Connection) -> None:
    """Write-ahead log, every commit flushed to the disk, deleted content overwritten."""
    for pragma in _BEFORE_WRITING:
        connection.execute(pragma)


def copy(connection: Connection, target: Path, key: bytes) -> None:
    """Write everything that is committed into the empty file ``target``, encrypted under the same ``key``, and read it
    back. Raises ``Error``, ``OSError`` where what came back is not whole."""
    copied = connect(target, key)
    try:
        connection.backup(copied)
    finally:
        copied.close()
    copied = connect(target, key)
    try:
        if found := integrity(copied):
            raise OSError(errno.EIO, found[0])
    finally:
        copied.close()


def no_page_fits(connection: Connection, path: Path) -> bool:
    """Whether not one page of the file authenticates: then the key is another one, and not a page damaged."""
    size_of_page: int = connection.execute("PRAGMA cipher_page_size").fetchone()[0]
    pages = path.stat().st_size // int(size_of_page)
    return pages > 0 and len(connection.execute("PRAGMA cipher_integrity_check").fetchall()) >= pages


def integrity(connection: Connection) -> list[str]:
    """What is wrong with the pages, or else with the tables, in SQLite's words; empty when nothing is."""
    found = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
    found = found or [row[0] for row in connection.execute("PRAGMA integrity_check")]
    return [finding for finding in found if finding != "ok"]
