"""From a verified packet to a statement that is held: what the container says and what the statement says must agree."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from crsv_desk.domain.codes import identifier
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.marks import Drawing
from crsv_desk.domain.names import hidden_character
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.rules import agrees
from crsv_desk.domain.statements import Endorsement, Letter, Newer, Statement, decode, recall, statement_id
from crsv_desk.i18n import N_

MOST_LETTER_BYTES = 1_000_000
_HINTS = dict.fromkeys(map(ord, "\n\t\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060"), " ")
"""Line ends and tabs; soft hyphen, places to break and not to break, joiners, and marks of direction."""
_CONTRADICTS = N_("This file contradicts itself; ask the sender to make it again with CRSV Desk.")


@dataclass(frozen=True, slots=True)
class Held:
    """One statement with what is known of its proof."""

    id: str
    statement: Statement | Newer
    organisation: str
    """The organisation that the signer's certificate claims."""
    packet: str
    """SHA-256 of the packet's bytes."""

    @property
    def dossier(self) -> str:
        """The dossier it belongs to: its own id for a genesis."""
        return self.statement.dossier or self.id

    def card(self, packet: Packet) -> bytes:
        """What a workspace keeps beside ``packet``, so that it need not be read and admitted again: digest, whom the
        certificate claims, and the statement."""
        return b"\n".join((self.packet.encode(), self.organisation.encode(), packet.statement))

    @staticmethod
    def from_card(statement_id: str, card: bytes) -> Held:
        """What was admitted before, from its card."""
        digest, organisation, statement = card.split(b"\n", 2)
        return Held(statement_id, recall(statement), organisation.decode(), digest.decode())


def admit(packet: Packet, known: Statement | None = None) -> Held:
    """Check that signer, files and time are those of the packet, so that nobody can sign another's words again under
    the same id. ``known`` is the statement that was encoded for this packet here, which need not be read again. Raises
    ``Refused``."""
    statement = known or decode(packet.statement)
    held = Held(statement_id(packet.statement), statement, packet.certificate.organisation, packet.digest)
    if statement.signer != packet.certificate.fingerprint:
        raise Refused(N_("This file was signed by somebody other than the person who wrote it; do not use it."))
    if isinstance(statement, Newer):
        return held
    if statement.time != packet.signing_time:
        raise Refused(N_("This file gives two different times for one signature; do not use it."))
    if dict(statement.files) != {name: identifier(data) for name, data in packet.files.items()}:
        raise Refused(N_("The files in this packet are not the ones that were signed; ask the sender for it again."))
    if not agrees(statement):
        raise Refused(_CONTRADICTS)
    _check_files(statement, packet.files)
    return held


def keep(old: Packet, new: Packet) -> Packet:
    """Of two packets for one statement, the one to keep: the bytewise smaller."""
    return min(old, new, key=lambda packet: packet.data)


def expected_files(statement: Statement) -> frozenset[str]:
    """The names that the packet of ``statement`` holds beside it: exactly these."""
    match statement:
        case Letter():
            names = {letter_file(text.language) for text in statement.texts} | {statement.logo}
        case Endorsement():
            names = {statement.logo, mark_file(statement.mark)}
        case _:
            names = set()
    return frozenset(names - {""})


def letter_file(language: str) -> str:
    """``letter-nl.md``."""
    return f"letter-{language.lower()}.md"


def mark_file(mark: str) -> str:
    """The file that holds a mark of this kind; none for a typed one."""
    return {"strokes": "mark.json", "image": "mark.png"}.get(mark, "")


def _check_files(statement: Statement, untrusted_files: Mapping[str, bytes]) -> None:
    if set(untrusted_files) != expected_files(statement):
        raise Refused(N_("This packet holds a file too many or too few; ask the sender for it again."))
    if isinstance(statement, Letter):
        for text in statement.texts:
            body = untrusted_files[letter_file(text.language)]
            if identifier(body) != text.body or len(body) > MOST_LETTER_BYTES:
                raise Refused(
                    N_("The letter in this packet is not the one that was signed; ask the sender for it again.")
                )
            _check_body(body)
    if isinstance(statement, Endorsement) and "mark.json" in untrusted_files:
        Drawing.from_bytes(untrusted_files["mark.json"])


def hidden_in_body(text: str) -> str:
    """The first character of a letter's text that nobody sees, as in "202E"; empty when there is none."""
    return hidden_character(text.translate(_HINTS))


def _check_body(untrusted_body: bytes) -> None:
    """A letter's text is UTF-8 in form C with ``\\n`` line ends and no character that nobody sees, except hints for
    breaking lines, joining letters and direction: what is read is what is signed."""
    try:
        text = untrusted_body.decode()
    except UnicodeDecodeError as error:
        raise Refused(_CONTRADICTS) from error
    if not unicodedata.is_normalized("NFC", text):
        raise Refused(_CONTRADICTS)
    code = hidden_in_body(text)
    if code:
        raise Refused(
            N_("There is a hidden character (U+{code}) in the text of this letter; do not sign it, ask the sender."),
            code=code,
        )
