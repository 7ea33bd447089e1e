"""What an admitted packet carries must also be usable: its text as blocks, its pictures as pictures."""

from __future__ import annotations

from crsv_desk.domain.admission import Held, letter_file, mark_file
from crsv_desk.domain.packet import Packet
from crsv_desk.domain.statements import Endorsement, Letter, Newer
from crsv_desk.i18n import _
from crsv_desk.services.desk import Desk

LOGO_PIXELS, LOGO_BYTES = (1_200, 600), 400_000
MARK_PIXELS, MARK_BYTES = (1_200, 400), 40_000


def check_content(desk: Desk, packet: Packet, held: Held) -> None:
    """Raises ``Refused`` for a letter whose text has other blocks than it says, and for a picture that is none: it is
    told when the file comes in, not when the letter is compiled."""
    statement = held.statement
    if isinstance(statement, Letter):
        for text in statement.texts:
            desk.letters.blocks(packet.files[letter_file(text.language)].decode(), statement.blocks)
    if isinstance(statement, Letter | Endorsement) and statement.logo:
        desk.pictures.check(packet.files[statement.logo])
    if isinstance(statement, Endorsement) and statement.mark == "image":
        desk.pictures.check(packet.files[mark_file("image")])


def newer_sentence(statement: Newer) -> str:
    """What to do with a statement of a later format."""
    sentence = _("This needs CRSV Desk {version}; update to read it. Until then it is kept and passed on unread.")
    if not statement.dossier:
        sentence = _("This needs CRSV Desk {version}; update to open it.")
    return sentence.format(version=statement.format)
