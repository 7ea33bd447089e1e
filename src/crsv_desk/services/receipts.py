"""Receipts: the secretariat says what has reached it, in the next file that it gives to partners."""

from __future__ import annotations

from collections import defaultdict

from crsv_desk.domain.statements import Comment, Decline, Endorsement, Receipt, Withdrawal
from crsv_desk.services.book import Volume, is_secretariat, issue, open_volume, seen
from crsv_desk.services.desk import Desk

RECEIVED = Comment | Endorsement | Decline | Withdrawal
MOST_IDS = 500
"""Of one receipt: sealed with its frame it fits the size to which sealed files are padded."""


def acknowledge(desk: Desk, dossier: str) -> None:
    """Sign receipts for everything that came in since the last ones; nobody but the secretariat does.

    One receipt names what came in the open, another what was sealed with one reply key: so that no unsealed statement
    names a sealed one, and nobody's receipt tells of another.
    """
    volume = open_volume(desk, dossier)
    if not is_secretariat(desk, volume.state):
        return
    waiting: dict[str, list[str]] = defaultdict(list)
    for key, held in volume.held.items():
        statement = held.statement
        ours = statement.signer in volume.state.secretariat
        if isinstance(statement, RECEIVED) and not ours and key not in volume.state.receipts:
            waiting[statement.reply].append(key)
    if not waiting:
        return
    with desk.store.atomic():
        for _reply, ids in sorted(waiting.items()):
            ids.sort()
            for start in range(0, len(ids), MOST_IDS):
                part = tuple(ids[start : start + MOST_IDS])
                issue(desk, Receipt, dossier, seen=seen(volume.state), ids=part)


def reply_of(volume: Volume, receipt: Receipt) -> str | None:
    """To whom a receipt goes: the reply key of everything that it names, empty for what came in the open; ``None``
    where that cannot be told any more, and it goes to nobody."""
    replies = set()
    for key in receipt.ids:
        held = volume.held.get(key)
        if held is None or not isinstance(held.statement, RECEIVED):
            return None
        replies.add(held.statement.reply)
    return replies.pop() if len(replies) == 1 else None
