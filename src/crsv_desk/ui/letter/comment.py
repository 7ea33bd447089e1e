"""Say something about the text: a remark, a proposed wording or a question, as a file for the secretariat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crsv_desk.domain.blocks import Block
from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.answering import Outgoing
from crsv_desk.services.book import letter_blocks, open_volume, paragraph_numbers
from crsv_desk.services.half_written import half_written, keep_half_written
from crsv_desk.services.overview import LetterSummary, summary
from crsv_desk.services.remarks import RemarkRow, comment, list_remarks, unsent
from crsv_desk.ui.components import (
    Page,
    Room,
    Segments,
    action_bar,
    announce,
    banner,
    card,
    clear,
    empty_state,
    field,
    flowing,
    label,
    primary,
    quiet,
    row,
    scrolled,
    secondary,
    show_if,
)
from crsv_desk.ui.languages import native_name
from crsv_desk.ui.letter.bars import back_button, top_bars
from crsv_desk.ui.letter.readers import SealingTick
from crsv_desk.ui.letter.remark_card import remark_card
from crsv_desk.ui.letter.remark_file import ask_place
from crsv_desk.ui.rest import Rest
from crsv_desk.ui.session import Session
from crsv_desk.ui.sides import LEFT, Sides

KINDS: tuple[Literal["comment", "proposal", "question"], ...] = ("comment", "proposal", "question")
MOST_SHOWN = 40
"""Own remarks beside the form: the latest."""
LONGEST = 60
"""Characters of a paragraph in the list of paragraphs."""


class CommentPage(Page):
    """One remark at a time. Nobody needs to comment."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._letter = ""
        self._rest = Rest(self)
        self._rest.timeout.connect(self._keep)
        self.out: Outgoing | None = None
        self.refresh()

    def refresh(self) -> None:
        """Show the paragraph that was asked for; what was typed stays while the text is the same."""
        one = summary(self._session.desk, self._dossier)
        if not one.letter:
            self.show_parts([], empty_state("hourglass", one.title, _("The text of this letter has not come yet.")))
            return
        if one.letter != self._letter:
            if self._rest.isActive():
                self._keep()
            self._letter = one.letter
            self._make(one)
        self._read_in(self._session.language)
        at = self.where.findData(self._session.commenting)
        if at >= 0 and self._session.commenting:
            self._session.commenting = ""
            if at != self.where.currentIndex() and self._typed():
                # What is half typed is about its own paragraph and never moves to another unseen.
                self._session.tell(_("Finish this remark first: it is about another part."), "info")
            else:
                self.where.setCurrentIndex(at)
        self._show_sealing()
        self._show_block()
        self._show_remarks()

    def _make(self, one: LetterSummary) -> None:
        volume = open_volume(self._session.desk, self._dossier)
        self._lead = one.lead
        self._texts = [text.language for text in volume.letter(one.letter).texts]
        self.language = self._texts[0]
        """In which the paragraphs are shown; what is said of one is said of its words in this language."""
        self._blocks = {block.id: block for block in letter_blocks(self._session.desk, volume, one.letter)}
        self._numbers = paragraph_numbers(self._blocks.values())
        self.where = QComboBox()
        self.where.addItem(_("The whole letter"), "")
        for block in self._blocks.values():
            self.where.addItem(_item(block, self._numbers[block.id]), block.id)
        self.where.currentIndexChanged.connect(self._show_block)
        self.languages = Segments([native_name(one) for one in self._texts], (), _("Language"))
        self.languages.chosen.connect(lambda number: self._read_in(self._texts[number]))
        self.kind = Segments((_("Remark"), _("Other words"), _("Question")), (), _("What kind of remark"))
        self.kind.chosen.connect(self._show_kind)
        self.text, self.proposal = QPlainTextEdit(), QPlainTextEdit()
        for box in (self.text, self.proposal):
            box.setTabChangesFocus(True)
            box.setMinimumHeight(90)
        self.words = QLineEdit()
        self._words = field(_("About which &words? (may stay empty)"), self.words)
        self.sealed = SealingTick(self._session.desk, self._dossier)
        self._sealed = QVBoxLayout()
        self._refers = ""
        self._text = field(_("Your &remark"), self.text)
        self._proposal = field(
            _("These words &instead"), self.proposal, _("Change the paragraph as you would like it.")
        )
        self._quote = label("", "letter")
        self._quote.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.take_words = quiet(_("Take the selected words"), "quote", small=True)
        self.take_words.clicked.connect(self._take_words)
        names = (_("Comment"), _("Your remarks"))
        content = Sides(self._form(), self._side(), names, 760, (60, 40), LEFT, 20, 0)
        content.setContentsMargins(24, 16, 16, 0)
        self.show_parts(top_bars(self._session, one, "comment"), content, [self._bar()])
        self.first = self.text
        self._show_kind(0)
        self._load()
        for box in (self.text, self.proposal):
            box.textChanged.connect(self._rest.typed)
        for changed in (self.words.textChanged, self.where.currentIndexChanged, self.kind.chosen):
            changed.connect(self._rest.typed)

    def _form(self) -> QWidget:
        room = Room()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(0, 0, 12, 16)
        lines.setSpacing(12)
        lines.addWidget(label(_("Did you notice something?"), "title-s"))
        self._told = QVBoxLayout()
        lines.addLayout(self._told)
        where = field(_("About &which part?"), self.where)
        self._paper = card(self._quote, row(None, self.take_words), kind="paper", margin=20)
        kinds = row(self.kind, None)
        self._reply_to = QVBoxLayout()
        lines.addLayout(self._reply_to)
        parts = [where, self._paper, kinds, self._words, self._proposal, self._text]
        if len(self._texts) > 1:
            parts.insert(0, flowing(self.languages))
        lines.addWidget(card(*parts, spacing=12))
        lines.addLayout(self._sealed)
        lines.addStretch(1)
        return scrolled(room)

    def _side(self) -> QWidget:
        inner = QWidget()
        self._remarks = QVBoxLayout(inner)
        self._remarks.setContentsMargins(0, 0, 8, 16)
        self._remarks.setSpacing(12)
        return scrolled(inner)

    def _bar(self) -> QFrame:
        skip = secondary(_("On to sign"))
        skip.setProperty("spare", True)  # the steps lead there too
        skip.clicked.connect(lambda: self._session.go("endorse", self._dossier))
        self.add = secondary(_("Add another"), "plus")
        self.add.clicked.connect(lambda: self._make_remark(self._added))
        self.save = primary(_("Save as file…"), "save")
        self.save.clicked.connect(self._save)
        return action_bar([back_button(self._session, _("Back"), "read", self._dossier)], [skip, self.add, self.save])

    # --- what is shown

    def _read_in(self, language: str) -> None:
        """Show the paragraphs in another of the letter's languages; what was typed stays."""
        language = language if language in self._texts else self._texts[0]
        self._session.language = language
        if language == self.language:
            return
        self.language = language
        self.languages.choose(self._texts.index(language))
        proposed = self.proposal.toPlainText().strip()
        old = self._blocks.get(str(self.where.currentData() or ""))
        volume = open_volume(self._session.desk, self._dossier)
        blocks = letter_blocks(self._session.desk, volume, self._letter, language)
        self._blocks = {block.id: block for block in blocks}
        for at in range(1, self.where.count()):
            block = self._blocks[self.where.itemData(at)]
            self.where.setItemText(at, _item(block, self._numbers[block.id]))
        if old is not None and proposed == old.text:
            self.proposal.clear()  # nothing of it was typed: it begins with the words of this language
        self._show_block()

    def _show_sealing(self) -> None:
        """Anew each time: since an answer without a name, nothing travels openly any more."""
        was = self.sealed.isChecked()
        clear(self._sealed)
        self.sealed = SealingTick(self._session.desk, self._dossier)
        self.sealed.setChecked(was or self.sealed.isChecked())
        self._sealed.addWidget(card(self.sealed, margin=12))

    def _show_block(self) -> None:
        block = self._blocks.get(str(self.where.currentData() or ""))
        self._quote.setText(block.text if block is not None else "")
        show_if(self._paper, block is not None)
        if block is not None and self.kind.now == 1 and not self.proposal.toPlainText().strip():
            self.proposal.setPlainText(block.text)

    def _show_kind(self, number: int) -> None:
        show_if(self._proposal, number == 1)
        self._text.rename(_("&Why? (may stay empty)") if number == 1 else _("Your &remark"))
        self._show_block()

    def _show_remarks(self) -> None:
        clear(self._remarks)
        every = list_remarks(self._session.desk, self._dossier)
        own = {one.statement for one in every if one.own}
        rows = [one for one in every if one.own or one.refers in own]
        waiting = len(unsent(self._session.desk, self._dossier))
        self._remarks.addWidget(label(_("Your remarks"), "h2"))
        if waiting:
            words = ngettext("{count} remark is in no file yet", "{count} remarks are in no file yet", waiting).format(
                count=waiting
            )
            self._remarks.addWidget(banner("warn", words, _("They go out together: save them as one file.")))
        for one in rows[-MOST_SHOWN:]:
            view = remark_card(one, self._numbers.get(one.beside, 0), False)
            if not one.own or one.answer:
                button = quiet(_("Reply"), "message-square-plus", small=True)
                button.setAccessibleDescription(one.answer or one.text)
                button.clicked.connect(lambda _on=False, one=one: self._reply(one))
                view.body.addWidget(row(None, button))
            self._remarks.addWidget(view)
        if not rows:
            hint = _("You need not comment. If you do, the secretariat gets your remarks as a file that you send.")
            self._remarks.addWidget(empty_state("message-square", _("No remarks yet"), hint))
        self._remarks.addStretch(1)

    def _take_words(self) -> None:
        chosen = self._quote.selectedText()
        if chosen:
            self.words.setText(chosen)
        else:
            self._words.set_error(_("Select words in the paragraph first, or type them here."))
        self.words.setFocus()

    def _reply(self, to: RemarkRow) -> None:
        """Let the next remark answer what the secretariat replied, or what became of a remark."""
        self._read_in(to.language)
        at = self.where.findData(to.block)
        self.where.setCurrentIndex(max(at, 0))
        self.kind.choose(0)
        self._answer(to)
        self.text.setFocus()

    def _answer(self, to: RemarkRow) -> None:
        """Say above the form what the next remark replies to."""
        self._refers = to.statement
        clear(self._reply_to)
        stop = quiet(_("No reply"), "x", small=True)
        stop.clicked.connect(self._no_reply)
        whom, text = (self._lead, to.answer) if to.own else (to.organisation, to.text)
        title = _("You reply to {organisation}").format(organisation=whom)
        self._reply_to.addWidget(banner("accent", title, text, stop))

    def _no_reply(self) -> None:
        """The next remark stands alone after all."""
        self._refers = ""
        clear(self._reply_to)
        self._rest.typed()
        self.text.setFocus()

    # --- what is half written

    def _keep(self) -> None:
        """As one types: the program may end at any moment."""
        self._rest.stop()
        typed = {"text": self.text.toPlainText(), "words": self.words.text(), "proposal": self._proposed()}
        if not any(one.strip() for one in typed.values()):
            typed = {}
        else:
            typed |= {"block": str(self.where.currentData() or ""), "kind": KINDS[self.kind.now]}
            typed |= {"language": self.language, "refers": self._refers}
        keep_half_written(self._session.desk, self._dossier, "remark", typed)

    def _load(self) -> None:
        """Go on with what was half written, also where the paragraph is gone since."""
        kept = half_written(self._session.desk, self._dossier, "remark")
        if not kept:
            return
        self._read_in(kept["language"])
        self.where.setCurrentIndex(max(self.where.findData(kept["block"]), 0))
        self.kind.choose(KINDS.index(kept["kind"]))
        self.text.setPlainText(kept["text"])
        self.words.setText(kept["words"])
        if kept["proposal"]:
            self.proposal.setPlainText(kept["proposal"])
        rows = {row.statement: row for row in list_remarks(self._session.desk, self._dossier)}
        if kept["refers"] in rows:
            self._answer(rows[kept["refers"]])

    def hideEvent(self, event: QHideEvent) -> None:
        if self._rest.isActive():
            self._keep()
        super().hideEvent(event)

    # --- making the file

    def _save(self) -> None:
        """What is typed becomes a remark; then every remark that waits goes into one file."""
        typed = self.text.toPlainText().strip() or (self.kind.now == 1 and self._proposed())
        if not typed and unsent(self._session.desk, self._dossier):
            self.ask_place()
        else:
            self._make_remark(self._made)

    def _typed(self) -> bool:
        return bool(self.text.toPlainText().strip() or self.words.text().strip() or self._proposed())

    def _proposed(self) -> str:
        """The words proposed, where they are others than those that stand there."""
        words = self.proposal.toPlainText().strip()
        block = self._blocks.get(str(self.where.currentData() or ""))
        return words if block is not None and words and words != block.text else ""

    def _make_remark(self, then: Callable[[Outgoing], None]) -> None:
        text, proposal, words = self.text.toPlainText().strip(), "", ""
        kind = KINDS[self.kind.now]
        block = str(self.where.currentData() or "")
        if kind == "proposal":
            proposal = self._proposed()
            if not proposal:
                sentence = _("Choose a paragraph and change its words.")
                self._proposal.set_error(sentence)
                announce(self, sentence)
                (self.proposal if block else self.where).setFocus()
                return
        elif not text:
            self._text.set_error(_("Write the remark first."))
            announce(self, _("Write the remark first."))
            self.text.setFocus()
            return
        elif block:
            words = self.words.text().strip()
            if words and words not in self._blocks[block].text:
                self._words.set_error(_("The paragraph does not say these words."))
                self.words.setFocus()
                return
        for one in (self._text, self._proposal, self._words):
            one.set_error("")
        desk, refers, sealed = self._session.desk, self._refers, self.sealed.isChecked()
        language = self.language

        def work(_report: object) -> Outgoing:
            return comment(
                desk,
                self._dossier,
                kind,
                text,
                block=block,
                words=words,
                proposal=proposal,
                refers=refers,
                sealed=sealed,
                language=language,
            )

        self._session.tasks.run(_("Signing"), work, then, self._refused)

    def _added(self, out: Outgoing) -> None:
        self._forget(out)
        self._session.tell(_("Kept. It goes out in the next file that you save."))
        self.where.setFocus()

    def _made(self, out: Outgoing) -> None:
        self._forget(out)
        self.ask_place()

    def _forget(self, out: Outgoing) -> None:
        self.out, self._refers = out, ""
        for box in (self.text, self.proposal, self.words):
            box.clear()
        clear(self._reply_to)
        self._keep()
        self._session.changed.emit()

    def ask_place(self) -> None:
        """Let the person choose where the file goes."""
        ask_place(self._session, self._dossier, self, self._refused)

    def _refused(self, error: DeskError) -> None:
        clear(self._told)
        self._told.addWidget(banner("bad", str(error)))
        announce(self, str(error))


def _item(block: Block, number: int) -> str:
    words = block.text if len(block.text) <= LONGEST else block.text[:LONGEST].rstrip() + "…"
    return f"{number}. {words}" if number else words
