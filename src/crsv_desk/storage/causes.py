"""Why a file could not be saved or read, as sentences."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import N_

SAVE_FULL = N_("Not saved: there is no room left on the disk or stick; your work is still safe on this computer.")
SAVE_LARGE = N_("Not saved: the disk or stick cannot hold a file this large; your work is still safe on this computer.")
SAVE_FORBIDDEN = N_(
    "Not saved: you may not write in {folder}, or {name} is open in another program;"
    " your work is still safe on this computer. Close it there, or choose another folder."
)
SAVE_NO_FOLDER = N_(
    "Not saved: the folder {folder} is not there (any more); your work is still safe on this computer."
    " Choose another folder."
)
SAVE_GONE = N_(
    "Not saved: the disk or stick does not answer (was it pulled out?); your work is still safe on this computer."
)
SAVE_FOLDER = N_(
    "Not saved: {name} is the name of a folder; your work is still safe on this computer. Choose another name."
)
SAVE_NAME = N_("Not saved: the name {name} cannot be used; your work is still safe on this computer. Choose another.")
SAVE_DIFFERS = N_(
    "Not saved: what came back from the disk or stick differs from what was written (it may be worn out);"
    " your work is still safe on this computer. Choose another place."
)
SAVE_OTHER = N_("Not saved: {reason}; your work is still safe on this computer. Choose another place.")

LOAD_MISSING = N_("The file {name} is not there (any more); look where it went, or ask for it again.")
LOAD_FOLDER = N_("{name} is a folder; choose a file in it.")
LOAD_OTHER = N_("{name} is not a file that can be read; choose another.")
LOAD_FORBIDDEN = N_("You may not read the file {name}; copy it into a folder of your own, or ask for it again.")
LOAD_GONE = N_("The file {name} cannot be read, because the disk or stick does not answer; try again or ask for it.")
LOAD_LARGE = N_("The file {name} is larger than {limit}, so it was not read; check that it is the right file.")
LOAD_UNREADABLE = N_("The file {name} cannot be read ({reason}); ask for it again.")

_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ETXTBSY)
_MISSING = (errno.ENOENT, errno.ENOTDIR)
_GONE = (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE)
_SAVE = {
    **dict.fromkeys((errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)), SAVE_FULL),
    errno.EFBIG: SAVE_LARGE,
    **dict.fromkeys(_FORBIDDEN, SAVE_FORBIDDEN),
    **dict.fromkeys(_MISSING, SAVE_NO_FOLDER),
    **dict.fromkeys(_GONE, SAVE_GONE),
    errno.EISDIR: SAVE_FOLDER,
    **dict.fromkeys((errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ), SAVE_NAME),
}
_LOAD = {
    **dict.fromkeys(_FORBIDDEN, LOAD_FORBIDDEN),
    **dict.fromkeys((*_MISSING, errno.ENAMETOOLONG), LOAD_MISSING),
    **dict.fromkeys(_GONE, LOAD_GONE),
    errno.EISDIR: LOAD_FOLDER,
}


def not_saved(error: OSError, target: Path) -> DeskError:
    """The sentence for a failure while saving ``target``."""
    message = _SAVE.get(error.errno or 0, SAVE_OTHER)
    return DeskError(message, folder=shown(str(target.parent)), name=shown(target.name), reason=error.strerror)


def not_read(error: OSError | ValueError, name: str) -> DeskError:
    """The sentence for a failure while reading the file called ``name``."""
    if not isinstance(error, OSError):
        return DeskError(LOAD_MISSING, name=name)
    return DeskError(_LOAD.get(error.errno or 0, LOAD_UNREADABLE), name=name, reason=error.strerror)


def shown(untrusted_name: str) -> str:
    """A file's name for a sentence: undecodable bytes, control and direction characters replaced."""
    text = os.fsencode(untrusted_name).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def size(count: int) -> str:
    """``count`` bytes in the largest unit that gives a whole number: ``25 MB``, ``64 kB``, ``10 bytes``."""
    for unit, factor in (("MB", 1024 * 1024), ("kB", 1024)):
        if count >= factor and count % factor == 0:
            return f"{count // factor} {unit}"
    return f"{count} bytes"
