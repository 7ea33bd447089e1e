"""What pages repeat: the head from page 2 on, the foot, and the notice that a document is an example or a draft."""

from __future__ import annotations

from crsv_desk.pdf.canvas import PAGE_WIDTH, TaggedCanvas
from crsv_desk.pdf.lines import break_lines, text_width
from crsv_desk.pdf.measures import (
    FOOT_BASELINE,
    FULL_WIDTH,
    HEAD_BASELINE,
    HEAD_RULE,
    LEFT,
    NOTE,
    NOTICE_HEIGHT,
    NOTICE_TOP,
    SIDE,
    mm,
)
from crsv_desk.pdf.paragraphs import baseline, direction_of
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import INK, LINE, Run, TextStyle
from crsv_desk.pdf.tags import Element

_NOTICE = TextStyle("sans", 8, 11, bold=True, colour="#FFFFFF")


def paint_furniture(canvas: TaggedCanvas, setting: Setting, part: str, head: bool) -> None:
    """The foot of every page, and its head where it has one: artifacts."""
    letter, _ = setting.letter, setting.wording.gettext
    note, side = setting.legible(NOTE), setting.legible(SIDE)
    lead, subject = setting.inserted(letter.lead), setting.inserted(letter.text.subject)
    if head:
        title = Run(part, side.but(bold=True, colour=setting.accent))
        room = FULL_WIDTH - text_width([title]) - mm(8)
        left = _fitting((f"{lead}  ·  {subject}", subject), note, room)
        canvas.artifact("Header")
        _pair(canvas, setting, left, title, HEAD_BASELINE)
        canvas.rule(setting.left(LEFT, FULL_WIDTH), HEAD_RULE, FULL_WIDTH, 0.5, LINE)
    numbers = _("Page {page} of {pages}").format(page=canvas.page + 1, pages=setting.page_count)
    right = Run(numbers, note)
    code = _("Letter code {code} …").format(code=setting.inserted(setting.code[:11]))
    sent = _("Letter of {date}").format(date=setting.inserted(setting.wording.letter_date(letter.date)))
    room = FULL_WIDTH - text_width([right]) - mm(8)
    left = _fitting(
        (f"{lead}{setting.wording.comma}{sent[:1].lower()}{sent[1:]}    {code}", f"{sent}    {code}", code), note, room
    )
    canvas.artifact("Footer")
    _pair(canvas, setting, left, right, FOOT_BASELINE)


def paint_notice(canvas: TaggedCanvas, setting: Setting, parent: Element) -> None:
    """A band in ink at the top, with real text."""
    text = setting.letter.notice
    if not text:
        return
    left = setting.left(LEFT, FULL_WIDTH)
    canvas.area(left, NOTICE_TOP, FULL_WIDTH, NOTICE_HEIGHT, INK)
    run = _fitting((text,), _NOTICE, FULL_WIDTH - mm(6))
    [line] = break_lines([run], FULL_WIDTH, base=direction_of(setting, text), language=setting.letter.text.language)
    element = parent.add("P")
    at = NOTICE_TOP + (NOTICE_HEIGHT - _NOTICE.leading) / 2 + baseline(_NOTICE, _NOTICE.leading)
    canvas.text(line, (PAGE_WIDTH - line.width) / 2 if not setting.right_to_left else left + mm(3), at, [element])


def _fitting(candidates: tuple[str, ...], style: TextStyle, room: float) -> Run:
    """The first that fits, else the last, shortened at a word: only repetitions are ever shortened."""
    for candidate in candidates:
        run = Run(candidate, style)
        if text_width([run]) <= room:
            return run
    words = candidates[-1].split(" ")
    while len(words) > 1 and text_width([Run(" ".join(words) + " …", style)]) > room:
        words.pop()
    return Run(" ".join(words) + " …", style)


def _pair(canvas: TaggedCanvas, setting: Setting, start: Run, end: Run, at: float) -> None:
    """One run at the side where lines begin, the other opposite."""
    left = setting.left(LEFT, FULL_WIDTH)
    for run, ending in ((start, False), (end, True)):
        [line] = break_lines([run], FULL_WIDTH, base=direction_of(setting, run.text))
        canvas.text(line, left + (FULL_WIDTH - line.width if ending != setting.right_to_left else 0.0), at)
