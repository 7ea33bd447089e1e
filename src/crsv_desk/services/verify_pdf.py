"""Check a combined PDF the whole way: seal, coverage, the statements inside, and the pages set again from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crsv_desk.domain.admission import Held, admit
from crsv_desk.domain.codes import matches, spoken
from crsv_desk.domain.dossier import State
from crsv_desk.domain.errors import Cancelled, DeskError, Refused
from crsv_desk.domain.fold import fold
from crsv_desk.domain.openings import Disclosure, Opening, decode_opening
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.paper import LAYOUT_RULES, CombinedLetter
from crsv_desk.domain.progress import Report, Step
from crsv_desk.domain.seal import SealReport
from crsv_desk.domain.statements import Closing, Decline, Endorsement, Genesis, Letter, Newer, Row, Withdrawal
from crsv_desk.i18n import N_, _, ngettext
from crsv_desk.services.book import Volume, open_volume, read_packet
from crsv_desk.services.combine import Material, combine
from crsv_desk.services.confirm import is_confirmed
from crsv_desk.services.desk import Desk
from crsv_desk.services.erratum import is_erratum, verify_erratum
from crsv_desk.services.linking import check_disclosure
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Conclusion, EndorsementFinding, Finding, Pages, Topic, Verification

STEPS = 4


@dataclass(slots=True)
class _Findings:
    """What was found so far."""

    all: list[Finding] = field(default_factory=list)

    def add(self, holds: bool | None, sentence: str, topic: Topic = "whole") -> bool:
        self.all.append(Finding(holds, sentence, topic))
        return holds is not False

    @property
    def good(self) -> bool:
        return all(one.holds is not False for one in self.all)

    @property
    def bad(self) -> int:
        return sum(one.holds is False for one in self.all)


def verify_pdf(
    desk: Desk, file: Untrusted, code: str, report: Report, beside: Sequence[Untrusted] = ()
) -> Verification:
    """Check an untrusted combined PDF, with the files ``beside`` it. Raises ``Refused`` only for what is no readable
    PDF at all."""
    report(Step(0, STEPS, _("Checking the seal")))
    found = _Findings()
    try:
        seal = desk.paper.check(file.data)
    except Refused as refusal:
        # What a gateway rebuilt may not be read strictly, and can still say the words that were sealed here.
        found.add(False, str(refusal))
        lost = _seal_lost(desk, file, found, 0)
        if lost is None:
            raise
        return lost
    if is_erratum(seal):
        return verify_erratum(desk, file, seal, code, report)
    if seal.whole:
        found.add(True, _("The seal holds and covers the whole file: nothing was changed since it was sealed."))
    for problem in seal.problems:
        found.add(False, problem)
    if not seal.whole and not seal.problems:
        found.add(False, _("The seal does not hold."))
    bad_seal = found.bad
    report(Step(1, STEPS, _("Reading the statements inside")))
    material: Material | None = None
    name = ""
    try:
        if seal.attachments:
            material = _material(desk, seal.attachments)
        else:
            material, name = _material_beside(desk, beside, seal)
    except Refused as refusal:
        found.add(False, str(refusal))
    if material is None:
        return _without_material(desk, file, seal, found)
    if name:
        found.add(True, _("The signed statements are in {name}, which came with it.").format(name=name))
    _check_closing(material, seal, found)
    endorsements = _check_rows(desk, material, found)
    _check_sign_off(material, found)
    sound = found.bad == bad_seal  # apart from the seal, everything that was signed holds
    report(Step(2, STEPS, _("Setting the pages again to compare them")))
    pages = _compare(desk, file, material, seal, found, report)
    whole = found.good and seal.whole
    if pages == "other words" and not (seal.whole and found.bad == 1):
        pages = "different"  # and the layout is not the only ground to doubt it
    whose = _whose(desk, material, code, found)
    _claims(material, found)
    _since_then(desk, material, found)
    conclusion = _conclusion(whole, whose, sound, pages)
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
        fingerprint=closing.signer if _lawful(material) else "",
        level=seal.level,
        beside=name,
        attached=len(seal.attachments),
    )


def _material(desk: Desk, untrusted_attachments: Mapping[str, bytes]) -> Material:
    packets: dict[str, Packet] = {}
    held: dict[str, Held] = {}
    openings: dict[str, Opening] = {}
    disclosures: dict[str, Disclosure] = {}
    for name, untrusted_data in sorted(untrusted_attachments.items()):
        match desk.packets.kind(untrusted_data):
            case "packet":
                packet = read_packet(desk, untrusted_data)
                one = admit(packet)
                packets[one.id], held[one.id] = packet, one
            case "opening":
                document = decode_opening(untrusted_data)
                if isinstance(document, Opening):
                    openings[document.entry] = document
                else:
                    disclosures[document.endorsement] = document
            case _:
                raise Refused(N_("The attachment {name} does not belong in a combined PDF."), name=name)
    newer = [one.statement.format for one in held.values() if isinstance(one.statement, Newer)]
    if newer:
        raise Refused(N_("This PDF needs CRSV Desk {version}; update to check it."), version=max(newer))
    begun = [one for one in held.values() if isinstance(one.statement, Genesis)]
    closings = [one for one in held.values() if isinstance(one.statement, Closing)]
    if len(begun) != 1 or len(closings) != 1:
        raise Refused(N_("The signed statements are not attached to this PDF, so nothing in it can be proved."))
    state = fold(begun[0].id, held.values(), openings.values())
    volume = Volume(state, packets, held, openings)
    fitting = {key: one for key, one in disclosures.items() if key in held and check_disclosure(desk, volume, one)}
    return Material(volume, closings[0], fitting)


def _material_beside(desk: Desk, beside: Sequence[Untrusted], seal: SealReport) -> tuple[Material | None, str]:
    """What a slim edition rests on, in the one of the files beside it whose closing names its seal; and that file's
    name. Raises ``Refused``."""
    refusal: Refused | None = None
    for file in beside:
        try:
            members = {str(number): data for number, data in enumerate(desk.packets.members(file.data))}
            material = _material(desk, members)
        except Refused as error:
            refusal = error
            continue
        if material.statement.edition == "slim" and material.statement.certificate == seal.fingerprint:
            return material, file.name
    if refusal is not None:
        raise refusal
    return None, ""


def _check_closing(material: Material, seal: SealReport, found: _Findings) -> None:
    closing, state = material.statement, material.volume.state
    if material.closing.id not in {one.id for one in state.closings}:
        found.add(False, _("What was decided at sending was not signed by the secretariat of this letter."))
    if seal.sealed and seal.fingerprint != closing.certificate:
        found.add(False, _("The seal is not by the certificate that the secretariat named for it."))
    elif closing.certificate != closing.signer:
        sentence = _("The seal is by the certificate of {holder}, which {name} named for it under its own signature.")
        found.add(True, sentence.format(holder=seal.holder, name=material.closing.organisation))
        if seal.issuer:
            sentence = _("That certificate says that {issuer} issued it; CRSV Desk does not check this.")
            found.add(None, sentence.format(issuer=seal.issuer))
    for stamp in seal.stamps:
        sentence = _(
            "{authority} attests that the seal was there on {time}; it is for you to decide whether to trust that authority."
        )
        found.add(None, sentence.format(authority=stamp.authority, time=stamp.time))
    if seal.sealed and seal.signing_time and seal.signing_time < closing.time:
        found.add(None, _("The seal claims an earlier time than the decision to send."))
    letters = {one.id for one in state.letters}
    if closing.letter not in letters:
        found.add(False, _("The letter's text in this PDF was not signed by its secretariat."))
    if set(closing.rosters) != set(state.rosters):
        found.add(False, _("The lists of organisations in this PDF are not those that the secretariat named."))


def _check_rows(desk: Desk, material: Material, found: _Findings) -> tuple[EndorsementFinding, ...]:
    closing, volume = material.statement, material.volume
    organisations = [row.printed for row in closing.rows]
    if len(set(organisations)) != len(organisations):
        found.add(False, _("An organisation is counted twice."))
    counts = {one.counts.id for one in volume.state.organisations if one.counts is not None}
    rows = tuple(_row(volume, row, row.id in counts) for row in closing.rows)
    bad = [row for row in rows if not row.holds]
    for row in bad:
        found.add(
            False,
            _("The endorsement of {name} does not count: {reason}").format(name=row.organisation, reason=row.sentence),
        )
    if rows and not bad:
        sentence = ngettext(
            "{count} endorsement is attached; its signature holds, for exactly this text.",
            "{count} endorsements are attached; each signature holds, for exactly this text.",
            len(rows),
        )
        found.add(True, sentence.format(count=len(rows)))
    if closing.withheld:
        sentence = ngettext(
            "{count} endorsement with the name withheld is counted; only its reader can check it.",
            "{count} endorsements with the name withheld are counted; only their readers can check them.",
            len(closing.withheld),
        )
        found.add(None, sentence.format(count=len(closing.withheld)))
    attested = sum(entry.count for entry in closing.attested)
    if attested:
        sentence = ngettext(
            "{count} answer is declared by the secretariat; the organisation did not sign it here.",
            "{count} answers are declared by the secretariat; the organisations did not sign them here.",
            attested,
        )
        found.add(None, sentence.format(count=attested))
    return rows


def _row(volume: Volume, row: Row, counts: bool) -> EndorsementFinding:
    held, packet = volume.held.get(row.id), volume.packets.get(row.id)
    reason = ""
    if held is None or packet is None or not isinstance(held.statement, Endorsement):
        return EndorsementFinding(row.printed, (), row.id, "", "", False, _("it is not attached."))
    statement = held.statement
    if packet.digest != row.packet:
        reason = _("it is another file than the one named at sending.")
    elif statement.organisation != row.printed:
        reason = _("it was given by {name}.").format(name=statement.organisation)
    elif not counts:
        reason = _why_not(volume.state, held)
    basis, compared = _basis(volume, statement)
    return EndorsementFinding(
        organisation=row.printed,
        people=tuple(one.name for one in statement.people if one.name),
        statement=row.id,
        code=spoken(statement.signer),
        time=statement.time if statement.visibility.name == "shown" else statement.time[:10],
        holds=not reason,
        sentence=reason or _("The signature holds, for exactly this text."),
        version=_version(volume, statement.letter),
        basis=basis,
        compared=compared,
        notes=_notes(volume, statement, basis),
    )


def _basis(volume: Volume, statement: Endorsement) -> tuple[str, str]:
    """On what it rests that the key is the organisation's, and since which day."""
    member = volume.state.members.get(statement.organisation)
    openings = [one for one in member.openings if statement.signer in one.certificates] if member else []
    best = max(openings, key=lambda one: (one.basis != "", one.date, one.entry), default=None)
    return (best.basis, best.date) if best is not None else ("", "")


