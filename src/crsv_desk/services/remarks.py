"""Remarks on the text: a comment, a proposed wording or a question; and the file in which they go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

from crsv_desk.domain.dossier import Remark
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.names import check_text
from crsv_desk.domain.remarks import comment_of, quoting
from crsv_desk.domain.statements import Comment, Letter
from crsv_desk.i18n import N_, _
from crsv_desk.services.answering import (
    Outgoing,
    reply_recipient,
    send_sealed,
    several_outgoing,
    speaks_sealed,
    to_secretariat,
)
from crsv_desk.services.book import (
    Volume,
    current_letter,
    is_secretariat,
    issue,
    letter_blocks,
    open_volume,
    seen,
)
from crsv_desk.services.confirm import require_confirmed_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.remark_rows import RemarkRow as RemarkRow
from crsv_desk.services.remark_rows import rows_of

RemarkKind = Literal["comment", "proposal", "question", "objection"]
MOST = 20_000
UNSENT = "unsent"
"""Kind of the documents that name the remarks which no saved file holds yet."""


def comment(
    desk: Desk,
    dossier: str,
    kind: RemarkKind,
    text: str,
    *,
    block: str = "",
    words: str = "",
    proposal: str = "",
    refers: str = "",
    sealed: bool = False,
    language: str = "",
) -> Outgoing:
    """Sign a remark on the current text and make it a file to send; sealed if this organisation's answer is.

    ``words`` are those inside the block that it points at; ``refers`` begins the id of the remark that it replies to;
    ``language`` says in which of the letter's texts the block was read and other words are proposed: without, that of
    the remark replied to, or the first. Raises ``UsageError`` for an unknown block or language, other words or an unknown
    remark; ``DeskError``.
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
    asked = comment_of(find_remark(volume, refers).held) if refers else None
    language = _language(statement, language, asked)
    blocks = letter_blocks(desk, volume, letter.id, language)
    if words and not any(one.id == block and words in one.text for one in blocks):
        raise UsageError(N_("This paragraph does not say “{words}”."), words=words)
    if kind == "objection":
        _require_correction(statement)
    target = find_remark(volume, refers).held.id if refers else ""
    asker = asked.reply if asked is not None and is_secretariat(desk, volume.state) else ""
    sealed = not asker and (sealed or speaks_sealed(desk, dossier))
    if sealed:
        require_confirmed_secretariat(desk, volume)
    with desk.store.atomic():
        packet = issue(
            desk,
            Comment,
            dossier,
            seen=seen(volume.state),
            letter=letter.id,
            language=language,
            block=block,
            kind=kind,
            text=quoting(words, check_text(text, MOST)),
            proposal=check_text(proposal, MOST),
            refers=target,
            state="",
            reply=reply_recipient(desk, dossier) if sealed else asker,
        )
        out = send_sealed(desk, volume, packet, asker) if sealed or asker else to_secretariat(desk, volume, packet)
        desk.store.put_document(dossier, UNSENT, out.statement, b"")
    return out


def _language(letter: Letter, language: str, asked: Comment | None) -> str:
    known = [text.language for text in letter.texts]
    if language and language not in known:
        raise UsageError(
            N_("This letter is not in {language}; it is in: {known}"), language=language, known=", ".join(known)
        )
    if not language and asked is not None and asked.language in known:
        return asked.language
    return language or known[0]


def unsent(desk: Desk, dossier: str) -> Sequence[Outgoing]:
    """The remarks made here that no saved file holds yet, in the order in which they were made."""
    return several_outgoing(desk, dossier, desk.store.documents(dossier, UNSENT))


def remarks_file(desk: Desk, dossier: str) -> Outgoing:
    """One file with every remark that waits. Sealed ones never share a file with open ones, which would say whose
    they are: they come first, and the rest in a next file. Raises ``DeskError`` when none waits."""
    waiting = unsent(desk, dossier)
    together = [one for one in waiting if one.sealed] or waiting
    if not together:
        raise DeskError(N_("There is no remark to send; write one first."))
    if len(together) == 1:
        return together[0]
    data = desk.packets.bundle([member for one in together for member in _members(desk, one)])
    return replace(together[0], data=data, statement=" ".join(one.statement for one in together))


def mark_sent(desk: Desk, dossier: str, out: Outgoing) -> None:
    """Remember that the remarks of a file were saved."""
    with desk.store.atomic():
        for statement in out.statement.split():
            desk.store.delete_document(dossier, UNSENT, statement)


def list_remarks(desk: Desk, dossier: str) -> Sequence[RemarkRow]:
    """Every remark: in the order of the text, general ones first, then by organisation; replies behind what they reply
    to."""
    return rows_of(desk, open_volume(desk, dossier)).listed


def rows_by_id(desk: Desk, volume: Volume) -> Mapping[str, RemarkRow]:
    """The same without threads, to look one up."""
    return rows_of(desk, volume).by_id


def find_row(desk: Desk, volume: Volume, beginning: str) -> RemarkRow:
    """The one remark whose id begins so. Raises ``UsageError``."""
    rows = rows_by_id(desk, volume)
    return rows[beginning] if beginning in rows else rows[find_remark(volume, beginning).held.id]


def replies(desk: Desk, volume: Volume) -> Mapping[str, Sequence[RemarkRow]]:
    """The remarks that reply to another, by its id, in the order of the text."""
    return rows_of(desk, volume).replies


def rows_on_block(desk: Desk, volume: Volume, block: str) -> Sequence[RemarkRow]:
    """The remarks on one block (empty: on the whole letter)."""
    return rows_of(desk, volume).by_block.get(block, ())


def facts(row: RemarkRow) -> Mapping[str, object]:
    """Everything that a row says, by name."""
    names = (
        "statement", "organisation", "version", "language", "block", "stands", "beside", "quote", "kind", "words", "text",
        "proposal", "refers", "state", "answer", "time", "confirmed", "own", "sealed", "settled",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}


def find_remark(volume: Volume, beginning: str) -> Remark:
    """The one remark whose id begins so. Raises ``UsageError``."""
    everything = volume.once("remarks by id", lambda: _by_id(volume))
    if beginning in everything:
        return everything[beginning]
    found = [one for key, one in everything.items() if beginning and key.startswith(beginning.lower())]
    if len(found) != 1:
        raise UsageError(N_("No single remark begins with {id}; “remarks” lists them."), id=beginning)
    return found[0]


def remark_states() -> dict[str, str]:
    """The states of a remark, translated."""
    return {
        "open": _("open"),
        "notice": _("nothing to settle"),
        "taken": _("taken over"),
        "partly": _("partly taken over"),
        "declined": _("not taken over"),
        "contradictory": _("settled in two ways"),
    }


def _by_id(volume: Volume) -> Mapping[str, Remark]:
    return {one.held.id: one for one in (*volume.state.remarks, *volume.state.unknown_remarks)}


def _members(desk: Desk, out: Outgoing) -> Sequence[bytes]:
    return desk.packets.members(out.data) if desk.packets.kind(out.data) == "bundle" else [out.data]


def _require_correction(letter: Letter) -> None:
    if not letter.correction.blocks:
        raise UsageError(N_("This text is no correction; decline it, or comment on it."))
