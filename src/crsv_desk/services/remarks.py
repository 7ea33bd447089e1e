"""Remarks on the text: a comment, a proposed wording or a question; and the file in which they go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Literal, get_args

from crsv_desk.domain.dossier import Remark, RemarkState
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.later import is_notice
from crsv_desk.domain.names import check_text
from crsv_desk.domain.remarks import comment_of, quoted, quoting
from crsv_desk.domain.statements import Comment, Letter
from crsv_desk.domain.versions import numbered
from crsv_desk.i18n import N_, _
from crsv_desk.services.answering import (
    Outgoing,
    outgoing,
    reply_recipient,
    send_sealed,
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
from crsv_desk.services.identity import own_identity

RemarkKind = Literal["comment", "proposal", "question", "objection"]
MOST = 20_000
UNSENT = "unsent"
"""Kind of the documents that name the remarks which no saved file holds yet."""


@dataclass(frozen=True, slots=True)
class Settled:
    """One settlement that stands."""

    statement: str
    state: str
    text: str
    """The reason or answer."""
    words: str
    """The words that the paragraph got, where the draft took some over."""
    time: str
    """Claimed."""


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One remark as lists show it. There may be thousands: what few of them show is looked up when they do."""

    remark: Remark
    said: Comment
    version: int
    stands: bool
    """The block is in the current text."""
    confirmed: bool
    """Its signer's code was compared, or it is one's own."""
    own: bool
    """It was signed here."""
    state: RemarkState | Literal["notice"]
    """What became of it; "notice" where it only says that an answer comes later."""
    beside: str
    """The block of the text that stands beside which it is shown: its own, or, where that is gone, the one that stood
    before it; empty for the whole letter, and at its beginning."""
    place: tuple[int, bool, str, str, str]
    """By what it stands where it does: the place of the block beside it in the text, whether its own is gone,
    organisation, time and id."""
    texts: Texts = field(repr=False, compare=False)

    @property
    def statement(self) -> str:
        return self.remark.held.id

    @property
    def organisation(self) -> str:
        return self.remark.organisation

    @property
    def block(self) -> str:
        """Block id, or empty for the whole letter."""
        return self.said.block

    @property
    def language(self) -> str:
        """In which of the letter's texts the block was read."""
        return self.said.language

    @property
    def translation(self) -> str:
        """The same where it is not the letter's first text; else empty."""
        return self.said.language if self.texts.is_translation(self.said.letter, self.said.language) else ""

    @property
    def quote(self) -> str:
        """The text of its block, as it was."""
        return self.texts.quote(self.said.letter, self.said.language, self.said.block)

    @property
    def kind(self) -> str:
        return self.said.kind

    @property
    def words(self) -> str:
        """The words inside the block that it points at, or empty."""
        return quoted(self.said.text)[0]

    @property
    def text(self) -> str:
        return quoted(self.said.text)[1]

    @property
    def proposal(self) -> str:
        return self.said.proposal

    @property
    def refers(self) -> str:
        """The remark that it replies to, or empty."""
        return self.said.refers

    @property
    def answer(self) -> str:
        """What the secretariat answered."""
        return "\n".join(one.text for one in self.settled if one.text)

    @property
    def time(self) -> str:
        """Claimed."""
        return self.said.time

    @property
    def sealed(self) -> bool:
        """It travels sealed: nobody but the secretariat may know of it."""
        return bool(self.said.reply)

    @property
    def settled(self) -> tuple[Settled, ...]:
        found = ((one.id, comment_of(one)) for one in self.remark.settlements)
        return tuple(Settled(key, said.state, said.text, said.proposal, said.time) for key, said in found)


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
    found = (outgoing(desk, dossier, key) for key in desk.store.documents(dossier, UNSENT))
    return [out for out in found if out is not None]


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
    volume = open_volume(desk, dossier)
    return volume.once("remarks", lambda: _threaded(rows_by_id(desk, volume), replies(desk, volume)))


def rows_by_id(desk: Desk, volume: Volume) -> Mapping[str, RemarkRow]:
    """The same without threads, to look one up."""
    return volume.once("remark rows", lambda: _rows(desk, volume))


def find_row(desk: Desk, volume: Volume, beginning: str) -> RemarkRow:
    """The one remark whose id begins so. Raises ``UsageError``."""
    rows = rows_by_id(desk, volume)
    return rows[beginning] if beginning in rows else rows[find_remark(volume, beginning).held.id]


def replies(desk: Desk, volume: Volume) -> Mapping[str, Sequence[RemarkRow]]:
    """The remarks that reply to another, by its id, in the order of the text."""
    return volume.once("replies", lambda: _replies(rows_by_id(desk, volume)))


def rows_on_block(desk: Desk, volume: Volume, block: str) -> Sequence[RemarkRow]:
    """The remarks on one block (empty: on the whole letter)."""
    return volume.once("remarks by block", lambda: _by_block(rows_by_id(desk, volume))).get(block, ())


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


