"""What publishing the draft would mean: its number, what changes in the text, and whom it asks again."""

from __future__ import annotations

from dataclasses import dataclass

from crsv_desk.domain.changes import summary as change_summary
from crsv_desk.domain.versions import heads, numbered
from crsv_desk.i18n import _
from crsv_desk.services.between import around, around_draft, compare_fields
from crsv_desk.services.book import open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.draft_against import changed_blocks, changes_since, fields_differ
from crsv_desk.services.drafting import Draft, draft_base
from crsv_desk.services.revise import AskedAgain, asked_again
from crsv_desk.services.taken_over import Lacking, lacking


@dataclass(frozen=True, slots=True)
class NextVersion:
    """The draft against what is published."""

    number: int
    """The version that publishing makes."""
    before: int
    """The version that stands now, or 0."""
    summary: str
    """One line on what changed; empty for a first version."""
    changed: tuple[str, ...]
    """Ids of the blocks that differ in any language, in the order of the new text; removed ones at the end."""
    asked_again: tuple[AskedAgain, ...]
    """Organisations that endorsed the version that stands, by name."""
    overtaken: int = 0
    """The version that stands, where a colleague published it while this draft was in work; else 0."""
    lacking: tuple[Lacking, ...] = ()
    """Remarks said to be taken over, whose words are not in the draft."""

    @property
    def same(self) -> bool:
        """Nothing that people sign has changed."""
        return bool(self.before) and not self.summary


def next_version(desk: Desk, draft: Draft) -> NextVersion:
    """What publishing would mean now. The draft's dossier is held."""
    volume = open_volume(desk, draft.dossier)
    state = volume.state
    number = max((numbered(one).n for one in heads(state.letters)), default=0) + 1
    if state.current is None:
        return NextVersion(number, number - 1, "", (), (), lacking=tuple(lacking(desk, volume, draft)))
    letter = volume.letter(state.current.id)
    found = changes_since(desk, volume, state.current.id, draft)
    changed = changed_blocks(found)
    fields = compare_fields(desk, around(letter), around_draft(draft, draft.texts))
    parts = [change_summary(found, fields)] if changed or fields else []
    if not fields and fields_differ(letter, draft):
        parts.append(_("the languages or what binds"))
    return NextVersion(
        number=number,
        before=letter.n,
        summary=", ".join(parts),
        changed=changed,
        asked_again=tuple(asked_again(desk, draft.dossier)),
        overtaken=letter.n if draft_base(desk, draft.dossier) not in ("", state.current.id) else 0,
        lacking=tuple(lacking(desk, volume, draft)),
    )
