"""After a letter was sent and somebody withdrew: an erratum beside it. What was sealed stays as it is.

An erratum is a new closing that names the one that was sent, less those who withdrew. It is made of both closings and
the withdrawals themselves, so that whoever checks it sets the page again from what was signed. A withdrawal that gives a
reason, or that travelled sealed, is not attached: what it says is between that organisation and the secretariat, and the
erratum then rests on the secretariat's word, with the withdrawal's number.
"""

from __future__ import annotations

from dataclasses import dataclass

from crsv_desk.domain.admission import Held
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.progress import Report, silent
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import keep, open_volume, require_secretariat
from crsv_desk.services.desk import Desk
from crsv_desk.services.erratum_case import case_of, closing_of, decide, gone_of, still_fits, with_decided
from crsv_desk.services.erratum_page import attachments_of, erratum_of
from crsv_desk.services.identity import own_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify_erratum import verify_erratum


@dataclass(frozen=True, slots=True)
class CompiledErratum:
    """A sealed erratum that passed its own check."""

    pdf: bytes
    left: tuple[str, ...]
    """Organisations by name that no longer sign."""
    unnamed: int
    """How many without a name no longer sign."""
    number: int
    """1 for the first erratum to this letter, and so on."""
    verification: Verification


@dataclass(frozen=True, slots=True)
class PreparedErratum:
    """The page as it would be sealed, with what was decided for it. Nothing of it is kept."""

    dossier: str
    pages: bytes
    """The PDF before its seal."""
    left: tuple[str, ...]
    """Organisations by name that no longer sign."""
    unnamed: int
    """How many without a name no longer sign."""
    number: int
    """1 for the first erratum to this letter, and so on."""
    decided: Held
    packet: Packet


def compile_erratum(desk: Desk, dossier: str) -> CompiledErratum:
    """The erratum to the public letter that was closed last. Made again, it is the same page. Raises ``DeskError`` when
    nobody in it has withdrawn since."""
    return seal_erratum(desk, prepare_erratum(desk, dossier))


def prepare_erratum(desk: Desk, dossier: str, report: Report = silent) -> PreparedErratum:
    """The page as it would be sealed now. Keeps nothing. Raises ``DeskError``: nobody has withdrawn since the letter was
    sent, or it cannot be set."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    decided, packet = decide(desk, volume)
    case = case_of(with_decided(volume, decided, packet), decided)
    pages = desk.paper.typeset_erratum(erratum_of(desk, case, attachments_of(case)), report)
    left = tuple(row.printed for row in gone_of(case))
    unnamed = len(closing_of(case.before).withheld) - len(closing_of(case.now).withheld)
    return PreparedErratum(dossier, pages, left, unnamed, len(case.earlier), decided, packet)


def seal_erratum(desk: Desk, prepared: PreparedErratum, report: Report = silent) -> CompiledErratum:
    """Seal this very page, check it, and keep what was decided. Raises ``DeskError``; then nothing is kept."""
    volume = open_volume(desk, prepared.dossier)
    if not still_fits(desk, volume, prepared.decided):
        raise DeskError(
            N_("Something came in or changed since these pages were made; look at the new pages before you seal them.")
        )
    sealed = desk.paper.seal(prepared.pages, own_identity(desk).signer, closing_of(prepared.decided).time)
    verification = verify_erratum(desk, Untrusted(_("erratum"), sealed), desk.paper.check(sealed), "", report)
    if not verification.holds:
        problems = " ".join(one.sentence for one in verification.findings if one.holds is False)
        raise DeskError(
            N_("The PDF that was made does not pass its own check and was not kept: {problems}"), problems=problems
        )
    keep(desk, prepared.decided, prepared.packet)
    return CompiledErratum(sealed, prepared.left, prepared.unnamed, prepared.number, verification)
