"""Endorse a letter for the organisation: the statement, what the public may see of it, and the file to send."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from crsv_desk.domain.admission import mark_file
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.errors import Refused, UsageError
from crsv_desk.domain.marks import MOST_POINTS, Mark
from crsv_desk.domain.names import check_name, check_text
from crsv_desk.domain.openings import Disclosure, link_bytes, withheld_digest
from crsv_desk.domain.paper import Person
from crsv_desk.domain.statements import Endorsement, Reservation, Signing, Visibility, statement_id
from crsv_desk.i18n import N_, _
from crsv_desk.services.answering import (
    Outgoing,
    Role,
    choose_readers,
    own_answers,
    reply_recipient,
    send_sealed,
    to_secretariat,
)
from crsv_desk.services.book import Volume, current_letter, issue, open_volume, seen
from crsv_desk.services.confirm import require_confirmed_secretariat
from crsv_desk.services.content import LOGO_BYTES, LOGO_PIXELS, MARK_BYTES, MARK_PIXELS
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import Identity, own_identity

Visible = Literal["all", "no-mark", "organisation", "none"]
SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the person filled in. Nothing is chosen beforehand: ``visible`` has no default."""

    visible: Visible
    people: tuple[Person, ...] = ()
    """1 to 6; without, the identity's own person and role."""
    logo: bytes = b""
    """Untrusted bytes of a picture file."""
    mark: Mark | None = None
    mandate: str = ""
    reservation: str = ""
    reservation_printed: bool = False
    members: tuple[str, ...] = ()
    corrections: bool = False
    acting: Literal["self", "order"] = "self"
    readers: tuple[Role, ...] = ()
    """Of an answer with the name withheld: who of those that the letter names may open it. Without, those that were
    chosen before; all of them at first."""


def endorse(desk: Desk, dossier: str, choice: Choice) -> Outgoing:
    """Sign the current text and keep the answer in the workspace. Raises ``DeskError``; then nothing was signed."""
    volume = open_volume(desk, dossier)
    letter = current_letter(volume.state)
    own = own_identity(desk)
    prepared = prepare(desk, own, choice)
    hides_something = choice.visible in ("organisation", "none") or (choice.visible == "no-mark" and choice.mark)
    if hides_something:
        require_confirmed_secretariat(desk, volume)
    with desk.store.atomic():
        if choice.visible == "none":
            if choice.readers:
                choose_readers(desk, dossier, choice.readers)
            return _endorse_withheld(desk, volume, own, letter.id, prepared)
        return _endorse_openly(desk, volume, own, letter.id, prepared)


def prepare(desk: Desk, own: Identity, choice: Choice) -> Choice:
    """The same choice with names checked and pictures made harmless. Raises ``Refused``."""
    people = choice.people or (Person(own.person, own.role),)
    if len(people) > 6:
        raise UsageError(N_("At most six people can sign for one organisation."))
    mark = choice.mark
    if mark is not None and mark.kind == "image":
        mark = replace(mark, image=desk.pictures.normalise(mark.image, MARK_PIXELS, MARK_BYTES))
    if mark is not None and mark.drawing is not None:
        mark = replace(mark, drawing=mark.drawing.simplified())
        if mark.drawing is not None and sum(map(len, mark.drawing.strokes)) > MOST_POINTS:
            raise Refused(N_("This mark has too many strokes; draw a simpler one."))
    if choice.visible == "none":
        mark, logo = None, b""
    else:
        logo = desk.pictures.normalise(choice.logo, LOGO_PIXELS, LOGO_BYTES) if choice.logo else b""
    return replace(
        choice,
        people=tuple(
            Person(check_name(one.name, _("the person's name")), check_name(one.role, _("the role"))) for one in people
        ),
        members=tuple(check_name(name, _("the member's name")) for name in choice.members),
        mandate=check_text(choice.mandate, 20_000, _("the mandate")),
        reservation=check_text(choice.reservation, 20_000, _("the reservation")),
        mark=mark,
        logo=logo,
    )


