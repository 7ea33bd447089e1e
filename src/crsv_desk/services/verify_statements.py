"""The signed statements that a combined PDF rests on, read from it or from the file beside it; the closing's own claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crsv_desk.domain.admission import Held, admit
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.fold import fold
from crsv_desk.domain.openings import Disclosure, Opening, decode_opening
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.progress import Report, silent, told
from crsv_desk.domain.seal import SealReport
from crsv_desk.domain.statements import Closing, Genesis, Newer
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import Volume, read_packet
from crsv_desk.services.combine import Material
from crsv_desk.services.desk import Desk
from crsv_desk.services.findings import Findings
from crsv_desk.services.linking import check_disclosure
from crsv_desk.services.receive import Untrusted


def read_material(desk: Desk, untrusted_attachments: Mapping[str, bytes], report: Report = silent) -> Material:
    """The dossier that the attached files amount to, with the closing that decided on the PDF. Raises ``Refused``."""
    packets: dict[str, Packet] = {}
    held: dict[str, Held] = {}
    openings: dict[str, Opening] = {}
    disclosures: dict[str, Disclosure] = {}
    for name, untrusted_data in told(sorted(untrusted_attachments.items()), report):
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


def read_material_beside(desk: Desk, beside: Sequence[Untrusted], seal: SealReport) -> tuple[Material | None, str]:
    """What a slim edition rests on, in the one of the files beside it whose closing names its seal; and that file's
    name. Raises ``Refused``."""
    refusal: Refused | None = None
    for file in beside:
        try:
            members = {str(number): data for number, data in enumerate(desk.packets.members(file.data))}
            material = read_material(desk, members)
        except Refused as error:
            refusal = error
            continue
        if material.statement.edition == "slim" and material.statement.certificate == seal.fingerprint:
            return material, file.name
    if refusal is not None:
        raise refusal
    return None, ""


def check_closing(material: Material, seal: SealReport, found: Findings) -> None:
    """Whether the closing is the secretariat's word, names this seal, and rests on its letter and rosters."""
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


def is_lawful(material: Material) -> bool:
    """The secretariat of this dossier signed the decision to send."""
    return material.closing.id in {one.id for one in material.volume.state.closings}
