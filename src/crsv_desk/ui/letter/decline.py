"""Answer that the organisation does not sign, or not yet; or take a signature back."""

from __future__ import annotations

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QPlainTextEdit, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.services.answering import Outgoing, colleagues_signature, decline, withdraw
from crsv_desk.services.identity import own_identity
from crsv_desk.services.later import answer_later
from crsv_desk.ui.components import Tick, danger, field, primary
from crsv_desk.ui.letter.readers import SealingTick
from crsv_desk.ui.letter.remark_file import ask_place
from crsv_desk.ui.question import Question
from crsv_desk.ui.session import Session


class DeclineDialog(Question):
    """One question: the reason. The answer is signed and becomes the file to send. ``later`` begins at "not yet"."""

    def __init__(
        self, session: Session, dossier: str, parent: QWidget, taking_back: bool = False, later: bool = False
    ) -> None:
        self._session, self._dossier, self._taking_back = session, dossier, taking_back
        self._page = parent
        title = _("Take your signature back?") if taking_back else _("You do not sign, or not yet?")
        text = _(
            "The secretariat gets your answer as a file that you send, as with a signature. You can still sign later."
        )
        theirs = colleagues_signature(session.desk, dossier) if taking_back else None
        if theirs is not None:
            organisation = own_identity(session.desk).organisation
            names = " · ".join(theirs.people) or _("your colleague")
            if not theirs.beside_own:
                title = _("Take your colleague's signature back?")
            consequence = _(
                "What {names} signed then counts no more: {organisation} stands below no version until somebody signs again."
            )
            text = f"{consequence.format(names=names, organisation=organisation)} {text}"
        self._reason = QPlainTextEdit()
        self._reason.setTabChangesFocus(True)
        self._reason.setMinimumHeight(100)
        self._field = field(_("&Reason (may stay empty)"), self._reason)
        words = _("Take back and go on") if taking_back else _("Answer “we do not sign”")
        self.answer = danger(words, "circle-minus")
        self.answer.clicked.connect(self._answer)
        self.put_off = primary(_("Say that we answer later"), "clock")
        self.put_off.clicked.connect(self._put_off)
        self.put_off.hide()
        self.later = Tick(
            _("We do answer, but not yet"),
            _("The secretariat sees that the letter arrived and that you are reading it."),
        )
        self.has_day = Tick(_("We know before which day it need not wait for us"))
        self.day = QDateEdit(QDate.currentDate().addDays(7))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMMM yyyy")
        self.day.setMinimumDate(QDate.currentDate())
        self._day = field(_("Not &before"), self.day)
        for one in (self.has_day, self._day):
            one.hide()
        self.later.toggled.connect(self._choose)
        self.has_day.toggled.connect(self._choose)
        self.sealed = SealingTick(session.desk, dossier)
        if taking_back:  # it travels as the signature did
            self.later.hide()
            self.sealed.hide()
        parts = [self.later, self.has_day, self._day, self._field, self.sealed]
        super().__init__(parent, title, text, parts, self.answer, self.put_off)
        self.later.setChecked(later)
        (self.later if later else self._reason).setFocus()

    def _choose(self, _on: bool) -> None:
        later = self.later.isChecked()
        self.has_day.setVisible(later)
        self._day.setVisible(later and self.has_day.isChecked())
        self._field.rename(_("&Words with it (may stay empty)") if later else _("&Reason (may stay empty)"))
        self.answer.setVisible(not later)
        self.put_off.setVisible(later)

    def _answer(self) -> None:
        reason, desk = self._reason.toPlainText().strip(), self._session.desk
        sealed = self.sealed.isChecked()
        self.answer.setEnabled(False)

        def work(_report: object) -> Outgoing:
            if self._taking_back:
                return withdraw(desk, self._dossier, reason)
            return decline(desk, self._dossier, reason, sealed=sealed)

        self._session.tasks.run(_("Answering"), work, self._done, self._refuse)

    def _put_off(self) -> None:
        words, desk = self._reason.toPlainText().strip(), self._session.desk
        sealed = self.sealed.isChecked()
        day = self.day.date().toString("yyyy-MM-dd") if self.has_day.isChecked() else ""
        self.put_off.setEnabled(False)
        self._session.tasks.run(
            _("Answering"),
            lambda report: answer_later(desk, self._dossier, day, words, sealed=sealed),
            self._save,
            self._refuse,
        )

    def _save(self, _out: object) -> None:
        session, dossier, page = self._session, self._dossier, self._page
        self.accept()
        session.changed.emit()
        ask_place(session, dossier, page)

    def _done(self, _out: object) -> None:
        self.accept()
        self._session.go("send", self._dossier)
        self._session.changed.emit()

    def _refuse(self, error: DeskError) -> None:
        for button in (self.answer, self.put_off):
            button.setEnabled(True)
        self._field.set_error(str(error))
