"""The phone check: two codes of thirty digits, read to each other by people who know each other's voice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.services.confirm import MOST_VOUCHED, Candidate, candidates, confirm
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import summary
from crsv_desk.ui import theme
from crsv_desk.ui.code_view import CodeView
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import (
    Card,
    Page,
    action_bar,
    announce,
    banner,
    card,
    clear,
    danger,
    empty_state,
    field,
    flowing,
    header,
    label,
    primary,
    row,
    scrolled,
)
from crsv_desk.ui.letter.bars import back_button
from crsv_desk.ui.session import Session

BASES = ("voice", "video", "in-person", "address", "vouched")
AT_ONCE = 3
"""So many of them are compared while both look; the others rest on digits that somebody else gave."""


class CodePage(Page):
    """Both codes side by side; what is heard decides."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._whom = ""
        self._basis = 0
        self._count = 0
        self.refresh()

    def refresh(self) -> None:
        """Show whose code is to be compared now."""
        if self._session.comparing:
            self._whom, self._session.comparing = self._session.comparing, ""
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
        side = round(64 / theme.current().scale ** 2)
        lines.setContentsMargins(side, 28, side, 24)
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
        if one.warning:
            lines.addWidget(banner("warn", one.warning, _("Ask them to spell it, and whom else it could be.")))
        lines.addWidget(banner("accent", warning, _("Not a number from the mail that came with this file.")))
        self.own = CodeView(own.code, _("Your code"))
        self.theirs = CodeView(one.code, _("Code of {name}").format(name=one.organisation))
        lines.addWidget(self._codes(own.organisation, one.organisation))
        asked = label(_("&How do you compare?"), "label", wrap=False)
        asked.setBuddy(self._ways(one))
        lines.addWidget(flowing(asked, self.how, spacing=12))
        if not one.secretariat:
            lines.addWidget(self._more(one))
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

    def _ways(self, one: Candidate) -> QComboBox:
        words = [_("By telephone"), _("By video"), _("In the same room")]
        if not one.secretariat:
            words += [_("It came from an address that we knew"), _("Somebody whom we trust vouches for it")]
        self.how = QComboBox()
        self.how.addItems(words)
        self.how.setAccessibleName(_("How you compare"))
        self.how.setCurrentIndex(min(self._basis, len(words) - 1))
        self.how.currentIndexChanged.connect(self._set_basis)
        return self.how

    def _more(self, one: Candidate) -> QWidget:
        """What only the secretariat says: digits that were given in another way, and for how many it may answer."""
        self.digits = QLineEdit()
        self.digits.setPlaceholderText("00000 00000 00000 00000 00000 00000")
        hint = _("For digits that you got in another way; they are compared for you. May stay empty.")
        self._digits = field(_("&Type the thirty digits"), self.digits, hint)
        self.voucher = QSpinBox()
        self.voucher.setRange(0, MOST_VOUCHED)
        self.voucher.setSpecialValueText(_("only for itself"))
        self.voucher.setValue(self._count)
        self.voucher.valueChanged.connect(self._set_count)
        hint = _("An intermediary can answer for groups that cannot show themselves.")
        return card(Columns((self._digits, field(_("Answers at most for so &many others"), self.voucher, hint)), 760))

    def _set_count(self, count: int) -> None:
        self._count = count

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
        title = _("Stop. Do not sign or confirm anything yet.")
        text = _("Nothing was confirmed. Call again later, on another number that you looked up yourself.")
        self._say(title, text)

    def _say(self, title: str, text: str) -> None:
        clear(self._problem)
        self._problem.addWidget(banner("bad", title, text))
        announce(self, f"{title} {text}")

    def _confirm(self, one: Candidate) -> None:
        def told(_confirmed: object) -> None:
            self._count = 0
            sentence = _("The code of {name} was compared; from now on you know that it is them.")
            if count:
                sentence = _(
                    "The code of {name} was compared. Its row in the overview has a file for it, that says for how many it"
                    " may answer."
                )
            self._session.tell(sentence.format(name=one.organisation))
            if one.secretariat:
                self._session.go("read", one.dossier)
            self._session.changed.emit()

        basis, desk = BASES[self.how.currentIndex()], self._session.desk
        typed = "" if one.secretariat else self.digits.text().strip()
        if BASES.index(basis) >= AT_ONCE and not typed:
            self._digits.set_error(_("Type the digits that you were given."))
            self.digits.setFocus()
            return
        code, count = typed or one.code, self._count
        self.same.setEnabled(False)
        self._session.tasks.run(
            _("Confirming"), lambda report: confirm(desk, one.organisation, code, basis, count), told, self._refused
        )

    def _refused(self, error: DeskError) -> None:
        self.same.setEnabled(True)
        self._say(_("Stop. This is not the same code."), str(error))


def _code_card(title: str, note: str, code: CodeView, what: str) -> Card:
    notes = label(note, "small", wrap=False)
    notes.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return card(row(label(title, "h2"), notes), code, label(what, "muted"), margin=20, spacing=12)
