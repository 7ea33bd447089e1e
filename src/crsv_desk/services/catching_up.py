"""A draft in work while a colleague published: what that version changed is put into it, beside what the draft changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from crsv_desk.domain.changes import edits, merged
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.merging import merge
from crsv_desk.i18n import N_
from crsv_desk.services.book import open_volume, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import Draft, Translation, draft_base, load_draft, save_draft, set_draft_base
from crsv_desk.services.revise import as_published

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """The draft, and what is not in it."""

    draft: Draft
    clashes: tuple[str, ...]
    """The colleague's words where both changed the same ones: there the draft stayed as it was."""


def catch_up(desk: Desk, dossier: str) -> CaughtUp:
    """Put into the draft what the version that stands changed in the one on which the draft goes on, and go on from that
    one: texts word by word, fields where the draft left them alone. Words that both changed stay as the draft has them.
    Does nothing to a draft that goes on from the version that stands. Raises ``DeskError`` where there is no draft, or no
    version stands."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    draft, base, current = load_draft(desk, dossier), draft_base(desk, dossier), volume.state.current
    if draft is None or current is None or base not in volume.held:
        raise DeskError(N_("There is no draft here that a published version could be put into."))
    if base == current.id:
        return CaughtUp(draft, ())
    published = as_published(desk, volume, base, draft)
    old = {one.language: one for one in published.texts}
    theirs = as_published(desk, volume, current.id, draft)
    clashes: list[str] = []

    def text(ours: Translation, new: Translation) -> Translation:
        before = old.get(ours.language)
        if before is None:
            return ours
        both = merge(before.body, ours.body, new.body, lambda *lines: _words(desk, *lines))
        clashes.extend(both.clashes)
        found = {"body": both.text}
        for field in ("subject", "salutation", "closing"):
            found[field] = _either(getattr(before, field), getattr(ours, field), getattr(new, field))
        return replace(ours, **found)  # type: ignore[arg-type]

    new = {one.language: one for one in theirs.texts}
    texts = [text(one, new[one.language]) if one.language in new else one for one in draft.texts]
    written = {one.language for one in draft.texts}
    texts += [one for one in theirs.texts if one.language not in written | old.keys()]
    first, *also = texts
    front = {**draft.front, "subject": first.subject, "salutation": first.salutation, "closing": first.closing}
    front["lead"] = _either(published.text("lead"), draft.text("lead"), theirs.text("lead"))
    address = _either(published.lines("recipient"), draft.lines("recipient"), theirs.lines("recipient"))
    front["recipient"] = list(address)
    logo = _either(published.logo, draft.logo, theirs.logo)
    caught = Draft(dossier, front, first.body, (), tuple(also), logo)
    with desk.store.atomic():
        save_draft(desk, caught)
        set_draft_base(desk, dossier, current.id)
    return CaughtUp(caught, tuple(clashes))


def _either(old: T, ours: T, theirs: T) -> T:
    return theirs if ours == old else ours


def _words(desk: Desk, old: str, ours: str, theirs: str) -> str | None:
    mine, other = (edits(tuple(desk.letters.word_runs(old, one))) for one in (ours, theirs))
    return merged(old, mine, other)
