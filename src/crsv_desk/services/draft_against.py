"""The draft against a published version: which blocks it changes, and whether it changes anything around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crsv_desk.domain.blocks import Block
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


def draft_blocks(desk: Desk, volume: Volume, letter_id: str, draft: Draft, language: str) -> Mapping[str, Block]:
    """The blocks of a draft in one of its languages, by the id of the block of a published version that they carry on.
    Empty in a language that the draft lacks, or where its text in that language is built otherwise."""
    if language not in {one.language for one in draft.texts}:
        return {}
    published = letter_blocks(desk, volume, letter_id)
    rests_on = (tuple((one.language, one.body) for one in draft.texts), published)
    known = desk.shelf.derived.get(("draft blocks", draft.dossier), {})
    if known.get("rests on") != rests_on:
        first = {one.id: one for one in desk.letters.carry_ids(draft.body, published)}
        known = desk.shelf.derived["draft blocks", draft.dossier] = {"rests on": rests_on, draft.language: first}
    if language not in known:
        # Block for block the same letter: the first text says which is which, once the draft is built as it is.
        ids = list(known[draft.language])
        body = next(one.body for one in draft.also if one.language == language)
        same = len(desk.letters.blocks(body)) == len(ids)
        known[language] = {one.id: one for one in desk.letters.blocks(body, ids)} if same else {}
    found: Mapping[str, Block] = known[language]
    return found
