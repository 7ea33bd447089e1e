"""Object to a correction: the signature then does not count for the corrected text."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.services.answering import Outgoing
from crsv_desk.services.book import open_volume
from crsv_desk.services.remarks import comment
from crsv_desk.ui.components import danger, field
from crsv_desk.ui.letter.remark_file import ask_place
from crsv_desk.ui.question import Question
from crsv_desk.ui.session import Session


class ObjectionDialog(Question):
    """One question: why. The objection is signed and becomes a file to send."""

    def __init__(self, session: Session, dossier: str, parent: QWidget) -> None:
        self._session, self._dossier, self._page = session, dossier, parent
        self._reason = QPlainTextEdit()
        self._reason.setTabChangesFocus(True)
        self._reason.setMinimumHeight(100)
        self._field = field(_("&Why do you object?"), self._reason)
        self.answer = danger(_("Object to this correction"), "octagon-alert")
        self.answer.clicked.connect(self._answer)
        text = _("Your signature then does not count for the corrected text. The secretariat gets this as a file.")
        super().__init__(parent, _("Object to the correction?"), text, [self._field], self.answer)
        self._reason.setFocus()

    def _answer(self) -> None:
        reason, desk = self._reason.toPlainText().strip(), self._session.desk
        if not reason:
            self._field.set_error(_("Say why, so that the secretariat can do something about it."))
            self._reason.setFocus()
            return
        self.answer.setEnabled(False)
        language = self._language()
        self._session.tasks.run(
            _("Signing"),
            lambda report: comment(desk, self._dossier, "objection", reason, language=language),
            self._done,
            self._refuse,
        )

    def _language(self) -> str:
        """That in which the letter was read; empty for its first, where it is not in the one read last."""
        volume = open_volume(self._session.desk, self._dossier)
        current = volume.state.current
        known = {one.language for one in volume.letter(current.id).texts} if current is not None else set()
        return self._session.language if self._session.language in known else ""

    def _done(self, _out: Outgoing) -> None:
        session, dossier, page = self._session, self._dossier, self._page
        self.accept()
        session.changed.emit()
        ask_place(session, dossier, page)

    def _refuse(self, error: DeskError) -> None:
        self.answer.setEnabled(True)
        self._field.set_error(str(error))
