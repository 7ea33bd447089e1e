"""The draft against a published version: which blocks it changes, and whether it changes anything around them."""

from __future__ import annotations

from collections.abc import Sequence

from crsv_desk.domain.changes import BlockChange
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.statements import Letter
from crsv_desk.services.book import Volume, letter_blocks
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import Draft


def changes_since(desk: Desk, volume: Volume, letter_id: str, draft: Draft) -> Sequence[BlockChange]:
    """What the draft changes in a published version: in its first text, and a block that differs in another language
    alone as changed."""
    published = {text.language for text in volume.letter(letter_id).texts}
    first = letter_blocks(desk, volume, letter_id)
    carried = desk.letters.carry_ids(draft.body, first)
    found = list(desk.letters.compare(first, carried))
    ids = [block.id for block in carried]
    for one in draft.also:
        blocks = desk.letters.blocks(one.body)
        if one.language not in published or len(blocks) != len(ids):
            continue
        others = desk.letters.compare(
            letter_blocks(desk, volume, letter_id, one.language), desk.letters.blocks(one.body, ids)
        )
        differing = {change.block.id: change for change in others if change.kind == "changed"}
        found = [differing.get(one.block.id, one) if one.kind == "same" else one for one in found]
    return found


def changed_blocks(changes: Sequence[BlockChange]) -> tuple[str, ...]:
    """Ids of the blocks that differ, in the order of the new text; removed ones at the end."""
    removed = [one.block.id for one in changes if one.kind == "removed"]
    return (*(one.block.id for one in changes if one.kind not in ("same", "removed")), *removed)


def fields_differ(letter: Letter, draft: Draft) -> bool:
    """Whether something else that people sign differs: subject, salutation, closing words, address, lead, languages."""
    texts = [(one.language, one.subject, one.salutation, one.closing, one.authentic) for one in letter.texts]
    wanted = [
        (one.language, " ".join(one.subject.split()), one.salutation, one.closing, one.authentic) for one in draft.texts
    ]
    lead = draft.text("lead", letter.lead)
    return texts != wanted or letter.recipient != draft.lines("recipient") or letter.lead != " ".join(lead.split())


def says_the_same(volume: Volume, letter_id: str, draft: Draft) -> bool:
    """Whether the draft is a published version, word for word and with everything around the words."""
    letter, files = volume.letter(letter_id), volume.packet(letter_id).files
    bodies = [identifier(one.body.encode()) for one in draft.texts]
    same = bodies == [one.body for one in letter.texts] and draft.logo == files.get(letter.logo, b"")
    return same and not fields_differ(letter, draft)
