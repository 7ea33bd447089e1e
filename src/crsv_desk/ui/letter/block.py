"""One block of the letter: a heading or a paragraph, one stop for the keyboard and for a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from crsv_desk.domain.blocks import Block
from crsv_desk.i18n import _
from crsv_desk.ui import theme
from crsv_desk.ui.roles import Role, give_role
from crsv_desk.ui.set_text import HEADING, LETTER, SMALL, Piece, SetText

MARGIN = 44
"""Room at the left for the paragraph's number."""
BAR, GAP, ABOVE, BETWEEN = 3, 12, 5, 2
"""The bar at the left where the focus is; between number and words, and at the right; above and below; between the words
and what a link leads to."""
INDENT = 20


def pieces(block: Block) -> list[Piece]:
    """The block's words in their forms, its marker before them."""
    marker = [Piece(f"{block.marker}\u00a0\u00a0")] if block.marker else []
    return marker + [
        Piece(one.text, "strong" in one.style, "emphasis" in one.style, bool(one.href)) for one in block.spans
    ]


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
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.stop_here(False)
        # What a link leads to is signed too, so it is shown.
        targets = [
            _("“{words}” leads to {address}").format(words=one.text, address=one.href)
            for one in block.spans
            if one.href
        ]
        heading = block.kind == "heading"
        self._parts = [SetText(pieces(block), HEADING if heading else LETTER)]
        self._parts += [SetText([Piece(target)], SMALL) for target in targets]
        self.setAccessibleName(" ".join(filter(None, (block.marker, block.text))))
        words = [_("Paragraph {number} of {count}").format(number=number, count=count)] if number else []
        if number and remarks:
            words.append(_("with remarks: {count}").format(count=remarks))
        self.setAccessibleDescription(", ".join([*words, *targets]))

    # --- how it looks

    def _indent(self) -> int:
        match self.block.kind:
            case "item":
                return INDENT * max(self.block.level - 1, 0)
            case "quote":
                return INDENT
        return 0

    def _left(self) -> int:
        return BAR + MARGIN + GAP + self._indent()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - self._left() - GAP
        return sum(one.height(room) for one in self._parts) + BETWEEN * (len(self._parts) - 1) + 2 * ABOVE

    def sizeHint(self) -> QSize:
        return QSize(500, self.heightForWidth(500))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left() + GAP + round(120 * theme.current().scale), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        room, down = self.width() - self._left() - GAP, ABOVE
        if self.number:
            painter.setFont(SMALL.font())
            painter.setPen(theme.current().colour(SMALL.tone))
            base = down + QFontMetrics(LETTER.font()).ascent()
            words = str(self.number)
            painter.drawText(BAR + MARGIN - painter.fontMetrics().horizontalAdvance(words), base, words)
        for one in self._parts:
            one.draw(painter, self._left(), down, room)
            down += one.height(room) + BETWEEN

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()  # of another text size
        super().changeEvent(event)

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