def _rows(desk: Desk, volume: Volume) -> Mapping[str, RemarkRow]:
    """By id, in the order of the text."""
    own = own_identity(desk).fingerprint
    known = desk.shelf.derived.setdefault(("remark rows", volume.state.dossier), {})
    texts: Texts | None = known.get("texts")
    if texts is None or not texts.holds_for(volume):
        texts = Texts(desk, volume)
        known["texts"], known["rows"] = texts, {}
    before: Mapping[str, RemarkRow] = known["rows"]
    rows: dict[str, RemarkRow] = {}
    for remarks, confirmed in ((volume.state.remarks, True), (volume.state.unknown_remarks, False)):
        for one in remarks:
            # A row is made again only when something that it shows is another.
            row = before.get(one.held.id)
            if row is None or row.remark != one or row.confirmed != (confirmed or row.own):
                row = _row(texts, one, own, confirmed)
            rows[one.held.id] = row
    # In the order of the last time there is little to sort.
    ordered = [rows[key] for key in before if key in rows]
    ordered += [row for key, row in rows.items() if key not in before]
    ordered.sort(key=attrgetter("place"))
    found = known["rows"] = {row.place[-1]: row for row in ordered}
    return found


def _threaded(rows: Mapping[str, RemarkRow], replies: Mapping[str, Sequence[RemarkRow]]) -> Sequence[RemarkRow]:
    """Replies behind what they reply to."""
    if not replies:
        return list(rows.values())
    result: list[RemarkRow] = []
    todo = [row for row in rows.values() if row.said.refers not in rows][::-1]
    while todo:
        row = todo.pop()
        result.append(row)
        todo += replies.get(row.statement, ())[::-1]
    return result


def _replies(rows: Mapping[str, RemarkRow]) -> Mapping[str, Sequence[RemarkRow]]:
    found: dict[str, list[RemarkRow]] = {}
    for row in rows.values():
        if row.said.refers in rows:
            found.setdefault(row.said.refers, []).append(row)
    return found


def _by_block(rows: Mapping[str, RemarkRow]) -> Mapping[str, Sequence[RemarkRow]]:
    found: dict[str, list[RemarkRow]] = {}
    for row in rows.values():
        found.setdefault(row.said.block, []).append(row)
    return found


class Texts:
    """The texts that remarks stand on, each looked up once."""

    def __init__(self, desk: Desk, volume: Volume) -> None:
        self._desk, self._volume = desk, volume
        self._quotes: dict[tuple[str, str], Mapping[str, str]] = {}
        self._current, self._letters = volume.state.current, volume.state.letters
        blocks = volume.letter(self._current.id).blocks if self._current is not None else ()
        self.order: Mapping[str, int] = {block: at for at, block in enumerate(blocks)}
        """The blocks of the text that stands now, each with its place."""
        self.numbers = {one.id: numbered(one).n for one in self._letters}
        self._beside: dict[str, Mapping[str, str]] = {}

    def holds_for(self, volume: Volume) -> bool:
        """Whether the texts are still the same; then they are looked up in ``volume`` from now on."""
        same = (self._current, self._letters) == (volume.state.current, volume.state.letters)
        if same:
            self._volume = volume
        return same

    def is_translation(self, letter: str, language: str) -> bool:
        """Whether a version has another text as its first."""
        return letter in self.numbers and self._volume.letter(letter).texts[0].language != language

    def beside(self, letter: str, block: str) -> str:
        """Of a block of a version: itself where it stands, else the nearest before it that does; empty for none."""
        if not block or block in self.order:
            return block
        if letter not in self._beside:
            last, found = "", {}
            for one in self._volume.letter(letter).blocks if letter in self.numbers else ():
                last = one if one in self.order else last
                found[one] = last
            self._beside[letter] = found
        return self._beside[letter].get(block, "")

    def quote(self, letter: str, language: str, block: str) -> str:
        """The words of a block as they were in a version; empty where that is not held."""
        key = (letter, language)
        if key not in self._quotes:
            known = letter in self.numbers
            blocks = letter_blocks(self._desk, self._volume, letter, language) if known else ()
            self._quotes[key] = {one.id: one.text for one in blocks}
        return self._quotes[key].get(block, "")


def _row(texts: Texts, remark: Remark, own: str, confirmed: bool) -> RemarkRow:
    said = comment_of(remark.held)
    stands, beside = not said.block or said.block in texts.order, texts.beside(said.letter, said.block)
    return RemarkRow(
        remark=remark,
        said=said,
        version=texts.numbers.get(said.letter, 0),
        stands=stands,
        confirmed=confirmed or said.signer == own,
        own=said.signer == own,
        state="notice" if remark.state == "open" and is_notice(said) else remark.state,
        beside=beside,
        place=(texts.order.get(beside, -1), not stands, remark.organisation, said.time, remark.held.id),
        texts=texts,
    )
