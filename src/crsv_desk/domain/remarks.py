"""Comments and what became of them.

A remark may point at words inside its block: its text then begins with them, each line behind "> ", as in mail.

A settlement refers to its remark, or to the settlement that it replaces. One that another of the secretariat replaces
stands no longer: so whoever thinks better of it, or finds that two colleagues settled one remark in two ways, settles
it anew and replaces what stood.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from crsv_desk.domain.admission import Held
from crsv_desk.domain.dossier import Remark, RemarkState
from crsv_desk.domain.later import is_notice
from crsv_desk.domain.roster import RosterState
from crsv_desk.domain.secretariat import Secretariat
from crsv_desk.domain.statements import Comment

_QUOTE = "> "


def fold_remarks(
    comments: Sequence[Held], roster: RosterState, secretariat: Secretariat
) -> tuple[tuple[Remark, ...], tuple[Remark, ...]]:
    """The remarks of members and the secretariat, and those of signers outside the roster under the name that they
    claim, each by id."""
    settlements = _settlements(comments, secretariat)
    remarks: list[Remark] = []
    unknown: list[Remark] = []
    for one in comments:
        comment = one.statement
        if isinstance(comment, Comment) and comment.kind != "settlement":
            organisation = roster.organisation(one) or (one.organisation if secretariat.says(one) else None)
            answers = settlements.get(one.id, ())
            state = became_of(answers) if answers else "open"
            found = remarks if organisation is not None else unknown
            found.append(Remark(one, organisation or one.organisation, state, tuple(answers)))
    return tuple(remarks), tuple(unknown)


def waits(remark: Remark, secretariat: Container[str]) -> bool:
    """Whether it asks something of the secretariat (its keys, by fingerprint): it is not settled, says more than that an
    answer comes later, and is no reply of the secretariat itself."""
    said = comment_of(remark.held)
    return remark.state in ("open", "contradictory") and not replies_for(said, secretariat) and not is_notice(said)


def replies_for(said: Comment, secretariat: Container[str]) -> bool:
    """Whether it is a reply of the secretariat."""
    return bool(said.refers) and said.signer in secretariat


def comment_of(one: Held) -> Comment:
    """The statement of a held comment. Raises ``AssertionError`` for another type."""
    assert isinstance(one.statement, Comment)
    return one.statement


def quoting(words: str, text: str) -> str:
    """The text of a remark about ``words`` of its block; ``text`` alone where there are none."""
    lines = [_QUOTE + line for line in words.strip().split("\n")] if words.strip() else []
    return "\n".join([*lines, text])


def quoted(text: str) -> tuple[str, str]:
    """The words that a remark points at, or none, and what it says of them."""
    lines = text.split("\n")
    count = next((at for at, line in enumerate(lines) if not line.startswith(_QUOTE)), len(lines))
    return "\n".join(line.removeprefix(_QUOTE) for line in lines[:count]), "\n".join(lines[count:])


def _settlements(comments: Sequence[Held], secretariat: Secretariat) -> Mapping[str, list[Held]]:
    """Those that stand, by the remark that they settle."""
    kind = "settlement"
    lawful = {one.id: one for one in comments if comment_of(one).kind == kind and secretariat.says(one)}
    lawful = {key: one for key, one in lawful.items() if comment_of(one).state}
    replaced = {comment_of(one).refers for one in lawful.values()}
    found: dict[str, list[Held]] = defaultdict(list)
    for one in lawful.values():
        if one.id not in replaced:
            found[_settled(one, lawful)].append(one)
    return found


def _settled(one: Held, lawful: Mapping[str, Held]) -> str:
    """The remark at the end of a chain of settlements; an id cannot name itself, so there is an end."""
    target = comment_of(one).refers
    while target in lawful:
        target = comment_of(lawful[target]).refers
    return target


def became_of(settlements: Sequence[Held]) -> RemarkState:
    """What at least one settlement that stands makes of a remark."""
    states = sorted({comment_of(one).state for one in settlements})
    if len(states) > 1:
        return "contradictory"
    return states[0] or "open"
