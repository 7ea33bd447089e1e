"""Tell the secretariat that the letter arrived and an answer will come; where it is known, not before which day."""

from __future__ import annotations

import re

from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.later import not_yet
from crsv_desk.i18n import N_
from crsv_desk.services.answering import Outgoing
from crsv_desk.services.desk import Desk
from crsv_desk.services.remarks import comment


def answer_later(desk: Desk, dossier: str, day: str = "", text: str = "", *, sealed: bool = False) -> Outgoing:
    """Sign that the letter was received and is being read, and, with ``day`` (``2026-06-12``), that no answer comes
    before it; a file to send like a remark. Raises ``UsageError``."""
    if day and not re.fullmatch(r"20\d\d-\d\d-\d\d", day):
        raise UsageError(N_("Write the date as 2026-05-26."))
    return comment(desk, dossier, "comment", not_yet(day, text), sealed=sealed)
