"""Dialogs of the overview: add organisations, change deadline and contact, declare an answer that came by other means."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, Qt, QTime
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QTimeEdit,
    QWidget,
)

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.asking import ask_partners, change_call, current_call
from crsv_desk.services.attest import HOW, attest
from crsv_desk.services.overview import status
from crsv_desk.services.publish import Partner
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Choice, Tick, field, label, primary, secondary
from crsv_desk.ui.question import Question
from crsv_desk.ui.session import Session

MOST_LIST, MOST_EVIDENCE = 2_000_000, 50_000_000


class AddDialog(Question):
    """Organisations to ask: typed, pasted, or from a list."""

    def __init__(self, session: Session, dossier: str, page: QWidget) -> None:
        self._session, self._dossier = session, dossier
        self.names = QPlainTextEdit()
        self.names.setTabChangesFocus(True)
        self.names.setMinimumHeight(180)
        hint = _("One organisation a line. A country may follow after a comma: CARE Nederland, NL")
        self._field = field(_("&Organisations"), self.names, hint)
        self.list = secondary(_("Take them from a &list…"), "layout-list", small=True)
        self.list.setAccessibleDescription(_("A CSV file from a spreadsheet"))
        self.list.clicked.connect(self._ask_list)
        self.add = primary(_("Add"), "plus")
        self.add.clicked.connect(self._add)
        title = _("Which organisations do you ask?")
        text = _("Only you see this list. Afterwards save the letter's file again and send it to them.")
        super().__init__(page, title, text, [self._field, self.list], self.add)
        self.names.setFocus()

    def _ask_list(self) -> None:
        dialog = QFileDialog(self, _("Open a list"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Lists (*.csv *.txt *.tsv)"), _("All files (*)")])
        dialog.fileSelected.connect(lambda name: self.take_list(Path(name)))
        dialog.open()

    def take_list(self, path: Path) -> None:
        """Put the organisations of a file below those that stand here."""
        desk = self._session.desk
        try:
            found = desk.letters.partners(desk.files.load(path, MOST_LIST))
        except DeskError as error:
            self.refuse(error)
            return
        lines = [self.names.toPlainText().strip(), *(_as_line(name, country) for name, country in found)]
        self.names.setPlainText("\n".join(filter(None, lines)))
        self.names.setFocus()

    def _add(self) -> None:
        desk, text = self._session.desk, self.names.toPlainText()
        if not text.strip():
            self._field.set_error(_("Write the name of an organisation first."))
            self.names.setFocus()
            return
        try:
            found = [Partner(*entry) for entry in desk.letters.partners(text.encode())]
        except DeskError as error:
            self._field.set_error(str(error))
            self.names.setFocus()
            return
        self.add.setEnabled(False)
        self._session.tasks.run(
            _("Adding"), lambda report: ask_partners(desk, self._dossier, found), self._added, self.refuse
        )

    def _added(self, new: object) -> None:
        assert isinstance(new, list)
        self.accept()
        self._session.changed.emit()
        words = ngettext("{count} organisation was added.", "{count} organisations were added.", len(new))
        sentence = words.format(count=len(new)) if new else _("They stood on the list already; nothing changed.")
        self._session.tell(sentence, "ok" if new else "info")


class CallDialog(Question):
    """Until when, and whom partners reach."""

    def __init__(self, session: Session, dossier: str, page: QWidget) -> None:
        self._session, self._dossier = session, dossier
        deadline, contact = current_call(session.desk, dossier)
        day = QDate.fromString(deadline[:10], "yyyy-MM-dd")
        time = QTime.fromString(deadline[11:16], "HH:mm")
        self.has_deadline = Tick(_("There is a deadline"))
        self.has_deadline.setChecked(day.isValid())
        self.day = QDateEdit(day if day.isValid() else QDate.currentDate().addDays(14))
        self.day.setDisplayFormat("d MMMM yyyy")
        self.has_time = Tick(_("At a time of that day"))
        self.has_time.setChecked(time.isValid())
        self.time = QTimeEdit(time if time.isValid() else QTime(12, 0))
        self.time.setDisplayFormat("HH:mm")
        self.contact = QLineEdit(contact)
        self.save = primary(_("Sign and keep"), "check")
        self.save.clicked.connect(self._save)
        self.has_deadline.toggled.connect(self._follow)
        self.has_time.toggled.connect(self._follow)
        parts = [
            self.has_deadline,
            Columns((field(_("&Day"), self.day), field(_("&Time"), self.time)), 380),
            self.has_time,
            field(_("&Contact"), self.contact, _("An e-mail address or telephone number that partners see.")),
        ]
        title = _("Deadline and contact")
        text = _("Nobody has to sign again for this. Partners see it once they open the letter's file anew.")
        super().__init__(page, title, text, parts, self.save)
        self._follow()
        self.has_deadline.setFocus()

    def _follow(self) -> None:
        self.day.setEnabled(self.has_deadline.isChecked())
        self.has_time.setEnabled(self.has_deadline.isChecked())
        self.time.setEnabled(self.has_deadline.isChecked() and self.has_time.isChecked())

    def _save(self) -> None:
        deadline = ""
        if self.has_deadline.isChecked():
            deadline = self.day.date().toString("yyyy-MM-dd")
            if self.has_time.isChecked():
                deadline += "T" + self.time.time().toString("HH:mm")
        desk, contact = self._session.desk, self.contact.text()
        self.save.setEnabled(False)
        self._session.tasks.run(
            _("Signing"), lambda report: change_call(desk, self._dossier, deadline, contact), self._saved, self.refuse
        )

    def _saved(self, _nothing: object) -> None:
        self.accept()
        self._session.changed.emit()
        self._session.tell(_("Kept. Save the letter's file again and send it, so that partners see it."))


class AttestDialog(Question):
    """An answer by mail, paper, telephone, message or in a meeting: declared, shown as such and counted apart."""

    def __init__(self, session: Session, dossier: str, page: QWidget, organisation: str = "") -> None:
        self._session, self._dossier = session, dossier
        self._evidence = b""
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
        self.yes = Choice(_("It signs the letter"))
        self.no = Choice(_("It does not sign"))
        self._answer = label("", "", "bad")
        self._answer.setVisible(False)
        for choice in (self.yes, self.no):
            choice.toggled.connect(lambda _on: self._answer.setVisible(False))
        self.how = QComboBox()
        for key, words in zip(HOW, _ways(), strict=True):
            self.how.addItem(words, key)
        self.day = QDateEdit(QDate.currentDate())
        self.day.setDisplayFormat("d MMMM yyyy")
        self.day.setMaximumDate(QDate.currentDate())
        self.evidence = QLineEdit()
        self.evidence.setReadOnly(True)
        self.evidence.setPlaceholderText(_("may stay empty"))
        choose = secondary(_("Choose…"), "file-text", small=True)
        choose.setAccessibleName(_("Choose the proof"))
        choose.clicked.connect(self._ask_evidence)
        hint = _("A scan or the message. The file itself is not kept here, only its digest: keep it yourself.")
        proof = QWidget()
        across = QHBoxLayout(proof)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(field(_("&Proof"), self.evidence), 1)
        across.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        self.declare = primary(_("Declare"), "stamp")
        self.declare.clicked.connect(self._declare)
        parts = [
            self._organisation,
            label(_("What did it answer?"), "label"),
            Columns((self.yes, self.no), 420),
            self._answer,
            Columns((field(_("&How did it come?"), self.how), field(_("&When?"), self.day)), 420),
            proof,
            label(hint, "small"),
        ]
        title = _("Declare an answer")
        text = _("You sign that this organisation answered so. It is shown as declared by you and counted apart.")
        super().__init__(page, title, text, parts, self.declare)
        (self.yes if organisation else self.organisation).setFocus()

    def _ask_evidence(self) -> None:
        dialog = QFileDialog(self, _("Choose the proof"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_evidence(Path(name)))
        dialog.open()

    def take_evidence(self, path: Path) -> None:
        """Use a file as proof."""
        try:
            self._evidence = self._session.desk.files.load(path, MOST_EVIDENCE)
        except DeskError as error:
            self.refuse(error)
            return
        self.evidence.setText(path.name)

    def _declare(self) -> None:
        name = self.organisation.currentText().strip()
        self._organisation.set_error("" if name else _("Write the name of the organisation."))
        missing = not (self.yes.isChecked() or self.no.isChecked())
        self._answer.setText(_("Choose what it answered."))
        self._answer.setVisible(missing)
        if not name or missing:
            (self.organisation if not name else self.yes).setFocus()
            return
        desk, answer = self._session.desk, "endorse" if self.yes.isChecked() else "decline"
        how, day, evidence = str(self.how.currentData()), self.day.date().toString("yyyy-MM-dd"), self._evidence
        self.declare.setEnabled(False)
        self._session.tasks.run(
            _("Signing"),
            lambda report: attest(desk, self._dossier, name, answer, how, day, evidence),
            lambda _packet: self._declared(name),
            self.refuse,
        )

    def _declared(self, name: str) -> None:
        self.accept()
        self._session.changed.emit()
        sentence = _("Declared: {organisation}; it counts apart until it answers itself.")
        self._session.tell(sentence.format(organisation=name))


def _ways() -> tuple[str, ...]:
    """``HOW`` in words."""
    return _("By mail"), _("On paper"), _("By telephone"), _("In a meeting"), _("By message")


def _as_line(name: str, country: str) -> str:
    quoted = f'"{name}"' if "," in name else name
    return f"{quoted}, {country}" if country else quoted
