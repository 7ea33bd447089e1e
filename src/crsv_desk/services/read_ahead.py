"""What every page asks for first, worked out before it does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from crsv_desk.domain.errors import Refused
from crsv_desk.services.book import Volume, letter_blocks, open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import has_identity
from crsv_desk.services.overview import status, summary
from crsv_desk.services.remarks import list_remarks, rows_on_block


def read_first(desk: Desk) -> None:
    """What the first page shows of every dossier; the rest can be read ahead while somebody looks at it."""
    for dossier in _dossiers(desk):
        summary(desk, dossier)


def read_ahead(desk: Desk) -> None:
    """Read every dossier here that has changed, so that afterwards nobody waits for it: a large one takes a moment."""
    for dossier in _dossiers(desk):
        volume = open_volume(desk, dossier)
        volume.once("read ahead", partial(_read, desk, volume))


def _dossiers(desk: Desk) -> Sequence[str]:
    return desk.store.dossiers() if has_identity(desk) else ()


def _read(desk: Desk, volume: Volume) -> None:
    dossier = volume.state.dossier
    summary(desk, dossier)
    status(desk, dossier)
    list_remarks(desk, dossier)
    rows_on_block(desk, volume, "")
    if volume.state.current is not None:
        with suppress(Refused):  # a text that cannot be read: the page that shows it says so
            letter_blocks(desk, volume, volume.state.current.id)
