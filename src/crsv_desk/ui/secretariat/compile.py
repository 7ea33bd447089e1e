"""Compile: choose for whom, see what is missing, look at all pages, seal these very pages, save them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDate, Qt, QTimer
from PySide6.QtWidgets import QMessageBox, QVBoxLayout, QWidget

from crsv_desk.domain.errors import Cancelled, DeskError
from crsv_desk.domain.paper import Edition
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _
from crsv_desk.services.closing import still_fits
from crsv_desk.services.compile import Compiled, Prepared, check_reader, prepare, save_compiled, seal_prepared
from crsv_desk.services.overview import summary
from crsv_desk.services.readiness import Readiness, readiness
from crsv_desk.ui.compiling.choices import Choices
from crsv_desk.ui.compiling.reports import MissingCard, leak_banner, pictures_note
from crsv_desk.ui.compiling.result import result
from crsv_desk.ui.compiling.seal_choice import SealCard
from crsv_desk.ui.components import (
    Page,
    Room,
    Tick,
    action_bar,
    announce,
    banner,
    card,
    clear,
    label,
    primary,
    scrolled,
    secondary,
)
from crsv_desk.ui.file_dialogs import choose_place, documents
from crsv_desk.ui.pdf_view import PdfView
from crsv_desk.ui.secretariat.bars import top_bars
from crsv_desk.ui.session import Session
from crsv_desk.ui.sides import Sides
from crsv_desk.ui.strips import ProgressStrip
from crsv_desk.ui.tasks import Tasks

REST = 600
"""Milliseconds without a change before the pages are made again."""


class CompilePage(Page):
    """The pages at the left, the choices at the right. What is looked at is what is sealed; looking closes nothing."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._say)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self._prepare)
        self._asked = 0
        self._prepared: Prepared | None = None
        self._failure = ""
        self._sealing = False
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
        self.view = PdfView()
        self.view.looked.connect(self._count_pages)
        self.view.opened.connect(self._count_pages)
        self.looked = Tick(_("I have looked at all pages."), "")
        self.looked.toggled.connect(lambda _on: self._mark())
        self._leaks = QVBoxLayout()
        self._problem = QVBoxLayout()
        self._pages_left = label("", "small")
        self.reason = label("", "small", wrap=False)
        self.seal = primary(_("Seal and save…"), "stamp")
        self.seal.clicked.connect(self._ask)
        one = summary(self._session.desk, self._dossier)
        names = _("The pages"), _("The choices")
        content = self.sides = Sides(self._preview(), self._panel(), names, 820, (61, 39))
        bar = action_bar([], [self.reason, self.seal])
        self.show_parts(top_bars(self._session, one, "compile"), content, [bar])
        self.first = self.choices.edition.choices["public"]
        self._show_ready()

    def _preview(self) -> QWidget:
        result = QWidget()
        lines = QVBoxLayout(result)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        self._strip = ProgressStrip(self._tasks)
        lines.addWidget(self._strip)
        lines.addWidget(self.view, 1)
        self.view.setMinimumHeight(280)
        return result

    def _panel(self) -> QWidget:
        room = Room()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(16, 14, 16, 16)
        lines.setSpacing(12)
        lines.addWidget(label(_("Make one PDF"), "title-s"))
        lines.addLayout(self._problem)
        lines.addWidget(self.choices.edition)
        lines.addLayout(self._leaks)
        for widget in (self.missing, self.choices.details, self.choices.order, self.key):
            lines.addWidget(widget)
        lines.addWidget(pictures_note())
        lines.addWidget(card(self.looked, self._pages_left, kind="card-accent", margin=12, spacing=2))
        lines.addStretch(1)
        return scrolled(room)

    def refresh(self) -> None:
        """Look again at what is held; what was chosen stays, and so do the pages where they would be the same."""
        if self._done or self._sealing or self._unsaved is not None:
            return
        self._ready = readiness(self._session.desk, self._dossier)
        self._show_ready()
        if self._prepared is not None or self._failure:
            self._timer.start()

    def _show_ready(self) -> None:
        self.missing.show_missing(self._ready)
        self.choices.details.fill(self._ready)
        self._fill_order()
        if self._ready.stops:
            self._say(self._ready.stops[0].title)
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

    def _changed(self) -> None:
        """The pages that are shown may no longer be what would be sealed."""
        if self._unsaved is not None:
            self._unsaved = None  # it was made from other choices
            clear(self._problem)
        if self.choices.edition.edition is not None and not self._ready.stops:
            self._timer.start()
        self._mark()

    @property
    def busy(self) -> bool:
        """Whether pages are to be made, being made, or being drawn."""
        return self._timer.isActive() or self._tasks.busy or self.view.busy

    def _prepare(self) -> None:
        self._timer.stop()
        edition = self.choices.edition.edition
        if edition is None or self._ready.stops:
            return
        decision = self.choices.decision(self.key.certificate)
        desk, dossier, before = self._session.desk, self._dossier, self._prepared
        self._asked += 1
        asked = self._asked

        def work(report: Report) -> Prepared:
            same = before is not None and before.material.statement.edition == edition
            if before is not None and same and still_fits(desk, dossier, before.material.statement, decision):
                return before  # the same pages: whoever looked at them need not look again
            return prepare(desk, dossier, edition, decision, report)

        self._tasks.cancel()
        self._tasks.run(
            _("Making the pages"), work, lambda made: self._show(made, asked), lambda e: self._fail(e, asked)
        )
        self._mark()

    def _show(self, prepared: Prepared, asked: int) -> None:
        if asked != self._asked:
            return
        self._failure = ""
        if prepared is not self._prepared:
            self._prepared = prepared
            self.looked.setChecked(False)
            self.view.show_pdf(
                prepared.pages,
                _holding((*prepared.searched, *prepared.quoted)) if prepared.leaks or prepared.quoted else None,
            )
            clear(self._leaks)
            found = leak_banner(prepared)
            self._leaks.addWidget(found)
            announce(self, found.accessibleName())
        self._mark()

    def _fail(self, error: DeskError, asked: int) -> None:
        if asked == self._asked:
            self._say(str(error))

    def _say(self, sentence: str) -> None:
        """Why there are no pages."""
        self._failure = sentence
        self._prepared = None
        self.looked.setChecked(False)
        clear(self._leaks)
        self.view.say(sentence)
        self._mark()

    def _count_pages(self) -> None:
        left = self.view.not_looked_at
        words = (
            _("Not on the screen yet: page {numbers}").format(numbers=left) if left else _("All were on the screen.")
        )
        self._pages_left.setText(words if self.view.count else "")

    # --- why not

    def why_not(self) -> str:
        """Why it cannot be sealed now, as a translated sentence; empty when it can."""
        if self._ready.stops:
            return self._ready.stops[0].title
        if self.choices.edition.edition is None:
            return _("First choose for whom it is.")
        if self._sealing:
            return _("It is being sealed.")
        if self._timer.isActive() or self._tasks.busy:
            return _("The pages are being made.")
        if self._prepared is None:
            return _("There are no pages; what stands in their place says why.")
        if self._prepared.leaks:
            return _("A hidden name is in it; see beside the pages.")
        if not self.looked.isChecked():
            return _("First look at all pages.")
        return ""

    def _mark(self) -> None:
        reason = self.why_not()
        self.seal.setEnabled(not reason)
        self.seal.setAccessibleDescription(reason)
        self.reason.setText(reason or _("After this nothing can be changed unnoticed."))
        self.looked.setEnabled(self._prepared is not None and not self._sealing)
        if self._prepared is None:
            self._pages_left.setText("")

    # --- sealing

    def _ask(self) -> None:
        if self.choices.edition.edition != "full":
            self._ask_place()
            return
        box = QMessageBox(self.window())
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("CRSV Desk")
        box.setText(_("This file will hold every name, also of those who are at risk if it is seen."))
        box.setInformativeText(_("Save it only where nobody but you can look, and give it to its recipient alone."))
        go_on = box.addButton(_("Save it with all names"), QMessageBox.ButtonRole.DestructiveRole)
        leave = box.addButton(_("Do not save it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        box.setEscapeButton(leave)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda button: self._ask_place() if button is go_on else None)
        box.open()

    def _ask_place(self) -> None:
        edition = self.choices.edition.edition
        name = f"letter-v{self._ready.version}-{edition}.pdf"  # no subject in it: a file's name is seen by others
        choose_place(self, _("Save the sealed PDF"), {_("PDF (*.pdf)"): "pdf"}, name, self.save, documents())

    def save(self, path: Path) -> None:
        """Seal the pages that were looked at and write them to ``path``; sealed ones that could not be written are only
        written."""
        if self._unsaved is not None:
            self._write(self._unsaved, path)
            return
        prepared, desk, choice, reader = (
            self._prepared,
            self._session.desk,
            self.key.choice,
            self.choices.edition.reader_key,
        )
        if prepared is None or self.why_not():
            return

        def work(report: Report) -> Compiled | None:
            try:
                if reader:
                    check_reader(desk, reader, prepared.material.statement.edition)
                return seal_prepared(desk, prepared, report, choice)
            except Cancelled:
                return None

        self._sealing = True
        clear(self._problem)
        self._mark()
        self._session.tasks.run(_("Sealing"), work, lambda compiled: self._sealed(compiled, path), self._not_sealed)

    def _sealed(self, compiled: Compiled | None, path: Path) -> None:
        if compiled is None:
            self._sealing = False
            self._mark()
            self._session.tell(_("Stopped. Nothing was sealed and nothing was written."), "info")
            return
        self._write(compiled, path)

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
        self._sealing = False
        self._trouble(str(error), _("Nothing was written. What was there before is whole."))
        self._timer.start()  # something may have come in: then other pages are to be looked at

    def _not_saved(self, error: DeskError) -> None:
        self._sealing = False
        again = secondary(_("Choose another place…"), small=True)
        again.clicked.connect(self._ask_place)
        self._trouble(
            str(error), _("The sealed PDF is still here until you leave; what was there before is whole."), again
        )
        again.setFocus()

    def _trouble(self, title: str, text: str, button: QWidget | None = None) -> None:
        clear(self._problem)
        for widget in (banner("bad", title, text), button):
            if widget is not None:
                self._problem.addWidget(widget)
                widget.show()
        self._mark()
        announce(self, f"{title} {text}")

    # --- the result

    def _show_result(self, compiled: Compiled, saved: Sequence[Path]) -> None:
        self.view.stop()
        self._done = True
        self._prepared, self._failure = None, ""
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

    def _check(self, path: Path) -> None:
        opening = getattr(self.window(), "open_files", None)
        if opening is not None:
            opening([path])


def _holding(names: Sequence[str]) -> Callable[[str], bool]:
    """Whether one of these names stands in a page's words: where it was found is where one looks first."""
    wanted = [_plain(name) for name in names]
    return lambda words: any(name in _plain(words) for name in wanted)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
