"""What the secretariat says to those who answered, in the next file that it gives to partners: receipts for what has
reached it, and what became of remarks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from crsv_desk.domain.admission import Held
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.progress import Report, Step
from crsv_desk.domain.remarks import comment_of
from crsv_desk.domain.statements import Comment, Decline, Endorsement, Receipt, Withdrawal
from crsv_desk.services.book import Volume, admitted, is_secretariat, keep, of_type, packet_bytes, seen
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity

RECEIVED = (Comment, Endorsement, Decline, Withdrawal)
MOST_IDS = 5_000
"""Of one receipt for what came in the open."""
MOST_IDS_SEALED = 500
"""Of one receipt that travels sealed: with its frame it fits the size to which sealed files are padded."""
MOST_SEALED = 48_000
"""Bytes of packets that are sealed together: with their frame they fit that size."""


@dataclass(frozen=True, slots=True)
class Words:
    """What partners are told, ready for their file."""

    members: Sequence[bytes]
    """Packets that everybody may read, and sealed files."""
    receipts: Sequence[tuple[Held, Packet]]
    """Those among them that were signed for this and are not kept yet."""


def words_for_partners(desk: Desk, volume: Volume, report: Report) -> Words:
    """Receipts, signed where something came in since the last ones (by nobody but the secretariat), and settlements; in
    the open where what they are about came so, else sealed for whom it concerns. Keeps nothing, so that it can be
    cancelled at each step."""
    due = _due(volume) if is_secretariat(desk, volume.state) else ()
    said = _said(desk, volume)
    total = len(due) + len((said.keys() | {reply for reply, _keys in due}) - {""})
    receipts = []
    signer, shown = own_identity(desk).signer, seen(volume.state)
    for number, (reply, keys) in enumerate(due):
        report(Step(number, total))
        new = admitted(desk, Receipt, volume.state.dossier, signer=signer, seen=shown, ids=tuple(keys))
        receipts.append(new)
        said[reply].append(new[1].data)
    members = said.pop("", [])
    for number, (reply, packets) in enumerate(said.items(), len(due)):
        report(Step(number, total))
        members += _sealed(desk, packets, reply)
    report(Step(total, total))
    return Words(members, receipts)


def keep_receipts(desk: Desk, words: Words) -> None:
    """Put the receipts that were signed into the workspace."""
    for held, packet in words.receipts:
        keep(desk, held, packet)


def _due(volume: Volume) -> Sequence[tuple[str, Sequence[str]]]:
    """Reply key, and what no receipt names that still is handed out. What came in the open stands apart from what was
    sealed, and each reply key by itself: so that no unsealed statement names a sealed one, and nobody's receipt tells of
    another."""
    named = set(chain.from_iterable(_ids(one) for one, _reply in _handed_out(volume)))
    waiting: dict[str, list[str]] = defaultdict(list)
    for one in of_type(volume, *RECEIVED):
        if one.id not in named and (answer := one.statement).signer not in volume.state.secretariat:
            assert isinstance(answer, RECEIVED)
            waiting[answer.reply].append(one.id)
    found: list[tuple[str, Sequence[str]]] = []
    for reply, keys in sorted(waiting.items()):
        keys.sort()
        most = MOST_IDS_SEALED if reply else MOST_IDS
        found += [(reply, keys[start : start + most]) for start in range(0, len(keys), most)]
    return found


def _said(desk: Desk, volume: Volume) -> dict[str, list[bytes]]:
    """By reply key: the settlements and receipts held that go there."""
    said: dict[str, list[bytes]] = defaultdict(list)
    for one in of_type(volume, Comment):
        if one.statement.signer in volume.state.secretariat and (settlement := comment_of(one)).refers:
            said[settlement.reply].append(packet_bytes(desk, one))
    for one, reply in _handed_out(volume):
        said[reply].append(packet_bytes(desk, one))
    return said


def _handed_out(volume: Volume) -> Sequence[tuple[Held, str]]:
    """The secretariat's receipts, each with the reply key of everything that it names, empty for what came in the open.
    Where that cannot be told any more, for something was erased, it goes to nobody: the rest is named anew."""

    def work() -> Sequence[tuple[Held, str]]:
        replies, found = _replies(volume), []
        for one in of_type(volume, Receipt):
            to = set(map(replies.get, _ids(one)))
            if one.statement.signer in volume.state.secretariat and len(to) == 1 and None not in to:
                found.append((one, to.pop() or ""))
        return found

    return volume.once("receipts handed out", work)


def _replies(volume: Volume) -> Mapping[str, str]:
    """Of everything that can be received, by id: the key to which an answer to it is sealed, empty where it came in the
    open."""
    received = ((one.id, one.statement) for one in of_type(volume, *RECEIVED))
    return {key: answer.reply for key, answer in received if isinstance(answer, RECEIVED)}


def _ids(receipt: Held) -> Sequence[str]:
    assert isinstance(receipt.statement, Receipt)
    return receipt.statement.ids


def _sealed(desk: Desk, packets: Sequence[bytes], recipient: str) -> Iterator[bytes]:
    """Few large files, for all of them are padded to one size."""
    together: list[bytes] = []
    for packet in packets:
        if together and sum(map(len, together)) + len(packet) > MOST_SEALED:
            yield desk.sealing.seal(desk.packets.bundle(together), [recipient])
            together = []
        together.append(packet)
    yield desk.sealing.seal(desk.packets.bundle(together), [recipient])
