"""The drafter fills an endorsement in, the director signs it: the form travels as a file and opens filled in."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode

from crsv_desk.domain.errors import Refused, UsageError
from crsv_desk.domain.paper import Person
from crsv_desk.domain.prepared import PURPOSE, Prepared, decode_prepared
from crsv_desk.domain.statements import Reservation, Signing
from crsv_desk.i18n import N_
from crsv_desk.services.book import current_letter, open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.endorse import Choice, Visible, prepare
from crsv_desk.services.identity import own_identity

FORM = "endorsement"
"""Key of the half-filled form among a letter's drafts."""


def prepare_for_colleague(desk: Desk, dossier: str, choice: Choice) -> bytes:
    """The file with what ``choice`` says of people, mandate, reservation and logo. Raises ``DeskError``."""
    volume, own = open_volume(desk, dossier), own_identity(desk)
    ready = prepare(desk, own, choice)
    return Prepared(
        purpose=PURPOSE,  # type: ignore[arg-type]  # the one word that the type allows
        dossier=dossier,
        letter=current_letter(volume.state).id,
        organisation=own.organisation,
        people=tuple(Signing(one.name, one.role) for one in ready.people),
        acting=ready.acting,
        mandate=ready.mandate,
        reservation=Reservation(ready.reservation, ready.reservation_printed),
        logo=b64encode(ready.logo).decode(),
    ).encode()


def keep_prepared(desk: Desk, untrusted_data: bytes) -> Prepared:
    """Fill the form of that letter in. Nothing is signed. Raises ``Refused``: it is for another organisation or letter."""
    form = decode_prepared(untrusted_data)
    if form.dossier not in desk.store.dossiers():
        raise Refused(N_("This belongs to a letter that is not on this computer; open the letter's file first."))
    if form.organisation != own_identity(desk).organisation:
        raise Refused(N_("This was prepared for {name}, not for your organisation."), name=form.organisation)
    first, *others = form.people
    value = {
        "name": first.name, "role": first.role, "others": "\n".join(f"{one.name}, {one.role}" for one in others),
        "order": form.acting == "order", "note": form.mandate, "reservation": form.reservation.text,
        "printed": form.reservation.printed, "logo": form.logo,
    }  # fmt: skip
    desk.store.put_document(form.dossier, "draft", FORM, json.dumps(value).encode())
    desk.store.put_document(form.dossier, "prepared", FORM, form.encode())
    return form


def prepared_choice(desk: Desk, dossier: str, visible: Visible) -> Choice:
    """What a colleague prepared, ready to sign. Raises ``UsageError`` when nobody has."""
    data = desk.store.documents(dossier, "prepared").get(FORM)
    if data is None:
        raise UsageError(N_("Nobody has prepared an endorsement of this letter here; open the file first."))
    form = decode_prepared(data)
    return Choice(
        visible=visible,
        people=tuple(Person(one.name, one.role) for one in form.people),
        logo=b64decode(form.logo),
        mandate=form.mandate,
        reservation=form.reservation.text,
        reservation_printed=form.reservation.printed,
        acting=form.acting,
    )
