"""Large dossiers kept for the next start, when nobody waits: behind this one, and at the end of the program."""

from __future__ import annotations

from contextlib import suppress

from crsv_desk.domain.errors import DeskError
from crsv_desk.services.book import open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.kept import keep_fold


def keep_folds(desk: Desk) -> None:
    """Keep what was opened here and is large, where the next start would have to read it whole."""
    with suppress(DeskError):  # no room on the disk: nothing is lost but time
        for dossier in tuple(desk.shelf.volumes):
            open_volume(desk, dossier)  # as it stands now
            keep_fold(desk, dossier, *desk.shelf.volumes[dossier])
