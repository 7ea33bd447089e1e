"""A form that one fills in and a colleague signs: offered where it came in, and saved for whoever signs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.services.desk import Desk
from crsv_desk.services.endorse import Choice
from crsv_desk.services.overview import summary
from crsv_desk.services.prepared import (
    leave_prepared,
    own_form_aside,
    prepare_for_colleague,
    take_own_back,
    take_prepared,
    taken_form,
    waiting_form,
)
from crsv_desk.ui.components import banner, clear, flowing, quiet, secondary
from crsv_desk.ui.saving import save_as
from crsv_desk.ui.session import Session


class PreparedOffer(QWidget):
    """What a colleague prepared while a form was begun here: neither takes the place of the other unasked."""

    filled = Signal()
    """Another form was chosen."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.refresh()

    def refresh(self) -> None:
        """Show what waits now; nothing where nothing does."""
        clear(self._lines)
        desk = self._session.desk
        form = waiting_form(desk, self._dossier)
        if form is not None:
            names = ", ".join(one.name for one in form.people)
            title = _("A colleague prepared this form for {names}").format(names=names)
            text = _("You had begun to fill it in yourself; that is put aside if you take theirs.")
            take = secondary(_("Take theirs"), small=True)
            take.clicked.connect(lambda: self._choose(take_prepared))
            leave = quiet(_("Go on with mine"), small=True)
            leave.clicked.connect(lambda: self._choose(leave_prepared))
            self._lines.addWidget(banner("accent", title, text))
            self._lines.addWidget(flowing(take, leave))
        elif taken_form(desk, self._dossier) and not summary(desk, self._dossier).own_current:
            words = _("A colleague prepared your signature; look at it, and sign it yourself.")
            self._lines.addWidget(banner("accent", words))
        if form is None and own_form_aside(desk, self._dossier):
            mine = quiet(_("Back to the form that you had begun yourself"), "undo-2", small=True)
            mine.clicked.connect(lambda: self._choose(take_own_back))
            self._lines.addWidget(flowing(mine))
        self.setVisible(self._lines.count() > 0)

    def _choose(self, do: Callable[[Desk, str], None]) -> None:
        do(self._session.desk, self._dossier)
        self.filled.emit()


def save_prepared(
    session: Session, dossier: str, page: QWidget, choice: Choice, refused: Callable[[DeskError], None]
) -> None:
    """Save a form, unsigned, for a colleague who signs."""
    desk = session.desk
    save_as(
        session,
        page,
        _("Save for a colleague"),
        _("to-sign.crsv"),
        lambda: prepare_for_colleague(desk, dossier, choice),
        _("Saved as {name}; nothing was signed. Your colleague opens it and signs."),
        refused,
    )