def _notes(volume: Volume, statement: Endorsement, basis: str) -> tuple[str, ...]:
    found = []
    if basis in ("", "vouched"):
        found.append(_("Its code was never compared with the organisation itself; the signature holds."))
    if statement.reservation.text:
        found.append(_("With a reservation: {text}").format(text=statement.reservation.text))
    current = volume.state.current
    if current is not None and statement.letter != current.id:
        found.append(_("It signed an earlier version, and allowed factual corrections."))
    return tuple(found)


def _version(volume: Volume, letter_id: str) -> int:
    held = volume.held.get(letter_id)
    return held.statement.n if held is not None and isinstance(held.statement, Letter) else 0


def _why_not(state: State, held: Held) -> str:
    for entry in state.not_counted:
        if entry.held.id == held.id:
            return _(entry.reason).format(**entry.fields)
    if any(one.id == held.id for one in state.unknown):
        return _("the secretariat's list does not know the key that signed it.")
    return _("it was given for another text.")


def _check_sign_off(material: Material, found: _Findings) -> None:
    closing = material.statement
    printed = {row.printed for row in closing.rows}
    missing = [name for name in (closing.sign_off.lead, *closing.sign_off.names) if name not in printed]
    for name in missing:
        found.add(False, _("{name} stands below the letter but has not endorsed it.").format(name=name))


