"""Dialogs of the overview: add organisations, change deadline and contact."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QDateEdit, QLineEdit, QPlainTextEdit, QTimeEdit, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.asking import ask_partners, change_call, current_call
from crsv_desk.services.publish import Partner
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Tick, field, primary, secondary
from crsv_desk.ui.file_dialogs import choose_file
from crsv_desk.ui.question import Question
from crsv_desk.ui.secretariat.asked_lines import as_line, as_table
from crsv_desk.ui.session import Session

MOST_LIST = 2_000_000


class AddDialog(Question):
    """Organisations to ask: typed, pasted, or from a list."""

    def __init__(self, session: Session, dossier: str, page: QWidget) -> None:
        self._session, self._dossier = session, dossier
        self.names = QPlainTextEdit()
        self.names.setTabChangesFocus(True)
        self.names.setMinimumHeight(180)
        hint = _("One organisation a line. A country may follow after a semicolon: CARE Nederland; NL")
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
        choose_file(self, _("Open a list"), [_("Lists (*.csv *.txt *.tsv)")], self.take_list)

    def take_list(self, path: Path) -> None:
        """Put the organisations of a file below those that stand here."""
        desk = self._session.desk
        try:
            found = desk.letters.partners(desk.files.load(path, MOST_LIST))
        except DeskError as error:
            self.refuse(error)
            return
        lines = [self.names.toPlainText().strip(), *(as_line(name, country) for name, country in found)]
        self.names.setPlainText("\n".join(filter(None, lines)))
        self.names.setFocus()

    def _add(self) -> None:
        desk = self._session.desk
        if not self.names.toPlainText().strip():
            self._field.set_error(_("Write the name of an organisation first."))
            self.names.setFocus()
            return
        try:
            found = [Partner(*entry) for entry in desk.letters.partners(as_table(self.names))]
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
