"""One statement more without the whole fold, where it is of a kind that arrives or is issued often: a remark, a settlement,
an answer, and of the secretariat's a receipt, a letter or a call. The same state, or none at all.

Whatever could have another effect is left to the fold: a signer whose key was revoked, an objection, an answer of somebody
for whom another spoke, something that is erased or that another statement points at already. A test holds it against the
fold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

from crsv_desk.domain.admission import Held
from crsv_desk.domain.answers import answer_of, objections, organisation_state
from crsv_desk.domain.dossier import OrganisationState, Remark, State
from crsv_desk.domain.fold import MAY_BE_SEEN, only
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.remarks import became_of
from crsv_desk.domain.secretariat import keys_of
from crsv_desk.domain.statements import (
    Attestation,
    Call,
    Comment,
    Decline,
    Endorsement,
    Letter,
    Newer,
    Receipt,
    Statement,
    Withdrawal,
)
from crsv_desk.domain.versions import conflicts, heads, ordered

T = TypeVar("T")
Told = (Comment, Endorsement, Decline, Withdrawal, Receipt, Letter, Call)
"""Of these one more can be told without the fold."""


def pointed_at(held: Iterable[Held]) -> Iterator[str]:
    """Ids at which statements point in a way that matters when they arrive."""
    for one in held:
        statement = one.statement
        if isinstance(statement, Statement):
            yield from statement.seen
        if isinstance(statement, Comment):
            if statement.refers:
                yield statement.refers
        elif isinstance(statement, (Endorsement, Decline, Withdrawal)):
            yield from statement.replaces


def with_one_more(
    state: State, held: Mapping[str, Held], openings: Iterable[Opening], one: Held, pointed: Collection[str]
) -> State | None:
    """The fold of ``held``, ``openings`` and ``one`` (not among them), where ``state`` is the fold without it and ``pointed``
    holds all that is ``pointed_at`` in it, or more; ``None`` where only the fold can tell."""
    statement = one.statement
    if not isinstance(statement, Told) or statement.dossier != state.dossier:
        return None
    if one.id in pointed or one.id in state.erased or one.id in held or not _sees_lawfully(statement, held):
        return None
    if isinstance(statement, (Endorsement, Decline, Withdrawal)):
        name = _speaks_for(state, one)
        return _by_a_stranger(state, held, openings, one) if name is None else _answered(state, held, one, name)
    if isinstance(statement, Comment):
        return _with_comment(state, held, openings, one, statement)
    if statement.signer not in state.secretariat:
        return None
    match statement:
        case Receipt():
            return replace(state, receipts=state.receipts.union(statement.ids))
        case Letter():
            return _with_letter(state, one)
        case Call():
            return _with_call(state, held, one)


def _with_letter(state: State, one: Held) -> State | None:
    """Another text to answer, or one that lies between. Who answered it already is left to the fold."""
    if any(getattr(entry.held.statement, "letter", "") == one.id for entry in state.not_counted):
        return None
    every = (*state.letters, one)
    current = only(heads(every))
    by_id = {each.id: each for each in every}
    objected = objections(state.remarks) if any(_corrects(each) for each in every) else defaultdict(frozenset[str])
    return replace(
        state,
        letters=ordered(every),
        current=current,
        conflicts=(*conflicts("letter", every), *(clash for clash in state.conflicts if clash.kind == "call")),
        organisations=tuple(
            organisation_state(
                each.organisation,
                each.answers,
                each.attestations,
                by_id,
                current,
                objected[each.organisation],
                each.remarks,
            )
            for each in state.organisations
        ),
    )


def _corrects(letter: Held) -> bool:
    """Only to corrections can anybody object."""
    return isinstance(letter.statement, Letter) and bool(letter.statement.correction.blocks)


def _with_call(state: State, held: Mapping[str, Held], one: Held) -> State:
    not_ours = {entry.held.id for entry in state.not_counted}
    every = [each for each in held.values() if isinstance(each.statement, Call) and each.id not in not_ours] + [one]
    clashes = (*(clash for clash in state.conflicts if clash.kind == "letter"), *conflicts("call", every))
    return replace(state, call=only(heads(every)), conflicts=clashes)


def _speaks_for(state: State, one: Held) -> str | None:
    """Which organisation gave its signer a key that is in force."""
    signer = one.statement.signer
    return next((name for name, member in state.members.items() if signer in member.certificates), None)


def _with_comment(
    state: State, held: Mapping[str, Held], openings: Iterable[Opening], one: Held, comment: Comment
) -> State | None:
    if comment.kind == "settlement":
        return _settled(state, held, one, comment)
    if comment.kind == "objection":
        return None
    name = _speaks_for(state, one)
    if name is None:
        return _by_a_stranger(state, held, openings, one)
    return replace(
        state,
        remarks=_put(state.remarks, Remark(one, name, "open", ()), _remark_id),
        organisations=tuple(_heard(each) if each.organisation == name else each for each in state.organisations),
    )


def _sees_lawfully(statement: Statement, held: Mapping[str, Held]) -> bool:
    found = (held[target].statement for target in statement.seen if target in held)
    return all(isinstance(each, (*MAY_BE_SEEN, Newer)) for each in found)


def _heard(organisation: OrganisationState) -> OrganisationState:
    standing = "remarks" if organisation.standing == "invited" else organisation.standing
    return replace(organisation, remarks=organisation.remarks + 1, standing=standing)


def _by_a_stranger(state: State, held: Mapping[str, Held], openings: Iterable[Opening], one: Held) -> State | None:
    """It waits for the phone check, if its signer's key was never named: of those that were the fold knows more."""
    signer = one.statement.signer
    if any(signer in opening.certificates for opening in openings):
        return None
    unknown = _put(state.unknown, one, _id)
    if not isinstance(one.statement, Comment):
        return replace(state, unknown=unknown)
    if any(signer in keys_of(each) for each in held.values()):
        return None
    remark = Remark(one, one.organisation, "open", ())
    return replace(state, unknown=unknown, unknown_remarks=_put(state.unknown_remarks, remark, _remark_id))