def _check_files(material: Material, letter: CombinedLetter, seal: SealReport, found: _Findings) -> None:
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
    desk: Desk, file: Untrusted, material: Material, seal: SealReport, found: _Findings, report: Report
) -> Pages:
    try:
        letter = combine(desk, material)
        _check_files(material, letter, seal, found)
        expected = desk.paper.typeset(letter, report)
    except Cancelled:
        raise
    except DeskError as error:
        found.add(False, str(error))
        return "not compared"
    layout = material.statement.layout
    if layout.rules != LAYOUT_RULES or layout.fonts != desk.paper.fonts_digest():
        if desk.paper.same_words(file.data, expected):
            found.add(
                None,
                _(
                    "Another version of CRSV Desk set these pages: they were not compared, but their words are the same."
                ),
            )
            return "not compared"
        found.add(
            False,
            _(
                "Another version of CRSV Desk set these pages: they were not compared, and their words are not those that"
                " this version sets from what was signed."
            ),
        )
        return "other words"
    try:
        differences = desk.paper.differences(file.data, expected)
    except Refused as refusal:
        # Another program wrote these objects; its words may still be those that were signed.
        differences = (str(refusal),)
    if not differences:
        found.add(True, _("The pages say exactly what was signed: they were set again and compared."))
        return "the same"
    for sentence in differences:
        found.add(False, sentence)
    return "the same words" if desk.paper.same_words(file.data, expected) else "different"


