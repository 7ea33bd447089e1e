"""For how many organisations that cannot appear a partner may answer; and the file by which it gets to know that."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

from crsv_desk.i18n import _
from crsv_desk.services.attest import allow_voucher
from crsv_desk.services.confirm import MOST_VOUCHED
from crsv_desk.services.vouching import allowance_file
from crsv_desk.ui.components import field, primary
from crsv_desk.ui.question import Question
from crsv_desk.ui.saving import save_as
from crsv_desk.ui.session import Session


class VoucherDialog(Question):
    """One number. 0 takes it back."""

    def __init__(self, session: Session, dossier: str, page: QWidget, organisation: str, now: int) -> None:
        self._session, self._dossier, self._page, self._organisation = session, dossier, page, organisation
        self.count = QSpinBox()
        self.count.setRange(0, MOST_VOUCHED)
        self.count.setSpecialValueText(_("only for itself"))
        self.count.setValue(now)
        self.keep = primary(_("Sign and keep"), "check")
        self.keep.clicked.connect(self._keep)
        title = _("For how many others may {name} answer?").format(name=organisation)
        text = _(
            "An intermediary can answer for groups that cannot show themselves: a number and no names, for each text no"
            " more than this. It is counted apart. That no group is counted twice, nobody can check."
        )
        super().__init__(page, title, text, [field(_("&Number of others"), self.count)], self.keep)
        self.count.setFocus()

    def _keep(self) -> None:
        desk, count = self._session.desk, self.count.value()
        self.keep.setEnabled(False)
        self._session.tasks.run(
            _("Signing"),
            lambda report: allow_voucher(desk, self._dossier, self._organisation, count),
            lambda _nothing: self._kept(count),
            self.refuse,
        )

    def _kept(self, count: int) -> None:
        session, dossier, page, name = self._session, self._dossier, self._page, self._organisation
        self.accept()
        session.changed.emit()
        if count:
            save_allowance(session, dossier, name, page)
        else:
            session.tell(_("{name} answers only for itself from now on.").format(name=name))


def save_allowance(session: Session, dossier: str, organisation: str, page: QWidget) -> None:
    """The file that this organisation opens, and nobody else."""
    desk = session.desk
    told = _("Saved as {name} and read back. Send it to this organisation alone; then its computer knows.")
    save_as(
        session,
        page,
        _("Save the file for the voucher"),
        _("may-answer-for-others.crsv"),
        lambda: allowance_file(desk, dossier, organisation),
        told,
    )
