"""Tell the secretariat that an answer will come, but not before a day."""

from __future__ import annotations

import re

from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.later import not_before
from crsv_desk.i18n import N_
from crsv_desk.services.answering import Outgoing
from crsv_desk.services.desk import Desk
from crsv_desk.services.remarks import comment


def answer_later(desk: Desk, dossier: str, day: str, text: str = "", *, sealed: bool = False) -> Outgoing:
    """Sign that there is no answer before ``day`` (``2026-06-12``); a file to send like a remark. Raises
    ``UsageError``."""
    if not re.fullmatch(r"20\d\d-\d\d-\d\d", day):
        raise UsageError(N_("Write the date as 2026-05-26."))
    return comment(desk, dossier, "comment", not_before(day, text), sealed=sealed)
