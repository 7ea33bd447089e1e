"""Which page goes by which name. Pages are imported when first shown, or once the window stands, so that it opens at
once."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

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


def import_pages() -> None:
    """Import every page's module, one each time that there is nothing else to do: whoever goes to a page for the first
    time finds it ready."""
    waiting = list(PLACES.values())
    timer = QTimer(QApplication.instance())

    def one_more() -> None:
        _import(waiting.pop())
        if not waiting:
            timer.stop()
            timer.deleteLater()

    timer.timeout.connect(one_more)
    timer.start()


def _import(place: str) -> ModuleType:
    return import_module(f"crsv_desk.ui.{place.split(':')[0]}")


def _lazily(place: str) -> Callable[[Session, str], QWidget]:
    def build(session: Session, dossier: str) -> QWidget:
        page = getattr(_import(place), place.split(":")[1])(session, dossier)
        assert isinstance(page, QWidget)
        return page

    return build


PAGES: dict[str, Callable[[Session, str], QWidget]] = {name: _lazily(place) for name, place in PLACES.items()}
"""A page's name to what makes it: from the session and the dossier's id ("" for pages about no letter)."""
