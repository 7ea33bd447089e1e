"""Check a file without taking it in: a combined PDF, a packet or a bundle of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crsv_desk.domain.admission import Held, admit
from crsv_desk.domain.codes import matches, spoken
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.fold import fold
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.progress import Report, silent
from crsv_desk.domain.rules import SHOWN
from crsv_desk.domain.statements import Comment, Decline, Endorsement, Genesis, Letter, Newer, Withdrawal
from crsv_desk.i18n import N_, _
from crsv_desk.services.book import is_secretariat, open_volume, read_packet
from crsv_desk.services.confirm import is_confirmed, knows_secretariat
from crsv_desk.services.content import check_content
from crsv_desk.services.desk import Desk
from crsv_desk.services.receive import Untrusted, own_secrets
from crsv_desk.services.verification import EndorsementFinding, Finding, Verification
from crsv_desk.services.verify_pdf import verify_pdf

KINDS = {
    "genesis": N_("the beginning of a letter's file"),
    "letter": N_("a letter's text"),
    "call": N_("a letter's deadline"),
    "roster": N_("a list of organisations"),
    "comment": N_("a remark"),
    "endorsement": N_("an endorsement"),
    "decline": N_("an answer that it does not sign"),
    "withdrawal": N_("a withdrawal"),
    "attestation": N_("a declaration of another's answer"),
    "receipt": N_("a receipt"),
    "closing": N_("what was decided at sending"),
    "erasure": N_("a list of what was destroyed"),
}


def verify(
    desk: Desk, file: Untrusted, code: str = "", report: Report = silent, beside: Sequence[Untrusted] = ()
) -> Verification:
    """Check one file. Never raises for what is in it.

    Args:
        code: the signer's code as somebody gave it.
        beside: files that came with it: a slim edition's statements are in one of them.
    """
    kind = desk.packets.kind(file.data)
    try:
        if kind == "encrypted":
            content = decrypted(desk, file.data)
            if desk.packets.kind(content) == "encrypted":
                raise Refused(N_("This file is encrypted more than once, so nothing in it can be checked here."))
            return verify(desk, Untrusted(file.name, content), code, report, beside)
        if kind == "pdf":
            return verify_pdf(desk, file, code, report, beside)
        return _verify_packets(desk, file, kind, _unwrapped(desk, file.data, kind), code)
    except Refused as refusal:
        return Verification(file.name, kind, False, False, str(refusal), (Finding(False, str(refusal)),))


def decrypted(desk: Desk, untrusted_data: bytes) -> bytes:
    """What an age file holds. Raises ``Refused``: it is for somebody else, or damaged."""
    content = desk.sealing.decrypt(untrusted_data, own_secrets(desk))
    if content is None:
        raise Refused(N_("This file is encrypted for somebody else, so it cannot be opened here."))
    return content


def verify_all(desk: Desk, files: Sequence[Untrusted], code: str) -> Sequence[Verification]:
    """Check files that came together: a slim PDF is checked with the file of its statements, which is then not told of
    apart."""
    bundles = [file for file in files if desk.packets.kind(file.data) == "bundle"]
    found = [None if file in bundles else verify(desk, file, code, beside=bundles) for file in files]
    used = {one.beside for one in found if one is not None}
    return [
        one or verify(desk, file, code)
        for file, one in zip(files, found, strict=True)
        if one is not None or file.name not in used
    ]


def _unwrapped(desk: Desk, untrusted_data: bytes, kind: str) -> Sequence[bytes]:
    match kind:
        case "packet":
            return [untrusted_data]
        case "bundle":
            return desk.packets.members(untrusted_data)
        case "text":
            return desk.packets.from_text(untrusted_data)
        case "sealed":
            content = desk.sealing.open(untrusted_data, own_secrets(desk))
            if content is None:
                raise Refused(N_("This file is sealed for somebody else, so nothing in it can be checked here."))
            inner = desk.packets.kind(content)
            return _unwrapped(desk, content, inner) if inner in ("packet", "bundle") else []
    raise Refused(N_("This is neither a CRSV Desk file nor a PDF; ask the sender which file was meant."))


def _verify_packets(desk: Desk, file: Untrusted, kind: str, members: Iterable[bytes], code: str) -> Verification:
    found: list[tuple[Packet, Held]] = []
    findings: list[Finding] = []
    sealed = 0
    for untrusted_member in members:
        match desk.packets.kind(untrusted_member):
            case "packet":
                packet = read_packet(desk, untrusted_member)
                held = admit(packet)
                check_content(desk, packet, held)
                found.append((packet, held))
            case "sealed":
                sealed += 1
    if not found:
        raise Refused(N_("There is no signed statement in this file; ask the sender which file was meant."))
    findings.append(Finding(True, _("Every signature in this file holds, and nothing was changed since.")))
    if sealed:
        findings.append(Finding(None, _("A part of this file is sealed for the secretariat alone.")))
    lawful = _lawful(desk, found, code)
    strangers = [held for _packet, held in found if not _known(desk, held, code, lawful)]
    main = strangers[0] if strangers else _main(found)
    whose = not strangers
    for _packet, held in found:
        findings.append(Finding(None, _what(desk, held, found)))
    signer = main.organisation
    spoken_code = spoken(main.statement.signer)
    if whose:
        sentence = _("The key belongs to {name}: its code was compared.")
        findings.append(Finding(True, sentence.format(name=signer), "whose"))
        verdict = _("This file is whole, and it is from {name}.").format(name=signer)
    else:
        sentence = _("It says it is from {name}; compare the code {code} by telephone before you rely on that.")
        findings.append(Finding(False, sentence.format(name=signer, code=spoken_code), "whose"))
        verdict = _("This file is whole, but whose it is has not been confirmed.")
    letter = next((_letter_of(held) for _packet, held in found if _letter_of(held)), "")
    return Verification(
        name=file.name,
        kind=kind,
        whole=True,
        whose=whose,
        verdict=verdict,
        findings=tuple(findings),
        endorsements=tuple(
            _endorsement(desk, held, found, held not in strangers)
            for _packet, held in found
            if isinstance(held.statement, Endorsement)
        ),
        signer=signer,
        code=spoken_code,
        letter_code=spoken(letter) if letter else "",
        conclusion="genuine" if whose else "whose unknown",
        fingerprint=main.statement.signer,
    )


def _main(found: Sequence[tuple[Packet, Held]]) -> Held:
    """What the file is about: its letter where it holds one, else its first statement."""
    letters = [held for _packet, held in found if isinstance(held.statement, Letter)]
    return max(letters, key=lambda held: (getattr(held.statement, "n", 0), held.id)) if letters else found[0][1]


def _lawful(desk: Desk, found: Sequence[tuple[Packet, Held]], code: str) -> frozenset[str]:
    """The keys of the secretariat that the file itself names, where whoever began the dossier is known."""
    everything = [held for _packet, held in found]
    begun = [held for held in everything if isinstance(held.statement, Genesis) and _known(desk, held, code)]
    return frozenset(key for genesis in begun for key in fold(genesis.id, everything).secretariat)


def _known(desk: Desk, held: Held, code: str, lawful: frozenset[str] = frozenset()) -> bool:
    signer = held.statement.signer
    if (code and matches(signer, code)) or is_confirmed(desk, signer) or signer in lawful:
        return True
    if held.dossier not in desk.store.dossiers():
        return False
    volume = open_volume(desk, held.dossier)
    if not is_secretariat(desk, volume.state) and not knows_secretariat(desk, volume):
        return False
    members = volume.state.members.values()
    return signer in volume.state.secretariat or any(signer in member.certificates for member in members)


def _what(desk: Desk, held: Held, found: Sequence[tuple[Packet, Held]]) -> str:
    statement = held.statement
    if isinstance(statement, Newer):
        return _("One statement needs CRSV Desk {version} and was not read.").format(version=statement.format)
    told = {"organisation": held.organisation, "kind": _(KINDS[statement.type]), "time": statement.time}
    if isinstance(statement, Endorsement) and statement.visibility.name != SHOWN:
        told["time"] = statement.time[:10]
    letter = _letter_of(held)
    if letter and letter != held.id:
        text = _text_of(desk, held, letter, found)
        return _("{organisation}: {kind} on {text}, {time} (claimed).").format(text=text, **told)
    return _("{organisation}: {kind}, {time} (claimed).").format(**told)


def _letter_of(held: Held) -> str:
    match held.statement:
        case Letter():
            return held.id
        case Endorsement() | Decline() | Withdrawal() | Comment() as answer:
            return answer.letter
    return ""


def _endorsement(desk: Desk, held: Held, found: Sequence[tuple[Packet, Held]], known: bool) -> EndorsementFinding:
    """One endorsement, judged by its own key: knowing the secretariat's tells nothing of a partner's."""
    statement = held.statement
    assert isinstance(statement, Endorsement)
    if statement.organisation != held.organisation:
        sentence = _("It is in the name of {claimed}, but the key says it is {organisation}.")
        sentence = sentence.format(claimed=statement.organisation, organisation=held.organisation)
    else:
        text = _text_of(desk, held, statement.letter, found)
        sentence = _("The signature holds, for {text}.").format(text=text)
        if not known:
            claim = _("Whose key it is was not compared.")
            sentence = f"{sentence} {claim}"
    return EndorsementFinding(
        organisation=statement.organisation,
        people=tuple(one.name for one in statement.people if one.name),
        statement=held.id,
        code=spoken(statement.signer),
        time=statement.time if statement.visibility.name == SHOWN else statement.time[:10],
        holds=known and statement.organisation == held.organisation,
        sentence=sentence,
    )


def _text_of(desk: Desk, held: Held, letter: str, found: Sequence[tuple[Packet, Held]]) -> str:
    """Which text an answer is for: by title and version where the text is in the file or on this computer."""
    here = open_volume(desk, held.dossier).held if held.dossier in desk.store.dossiers() else {}
    text = {one.id: one for _packet, one in found}.get(letter) or here.get(letter)
    code = spoken(letter)
    if text is None or not isinstance(text.statement, Letter):
        return _("the text with code {code}, which is not on this computer").format(code=code)
    sentence = _("version {number} of “{title}”, code {code}")
    return sentence.format(number=text.statement.n, title=text.statement.texts[0].subject, code=code)