def mark_bytes(mark: Mark | None) -> bytes:
    """The mark's file: canonical strokes, a PNG, or nothing for a typed one."""
    if mark is None or mark.kind == "typed":
        return b""
    return mark.drawing.to_bytes() if mark.drawing is not None else mark.image


def _endorse_withheld(desk: Desk, volume: Volume, own: Identity, letter: str, choice: Choice) -> Outgoing:
    reply = reply_recipient(desk, volume.state.dossier)
    packet = issue(
        desk,
        Endorsement,
        volume.state.dossier,
        seen=seen(volume.state),
        **_body(letter, own, choice),
        people=_signing(choice.people),
        mark="none",
        logo="",
        visibility=Visibility(SHOWN, SHOWN, SHOWN, SHOWN),
        replaces=own_answers(desk, volume, sealed=True),
        reply=reply,
    )
    return send_sealed(desk, volume, packet)


def _endorse_openly(desk: Desk, volume: Volume, own: Identity, letter: str, choice: Choice) -> Outgoing:
    dossier = volume.state.dossier
    names_hidden = choice.visible == "organisation"
    mark_hidden = choice.mark is not None and choice.visible != "all"
    shown_mark = None if mark_hidden else choice.mark
    salts = [
        desk.randomness.token().hex() if hidden else "" for hidden in (names_hidden, names_hidden, mark_hidden, False)
    ]
    files = {"logo.png": choice.logo} if choice.logo else {}
    if shown_mark is not None and shown_mark.kind != "typed":
        files[mark_file(shown_mark.kind)] = mark_bytes(shown_mark)
    signer = desk.keys.new(own.organisation) if names_hidden else own.signer
    packet = issue(
        desk,
        Endorsement,
        dossier,
        files=files,
        signer=signer,
        time=desk.clock.now()[:10] + "T00:00:00Z" if names_hidden else "",
        seen=seen(volume.state),
        **_body(letter, own, choice),
        people=() if names_hidden else _signing(choice.people),
        mark="none" if shown_mark is None else shown_mark.kind,
        logo="logo.png" if choice.logo else "",
        visibility=Visibility(
            withheld_digest("name", [one.name for one in choice.people], salts[0]) if names_hidden else SHOWN,
            withheld_digest("role", [one.role for one in choice.people], salts[1]) if names_hidden else SHOWN,
            withheld_digest("mark", identifier(mark_bytes(choice.mark)), salts[2]) if mark_hidden else SHOWN,
            SHOWN,
        ),
        replaces=own_answers(desk, volume, sealed=False),
        reply="",
    )
    if not names_hidden and not mark_hidden:
        return to_secretariat(desk, volume, packet)
    own_certificate = own.certificate.der
    link = own.signer.sign(link_bytes(signer.certificate.fingerprint, dossier))
    disclosure = Disclosure(
        endorsement=statement_id(packet.statement),
        people=_signing(choice.people),
        mark="none" if choice.mark is None else choice.mark.kind,
        mark_data=b64encode(mark_bytes(choice.mark)).decode(),
        salts=tuple(salts),
        certificate=b64encode(own_certificate).decode() if names_hidden else "",
        link=b64encode(link).decode() if names_hidden else "",
    )
    return to_secretariat(desk, volume, packet, disclosure)


def _body(letter: str, own: Identity, choice: Choice) -> dict[str, Any]:
    return {
        "letter": letter,
        "organisation": own.organisation,
        "acting": choice.acting,
        "mandate": choice.mandate if choice.visible != "organisation" else "",
        "reservation": Reservation(choice.reservation, choice.reservation_printed),
        "members": choice.members,
        "corrections": choice.corrections,
    }


def _signing(people: Sequence[Person]) -> tuple[Signing, ...]:
    return tuple(Signing(one.name, one.role) for one in people)
