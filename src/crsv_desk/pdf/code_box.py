"""The letter code in large figures, and a QR code of it with the closing's id."""

from __future__ import annotations

import segno

from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.flow import Strip
from crsv_desk.pdf.lines import break_lines
from crsv_desk.pdf.measures import CODE, FULL_WIDTH, NOTE, mm
from crsv_desk.pdf.paragraphs import Tag, Text, baseline
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import INK, Run

_INSET = mm(5)
_SQUARES = mm(30)
_GAP = mm(9)


def qr_content(code: str, closing: str) -> str:
    """What the QR code says: the letter code's digits and the closing's whole id. It names no address and no person."""
    return f"CRSV 1 {code.replace(' ', '')} {closing}"


def code_box(setting: Setting, part: Tag) -> Strip:
    """Six groups of five figures in two rows, and the QR code (level M, ISO/IEC 18004)."""
    _ = setting.wording.gettext
    matrix = [
        list(row) for row in segno.make(qr_content(setting.code, setting.letter.closing), error="m", micro=False).matrix
    ]
    width = FULL_WIDTH - 3 * _INSET - _SQUARES
    words = _(
        "Thirty figures in six groups of five, computed from the text of the letter. If one letter of it changes, the code "
        "changes. Read the upper row first."
    )
    note = Text(setting, [Run(words, NOTE.but(colour=INK))], width, own_direction=True)
    height = max(_SQUARES, 2 * CODE.leading + 6.0 + note.height) + 2 * _INSET
    groups = setting.code.split(" ")

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.frame(left, top, FULL_WIDTH, height, 0.75, setting.accent)
        element = part.element().add("P")
        inner = setting.within(left, FULL_WIDTH, _INSET, width)
        for row in (0, 1):
            # Figures run from left to right whatever the letter does.
            lines = [break_lines([Run(group + " ", CODE)], width)[0] for group in groups[3 * row : 3 * row + 3]]
            block = sum(line.width for line in lines) + 2 * _GAP
            x = setting.within(inner, width, 0.0, block)
            for line in lines:
                canvas.text(line, x, top + _INSET + row * CODE.leading + baseline(CODE, CODE.leading), [element])
                x += line.width + _GAP
        note.paint(canvas, inner, top + _INSET + 2 * CODE.leading + 6.0, part.element().add("P"))
        squares_left = setting.within(left, FULL_WIDTH, FULL_WIDTH - _INSET - _SQUARES, _SQUARES)
        alt = _("QR code of the letter code and of the number of the closing statement")
        canvas.figure(part.element(), alt, squares_left, top + _INSET, _SQUARES, _SQUARES)
        canvas.squares(matrix, squares_left, top + _INSET, _SQUARES)

    return Strip(height, paint, breakable=False)
