"""An answer that came by mail, paper, phone, message or in a meeting: declared by the secretariat, or, for groups that
cannot appear, by a voucher."""

from __future__ import annotations

import re
from dataclasses import replace

from crsv_desk.domain.codes import identifier
from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.names import check_name
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.statements import Attestation, Revocation
from crsv_desk.i18n import N_, _
from crsv_desk.services.answering import to_secretariat
from crsv_desk.services.book import (
    current_letter,
    is_secretariat,
    issue,
    open_volume,
    require_secretariat,
    seen,
)
from crsv_desk.services.confirm import MOST_VOUCHED
from crsv_desk.services.desk import Desk
from crsv_desk.services.publish import Partner, add_members, issue_roster
from crsv_desk.services.vouching import allowance_in

HOW = ("mail", "paper", "phone", "meeting", "message")


def attest(
    desk: Desk,
    dossier: str,
    organisation: str,
    answer: str,
    how: str,
    day: str,
    evidence: bytes = b"",
    count: int = 1,
) -> Packet:
    """Declare an organisation's answer on the current text; its own later answer supersedes it. ``evidence`` is a
    scan or message of which only the digest is kept. Raises ``UsageError``.

    A voucher, who is not the secretariat, declares ``count`` organisations without naming any: ``organisation`` is
    empty then. ``answering.outgoing`` gives the file to send; those of one voucher on one text add up, and are refused
    beyond what the secretariat allowed, as far as that is known here.
    """
    if answer not in ("endorse", "decline"):
        raise UsageError(N_("The answer is endorse or decline."))
    if how not in HOW:
        raise UsageError(N_("An answer came by mail, paper, phone, meeting or message."))
    if not re.fullmatch(r"20\d\d-\d\d-\d\d", day):
        raise UsageError(N_("Write the date as 2026-05-26."))
    volume = open_volume(desk, dossier)
    ours = is_secretariat(desk, volume.state)
    if ours == (not organisation):
        raise UsageError(
            N_("The secretariat declares one organisation by its name; a voucher declares how many, and names none.")
        )
    if not 1 <= count <= (1 if ours else MOST_VOUCHED):
        raise UsageError(N_("One can vouch for 1 to {most} organisations."), most=MOST_VOUCHED)
    letter = current_letter(volume.state)
    allowed = allowance_in(desk, volume)
    if allowed.most and count > allowed.left:
        raise UsageError(
            N_("You may answer for {most} organisations on this text, and did so for {said}."),
            most=allowed.most,
            said=allowed.most - allowed.left,
        )
    name = check_name(organisation, _("the organisation's name")) if organisation else ""
    with desk.store.atomic():
        if name:
            add_members(desk, volume, [Partner(name)], lead="")
        packet = issue(
            desk,
            Attestation,
            dossier,
            seen=seen(volume.state),
            letter=letter.id,
            organisation=name,
            count=count,
            answer=answer,
            how=how,
            day=day,
            evidence=_digest(evidence),
        )
        if not ours:
            to_secretariat(desk, volume, packet)
        return packet


def allow_voucher(desk: Desk, dossier: str, organisation: str, count: int) -> None:
    """Let a confirmed organisation vouch for up to ``count`` that it does not name; 0 for none, and fewer than before
    takes the earlier word back. Raises ``UsageError`` for one that is not confirmed, ``DeskError`` for others than the
    secretariat."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    member = volume.state.members.get(organisation)
    if member is None or not member.confirmed:
        raise UsageError(N_("{name} has not been confirmed here; compare its code first."), name=organisation)
    if not 0 <= count <= MOST_VOUCHED:
        raise UsageError(N_("One organisation can answer for at most {most} others."), most=MOST_VOUCHED)
    more = [one for one in member.openings if one.voucher > count]
    known = [one for one in member.openings if one.certificates]
    today = desk.clock.now()[:10]
    # Of several entries the largest number holds, so those that say more are taken back; each of their keys gets one that
    # does not, and so goes on speaking.
    anew = [replace(one, voucher=count, date=today, salt=desk.randomness.token().hex()) for one in more or known[:1]]
    issue_roster(desk, volume, anew, revoke=[Revocation(one.entry, ()) for one in more])


def _digest(evidence: bytes) -> str:
    return identifier(evidence) if evidence else "not kept"
