"""The letter of a draft: every fifth line numbered, and a bar beside each part that differs from the version before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from crsv_desk.domain.changes import Field
from crsv_desk.domain.draft_paper import DraftLetter
from crsv_desk.pdf.body import Body
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.draft_furniture import draft_furniture, paint_band
from crsv_desk.pdf.flow import Frame, Strip, frames, place
from crsv_desk.pdf.letter_part import date_line, ending, opening
from crsv_desk.pdf.lines import break_lines
from crsv_desk.pdf.measures import (
    ADDRESS,
    ADDRESS_HEIGHT,
    LEFT,
    LETTER_BOTTOM,
    LOGO_HEIGHT,
    LOGO_WIDTH,
    SIDE,
    SIDE_LEFT,
    SIDE_WIDTH,
    TEXT_WIDTH,
    TOP,
    mm,
)
from crsv_desk.pdf.paragraphs import Tag, Text, baseline
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import GREY, HAIR, INK, Run, TextStyle
from crsv_desk.pdf.tags import Element

_LOGO_TOP = mm(35)
_ADDRESS_TOP = mm(61)
_NUMBER = TextStyle("sans", 7.5, 15, colour=GREY, tabular=True)
_NUMBER_GAP = mm(6)
_BAR_GAP, _BAR_WIDTH = mm(3), 1.5
_EVERY = 5


class LineNumbers:
    """The lines of the body, counted while they are laid out."""

    def __init__(self) -> None:
        self.count = 0
        self.of_block: dict[str, tuple[int, int]] = {}
        """The first and last line of each block, by its id."""
        self._waiting: list[tuple[int, float]] = []

    def wait(self, number: int, at: float) -> None:
        """A line of the page that is painted now has this number, with its baseline at ``at``."""
        self._waiting.append((number, at))

    def paint(self, canvas: TaggedCanvas, setting: Setting) -> None:
        """Paint the numbers of a page behind its text, so that they stand between no two words of it: artifacts."""
        for number, at in self._waiting:
            [line] = break_lines([Run(str(number), _NUMBER)], mm(15))
            canvas.artifact()
            canvas.text(line, setting.left(LEFT - _NUMBER_GAP - line.width, line.width), at)
        self._waiting.clear()


def draft_letter_part(setting: Setting, draft: DraftLetter, document: Element, lines: LineNumbers) -> Part:
    """Lay the letter out. Raises ``DeskError``: a character is in none of the fonts."""
    title = setting.wording.gettext("Letter")
    part = Tag("Part", document, title=title)
    words, aside = Tag("Sect", part), Tag("Sect", part, language=setting.foreign_wording)
    body = Body(setting, words)
    changed = {one.block.id for one in draft.changes if one.kind in ("changed", "added")}
    others = {one.field for one in draft.fields}
    notes = _Notes(_facts_end(setting, draft))

    def marked(field: Field, made: list[Strip]) -> list[Strip]:
        return _barred(setting, draft, words, made, notes) if field in others else made

    flow = opening(setting, words, body.plain, _date(setting, draft), marked)
    for block, strips in body.by_block():
        first = lines.count + 1
        made = [_numbered(strip, lines) for strip in strips]
        lines.of_block[block.id] = (first, lines.count)
        if block.id in changed:
            made = _barred(setting, draft, words, made, notes)
        flow += made
    flow += ending(setting, words, body.plain, marked)
    left = setting.left(LEFT, TEXT_WIDTH)
    top = _ADDRESS_TOP + (ADDRESS_HEIGHT if draft.text.recipient else 0.0)
    placed = place(flow, frames(Frame(0, left, top, LETTER_BOTTOM), Frame(0, left, TOP, LETTER_BOTTOM)))

    def before_first(canvas: TaggedCanvas) -> None:
        paint_band(canvas, setting, draft, part.element())
        words.element()
        aside.element()
        _paint_head(canvas, setting, draft, words, aside)

    repeated = draft_furniture(draft)

    def furniture(canvas: TaggedCanvas, setting: Setting, name: str, head: bool) -> None:
        lines.paint(canvas, setting)
        notes.turn()
        repeated(canvas, setting, name, head)

    return Part("letter", title, placed, before_first, furniture)


def _date(setting: Setting, draft: DraftLetter) -> str:
    if draft.date:
        return date_line(setting)
    open_date = setting.wording.gettext("[date of sending]")
    return f"{setting.inserted(draft.place)}{setting.wording.comma}{open_date}" if draft.place else open_date


def _numbered(strip: Strip, lines: LineNumbers) -> Strip:
    """The line with its number in the margin, if its turn has come."""
    lines.count += 1
    if lines.count % _EVERY:
        return strip
    number = lines.count

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        strip.paint(canvas, left, top)
        lines.wait(number, top + baseline(_NUMBER, strip.height))

    return replace(strip, paint=paint)


class _Notes:
    """How far down the side of the page that is painted now is taken: two notes there never overlap."""

    def __init__(self, taken: float) -> None:
        self._taken = taken

    def place(self, top: float, height: float) -> float:
        """Where a note stands that would begin at ``top``."""
        at = max(top, self._taken)
        self._taken = at + height + 4.0
        return at

    def turn(self) -> None:
        """The next page has nothing at its side yet."""
        self._taken = 0.0


def _barred(setting: Setting, draft: DraftLetter, words: Tag, strips: Sequence[Strip], notes: _Notes) -> list[Strip]:
    """Lines with a bar at their side; the first says in words what that means, before it is read."""
    label = Text(setting, [Run(_changed(setting, draft), SIDE)], SIDE_WIDTH, even=False, own_direction=True)

    def painter(strip: Strip, first: bool) -> Callable[[TaggedCanvas, float, float], None]:
        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            if first:
                element = words.element().add("P", language=setting.foreign_wording)
                at = notes.place(top + 1.5, label.height)
                label.paint(canvas, setting.left(SIDE_LEFT, SIDE_WIDTH), at, element)
            above = 0.0 if first else strip.before
            _bar(canvas, setting, top - above, strip.height + above)
            strip.paint(canvas, left, top)

        return paint

    return [replace(strip, paint=painter(strip, number == 0)) for number, strip in enumerate(strips)]


def _bar(canvas: TaggedCanvas, setting: Setting, top: float, height: float) -> None:
    canvas.area(setting.left(LEFT + TEXT_WIDTH + _BAR_GAP, _BAR_WIDTH), top, _BAR_WIDTH, height, INK)


def _paint_head(canvas: TaggedCanvas, setting: Setting, draft: DraftLetter, words: Tag, aside: Tag) -> None:
    """Logo, address, and at the side who writes and how to read this."""
    _ = setting.wording.gettext
    if draft.lead_logo:
        left = setting.left(LEFT, LOGO_WIDTH)
        alt = _("Logo of {organisation}").format(organisation=draft.lead)
        canvas.figure(words.element(), alt, left, _LOGO_TOP, LOGO_WIDTH, LOGO_HEIGHT)
        canvas.picture(draft.lead_logo, left, _LOGO_TOP, LOGO_WIDTH, LOGO_HEIGHT, align=float(setting.right_to_left))
    if draft.text.recipient:
        address = Text(setting, [Run("\n".join(draft.text.recipient), ADDRESS)], TEXT_WIDTH, even=False)
        if any(one.field == "recipient" for one in draft.fields):
            # The side is full there, so the note stands above the address.
            note = Text(setting, [Run(_changed(setting, draft), SIDE)], TEXT_WIDTH, even=False, own_direction=True)
            said = words.element().add("P", language=setting.foreign_wording)
            note.paint(canvas, setting.left(LEFT, TEXT_WIDTH), _ADDRESS_TOP - note.height - 2.0, said)
            _bar(canvas, setting, _ADDRESS_TOP, address.height)
        element = words.element().add("P")
        address.paint(canvas, setting.left(LEFT, TEXT_WIDTH), _ADDRESS_TOP, element)
    left, top = setting.left(SIDE_LEFT, SIDE_WIDTH), _LOGO_TOP

    def put(runs: Sequence[Run]) -> float:
        text = Text(setting, runs, SIDE_WIDTH, even=False, own_direction=True)
        text.paint(canvas, left, top, aside.element().add("P"))
        return top + text.height

    if draft.lead:
        top = put([Run(draft.lead, SIDE.but(bold=True))]) + mm(3.5)
        canvas.rule(left, top, SIDE_WIDTH, 0.5, HAIR)
        top += mm(2.5)
    for title, sentence in _facts(setting, draft):
        top = put([Run(title, SIDE.but(bold=True, colour=setting.accent))])
        top = put([Run(sentence, SIDE)]) + 6.0


def _changed(setting: Setting, draft: DraftLetter) -> str:
    return setting.wording.gettext("Changed in version {number}").format(number=draft.version)


def _facts_end(setting: Setting, draft: DraftLetter) -> float:
    """Where the side of the first page ends that ``_paint_head`` fills."""

    def height(text: str, *, bold: bool = False) -> float:
        runs = [Run(text, SIDE.but(bold=bold))]
        return Text(setting, runs, SIDE_WIDTH, even=False, own_direction=True).height

    lead = height(draft.lead, bold=True) + mm(3.5) + mm(2.5) if draft.lead else 0.0
    return (
        _LOGO_TOP + lead + sum(height(title, bold=True) + height(text) + 6.0 for title, text in _facts(setting, draft))
    )


def _facts(setting: Setting, draft: DraftLetter) -> Sequence[tuple[str, str]]:
    _ = setting.wording.gettext
    facts = [
        (
            _("How to read this draft"),
            _("The figures in the margin are line numbers. Name them in your reaction."),
        )
    ]
    if draft.before:
        sentence = _(
            "A bar with “Changed” beside it: other than in version {number}. The list of changes is at the back."
        )
        facts.append((_("Changes"), sentence.format(number=draft.before)))
    return facts
