"""What the pages of a draft repeat: the band of the first page, heads and feet that open with the draft's name."""

from __future__ import annotations

from crsv_desk.domain.draft_paper import DraftLetter
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.lines import break_lines, text_width
from crsv_desk.pdf.measures import FOOT_BASELINE, FULL_WIDTH, HEAD_BASELINE, HEAD_RULE, LEFT, NOTE, SIDE, mm
from crsv_desk.pdf.paragraphs import Text, direction_of
from crsv_desk.pdf.parts import Furniture
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import GLUE, INK, LINE, Run, TextStyle
from crsv_desk.pdf.tags import Element

BAND_TOP, BAND_HEIGHT = mm(12), mm(14.5)
_INSET = mm(5)
_WHITE = "#FFFFFF"
_NAME = TextStyle("sans", 17, 21, bold=True, colour=_WHITE)
_FACTS = TextStyle("sans", 8.5, 12, colour=_WHITE)


def draft_name(setting: Setting, draft: DraftLetter) -> str:
    """``CONCEPT versie 2``: what opens the title, the band, every head and every foot."""
    return setting.wording.gettext("DRAFT version {number}").format(number=draft.version)


def deadline(setting: Setting, draft: DraftLetter) -> str:
    """``21 mei 2026, 12.00`` as it was set, or empty."""
    if not draft.deadline:
        return ""
    day, _, clock = draft.deadline.partition("T")
    words = setting.wording.day(day)
    return f"{words},{GLUE}{setting.wording.clock(clock)}" if clock else words


def paint_band(canvas: TaggedCanvas, setting: Setting, draft: DraftLetter, parent: Element) -> None:
    """A band in ink with the draft's name, the first thing that is read."""
    _ = setting.wording.gettext
    left = setting.left(LEFT, FULL_WIDTH)
    canvas.area(left, BAND_TOP, FULL_WIDTH, BAND_HEIGHT, INK)
    element = parent.add("P")
    name = Text(setting, [Run(draft_name(setting, draft) + " ", _NAME)], mm(90), own_direction=True)
    made = setting.wording.day(draft.time[:10])
    words = _("{date}. Not signed, do not quote.").format(date=made)
    if draft.deadline:
        words += "\n" + _("Reactions until {deadline}.").format(deadline=deadline(setting, draft))
    facts = Text(setting, [Run(words, _FACTS)], FULL_WIDTH - 2 * _INSET - mm(84), own_direction=True, even=False)
    name.paint(canvas, setting.within(left, FULL_WIDTH, _INSET, mm(90)), _middle(name), element)
    facts.paint(canvas, setting.within(left, FULL_WIDTH, mm(84) + _INSET, facts.width), _middle(facts), element)


def _middle(text: Text) -> float:
    return BAND_TOP + (BAND_HEIGHT - text.height) / 2


def draft_furniture(draft: DraftLetter) -> Furniture:
    """Paints head and foot of this draft's pages."""

    def paint(canvas: TaggedCanvas, setting: Setting, part: str, head: bool) -> None:
        _ = setting.wording.gettext
        name = draft_name(setting, draft)
        warning = _("not signed, do not quote")
        if head:
            canvas.artifact("Header")
            start = [Run(name, SIDE.but(bold=True)), Run(f"  ·  {warning}", NOTE)]
            _pair(canvas, setting, start, [Run(part, SIDE.but(bold=True))], HEAD_BASELINE)
            canvas.rule(setting.left(LEFT, FULL_WIDTH), HEAD_RULE, FULL_WIDTH, 0.5, LINE)
        made = _("of {date}").format(date=setting.wording.day(draft.time[:10]))
        numbers = _("Page {page} of {pages}").format(page=canvas.page + 1, pages=setting.page_count)
        canvas.artifact("Footer")
        start = [Run(name, NOTE.but(bold=True, colour=INK)), Run(f" {made}    {warning}", NOTE)]
        _pair(canvas, setting, start, [Run(numbers, NOTE)], FOOT_BASELINE)

    return paint


def _pair(canvas: TaggedCanvas, setting: Setting, start: list[Run], end: list[Run], at: float) -> None:
    """Runs at the side where lines begin, and opposite."""
    left = setting.left(LEFT, FULL_WIDTH)
    for runs, ending in ((start, False), (end, True)):
        assert text_width(runs) < FULL_WIDTH
        [line] = break_lines(runs, FULL_WIDTH, base=direction_of(setting, "".join(run.text for run in runs)))
        canvas.text(line, left + (FULL_WIDTH - line.width if ending != setting.right_to_left else 0.0), at)
