"""Declare an answer that came by other means than a file."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from crsv_desk.i18n import _
from crsv_desk.services.attest import attest
from crsv_desk.services.overview import status
from crsv_desk.ui.components import field, primary
from crsv_desk.ui.declaration import Declaration
from crsv_desk.ui.question import Question
from crsv_desk.ui.session import Session


class AttestDialog(Question):
    """An answer by mail, paper, telephone, message or in a meeting: declared, shown as such and counted apart."""

    def __init__(self, session: Session, dossier: str, page: QWidget, organisation: str = "") -> None:
        self._session, self._dossier = session, dossier
        self.organisation = QComboBox()
        self.organisation.setEditable(True)
        self.organisation.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        rows = [one for one in status(session.desk, dossier) if not one.withheld]
        self.organisation.addItems(list(dict.fromkeys(one.organisation for one in rows)))
        self.organisation.setCurrentText(organisation)
        completer = self.organisation.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._organisation = field(_("&Organisation"), self.organisation)
        line = self.organisation.lineEdit()
        assert line is not None
        line.setAccessibleName(_("Organisation"))
        self.declared = Declaration(session.desk, _("It signs the letter"), _("It does not sign"), self.refuse)
        self.declare = primary(_("Declare"), "stamp")
        self.declare.clicked.connect(self._declare)
        title = _("Declare an answer")
        text = _("You sign that this organisation answered so. It is shown as declared by you and counted apart.")
        super().__init__(page, title, text, [self._organisation, self.declared], self.declare)
        (self.declared.yes if organisation else self.organisation).setFocus()

    def _declare(self) -> None:
        name = self.organisation.currentText().strip()
        self._organisation.set_error("" if name else _("Write the name of the organisation."))
        missing = self.declared.missing()
        if not name or missing is not None:
            (self.organisation if not name else missing or self.organisation).setFocus()
            return
        desk, said = self._session.desk, self.declared
        answer, how, day, evidence = said.answer, said.how, said.day, said.evidence
        self.declare.setEnabled(False)
        self._session.tasks.run(
            _("Signing"),
            lambda report: attest(desk, self._dossier, name, answer, how, day, evidence),
            lambda _packet: self._done(name),
            self.refuse,
        )

    def _done(self, name: str) -> None:
        self.accept()
        self._session.changed.emit()
        sentence = _("Declared: {organisation}; it counts apart until it answers itself.")
        self._session.tell(sentence.format(organisation=name))
