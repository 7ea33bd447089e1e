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
from crsv_desk.services.findings import Findings
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Conclusion, Pages, Verification
from crsv_desk.services.verify_layout import VERDICTS, compare_words, is_foreign

_CHANGED = N_("Do not rely on this PDF: it is not as it was sealed.")
_VERDICTS: Mapping[Conclusion, str] = {
    **VERDICTS,
    "genuine": N_("This erratum is whole, and it is from {name}."),
    "whose unknown": N_("This erratum is whole, but whose it is has not been confirmed."),
    "changed": _CHANGED,
}


def is_erratum(seal: SealReport) -> bool:
    """Whether a PDF with these attachments is an erratum."""
    return BEFORE in seal.attachments


def verify_erratum(desk: Desk, file: Untrusted, seal: SealReport, code: str, report: Report = silent) -> Verification:
    """Check an untrusted erratum: its seal, the statements inside, and its page set again from them."""
    found = Findings()
    found.add_seal(seal)
    try:
        case = _read(desk, seal.attachments)
        pages = _check(desk, case, file, seal, report, found)
    except DeskError as error:
        found.add(False, str(error))
        return Verification(file.name, "pdf", False, False, _(_CHANGED), tuple(found.all), conclusion="changed")
    whole = seal.whole and found.good
    if pages in ("other words", "not set") and not (seal.whole and found.bad == 1):
        pages = "different"  # and the layout is not the only ground to doubt it
    signer, organisation = case.now.statement.signer, case.now.organisation
    begun_by = case.volume.held[case.volume.state.dossier].statement.signer
    lawful = case.now.id in {one.id for one in case.volume.state.closings}
    whose = lawful and any(is_confirmed(desk, key) or (code and matches(key, code)) for key in (signer, begun_by))
    if whose:
        found.add(True, _("It is from {name}: the code of its key was compared.").format(name=organisation), "whose")
    else:
        sentence = _("It says it is from {name}; compare the code {code} with them before you rely on that.")
        found.add(False, sentence.format(name=organisation, code=spoken(signer)), "whose")
    conclusion = _conclusion(whole, bool(whose), pages)
    return Verification(
        name=file.name, kind="pdf", whole=whole, whose=bool(whose),
        verdict=_(_VERDICTS[conclusion]).format(name=organisation), findings=tuple(found.all),
        withheld=len(closing_of(case.now).withheld), signer=organisation, code=spoken(signer),
        letter_code=spoken(closing_of(case.now).letter), edition="public", pages=pages, conclusion=conclusion,
        fingerprint=signer if lawful else "", level=seal.level, attached=len(seal.attachments),
    )  # fmt: skip


def _conclusion(whole: bool, whose: bool, pages: Pages) -> Conclusion:
    if whole:
        return "whose unknown" if not whose else "pages not compared" if pages == "not compared" else "genuine"
    return pages if pages in ("other words", "not set") else "changed"


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


def _check(desk: Desk, case: Case, file: Untrusted, seal: SealReport, report: Report, found: Findings) -> Pages:
    before, now, state = closing_of(case.before), closing_of(case.now), case.volume.state

    def require(holds: bool, sentence: str) -> None:
        if not holds:
            found.add(False, sentence)

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
            found.add(True, sentence.format(name=row.printed))
        else:
            sentence = _("That {name} withdrew is declared by the secretariat.")
            found.add(None, sentence.format(name=row.printed))
    erratum = erratum_of(desk, case, attachments_of(case))
    require(dict(seal.attachments) == {one.name: one.data for one in erratum.letter.attachments},
            _("The files attached to this PDF are not exactly those that belong in it."))  # fmt: skip
    if is_foreign(desk, now):
        try:
            return compare_words(desk, file.data, erratum, seal, found)
        except DeskError as error:
            found.add(False, str(error))
            return "not set"
    differences = desk.paper.differences(file.data, desk.paper.typeset_erratum(erratum, report))
    for one in differences:
        found.add(False, one)
    if differences:
        return "different"
    found.add(True, _("The pages say exactly what was signed: they were set again and compared."))
    return "the same"
