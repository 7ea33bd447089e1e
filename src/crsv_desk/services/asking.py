"""Who is asked, until when, and whom they can reach: what may change any day without anybody signing again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.names import check_text
from crsv_desk.domain.statements import Call
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import open_volume, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import load_draft, save_draft
from crsv_desk.services.publish import Partner, add_members, issue_call

MOST_CONTACT = 300


def ask_partners(desk: Desk, dossier: str, partners: Sequence[Partner]) -> Sequence[str]:
    """Put organisations on the roster and return the names of those that were not there yet. The letter's file, saved
    again, is what they get. Raises ``Refused`` for an unusable name; then nobody was added."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    before = set(volume.state.members)
    with desk.store.atomic():
        add_members(desk, volume, partners, lead="")
    return sorted(set(open_volume(desk, dossier).state.members) - before)


def current_call(desk: Desk, dossier: str) -> tuple[str, str]:
    """Deadline and contact as they stand; the draft's deadline before the letter is published."""
    state = open_volume(desk, dossier).state
    if state.call is not None and isinstance(state.call.statement, Call):
        return state.call.statement.deadline, state.call.statement.contact
    draft = load_draft(desk, dossier)
    return (draft.text("deadline"), draft.text("contact")) if draft is not None else ("", "")


def change_call(desk: Desk, dossier: str, deadline: str, contact: str) -> None:
    """Another deadline (``2026-05-22``, ``2026-05-22T12:00`` or empty) or contact; before the letter is published only
    in the draft. Settles two calls that contradict each other. Raises ``UsageError``."""
    if not re.fullmatch(r"(20\d\d-\d\d-\d\d(T\d\d:\d\d)?)?", deadline):
        raise UsageError(N_("Write the deadline as 2026-05-22, or with a time as 2026-05-22T12:00."))
    contact = " ".join(check_text(contact, MOST_CONTACT, _("the contact")).split())
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    draft = load_draft(desk, dossier)
    with desk.store.atomic():
        if draft is not None:
            save_draft(desk, replace(draft, front={**draft.front, "deadline": deadline, "contact": contact}))
        if volume.state.letters:
            issue_call(desk, volume, deadline, contact)
