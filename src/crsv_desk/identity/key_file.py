"""``key.json``: which way the workspace's secret is kept. It holds no secret that is not wrapped."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from crsv_desk.domain.canonical import Json, dump
from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.i18n import N_

NAME = "key.json"

_LARGEST = 4096
_MISSING = N_("There is no workspace in the folder {folder}; choose another folder, or make a new workspace.")
_EXISTS = N_("There is already a workspace in the folder {folder}; open that one, or choose another folder.")
_NEWER = N_("This workspace was made with a newer CRSV Desk; install the newest version and open it again.")
_DAMAGED = N_("The file key.json of this workspace is damaged; put it back from a back-up of the folder.")
_UNREADABLE = N_("The file key.json of this workspace cannot be read ({reason}); check the folder or the disk.")
_NOT_WRITTEN = N_("The folder {folder} cannot be used for a workspace ({reason}); choose another folder.")


def damaged() -> WorkspaceError:
    """The error for a record that cannot be used."""
    return WorkspaceError(_DAMAGED)


def read(folder: Path) -> dict[str, Json]:
    """The record in ``folder``: an object whose ``v`` is 1. Raises ``WorkspaceError``."""
    try:
        with (folder / NAME).open("rb") as file:
            untrusted_data = file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise WorkspaceError(_MISSING, folder=folder) from error
    except OSError as error:
        raise WorkspaceError(_UNREADABLE, reason=error.strerror) from error
    try:
        untrusted_record = json.loads(untrusted_data)
    except (ValueError, RecursionError) as error:
        raise damaged() from error
    if len(untrusted_data) > _LARGEST or not isinstance(untrusted_record, dict):
        raise damaged()
    version = untrusted_record.get("v")
    if type(version) is not int or version < 1:
        raise damaged()
    if version > 1:
        raise WorkspaceError(_NEWER)
    return untrusted_record


def write(folder: Path, record: Mapping[str, Json]) -> None:
    """Keep a new ``record`` whole or not at all, for the person only. It never takes the place of another.

    Raises ``WorkspaceError``; an older record is whole then.
    """
    temporary = folder / f".{NAME}-{secrets.token_hex(8)}"
    data = dump(dict(record))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(descriptor)
            if temporary.read_bytes() != data:
                raise OSError(0, "what was written did not come back")
            _name(temporary, folder / NAME)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except FileExistsError as error:
        raise WorkspaceError(_EXISTS, folder=folder) from error
    except OSError as error:
        raise WorkspaceError(_NOT_WRITTEN, folder=folder, reason=error.strerror) from error


def _name(temporary: Path, path: Path) -> None:
    if path.exists():
        raise FileExistsError(path)
    if os.name == "nt":
        temporary.rename(path)  # which refuses an existing name there
        return
    _link(temporary, path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _link(temporary: Path, path: Path) -> None:
    """Name a new file so that of two processes at once only one succeeds, where the disk knows hard links."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        temporary.replace(path)