def _whose(desk: Desk, material: Material, code: str, found: _Findings) -> bool:
    closing, state = material.closing, material.volume.state
    begun_by = material.volume.held[state.dossier].statement.signer
    # Whoever began the dossier decides who else is its secretariat; being listed in somebody's genesis proves nothing.
    keys = {closing.statement.signer, begun_by} if _lawful(material) else set()
    name, spoken_code = closing.organisation, spoken(closing.statement.signer)
    if any(is_confirmed(desk, key) or (code and matches(key, code)) for key in keys):
        return found.add(True, _("It is from {name}: the code of its key was compared.").format(name=name), "whose")
    if code:
        found.add(False, _("The code that was given is not that of the secretariat in this PDF."), "whose")
    sentence = _("It says it is from {name}; compare the code {code} with them before you rely on that.")
    found.add(False, sentence.format(name=name, code=spoken_code), "whose")
    return False


def _lawful(material: Material) -> bool:
    """The secretariat of this dossier signed the decision to send."""
    return material.closing.id in {one.id for one in material.volume.state.closings}


def _claims(material: Material, found: _Findings) -> None:
    """What stands in the file and rests on nothing but the word of whoever wrote it."""
    rows = [material.volume.held[row.id].statement for row in material.statement.rows if row.id in material.volume.held]
    signed = [one for one in rows if isinstance(one, Endorsement)]
    if any(one.people for one in signed):
        found.add(None, _("Names and roles: every organisation filled in its own."))
    if signed:
        found.add(None, _("Days and times: they come from the computers of those who signed."))
    if any(one.mark != "none" for one in signed):
        found.add(None, _("The marks: a drawn name or a picture does not prove who signed; the signatures do."))


def _since_then(desk: Desk, material: Material, found: _Findings) -> None:
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


def _seal_lost(desk: Desk, file: Untrusted, found: _Findings, attached: int) -> Verification | None:
    """The verdict on a file that says the words of a closing held here, whatever became of it; ``None`` for any other.
    Raises ``Refused``: its words cannot be read."""
    for dossier in desk.store.dossiers():
        volume = open_volume(desk, dossier)
        for closing in volume.state.closings:
            if isinstance(closing.statement, Closing) and closing.statement.edition != "full":
                letter = combine(desk, Material(volume, closing, {}))
                if desk.paper.same_words(file.data, desk.paper.typeset(letter, lambda step: None)):
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


def _without_material(desk: Desk, file: Untrusted, seal: SealReport, found: _Findings) -> Verification:
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


def _conclusion(whole: bool, whose: bool, sound: bool, pages: Pages) -> Conclusion:
    if whole and whose:
        return "pages not compared" if pages == "not compared" else "genuine"
    if whole:
        return "whose unknown"
    if pages == "other words":
        return "other words"
    return "seal lost" if sound and pages in ("the same words", "the same") else "changed"


def _verdict(material: Material, conclusion: Conclusion) -> str:
    name = material.closing.organisation
    match conclusion:
        case "genuine":
            return _("This PDF is whole, and it is from {name}.").format(name=name)
        case "pages not compared":
            sentence = _(
                "This PDF is whole, and it is from {name}. Another version of CRSV Desk set its pages, so they were"
                " not compared; their words are the same."
            )
            return sentence.format(name=name)
        case "other words":
            return _(
                "Do not rely on this PDF before it is checked with the version of CRSV Desk that made it: this version cannot"
                " set its pages again, and finds other words on them than those that were signed."
            )
        case "whose unknown":
            return _("This PDF is whole, but whose it is has not been confirmed.")
        case "seal lost":
            return _(
                "These are the same words that were signed, but the seal is lost or broken; ask for the original file."
            )
    return _("Do not rely on this PDF: it is not as it was sealed.")
