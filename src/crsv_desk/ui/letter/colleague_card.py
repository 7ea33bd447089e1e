"""A colleague of the same organisation has signed: said where one signs and sends, with the way to take that back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crsv_desk.i18n import _
from crsv_desk.services.answering import colleagues_signature
from crsv_desk.services.identity import own_identity
from crsv_desk.ui.components import Card, Icon, card, flowing, label, quiet, row
from crsv_desk.ui.letter.decline import DeclineDialog
from crsv_desk.ui.session import Session


def colleague_card(session: Session, dossier: str, page: QWidget) -> Card | None:
    """``None`` where no signature of a colleague stands here."""
    found = colleagues_signature(session.desk, dossier)
    if found is None:
        return None
    organisation = own_identity(session.desk).organisation
    title = _("{names} signed for {organisation} on another computer")
    words = label(title.format(names=" · ".join(found.people) or _("A colleague"), organisation=organisation), "strong")
    back = quiet(_("Take that signature back…"), "undo-2", small=True)
    back.clicked.connect(lambda: DeclineDialog(session, dossier, page, taking_back=True).open())
    return card(row(Icon("users", 20, "accent"), words, spacing=8), flowing(back), margin=12, spacing=4)
