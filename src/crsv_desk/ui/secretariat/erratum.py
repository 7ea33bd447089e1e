"""The erratum before it is sealed: its page at the left, whom it is about and sealing at the right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.erratum import PreparedErratum, prepare_erratum, seal_erratum
from crsv_desk.services.overview import summary
from crsv_desk.ui.components import (
    Page,
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
from crsv_desk.ui.letter.bars import back_button
from crsv_desk.ui.pdf_view import PdfView
from crsv_desk.ui.secretariat.bars import top_bars
from crsv_desk.ui.session import Session
from crsv_desk.ui.sides import LEFT, Sides


class ErratumPage(Page):
    """What is looked at is what is sealed; looking closes nothing."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._prepared: PreparedErratum | None = None
        self._asked = 0
        self._sealing = False
        self.view = PdfView()
        self.view.setMinimumHeight(280)
        self.looked = Tick(_("I have looked at all pages."), "")
        self.looked.toggled.connect(lambda _on: self._mark())
        self._about, self._problem = QVBoxLayout(), QVBoxLayout()
        self._pages_left = label("", "small")
        for signal in (self.view.looked, self.view.opened):
            signal.connect(self._count_pages)
        self.reason = label("", "small", wrap=False)
        self.reason.setProperty("spare", True)
        self.seal = primary(_("Seal and save…"), "stamp")
        self.seal.clicked.connect(self._ask_place)
        one = summary(session.desk, dossier)
        names = _("The pages"), _("The choices")
        self.sides = Sides(self.view, self._panel(), names, 820, (61, 39), LEFT)
        back = back_button(session, _("Back"), "compile", dossier)
        bar = action_bar([back], [self.reason, self.seal])
        self.show_parts(top_bars(session, one, "compile"), self.sides, [bar])
        self.first = self.view.sheets
        self.refresh()

    def _panel(self) -> QWidget:
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(16, 14, 16, 16)
        lines.setSpacing(12)
        lines.addWidget(label(_("Erratum beside the letter"), "title-s"))
        lines.addLayout(self._problem)
        lines.addLayout(self._about)
        text = _(
            "The PDF that was sent stays as it is. This page goes to everybody who got it; it is sealed with your own key."
        )
        lines.addWidget(label(text, "muted"))
        lines.addWidget(card(self.looked, self._pages_left, kind="card-accent", margin=12, spacing=2))
        lines.addStretch(1)
        return scrolled(room)

    # --- making the page

    def refresh(self) -> None:
        """Make the page anew; where it would say the same, what was looked at stays looked at."""
        if self._sealing:
            return
        desk, dossier = self._session.desk, self._dossier
        self._asked += 1
        asked = self._asked
        self._session.tasks.run(
            _("Making the pages"),
            lambda report: prepare_erratum(desk, dossier, report),
            lambda made: self._show(made, asked),
            lambda error: self._fail(error, asked),
        )
        self._mark()

    def _show(self, made: PreparedErratum, asked: int) -> None:
        if asked != self._asked:
            return
        before = self._prepared
        clear(self._problem)
        if before is not None and _says(before) == _says(made):
            return  # the same page: whoever looked at it need not look again
        self._prepared = made
        self.looked.setChecked(False)
        self.view.show_pdf(made.pages)
        clear(self._about)
        self._about.addWidget(_about(made))
        self._mark()

    def _fail(self, error: DeskError, asked: int) -> None:
        if asked != self._asked:
            return
        self._prepared = None
        self.looked.setChecked(False)
        clear(self._about)
        self.view.say(str(error))
        announce(self, str(error))
        self._mark()

    def _count_pages(self) -> None:
        left = self.view.not_looked_at
        words = (
            _("Not on the screen yet: page {numbers}").format(numbers=left) if left else _("All were on the screen.")
        )
        self._pages_left.setText(words if self.view.count else "")

    def why_not(self) -> str:
        """Why it cannot be sealed now, as a translated sentence; empty when it can."""
        if self._sealing:
            return _("It is being sealed.")
        if self._prepared is None:
            return _("There are no pages; what stands in their place says why.")
        return "" if self.looked.isChecked() else _("First look at all pages.")

    def _mark(self) -> None:
        reason = self.why_not()
        self.seal.setEnabled(not reason)
        self.seal.setAccessibleDescription(reason)
        self.reason.setText(reason or _("After this nothing can be changed unnoticed."))
        self.looked.setEnabled(self._prepared is not None and not self._sealing)

    # --- sealing

    def _ask_place(self) -> None:
        assert self._prepared is not None
        version = summary(self._session.desk, self._dossier).versions
        name = f"letter-v{version}-erratum-{self._prepared.number}.pdf"
        choose_place(self, _("Save the erratum"), {_("PDF (*.pdf)"): "pdf"}, name, self.save, documents())

    def save(self, path: Path) -> None:
        """Seal the page that was looked at and write it to ``path``; then it is checked as its receiver would."""
        prepared, desk = self._prepared, self._session.desk
        if prepared is None or self.why_not():
            return

        def work(report: Report) -> Sequence[str]:
            made = seal_erratum(desk, prepared, report)
            desk.files.save(path, made.pdf)
            return made.left

        self._sealing = True
        clear(self._problem)
        self._mark()
        self._session.tasks.run(_("Sealing"), work, lambda left: self._saved(path, left), self._not_saved)

    def _saved(self, path: Path, left: Sequence[str]) -> None:
        self._sealing, self._prepared = False, None
        self.looked.setChecked(False)
        self._session.changed.emit()
        names = "; ".join(left) or _("organisations without a name")
        sentence = _("Saved, and read back: {name}. It says that these no longer sign: {names}")
        self._session.tell(sentence.format(name=path.name, names=names))
        opening = getattr(self.window(), "open_files", None)
        if opening is not None:
            opening([path])

    def _not_saved(self, error: DeskError) -> None:
        self._sealing = False
        clear(self._problem)
        self._problem.addWidget(banner("bad", str(error), _("Nothing was written. What was there before is whole.")))
        announce(self, str(error))
        self._prepared = None  # what came in makes another page, which is to be looked at
        self.refresh()
        self._mark()


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
