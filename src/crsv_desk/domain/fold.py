"""The fold: from the set of statements and openings held to the dossier's state, whatever order they came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from operator import attrgetter
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
    everything = {one.id: one for one in sorted_by_id(held) if one.dossier == dossier}
    genesis = everything[dossier]
    assert isinstance(genesis.statement, Genesis)
    groups = _group(everything.values())
    unread = tuple(groups.pop(Newer, ()))

    secretariat = fold_secretariat(genesis, groups[Roster])
    refused: dict[str, NotCounted] = {}
    for cls in SECRETARIAT_ONLY:
        for one in groups[cls]:
            if not secretariat.says(one):
                reason = N_("Only the secretariat can say this, and this key is not the secretariat's.")
                refused[one.id] = NotCounted(one, reason, {})
    if forbidden := _seen_unlawfully(groups, everything):
        for one in chain.from_iterable(groups.values()):
            if one.id not in refused and not forbidden.isdisjoint(_seen(one)):
                reason = N_("It points at another's answer, which no statement may do.")
                refused[one.id] = NotCounted(one, reason, {})
    lawful = _without(groups, refused)

    erased = {
        target
        for one in lawful[Erasure]
        for target in _statement(one, Erasure).ids
        if target not in everything or isinstance(everything[target].statement, (*ERASABLE, Newer))
    }
    ours = _without(lawful, erased)

    rosters = ours[Roster]
    roster = fold_roster(rosters, openings)
    letters, calls = ours[Letter], ours[Call]
    clashes = (*conflicts("letter", letters), *conflicts("call", calls))
    current, call = only(heads(letters)), only(heads(calls))
    remarks, unknown_remarks = fold_remarks(ours[Comment], roster, secretariat)
    answers = fold_answers(
        sorted_by_id([*ours[Endorsement], *ours[Decline], *ours[Withdrawal]]),
        ours[Attestation],
        {one.id: one for one in letters},
        current,
        roster,
        secretariat,
        remarks,
    )
    return State(
        dossier=dossier,
        title=genesis.statement.title,
        began_by=genesis.statement.signer,
        secretariat=secretariat.in_force,
        letters=ordered(letters),
        current=current,
        call=call,
        members=roster.members,
        organisations=answers.organisations,
        remarks=remarks,
        unknown=sorted_by_id([*answers.unknown, *(one.held for one in unknown_remarks)]),
        unknown_remarks=unknown_remarks,
        not_counted=tuple(
            sorted([*refused.values(), *answers.not_counted], key=lambda entry: (entry.held.id, entry.reason))
        ),
        attestations=answers.attestations,
        closings=ordered(ours[Closing]),
        receipts=frozenset(target for one in ours[Receipt] for target in _statement(one, Receipt).ids),
        conflicts=clashes,
        unread=unread,
        erased=frozenset(erased),
        rosters=tuple(one.id for one in rosters),
    )


def sorted_by_id(held: Iterable[Held]) -> tuple[Held, ...]:
    return tuple(sorted(held, key=attrgetter("id")))


def _group(held: Iterable[Held]) -> dict[type, list[Held]]:
    """By type of statement, in the order given."""
    groups: dict[type, list[Held]] = defaultdict(list)
    for one in held:
        groups[type(one.statement)].append(one)
    return groups


def _without(groups: Mapping[type, list[Held]], ids: Collection[str]) -> Mapping[type, list[Held]]:
    """The same groups less some statements."""
    if not ids:
        return groups
    return defaultdict(list, {cls: [one for one in group if one.id not in ids] for cls, group in groups.items()})


def _seen_unlawfully(groups: Mapping[type, list[Held]], everything: Mapping[str, Held]) -> frozenset[str]:
    """What some statement points at and may not: the targets are few, and looked up once each."""
    targets = set(chain.from_iterable(_seen(one) for one in chain.from_iterable(groups.values())))
    found = (everything[target] for target in targets if target in everything)
    return frozenset(one.id for one in found if not isinstance(one.statement, (*MAY_BE_SEEN, Newer)))


def _statement(one: Held, cls: type[S]) -> S:
    assert isinstance(one.statement, cls)
    return one.statement


def only(held: tuple[Held, ...]) -> Held | None:
    """The one, where there are neither none nor several."""
    return held[0] if len(held) == 1 else None


def _seen(one: Held) -> tuple[str, ...]:
    assert isinstance(one.statement, Statement)
    return one.statement.seen
