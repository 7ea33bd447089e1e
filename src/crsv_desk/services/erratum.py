"""After a letter was sent and somebody withdrew: an erratum beside it. What was sealed stays as it is.

An erratum is a new closing that names the one that was sent, less those who withdrew. It is made of both closings and
the withdrawals themselves, so that whoever checks it sets the page again from what was signed. A withdrawal that gives a
reason, or that travelled sealed, is not attached: what it says is between that organisation and the secretariat, and the
erratum then rests on the secretariat's word, with the withdrawal's number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from crsv_desk.domain.admission import Held, admit
from crsv_desk.domain.codes import matches, spoken
from crsv_desk.domain.dossier import State
from crsv_desk.domain.errors import DeskError, Refused
from crsv_desk.domain.fold import fold
from crsv_desk.domain.openings import Opening, decode_opening
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.paper import Attachment, CombinedLetter, Erratum, Leaver, SignOff
from crsv_desk.domain.progress import Report, silent
from crsv_desk.domain.seal import SealReport
from crsv_desk.domain.statements import Closing, Decline, Genesis, Letter, Row, SignOffNames, Withdrawal
from crsv_desk.i18n import N_, _, translations
from crsv_desk.services.book import Volume, issue, open_volume, read_packet, require_secretariat, seen
from crsv_desk.services.closing import latest_closing
from crsv_desk.services.combine import PACKET_TYPE, letter_text
from crsv_desk.services.confirm import is_confirmed
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Finding, Verification

BEFORE = "closing-before.crsv"
"""The attachment that tells an erratum from a combined letter."""


@dataclass(frozen=True, slots=True)
class CompiledErratum:
    """A sealed erratum that passed its own check."""

    pdf: bytes
    left: tuple[str, ...]
    """Organisations by name that no longer sign."""
    verification: Verification


@dataclass(frozen=True, slots=True)
class _Case:
    """What an erratum rests on."""

    volume: Volume
    before: Held
    now: Held
    refusals: Mapping[str, Held]
    """By the id of the endorsement that was taken back."""


def compile_erratum(desk: Desk, dossier: str, report: Report = silent) -> CompiledErratum:
    """The erratum to the public letter that was closed last. Made again, it is the same page. Raises ``DeskError`` when
    nobody in it has withdrawn since."""
    volume = open_volume(desk, dossier)
    require_secretariat(desk, volume.state)
    with desk.store.atomic():
        before, now = _closings(desk, volume)
        case = _Case(open_volume(desk, dossier), before, now, _refusals(volume.state, _closing(before), _closing(now)))
        pages = desk.paper.typeset_erratum(_erratum(desk, case, _attachments(case)), report)
        sealed = desk.paper.seal(pages, own_identity(desk).signer, _closing(now).time)
        verification = verify_erratum(desk, Untrusted(_("erratum"), sealed), desk.paper.check(sealed), "", report)
        if not verification.holds:
            problems = " ".join(one.sentence for one in verification.findings if one.holds is False)
            raise DeskError(
                N_("The PDF that was made does not pass its own check and was not kept: {problems}"), problems=problems
            )
    return CompiledErratum(sealed, tuple(row.printed for row in _gone(case)), verification)


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
        withheld=len(_closing(case.now).withheld), signer=organisation, code=spoken(signer),
        letter_code=spoken(_closing(case.now).letter), edition="public", pages="the same" if whole else "",
        conclusion="genuine" if whole and whose else "whose unknown" if whole else "changed",
        fingerprint=signer if lawful else "", level=seal.level, attached=len(seal.attachments),
    )  # fmt: skip


def _closings(desk: Desk, volume: Volume) -> tuple[Held, Held]:
    """The closing that was sent and the one of the erratum, which is made where it is not there yet."""
    state = volume.state
    latest = latest_closing(state, "public")
    if latest is None:
        raise DeskError(N_("This letter has not been sent yet, so there is nothing to correct; compile it first."))
    closing = _closing(latest)
    refused = {one.organisation for one in state.organisations if one.standing in ("withdrawn", "declined")}
    counting = {one.counts.id for one in state.organisations if one.counts is not None}
    gone = [row for row in closing.rows if row.printed in refused]
    unnamed = tuple(key for key in closing.withheld if key in counting)
    if not gone and unnamed == closing.withheld:
        for earlier in state.closings:
            if earlier.id in closing.prev and set(_closing(earlier).rows) > set(closing.rows):
                return earlier, latest
        raise DeskError(N_("Nobody in the letter that was sent has withdrawn since; there is nothing to correct."))
    if any(row.printed == closing.sign_off.lead for row in gone):
        raise DeskError(N_("{lead} itself no longer signs; an erratum cannot say that, send a new letter."),
                        lead=closing.sign_off.lead)  # fmt: skip
    left = {row.printed for row in gone}
    packet = issue(
        desk,
        Closing,
        state.dossier,
        seen=seen(state),
        n=closing.n + 1,
        prev=(latest.id,),
        letter=closing.letter,
        place=closing.place,
        date=desk.clock.now()[:10],
        rosters=state.rosters,
        rows=tuple(row for row in closing.rows if row.printed not in left),
        withheld=unnamed,
        attested=closing.attested,
        openings=_openings(state, gone),
        sign_off=SignOffNames(
            closing.sign_off.lead, tuple(name for name in closing.sign_off.names if name not in left)
        ),
        certificate=own_identity(desk).fingerprint,
        edition="public",
        layout=replace(closing.layout, fonts=desk.paper.fonts_digest()),
    )
    return latest, admit(packet)


def _openings(state: State, gone: list[Row]) -> tuple[str, ...]:
    """What ties the keys of those who withdrew to their organisations."""
    left = {row.printed for row in gone}
    return tuple(sorted(one.entry for name, member in state.members.items() if name in left for one in member.openings))


def _refusals(state: State, before: Closing, now: Closing) -> Mapping[str, Held]:
    remaining = {row.id for row in now.rows}
    found = {}
    for row in before.rows:
        if row.id in remaining:
            continue
        member = next((one for one in state.organisations if one.organisation == row.printed), None)
        kinds = [one for one in (member.answers if member else ()) if isinstance(one.statement, Withdrawal | Decline)]
        if kinds:
            found[row.id] = kinds[0]
    return found


def _may_be_shown(one: Held) -> bool:
    return isinstance(one.statement, Withdrawal | Decline) and not one.statement.reply and not one.statement.reason


def _attachments(case: _Case) -> tuple[Attachment, ...]:
    volume, now = case.volume, _closing(case.now)
    _ = translations(volume.letter(now.letter).texts[0].language).gettext

    def packet(name: str, key: str, description: str) -> Attachment:
        return Attachment(name, volume.packets[key].data, PACKET_TYPE, description)

    found = [packet("genesis.crsv", volume.state.dossier, _("The beginning of this letter's file"))]
    for number, key in enumerate(now.rosters, start=1):
        found.append(packet(f"roster-{number}.crsv", key, _("Which organisations and keys the secretariat knows")))
    found.append(packet(f"letter-{volume.letter(now.letter).n}.crsv", now.letter, _("The text that was signed")))
    found.append(packet(BEFORE, case.before.id, _("What the secretariat decided when the letter was sent")))
    found.append(packet("closing.crsv", case.now.id, _("What the secretariat decided for this erratum")))
    shown = [one for one in case.refusals.values() if _may_be_shown(one)]
    for number, one in enumerate(sorted(shown, key=lambda one: one.id), start=1):
        found.append(packet(f"withdrawal-{number:04d}.crsv", one.id, _("Withdrawal by {organisation}").format(
            organisation=one.organisation)))  # fmt: skip
    for number, entry in enumerate(now.openings, start=1):
        opening = volume.openings[entry]
        description = _("Whose key signed for {organisation}").format(organisation=opening.organisation)
        found.append(Attachment(f"opening-{number:04d}.json", opening.encode(), "application/json", description))
    return tuple(found)


def _erratum(desk: Desk, case: _Case, attachments: tuple[Attachment, ...]) -> Erratum:
    volume, before, now = case.volume, _closing(case.before), _closing(case.now)
    letter = volume.letter(now.letter)
    base = CombinedLetter(
        text=letter_text(desk, volume, now.letter, letter.texts[0]),
        lead=letter.lead,
        lead_logo=b"",
        place=now.place,
        date=before.date,
        sign_off=SignOff(now.sign_off.lead, now.sign_off.names),
        signatories=(),
        withheld=now.withheld,
        declared=(),
        dossier=volume.state.dossier,
        letter=now.letter,
        closing=case.now.id,
        secretariat_key=now.signer,
        closing_time=now.time,
        edition="public",
        accent=now.layout.accent,
        notice=now.layout.notice,
        attachments=attachments,
    )
    left = tuple(
        Leaver(row.printed, row.id, case.refusals[row.id].id if _shown(case, row) else "",
               _time(case.refusals[row.id]) if _shown(case, row) else now.date)
        for row in _gone(case)
    )  # fmt: skip
    return Erratum(
        letter=base,
        date=now.date,
        sent=before.date,
        before=case.before.id,
        named_before=len(before.rows),
        named_now=len(now.rows),
        unnamed_before=len(before.withheld),
        unnamed_now=len(now.withheld),
        left=left,
        remaining=tuple(row.printed for row in now.rows),
    )


def _shown(case: _Case, row: Row) -> bool:
    return row.id in case.refusals and _may_be_shown(case.refusals[row.id])


def _gone(case: _Case) -> list[Row]:
    remaining = {row.id for row in _closing(case.now).rows}
    return [row for row in _closing(case.before).rows if row.id not in remaining]


def _time(one: Held) -> str:
    assert isinstance(one.statement, Withdrawal | Decline)
    return one.statement.time


def _read(desk: Desk, untrusted_attachments: Mapping[str, bytes]) -> _Case:
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
    return _Case(volume, before, now, _refusals(state, before.statement, now.statement))


def _check(desk: Desk, case: _Case, file: Untrusted, seal: SealReport, report: Report) -> list[Finding]:
    before, now, state = _closing(case.before), _closing(case.now), case.volume.state
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
    for row in _gone(case):
        if _shown(case, row):
            sentence = _("{name} itself signed that it withdraws.")
            found.append(Finding(True, sentence.format(name=row.printed)))
        else:
            sentence = _("That {name} withdrew is declared by the secretariat.")
            found.append(Finding(None, sentence.format(name=row.printed)))
    erratum = _erratum(desk, case, _attachments(case))
    require(dict(seal.attachments) == {one.name: one.data for one in erratum.letter.attachments},
            _("The files attached to this PDF are not exactly those that belong in it."))  # fmt: skip
    differences = desk.paper.differences(file.data, desk.paper.typeset_erratum(erratum, report))
    found += [Finding(False, sentence) for sentence in differences]
    if not differences:
        found.append(Finding(True, _("The pages say exactly what was signed: they were set again and compared.")))
    return found


def _closing(one: Held) -> Closing:
    assert isinstance(one.statement, Closing)
    return one.statement
