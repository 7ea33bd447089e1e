"""Pages that are looked at before they are sealed: what is looked at is what is sealed, and looking closes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crsv_desk.domain.errors import Cancelled, DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _
from crsv_desk.services.overview import summary
from crsv_desk.ui.buttons import Button
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
)
from crsv_desk.ui.file_dialogs import choose_place, documents
from crsv_desk.ui.pdf_view import PdfView
from crsv_desk.ui.secretariat.bars import top_bars
from crsv_desk.ui.session import Session
from crsv_desk.ui.sides import RIGHT, Sides
from crsv_desk.ui.strips import ProgressStrip
from crsv_desk.ui.tasks import Tasks

P = TypeVar("P")
T = TypeVar("T")


class LookingPage(Page, Generic[P]):
    """The pages at the left, what is decided about them at the right; below them the button that seals, which says why it
    is off. ``P`` is what was prepared: the pages with what they were made from."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._no_pages)
        self._asked = 0
        self._prepared: P | None = None
        self._sealing = False

    # --- what is shown

    def _show_halves(
        self,
        title: str,
        above: Sequence[QWidget],
        below: Sequence[QWidget],
        back: Sequence[Button] = (),
        first: int = RIGHT,
    ) -> None:
        """The page anew. At the right stand ``title``, what is ``above`` and ``below`` that which is said of the pages;
        ``first`` is the half that is shown where there is room for one."""
        self.view = PdfView()
        self.view.setMinimumHeight(280)
        for signal in (self.view.looked, self.view.opened):
            signal.connect(self._count_pages)
        self.looked = Tick(_("I have looked at all pages."), "")
        self.looked.toggled.connect(lambda _on: self._mark())
        self._problem, self._said = QVBoxLayout(), QVBoxLayout()
        self._pages_left = label("", "small")
        self.reason = label("", "small", wrap=False)
        self.seal = primary(_("Seal and save…"), "stamp")
        self.seal.clicked.connect(self._ask)
        names = _("The pages"), _("The choices")
        self.sides = Sides(self._preview(), self._panel(title, above, below), names, 820, (61, 39), first)
        bars = top_bars(self._session, summary(self._session.desk, self._dossier), "compile")
        self.show_parts(bars, self.sides, [action_bar(back, [self.reason, self.seal])])

    def _preview(self) -> QWidget:
        result = QWidget()
        lines = QVBoxLayout(result)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(ProgressStrip(self._tasks))
        lines.addWidget(self.view, 1)
        return result

    def _panel(self, title: str, above: Sequence[QWidget], below: Sequence[QWidget]) -> QWidget:
        room = Room()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(16, 14, 16, 16)
        lines.setSpacing(12)
        lines.addWidget(label(title, "title-s"))
        lines.addLayout(self._problem)
        for widget in above:
            lines.addWidget(widget)
        lines.addLayout(self._said)
        for widget in (*below, card(self.looked, self._pages_left, kind="card-accent", margin=12, spacing=2)):
            lines.addWidget(widget)
        lines.addStretch(1)
        return scrolled(room)

    def _count_pages(self) -> None:
        left = self.view.not_looked_at
        words = (
            _("Not on the screen yet: page {numbers}").format(numbers=left) if left else _("All were on the screen.")
        )
        self._pages_left.setText(words if self.view.count else "")

    # --- making the pages

    @property
    def making(self) -> bool:
        """Whether pages are to be made, or being made."""
        return self._tasks.busy

    @property
    def busy(self) -> bool:
        """The same, or being drawn."""
        return self.making or self.view.busy

    def _make(self, work: Callable[[Report], P]) -> None:
        """Make the pages anew; what was under way is dropped."""
        self._asked += 1
        asked = self._asked

        def unless_later(then: Callable[[T], None]) -> Callable[[T], None]:
            return lambda result: then(result) if asked == self._asked else None

        self._tasks.cancel()
        self._tasks.run(
            _("Making the pages"), _or_stopped(work), unless_later(self._made), unless_later(self._not_made)
        )
        self._mark()

    def _made(self, made: P | None) -> None:
        if made is None:  # those that are shown may be of other choices
            self._no_pages(_("You stopped it, so there are no pages. Come back to this page to have them made."))
        else:
            self._show(made)
            self._mark()

    def _not_made(self, error: DeskError) -> None:
        self._no_pages(str(error))
        announce(self, str(error))

    def _show(self, made: P) -> None:
        """Show the pages that were made, and keep them if they are others (``_keep``)."""
        raise NotImplementedError

    def _keep(self, made: P, said: QWidget) -> None:
        """Other pages, which nobody has looked at yet, with what is ``said`` of them at the right."""
        self._prepared = made
        self.looked.setChecked(False)
        clear(self._said)
        self._said.addWidget(said)

    def _no_pages(self, sentence: str) -> None:
        """Why there are none, in their place."""
        self._prepared = None
        self.looked.setChecked(False)
        clear(self._said)
        self.view.say(sentence)
        self._mark()

    # --- why not

    def why_not(self) -> str:
        """Why it cannot be sealed now, as a translated sentence; empty when it can."""
        if self._sealing:
            return _("It is being sealed.")
        if self.making:
            return _("The pages are being made.")
        if self._prepared is None:
            return _("There are no pages.")
        return "" if self.looked.isChecked() else _("First look at all pages.")

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
        """Before it is sealed: where it goes."""
        title, name = self._place()
        choose_place(self, title, {_("PDF (*.pdf)"): "pdf"}, name, self.save, documents())

    def _place(self) -> tuple[str, str]:
        """What the dialog for the place says on top, and the file's name that it proposes: no subject in it, for a file's
        name is seen by others."""
        raise NotImplementedError

    def save(self, path: Path) -> None:
        """Seal the pages that were looked at and write them to ``path``."""
        raise NotImplementedError

    def _begin_sealing(self, work: Callable[[Report], T], then: Callable[[T], None]) -> None:
        """Seal off the window's thread. When it is stopped or refused, nothing is."""
        self._sealing = True
        clear(self._problem)
        self._mark()
        self._session.tasks.run(
            _("Sealing"),
            _or_stopped(work),
            lambda made: self._stopped() if made is None else then(made),
            self._not_sealed,
        )

    def _stopped(self) -> None:
        self._sealing = False
        self._mark()
        self._session.tell(_("Stopped. Nothing was sealed and nothing was written."), "info")

    def _not_sealed(self, error: DeskError) -> None:
        self._sealing = False
        self._trouble(str(error), _("Nothing was written. What was there before is whole."))

    def _trouble(self, title: str, text: str, button: QWidget | None = None) -> None:
        clear(self._problem)
        for widget in (banner("bad", title, text), button):
            if widget is not None:
                self._problem.addWidget(widget)
                widget.show()
        self._mark()
        announce(self, f"{title} {text}")

    def _check(self, path: Path) -> None:
        """As its receiver would."""
        opening = getattr(self.window(), "open_files", None)
        if opening is not None:
            opening([path])


def _or_stopped(work: Callable[[Report], T]) -> Callable[[Report], T | None]:
    """``work`` that gives ``None`` when the person stopped it."""

    def run(report: Report) -> T | None:
        try:
            return work(report)
        except Cancelled:
            return None

    return run
