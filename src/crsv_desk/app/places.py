"""Where things lie when nobody says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

WORKSPACE_VARIABLE = "CRSV_DESK_WORKSPACE"
PASSPHRASE_VARIABLE = "CRSV_DESK_PASSPHRASE_FILE"  # noqa: S105 (a name)


def default_workspace() -> Path:
    """$CRSV_DESK_WORKSPACE, else the platform's data folder."""
    named = os.environ.get(WORKSPACE_VARIABLE)
    return Path(named) if named else user_data_path("crsv-desk", appauthor=False)


def passphrase_file() -> Path | None:
    """$CRSV_DESK_PASSPHRASE_FILE, if it is set."""
    named = os.environ.get(PASSPHRASE_VARIABLE)
    return Path(named) if named else None
