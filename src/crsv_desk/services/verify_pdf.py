"""Check a combined PDF the whole way: seal, coverage, the statements inside, and the pages set again from them."""

from __future__ import annotations

from collections.abc import Sequence

from crsv_desk.domain.codes import matches, spoken
from crsv_desk.domain.errors import Cancelled, DeskError, Refused
from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import Report, Step, part
from crsv_desk.domain.seal import SealReport
from crsv_desk.domain.statements import Closing, Decline, Endorsement, Withdrawal
from crsv_desk.i18n import _
from crsv_desk.services.book import open_volume
from crsv_desk.services.combine import Material, combine
from crsv_desk.services.confirm import is_confirmed
from crsv_desk.services.desk import Desk
from crsv_desk.services.findings import Findings
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Conclusion, Pages, Verification
from crsv_desk.services.verify_erratum import is_erratum, verify_erratum
from crsv_desk.services.verify_layout import VERDICTS, compare_words, is_foreign
from crsv_desk.services.verify_rows import check_rows, check_sign_off
from crsv_desk.services.verify_statements import check_closing, is_lawful, read_material, read_material_beside

STEPS, READ, FITS, SET = 100, 30, 40, 90
"""Where it is when the seal was looked at, the statements were read, and the pages were set again: about."""


def verify_pdf(
    desk: Desk, file: Untrusted, code: str, report: Report, beside: Sequence[Untrusted] = ()
) -> Verification:
    """Check an untrusted combined PDF, with the files ``beside`` it. Raises ``Refused`` only for what is no readable
    PDF at all."""
    report(Step(0, STEPS, _("Checking the seal")))
    found = Findings()
    try:
        seal = desk.paper.check(file.data, part(report, 0, READ, STEPS))
    except Refused as refusal:
        # What a gateway rebuilt may not be read strictly, and can still say the words that were sealed here.
        found.add(False, str(refusal))
        lost = _seal_lost(desk, file, found, 0)
        if lost is None:
            raise
        return lost
    if is_erratum(seal):
        return verify_erratum(desk, file, seal, code, part(report, READ, STEPS, STEPS))
    found.add_seal(seal)
    bad_seal = found.bad
    report(Step(READ, STEPS, _("Reading the statements inside")))
    material: Material | None = None
    name = ""
    try:
        if seal.attachments:
            material = read_material(desk, seal.attachments, part(report, READ, FITS, STEPS))
        else:
            material, name = read_material_beside(desk, beside, seal)
    except Refused as refusal:
        found.add(False, str(refusal))
    if material is None:
        return _without_material(desk, file, seal, found)
    if name:
        found.add(True, _("The signed statements are in {name}, which came with it.").format(name=name))
    check_closing(material, seal, found)
    endorsements = check_rows(desk, material, found)
    check_sign_off(material, found)
    # Apart from the seal, everything that was signed holds; and the seal is broken, not good and added to.
    is_lost = found.bad == bad_seal and not seal.intact
    report(Step(FITS, STEPS, _("Setting the pages again to compare them")))
    pages = _compare(desk, file, material, seal, found, part(report, FITS, SET, STEPS))
    report(Step(SET, STEPS))
    whole = found.good and seal.whole
    if pages in ("other words", "not set") and not (seal.whole and found.bad == 1):
        pages = "different"  # and the layout is not the only ground to doubt it
    whose = _whose(desk, material, code, found)
    _claims(material, found)
    _since_then(desk, material, found)
    conclusion = _conclusion(whole, whose, is_lost, pages)
    report(Step(STEPS, STEPS))
    closing = material.statement
    return Verification(
        name=file.name,
        kind="pdf",
        whole=whole,
        whose=whose,
        verdict=_verdict(material, conclusion),
        findings=tuple(found.all),
        endorsements=endorsements,
        withheld=len(closing.withheld),
        attested=sum(entry.count for entry in closing.attested),
        signer=material.closing.organisation,
        code=spoken(closing.signer),
        letter_code=spoken(closing.letter),
        edition=closing.edition,
        pages=pages,
        conclusion=conclusion,
        fingerprint=closing.signer if is_lawful(material) else "",
        level=seal.level,
        beside=name,
        attached=len(seal.attachments),
    )


def _check_files(material: Material, letter: CombinedLetter, seal: SealReport, found: Findings) -> None:
    """Neither more, fewer nor others than belong: inside the PDF, or in the file beside a slim edition."""
    if letter.edition != "slim":
        if dict(seal.attachments) != {one.name: one.data for one in letter.attachments}:
            found.add(False, _("The files attached to this PDF are not exactly those that belong in it."))
        return
    volume = material.volume
    given = {packet.data for packet in volume.packets.values()} | {one.encode() for one in volume.openings.values()}
    if seal.attachments:
        found.add(False, _("The files attached to this PDF are not exactly those that belong in it."))
    elif given != {one.data for one in letter.attachments}:
        found.add(False, _("The statements beside this PDF are not exactly those that belong to it."))


def _compare(
    desk: Desk, file: Untrusted, material: Material, seal: SealReport, found: Findings, report: Report
) -> Pages:
    foreign = is_foreign(desk, material.statement)
    try:
        letter = combine(desk, material, part(report, 0, 1, 3))
        _check_files(material, letter, seal, found)
        if foreign:
            return compare_words(desk, file.data, letter, seal, found)
        expected = desk.paper.typeset(letter, part(report, 1, 2, 3))
    except Cancelled:
        raise
    except DeskError as error:
        found.add(False, str(error))
        return "not set" if foreign else "different"
    try:
        differences = desk.paper.differences(file.data, expected, part(report, 2, 3, 3))
    except Refused as refusal:
        # Another program wrote these objects; its words may still be those that were signed.
        differences = (str(refusal),)
    if not differences:
        found.add(True, _("The pages say exactly what was signed: they were set again and compared."))
        return "the same"
    for sentence in differences:
        found.add(False, sentence)
    return "the same words" if desk.paper.same_words(file.data, letter) else "different"


