"""From a closing and the packets it names to everything that the pages say. Compiling and checking share it, so that
a page that says something else than what was signed cannot hide."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass

from crsv_desk.domain.admission import Held, mark_file
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.errors import DeskError, Refused
from crsv_desk.domain.marks import Drawing, Mark
from crsv_desk.domain.openings import Disclosure
from crsv_desk.domain.paper import (
    Attachment,
    CombinedLetter,
    CorrectedBlock,
    CorrectedVersion,
    LetterText,
    Person,
    Signatory,
    SignOff,
)
from crsv_desk.domain.progress import Report, part, silent, told
from crsv_desk.domain.statements import Closing, Endorsement, Letter, Row, Text
from crsv_desk.i18n import N_, translations
from crsv_desk.services.book import Volume, letter_blocks, paragraph_numbers
from crsv_desk.services.content import LOGO_BYTES, LOGO_PIXELS, MARK_BYTES, MARK_PIXELS
from crsv_desk.services.desk import Desk

PACKET_TYPE = "application/vnd.etsi.asic-e+zip"


@dataclass(frozen=True, slots=True)
class Material:
    """What a combined PDF rests on: held in a workspace, or taken out of a PDF."""

    volume: Volume
    closing: Held
    disclosures: Mapping[str, Disclosure]
    """Of partly withheld endorsements, by id; only a full edition uses them."""

    @property
    def statement(self) -> Closing:
        assert isinstance(self.closing.statement, Closing)
        return self.closing.statement


def combine(desk: Desk, material: Material, report: Report = silent) -> CombinedLetter:
    """Everything the pages say. Raises ``DeskError`` when the closing names what is not held or does not fit."""
    volume, closing = material.volume, material.statement
    _require(closing.letter in volume.held and isinstance(volume.held[closing.letter].statement, Letter))
    letter = volume.letter(closing.letter)
    text, *others = authentic_texts(letter)
    return CombinedLetter(
        text=letter_text(desk, volume, closing.letter, text),
        lead=letter.lead,
        lead_logo=_logo(desk, volume.packets[closing.letter].files.get(letter.logo, b"")),
        place=closing.place,
        date=closing.date,
        sign_off=SignOff(closing.sign_off.lead, closing.sign_off.names),
        signatories=tuple(_signatory(desk, material, row) for row in told(closing.rows, part(report, 0, 9, 10))),
        withheld=closing.withheld,
        declared=tuple((entry.how, entry.count) for entry in closing.attested),
        dossier=volume.state.dossier,
        letter=closing.letter,
        closing=material.closing.id,
        secretariat_key=closing.signer,
        closing_time=closing.time,
        edition=closing.edition,
        accent=closing.layout.accent,
        notice=closing.layout.notice,
        attachments=attachments(material, text.language, part(report, 9, 10, 10)),
        also=tuple(letter_text(desk, volume, closing.letter, one) for one in others),
        corrected=_corrected(desk, material, text.language),
    )


def _corrected(desk: Desk, material: Material, language: str) -> tuple[CorrectedVersion, ...]:
    """Who of those named signed an earlier version, and what was corrected since, in every text that binds. What changed
    must be what the corrections named: for that alone earlier signatures go on counting."""
    volume, closing = material.volume, material.statement
    signed: dict[str, list[str]] = {}
    for row in closing.rows:
        letter = _endorsement(material, row).letter
        if letter != closing.letter:
            signed.setdefault(letter, []).append(row.printed)
    current = volume.letter(closing.letter)
    new = current.n
    found = []
    for letter, names in signed.items():
        _require(letter in volume.held and isinstance(volume.held[letter].statement, Letter))
        named, blocks = corrected_since(volume, closing.letter, letter), []
        for text in authentic_texts(current):
            now = letter_blocks(desk, volume, closing.letter, text.language)
            numbers = paragraph_numbers(now)
            for one in desk.letters.compare(letter_blocks(desk, volume, letter, text.language), now):
                if one.kind != "same":
                    _require(one.block.id in named)
                    number = numbers.get(one.block.id, 0) if one.kind != "removed" else 0
                    blocks.append(CorrectedBlock(number, one.runs, text.language if text.language != language else ""))
        found.append(CorrectedVersion(volume.letter(letter).n, new, tuple(names), tuple(blocks)))
    return tuple(sorted(found, key=lambda one: (one.old, one.organisations)))


def corrected_since(volume: Volume, letter_id: str, earlier: str) -> frozenset[str]:
    """Ids of the blocks that the corrections from an earlier version on name as changed."""
    named: set[str] = set()
    while letter_id != earlier and letter_id in volume.held:
        letter = volume.letter(letter_id)
        named |= set(letter.correction.blocks)
        letter_id = letter.prev[0] if letter.prev else earlier
    return frozenset(named)


def authentic_texts(letter: Letter) -> tuple[Text, ...]:
    """The texts that are printed: every authentic one, in the letter's order. Texts that only help to read are signed
    too and attached with the letter, but not printed."""
    return tuple(one for one in letter.texts if one.authentic) or letter.texts[:1]


def letter_text(desk: Desk, volume: Volume, letter_id: str, text: Text) -> LetterText:
    """One language of a letter version as the paper sets it."""
    return LetterText(
        language=text.language,
        direction=text.direction,
        recipient=volume.letter(letter_id).recipient,
        subject=text.subject,
        salutation=text.salutation,
        blocks=letter_blocks(desk, volume, letter_id, text.language),
        closing_words=text.closing,
    )


def attachments(material: Material, language: str, report: Report = silent) -> tuple[Attachment, ...]:
    """Exactly genesis, rosters, letter versions, closing, the rows' packets and the openings of those named."""
    volume, closing = material.volume, material.statement
    _ = translations(language).gettext

    def packet(name: str, key: str, description: str) -> Attachment:
        _require(key in volume.packets)
        return Attachment(name, volume.packets[key].data, PACKET_TYPE, description)

    found = [packet("genesis.crsv", volume.state.dossier, _("The beginning of this letter's file"))]
    for number, key in enumerate(closing.rosters, start=1):
        found.append(packet(f"roster-{number}.crsv", key, _("Which organisations and keys the secretariat knows")))
    for key in letter_versions(material):
        name = f"letter-{volume.letter(key).n}.crsv"
        found.append(packet(name, key, _("The text that was signed")))
    found.append(packet("closing.crsv", material.closing.id, _("What the secretariat decided at sending")))
    for number, row in enumerate(told(closing.rows, report), start=1):
        _require(row.id in volume.packets and volume.packets[row.id].digest == row.packet)
        name = f"endorsement-{number:04d}-{_slug(row.latin or row.printed)}.crsv"
        found.append(packet(name, row.id, _("Endorsement by {organisation}").format(organisation=row.printed)))
    for number, entry in enumerate(closing.openings, start=1):
        _require(entry in volume.openings)
        opening = volume.openings[entry]
        description = _("Whose key signed for {organisation}").format(organisation=opening.organisation)
        found.append(Attachment(f"opening-{number:04d}.json", opening.encode(), "application/json", description))
    if closing.edition == "full":
        for number, row in enumerate(closing.rows, start=1):
            disclosure = material.disclosures.get(row.id)
            if disclosure is not None:
                description = _("What {organisation} disclosed to the secretariat").format(organisation=row.printed)
                name = f"disclosure-{number:04d}.json"
                found.append(Attachment(name, disclosure.encode(), "application/json", description))
    return tuple(found)


