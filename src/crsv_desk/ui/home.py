"""The letters: what each one waits for, and the way to it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import LetterSummary, list_letters
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Page, at_most, clear, column, empty_state, flowing, label, row, scrolled, secondary
from crsv_desk.ui.letter_card import LetterCard, waits
from crsv_desk.ui.session import Session

WIDTH = 960


class HomePage(Page):
    """Every letter here as a card; the one that waits first."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session = session
        room = QWidget()
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(16)
        outer = QVBoxLayout(room)
        outer.setContentsMargins(32, 36, 32, 24)
        inner = QWidget()
        inner.setLayout(self._lines)
        outer.addWidget(at_most(inner, WIDTH))
        outer.addStretch(1)
        self.cards: list[LetterCard] = []
        self.show_parts([], scrolled(room))
        self.refresh()

    def refresh(self) -> None:
        """Show the letters as they are now; the focus stays on its letter."""
        focused = next(
            (card.summary.dossier for card in self.cards if card.isAncestorOf(self.focusWidget() or card)), ""
        )
        letters = sorted(list_letters(self._session.desk), key=lambda one: not waits(one))
        clear(self._lines)
        self._lines.addWidget(self._greeting(letters))
        first_waiting = next((one.dossier for one in letters if waits(one)), "")
        self.cards = [LetterCard(self._session, one, one.dossier == first_waiting) for one in letters]
        for card in self.cards:
            card.moved.connect(self._move)
            self._lines.addWidget(card)
        self._lines.addWidget(self._hint(bool(letters)))
        for card in self.cards:
            if card.summary.dossier == focused:
                card.setFocus()

    def _greeting(self, letters: list[LetterSummary]) -> QWidget:
        own = own_identity(self._session.desk)
        waiting = sum(waits(one) for one in letters)
        state = (
            ngettext("one letter asks for your attention", "{count} letters ask for your attention", waiting)
            if waiting
            else _("nothing waits for you")
        )
        words = _("{organisation} · {state}").format(organisation=own.organisation, state=state.format(count=waiting))
        opening = secondary(_("&Open a file…"), "folder-open")
        opening.clicked.connect(self._open)
        writing = secondary(_("&New letter…"), "pencil")
        writing.clicked.connect(lambda: self._session.go("text"))
        title = column(label(_("Good day, {name}").format(name=own.person), "title"), label(words, "muted"), spacing=4)
        return Columns((title, row(flowing(writing, opening, spacing=4))), 620, (1, 0))

    def _hint(self, some: bool) -> QWidget:
        title = (
            _("Did you get another letter by mail or on a stick?")
            if some
            else _("Did you get a letter by mail or on a stick?")
        )
        text = _(
            "Drag the file here, or press “Open a file”. Its name ends in .crsv."
            " First it is checked whether it really comes from its sender."
        )
        return empty_state("mail-open", title, text)

    def _open(self) -> None:
        window = self.window()
        ask = getattr(window, "ask_files", None)
        if ask is not None:
            ask()

    def _move(self, card: LetterCard, by: int) -> None:
        at = self.cards.index(card) + by
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus()
