"""Answer for organisations that cannot appear: a number and no name, by a voucher and within what it may say."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

from crsv_desk.domain.packet import Packet
from crsv_desk.domain.statements import statement_id
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.answering import Outgoing, outgoing
from crsv_desk.services.attest import attest
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import own_identity
from crsv_desk.services.vouching import Allowance, Said, allowance
from crsv_desk.ui import dates
from crsv_desk.ui.components import banner, card, column, field, flowing, label, primary, quiet, secondary
from crsv_desk.ui.declaration import Declaration
from crsv_desk.ui.question import Question
from crsv_desk.ui.saving import save_as
from crsv_desk.ui.session import Session


def vouching_card(session: Session, dossier: str, page: QWidget) -> QWidget | None:
    """The way to it; nothing where this workspace is no voucher of this letter."""
    known = allowance(session.desk, dossier)
    if not known.most:
        return None
    button = secondary(_("Answer for others…"), "stamp", small=True)
    button.clicked.connect(lambda: VouchDialog(session, dossier, page).open())
    words = column(label(_("Organisations that cannot appear"), "label"), label(_limits(known), "small"), spacing=2)
    return card(words, flowing(button), spacing=6, margin=12)


class VouchDialog(Question):
    """How many, yes or no, how and when they answered; the result is a file for the secretariat."""

    def __init__(self, session: Session, dossier: str, page: QWidget) -> None:
        self._session, self._dossier, self._page = session, dossier, page
        known = allowance(session.desk, dossier)
        self.count = QSpinBox()
        self.count.setRange(1, max(known.left, 1))
        self._count = field(_("For ho&w many?"), self.count, _limits(known))
        self.declared = Declaration(session.desk, _("They sign the letter"), _("They do not sign"), self.refuse)
        self.declare = primary(_("Sign and save as file…"), "stamp")
        self.declare.clicked.connect(self._declare)
        own = own_identity(session.desk).organisation
        text = _(
            "You sign a number and no names. It is shown as declared by {name} and counted apart from those who sign"
            " themselves. It cannot be taken back."
        )
        parts: list[QWidget] = [self._earlier(one) for one in known.said]
        if known.left:
            parts += [self._count, self.declared]
        else:
            parts.append(banner("accent", _("You answered for as many as you may on this text.")))
            self.declare.hide()
        super().__init__(
            page, _("Answer for organisations that cannot appear"), text.format(name=own), parts, self.declare
        )
        if known.left:
            self.count.setFocus()
        else:
            self.back.setFocus()

    def _earlier(self, one: Said) -> QWidget:
        yes = ngettext("{count} organisation signs", "{count} organisations sign", one.count)
        no = ngettext("{count} organisation does not sign", "{count} organisations do not sign", one.count)
        words = (yes if one.answer == "endorse" else no).format(count=one.count)
        when = _("version {number}, {day}").format(number=one.version, day=dates.day(one.day))
        again = quiet(_("Save again…"), "save", small=True)
        again.setAccessibleDescription(f"{words}, {when}")
        again.clicked.connect(lambda: save_declaration(self._session, self._dossier, one.statement, self._page))
        return card(
            column(label(words, "strong"), label(when, "small"), spacing=2), flowing(again), margin=12, spacing=4
        )

    def _declare(self) -> None:
        missing = self.declared.missing()
        if missing is not None:
            missing.setFocus()
            return
        desk, said, count = self._session.desk, self.declared, self.count.value()
        answer, how, day, evidence = said.answer, said.how, said.day, said.evidence
        self.declare.setEnabled(False)
        self._session.tasks.run(
            _("Signing"),
            lambda report: attest(desk, self._dossier, "", answer, how, day, evidence, count),
            self._done,
            self.refuse,
        )

    def _done(self, packet: Packet) -> None:
        session, dossier, page = self._session, self._dossier, self._page
        self.accept()
        session.changed.emit()
        save_declaration(session, dossier, statement_id(packet.statement), page)


def save_declaration(session: Session, dossier: str, statement: str, page: QWidget) -> None:
    """The file for the secretariat; it can be saved again later."""
    out = _outgoing(session.desk, dossier, statement)
    told = _("Saved as {name} and read back. Send it to the secretariat.")
    name = _("for-others-{name}").format(name=out.name)
    save_as(session, page, _("Save what you declared"), name, lambda: out.data, told)


def _outgoing(desk: Desk, dossier: str, statement: str) -> Outgoing:
    out = outgoing(desk, dossier, statement)
    assert out is not None
    return out


def _limits(known: Allowance) -> str:
    if not known.exact:
        return _(
            "This letter names you as a voucher. The secretariat said for how many; what is more than that does not count."
        )
    return ngettext(
        "You may answer for {most} organisation; on this text you can still do so for {left}.",
        "You may answer for {most} organisations; on this text you can still do so for {left}.",
        known.most,
    ).format(most=known.most, left=known.left)
