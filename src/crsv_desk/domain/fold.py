"""The fold: from the set of statements and openings held to the dossier's state, whatever order they came in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from crsv_desk.domain.admission import Held
from crsv_desk.domain.answers import fold_answers
from crsv_desk.domain.dossier import NotCounted, State
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.remarks import fold_remarks
from crsv_desk.domain.roster import fold_roster
from crsv_desk.domain.secretariat import fold_secretariat
from crsv_desk.domain.statements import (
    Attestation,
    Call,
    Closing,
    Comment,
    Decline,
    Endorsement,
    Erasure,
    Genesis,
    Letter,
    Newer,
    Receipt,
    Roster,
    Statement,
    Withdrawal,
)
from crsv_desk.domain.versions import conflicts, heads, ordered
from crsv_desk.i18n import N_

S = TypeVar("S", bound=Statement)

SECRETARIAT_ONLY = (Letter, Call, Roster, Receipt, Closing, Erasure)
ERASABLE = (Comment, Endorsement, Decline, Withdrawal, Attestation)
MAY_BE_SEEN = (Letter, Roster, Call, Closing)


def fold(dossier: str, held: Iterable[Held], openings: Iterable[Opening] = ()) -> State:
    """The state of ``dossier``. Statements of other dossiers in ``held`` are ignored.

    Raises ``KeyError`` when the genesis itself is not held.
    """
    everything = {one.id: one for one in held if one.dossier == dossier}
    genesis = everything[dossier]
    assert isinstance(genesis.statement, Genesis)
    unread = sorted_by_id(one for one in everything.values() if isinstance(one.statement, Newer))
    readable = {key: one for key, one in everything.items() if isinstance(one.statement, Statement)}
    refused: list[NotCounted] = []

    secretariat = fold_secretariat(genesis, of(readable, Roster))
    ours: dict[str, Held] = {}
    for one in sorted_by_id(readable.values()):
        if isinstance(one.statement, SECRETARIAT_ONLY) and not secretariat.says(one):
            refused.append(
                NotCounted(one, N_("Only the secretariat can say this, and this key is not the secretariat's."), {})
            )
        elif _sees_too_much(one, readable):
            refused.append(NotCounted(one, N_("It points at another's answer, which no statement may do."), {}))
        else:
            ours[one.id] = one

    erased = {
        target
        for one in of(ours, Erasure)
        for target in _statement(one, Erasure).ids
        if target not in readable or isinstance(readable[target].statement, ERASABLE)
    }
    ours = {key: one for key, one in ours.items() if key not in erased}

    rosters = of(ours, Roster)
    roster = fold_roster(rosters, openings)
    letters, calls = of(ours, Letter), of(ours, Call)
    clashes = (*conflicts("letter", letters), *conflicts("call", calls))
    current, call = _only(heads(letters)), _only(heads(calls))
    remarks, unknown_remarks = fold_remarks(of(ours, Comment), roster, secretariat)
    answers = fold_answers(
        of(ours, Endorsement, Decline, Withdrawal),
        of(ours, Attestation),
        {one.id: one for one in letters},
        current,
        roster,
        secretariat,
        remarks,
    )
    return State(
        dossier=dossier,
        title=genesis.statement.title,
        secretariat=secretariat.in_force,
        letters=ordered(letters),
        current=current,
        call=call,
        members=roster.members,
        organisations=answers.organisations,
        remarks=remarks,
        unknown=sorted_by_id([*answers.unknown, *(one.held for one in unknown_remarks)]),
        unknown_remarks=unknown_remarks,
        not_counted=tuple(sorted([*refused, *answers.not_counted], key=lambda entry: (entry.held.id, entry.reason))),
        attestations=answers.attestations,
        closings=ordered(of(ours, Closing)),
        receipts=frozenset(target for one in of(ours, Receipt) for target in _statement(one, Receipt).ids),
        conflicts=clashes,
        unread=unread,
        erased=frozenset(erased),
        rosters=tuple(one.id for one in rosters),
    )


def of(held: Mapping[str, Held], *types: type[Statement]) -> tuple[Held, ...]:
    """Those of ``held`` that are of one of ``types``, sorted by id."""
    return sorted_by_id(one for one in held.values() if isinstance(one.statement, types))


def sorted_by_id(held: Iterable[Held]) -> tuple[Held, ...]:
    return tuple(sorted(held, key=lambda one: one.id))


def _statement(one: Held, cls: type[S]) -> S:
    assert isinstance(one.statement, cls)
    return one.statement


def _only(held: tuple[Held, ...]) -> Held | None:
    return held[0] if len(held) == 1 else None


def _sees_too_much(one: Held, readable: Mapping[str, Held]) -> bool:
    assert isinstance(one.statement, Statement)
    return any(
        target in readable and not isinstance(readable[target].statement, MAY_BE_SEEN) for target in one.statement.seen
    )
