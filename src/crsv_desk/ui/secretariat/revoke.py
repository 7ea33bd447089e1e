"""Take a key's word back; what it signed before may still be vouched for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crsv_desk.i18n import _
from crsv_desk.services.organisation import KeyRow, OrganisationDetails
from crsv_desk.services.revoke import revoke
from crsv_desk.ui import dates
from crsv_desk.ui.components import Tick, banner, danger, label
from crsv_desk.ui.question import Question
from crsv_desk.ui.session import Session


class RevokeDialog(Question):
    """Which of its answers still count, and one dangerous button."""

    def __init__(
        self, session: Session, dossier: str, page: QWidget, key: KeyRow, details: OrganisationDetails
    ) -> None:
        self._session, self._dossier, self._key = session, dossier, key
        self._name = details.organisation
        self.keeps: dict[str, Tick] = {}
        for answer in details.answers:
            if answer.fingerprint == key.fingerprint:
                title = _("Version {number}, {time} (claimed)").format(
                    number=answer.version, time=dates.moment(answer.time)
                )
                self.keeps[answer.statement] = Tick(title)
        self.revoke = danger(_("Take its word back"), "trash-2")
        self.revoke.clicked.connect(self._revoke)
        parts: list[QWidget] = [
            banner("warn", _("This cannot be undone"), _("A new key can be compared and confirmed afterwards."))
        ]
        if self.keeps:
            parts += [label(_("You still vouch for:"), "label"), *self.keeps.values()]
        title = _("Take back the word of this key?")
        text = _(
            "For when a laptop was lost, or somebody left {organisation}. From now on nothing by this key counts but what"
            " you tick here."
        ).format(organisation=self._name)
        super().__init__(page, title, text, parts, self.revoke)
        self.back.setFocus()

    def _revoke(self) -> None:
        desk = self._session.desk
        keep = [statement for statement, tick in self.keeps.items() if tick.isChecked()]
        self.revoke.setEnabled(False)
        self._session.tasks.run(
            _("Signing"),
            lambda report: revoke(desk, self._dossier, self._key.fingerprint, keep),
            self._revoked,
            self.refuse,
        )

    def _revoked(self, _nothing: object) -> None:
        self.accept()
        self._session.changed.emit()
        sentence = _(
            "Nothing by this key of {organisation} counts from now on. Save the letter's file again and send it."
        )
        self._session.tell(sentence.format(organisation=self._name))