def _whose(desk: Desk, material: Material, code: str, found: Findings) -> bool:
    closing, state = material.closing, material.volume.state
    begun_by = material.volume.held[state.dossier].statement.signer
    # Whoever began the dossier decides who else is its secretariat; being listed in somebody's genesis proves nothing.
    keys = {closing.statement.signer, begun_by} if is_lawful(material) else set()
    name, spoken_code = closing.organisation, spoken(closing.statement.signer)
    if any(is_confirmed(desk, key) or (code and matches(key, code)) for key in keys):
        return found.add(True, _("It is from {name}: the code of its key was compared.").format(name=name), "whose")
    if code:
        found.add(False, _("The code that was given is not that of the secretariat in this PDF."), "whose")
    sentence = _("It says it is from {name}; compare the code {code} with them before you rely on that.")
    found.add(False, sentence.format(name=name, code=spoken_code), "whose")
    return False


def _claims(material: Material, found: Findings) -> None:
    """What stands in the file and rests on nothing but the word of whoever wrote it."""
    rows = [material.volume.held[row.id].statement for row in material.statement.rows if row.id in material.volume.held]
    signed = [one for one in rows if isinstance(one, Endorsement)]
    if any(one.people for one in signed):
        found.add(None, _("Names and roles: every organisation filled in its own."))
    if signed:
        found.add(None, _("Days and times: they come from the computers of those who signed."))
    if any(one.mark != "none" for one in signed):
        found.add(None, _("The marks: a drawn name or a picture does not prove who signed; the signatures do."))


def _since_then(desk: Desk, material: Material, found: Findings) -> None:
    """News held here that is later than the PDF: shown, and no part of the verdict."""
    dossier = material.volume.state.dossier
    if dossier not in desk.store.dossiers():
        return
    state = open_volume(desk, dossier).state
    printed = {row.printed for row in material.statement.rows}
    for one in state.organisations:
        if one.organisation in printed and one.standing in ("withdrawn", "declined"):
            kinds = tuple(answer for answer in one.answers if isinstance(answer.statement, Decline | Withdrawal))
            if kinds:
                found.add(
                    None, _("Since then: {name} has taken back its endorsement.").format(name=one.organisation), "since"
                )


def _seal_lost(desk: Desk, file: Untrusted, found: Findings, attached: int) -> Verification | None:
    """The verdict on a file that says the words of a closing held here, whatever became of it; ``None`` for any other.
    Raises ``Refused``: its words cannot be read."""
    for dossier in desk.store.dossiers():
        volume = open_volume(desk, dossier)
        for closing in volume.state.closings:
            if isinstance(closing.statement, Closing) and closing.statement.edition != "full":
                letter = combine(desk, Material(volume, closing, {}))
                if desk.paper.same_words(file.data, letter):
                    verdict = _(
                        "These are the same words that were sealed here, but the seal is lost; ask for the original file."
                    )
                    return Verification(
                        file.name,
                        "pdf",
                        False,
                        False,
                        verdict,
                        tuple(found.all),
                        pages="the same words",
                        conclusion="seal lost",
                        attached=attached,
                    )
    return None


def _without_material(desk: Desk, file: Untrusted, seal: SealReport, found: Findings) -> Verification:
    """A PDF whose statements are gone may still say the words of a closing that is held here."""
    lost = _seal_lost(desk, file, found, len(seal.attachments)) if not seal.whole else None
    if lost is not None:
        return lost
    conclusion: Conclusion
    if not seal.sealed:
        verdict, conclusion = _("This PDF is not sealed by CRSV Desk."), "no seal"
    elif seal.whole:
        conclusion = "no proof"
        verdict = _("The seal holds, but the signed statements are not in this PDF: check it together with the .crsv file "
                    "that came with it.")  # fmt: skip
    else:
        verdict, conclusion = _("This PDF proves nothing: its statements are missing."), "changed"
    count = len(seal.attachments)
    return Verification(
        file.name, "pdf", False, False, verdict, tuple(found.all), conclusion=conclusion, attached=count
    )


def _conclusion(whole: bool, whose: bool, lost: bool, pages: Pages) -> Conclusion:
    if whole and whose:
        return "pages not compared" if pages == "not compared" else "genuine"
    if whole:
        return "whose unknown"
    if pages in ("other words", "not set"):
        return pages
    return "seal lost" if lost and pages in ("the same words", "the same", "not compared") else "changed"


def _verdict(material: Material, conclusion: Conclusion) -> str:
    name = material.closing.organisation
    match conclusion:
        case "genuine":
            return _("This PDF is whole, and it is from {name}.").format(name=name)
        case "pages not compared" | "other words" | "not set":
            return _(VERDICTS[conclusion]).format(name=name)
        case "whose unknown":
            return _("This PDF is whole, but whose it is has not been confirmed.")
        case "seal lost":
            return _(
                "These are the same words that were signed, but the seal is lost or broken; ask for the original file."
            )
    return _("Do not rely on this PDF: it is not as it was sealed.")
