"""Words set in lines by the widget that paints them: many times quicker than a label for each, in a text of hundreds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from crsv_desk.ui import theme

LINE_SEPARATOR = "\u2028"
"""What breaks a line inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in one form."""

    text: str
    bold: bool = False
    italic: bool = False
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Type:
    """A type of the design: family, pixels at 100 %, the colour's token, and lines apart by so much of their height."""

    family: str = "Noto Serif"
    size: int = 17
    bold: bool = False
    tone: str = "text"
    apart: float = 1.17

    def font(self) -> QFont:
        """At the text size of now."""
        result = QFont(self.family)
        result.setPixelSize(theme.current().pixels(self.size))
        result.setBold(self.bold)
        return result


LETTER, HEADING = Type(), Type(bold=True)
SMALL = Type("Noto Sans", 13, tone="muted", apart=1.0)


class SetText:
    """One paragraph, set anew only for another width or another theme. What is in it is never read as markup."""

    def __init__(self, pieces: Sequence[Piece], kind: Type) -> None:
        self._pieces, self._kind = tuple(pieces), kind
        self._text = "".join(one.text for one in pieces).replace("\n", LINE_SEPARATOR)
        self._layout: QTextLayout | None = None
        self._theme: theme.Theme | None = None
        self._width = 0
        self._heights: dict[int, int] = {}
        """By width: whoever arranges widgets asks for several, again and again."""

    def height(self, width: int) -> int:
        """Pixels, where lines are as long as ``width``."""
        if self._theme is not theme.current():
            self._theme, self._layout, self._heights = theme.current(), self._shaped(), {}
        if width not in self._heights:
            self._set(width)
        return self._heights[width]

    def draw(self, painter: QPainter, left: int, top: int, width: int) -> None:
        """Paint it in the colours of the theme."""
        self.height(width)
        if self._width != width:
            self._set(width)
        assert self._layout is not None
        painter.setPen(theme.current().colour(self._kind.tone))
        self._layout.draw(painter, QPointF(left, top))

    def _set(self, width: int) -> None:
        layout, down = self._layout, 0.0
        assert layout is not None
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, round(down)))
            down += line.height() * self._kind.apart
        layout.endLayout()
        self._width, self._heights[width] = width, ceil(down)

    def _shaped(self) -> QTextLayout:
        layout = QTextLayout(self._text, self._kind.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        formats, at = [], 0
        for piece in self._pieces:
            if piece.bold or piece.italic or piece.underlined:
                found = QTextLayout.FormatRange()
                found.start, found.length, found.format = at, len(piece.text.encode("utf-16-le")) // 2, _format(piece)
                formats.append(found)
            at += len(piece.text.encode("utf-16-le")) // 2
        layout.setFormats(formats)
        return layout


def _format(piece: Piece) -> QTextCharFormat:
    result = QTextCharFormat()
    if piece.bold:
        result.setFontWeight(QFont.Weight.Bold)
    if piece.italic:
        result.setFontItalic(True)
    if piece.underlined:
        result.setFontUnderline(True)
    return result