def _answered(state: State, held: Mapping[str, Held], one: Held, name: str) -> State | None:
    """It stands beside the organisation's other answers, or in place of those that it replaces."""
    answer = answer_of(one)
    letters = {each.id: each for each in state.letters}
    if answer.letter not in letters or (isinstance(answer, Endorsement) and answer.organisation != name):
        return None
    if any(isinstance(each.statement, Attestation) and each.statement.organisation == name for each in held.values()):
        return None
    at = next(at for at, each in enumerate(state.organisations) if each.organisation == name)
    before = state.organisations[at]
    left = _put([each for each in before.answers if each.id not in answer.replaces], one, _id)
    objected = objections(state.remarks) if any(map(_corrects, state.letters)) else defaultdict(frozenset[str])
    now = organisation_state(name, left, (), letters, state.current, objected[name], before.remarks)
    return replace(state, organisations=(*state.organisations[:at], now, *state.organisations[at + 1 :]))


def _settled(state: State, held: Mapping[str, Held], one: Held, comment: Comment) -> State | None:
    """It replaces the settlement to which it refers, if any, and settles the remark at the end of the chain."""
    without_effect = {entry.held.id for entry in state.not_counted} | state.erased
    target, settlement = comment.refers, held.get(comment.refers)
    while settlement is not None and _is_settlement(settlement):
        if settlement.statement.signer not in state.secretariat or settlement.id in without_effect:
            return None
        assert isinstance(settlement.statement, Comment)
        target, settlement = settlement.statement.refers, held.get(settlement.statement.refers)
    at = _place(state.remarks, target)
    if comment.signer not in state.secretariat or at is None:
        return None
    before = state.remarks[at]
    left = [each for each in before.settlements if each.id != comment.refers]
    settlements = tuple(sorted([*left, one], key=attrgetter("id")))
    remark = before._replace(settlements=settlements, state=became_of(settlements))
    return replace(state, remarks=(*state.remarks[:at], remark, *state.remarks[at + 1 :]))


def _is_settlement(one: Held) -> bool:
    return isinstance(one.statement, Comment) and one.statement.kind == "settlement"


def _id(one: Held) -> str:
    return one.id


def _remark_id(remark: Remark) -> str:
    return remark.held.id


def _put(before: Sequence[T], one: T, key: Callable[[T], str]) -> tuple[T, ...]:
    """``one`` in its place among others that are sorted by ``key``."""
    at = bisect_left(before, key(one), key=key)
    return (*before[:at], one, *before[at:])


def _place(remarks: Sequence[Remark], statement: str) -> int | None:
    at = bisect_left(remarks, statement, key=_remark_id)
    return at if at < len(remarks) and remarks[at].held.id == statement else None
