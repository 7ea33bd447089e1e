"""What organisations answered: replaced answers fall away, withdrawal or decline wins, each counts once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crsv_desk.domain.admission import Held
from crsv_desk.domain.dossier import NotCounted, OrganisationState, Remark, Standing
from crsv_desk.domain.remarks import comment_of
from crsv_desk.domain.roster import RosterState
from crsv_desk.domain.secretariat import Secretariat
from crsv_desk.domain.statements import Answer, Attestation, Decline, Endorsement, Withdrawal
from crsv_desk.domain.versions import counts_for, numbered
from crsv_desk.i18n import N_


@dataclass(frozen=True, slots=True)
class Answers:
    organisations: tuple[OrganisationState, ...]
    unknown: tuple[Held, ...]
    not_counted: tuple[NotCounted, ...]
    attestations: tuple[Held, ...]


def fold_answers(
    answers: Sequence[Held],
    attestations: Sequence[Held],
    letters: Mapping[str, Held],
    current: Held | None,
    roster: RosterState,
    secretariat: Secretariat,
    remarks: Sequence[Remark],
) -> Answers:
    """``answers`` and ``attestations`` sorted by id; ``letters`` by id."""
    unknown: list[Held] = []
    refused: list[NotCounted] = []
    by_organisation: dict[str, list[Held]] = defaultdict(list)
    for one in answers:
        organisation = roster.organisation(one)
        if organisation is not None:
            reason = _refusal(one, organisation, letters)
            if reason is None:
                by_organisation[organisation].append(one)
            else:
                refused.append(reason)
        elif one.statement.signer in roster.former:
            refused.append(NotCounted(one, N_("The secretariat has revoked the key that signed this."), {}))
        elif one.statement.signer in roster.disputed:
            refused.append(NotCounted(one, N_("Two organisations claim the key that signed this."), {}))
        else:
            unknown.append(one)
    spoken: dict[str, list[Held]] = defaultdict(list)
    vouched: dict[tuple[str, str], int] = defaultdict(int)
    for one in attestations:
        attestation = _attestation(one)
        reason = _attestation_refusal(one, attestation, roster, secretariat, letters, vouched)
        if reason is None:
            spoken[attestation.organisation].append(one)
        else:
            refused.append(reason)
    objected, counts = objections(remarks), _remark_counts(remarks)
    names = sorted({*roster.members, *by_organisation, *(name for name in spoken if name)})
    standing = {name: remaining(by_organisation[name]) for name in names}
    declared = {name: _standing_declarations(spoken[name], standing[name], letters) for name in names}
    states = tuple(
        organisation_state(name, standing[name], declared[name], letters, current, objected[name], counts[name])
        for name in names
    )
    left = [*spoken.get("", ()), *(one for group in declared.values() for one in group)]
    return Answers(states, tuple(unknown), tuple(refused), tuple(sorted(left, key=lambda one: one.id)))


def remaining(answers: Sequence[Held]) -> tuple[Held, ...]:
    """Those of one organisation's answers that no other of them replaces, sorted by id."""
    if len(answers) < 2:
        return tuple(answers)  # nearly everybody; an id cannot name itself
    replaced = {target for one in answers for target in answer_of(one).replaces}
    return tuple(sorted((one for one in answers if one.id not in replaced), key=lambda one: one.id))


def answer_of(one: Held) -> Answer:
    """The statement of a held answer. Raises ``AssertionError`` for another type."""
    assert isinstance(one.statement, Answer)
    return one.statement


def _refusal(one: Held, organisation: str, letters: Mapping[str, Held]) -> NotCounted | None:
    answer = answer_of(one)
    if isinstance(answer, Endorsement) and answer.organisation != organisation:
        return NotCounted(
            one,
            N_("It is in the name of {claimed}, but the key belongs to {organisation}."),
            {"claimed": answer.organisation, "organisation": organisation},
        )
    return None if answer.letter in letters else _without_letter(one)


def _without_letter(one: Held) -> NotCounted:
    return NotCounted(one, N_("It answers a text that the secretariat has not published in this dossier."), {})


def _attestation(one: Held) -> Attestation:
    assert isinstance(one.statement, Attestation)
    return one.statement


