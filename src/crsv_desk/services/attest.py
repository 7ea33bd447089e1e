"""An answer that came by mail, paper, phone, message or in a meeting, declared by the secretariat."""

from __future__ import annotations

import re

from crsv_desk.domain.codes import identifier
from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.names import check_name
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.statements import Attestation
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import current_letter, issue, open_volume, require_secretariat, seen
from crsv_desk.services.desk import Desk
from crsv_desk.services.publish import Partner, add_members

HOW = ("mail", "paper", "phone", "meeting", "message")


def attest(
    desk: Desk, dossier: str, organisation: str, answer: str, how: str, day: str, evidence: bytes = b""
) -> Packet:
    """Declare an organisation's answer on the current text; its own later answer supersedes it. ``evidence`` is a
    scan or message of which only the digest is kept. Raises ``UsageError``."""
    if answer not in ("endorse", "decline"):
        raise UsageError(N_("The answer is endorse or decline."))
    if how not in HOW:
        raise UsageError(N_("An answer came by mail, paper, phone, meeting or message."))
    if not re.fullmatch(r"20\d\d-\d\d-\d\d", day):
        raise UsageError(N_("Write the date as 2026-05-26."))
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    letter = current_letter(volume.state)
    name = check_name(organisation, _("the organisation's name"))
    with desk.store.atomic():
        add_members(desk, volume, [Partner(name)], lead="")
        return issue(
            desk,
            Attestation,
            dossier,
            seen=seen(volume.state),
            letter=letter.id,
            organisation=name,
            count=1,
            answer=answer,
            how=how,
            day=day,
            evidence=_digest(evidence),
        )


def _digest(evidence: bytes) -> str:
    return identifier(evidence) if evidence else "not kept"
