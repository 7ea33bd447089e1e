"""What changed in all that people sign: the blocks in every language, and the fields around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crsv_desk.domain.changes import BlockChange, Field, FieldChange
from crsv_desk.domain.statements import Letter
from crsv_desk.services.book import Volume, letter_blocks
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import Draft, Translation

Around = Mapping[tuple[Field, str], str]
"""By field and language; address and lead are of no language."""


def blocks_between(desk: Desk, volume: Volume, old: str, new: str) -> Sequence[BlockChange]:
    """Of two published versions by id: the first text's blocks, and one that differs in another language alone as
    changed there."""
    found = list(desk.letters.compare(letter_blocks(desk, volume, old), letter_blocks(desk, volume, new)))
    known = {text.language for text in volume.letter(old).texts}
    for text in volume.letter(new).texts[1:]:
        if text.language in known:
            before = letter_blocks(desk, volume, old, text.language)
            others = desk.letters.compare(before, letter_blocks(desk, volume, new, text.language))
            differing = {one.block.id: one for one in others if one.kind == "changed"}
            found = [differing.get(one.block.id, one) if one.kind == "same" else one for one in found]
    return found


def fields_between(desk: Desk, volume: Volume, old: str, new: str) -> tuple[FieldChange, ...]:
    """The fields of two published versions that differ, in the order of the page."""
    return compare_fields(desk, around(volume.letter(old)), around(volume.letter(new)))


def around(letter: Letter) -> Around:
    """The fields of a published version."""
    found: dict[tuple[Field, str], str] = {("recipient", ""): "\n".join(letter.recipient), ("lead", ""): letter.lead}
    for one in letter.texts:
        found |= {("subject", one.language): one.subject, ("salutation", one.language): one.salutation}
        found["closing", one.language] = one.closing
    return found


def around_draft(draft: Draft, texts: Sequence[Translation]) -> Around:
    """The fields of a draft, in these of its languages."""
    found: dict[tuple[Field, str], str] = {("recipient", ""): "\n".join(draft.lines("recipient"))}
    found["lead", ""] = " ".join(draft.text("lead").split())
    for one in texts:
        found["subject", one.language] = " ".join(one.subject.split())
        found |= {("salutation", one.language): one.salutation, ("closing", one.language): one.closing}
    return found


def compare_fields(desk: Desk, old: Around, new: Around) -> tuple[FieldChange, ...]:
    """Those that both have and that differ. A language that one of them lacks is no change of its fields."""
    order: tuple[Field, ...] = ("recipient", "subject", "salutation", "closing", "lead")
    first = next((language for _field, language in new if language), "")
    return tuple(
        FieldChange(field, "" if language == first else language, tuple(desk.letters.word_runs(old[key], new[key])))
        for field in order
        for key in new
        for language in (key[1],)
        if key[0] == field and key in old and old[key] != new[key]
    )
