"""A key that one laptop took back and another confirmed: one of the two is chosen, and both laptops are at rest."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crsv_desk.i18n import _
from crsv_desk.services.organisation import organisation_details
from crsv_desk.services.revived import RevivedKey, let_stand
from crsv_desk.ui.code_view import CodeView
from crsv_desk.ui.components import card, danger, label, secondary
from crsv_desk.ui.question import Question
from crsv_desk.ui.secretariat.revoke import RevokeDialog
from crsv_desk.ui.session import Session


class RevivedDialog(Question):
    """Nothing is chosen beforehand; taking the word back goes on to which answers still count."""

    def __init__(self, session: Session, dossier: str, key: RevivedKey, page: QWidget) -> None:
        self._session, self._dossier, self._key, self._page = session, dossier, key, page
        self.stand = secondary(_("Let it stand"), "check")
        self.stand.clicked.connect(self._let_stand)
        self.revoke = danger(_("Take its word back…"), "trash-2")
        self.revoke.clicked.connect(self._revoke)
        title = _("Does this key speak for {name}?").format(name=key.organisation)
        words = _("Take it back if a laptop was lost or somebody left. Let it stand if both of you are certain of it.")
        code = CodeView(key.code, _("Code of {name}").format(name=key.organisation))
        parts: list[QWidget] = [card(code, margin=12), label(words, "muted")]
        super().__init__(page, title, key.sentence, parts, self.stand, self.revoke)
        self.back.setFocus()

    def _let_stand(self) -> None:
        desk, dossier, key = self._session.desk, self._dossier, self._key.fingerprint
        self.stand.setEnabled(False)
        self._session.tasks.run(_("Signing"), lambda report: let_stand(desk, dossier, key), self._stands, self.refuse)

    def _stands(self, _nothing: object) -> None:
        self.accept()
        self._session.changed.emit()
        sentence = _("The key of {name} stands. Your colleague sees it with the next file for colleagues.")
        self._session.tell(sentence.format(name=self._key.organisation))

    def _revoke(self) -> None:
        details = organisation_details(self._session.desk, self._dossier, self._key.organisation)
        row = next((one for one in details.keys if one.fingerprint == self._key.fingerprint), None)
        self.accept()
        if row is None:  # decided meanwhile
            self._session.changed.emit()
            return
        RevokeDialog(self._session, self._dossier, self._page, row, details).open()
