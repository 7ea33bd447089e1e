"""One statement more without the whole fold, where it is of a kind that arrives or is issued often: a remark, a settlement,
and of the secretariat's a receipt, a letter or a call. The same state, or none at all.

Whatever could have another effect is left to the fold: a signer whom the state does not name, an objection, something that
is erased or that another statement points at already. A test holds it against the fold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from crsv_desk.domain.admission import Held
from crsv_desk.domain.answers import objections, organisation_state
from crsv_desk.domain.dossier import OrganisationState, Remark, State
from crsv_desk.domain.fold import MAY_BE_SEEN, only
from crsv_desk.domain.remarks import became_of
from crsv_desk.domain.statements import Call, Comment, Letter, Newer, Receipt, Statement
from crsv_desk.domain.versions import conflicts, heads, ordered


def pointed_at(held: Iterable[Held]) -> Iterator[str]:
    """Ids at which statements point in a way that matters when they arrive."""
    for one in held:
        if isinstance(one.statement, Statement):
            yield from one.statement.seen
        if isinstance(one.statement, Comment) and one.statement.refers:
            yield one.statement.refers


def with_one_more(state: State, held: Mapping[str, Held], one: Held, pointed: Collection[str]) -> State | None:
    """The fold of ``held`` and ``one`` (not among them), where ``state`` is the fold of ``held`` and ``pointed`` holds all
    that is ``pointed_at`` in it; ``None`` where only the fold can tell."""
    statement = one.statement
    if not isinstance(statement, (Comment, Receipt, Letter, Call)) or statement.dossier != state.dossier:
        return None
    if one.id in pointed or one.id in state.erased or one.id in held or not _sees_lawfully(statement, held):
        return None
    if isinstance(statement, Comment):
        return _with_comment(state, held, one, statement)
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


def _with_comment(state: State, held: Mapping[str, Held], one: Held, comment: Comment) -> State | None:
    if comment.kind == "settlement":
        return _settled(state, held, one, comment)
    name = next((name for name, member in state.members.items() if comment.signer in member.certificates), None)
    if name is None or comment.kind == "objection":
        return None
    return replace(
        state,
        remarks=_put(state.remarks, Remark(one, name, "open", ())),
        organisations=tuple(_heard(each) if each.organisation == name else each for each in state.organisations),
    )


def _sees_lawfully(statement: Statement, held: Mapping[str, Held]) -> bool:
    found = (held[target].statement for target in statement.seen if target in held)
    return all(isinstance(each, (*MAY_BE_SEEN, Newer)) for each in found)


def _heard(organisation: OrganisationState) -> OrganisationState:
    standing = "remarks" if organisation.standing == "invited" else organisation.standing
    return replace(organisation, remarks=organisation.remarks + 1, standing=standing)


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


def _id(remark: Remark) -> str:
    return remark.held.id


def _put(remarks: Sequence[Remark], one: Remark) -> tuple[Remark, ...]:
    at = bisect_left(remarks, one.held.id, key=_id)
    return (*remarks[:at], one, *remarks[at:])


def _place(remarks: Sequence[Remark], statement: str) -> int | None:
    at = bisect_left(remarks, statement, key=_id)
    return at if at < len(remarks) and remarks[at].held.id == statement else None
