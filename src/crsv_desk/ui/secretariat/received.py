"""What came in: files and pasted text, a verdict for each, and what to do next; newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.book import open_volume
from crsv_desk.services.confirm import Candidate, candidates, signer_of
from crsv_desk.services.overview import LetterSummary, list_letters
from crsv_desk.services.receive import Verdict
from crsv_desk.ui import dates
from crsv_desk.ui.buttons import Button
from crsv_desk.ui.components import (
    Card,
    Icon,
    Page,
    at_most,
    card,
    clear,
    column,
    empty_state,
    field,
    flowing,
    header,
    label,
    primary,
    scrolled,
    secondary,
    show_if,
)
from crsv_desk.ui.question import Question, WordsDialog
from crsv_desk.ui.secretariat.words import ask_again, send_again
from crsv_desk.ui.session import Session

WIDTH, MOST, MOST_WAITING = 960, 200, 20
AT_ONCE = 12
"""Cards that are made before the page is shown: as many as are in sight. The others follow while nothing else is to do."""
LOOKS = {
    "refused": ("octagon-alert", "bad"),
    "held apart": ("phone", "warn"),
    "unread": ("hourglass", "warn"),
    "sealed to others": ("lock", "muted"),
    "new": ("file-check", "ok"),
    "known": ("check-check", "muted"),
}
"""Icon and tone of an outcome, the most urgent first: that is what a file with several parts shows."""


class ReceivedPage(Page):
    """Who waits for the phone check, and what became of the files taken in while the window is open."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session = session
        self.cards: list[VerdictCard] = []
        self._coming: Iterator[VerdictCard] = iter(())
        """Those that are not made yet."""
        self._most = MOST
        self._later = QTimer(self)
        self._later.timeout.connect(self._make_one_more)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(12)
        inner = QWidget()
        inner.setLayout(self._lines)
        room = QWidget()
        outer = QVBoxLayout(room)
        outer.setContentsMargins(32, 24, 32, 24)
        outer.setSpacing(16)
        outer.addWidget(at_most(inner, WIDTH))
        outer.addStretch(1)
        self.opening = primary(_("&Open files…"), "folder-open")
        self.opening.clicked.connect(lambda: self._window("ask_files"))
        outer.insertWidget(0, at_most(self._ways_in(), WIDTH))
        self.show_parts([header(_("Received"))], scrolled(room))
        self.first = self.opening
        self.refresh()

    def _ways_in(self) -> QWidget:
        folder = secondary(_("Open a &folder…"), "folder-down")
        folder.clicked.connect(lambda: self._window("ask_folder"))
        paste = secondary(_("&Paste text…"), "quote")
        paste.clicked.connect(self.ask_text)
        words = label(_("Drag files or folders here, as many as you like and in any order. Doing it twice is no harm."))
        buttons = flowing(self.opening, folder, paste, spacing=4)
        return card(words, buttons, spacing=8, margin=14)

    def refresh(self) -> None:
        """Show what is so now."""
        clear(self._lines)
        letters = {one.dossier: one for one in list_letters(self._session.desk)}
        waiting = [one for one in candidates(self._session.desk) if not one.secretariat]
        if waiting:
            self._lines.addWidget(label(_("Waits for the phone check"), "h2"))
        for one in waiting[:MOST_WAITING]:
            self._lines.addWidget(self._waiting(one, letters[one.dossier], len(letters) > 1))
        if len(waiting) > MOST_WAITING:
            words = _("and {count} more; the page Partners of each letter lists them all")
            self._lines.addWidget(label(words.format(count=len(waiting) - MOST_WAITING), "muted"))
        self.cards, self._most = [], MOST
        self._coming = self._cards(letters, {one.fingerprint for one in waiting})
        self._make(AT_ONCE)
        if not waiting and not self.cards:
            text = _("Answers that come by mail or on a stick are taken in here; each is checked first.")
            self._lines.addWidget(empty_state("inbox", _("Nothing was taken in since the window was opened"), text))

    def _make(self, count: int) -> None:
        """So many cards more, then the rest one by one."""
        self._later.stop()
        for _number in range(count):
            if len(self.cards) >= self._most:
                self._offer_more()
                return
            card = next(self._coming, None)
            if card is None:
                return
            self.cards.append(card)
            self._lines.addWidget(card)
        self._later.start()

    def _make_one_more(self) -> None:
        """Not while something else is taken in: it would wait until that is kept, and the window with it."""
        if self._session.tasks.busy:
            self._later.stop()
            self._session.tasks.idle.connect(self._later.start, Qt.ConnectionType.SingleShotConnection)
        else:
            self._make(1)

    def _offer_more(self) -> None:
        more = secondary(_("Show more"), small=True)

        def show() -> None:
            more.setEnabled(False)
            more.hide()
            self._most += MOST
            self._make(AT_ONCE)

        more.clicked.connect(show)
        self._lines.addWidget(more)

    def _waiting(self, one: Candidate, letter: LetterSummary, several: bool) -> Card:
        title = label(one.organisation, "strong")
        words = _("Says it is {organisation}. Call them on a number that you had already, and compare the code.")
        words = f"{words.format(organisation=one.organisation)} {one.warning}".strip()
        text = label(words, "muted")
        where = label(letter.title, "small")
        show_if(where, several)
        call = secondary(_("Phone check"), "phone", small=True)
        call.setAccessibleDescription(one.organisation)
        call.clicked.connect(lambda: self._compare(one.dossier, one.fingerprint))
        return _line(Icon("phone", 22, "warn"), column(title, text, where, spacing=2), call)

    def _cards(self, letters: dict[str, LetterSummary], waiting: set[str]) -> Iterator[VerdictCard]:
        """One for each file that was taken in, the newest batch first; a heading goes before each batch."""
        for batch in self._session.batches:
            by_name: dict[str, list[Verdict]] = {}
            for verdict in batch.verdicts:
                by_name.setdefault(verdict.name, []).append(verdict)
            words = ngettext("{count} file taken in, {when}", "{count} files taken in, {when}", len(by_name))
            heading = words.format(count=len(by_name), when=dates.moment(batch.time))
            self._lines.addWidget(label(heading, "h2"))
            for verdicts in sorted(by_name.values(), key=lambda group: _urgency(_shown(group))):
                shown = self._as_it_stands(_shown(verdicts), waiting)
                yield VerdictCard(shown, len(verdicts), self._next(shown, letters.get(shown.dossier)))

    def _as_it_stands(self, one: Verdict, waiting: set[str]) -> Verdict:
        """A signer may have been confirmed since."""
        if one.outcome != "held apart" or self._signer(one) in waiting:
            return one
        return replace(one, outcome="new", sentence=_("Taken in; its code was compared since."))

    # --- what comes next

    def _next(self, one: Verdict, letter: LetterSummary | None) -> Button | None:
        """The button that leads on from a verdict, if anything is to be done."""
        if one.outcome == "refused":
            return self._button(_("Ask for it again…"), "mail", lambda: self._ask_again(one))
        if letter is None or one.outcome in ("sealed to others", "unread"):
            return None
        if not letter.secretariat:
            return self._button(_("Read"), "book-open", lambda: self._session.go("read", letter.dossier))
        if one.outcome == "held apart":
            return self._button(_("Phone check"), "phone", lambda: self._compare(letter.dossier, self._signer(one)))
        if one.kind == "comment":
            return self._button(
                _("See the remarks"), "messages-square", lambda: self._session.go("comments", letter.dossier)
            )
        if one.kind == "endorsement" and self._is_older(one, letter):
            words = _("Ask for version {number}…").format(number=letter.versions)
            return self._button(words, "history", lambda: self._ask_version(letter))
        return self._button(_("See the answers"), "users", lambda: self._session.go("partners", letter.dossier))

    def _signer(self, one: Verdict) -> str:
        """Fingerprint of the identity that stands behind a statement; empty when it is not held any more."""
        return signer_of(self._session.desk, one.dossier, one.statement)

    def _is_older(self, one: Verdict, letter: LetterSummary) -> bool:
        held = open_volume(self._session.desk, letter.dossier).held.get(one.statement)
        return held is not None and getattr(held.statement, "letter", "") != letter.letter

    def _button(self, words: str, icon: str, do: Callable[[], object]) -> Button:
        button = secondary(words, icon, small=True)
        button.clicked.connect(do)
        return button

    def _compare(self, dossier: str, fingerprint: str) -> None:
        self._session.comparing = fingerprint
        self._session.go("code", dossier)

    def _ask_again(self, one: Verdict) -> None:
        title, text = _("Ask for the file again"), _("Nothing of the file was kept. These words tell its sender why.")
        WordsDialog(self._session, self, title, text, send_again(self._session, one.name, one.sentence)).open()

    def _ask_version(self, letter: LetterSummary) -> None:
        title = _("Ask for version {number}").format(number=letter.versions)
        text = _("Send these words with the letter's file; save that on the page Partners.")
        WordsDialog(self._session, self, title, text, ask_again(self._session, letter)).open()

    # --- ways in

    def _window(self, way: str) -> None:
        ask = getattr(self.window(), way, None)
        if ask is not None:
            ask()

    def ask_text(self) -> None:
        """Ask for an answer that came as text; what the clipboard holds stands there already if it is one."""
        PasteDialog(self._session, self).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.ask_text()
        else:
            super().keyPressEvent(event)


