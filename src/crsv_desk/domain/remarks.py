"""Comments and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from crsv_desk.domain.admission import Held
from crsv_desk.domain.dossier import Remark, RemarkState
from crsv_desk.domain.roster import RosterState
from crsv_desk.domain.secretariat import Secretariat
from crsv_desk.domain.statements import Comment


def fold_remarks(
    comments: Sequence[Held], roster: RosterState, secretariat: Secretariat
) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """The remarks of members and the secretariat, and those of signers outside the roster under the name that they
    claim, each by id."""
    settlements: dict[str, list[Held]] = defaultdict(list)
    for one in comments:
        comment = comment_of(one)
        if comment.kind == "settlement" and comment.state and secretariat.says(one):
            settlements[comment.refers].append(one)
    remarks: list[Remark] = []
    unknown: list[Remark] = []
    for one in comments:
        if comment_of(one).kind == "settlement":
            continue
        organisation = roster.organisation(one) or (one.organisation if secretariat.says(one) else None)
        answers = tuple(settlements.get(one.id, ()))
        remark = Remark(one, organisation or one.organisation, _state(answers), answers)
        (unknown if organisation is None else remarks).append(remark)
    return tuple(remarks), tuple(unknown)


def comment_of(one: Held) -> Comment:
    """The statement of a held comment. Raises ``AssertionError`` for another type."""
    assert isinstance(one.statement, Comment)
    return one.statement


def _state(settlements: Sequence[Held]) -> RemarkState:
    if not settlements:
        return "open"
    states = sorted({comment_of(one).state for one in settlements})
    if len(states) > 1:
        return "contradictory"
    return states[0] or "open"
