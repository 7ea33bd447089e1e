"""Remarks as lists show them. Of ten thousand few change at once: the rows before are kept, and only those that say
something else are made anew. A test holds that against rows made from nothing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Literal

from crsv_desk.domain.changes import Run
from crsv_desk.domain.dossier import Remark, RemarkState
from crsv_desk.domain.exchange import exchanged
from crsv_desk.domain.later import is_notice
from crsv_desk.domain.remarks import comment_of, quoted, replies_for, waits
from crsv_desk.domain.statements import Comment
from crsv_desk.domain.versions import numbered
from crsv_desk.services.book import Volume, letter_blocks
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity


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
    def waits(self) -> bool:
        """It asks something of the secretariat."""
        return waits(self.remark, self.texts.secretariat)

    @property
    def replied(self) -> bool:
        """It is a reply of the secretariat."""
        return replies_for(self.said, self.texts.secretariat)

    @property
    def runs(self) -> tuple[Run, ...]:
        """From the words of its block to those that it proposes; empty where it proposes none."""
        return self.texts.runs(self.quote, self.proposal) if self.proposal else ()

    @property
    def sealed(self) -> bool:
        """It travels sealed: nobody but the secretariat may know of it."""
        return bool(self.said.reply)

    @property
    def settled(self) -> tuple[Settled, ...]:
        found = ((one.id, comment_of(one)) for one in self.remark.settlements)
        return tuple(Settled(key, said.state, said.text, said.proposal, said.time) for key, said in found)


class Texts:
    """The texts that remarks stand on, each looked up once."""

    def __init__(self, desk: Desk, volume: Volume) -> None:
        self._desk, self._volume = desk, volume
        self._quotes: dict[tuple[str, str], Mapping[str, str]] = {}
        self._runs: dict[tuple[str, str], tuple[Run, ...]] = {}
        """Of proposals that were shown: a card beside the text is made anew at every paragraph that one comes to."""
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

    @property
    def secretariat(self) -> Container[str]:
        """Fingerprints of its keys in force."""
        return self._volume.state.secretariat

    def runs(self, old: str, new: str) -> tuple[Run, ...]:
        """What changes between two texts, word by word."""
        found = self._runs.get((old, new))
        if found is None:
            found = self._runs[old, new] = tuple(self._desk.letters.word_runs(old, new))
        return found

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


@dataclass(slots=True, eq=False)
class RemarkRows:
    """Every remark of a dossier as a row, by everything by which rows are looked up. Nothing in it is changed once it is
    made."""

    texts: Texts
    remarks: Sequence[Remark] = ()
    """Those of members and the secretariat, by id."""
    unknown: Sequence[Remark] = ()
    """Those of others, by id."""
    by_id: Mapping[str, RemarkRow] = field(default_factory=dict)
    """In the order of the text."""
    replies: Mapping[str, Sequence[RemarkRow]] = field(default_factory=dict)
    """Those that reply to another, by its id, in the order of the text."""
    order: Sequence[str] = ()
    """The ids in the order of the text, replies behind what they reply to."""
    listed: Sequence[RemarkRow] = ()
    """The same as rows."""
    _blocks: Mapping[str, Sequence[RemarkRow]] | None = None

    @property
    def by_block(self) -> Mapping[str, Sequence[RemarkRow]]:
        """Those on each block, in the order of the text; under the empty id those on the whole letter."""
        if self._blocks is None:
            self._blocks = _by_block(self.by_id.values())
        return self._blocks

    def brought_up(self, remarks: Sequence[Remark], unknown: Sequence[Remark], own: str) -> RemarkRows:
        """The rows of other remarks on the same texts; ``own`` is the fingerprint of whoever signs here."""
        gone, new = self._exchanged(remarks, unknown, own)
        rows, replies, order = self.by_id, self.replies, self.order
        if gone.keys() <= new.keys() and all(key in gone and gone[key].place == row.place for key, row in new.items()):
            rows = {**rows, **new}  # nobody moves
            if any(row.said.refers in rows for row in new.values()):
                replies = _replies(rows)
        else:
            found = [row for key, row in rows.items() if key not in gone]
            found += new.values()
            found.sort(key=attrgetter("place"))  # of what is nearly in order already
            rows = {row.place[-1]: row for row in found}
            replies = _replies(rows)
            order = _threaded(rows, replies)
        listed = list(map(rows.__getitem__, order))
        blocks = None if self._blocks is None else _with_others(self._blocks, gone, new)
        return RemarkRows(self.texts, remarks, unknown, rows, replies, order, listed, blocks)

    def _exchanged(
        self, remarks: Sequence[Remark], unknown: Sequence[Remark], own: str
    ) -> tuple[Mapping[str, RemarkRow], Mapping[str, RemarkRow]]:
        """The rows that stand no longer, and those that stand now, some of them in the place of one of those; by id."""
        gone: dict[str, RemarkRow] = {}
        new: dict[str, RemarkRow] = {}
        for before, now, confirmed in ((self.remarks, remarks, True), (self.unknown, unknown, False)):
            went, came = exchanged(before, now)
            gone.update((one.held.id, self.by_id[one.held.id]) for one in went)
            for one in came:
                # A row is made again only when something that it shows is another.
                row = self.by_id.get(one.held.id)
                if row is None or row.remark != one or row.confirmed != (confirmed or row.own):
                    row = _row(self.texts, one, own, confirmed)
                new[one.held.id] = row
        same = {key for key, row in new.items() if self.by_id.get(key) is row}
        return (
            {key: row for key, row in gone.items() if key not in same},
            {key: row for key, row in new.items() if key not in same},
        )


def rows_of(desk: Desk, volume: Volume) -> RemarkRows:
    """Every remark of a volume."""
    return volume.once("remark rows", lambda: _rows_of(desk, volume))


def _rows_of(desk: Desk, volume: Volume) -> RemarkRows:
    key, state = ("remark rows", volume.state.dossier), volume.state
    before: RemarkRows | None = desk.shelf.derived.get(key, {}).get("rows")
    if before is None or not before.texts.holds_for(volume):
        before = RemarkRows(Texts(desk, volume))
    rows = before.brought_up(state.remarks, state.unknown_remarks, own_identity(desk).fingerprint)
    desk.shelf.derived[key] = {"rows": rows}
    return rows


def _threaded(rows: Mapping[str, RemarkRow], replies: Mapping[str, Sequence[RemarkRow]]) -> Sequence[str]:
    """Replies behind what they reply to."""
    if not replies:
        return list(rows)
    behind = {row.statement for group in replies.values() for row in group}
    result: list[str] = []
    for key in rows:
        if key in behind:
            continue
        todo = [key]
        while todo:
            result.append(one := todo.pop())
            if one in replies:
                todo += [row.statement for row in replies[one]][::-1]
    return result


def _replies(rows: Mapping[str, RemarkRow]) -> Mapping[str, Sequence[RemarkRow]]:
    found: dict[str, list[RemarkRow]] = {}
    for row in rows.values():
        if (refers := row.said.refers) and refers in rows:
            found.setdefault(refers, []).append(row)
    return found


def _by_block(rows: Iterable[RemarkRow]) -> Mapping[str, Sequence[RemarkRow]]:
    found: dict[str, list[RemarkRow]] = {}
    for row in rows:
        found.setdefault(row.said.block, []).append(row)
    return found


def _with_others(
    blocks: Mapping[str, Sequence[RemarkRow]], gone: Mapping[str, RemarkRow], new: Mapping[str, RemarkRow]
) -> Mapping[str, Sequence[RemarkRow]]:
    """The same for other rows: only the blocks on which something is another are looked at."""
    came, found = _by_block(new.values()), dict(blocks)
    for block in came.keys() | {row.said.block for row in gone.values()}:
        left = [row for row in blocks.get(block, ()) if row.statement not in gone]
        found[block] = sorted([*left, *came.get(block, ())], key=attrgetter("place"))
    return found


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
