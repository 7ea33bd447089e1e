"""Compile: close, set the pages, look for leaks, seal, check what was made, and only then hand it over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.paper import Edition
from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.domain.statements import Closing, Endorsement, Signing
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import Volume, disclosures, open_volume
from crsv_desk.services.closing import Decision, close
from crsv_desk.services.combine import Material, combine
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import verify

STEPS = 5
LARGE = 7_000_000
"""Bytes above which some mailboxes refuse an attachment."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A sealed combined PDF that passed its own check."""

    pdf: bytes
    closing: str
    verification: Verification
    endorsements: int
    withheld: int

    @property
    def large(self) -> bool:
        """Small mailboxes may refuse it."""
        return len(self.pdf) > LARGE


def compile_letter(
    desk: Desk, dossier: str, edition: Edition = "public", decision: Decision = Decision(), report: Report = silent
) -> Compiled:
    """One edition of a letter, sealed. Raises ``DeskError``; then nothing is written but perhaps the closing."""
    report(Step(0, STEPS, _("Closing the list of signatories")))
    closing = close(desk, dossier, edition, decision)
    volume = open_volume(desk, dossier)
    material = Material(volume, closing, disclosures(desk, dossier) if edition == "full" else {})
    report(Step(1, STEPS, _("Setting the pages")))
    pages = desk.paper.typeset(combine(desk, material), silent)
    report(Step(2, STEPS, _("Looking for names that must not be in it")))
    if edition == "public":
        _refuse_leaks(desk, pages, withheld_names(desk, volume, material.statement))
    report(Step(3, STEPS, _("Sealing")))
    sealed = desk.paper.seal(pages, own_identity(desk).signer, material.statement.time)
    report(Step(4, STEPS, _("Checking what was made")))
    if edition == "public":
        _refuse_leaks(desk, sealed, withheld_names(desk, volume, material.statement))
    verification = verify(desk, Untrusted(_("combined PDF"), sealed))
    if not verification.holds:
        problems = " ".join(one.sentence for one in verification.findings if one.holds is False)
        raise DeskError(
            N_("The PDF that was made does not pass its own check and was not kept: {problems}"), problems=problems
        )
    report(Step(STEPS, STEPS))
    statement = material.statement
    return Compiled(sealed, closing.id, verification, len(statement.rows), len(statement.withheld))


def withheld_names(desk: Desk, volume: Volume, closing: Closing) -> Sequence[str]:
    """Every name that the public edition may not hold: of organisations counted without their name, of their people
    and members, and of people behind endorsements that show the organisation only."""
    names: set[str] = set()
    for held in volume.held.values():
        if isinstance(held.statement, Endorsement) and held.statement.reply:
            names |= {held.statement.organisation, *held.statement.members}
            names |= {one.name for one in held.statement.people}
    for key, disclosure in disclosures(desk, volume.state.dossier).items():
        statement = volume.held[key].statement if key in volume.held else None
        if isinstance(statement, Endorsement) and statement.visibility.name != "shown":
            names |= {one.name for one in disclosure.people}
    public = {row.printed for row in closing.rows}
    shown = {one.name for key in {row.id for row in closing.rows} for one in _people(volume, key)}
    return sorted(names - public - shown - {""})


def _people(volume: Volume, key: str) -> Sequence[Signing]:
    statement = volume.held[key].statement
    return statement.people if isinstance(statement, Endorsement) else ()


def _refuse_leaks(desk: Desk, pdf: bytes, names: Sequence[str]) -> None:
    places = desk.paper.leaks(pdf, names) if names else ()
    if places:
        raise DeskError(
            N_("Nothing was written: a name that must stay out of the public edition is in it. {places}"),
            places=" ".join(places),
        )
