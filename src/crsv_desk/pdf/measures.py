"""The measures of the pages, in points, and the styles of their text."""

from __future__ import annotations

from crsv_desk.pdf.canvas import PAGE_WIDTH
from crsv_desk.pdf.styles import GREY, TextStyle


def mm(millimetres: float) -> float:
    """Millimetres as points."""
    return millimetres * 72 / 25.4


LEFT = mm(25)
TEXT_WIDTH = mm(125)
"""The letter's own column."""
FULL_WIDTH = mm(165)
"""Everything that the program adds: signatories, evidence, heads and feet."""
SIDE_LEFT, SIDE_WIDTH = mm(156), mm(34)
TOP = mm(27)
LETTER_BOTTOM = mm(270)
BOTTOM = mm(272)
GUTTER = mm(6)

LOGO_TOP, LOGO_WIDTH, LOGO_HEIGHT = mm(15), mm(45), mm(18)
ADDRESS_TOP, ADDRESS_HEIGHT = mm(50), mm(33)
PARTNERS_TOP = mm(249)
HEAD_BASELINE, HEAD_RULE = mm(16.4), mm(19)
FOOT_BASELINE = mm(280)
NOTICE_TOP, NOTICE_HEIGHT = mm(5), mm(6.2)

BODY = TextStyle("serif", 10, 15)
BODY_HEADING = TextStyle("serif", 10.5, 15.5, bold=True)
SUBJECT = TextStyle("serif", 12, 17, bold=True)
ARABIC_BODY = TextStyle("serif", 11.5, 18)
ARABIC_HEADING = TextStyle("serif", 12, 18.5, bold=True)
ARABIC_SUBJECT = TextStyle("serif", 13.5, 20, bold=True)

TITLE = TextStyle("sans", 17, 21, bold=True)
HEADING = TextStyle("sans", 10.5, 14, bold=True)
LEAD = TextStyle("sans", 10, 14.5)
PLAIN = TextStyle("sans", 9.5, 13.5)
LIMIT = TextStyle("sans", 8.25, 11.5)
NOTE = TextStyle("sans", 8, 11, colour=GREY)
SIDE = TextStyle("sans", 8, 11)
CELL = TextStyle("sans", 9, 12.5)
CELL_CODE = TextStyle("sans", 8, 12.5, tabular=True)
CELL_TIGHT = TextStyle("sans", 8, 10.5)
CODE_TIGHT = TextStyle("sans", 7, 10.5, tabular=True)
CELL_HEAD = TextStyle("sans", 8, 11, bold=True)
CODE = TextStyle("sans", 21, 32, bold=True, tabular=True)
COMMAND = TextStyle("sans", 7.5, 11)
ADDRESS = TextStyle("serif", 10, 15)
END_NOTE = TextStyle("sans", 8, 11, colour=GREY)

NAME_LARGE = TextStyle("serif", 11, 15, bold=True)
PERSON_LARGE = TextStyle("serif", 10, 14)
ROLE_LARGE = TextStyle("serif", 10, 14, colour=GREY)
NAME_SMALL = TextStyle("serif", 8.25, 10.25, bold=True)
PERSON_SMALL = TextStyle("serif", 8, 10)
NUMBER_SMALL = TextStyle("sans", 8, 10.25, colour=GREY, tabular=True)
NAME_DENSE = TextStyle("serif", 8, 10.4, bold=True)
PERSON_DENSE = TextStyle("serif", 8, 10.4)
NUMBER_DENSE = TextStyle("sans", 7, 10.4, colour=GREY, tabular=True)


def mirrored(left: float, width: float, right_to_left: bool) -> float:
    """The left edge of a box, on a page that runs from right to left its mirror image."""
    return PAGE_WIDTH - left - width if right_to_left else left