class VerdictCard(Card):
    """One file: what became of it, and the button that leads on."""

    def __init__(self, shown: Verdict, parts: int, button: Button | None) -> None:
        super().__init__(margin=12)
        self.verdict, self.button = shown, button
        icon, tone = LOOKS[shown.outcome]
        title = shown.organisation or shown.name
        notes = [shown.name] if shown.organisation else []
        if parts > 1:
            notes.append(ngettext("{count} part", "{count} parts", parts).format(count=parts))
        note = label(" · ".join(notes), "small")
        show_if(note, bool(notes))
        words = column(label(title, "strong"), label(shown.sentence, "muted"), note, spacing=2)
        if button is not None:
            button.setAccessibleDescription(title)
        self.body.addWidget(_across(Icon(icon, 22, tone), words, button))
        self.setAccessibleName(f"{title}: {shown.sentence}")


class PasteDialog(Question):
    """An answer that came as text in a mail or a message."""

    def __init__(self, session: Session, page: QWidget) -> None:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(200)
        clipboard = QGuiApplication.clipboard().text()
        if session.desk.packets.kind(clipboard.encode(errors="replace")) == "text":
            self.text.setPlainText(clipboard)
        self.take = primary(_("Take in"), "inbox")
        self._field = field(
            _("&Text of the message"), self.text, _("All of it, or from the first marker line to the last.")
        )
        title, words = _("Paste an answer as text"), _("For an answer that was copied into a mail or a message.")
        super().__init__(page, title, words, [self._field], self.take)
        self._window = page.window()
        self.take.clicked.connect(self._take)
        self.text.setFocus()

    def _take(self) -> None:
        text = self.text.toPlainText()
        if not text.strip():
            self._field.set_error(_("Paste the text first."))
            self.text.setFocus()
            return
        intake = getattr(self._window, "intake", None)
        self.accept()
        if intake is not None:
            intake.take_text(text)


def _shown(verdicts: Sequence[Verdict]) -> Verdict:
    """Of a file's parts the one that matters most; of those an answer before the rest."""
    return min(verdicts, key=lambda one: (_urgency(one), one.kind not in ("endorsement", "decline", "withdrawal")))


def _urgency(one: Verdict) -> int:
    return list(LOOKS).index(one.outcome)


def _line(icon: QWidget, words: QWidget, button: Button) -> Card:
    return card(_across(icon, words, button), margin=12)


def _across(icon: QWidget, words: QWidget, button: Button | None) -> QWidget:
    room = QWidget()
    line = QHBoxLayout(room)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(14)
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    if button is not None:
        line.addWidget(button)
    return room
