"""Compile: decide, set the pages, look for leaks; then seal, check what was made, and only then hand it over.

The two halves stand apart, so that somebody looks at the very pages that are sealed. Looking closes nothing.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.paper import CombinedLetter, Edition
from crsv_desk.domain.progress import Report, Step, part, silent
from crsv_desk.domain.seal import SealChoice
from crsv_desk.domain.statements import Closing, Endorsement, Signing
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import Volume, disclosures, keep, letter_blocks, open_volume
from crsv_desk.services.closing import Decided, Decision, decide, still_fits
from crsv_desk.services.combine import Material, combine, letter_versions
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity
from crsv_desk.services.ports import SealingKey
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import verify

STEPS, DECIDED, COMBINED, SET = 100, 5, 40, 90
"""Where making the pages is when it was decided who stands there, their pictures were read, and the pages were set: about."""
SEALED = 15
"""Where sealing them is when the seal is there."""
LARGE = 7_000_000
"""Bytes above which some mailboxes refuse an attachment."""


@dataclass(frozen=True, slots=True)
class Search:
    """Which names are looked for before an edition for everybody is sealed, and where they may stand."""

    names: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    quoting: tuple[bytes, ...] = ()
    beside: tuple[bytes, ...] = ()
    """Of a slim edition: the statements in the file that goes out with it."""

    def places(self, desk: Desk, pdf: bytes, report: Report = silent) -> tuple[str, ...]:
        """A translated sentence for each place where one stands."""
        if not self.names and not self.quoted:
            return ()
        return tuple(desk.paper.leaks(pdf, self.names, self.public, self.quoted, self.quoting, self.beside, report))


@dataclass(frozen=True, slots=True)
class Prepared:
    """The pages that would be sealed, with what was decided for them. Nothing of it is kept."""

    dossier: str
    decision: Decision
    decided: Decided
    material: Material
    pages: bytes
    """The PDF before its seal."""
    leaks: tuple[str, ...]
    """A translated sentence for each place where one of them stands; then this is not sealed."""
    beside: bytes
    """Of a slim edition: the bundle of its statements; else empty."""
    search: Search
    """What was looked for."""

    @property
    def searched(self) -> tuple[str, ...]:
        """The names that were looked for: those that must stay out of this edition."""
        return self.search.names

    @property
    def quoted(self) -> tuple[str, ...]:
        """Withheld names that the signed text itself says: known to whoever reads the letter, and no leak of ours."""
        return self.search.quoted


@dataclass(frozen=True, slots=True)
class Compiled:
    """A sealed combined PDF that passed its own check."""

    pdf: bytes
    closing: str
    verification: Verification
    endorsements: int
    withheld: int
    beside: bytes = b""
    """Of a slim edition: the bundle of its statements, to be saved and sent beside it."""
    quoted: tuple[str, ...] = ()
    """Withheld names that the signed text itself says."""

    @property
    def edition(self) -> str:
        return self.verification.edition

    @property
    def large(self) -> bool:
        """Small mailboxes may refuse it, or the file beside it."""
        return max(len(self.pdf), len(self.beside)) > LARGE


def compile_letter(
    desk: Desk,
    dossier: str,
    edition: Edition = "public",
    decision: Decision = Decision(),
    choice: SealChoice = SealChoice(),
) -> Compiled:
    """One edition of a letter, sealed as was chosen. Raises ``DeskError``; then nothing is kept."""
    with desk.paper.sealing_key(choice.by, own_identity(desk).signer, desk.clock.now()) as key:
        decision = replace(decision, certificate=key.fingerprint)
        prepared = prepare(desk, dossier, edition, decision)
        return _sealed(desk, prepared, key, choice.timestamp, silent)


def prepare(
    desk: Desk, dossier: str, edition: Edition = "public", decision: Decision = Decision(), report: Report = silent
) -> Prepared:
    """The pages as they would be sealed now. Keeps nothing. Raises ``DeskError``: they cannot be made."""
    report(Step(0, STEPS, _("Putting the list of signatories together")))
    decided = decide(desk, dossier, edition, decision)
    held, packet = decided.held, decided.packet
    volume = open_volume(desk, dossier)
    packets = ChainMap({held.id: packet}, volume.packets)  # type: ignore[arg-type]  # only read behind the first
    volume = replace(volume, packets=packets, held={**volume.held, held.id: held})
    material = Material(volume, held, disclosures(desk, dossier) if edition == "full" else {})
    report(Step(DECIDED, STEPS, _("Setting the pages")))
    letter = combine(desk, material, part(report, DECIDED, COMBINED, STEPS))
    pages = desk.paper.typeset(letter, part(report, COMBINED, SET, STEPS))
    report(Step(SET, STEPS, _("Looking for names that must not be in it")))
    search = _search(desk, material, letter) if edition != "full" else Search()
    leaks = search.places(desk, pages, part(report, SET, STEPS, STEPS))
    report(Step(STEPS, STEPS))
    beside = desk.packets.bundle(one.data for one in letter.attachments) if edition == "slim" else b""
    return Prepared(dossier, decision, decided, material, pages, leaks, beside, search)


def sealing_certificate(desk: Desk, choice: SealChoice) -> str:
    """The fingerprint that a ``Decision`` names, so that pages are made for this key. Raises ``DeskError``: it cannot
    be opened, or may not seal."""
    with desk.paper.sealing_key(choice.by, own_identity(desk).signer, desk.clock.now()) as key:
        return key.fingerprint


def seal_prepared(
    desk: Desk, prepared: Prepared, report: Report = silent, choice: SealChoice = SealChoice()
) -> Compiled:
    """Seal these very pages, check them, and keep what was decided. Raises ``DeskError``; then nothing is kept."""
    with desk.paper.sealing_key(choice.by, own_identity(desk).signer, desk.clock.now()) as key:
        return _sealed(desk, prepared, key, choice.timestamp, report)


def _sealed(desk: Desk, prepared: Prepared, key: SealingKey, timestamp: str, report: Report) -> Compiled:
    report(Step(0, STEPS, _("Sealing")))
    _refuse_leaks(prepared.leaks)
    statement = prepared.material.statement
    if not still_fits(desk, prepared.dossier, statement, prepared.decision):
        raise DeskError(
            N_("Something came in or changed since these pages were made; look at the new pages before you seal them.")
        )
    if key.fingerprint != statement.certificate:
        raise DeskError(
            N_("These pages were made for another key to seal them; choose the key first, then look at the new pages.")
        )
    sealed = desk.paper.seal(prepared.pages, key, statement.time, timestamp, part(report, 0, SEALED, STEPS))
    report(Step(SEALED, STEPS, _("Checking what was made")))
    _refuse_leaks(prepared.search.places(desk, sealed, part(report, SEALED, SEALED + 5, STEPS)))
    name = _("combined PDF")
    beside = [Untrusted(name, prepared.beside)] if prepared.beside else []
    verification = verify(desk, Untrusted(name, sealed), "", part(report, SEALED + 5, STEPS, STEPS), beside)
    if not verification.holds:
        problems = " ".join(one.sentence for one in verification.findings if one.holds is False)
        raise DeskError(
            N_("The PDF that was made does not pass its own check and was not kept: {problems}"), problems=problems
        )
    report(Step(STEPS, STEPS))  # the last moment to cancel
    keep(desk, prepared.decided.held, prepared.decided.packet)
    closing = prepared.decided.held.id
    return Compiled(
        sealed, closing, verification, len(statement.rows), len(statement.withheld), prepared.beside, prepared.quoted
    )


def save_compiled(desk: Desk, compiled: Compiled, path: Path, reader: str = "") -> Sequence[Path]:
    """Write what was compiled; what was there before stays whole until the new file is. The file of statements beside a
    slim edition comes first, so that its PDF never stands there alone.

    Args:
        path: of the PDF.
        reader: age recipient to whom a full edition is encrypted; the plain one is then on no disk, and ``.age`` is
            added to the name.

    Returns:
        What was written, the PDF last.

    Raises:
        DeskError: it cannot be written, or ``reader`` is no age recipient.
    """
    saved: list[Path] = []
    data = compiled.pdf
    if reader:
        check_reader(desk, reader, compiled.edition)
        data = desk.sealing.encrypt(data, [reader])
        path = path if path.suffix == ".age" else path.with_name(path.name + ".age")
    if compiled.beside:
        bundle = path.with_suffix(".crsv")
        if bundle == path:
            raise UsageError(N_("The PDF needs another name than the file beside it: let it end in .pdf."))
        desk.files.save(bundle, compiled.beside)
        saved.append(bundle)
    desk.files.save(path, data)
    return [*saved, path]


def check_reader(desk: Desk, reader: str, edition: str) -> None:
    """Raises ``UsageError`` unless a PDF of this edition can be encrypted to ``reader``."""
    if edition != "full":
        raise UsageError(N_("Only the full edition is encrypted to its reader; the others are for everybody."))
    if not desk.sealing.is_recipient(reader):
        raise UsageError(N_("{reader} is no key to encrypt to; it begins with age1."), reader=reader)


def extend_seal(desk: Desk, untrusted_pdf: Untrusted, timestamp: str) -> bytes:
    """Add what checking the seal needs later, and a timestamp over the whole file (PAdES B-LTA): for archives, and again
    before the last timestamp's certificate expires. Raises ``DeskError``."""
    report = desk.paper.check(untrusted_pdf.data)
    if not report.whole:
        raise DeskError(
            N_("The seal of this PDF does not hold, so it cannot be extended: {problems}"),
            problems=" ".join(report.problems),
        )
    extended = desk.paper.extend(untrusted_pdf.data, timestamp)
    after = desk.paper.check(extended)
    if not after.whole or after.level != "B-LTA":
        raise DeskError(
            N_("The extended PDF does not pass its own check and was not kept: {problems}"),
            problems=" ".join(after.problems) or after.level,
        )
    return extended


def _search(desk: Desk, material: Material, letter: CombinedLetter) -> Search:
    """A name in the signed text cannot be kept from its readers any more, so it stops nothing and is told instead."""
    volume, closing = material.volume, material.statement
    texts = [text for version in letter_versions(material) for text in _words(desk, volume, version)]
    names = withheld_names(desk, volume, closing)
    quoted = tuple(name for name in names if any(desk.paper.says(text, name) for text in texts))
    people = {one.name for row in closing.rows for one in _people(volume, row.id)}
    return Search(
        names=tuple(name for name in names if name not in quoted),
        public=tuple(sorted({row.printed for row in closing.rows} | people)),
        quoted=quoted,
        quoting=tuple(volume.packets[version].data for version in letter_versions(material)),
        beside=tuple(one.data for one in letter.attachments) if closing.edition == "slim" else (),
    )


def _words(desk: Desk, volume: Volume, version: str) -> Iterator[str]:
    """Everything that a letter version says, in each of its languages."""
    letter = volume.letter(version)
    yield "\n".join((letter.lead, *letter.recipient))
    for text in letter.texts:
        yield f"{text.subject}\n{text.salutation}\n{text.closing}"
        for block in letter_blocks(desk, volume, version, text.language):
            yield block.text


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