def letter_versions(material: Material) -> tuple[str, ...]:
    """The letter, and the earlier versions from which an endorsement was carried over by corrections."""
    volume, closing = material.volume, material.statement
    wanted, path = {closing.letter}, [closing.letter]
    signed = {_endorsement(material, row).letter for row in closing.rows} - {closing.letter}
    while path and not signed <= wanted:
        statement = volume.held[path.pop()].statement
        assert isinstance(statement, Letter)
        for earlier in statement.prev:
            if earlier in volume.held and earlier not in wanted:
                wanted.add(earlier)
                path.append(earlier)
    return tuple(sorted(wanted, key=lambda key: (volume.letter(key).n, key)))


def public_mark(desk: Desk, statement: Endorsement, files: Mapping[str, bytes], typed: str) -> Mark | None:
    """The mark in an endorsement's packet; pictures made harmless. Raises ``Refused``."""
    match statement.mark:
        case "none":
            return None
        case "typed":
            return Mark("typed", text=typed) if typed else None
    return read_mark(desk, statement.mark, files[mark_file(statement.mark)], typed)


def read_mark(desk: Desk, kind: str, untrusted_data: bytes, typed: str) -> Mark | None:
    """A mark of a kind from its file's bytes. Raises ``Refused``."""
    match kind:
        case "strokes":
            return Mark("strokes", drawing=Drawing.from_bytes(untrusted_data))
        case "image":
            return Mark("image", image=desk.pictures.normalise(untrusted_data, MARK_PIXELS, MARK_BYTES))
        case "typed" if typed:
            return Mark("typed", text=typed)
    return None


def _signatory(desk: Desk, material: Material, row: Row) -> Signatory:
    endorsement = _endorsement(material, row)
    _require(endorsement.organisation == row.printed)
    files = material.volume.packets[row.id].files
    people, mark = endorsement.people, public_mark(desk, endorsement, files, _typed(endorsement.people))
    disclosure = material.disclosures.get(row.id) if material.statement.edition == "full" else None
    if disclosure is not None:
        people = disclosure.people
        mark = read_mark(desk, disclosure.mark, b64decode(disclosure.mark_data), _typed(people)) or mark
    day_only = endorsement.visibility.name != "shown"
    return Signatory(
        organisation=row.printed,
        latin=row.latin,
        people=tuple(Person(one.name, one.role) for one in people),
        logo=_logo(desk, files.get(endorsement.logo, b"")),
        mark=mark,
        reservation=endorsement.reservation.text if endorsement.reservation.printed else "",
        statement=row.id,
        certificate=endorsement.signer,
        time=endorsement.time[:10] if day_only else endorsement.time,
    )


def _endorsement(material: Material, row: Row) -> Endorsement:
    held = material.volume.held.get(row.id)
    if held is None or not isinstance(held.statement, Endorsement):
        raise _unfit()
    return held.statement


def _typed(people: tuple[object, ...]) -> str:
    return str(getattr(people[0], "name", "")) if people else ""


def _logo(desk: Desk, untrusted_data: bytes) -> bytes:
    return desk.pictures.normalise(untrusted_data, LOGO_PIXELS, LOGO_BYTES) if untrusted_data else b""


def _slug(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")[:40] or identifier(name.encode())[:12]


def _require(fits: bool) -> None:
    if not fits:
        raise _unfit()


def _unfit() -> DeskError:
    return Refused(N_("What the secretariat decided at sending does not fit the statements beside it."))