def _attestation_refusal(
    one: Held,
    attestation: Attestation,
    roster: RosterState,
    secretariat: Secretariat,
    letters: Mapping[str, Held],
    vouched: dict[tuple[str, str], int],
) -> NotCounted | None:
    """Why a declaration has no effect. A voucher declares numbers, never names, and for one text no more than the
    roster gives it; ``vouched`` adds up what was accepted, in the order of ids."""
    if attestation.letter not in letters:
        return _without_letter(one)
    if secretariat.says(one):
        return None
    member = roster.members.get(roster.organisation(one) or "")
    if member is None or not member.voucher or attestation.organisation:
        return NotCounted(one, N_("Only the secretariat or a voucher can declare another's answer."), {})
    so_far = vouched[member.organisation, attestation.letter]
    if so_far + attestation.count > member.voucher:
        return NotCounted(one, N_("It declares more answers than this voucher may speak for."), {})
    vouched[member.organisation, attestation.letter] = so_far + attestation.count
    return None


def _standing_declarations(
    attestations: Sequence[Held], own: Sequence[Held], letters: Mapping[str, Held]
) -> tuple[Held, ...]:
    """Of what was declared of one organisation: one for each text (declined before endorsed, then by id), except where
    its own answer (``own``, what remains) stands, to this text or a later one. Its own no stands whatever the text."""
    if not attestations or any(not isinstance(one.statement, Endorsement) for one in own):
        return ()
    latest = max((numbered(letters[answer_of(one).letter]).n for one in own), default=0)
    by_letter: dict[str, list[Held]] = defaultdict(list)
    for one in attestations:
        if numbered(letters[_attestation(one).letter]).n > latest:
            by_letter[_attestation(one).letter].append(one)
    return tuple(
        min(group, key=lambda one: (_attestation(one).answer != "decline", one.id))
        for _letter, group in sorted(by_letter.items())
    )


def objections(remarks: Sequence[Remark]) -> Mapping[str, frozenset[str]]:
    """Ids of the letter versions to which an organisation objected, by its name; none for any other name."""
    found: dict[str, set[str]] = defaultdict(set)
    for remark in remarks:
        if (comment := comment_of(remark.held)).kind == "objection":
            found[remark.organisation].add(comment.letter)
    return defaultdict(frozenset, {name: frozenset(ids) for name, ids in found.items()})


def _remark_counts(remarks: Sequence[Remark]) -> Mapping[str, int]:
    return Counter(remark.organisation for remark in remarks)


def organisation_state(
    name: str,
    left: tuple[Held, ...],
    attestations: Sequence[Held],
    letters: Mapping[str, Held],
    current: Held | None,
    objected: frozenset[str],
    remarks: int,
) -> OrganisationState:
    """What an organisation's answers that nothing replaced (``left``) amount to for the letter to answer."""
    endorsing = [one for one in left if isinstance(one.statement, Endorsement)]
    refusing = [one for one in left if isinstance(one.statement, (Decline, Withdrawal))]
    counting = []
    if not refusing and current is not None:
        for one in endorsing:
            assert isinstance(one.statement, Endorsement)
            if counts_for(one.statement, current, letters, objected):
                counting.append(one)
    # Of several that count the named one stands before the withheld one, and one for this very text before an older.
    counting.sort(
        key=lambda one: (answer_of(one).reply != "", current is None or answer_of(one).letter != current.id, one.id)
    )
    standing: Standing
    if refusing:
        standing = "withdrawn" if any(isinstance(one.statement, Withdrawal) for one in refusing) else "declined"
    elif counting:
        standing = "endorsed"
    elif attestations:
        standing = "attested"
    elif endorsing:
        standing = "endorsed an older version"
    else:
        standing = "remarks" if remarks else "invited"
    return OrganisationState(
        organisation=name,
        standing=standing,
        counts=counting[0] if counting else None,
        answers=left,
        contradictory=bool(refusing and endorsing) or _differ(endorsing),
        remarks=remarks,
        attestations=tuple(attestations),
    )


def _differ(endorsing: Sequence[Held]) -> bool:
    """Whether two people endorsed one text in ways that cannot both stand: named and withheld, or with different
    reservations. That both signed is no contradiction."""
    if len(endorsing) < 2:
        return False
    said: dict[str, set[tuple[bool, str, bool]]] = defaultdict(set)
    for one in endorsing:
        assert isinstance(one.statement, Endorsement)
        reservation = one.statement.reservation
        said[one.statement.letter].add((one.statement.reply != "", reservation.text, reservation.printed))
    return any(len(ways) > 1 for ways in said.values())
