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
ASIDE = "endorsement-aside"
"""Key of the own form, where a prepared one was taken in its place."""
SEEN = "seen"
"""Key among what was prepared: the person has taken it, or left it."""
TAKEN = b"taken"


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
    """Keep a form for that letter, and fill it in where nobody here has begun to; a form that was begun stays until the
    person takes the other (``take_prepared``). Nothing is signed. Raises ``Refused``: it is for another organisation or
    letter."""
    form = decode_prepared(untrusted_data)
    if form.dossier not in desk.store.dossiers():
        raise Refused(N_("This belongs to a letter that is not on this computer; open the letter's file first."))
    if form.organisation != own_identity(desk).organisation:
        raise Refused(N_("This was prepared for {name}, not for your organisation."), name=form.organisation)
    desk.store.put_document(form.dossier, "prepared", FORM, form.encode())
    desk.store.delete_document(form.dossier, "prepared", SEEN)
    if not _begun(desk, form.dossier):
        take_prepared(desk, form.dossier)
    return form


def waiting_form(desk: Desk, dossier: str) -> Prepared | None:
    """What a colleague prepared and nobody here has taken or left yet."""
    documents = desk.store.documents(dossier, "prepared")
    return decode_prepared(documents[FORM]) if FORM in documents and SEEN not in documents else None


def take_prepared(desk: Desk, dossier: str) -> None:
    """Fill the form in with what a colleague prepared; what stood in it is put aside. Raises ``UsageError``."""
    form = _prepared(desk, dossier)
    first, *others = form.people
    value = {
        "name": first.name, "role": first.role, "others": "\n".join(f"{one.name}, {one.role}" for one in others),
        "order": form.acting == "order", "note": form.mandate, "reservation": form.reservation.text,
        "printed": form.reservation.printed, "logo": form.logo,
    }  # fmt: skip
    with desk.store.atomic():
        if _begun(desk, dossier):
            desk.store.put_document(dossier, "draft", ASIDE, desk.store.documents(dossier, "draft")[FORM])
        desk.store.put_document(dossier, "draft", FORM, json.dumps(value).encode())
        desk.store.put_document(dossier, "prepared", SEEN, TAKEN)


def taken_form(desk: Desk, dossier: str) -> bool:
    """Whether what a colleague prepared stands in the form."""
    return desk.store.documents(dossier, "prepared").get(SEEN) == TAKEN


def leave_prepared(desk: Desk, dossier: str) -> None:
    """Go on with the own form; what was prepared stays at hand for the command line."""
    desk.store.put_document(dossier, "prepared", SEEN, b"")


def own_form_aside(desk: Desk, dossier: str) -> bool:
    """Whether a form that was begun here was put aside for a prepared one."""
    return ASIDE in desk.store.documents(dossier, "draft")


def take_own_back(desk: Desk, dossier: str) -> None:
    """The form that was put aside, in the place of the prepared one. Does nothing without one."""
    aside = desk.store.documents(dossier, "draft").get(ASIDE)
    if aside is not None:
        with desk.store.atomic():
            leave_prepared(desk, dossier)
            desk.store.put_document(dossier, "draft", FORM, aside)
            desk.store.delete_document(dossier, "draft", ASIDE)


def _begun(desk: Desk, dossier: str) -> bool:
    """Whether anything stands in the form that the person put there."""
    data = desk.store.documents(dossier, "draft").get(FORM)
    value = json.loads(data) if data is not None else {}
    own = own_identity(desk)
    usual = {"name": own.person, "role": own.role}
    return any(filled and filled != usual.get(key) for key, filled in value.items())


def _prepared(desk: Desk, dossier: str) -> Prepared:
    data = desk.store.documents(dossier, "prepared").get(FORM)
    if data is None:
        raise UsageError(N_("Nobody has prepared an endorsement of this letter here; open the file first."))
    return decode_prepared(data)


def prepared_choice(desk: Desk, dossier: str, visible: Visible) -> Choice:
    """What a colleague prepared, ready to sign. Raises ``UsageError`` when nobody has."""
    form = _prepared(desk, dossier)
    return Choice(
        visible=visible,
        people=tuple(Person(one.name, one.role) for one in form.people),
        logo=b64decode(form.logo),
        mandate=form.mandate,
        reservation=form.reservation.text,
        reservation_printed=form.reservation.printed,
        acting=form.acting,
    )
