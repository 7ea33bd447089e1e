"""What is where: the letters of a workspace, and who has answered what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from crsv_desk.domain.admission import Held
from crsv_desk.domain.codes import spoken
from crsv_desk.domain.dossier import OrganisationState, Remark, State
from crsv_desk.domain.exchange import exchanged
from crsv_desk.domain.fold import sorted_by_id
from crsv_desk.domain.later import day_of, is_notice
from crsv_desk.domain.remarks import comment_of, waits
from crsv_desk.domain.statements import (
    Attestation,
    Call,
    Comment,
    Decline,
    Endorsement,
    Letter,
    Newer,
    Statement,
    Withdrawal,
)
from crsv_desk.domain.versions import numbered
from crsv_desk.i18n import N_, _, spoken_now
from crsv_desk.services.answering import latest_own_in
from crsv_desk.services.book import Volume, is_secretariat, open_volume
from crsv_desk.services.confirm import candidates_in, knows_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import Draft, load_draft
from crsv_desk.services.revived import revived_keys

STANDINGS = {
    "invited": N_("invited"),
    "opened": N_("opened"),
    "remarks": N_("remarks"),
    "endorsed": N_("endorsed"),
    "conditional": N_("endorsed with a reservation"),
    "endorsed an older version": N_("endorsed an older version"),
    "declined": N_("declined"),
    "withdrawn": N_("withdrawn"),
    "attested": N_("declared by the secretariat"),
    "vouched": N_("declared by a voucher"),
    "unconfirmed": N_("waits for the phone check"),
}
VISIBLE = {
    "all": N_("everything"),
    "no-mark": N_("everything but the drawn mark"),
    "organisation": N_("the organisation alone"),
    "none": N_("nothing, it is counted"),
}
"""What the public sees of an endorsement."""


@dataclass(frozen=True, slots=True)
class LetterSummary:
    """One letter as a list shows it."""

    dossier: str
    title: str
    versions: int
    """The number of the newest version; 0 while it is a draft."""
    deadline: str
    lead: str
    secretariat: bool
    """This workspace is its secretariat."""
    confirmed: bool
    """Its secretariat's code was compared here."""
    own_answer: str
    """Type of this workspace's own answer that stands, or empty."""
    own_current: bool
    """That answer is for the text that stands now."""
    endorsed: int
    organisations: int
    letter_code: str
    letter: str
    problems: tuple[str, ...]
    """What contradicts itself, and, for the secretariat, keys that one laptop took back and another confirmed: translated
    sentences."""
    to_confirm: int = 0
    """Signers who wait for the phone check; 0 for others than the secretariat."""
    open_remarks: int = 0
    """Remarks that wait for the secretariat; 0 for others."""
    own_received: bool = False
    """The secretariat has confirmed that it has that answer."""


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One organisation and its answer."""

    organisation: str
    standing: str
    """A key of ``STANDINGS``."""
    version: int
    """The version it answered, or, without an answer, spoke of last; or 0."""
    time: str
    """Claimed; when it did so, or empty."""
    withheld: bool
    """Its name stays out of the public edition."""
    reason: str
    """Of a decline or withdrawal, or a reservation."""
    remarks: int
    contradictory: bool
    statement: str
    fingerprint: str
    """Of the key that signed, to compare its code."""
    later: str = ""
    """It said that it does not answer before this day, and has not answered yet."""
    vouched: int = 0
    """How many organisations without a name this voucher answers for."""
    several: int = 1
    """How many answers of it stand at once: of several people."""
    visible: str = ""
    """A key of ``VISIBLE``; empty for other answers than endorsements."""
    older: bool = False
    """It was declared that it signs a text that no longer stands: that is in no PDF until it is declared anew."""

    @property
    def words(self) -> str:
        """The standing, translated."""
        return _("declared for an older version") if self.older else _(STANDINGS[self.standing])


def list_letters(desk: Desk) -> Sequence[LetterSummary]:
    """Every letter here, newest last."""
    return [summary(desk, dossier) for dossier in desk.store.dossiers()]


def summary(desk: Desk, dossier: str) -> LetterSummary:
    """One letter. Raises ``KeyError`` when it is not here."""
    volume = open_volume(desk, dossier)
    return summary_in(desk, volume)


def summary_in(desk: Desk, volume: Volume) -> LetterSummary:
    """The same for a dossier that is open already."""
    state = volume.state
    dossier = state.dossier
    ours = is_secretariat(desk, state)
    letter = state.current.statement if state.current is not None else None
    call = state.call.statement if state.call is not None else None
    draft = load_draft(desk, dossier) if ours else None
    own = latest_own_in(desk, volume)
    own_letter = getattr(own.statement, "letter", "") if own is not None else ""
    return LetterSummary(
        dossier=dossier,
        title=letter.texts[0].subject if isinstance(letter, Letter) else _draft_title(draft) or state.title,
        versions=max((numbered(one).n for one in state.letters), default=0),
        deadline=call.deadline if isinstance(call, Call) else (draft.text("deadline") if draft else ""),
        lead=letter.lead if isinstance(letter, Letter) else (draft.text("lead") if draft else ""),
        secretariat=ours,
        confirmed=ours or knows_secretariat(desk, volume),
        own_answer=getattr(own.statement, "type", "") if own is not None else "",
        own_current=state.current is not None and own_letter == state.current.id,
        own_received=own is not None and own.id in state.receipts,
        endorsed=sum(one.standing == "endorsed" for one in state.organisations),
        organisations=len(state.organisations),
        letter_code=spoken(state.current.id) if state.current is not None else "",
        letter=state.current.id if state.current is not None else "",
        problems=(*problems(state), *(one.sentence for one in revived_keys(desk, volume))),
        to_confirm=len(candidates_in(desk, volume)) if ours else 0,
        open_remarks=volume.once("to settle", lambda: _to_settle(desk, state)) if ours else 0,
    )


def _draft_title(draft: Draft | None) -> str:
    return " ".join(draft.text("subject").split()) if draft is not None else ""


def status(desk: Desk, dossier: str) -> Sequence[StatusRow]:
    """Every organisation that is asked or has answered, by name; those who wait for a phone check last."""
    return status_in(desk, open_volume(desk, dossier))


def status_in(desk: Desk, volume: Volume) -> Sequence[StatusRow]:
    """The same for a dossier that is open already."""
    return volume.once(f"status in {spoken_now()}", lambda: _status(desk, volume))


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """The rows of a dossier with what they were made from: those of whom nothing has changed stay as they are."""

    rests_on: object
    """What every row rests on."""
    remarks: Sequence[Remark] = ()
    said: Mapping[str, Sequence[Held]] = field(default_factory=dict)
    """Every remark and notice, by organisation; sorted by id."""
    states: Mapping[str, OrganisationState] = field(default_factory=dict)
    rows: Mapping[str, StatusRow] = field(default_factory=dict)
    """By organisation."""
    unconfirmed: Mapping[str, StatusRow] = field(default_factory=dict)
    """By the id of the answer."""


def _status(desk: Desk, volume: Volume) -> Sequence[StatusRow]:
    state, key = volume.state, ("status", volume.state.dossier)
    # What is no letter of the secretariat's is among what does not count.
    rests_on = (spoken_now(), state.letters, state.not_counted)
    before: _Known | None = desk.shelf.derived.get(key, {}).get("rows")
    if before is None or before.rests_on != rests_on:
        before = _Known(rests_on)
    said, spoke = _said(before, state.remarks)
    rows, unconfirmed = dict[str, StatusRow](), dict[str, StatusRow]()
    for each in state.organisations:
        name = each.organisation
        same = before.states.get(name) == each and name not in spoke
        rows[name] = before.rows[name] if same else _row(volume, each, list(map(comment_of, said.get(name, ()))))
    for one in state.unknown:
        if isinstance(one.statement, Endorsement | Decline | Withdrawal):
            row = before.unconfirmed.get(one.id)
            unconfirmed[one.id] = row or _answered(volume, one, "unconfirmed", 0, False)
    states = {one.organisation: one for one in state.organisations}
    desk.shelf.derived[key] = {"rows": _Known(rests_on, state.remarks, said, states, rows, unconfirmed)}
    vouched = [_vouched(volume, one) for one in state.attestations if not _attestation(one).organisation]
    return [*rows.values(), *vouched, *unconfirmed.values()]


def _said(before: _Known, remarks: Sequence[Remark]) -> tuple[Mapping[str, Sequence[Held]], Collection[str]]:
    """Every remark by organisation, and the organisations of which there are others than before."""
    gone, came = (
        {(one.organisation, one.held.id): one.held for one in some} for some in exchanged(before.remarks, remarks)
    )
    more: dict[str, list[Held]] = {name: [] for name, key in gone if (name, key) not in came}
    for (name, key), held in came.items():
        if (name, key) not in gone:  # else only what became of it is another
            more.setdefault(name, []).append(held)
    said = dict(before.said)
    for name, new in more.items():
        left = [one for one in said.get(name, ()) if (name, one.id) not in gone or (name, one.id) in came]
        said[name] = sorted_by_id([*left, *new])
    return said, more.keys()


def problems(state: State) -> tuple[str, ...]:
    """What stands in the way of closing, as translated sentences."""
    found = []
    for clash in state.conflicts:
        sentence = (
            _("Two different texts carry number {number}: the secretariat's key signed both.")
            if clash.kind == "letter"
            else _("Two different calls carry number {number}.")
        )
        found.append(f"{sentence.format(number=clash.number)} ({', '.join(one[:12] for one in clash.ids)})")
    if state.unread:
        version = max(one.statement.format for one in state.unread if isinstance(one.statement, Newer))
        found.append(_("Something here needs CRSV Desk {version}; update to read it.").format(version=version))
    return tuple(found)


def _to_settle(desk: Desk, state: State) -> int:
    """How many remarks wait for the secretariat, also of those whose code was not compared yet; counted on from what was
    counted before."""
    key, ours = ("to settle", state.dossier), frozenset(state.secretariat)
    known = desk.shelf.derived.get(key)
    if known is None or known["ours"] != ours:
        known = {"remarks": ((), ()), "count": 0}
    count: int = known["count"]
    every = (state.remarks, state.unknown_remarks)
    for before, now in zip(known["remarks"], every, strict=True):
        gone, came = exchanged(before, now)
        count += sum(waits(one, ours) for one in came) - sum(waits(one, ours) for one in gone)
    desk.shelf.derived[key] = {"remarks": every, "count": count, "ours": ours}
    return count


def _attestation(one: Held) -> Attestation:
    assert isinstance(one.statement, Attestation)
    return one.statement


def _vouched(volume: Volume, one: Held) -> StatusRow:
    said = _attestation(one)
    reason = "" if said.answer == "endorse" else _("declined")
    return StatusRow(
        one.organisation, "vouched", _version(volume, said.letter), said.day, True, reason, 0, False, one.id,
        said.signer, vouched=said.count, older=_older(volume, said),
    )  # fmt: skip


def _older(volume: Volume, said: Attestation) -> bool:
    current = volume.state.current
    return said.answer == "endorse" and current is not None and said.letter != current.id


def _row(volume: Volume, state: OrganisationState, said: Sequence[Comment]) -> StatusRow:
    remarks = sum(not is_notice(one) for one in said)
    if state.standing == "attested":
        declared = max(state.attestations, key=lambda one: (_version(volume, _attestation(one).letter), one.id))
        attestation = _attestation(declared)
        number = _version(volume, attestation.letter)
        reason = "" if attestation.answer == "endorse" else _("declined")
        return StatusRow(
            state.organisation, "attested", number, attestation.day, False, reason, remarks, False,
            declared.id, "", older=_older(volume, attestation),
        )  # fmt: skip
    shown = state.counts or max(state.answers, key=lambda one: (_version(volume, _letter(one)), one.id), default=None)
    if shown is None:
        return _unanswered(volume, state, remarks, said)
    standing: str = state.standing
    if standing == "endorsed" and isinstance(shown.statement, Endorsement) and shown.statement.reservation.text:
        standing = "conditional"
    if standing in ("declined", "withdrawn"):
        shown = next(one for one in state.answers if isinstance(one.statement, Decline | Withdrawal))
    row = _answered(volume, shown, standing, remarks, state.contradictory, state.organisation)
    return replace(row, several=len(state.answers))


def _unanswered(volume: Volume, state: OrganisationState, remarks: int, said: Sequence[Comment]) -> StatusRow:
    """Nothing in version 1 says that a letter was opened; but whoever signed that it answers later has opened it."""
    latest = max(said, key=lambda one: (_version(volume, one.letter), one.time), default=None)
    return StatusRow(
        organisation=state.organisation,
        standing="opened" if state.standing == "remarks" and not remarks else state.standing,
        version=_version(volume, latest.letter) if latest is not None else 0,
        time=latest.time if latest is not None else "",
        withheld=False,
        reason="",
        remarks=remarks,
        contradictory=False,
        statement="",
        fingerprint="",
        later=max(map(day_of, said), default=""),
    )


def _answered(
    volume: Volume, held: Held, standing: str, remarks: int, contradictory: bool, organisation: str = ""
) -> StatusRow:
    answer = held.statement
    assert isinstance(answer, Endorsement | Decline | Withdrawal)
    reason = answer.reservation.text if isinstance(answer, Endorsement) else answer.reason
    return StatusRow(
        organisation=organisation or held.organisation,
        standing=standing,
        version=_version(volume, answer.letter),
        time=answer.time,
        withheld=bool(answer.reply),
        reason=reason,
        remarks=remarks,
        contradictory=contradictory,
        statement=held.id,
        fingerprint=answer.signer,
        visible=visible(answer) if isinstance(answer, Endorsement) else "",
    )


def _letter(one: Held) -> str:
    assert isinstance(one.statement, Endorsement | Decline | Withdrawal)
    return one.statement.letter


def visible(one: Endorsement) -> str:
    """What the public sees of an endorsement: a key of ``VISIBLE``."""
    if one.reply:
        return "none"
    if one.visibility.name != "shown":
        return "organisation"
    return "all" if one.visibility.mark == "shown" else "no-mark"


def _version(volume: Volume, letter_id: str) -> int:
    held = volume.held.get(letter_id)
    statement: Statement | object = held.statement if held is not None else None
    return statement.n if isinstance(statement, Letter) else 0
