"""endorse, decline, withdraw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from crsv_desk.cli.context import Context
from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.marks import Drawing, Mark
from crsv_desk.domain.paper import Person
from crsv_desk.i18n import N_, _
from crsv_desk.services.answering import Outgoing, decline, withdraw
from crsv_desk.services.carry import carry_over
from crsv_desk.services.endorse import Choice, Visible, endorse
from crsv_desk.services.later import answer_later
from crsv_desk.services.prepared import prepare_for_colleague, prepared_choice
from crsv_desk.services.remarks import mark_sent

SEEN = {
    "all": N_("Everybody may see the organisation, the people and their roles, the logo and the mark."),
    "no-mark": N_("Everybody may see the organisation, the people and their roles and the logo; not the mark."),
    "organisation": N_("Everybody may see the organisation and its logo; not who signed, nor the mark."),
    "none": N_("Nobody but the readers that the letter names may see who this is; it is counted."),
}


def endorse_letter(context: Context) -> int:
    """Sign and write the file to send."""
    a = context.arguments
    if a.again:
        return endorse_again(context)
    visible: Visible = a.visible or "all"
    if a.prepared:
        ready = prepared_choice(context.desk, context.dossier, visible)
        ready = replace(ready, mark=_mark(context, a.mark), corrections=a.corrections, readers=tuple(a.reader))
        out = endorse(context.desk, context.dossier, ready)
        context.note(_(SEEN[visible]))
        return send(context, out)
    choice = Choice(
        visible=visible,
        people=tuple(_person(text) for text in a.person),
        logo=context.load(a.logo) if a.logo is not None else b"",
        mark=_mark(context, a.mark),
        mandate=a.mandate,
        reservation=a.reservation,
        reservation_printed=a.print_reservation,
        corrections=a.corrections,
        acting="order" if a.on_behalf else "self",
        readers=tuple(a.reader),
    )
    if a.prepare:
        context.save(a.out, prepare_for_colleague(context.desk, context.dossier, choice))
        context.print({"signed": False}, lambda: [_("Nothing was signed: a colleague opens this file and signs.")])
        return 0
    out = endorse(context.desk, context.dossier, choice)
    context.note(_(SEEN[visible]))
    if a.reservation and not a.print_reservation and visible != "none":
        context.note(_("The reservation is on no page; who opens the signed file in the PDF can still read it."))
    return send(context, out)


def endorse_again(context: Context) -> int:
    """Sign the text that stands with everything that the last endorsement said."""
    return send(context, carry_over(context.desk, context.dossier))


def later(context: Context) -> int:
    """Say that no answer comes before a day."""
    a = context.arguments
    out = answer_later(context.desk, context.dossier, a.date, a.text, sealed=a.sealed)
    result = send(context, out)
    mark_sent(context.desk, context.dossier, out)
    return result


def decline_letter(context: Context) -> int:
    """Answer no, with the reason."""
    a = context.arguments
    return send(context, decline(context.desk, context.dossier, a.reason, sealed=a.sealed))


def withdraw_letter(context: Context) -> int:
    """Take the endorsement back."""
    return send(context, withdraw(context.desk, context.dossier, context.arguments.reason))


def send(context: Context, out: Outgoing) -> int:
    """Write the file that goes to the secretariat."""
    context.save(context.arguments.out, out.data)
    if out.sealed:
        context.note(_("Send this file straight to the secretariat, not through a folder that others see."))
    context.print({"statement": out.statement, "kind": out.kind, "sealed": out.sealed}, lambda: [out.statement])
    return 0


def _mark(context: Context, path: Path | None) -> Mark:
    """Strokes from canonical JSON, a picture, or without a file the typed name."""
    if path is None:
        return Mark("typed")
    data = context.load(path)
    if path.suffix.lower() == ".json":
        return Mark("strokes", drawing=Drawing.from_bytes(data))
    return Mark("image", image=data)


def _person(text: str) -> Person:
    name, comma, role = text.partition(",")
    if not comma:
        raise UsageError(N_("Write a person as “Name, role”."))
    return Person(name.strip(), role.strip())
