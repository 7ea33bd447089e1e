"""The one place where an error of the database becomes a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from crsv_desk.domain.errors import DeskError, WorkspaceError
from crsv_desk.i18n import N_
from crsv_desk.storage import cipher

LOCKED = N_("This workspace is open in another window; close it there first.")
WRONG_KEY = N_(
    "The secret kept for this workspace does not fit it; put the file key.json back that belongs to it,"
    " or use a back-up of the whole folder."
)
DAMAGED = N_("This workspace is damaged; use a back-up of it.")
UNREADABLE = N_("The disk with this workspace does not answer as it should; check it, then open CRSV Desk again.")
NOT_WRITABLE = N_("This workspace cannot be written to; check whether its folder or disk is write-protected.")
FULL = N_("There is no room left on the disk, so the last change was not kept; make room and do it again.")
NEWER = N_("This workspace was last used with a newer CRSV Desk; install the newest version and open it again.")
MISSING = N_("There is no workspace in the folder {folder}; choose another folder, or make a new workspace.")
EXISTS = N_("There is already a workspace in the folder {folder}; open that one, or choose another folder.")
NO_FOLDER = N_("The folder {folder} cannot be used for a workspace ({reason}); choose another folder.")
NO_BACK_UP = N_("The back-up {name} was not made ({reason}); choose another place for it.")

_BY_NAME = {
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_IOERR": UNREADABLE,
    "SQLITE_CANTOPEN": UNREADABLE,
    "SQLITE_PROTOCOL": UNREADABLE,
    "SQLITE_READONLY": NOT_WRITABLE,
    "SQLITE_PERM": NOT_WRITABLE,
}


def primary_name(error: Exception) -> str:
    """The result code without its extension: ``SQLITE_IOERR`` for ``SQLITE_IOERR_FSYNC``."""
    return "_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])


@contextmanager
def told() -> Iterator[None]:
    """Turn what can happen to a database in the world into a sentence; our own mistakes pass through."""
    try:
        yield
    except cipher.Error as error:
        name = primary_name(error)
        if name == "SQLITE_FULL":
            raise DeskError(FULL) from error
        if name in _BY_NAME:
            raise WorkspaceError(_BY_NAME[name]) from error
        raise
