"""Which page goes by which name. Pages are imported when first shown, so that the window opens at once."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtWidgets import QWidget

from crsv_desk.ui.session import Session

PLACES = {
    "home": "home:HomePage",
    "read": "letter.read:ReadPage",
    "comment": "letter.comment:CommentPage",
    "changes": "letter.changes:ChangesPage",
    "endorse": "letter.endorse:EndorsePage",
    "send": "letter.send:SendPage",
    "code": "letter.code:CodePage",
    "settings": "settings:SettingsPage",
    "received": "secretariat.received:ReceivedPage",
    "text": "secretariat.text:TextPage",
    "partners": "secretariat.partners:PartnersPage",
    "comments": "secretariat.comments:CommentsPage",
    "compile": "secretariat.compile:CompilePage",
    "erratum": "secretariat.erratum:ErratumPage",
    "check": "check:CheckPage",
}


def _lazily(place: str) -> Callable[[Session, str], QWidget]:
    def build(session: Session, dossier: str) -> QWidget:
        module, name = place.split(":")
        page = getattr(import_module(f"crsv_desk.ui.{module}"), name)(session, dossier)
        assert isinstance(page, QWidget)
        return page

    return build


PAGES: dict[str, Callable[[Session, str], QWidget]] = {name: _lazily(place) for name, place in PLACES.items()}
"""A page's name to what makes it: from the session and the dossier's id ("" for pages about no letter)."""
