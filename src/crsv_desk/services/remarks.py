"""Remarks on the text: a comment, a proposed wording or a question, and what the secretariat made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from crsv_desk.domain.dossier import Remark
from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.names import check_text
from crsv_desk.domain.remarks import comment_of
from crsv_desk.domain.statements import Comment, Letter
from crsv_desk.domain.versions import numbered
from crsv_desk.i18n import N_, _
from crsv_desk.services.answering import Outgoing, reply_recipient, send_sealed, speaks_sealed, to_secretariat
from crsv_desk.services.book import (
    Volume,
    current_letter,
    issue,
    letter_blocks,
    open_volume,
    require_secretariat,
    seen,
)
from crsv_desk.services.confirm import require_confirmed_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import Draft, load_draft, save_draft
from crsv_desk.services.identity import own_identity

RemarkKind = Literal["comment", "proposal", "question", "objection"]
Verdict = Literal["taken", "partly", "declined"]
MOST = 20_000


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One remark as lists show it."""

    statement: str
    organisation: str
    version: int
    block: str
    """Block id, or empty for the whole letter."""
    stands: bool
    """The block is in the current text."""
    quote: str
    """The text of its block, as it was."""
    kind: str
    text: str
    proposal: str
    refers: str
    state: str
    """open, taken, partly, declined or contradictory."""
    answer: str
    """What the secretariat answered."""
    time: str
    """Claimed."""
    confirmed: bool
    """Its signer's code was compared, or it is one's own."""


def comment(
    desk: Desk,
    dossier: str,
    kind: RemarkKind,
    text: str,
    *,
    block: str = "",
    proposal: str = "",
    refers: str = "",
    sealed: bool = False,
) -> Outgoing:
    """Sign a remark on the current text and make it the file to send; sealed if this organisation's answer is.

    Raises ``UsageError`` for an unknown block, ``DeskError``.
    """
    if kind not in get_args(RemarkKind):
        raise UsageError(N_("A remark is a comment, a proposal, a question or an objection."))
    volume = open_volume(desk, dossier)
    letter = current_letter(volume.state)
    statement = letter.statement
    assert isinstance(statement, Letter)
    if block and block not in statement.blocks:
        raise UsageError(N_("The text has no block {block}; “letter show” lists them."), block=block)
    if not (text.strip() or proposal.strip()):
        raise UsageError(N_("Write the remark first."))
    sealed = sealed or speaks_sealed(desk, dossier)
    if sealed:
        require_confirmed_secretariat(desk, volume)
    with desk.store.atomic():
        packet = issue(
            desk,
            Comment,
            dossier,
            seen=seen(volume.state),
            letter=letter.id,
            language=statement.texts[0].language,
            block=block,
            kind=kind,
            text=check_text(text, MOST),
            proposal=check_text(proposal, MOST),
            refers=refers,
            state="",
            reply=reply_recipient(desk, dossier) if sealed else "",
        )
        return send_sealed(desk, volume, packet) if sealed else to_secretariat(desk, volume, packet)


def list_remarks(desk: Desk, dossier: str) -> Sequence[RemarkRow]:
    """Every remark: in the order of the text, general ones first, then by organisation."""
    volume = open_volume(desk, dossier)
    return volume.once("remarks", lambda: _rows(desk, volume))


def _rows(desk: Desk, volume: Volume) -> Sequence[RemarkRow]:
    own = own_identity(desk).fingerprint
    shown = _Shown(desk, volume)
    rows = [_row(shown, one, True) for one in volume.state.remarks]
    rows += [_row(shown, one, comment_of(one.held).signer == own) for one in volume.state.unknown_remarks]
    order = {block: at for at, block in enumerate(shown.current)}
    return sorted(rows, key=lambda row: (order.get(row.block, -1), row.organisation, row.time, row.statement))


def settle(desk: Desk, dossier: str, remark: str, state: Verdict, answer: str = "") -> RemarkRow:
    """Say what became of a remark (named by the beginning of its id); a proposal that is taken over changes the draft.

    Raises ``UsageError`` for an unknown remark, ``DeskError`` for others than the secretariat.
    """
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    target = _find(volume, remark)
    asked = comment_of(target.held)
    with desk.store.atomic():
        issue(
            desk,
            Comment,
            dossier,
            seen=seen(volume.state),
            letter=asked.letter,
            language=asked.language,
            block=asked.block,
            kind="settlement",
            text=check_text(answer, MOST),
            proposal="",
            refers=target.held.id,
            state=state,
            reply=asked.reply,
        )
        draft = load_draft(desk, dossier)
        if state == "taken" and asked.kind == "proposal" and draft is not None:
            save_draft(desk, _taken_over(desk, volume, draft, target))
    after = open_volume(desk, dossier)
    return _row(_Shown(desk, after), _find(after, target.held.id), True)


def _taken_over(desk: Desk, volume: Volume, draft: Draft, remark: Remark) -> Draft:
    """The draft with the block's words replaced, where they still stand there as they were."""
    asked = comment_of(remark.held)
    blocks = letter_blocks(desk, volume, asked.letter, asked.language)
    block = next((one for one in blocks if one.id == asked.block), None)
    if block is None or not asked.proposal.strip():
        return draft
    body = desk.letters.replace_block(draft.body, block, asked.proposal)
    return Draft(draft.dossier, draft.front, body, draft.remarks)


def _find(volume: Volume, beginning: str) -> Remark:
    found = [one for one in volume.state.remarks if beginning and one.held.id.startswith(beginning.lower())]
    if len(found) != 1:
        raise UsageError(N_("No single remark begins with {id}; “remarks” lists them."), id=beginning)
    return found[0]


class _Shown:
    """The texts that remarks stand on, each looked up once."""

    def __init__(self, desk: Desk, volume: Volume) -> None:
        self._desk, self._volume = desk, volume
        self._quotes: dict[tuple[str, str], Mapping[str, str]] = {}
        current = volume.state.current
        self.current: Mapping[str, None] = dict.fromkeys(volume.letter(current.id).blocks if current else ())
        """The blocks of the text that stands now, in its order."""
        self.numbers = {one.id: numbered(one).n for one in volume.state.letters}

    def quote(self, letter: str, language: str, block: str) -> str:
        """The words of a block as they were in a version; empty where that is not held."""
        key = (letter, language)
        if key not in self._quotes:
            known = letter in self.numbers
            blocks = letter_blocks(self._desk, self._volume, letter, language) if known else ()
            self._quotes[key] = {one.id: one.text for one in blocks}
        return self._quotes[key].get(block, "")


def _row(shown: _Shown, remark: Remark, confirmed: bool) -> RemarkRow:
    asked = comment_of(remark.held)
    return RemarkRow(
        statement=remark.held.id,
        organisation=remark.organisation,
        version=shown.numbers.get(asked.letter, 0),
        block=asked.block,
        stands=not asked.block or asked.block in shown.current,
        quote=shown.quote(asked.letter, asked.language, asked.block),
        kind=asked.kind,
        text=asked.text,
        proposal=asked.proposal,
        refers=asked.refers,
        state=remark.state,
        answer="\n".join(comment_of(one).text for one in remark.settlements if comment_of(one).text),
        time=asked.time,
        confirmed=confirmed,
    )


def remark_states() -> dict[str, str]:
    """The states of a remark, translated."""
    return {
        "open": _("open"),
        "taken": _("taken over"),
        "partly": _("partly taken over"),
        "declined": _("not taken over"),
        "contradictory": _("settled in two ways"),
    }
