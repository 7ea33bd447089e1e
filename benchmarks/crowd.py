"""A dossier of many: partners, versions of the text and remarks, signed for real, in a workspace of its own."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crsv_desk.app.compose import assemble
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.statements import Comment, Endorsement, Reservation, Signing, Visibility
from crsv_desk.services.book import issue, open_volume, signed
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import load_draft, new_letter, save_draft
from crsv_desk.services.identity import create_identity
from crsv_desk.services.ports import Signer
from crsv_desk.services.publish import issue_roster, publish
from crsv_desk.storage import Workspace

WORDS = (
    "het", "lid", "van", "de", "commissie", "vraagt", "om", "geld", "bescherming", "vervolging", "en", "een", "gezant",
    "bij", "Unie", "voor", "vrouwen",
)  # fmt: skip


def paragraph(number: int, count: int = 50) -> str:
    """Words that no other paragraph says in this order."""
    return " ".join(WORDS[(number * 7 + at * at + at) % len(WORDS)] for at in range(count)) + f" (nummer {number})."


def text(blocks: int, changed: int = 0) -> str:
    """A letter of so many paragraphs; ``changed`` says another word in one of them."""
    lines = [paragraph(number) for number in range(blocks)]
    if changed:
        lines[changed % blocks] = f"Versie {changed}: {lines[changed % blocks]}"
    return "\n\n".join(lines) + "\n"


@dataclass
class Crowd:
    """What was made."""

    desk: Desk
    dossier: str
    blocks: Sequence[str]
    folder: Path
    key: bytes

    def again(self) -> Desk:
        """The same workspace, opened as at the next start of the program."""
        self.desk.store.close()
        self.desk = assemble(Workspace.open(self.folder, self.key))
        return self.desk


def crowd(folder: Path, partners: int, versions: int, remarks: int, blocks: int = 200) -> Crowd:
    """Everybody endorses some version; every remark stands on some paragraph of some version."""
    key = secrets.token_bytes(32)
    desk = assemble(Workspace.create(folder, key))
    create_identity(desk, "Platform", "Persoon", "directeur")
    head = "---\nsubject: Brief\nlanguage: nl\nlead: Platform\n---\n\n"
    draft = new_letter(desk, (head + text(blocks)).encode(), "letter.md")
    dossier = draft.dossier
    for number in range(versions):
        found = load_draft(desk, dossier)
        assert found is not None
        save_draft(desk, replace(found, body=text(blocks, number)))
        publish(desk, dossier)
    volume = open_volume(desk, dossier)
    ids = [one.id for one in volume.state.letters]
    current = volume.letter(ids[-1])
    signers = [desk.keys.new(f"Organisatie {number:04d}") for number in range(partners)]
    with desk.store.atomic():
        issue_roster(desk, volume, [_opening(desk, signer) for signer in signers])
        for number, signer in enumerate(signers):
            _endorse(desk, dossier, ids[number % len(ids)], signer)
        for number in range(remarks):
            signer = signers[number % partners]
            _remark(desk, dossier, ids[number % len(ids)], current.blocks[number % len(current.blocks)], signer, number)
    return Crowd(desk, dossier, current.blocks, folder, key)


def file_of(made: Crowd, number: int) -> bytes:
    """The endorsement of an organisation that nobody knows yet, as it arrives."""
    desk, signer = made.desk, made.desk.keys.new(f"Nieuwe {number:04d}")
    letter = open_volume(desk, made.dossier).state.letters[-1].id
    packet = signed(desk, Endorsement, made.dossier, signer=signer, **_endorsed(letter, signer))
    desk.shelf.packets.pop(packet.digest, None)  # nobody has verified it
    return packet.data


def _opening(desk: Desk, signer: Signer) -> Opening:
    certificate, salt = signer.certificate, desk.randomness.token().hex()
    return Opening(certificate.organisation, "NL", (certificate.fingerprint,), 0, "voice", "2026-05-20", salt)


def _endorse(desk: Desk, dossier: str, letter: str, signer: Signer) -> None:
    issue(desk, Endorsement, dossier, signer=signer, **_endorsed(letter, signer))


def _endorsed(letter: str, signer: Signer) -> dict[str, Any]:
    return {
        "letter": letter,
        "organisation": signer.certificate.organisation,
        "people": (Signing("Persoon", "directeur"),),
        "acting": "self",
        "mandate": "",
        "reservation": Reservation("", False),
        "members": (),
        "corrections": False,
        "mark": "none",
        "logo": "",
        "visibility": Visibility("shown", "shown", "shown", "shown"),
        "replaces": (),
        "reply": "",
    }


def _remark(desk: Desk, dossier: str, letter: str, block: str, signer: Signer, number: int) -> None:
    kind = ("comment", "question", "proposal")[number % 3]
    issue(
        desk, Comment, dossier, signer=signer, letter=letter, language="nl", block=block, kind=kind,
        text=paragraph(number, 20), proposal=paragraph(number) if kind == "proposal" else "", refers="", state="",
        reply="",
    )  # fmt: skip
