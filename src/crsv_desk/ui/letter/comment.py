"""Say something about the text: a remark, a proposed wording or a question, as a file for the secretariat."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crsv_desk.domain.blocks import Block
from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.services.answering import Outgoing, save_outgoing
from crsv_desk.services.book import letter_blocks, open_volume
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import LetterSummary, summary
from crsv_desk.services.remarks import comment, list_remarks
from crsv_desk.ui.components import (
    Page,
    Segments,
    action_bar,
    announce,
    banner,
    card,
    empty_state,
    field,
    label,
    primary,
    row,
    scrolled,
    secondary,
    show_if,
)
from crsv_desk.ui.letter.bars import back_button, top_bars
from crsv_desk.ui.letter.remark_card import remark_card
from crsv_desk.ui.session import Session

KINDS: tuple[Literal["comment", "proposal", "question"], ...] = ("comment", "proposal", "question")
LONGEST = 60
"""Characters of a paragraph in the list of paragraphs."""


class CommentPage(Page):
    """One remark at a time. Nobody needs to comment."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._letter = ""
        self.out: Outgoing | None = None
        self.refresh()

    def refresh(self) -> None:
        """Show the paragraph that was asked for; what was typed stays while the text is the same."""
        one = summary(self._session.desk, self._dossier)
        if not one.letter:
            self.show_parts([], empty_state("hourglass", one.title, _("The text of this letter has not come yet.")))
            return
        if one.letter != self._letter:
            self._letter = one.letter
            self._make(one)
        at = self.where.findData(self._session.commenting)
        if at >= 0 and self._session.commenting:
            self.where.setCurrentIndex(at)
            self._session.commenting = ""
        self._show_block()
        self._show_remarks()

    def _make(self, one: LetterSummary) -> None:
        volume = open_volume(self._session.desk, self._dossier)
        self._blocks = {block.id: block for block in letter_blocks(self._session.desk, volume, one.letter)}
        self.where = QComboBox()
        self.where.addItem(_("The whole letter"), "")
        number = 0
        self._numbers: dict[str, int] = {}
        for block in self._blocks.values():
            number += block.kind != "heading"
            self._numbers[block.id] = 0 if block.kind == "heading" else number
            self.where.addItem(_item(block, number), block.id)
        self.where.currentIndexChanged.connect(self._show_block)
        self.kind = Segments((_("Remark"), _("Other words"), _("Question")), (), _("What kind of remark"))
        self.kind.chosen.connect(self._show_kind)
        self.text, self.proposal = QPlainTextEdit(), QPlainTextEdit()
        for box in (self.text, self.proposal):
            box.setTabChangesFocus(True)
            box.setMinimumHeight(90)
        self._text = field(_("Your &remark"), self.text)
        self._proposal = field(
            _("These words &instead"), self.proposal, _("Change the paragraph as you would like it.")
        )
        self._quote = label("", "letter")
        content = QWidget()
        across = QHBoxLayout(content)
        across.setContentsMargins(24, 16, 16, 0)
        across.setSpacing(20)
        across.addWidget(self._form(), 60)
        across.addWidget(self._side(), 40)
        self.show_parts(top_bars(self._session, one, "comment"), content, [self._bar()])
        self.first = self.text
        self._show_kind(0)

    def _form(self) -> QWidget:
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(0, 0, 12, 16)
        lines.setSpacing(12)
        lines.addWidget(label(_("Did you notice something?"), "title-s"))
        self._told = QVBoxLayout()
        lines.addLayout(self._told)
        where = field(_("About &which part?"), self.where)
        self._paper = card(self._quote, kind="paper", margin=20)
        kinds = row(self.kind, None)
        lines.addWidget(card(where, self._paper, kinds, self._text, self._proposal, spacing=12))
        lines.addStretch(1)
        return scrolled(room)

    def _side(self) -> QWidget:
        inner = QWidget()
        self._remarks = QVBoxLayout(inner)
        self._remarks.setContentsMargins(0, 0, 8, 16)
        self._remarks.setSpacing(12)
        return scrolled(inner)

    def _bar(self) -> QFrame:
        skip = secondary(_("No remark, go on to sign"))
        skip.clicked.connect(lambda: self._session.go("endorse", self._dossier))
        self.save = primary(_("Save remark as file…"), "save")
        self.save.clicked.connect(self._make_remark)
        return action_bar([back_button(self._session, _("Back"), "read", self._dossier)], [skip, self.save])

    # --- what is shown

    def _show_block(self) -> None:
        block = self._blocks.get(str(self.where.currentData() or ""))
        self._quote.setText(block.text if block is not None else "")
        show_if(self._paper, block is not None)
        if block is not None and self.kind.now == 1 and not self.proposal.toPlainText().strip():
            self.proposal.setPlainText(block.text)

    def _show_kind(self, number: int) -> None:
        show_if(self._proposal, number == 1)
        self._text.label.setText(_("&Why? (may stay empty)") if number == 1 else _("Your &remark"))
        self._show_block()

    def _show_remarks(self) -> None:
        while (item := self._remarks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        own = own_identity(self._session.desk).organisation
        rows = [one for one in list_remarks(self._session.desk, self._dossier) if one.organisation == own]
        self._remarks.addWidget(label(_("Your remarks"), "h2"))
        for one in rows:
            self._remarks.addWidget(remark_card(one, self._numbers.get(one.block, 0), False))
        if not rows:
            hint = _("You need not comment. If you do, the secretariat gets your remark as a file that you send.")
            self._remarks.addWidget(empty_state("message-square", _("No remarks yet"), hint))
        self._remarks.addStretch(1)

    # --- making the file

    def _make_remark(self) -> None:
        text, proposal = self.text.toPlainText().strip(), ""
        kind = KINDS[self.kind.now]
        block = str(self.where.currentData() or "")
        if kind == "proposal":
            proposal = self.proposal.toPlainText().strip()
            if not block or not proposal or proposal == self._blocks[block].text:
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
        self._text.set_error("")
        self._proposal.set_error("")
        desk = self._session.desk
        self._session.tasks.run(
            _("Signing"),
            lambda report: comment(desk, self._dossier, kind, text, block=block, proposal=proposal),
            self._made,
            self._refused,
        )

    def _made(self, out: Outgoing) -> None:
        self.out = out
        self.text.clear()
        self.proposal.clear()
        self._session.changed.emit()
        self.ask_place()

    def ask_place(self) -> None:
        """Let the person choose where the file goes."""
        assert self.out is not None
        dialog = QFileDialog(self.window(), _("Save your remark"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("Answers (*.crsv)")])
        dialog.setDefaultSuffix("crsv")
        dialog.selectFile(_("remark-{name}").format(name=self.out.name))
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write the remark's file; "saved" is said after it was read back and compared."""
        out, desk = self.out, self._session.desk
        assert out is not None

        def saved(_nothing: object) -> None:
            sentence = _("Your remark was saved as {name} and read back. Send it to the secretariat.")
            self._session.tell(sentence.format(name=path.name))

        self._session.tasks.run(_("Saving"), lambda report: save_outgoing(desk, out, path), saved, self._refused)

    def _refused(self, error: DeskError) -> None:
        while (item := self._told.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._told.addWidget(banner("bad", str(error)))
        announce(self, str(error))


def _item(block: Block, number: int) -> str:
    words = block.text if len(block.text) <= LONGEST else block.text[:LONGEST].rstrip() + "…"
    return words if block.kind == "heading" else f"{number}. {words}"
