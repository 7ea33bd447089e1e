"""The phone check: two codes of thirty digits, read to each other by people who know each other's voice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from crsv_desk.i18n import _
from crsv_desk.services.confirm import Candidate, candidates, confirm
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import summary
from crsv_desk.ui.code_view import CodeView
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import (
    Card,
    Page,
    Segments,
    action_bar,
    announce,
    banner,
    card,
    danger,
    empty_state,
    field,
    header,
    label,
    primary,
    row,
    scrolled,
)
from crsv_desk.ui.letter.bars import back_button
from crsv_desk.ui.session import Session

BASES = ("voice", "video", "in-person")


class CodePage(Page):
    """Both codes side by side; what is heard decides."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._whom = ""
        self._basis = 0
        self.refresh()

    def refresh(self) -> None:
        """Show whose code is to be compared now."""
        waiting = list(candidates(self._session.desk, self._dossier))
        self._candidates = waiting
        chosen = next((one for one in waiting if one.fingerprint == self._whom), waiting[0] if waiting else None)
        if chosen is None:
            self._nobody()
        else:
            self._whom = chosen.fingerprint
            self._show(chosen)

    def _nobody(self) -> None:
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(64, 40, 64, 24)
        sentence = _("Every code here was compared. You need to do this only once.")
        lines.addWidget(empty_state("check-check", _("Nobody waits for the phone check"), sentence))
        lines.addStretch(1)
        self.show_parts([header(_("Phone check"))], room, [action_bar([self._back(_("Back"))], [])])

    def _show(self, one: Candidate) -> None:
        own = own_identity(self._session.desk)
        self._problem = QVBoxLayout()
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(64, 28, 64, 24)
        lines.setSpacing(12)
        lines.addWidget(label(_("Call {name} and compare the digits").format(name=one.organisation), "title"))
        if one.secretariat:
            why = _("Then you know for certain that the letter comes from them. It takes two minutes, once.")
        else:
            why = _("Then you know for certain that the answer comes from them. It takes two minutes, once.")
        lines.addWidget(label(why, "muted"))
        lines.addLayout(self._problem)
        if len(self._candidates) > 1:
            lines.addWidget(self._choice(one))
        warning = _("Use a number that you had already: from your address book or their website.")
        lines.addWidget(banner("accent", warning, _("Not a number from the mail that came with this file.")))
        self.own = CodeView(own.code, _("Your code"))
        self.theirs = CodeView(one.code, _("Code of {name}").format(name=one.organisation))
        lines.addWidget(self._codes(own.organisation, one.organisation))
        self.how = Segments(
            (_("By telephone"), _("By video"), _("In the same room")), (), _("How you compared"), self._basis
        )
        self.how.chosen.connect(self._set_basis)
        lines.addWidget(row(label(_("How do you compare?"), "label", wrap=False), self.how, None))
        lines.addStretch(1)
        self.same = primary(_("Both codes are the same"), "check")
        self.same.setAutoDefault(False)
        self.same.setProperty("guarded", True)  # never by a key that presses whatever is filled
        self.same.clicked.connect(lambda: self._confirm(one))
        differs = danger(_("There is a difference"), "octagon-alert")
        differs.clicked.connect(self._differs)
        bar = action_bar([self._back(_("Do it later"))], [differs, self.same])
        self.show_parts(
            [header(_("Phone check"), _("with {name}").format(name=one.organisation))], scrolled(room), [bar]
        )
        self.first = self.own.groups[0]

    def _choice(self, one: Candidate) -> QWidget:
        box = QComboBox()
        for candidate in self._candidates:
            box.addItem(candidate.organisation, candidate.fingerprint)
        box.setCurrentIndex(box.findData(one.fingerprint))

        def choose() -> None:
            self._whom = str(box.currentData())
            self.refresh()

        box.activated.connect(choose)
        return field(_("With &whom?"), box)

    def _codes(self, own: str, other: str) -> Columns:
        read = _("1. Read out six groups of five. They look along on their screen.")
        listen = _("2. Listen, and look along. Is every digit the same?")
        theirs = _("Code of {name}").format(name=other)
        return Columns((
            _code_card(_("Your code"), own, self.own, read),
            _code_card(theirs, _("they read it out"), self.theirs, listen),
        ), 800)  # fmt: skip

    def _set_basis(self, number: int) -> None:
        self._basis = number

    def _back(self, text: str) -> QWidget:
        here = self._dossier and not summary(self._session.desk, self._dossier).secretariat
        page = "read" if here else "partners" if self._dossier else "home"
        return back_button(self._session, text, page, self._dossier)

    def _differs(self) -> None:
        while (item := self._problem.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        title = _("Stop. Do not sign or confirm anything yet.")
        text = _("Nothing was confirmed. Call again later, on another number that you looked up yourself.")
        self._problem.addWidget(banner("bad", title, text))
        announce(self, f"{title} {text}")

    def _confirm(self, one: Candidate) -> None:
        def told(_confirmed: object) -> None:
            self._session.changed.emit()
            sentence = _("The code of {name} was compared; from now on you know that it is them.")
            self._session.tell(sentence.format(name=one.organisation))
            if one.secretariat:
                self._session.go("read", one.dossier)

        basis = BASES[self.how.now]
        desk = self._session.desk
        self._session.tasks.run(_("Confirming"), lambda report: confirm(desk, one.organisation, one.code, basis), told)


def _code_card(title: str, note: str, code: CodeView, what: str) -> Card:
    notes = label(note, "small", wrap=False)
    notes.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return card(row(label(title, "h2"), notes), code, label(what, "muted"), margin=20, spacing=12)
