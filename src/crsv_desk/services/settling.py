"""What becomes of a remark: taken over, in part or not, with the reason; and the draft changed by what is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crsv_desk.domain.blocks import Block
from crsv_desk.domain.changes import Edit, Run, edits, merged
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.names import check_text
from crsv_desk.domain.remarks import comment_of
from crsv_desk.domain.statements import Comment, statement_id
from crsv_desk.i18n import N_
from crsv_desk.services.book import Volume, issue, open_volume, require_secretariat, seen
from crsv_desk.services.desk import Desk
from crsv_desk.services.draft_against import draft_blocks
from crsv_desk.services.drafting import Draft, load_draft, save_draft
from crsv_desk.services.remarks import MOST, RemarkRow, find_row, rows_by_id, rows_on_block
from crsv_desk.services.taken_over import note_taken

Verdict = Literal["taken", "partly", "declined"]


@dataclass(frozen=True, slots=True)
class Situation:
    """One remark with everything that whoever settles it needs to see."""

    row: RemarkRow
    now: str
    """The words of its paragraph in the draft; empty where it is gone or there is no draft."""
    runs: tuple[Run, ...]
    """From the paragraph as it was to the proposed words; empty for what proposes none."""
    edits: tuple[Edit, ...]
    """The changes that it proposes, one by one."""
    others: tuple[RemarkRow, ...]
    """Other remarks on the same paragraph."""

    @property
    def changed_since(self) -> bool:
        """The draft says something else there than when the remark was made."""
        return bool(self.row.block) and self.now != self.row.quote

    @property
    def clashing(self) -> tuple[RemarkRow, ...]:
        """Others that want other words in the same places of the same text."""
        wanted = [one for one in self.others if one.kind == "proposal" and one.state == "open"]
        return tuple(one for one in wanted if one.language == self.row.language)


def situation(desk: Desk, dossier: str, remark: str) -> Situation:
    """One remark by the beginning of its id. Raises ``UsageError``."""
    volume = open_volume(desk, dossier)
    row = find_row(desk, volume, remark)
    block = _draft_block(desk, volume, load_draft(desk, dossier), row.block, row.language)
    runs = row.runs if row.kind == "proposal" else ()
    others = tuple(one for one in rows_on_block(desk, volume, row.block) if row.block and one is not row)
    return Situation(row, block.text if block is not None else "", runs, edits(runs), others)


def after(desk: Desk, now: Situation, chosen: Sequence[Edit]) -> str | None:
    """The words of the paragraph with the chosen changes made to what the draft says; ``None`` where the draft has
    since changed the same words."""
    if not now.now:
        return None
    return merged(now.row.quote, chosen, edits(tuple(desk.letters.word_runs(now.row.quote, now.now))))


def settle(
    desk: Desk, dossier: str, remark: str, state: Verdict, answer: str = "", words: str | None = None
) -> RemarkRow:
    """Say what became of a remark (named by the beginning of its id); settling it again replaces what was said.

    A proposal that is taken over changes the draft at once. ``words``, for a proposal: what its paragraph shall say
    now, all of it; without, what is proposed where it is taken, and as it is where it is not. Raises ``UsageError`` for
    an unknown remark or a missing reason, ``DeskError`` for others than the secretariat, or where the paragraph has
    changed so that only a person can say what it should say.
    """
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    target = find_row(desk, volume, remark).statement
    asked = comment_of(volume.held[target])
    if state == "taken" and asked.kind == "question" and not answer.strip():
        raise UsageError(N_("Write the answer: the organisation reads it."))
    if state in ("partly", "declined") and not answer.strip():
        raise UsageError(N_("Give the reason: the organisation reads it."))
    draft = load_draft(desk, dossier)
    before = situation(desk, dossier, target)
    if words is None and state == "taken" and before.edits and before.now:
        words = after(desk, before, before.edits)
        if words is None:
            raise DeskError(
                N_("This paragraph has changed since, so these words no longer fit: say what it should read now.")
            )
    block = _draft_block(desk, volume, draft, asked.block, asked.language)
    with desk.store.atomic():
        for key in [one.statement for one in before.row.settled] or [target]:
            packet = issue(
                desk,
                Comment,
                dossier,
                seen=seen(volume.state),
                letter=asked.letter,
                language=asked.language,
                block=asked.block,
                kind="settlement",
                text=check_text(answer, MOST),
                proposal=check_text(words or "", MOST),
                refers=key,
                state=state,
                reply=asked.reply,
            )
            if block is not None and state != "declined":
                note_taken(desk, dossier, [statement_id(packet.statement)])
        if words and draft is not None and block is not None and words != block.text:
            body = next(one.body for one in draft.texts if one.language == asked.language)
            save_draft(desk, draft.with_body(asked.language, desk.letters.replace_block(body, block, words)))
    return rows_by_id(desk, open_volume(desk, dossier))[target]


def _draft_block(desk: Desk, volume: Volume, draft: Draft | None, block: str, language: str) -> Block | None:
    """The block of the draft that carries on one of the published text, in one of its languages."""
    current = volume.state.current
    if draft is None or not block or current is None:
        return None
    return draft_blocks(desk, volume, current.id, draft, language).get(block)
