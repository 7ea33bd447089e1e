"""What changed since the person answered, or read: word by word; and the signature carried over, or not."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crsv_desk.domain.changes import BlockChange, field_name
from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.services.answering import Outgoing
from crsv_desk.services.book import open_volume, paragraph_numbers
from crsv_desk.services.carry import SinceThen, carry_over, mark_version_read, own_objections, since_then
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import LetterSummary, summary
from crsv_desk.services.remarks import list_remarks
from crsv_desk.ui import dates
from crsv_desk.ui.buttons import Segments
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import (
    Page,
    Tick,
    action_bar,
    announce,
    at_most,
    banner,
    card,
    clear,
    label,
    primary,
    quiet,
    row,
    scrolled,
    secondary,
)
from crsv_desk.ui.languages import native_name
from crsv_desk.ui.letter import since_words
from crsv_desk.ui.letter.bars import mark_read, name_bar
from crsv_desk.ui.letter.change_card import ChangeCard
from crsv_desk.ui.letter.decline import DeclineDialog
from crsv_desk.ui.letter.objection import ObjectionDialog
from crsv_desk.ui.letter.readers import sealed_readers
from crsv_desk.ui.order import put_in_order
from crsv_desk.ui.painting import literal
from crsv_desk.ui.session import Session
from crsv_desk.ui.word_diff import legend

WIDEST = 1040
FIRST, CHUNK = 10, 2
"""Cards made before the page is shown, and each time when there is nothing else to do."""


class ChangesPage(Page):
    """The changes one under another; signing again stands at their end."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self.cards: list[ChangeCard] = []
        self.seen_all = False
        self._state: tuple[str, str, bool, frozenset[str]] | None = None
        self._waiting: deque[tuple[BlockChange, int]] = deque()
        """Changes whose cards are still to be made, each with its number among those that changed."""
        self._later = QTimer(self)
        self._later.timeout.connect(lambda: self._make_cards(CHUNK))
        self.refresh()

    def refresh(self) -> None:
        """Compare anew where another text stands; else leave the person where it was reading."""
        one = summary(self._session.desk, self._dossier)
        objected = own_objections(self._session.desk, open_volume(self._session.desk, self._dossier))
        state = (one.letter, one.own_answer, one.own_current, objected)
        if self.cards and state == self._state:
            return
        self._state, self.seen_all, self.cards = state, False, []
        self._waiting.clear()
        self._later.stop()
        since = since_then(self._session.desk, self._dossier)
        if since is None:
            self._nothing(one)
        else:
            self._show(one, since)

    def _nothing(self, one: LetterSummary) -> None:
        text = _("What you read or answered is the text that stands.")
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(24, 24, 24, 24)
        lines.addWidget(banner("ok", _("Not a letter has changed"), text))
        lines.addStretch(1)
        back = secondary(_("To the letter"), "arrow-left")
        back.setObjectName("back")
        back.clicked.connect(lambda: self._session.go("read", self._dossier))
        self.show_parts([name_bar(self._session, one)], room, [action_bar([back], [])])

    # --- the page

    def _show(self, one: LetterSummary, since: SinceThen) -> None:
        self._since = since
        self._room = QWidget()
        lines = QVBoxLayout(self._room)
        lines.setContentsMargins(24, 20, 24, 24)
        lines.setSpacing(12)
        self._made = QVBoxLayout()
        self._made.setSpacing(12)
        self.view = Segments((_("Only what changed"), _("The whole text")), (), _("What is shown"))
        self.view.chosen.connect(lambda _number: self._show_changes())
        lines.addWidget(label(since_words.title(since), "title"))
        lines.addWidget(label(since_words.subtitle(since), "muted"))
        self._told = QVBoxLayout()
        self._told.addWidget(self._banner(one, since))
        lines.addLayout(self._told)
        if since.comparable:
            lines.addWidget(Columns((row(self.view, None), label(since.summary, "strong")), 620))
        lines.addLayout(self._made)
        lines.addWidget(legend())
        self.mandate = Tick(
            _("I may sign on behalf of {organisation}.").format(
                organisation=literal(own_identity(self._session.desk).organisation)
            ),
            _("Your name, mark, logo and who may see what stay as you signed them last."),
        )
        self._wrong = label("", "", "bad")
        self._wrong.setVisible(False)
        self.mandate.toggled.connect(lambda _on: self._wrong.setVisible(False))
        if since.endorsed:
            withdraw = quiet(_("Or take your signature back…"))
            withdraw.clicked.connect(lambda: DeclineDialog(self._session, self._dossier, self, taking_back=True).open())
            readers = sealed_readers(self._session.desk, self._dossier)
            words = [label(readers, "strong")] if readers else []
            lines.addWidget(card(*words, self.mandate, self._wrong, kind="card-accent", margin=12))
            lines.addWidget(row(withdraw, None))
        lines.addStretch(1)
        self._area = scrolled(at_most(self._room, WIDEST))
        self._area.verticalScrollBar().valueChanged.connect(lambda _value: self._look())
        self._area.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._look())
        self.show_parts([name_bar(self._session, one)], self._area, [self._bar(since)])
        self._show_changes()

    def _banner(self, one: LetterSummary, since: SinceThen) -> QWidget:
        day = dates.deadline(one.deadline)
        if since.still_counts:
            title = _("This version only corrects; your signature counts for it unless you object")
            until = dates.deadline(since.object_before)
            text = _("You can object until {day}.") if until else _("You can object to it.")
            if since.late:
                text = _("The time to object was until {day}; an objection still counts until the letter is sent.")
            text = text.format(day=until)
            button = secondary(_("Object…"), "octagon-alert", small=True)
            button.clicked.connect(self._object)
            return banner("accent", title, text, button)
        if not since.answered:
            return banner("accent", _("You have not answered this letter yet"), _("Read what changed, then answer."))
        if not since.endorsed:
            return banner(
                "accent", _("You answered version {number}").format(number=since.old), _("You may answer anew.")
            )
        title = _("Your signature counts for version {number} alone").format(number=since.old)
        if since.objected:
            title = _("You objected to this correction")
        text = _("Without a new one your organisation does not stand below version {number}.").format(number=since.new)
        if day:
            text = f"{text} {_('Choose by {day}.').format(day=day)}"
        return banner("warn", title, text)

    def _show_changes(self) -> None:
        clear(self._made)
        since, whole = self._since, self.view.now == 1
        self._waiting.clear()
        self._later.stop()
        self.cards = []
        if not since.comparable:
            text = _("Read the whole of version {number}; it cannot be compared here.").format(number=since.new)
            title = _("The version that you answered is not on this computer any more")
            self._made.addWidget(banner("warn", title, text))
            return
        self._numbers = paragraph_numbers(one.block for one in since.changes if one.kind != "removed")
        self._answered = self._because()
        self._count = len(since.fields) + sum(one.kind != "same" for one in since.changes)
        for at, field in enumerate(since.fields, start=1):
            name = field_name(field.field)
            if field.language:
                name = f"{name} ({native_name(field.language)})"
            place = _("Change {at} of {count}").format(at=at, count=self._count)
            self._add(ChangeCard("changed", field.runs, name, f"{place}, {name}", whole, ""))
        at = len(since.fields)
        for one in since.changes:
            at += one.kind != "same"
            if one.kind != "same" or whole:
                self._waiting.append((one, at if one.kind != "same" else 0))
        self._make_cards(FIRST)
        if self.cards:
            self.first = self.cards[0]

    def _make_cards(self, most: int) -> None:
        """The next of the changes; the rest of a long list when there is time, so that the first are there at once."""
        for _number in range(min(most, len(self._waiting))):
            self._add(self._card(*self._waiting.popleft()))
        if self._waiting:
            self._later.start()
            return
        self._later.stop()
        if self.view.now == 0:
            self._made.addWidget(label(since_words.the_same(self._since.changes, self._numbers), "small"))
        put_in_order(self)
        self._look()

    def _card(self, one: BlockChange, at: int) -> ChangeCard:
        place = _("Change {at} of {count}").format(at=at, count=self._count) if at else _("The same")
        number = self._numbers.get(one.block.id, 0)
        name = _("Heading") if one.block.kind == "heading" else _("A paragraph")
        if number:
            name = _("Paragraph {number}").format(number=number)
            place = f"{place}, {name}"
        because = self._answered.get(one.block.id, "") if at else ""
        view = ChangeCard(one.kind, one.runs, name, place, self.view.now == 1, because)
        if one.kind != "removed":
            view.show_block.setVisible(True)
            view.show_block.clicked.connect(lambda _on=False: self._show_in_letter(one.block.id))
        return view

    def _add(self, view: ChangeCard) -> None:
        view.moved.connect(self._move)
        view.entered.connect(lambda view: self._area.ensureWidgetVisible(view, 0, 40))
        self.cards.append(view)
        self._made.addWidget(view)

    def _because(self) -> Mapping[str, str]:
        """Where an own remark led to a change."""
        rows = list_remarks(self._session.desk, self._dossier)
        return {
            one.block: _("after your remark")
            for one in rows
            if one.own and one.block and one.state in ("taken", "partly")
        }

    def _move(self, view: ChangeCard, by: int) -> None:
        at = self.cards.index(view) + by
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _look(self) -> None:
        """Signing needs the list to have been on the screen to its end."""
        bar = self._area.verticalScrollBar()
        if not self._waiting and self._area.isVisible() and bar.value() >= bar.maximum() - 4:
            self.seen_all = True

    def showEvent(self, event: object) -> None:
        if self.cards:
            self._look()

    # --- ways on

    def _bar(self, since: SinceThen) -> QFrame:
        read = secondary(_("Whole letter"), "file-text")
        read.setAccessibleDescription(_("Read all of version {number}").format(number=since.new))
        read.setObjectName("back")
        read.clicked.connect(lambda: self._session.go("read", self._dossier))
        remark = secondary(_("Comment first"), "message-square")
        remark.clicked.connect(lambda: self._session.go("comment", self._dossier))
        if since.endorsed:
            self.sign = primary(_("Sign version {number} too").format(number=since.new), "pen-line")
            self.sign.clicked.connect(self._sign)
        else:
            self.sign = primary(_("Go on to answer"), trailing="arrow-right")
            self.sign.clicked.connect(self._go_on)
        return action_bar([read], [remark, self.sign])

    def _go_on(self) -> None:
        one = summary(self._session.desk, self._dossier)
        mark_read(self._session, one.letter)
        mark_version_read(self._session.desk, self._dossier, one.letter)
        self._session.go("endorse", self._dossier)

    def _show_in_letter(self, block: str) -> None:
        self._session.reading = block
        self._session.go("read", self._dossier)

    def _object(self) -> None:
        ObjectionDialog(self._session, self._dossier, self).open()

    def _sign(self) -> None:
        if not self.seen_all:
            if self._waiting:
                self._make_cards(len(self._waiting))
            self._area.verticalScrollBar().setValue(self._area.verticalScrollBar().maximum())
            announce(self, _("Look at every change first; here is the end of them."))
            self.mandate.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.mandate.isChecked():
            sentence = _("Confirm that you may sign for your organisation.")
            self._wrong.setText(sentence)
            self._wrong.setVisible(True)
            self._area.ensureWidgetVisible(self.mandate)
            self.mandate.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(self, sentence)
            return
        self.sign.setEnabled(False)
        desk = self._session.desk
        self._session.tasks.run(
            _("Signing"), lambda report: carry_over(desk, self._dossier), self._signed, self._refused
        )

    def _signed(self, out: Outgoing) -> None:
        self.sign.setEnabled(True)
        self._session.go("send", self._dossier)
        self._session.changed.emit()

    def _refused(self, error: DeskError) -> None:
        self.sign.setEnabled(True)
        clear(self._told)
        self._told.addWidget(banner("bad", str(error), _("Nothing was signed.")))
        self._area.verticalScrollBar().setValue(0)
        announce(self, str(error))
