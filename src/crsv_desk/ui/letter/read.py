"""Read the letter: its text block by block, what was remarked beside it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crsv_desk.domain.blocks import Block, words
from crsv_desk.domain.statements import Letter, Text
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.book import letter_blocks, open_volume, paragraph_numbers
from crsv_desk.services.carry import mark_version_read, since_then
from crsv_desk.services.overview import LetterSummary, summary
from crsv_desk.services.remarks import RemarkRow, list_remarks
from crsv_desk.ui import theme
from crsv_desk.ui.buttons import Segments
from crsv_desk.ui.components import (
    Banner,
    Icon,
    Page,
    Room,
    action_bar,
    announce,
    banner,
    card,
    clear,
    column,
    empty_state,
    flowing,
    label,
    primary,
    quiet,
    row,
    scrolled,
    secondary,
)
from crsv_desk.ui.languages import native_name
from crsv_desk.ui.letter.bars import back_button, mark_read, top_bars
from crsv_desk.ui.letter.block import MARGIN, BlockView
from crsv_desk.ui.letter.remark_card import remark_card, said
from crsv_desk.ui.letter.since_words import newer_banner
from crsv_desk.ui.session import Session
from crsv_desk.ui.sides import LEFT, RIGHT, Sides

PAPER, SIDE = 792, 320
AT_ONCE, SIGHT = 12, 3
"""Remarks beside the text, until more are asked for; and of them those made before the page is shown: the others follow
when there is nothing else to do."""
FIRST, CHUNK = 16, 4
"""Paragraphs made before the page is shown, and each time when there is nothing else to do."""
WORDS_A_MINUTE = 200


class ReadPage(Page):
    """The letter on paper, at the left; remarks at the right."""

    _sheet: QFrame | None = None

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._shown = ""
        self._most = AT_ONCE
        self._later = QTimer(self)
        self._later.timeout.connect(self._make_more)
        self.blocks: list[BlockView] = []
        self._waiting: deque[Block] = deque()
        self._cards: deque[RemarkRow] = deque()
        """What is still to be made."""
        self.refresh()

    def refresh(self) -> None:
        """Show the current text; where the person was reading stays when the text is the same."""
        one = summary(self._session.desk, self._dossier)
        if not one.letter:
            self._nothing_yet(one)
            return
        at = next((view.block.id for view in self.blocks if view is self._now), "") if self._shown == one.letter else ""
        at, self._session.reading = self._session.reading or at, ""
        self._shown, self._ours = one.letter, one.secretariat
        volume = open_volume(self._session.desk, self._dossier)
        letter = volume.letter(one.letter)
        self._remarks = list_remarks(self._session.desk, self._dossier)
        text = next((text for text in letter.texts if text.language == self._session.language), letter.texts[0])
        blocks = letter_blocks(self._session.desk, volume, one.letter, text.language)
        self._area = scrolled(self._desk_top(self._paper(letter, text, blocks, at)))
        self._side_lines = QVBoxLayout()
        paper = column(self._languages(letter, text), self._area) if len(letter.texts) > 1 else self._area
        self.sides = Sides(paper, self._side(), (_("Letter"), _("Remarks")), 760, (PAPER, SIDE), LEFT, 16, 0)
        content = self.sides
        content.setContentsMargins(24, 16, 16, 0)
        notices = self._notices(one)
        for notice in notices:
            for found in notice.findChildren(Banner):
                found.text.setProperty("spare", bool(found.text.text()))  # the button leads to what it says
        self.show_parts([*top_bars(self._session, one, "read"), *notices], content, [self._bar(one, blocks)])
        first = next((view for view in self.blocks if view.block.id == at), self.blocks[0] if self.blocks else None)
        self._now: BlockView | None = first
        self._show_remarks()
        if first is not None:
            self._stop_at(first)

    def _languages(self, letter: Letter, now: Text) -> QWidget:
        """In which language to read; and, beside a text that does not bind, which ones do."""
        at = letter.texts.index(now)
        self.languages = Segments([native_name(text.language) for text in letter.texts], (), _("Language"), at)
        self.languages.chosen.connect(lambda number: self._read_in(letter.texts[number].language))
        binding = ", ".join(native_name(text.language) for text in letter.texts if text.authentic)
        words = "" if now.authentic else _("Only to help reading. You sign all texts; this one binds: {languages}")
        return row(self.languages, label(words.format(languages=binding), "small"), spacing=12)

    def _read_in(self, language: str) -> None:
        if language == self._session.language:
            return
        self._session.language = language
        self.refresh()
        self.languages.button(self.languages.now).setFocus(Qt.FocusReason.OtherFocusReason)

    def _nothing_yet(self, one: LetterSummary) -> None:
        sentence = _("The text of this letter has not come yet; open the letter's file when you have it.")
        if one.problems:
            sentence = one.problems[0]
        self._now = self._sheet = None
        self.show_parts([], _inset(empty_state("hourglass", one.title, sentence)))

    # --- the text

    def _desk_top(self, paper: QWidget) -> QWidget:
        top = Room()
        across = QHBoxLayout(top)
        across.setContentsMargins(0, 4, 12, 24)
        across.addWidget(paper)
        return top

    def _paper(self, letter: Letter, text: Text, blocks: Sequence[Block], at_block: str) -> QFrame:
        paper = card(kind="paper", margin=32, spacing=2)
        self._sheet = paper
        self._fit()
        lines = paper.body
        indent = MARGIN + 15
        for address in letter.recipient:
            lines.addWidget(_indented(label(address, "letter"), indent))
        lines.addSpacing(8)
        lines.addWidget(_indented(label(text.subject, "letter-strong"), indent))
        lines.addSpacing(8)
        if text.salutation:
            lines.addWidget(_indented(label(text.salutation, "letter"), indent))
        self.blocks = []
        self._numbers = paragraph_numbers(blocks)
        self._count = sum(map(bool, self._numbers.values()))
        self._remarked = Counter(one.beside for one in self._remarks)
        self._waiting = deque(blocks)
        self._lines, self._behind = lines, lines.count()
        asked = next((at for at, block in enumerate(blocks) if block.id == at_block), 0)
        self._make_blocks(max(FIRST, asked + FIRST))
        lines.addSpacing(8)
        if text.closing:
            lines.addWidget(_indented(label(text.closing, "letter"), indent))
        lines.addWidget(_indented(label(letter.lead, "letter-strong"), indent))
        lines.addStretch(1)
        return paper

    def _fit(self) -> None:
        """As many words on a line with large text as with small."""
        if self._sheet is not None:
            self._sheet.setMaximumWidth(round(PAPER * theme.current().scale))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def _make_blocks(self, most: int) -> None:
        """The next of a long letter's paragraphs; the rest when there is time, so that the first are there at once."""
        for _number in range(min(most, len(self._waiting))):
            block = self._waiting.popleft()
            view = BlockView(block, self._numbers[block.id], self._count, self._remarked[block.id])
            view.moved.connect(self._move)
            view.jumped.connect(self._jump)
            view.entered.connect(self._enter)
            view.commented.connect(lambda view: self._comment(view.block.id))
            self._lines.insertWidget(self._behind + len(self.blocks), view)
            if self.blocks:
                self.setTabOrder(self.blocks[-1], view)
            self.blocks.append(view)
        self._go_on_making()

    def _make_more(self) -> None:
        """What was left for later: first what stands beside the paragraph, then the rest of the text."""
        if self._cards:
            self._make_cards(1)
        else:
            self._make_blocks(CHUNK)

    def _go_on_making(self) -> None:
        if self._waiting or self._cards:
            self._later.start()
        else:
            self._later.stop()

    def _move(self, view: BlockView, by: int) -> None:
        at = self.blocks.index(view) + by
        if 0 <= at < len(self.blocks):
            self.blocks[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _jump(self, at: int) -> None:
        self._make_blocks(len(self._waiting))
        self.blocks[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _stop_at(self, view: BlockView) -> None:
        """Here Tab comes into the text, and the next press leaves it: the way on is not behind 200 paragraphs."""
        if isinstance(self.first, BlockView):
            self.first.stop_here(False)
        view.stop_here(True)
        self.first = view

    def _enter(self, view: BlockView) -> None:
        if view not in self.blocks:
            return  # of the text as it was shown before, on its way out
        before, self._now = self._now, view
        self._stop_at(view)
        self._come_to(view)
        if view.number:
            self._place.setText(self._where(view.number))
        if view is not before:
            self._show_remarks()

    def _come_to(self, view: BlockView) -> None:
        """Scroll as little as shows the paragraph; its beginning where all of it does not fit; and the letter's head
        with the first."""
        if view is self.blocks[0]:
            self._area.verticalScrollBar().setValue(0)
        elif view.height() + 60 <= self._area.viewport().height():
            self._area.ensureWidgetVisible(view, 0, 60)
        elif (text := self._area.widget()) is not None:
            top = view.mapTo(text, QPoint(0, 0)).y()
            self._area.verticalScrollBar().setValue(top - 12)

    def _where(self, number: int) -> str:
        return _("Paragraph {number} of {count}").format(number=number, count=self._count)

    # --- what stands around it

    def _notices(self, one: LetterSummary) -> list[QWidget]:
        if not one.confirmed:
            button = secondary(_("Phone check"), "phone", small=True)
            button.clicked.connect(lambda: self._session.go("code", self._dossier))
            title = _("It is not certain yet from whom this letter comes")
            text = _("You can read it. Call {lead} and compare a code before you sign.").format(lead=one.lead)
            return [_inset(banner("warn", title, text, button), bottom=0)]
        since = since_then(self._session.desk, self._dossier)
        if since is not None:
            button = secondary(_("What changed"), "history", small=True)
            button.clicked.connect(lambda: self._session.go("changes", self._dossier))
            return [_inset(newer_banner(since, button), bottom=0)]
        return []

    def _side(self) -> QWidget:
        inner = QWidget()
        self._side_lines.setContentsMargins(0, 4, 8, 16)
        self._side_lines.setSpacing(12)
        inner.setLayout(self._side_lines)
        side = scrolled(inner)
        side.setMinimumWidth(round(SIDE * 0.8))
        return side

    def _show_remarks(self) -> None:
        clear(self._side_lines)
        count = len(self._remarks)
        words = ngettext("{count} remark", "{count} remarks", count).format(count=count)
        self.sides.switch.button(RIGHT).set_count(count, words)
        self._side_lines.addWidget(
            flowing(label(_("With this text"), "h2", wrap=False), label(words, "small", wrap=False))
        )
        here = self._now.block.id if self._now is not None else ""
        ordered: list[RemarkRow] = sorted(self._remarks, key=lambda one: one.beside != here)
        # A long list is made as far as it is asked for: a widget for each of a thousand remarks takes seconds.
        self._cards_at, self._cards = self._side_lines.count(), deque(ordered[: self._most])
        self._make_cards(SIGHT)
        if len(ordered) > self._most:
            more = secondary(_("Show more remarks"), small=True)
            more.setAccessibleDescription(words)
            more.clicked.connect(self._show_more)
            self._side_lines.addWidget(more)
        hint = _("Go to a paragraph and press R. You need not comment.")
        self._side_lines.addWidget(empty_state("message-square-plus", _("Did you notice something?"), hint))
        self._side_lines.addStretch(1)

    def _make_cards(self, most: int) -> None:
        here = self._now.block.id if self._now is not None else ""
        for _number in range(min(most, len(self._cards))):
            one = self._cards.popleft()
            card = remark_card(one, self._numbers.get(one.beside, 0), bool(here) and one.beside == here)
            if self._ours and one.waits:
                decide = quiet(_("Decide"), "arrow-right", small=True)
                decide.setAccessibleDescription(said(one))
                decide.clicked.connect(lambda _on=False, one=one: self._settle(one))
                card.body.addWidget(row(None, decide))
            self._side_lines.insertWidget(self._cards_at, card)
            self._cards_at += 1
        self._go_on_making()

    def _settle(self, one: RemarkRow) -> None:
        self._session.settling = one.statement
        self._session.go("comments", self._dossier)

    def _show_more(self) -> None:
        self._most += AT_ONCE
        self._show_remarks()

    def _bar(self, one: LetterSummary, blocks: Sequence[Block]) -> QFrame:
        minutes = max(round(len(words(blocks)) / WORDS_A_MINUTE), 1)
        about = ngettext("about one minute to read", "about {count} minutes to read", minutes).format(count=minutes)
        self._place = label(
            _("{count} paragraphs · {about}").format(count=self._count, about=about), "small", wrap=False
        )
        comment = secondary(_("Comment…"), "message-square-plus")
        comment.setProperty("tab_last", True)  # R says it too, where one reads
        comment.clicked.connect(lambda: self._comment(self._now.block.id if self._now is not None else ""))
        on = primary(_("Read, go on to sign"), trailing="arrow-right")
        on.clicked.connect(lambda: self._go_on(one.letter))
        back = [back_button(self._session, _("Back"), "comments", self._dossier)] if one.secretariat else []
        return action_bar([*back, Icon("book-open", 20, "muted"), self._place], [comment, on])

    def _go_on(self, letter: str) -> None:
        mark_read(self._session, letter)
        mark_version_read(self._session.desk, self._dossier, letter)
        self._session.go("endorse", self._dossier)

    def _comment(self, block: str) -> None:
        mark_read(self._session, self._shown)
        mark_version_read(self._session.desk, self._dossier, self._shown)
        self._session.commenting = block
        self._session.go("comment", self._dossier)
        announce(self, _("Comment"))


def _indented(widget: QWidget, left: int) -> QWidget:
    room = QWidget()
    line = QHBoxLayout(room)
    line.setContentsMargins(left, 2, 12, 2)
    line.addWidget(widget)
    return room


def _inset(widget: QWidget, bottom: int = 24) -> QWidget:
    room = QWidget()
    lines = QVBoxLayout(room)
    lines.setContentsMargins(24, 16, 24, bottom)
    lines.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    return room
