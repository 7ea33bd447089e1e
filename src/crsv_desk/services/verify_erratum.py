"""Check an untrusted erratum: its seal, the statements inside, and its page set again from them."""

from __future__ import annotations

from collections.abc import Mapping

from crsv_desk.domain.admission import Held, admit
from crsv_desk.domain.codes import matches, spoken
from crsv_desk.domain.errors import DeskError, Refused
from crsv_desk.domain.fold import fold
from crsv_desk.domain.openings import Opening, decode_opening
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.progress import Report, silent
from crsv_desk.domain.seal import SealReport
from crsv_desk.domain.statements import Closing, Genesis, Letter
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import Volume, read_packet
from crsv_desk.services.confirm import is_confirmed
from crsv_desk.services.desk import Desk
from crsv_desk.services.erratum_case import Case, case_of, closing_of, corrected, gone_of
from crsv_desk.services.erratum_page import BEFORE, attachments_of, erratum_of, shown
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Finding, Verification


def is_erratum(seal: SealReport) -> bool:
    """Whether a PDF with these attachments is an erratum."""
    return BEFORE in seal.attachments


def verify_erratum(desk: Desk, file: Untrusted, seal: SealReport, code: str, report: Report = silent) -> Verification:
    """Check an untrusted erratum: its seal, the statements inside, and its page set again from them."""
    found: list[Finding] = []
    if seal.whole:
        found.append(
            Finding(True, _("The seal holds and covers the whole file: nothing was changed since it was sealed."))
        )
    found += [Finding(False, problem) for problem in seal.problems]
    if not seal.whole and not seal.problems:
        found.append(Finding(False, _("The seal does not hold.")))
    try:
        case = _read(desk, seal.attachments)
        found += _check(desk, case, file, seal, report)
    except DeskError as error:
        found.append(Finding(False, str(error)))
        verdict = _("Do not rely on this PDF: it is not as it was sealed.")
        return Verification(file.name, "pdf", False, False, verdict, tuple(found), conclusion="changed")
    whole = seal.whole and all(one.holds is not False for one in found)
    signer, organisation = case.now.statement.signer, case.now.organisation
    begun_by = case.volume.held[case.volume.state.dossier].statement.signer
    lawful = case.now.id in {one.id for one in case.volume.state.closings}
    whose = lawful and any(is_confirmed(desk, key) or (code and matches(key, code)) for key in (signer, begun_by))
    if whose:
        found.append(
            Finding(True, _("It is from {name}: the code of its key was compared.").format(name=organisation), "whose")
        )
    else:
        sentence = _("It says it is from {name}; compare the code {code} with them before you rely on that.")
        found.append(Finding(False, sentence.format(name=organisation, code=spoken(signer)), "whose"))
    if whole and whose:
        verdict = _("This erratum is whole, and it is from {name}.").format(name=organisation)
    elif whole:
        verdict = _("This erratum is whole, but whose it is has not been confirmed.")
    else:
        verdict = _("Do not rely on this PDF: it is not as it was sealed.")
    return Verification(
        name=file.name, kind="pdf", whole=whole, whose=bool(whose), verdict=verdict, findings=tuple(found),
        withheld=len(closing_of(case.now).withheld), signer=organisation, code=spoken(signer),
        letter_code=spoken(closing_of(case.now).letter), edition="public", pages="the same" if whole else "",
        conclusion="genuine" if whole and whose else "whose unknown" if whole else "changed",
        fingerprint=signer if lawful else "", level=seal.level, attached=len(seal.attachments),
    )  # fmt: skip


def _read(desk: Desk, untrusted_attachments: Mapping[str, bytes]) -> Case:
    """Raises ``Refused``."""
    packets: dict[str, Packet] = {}
    held: dict[str, Held] = {}
    openings: dict[str, Opening] = {}
    names: dict[str, Held] = {}
    for name, untrusted_data in sorted(untrusted_attachments.items()):
        match desk.packets.kind(untrusted_data):
            case "packet":
                packet = read_packet(desk, untrusted_data)
                one = admit(packet)
                packets[one.id], held[one.id], names[name] = packet, one, one
            case "opening":
                document = decode_opening(untrusted_data)
                if isinstance(document, Opening):
                    openings[document.entry] = document
            case _:
                raise Refused(N_("The attachment {name} does not belong in an erratum."), name=name)
    before, now = names.get(BEFORE), names.get("closing.crsv")
    begun = [one for one in held.values() if isinstance(one.statement, Genesis)]
    if (
        len(begun) != 1
        or before is None
        or now is None
        or not isinstance(before.statement, Closing)
        or not isinstance(now.statement, Closing)
        or now.statement.letter not in held
        or not isinstance(held[now.statement.letter].statement, Letter)
    ):
        raise Refused(N_("The signed statements are not attached to this PDF, so nothing in it can be proved."))
    state = fold(begun[0].id, held.values(), openings.values())
    volume = Volume(state, packets, held, openings)
    case = case_of(volume, now) if corrected(volume, now) is not None else None
    if case is None or case.before.id != before.id:
        raise Refused(N_("This erratum does not belong to the letter that it names."))
    return case


def _check(desk: Desk, case: Case, file: Untrusted, seal: SealReport, report: Report) -> list[Finding]:
    before, now, state = closing_of(case.before), closing_of(case.now), case.volume.state
    found: list[Finding] = []

    def require(holds: bool, sentence: str) -> None:
        if not holds:
            found.append(Finding(False, sentence))

    ours = {one.id for one in state.closings}
    require({case.before.id, case.now.id} <= ours,
            _("What was decided at sending was not signed by the secretariat of this letter."))  # fmt: skip
    require(case.before.id in now.prev and now.letter == before.letter,
            _("This erratum does not belong to the letter that it names."))  # fmt: skip
    require(set(now.rows) < set(before.rows) or set(now.withheld) < set(before.withheld),
            _("An erratum takes signatories away and adds none."))  # fmt: skip
    require(set(now.rows) <= set(before.rows) and set(now.withheld) <= set(before.withheld),
            _("An erratum takes signatories away and adds none."))  # fmt: skip
    require(seal.fingerprint == now.certificate,
            _("The seal is not by the certificate that the secretariat named for it."))  # fmt: skip
    require(set(now.rosters) == set(state.rosters),
            _("The lists of organisations in this PDF are not those that the secretariat named."))  # fmt: skip
    for row in gone_of(case):
        if shown(case, row):
            sentence = _("{name} itself signed that it withdraws.")
            found.append(Finding(True, sentence.format(name=row.printed)))
        else:
            sentence = _("That {name} withdrew is declared by the secretariat.")
            found.append(Finding(None, sentence.format(name=row.printed)))
    erratum = erratum_of(desk, case, attachments_of(case))
    require(dict(seal.attachments) == {one.name: one.data for one in erratum.letter.attachments},
            _("The files attached to this PDF are not exactly those that belong in it."))  # fmt: skip
    differences = desk.paper.differences(file.data, desk.paper.typeset_erratum(erratum, report))
    found += [Finding(False, sentence) for sentence in differences]
    if not differences:
        found.append(Finding(True, _("The pages say exactly what was signed: they were set again and compared.")))
    return found
