"""Compile: decide, set the pages, look for leaks; then seal, check what was made, and only then hand it over.

The two halves stand apart, so that somebody looks at the very pages that are sealed. Looking closes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.paper import Edition
from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.domain.statements import Closing, Endorsement, Signing
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import Volume, disclosures, keep, open_volume
from crsv_desk.services.closing import Decided, Decision, decide, still_fits
from crsv_desk.services.combine import Material, combine
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import verify

STEPS = 6
LARGE = 7_000_000
"""Bytes above which some mailboxes refuse an attachment."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The pages that would be sealed, with what was decided for them. Nothing of it is kept."""

    dossier: str
    decision: Decision
    decided: Decided
    material: Material
    pages: bytes
    """The PDF before its seal."""
    searched: tuple[str, ...]
    """The names that were looked for: those that must stay out of this edition."""
    leaks: tuple[str, ...]
    """A translated sentence for each place where one of them stands; then this is not sealed."""


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
    """One edition of a letter, sealed. Raises ``DeskError``; then nothing is kept."""
    return seal_prepared(desk, prepare(desk, dossier, edition, decision, report), report)


def prepare(
    desk: Desk, dossier: str, edition: Edition = "public", decision: Decision = Decision(), report: Report = silent
) -> Prepared:
    """The pages as they would be sealed now. Keeps nothing. Raises ``DeskError``: they cannot be made."""
    report(Step(0, STEPS, _("Putting the list of signatories together")))
    decided = decide(desk, dossier, edition, decision)
    held, packet = decided.held, decided.packet
    volume = open_volume(desk, dossier)
    volume = replace(volume, packets={**volume.packets, held.id: packet}, held={**volume.held, held.id: held})
    material = Material(volume, held, disclosures(desk, dossier) if edition == "full" else {})
    report(Step(1, STEPS, _("Setting the pages")))
    pages = desk.paper.typeset(combine(desk, material), _within(report, 1))
    report(Step(2, STEPS, _("Looking for names that must not be in it")))
    names = tuple(withheld_names(desk, volume, material.statement)) if edition == "public" else ()
    leaks = tuple(desk.paper.leaks(pages, names)) if names else ()
    report(Step(3, STEPS))
    return Prepared(dossier, decision, decided, material, pages, names, leaks)


def seal_prepared(desk: Desk, prepared: Prepared, report: Report = silent) -> Compiled:
    """Seal these very pages, check them, and keep what was decided. Raises ``DeskError``; then nothing is kept."""
    _refuse_leaks(prepared.leaks)
    statement = prepared.material.statement
    if not still_fits(desk, prepared.dossier, statement, prepared.decision):
        raise DeskError(
            N_("Something came in or changed since these pages were made; look at the new pages before you seal them.")
        )
    report(Step(3, STEPS, _("Sealing")))
    sealed = desk.paper.seal(prepared.pages, own_identity(desk).signer, statement.time)
    report(Step(4, STEPS, _("Checking what was made")))
    _refuse_leaks(desk.paper.leaks(sealed, prepared.searched) if prepared.searched else ())
    verification = verify(desk, Untrusted(_("combined PDF"), sealed), "", _within(report, 4))
    if not verification.holds:
        problems = " ".join(one.sentence for one in verification.findings if one.holds is False)
        raise DeskError(
            N_("The PDF that was made does not pass its own check and was not kept: {problems}"), problems=problems
        )
    report(Step(5, STEPS))
    keep(desk, prepared.decided.held, prepared.decided.packet)
    report(Step(STEPS, STEPS))
    return Compiled(sealed, prepared.decided.held.id, verification, len(statement.rows), len(statement.withheld))


def _within(report: Report, done: int) -> Report:
    """The steps of a part, told as the one step that the part is; it can be cancelled at each of its own."""
    return lambda step: report(Step(done, STEPS, step.label))


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


def _refuse_leaks(places: Sequence[str]) -> None:
    if places:
        raise DeskError(
            N_("Nothing was written: a name that must stay out of the public edition is in it. {places}"),
            places=" ".join(places),
        )
