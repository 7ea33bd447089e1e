"""Compile: choose for whom, see what is missing, look at all pages, seal these very pages, save them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDate, QTimer

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.paper import Edition
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _
from crsv_desk.services.closing import still_fits
from crsv_desk.services.compile import Compiled, Prepared, check_reader, prepare, save_compiled, seal_prepared
from crsv_desk.services.overview import summary
from crsv_desk.services.readiness import Readiness, readiness
from crsv_desk.ui.compiling.choices import Choices
from crsv_desk.ui.compiling.full_edition import ask_about_full
from crsv_desk.ui.compiling.looking import LookingPage
from crsv_desk.ui.compiling.reports import MissingCard, leak_banner, pictures_note, where_found
from crsv_desk.ui.compiling.result import result
from crsv_desk.ui.compiling.seal_choice import SealCard
from crsv_desk.ui.components import action_bar, announce, clear, primary, scrolled, secondary
from crsv_desk.ui.secretariat.bars import top_bars
from crsv_desk.ui.session import Session

REST = 600
"""Milliseconds without a change before the pages are made again."""


class CompilePage(LookingPage[Prepared]):
    """The pages at the left, the choices at the right."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__(session, dossier)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._prepare)
        self._done = False
        self._unsaved: Compiled | None = None
        self._build()

    # --- what is shown

    def _build(self) -> None:
        self._ready: Readiness = readiness(self._session.desk, self._dossier)
        self.choices = Choices()
        self.choices.edition.chosen.connect(self._edition_chosen)
        self.choices.changed.connect(self._changed)
        self.key = SealCard(self._session)
        self.key.chosen.connect(self._changed)
        self.missing = MissingCard(lambda page: self._session.go(page, self._dossier))
        below = self.missing, self.choices.details, self.choices.order, self.key, pictures_note()
        self._show_halves(_("Make one PDF"), [self.choices.edition], below)
        self.first = self.choices.edition.choices["public"]
        self._show_ready()

    def refresh(self) -> None:
        """Look again at what is held; what was chosen stays, and so do the pages where they would be the same."""
        if self._done or self._sealing or self._unsaved is not None:
            return
        self._ready = readiness(self._session.desk, self._dossier)
        self._show_ready()
        self._timer.start()

    def _show_ready(self) -> None:
        self.missing.show_missing(self._ready)
        self.choices.details.fill(self._ready)
        self._fill_order()
        if self._ready.stops:
            self._no_pages(self._ready.stops[0].title)
        elif self.choices.edition.edition is None:
            self.view.say(_("Choose for whom this PDF is, and its pages appear here."))
        self._mark()

    def _fill_order(self) -> None:
        edition = self.choices.edition.edition or "public"
        self.choices.order.fill(self._ready.lead, self._ready.others(edition))

    # --- making the pages

    def _edition_chosen(self) -> None:
        self._fill_order()
        full = self.choices.edition.edition == "full"
        self.view.warn("bad", "lock", _("Contains names that must stay hidden") if full else "")
        self._changed()
        self._timer.stop()
        self._prepare()  # one click is all of this choice

    def _changed(self) -> None:
        """The pages that are shown may no longer be what would be sealed."""
        if self._unsaved is not None:
            self._unsaved = None  # it was made from other choices
            clear(self._problem)
        self._timer.start()
        self._mark()

    @property
    def making(self) -> bool:
        """Whether pages are to be made, or being made."""
        return self._timer.isActive() or super().making

    def _prepare(self) -> None:
        edition = self.choices.edition.edition
        if edition is None or self._ready.stops:
            return
        decision = self.choices.decision(self.key.certificate)
        desk, dossier, before = self._session.desk, self._dossier, self._prepared

        def work(report: Report) -> Prepared:
            same = before is not None and before.material.statement.edition == edition
            if before is not None and same and still_fits(desk, dossier, before.material.statement, decision):
                return before  # the same pages: whoever looked at them need not look again
            return prepare(desk, dossier, edition, decision, report)

        self._make(work)

    def _show(self, made: Prepared) -> None:
        if made is not self._prepared:
            found = leak_banner(made)
            self.view.show_pdf(made.pages, where_found(made))
            self._keep(made, found)
            announce(self, found.accessibleName())

    # --- why not

    def why_not(self) -> str:
        """Why it cannot be sealed now, as a translated sentence; empty when it can."""
        if self._ready.stops:
            return self._ready.stops[0].title
        if self.choices.edition.edition is None:
            return _("First choose for whom it is.")
        leak = self._prepared is not None and self._prepared.leaks and not self._sealing and not self.making
        return _("A hidden name is in it; see beside the pages.") if leak else super().why_not()

    # --- sealing

    def _ask(self) -> None:
        if self.choices.edition.edition == "full":
            ask_about_full(self, super()._ask)
        else:
            super()._ask()

    def _place(self) -> tuple[str, str]:
        return _("Save the sealed PDF"), f"letter-v{self._ready.version}-{self.choices.edition.edition}.pdf"

    def save(self, path: Path) -> None:
        """Seal the pages that were looked at and write them to ``path``; sealed ones that could not be written are only
        written."""
        if self._unsaved is not None:
            self._write(self._unsaved, path)
            return
        prepared, desk = self._prepared, self._session.desk
        choice, reader = self.key.choice, self.choices.edition.reader_key
        if prepared is None or self.why_not():
            return

        def work(report: Report) -> Compiled:
            if reader:
                check_reader(desk, reader, prepared.material.statement.edition)
            return seal_prepared(desk, prepared, report, choice)

        self._begin_sealing(work, lambda compiled: self._write(compiled, path))

    def _write(self, compiled: Compiled, path: Path) -> None:
        desk, reader = self._session.desk, self.choices.edition.reader_key
        self._unsaved = compiled

        def saved(paths: Sequence[Path]) -> None:
            self._sealing, self._unsaved = False, None
            self._show_result(compiled, paths)

        self._session.tasks.run(
            _("Saving"), lambda report: save_compiled(desk, compiled, path, reader), saved, self._not_saved
        )

    def _not_sealed(self, error: DeskError) -> None:
        super()._not_sealed(error)
        self._timer.start()  # something may have come in: then other pages are to be looked at

    def _not_saved(self, error: DeskError) -> None:
        self._sealing = False
        again = secondary(_("Choose another place…"), small=True)
        again.clicked.connect(super()._ask)
        self._trouble(
            str(error), _("The sealed PDF is still here until you leave; what was there before is whole."), again
        )
        again.setFocus()

    # --- the result

    def _show_result(self, compiled: Compiled, saved: Sequence[Path]) -> None:
        self.view.stop()
        self._done = True
        self._prepared = None
        place, date = self.choices.details.place.text(), self.choices.details.date.date()
        one = summary(self._session.desk, self._dossier)
        room, verdict = result(compiled, saved, lambda: self._again(place, date, "slim"), self._check)
        more = primary(_("Make another one"), "book-marked")
        more.clicked.connect(lambda: self._again(place, date))
        self.show_parts(top_bars(self._session, one, "compile"), scrolled(room), [action_bar([], [more])])
        self.first = verdict
        verdict.setFocus()
        announce(verdict, _("Sealed, saved, and read back."))
        self._session.changed.emit()

    def _again(self, place: str, date: QDate, edition: Edition | None = None) -> None:
        """The choices anew; place and date stay as they were."""
        self._done = False
        self._build()
        self.choices.details.place.setText(place)
        self.choices.details.date.setDate(date)
        if edition is not None:
            self.choices.edition.choose(edition)
        self.choices.edition.choices[edition or "public"].setFocus()
