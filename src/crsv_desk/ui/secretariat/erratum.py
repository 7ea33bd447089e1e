"""The erratum before it is sealed: its page at the left, whom it is about and sealing at the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.erratum import PreparedErratum, prepare_erratum, seal_erratum
from crsv_desk.services.overview import summary
from crsv_desk.ui.compiling.looking import LookingPage
from crsv_desk.ui.components import card, label
from crsv_desk.ui.letter.bars import back_button
from crsv_desk.ui.session import Session
from crsv_desk.ui.sides import LEFT


class ErratumPage(LookingPage[PreparedErratum]):
    """One page, sealed with the key of this workspace."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__(session, dossier)
        text = _(
            "The PDF that was sent stays as it is. This page goes to everybody who got it; it is sealed with your own key."
        )
        back = back_button(session, _("Back"), "compile", dossier)
        self._show_halves(_("Erratum beside the letter"), [], [label(text, "muted")], [back], LEFT)
        self.reason.setProperty("spare", True)
        self.first = self.view.sheets
        self.refresh()

    # --- making the page

    def refresh(self) -> None:
        """Make the page anew; where it would say the same, what was looked at stays looked at."""
        if self._sealing:
            return
        desk, dossier = self._session.desk, self._dossier
        self._make(lambda report: prepare_erratum(desk, dossier, report))

    def _show(self, made: PreparedErratum) -> None:
        before = self._prepared
        if before is not None and _says(before) == _says(made):
            return  # the same page: whoever looked at it need not look again
        self.view.show_pdf(made.pages)
        self._keep(made, _about(made))

    # --- sealing

    def _place(self) -> tuple[str, str]:
        assert self._prepared is not None
        version = summary(self._session.desk, self._dossier).versions
        return _("Save the erratum"), f"letter-v{version}-erratum-{self._prepared.number}.pdf"

    def save(self, path: Path) -> None:
        """Seal the page that was looked at and write it to ``path``; then it is checked as its receiver would."""
        prepared, desk = self._prepared, self._session.desk
        if prepared is None or self.why_not():
            return

        def work(report: Report) -> Sequence[str]:
            made = seal_erratum(desk, prepared, report)
            desk.files.save(path, made.pdf)
            return made.left

        self._begin_sealing(work, lambda left: self._saved(path, left))

    def _saved(self, path: Path, left: Sequence[str]) -> None:
        self._sealing, self._prepared = False, None
        self.looked.setChecked(False)
        self._session.changed.emit()
        names = "; ".join(left) or _("organisations without a name")
        sentence = _("Saved, and read back: {name}. It says that these no longer sign: {names}")
        self._session.tell(sentence.format(name=path.name, names=names))
        self._check(path)

    def _not_sealed(self, error: DeskError) -> None:
        super()._not_sealed(error)
        self._prepared = None  # what came in makes another page, which is to be looked at
        self.refresh()


def _says(made: PreparedErratum) -> tuple[object, ...]:
    """What makes it another page: a closing that is not kept has another number and time each time it is made."""
    return made.left, made.unnamed, made.number


def _about(made: PreparedErratum) -> QWidget:
    result = card(label(_("Erratum {number}").format(number=made.number), "h2"), spacing=4, margin=12)
    for name in made.left:
        result.body.addWidget(label(_("No longer signs: {name}").format(name=name)))
    if made.unnamed:
        words = ngettext("{count} organisation without a name left.", "{count} organisations without a name left.",
                         made.unnamed)  # fmt: skip
        result.body.addWidget(label(words.format(count=made.unnamed)))
    return result
