"""What every page asks for first, worked out before it does."""

from __future__ import annotations

from crsv_desk.services.book import letter_blocks, open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import has_identity
from crsv_desk.services.overview import status, summary
from crsv_desk.services.remarks import list_remarks


def read_ahead(desk: Desk) -> None:
    """Read every dossier here, so that afterwards nobody waits for it: a large one takes a moment."""
    for dossier in desk.store.dossiers() if has_identity(desk) else ():
        summary(desk, dossier)
        status(desk, dossier)
        list_remarks(desk, dossier)
        volume = open_volume(desk, dossier)
        if volume.state.current is not None:
            letter_blocks(desk, volume, volume.state.current.id)
