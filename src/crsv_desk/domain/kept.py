"""A fold as a few bytes: everything held, the openings and the state that they amount to, to be had again at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from crsv_desk.domain.admission import Held
from crsv_desk.domain.columns import Columns, Reading, Writing
from crsv_desk.domain.dossier import State
from crsv_desk.domain.openings import Opening, remember_opening
from crsv_desk.domain.statements import TYPES, Statement

_COLUMNS = Columns({Held: "id", Opening: "entry"}, {Statement: tuple(TYPES.values())})


class Fold(NamedTuple):
    """The state of a dossier and all that it was made of."""

    held: Mapping[str, Held]
    openings: Mapping[str, Opening]
    """By roster entry."""
    state: State


def pack(fold: Fold) -> bytes:
    """For ``unpack`` of this very code, where nobody else writes."""
    out = Writing()
    out.numbers.extend((len(fold.held), len(fold.openings)))
    _COLUMNS.write(out, Held, list(fold.held.values()))
    _COLUMNS.write(out, Opening, list(fold.openings.values()))
    _COLUMNS.write(out, _Entries, [_Entries(tuple(fold.openings))])
    _COLUMNS.write(out, State, [fold.state])
    return out.data()


def unpack(data: bytes) -> Fold:
    """What ``pack`` was given."""
    source = Reading(data)
    held, openings = source.number(), source.number()
    everything = _COLUMNS.read(source, Held, held)
    opened = _COLUMNS.read(source, Opening, openings)
    [entries] = _COLUMNS.read(source, _Entries, 1)
    for opening, entry in zip(opened, entries.entries, strict=True):
        remember_opening(opening, entry)
    [state] = _COLUMNS.read(source, State, 1)
    return Fold({one.id: one for one in everything}, dict(zip(entries.entries, opened, strict=True)), state)


class _Entries(NamedTuple):
    entries: tuple[str, ...]
