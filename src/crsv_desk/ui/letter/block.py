"""One block of the letter: a heading or a paragraph, one stop for the keyboard and for a screen reader."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.i18n import _
from crsv_desk.ui.components import label
from crsv_desk.ui.roles import Role, give_role

MARGIN = 44
"""Room at the left for the paragraph's number."""


def markup(block: Block) -> str:
    """The block as Qt's rich text. Every character of the letter is escaped; nothing in it can be pressed."""
    words = "".join(_span(span) for span in block.spans)
    marker = f"{escape(block.marker)}&nbsp;&nbsp;" if block.marker else ""
    return f'<p style="line-height:117%; margin:0">{marker}{words}</p>'


def _span(span: Span) -> str:
    words = escape(span.text).replace("\n", "<br>")
    if "strong" in span.style:
        words = f"<b>{words}</b>"
    if "emphasis" in span.style:
        words = f"<i>{words}</i>"
    return f"<u>{words}</u>" if span.href else words


class BlockView(QFrame):
    """One block. Up and Down go to its neighbours, Home and End to the first and the last, R asks to comment on it."""

    moved = Signal(object, int)
    jumped = Signal(int)
    """To the first (0) or the last (-1) block."""
    commented = Signal(object)
    entered = Signal(object)

    def __init__(self, block: Block, number: int, count: int, remarks: int) -> None:
        super().__init__()
        self.block, self.number = block, number
        self.setProperty("frame", "block")
        self.stop_here(False)
        self.setAccessibleName(" ".join(filter(None, (block.marker, block.text))))
        if number:
            words = [_("Paragraph {number} of {count}").format(number=number, count=count)]
            if remarks:
                words.append(_("with remarks: {count}").format(count=remarks))
            self.setAccessibleDescription(", ".join(words))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 5, 12, 5)
        line.setSpacing(12)
        line.addWidget(self._margin(), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._words(), 1)

    def _margin(self) -> QLabel:
        result = label(str(self.number) if self.number else "", "small", wrap=False)
        result.setFixedWidth(MARGIN)
        result.setContentsMargins(0, 4, 0, 0)
        result.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        return result

    def _words(self) -> QVBoxLayout:
        lines = QVBoxLayout()
        indent = (
            20 * max(self.block.level - 1, 0) if self.block.kind == "item" else 20 if self.block.kind == "quote" else 0
        )
        lines.setContentsMargins(indent, 0, 0, 0)
        lines.setSpacing(2)
        words = label("", "letter-strong" if self.block.kind == "heading" else "letter")
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setText(markup(self.block))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        lines.addWidget(words)
        for span in self.block.spans:
            if span.href:
                # What a link leads to is signed too, so it is shown.
                target = _("“{words}” leads to {address}").format(words=span.text, address=span.href)
                lines.addWidget(label(target, "small"))
        return lines

    def stop_here(self, here: bool) -> None:
        """Whether Tab comes to this block. Of a letter it comes to one alone, the one where the person is."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def focusInEvent(self, event: object) -> None:
        self.entered.emit(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self.moved.emit(self, 1)
            case Qt.Key.Key_Up:
                self.moved.emit(self, -1)
            case Qt.Key.Key_Home:
                self.jumped.emit(0)
            case Qt.Key.Key_End:
                self.jumped.emit(-1)
            case Qt.Key.Key_R:
                self.commented.emit(self)
            case _:
                super().keyPressEvent(event)


give_role(BlockView, lambda view: Role.Heading if view.block.kind == "heading" else Role.Paragraph)
