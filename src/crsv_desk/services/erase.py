"""Destroy what a statement said, for good: its id and digest stay, so that the state is the same and it never returns."""

from __future__ import annotations

from collections.abc import Sequence

from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.fold import ERASABLE
from crsv_desk.domain.statements import Erasure
from crsv_desk.i18n import N_
from crsv_desk.services.book import issue, open_volume, require_secretariat, seen
from crsv_desk.services.desk import Desk

_BESIDE = ("disclosure", "outbox")
"""Documents that hold content of the statement whose id is their key."""


def erase(desk: Desk, dossier: str, statements: Sequence[str]) -> Sequence[str]:
    """Destroy answers, remarks or declarations, named by the beginning of their ids; their full ids are returned.

    Raises ``UsageError`` for what is no single such statement, ``DeskError`` for others than the secretariat.
    """
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    targets = set()
    for beginning in statements:
        found = [
            key
            for key, one in volume.held.items()
            if beginning and key.startswith(beginning.lower()) and isinstance(one.statement, ERASABLE)
        ]
        if len(found) != 1:
            raise UsageError(N_("No single answer or remark begins with {id}."), id=beginning)
        targets.add(found[0])
    with desk.store.atomic():
        issue(desk, Erasure, dossier, seen=seen(volume.state), ids=tuple(sorted(targets)))
        destroy_erased(desk, dossier)
    return sorted(targets)


def destroy_erased(desk: Desk, dossier: str) -> None:
    """Destroy the content of everything that the secretariat's erasures name."""
    volume = open_volume(desk, dossier)
    for key in sorted(volume.state.erased):
        if key in volume.held:
            desk.store.erase_packet(key)
        for kind in _BESIDE:
            desk.store.delete_document(dossier, kind, key)
