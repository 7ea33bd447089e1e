"""The list of signatories: large rows with logo and mark, two columns with marks, or three dense columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from crsv_desk.domain.paper import Signatory
from crsv_desk.domain.progress import Report, silent, told
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.flow import Frame, Placed, Strip, balanced, frames, glued, place, space
from crsv_desk.pdf.folding import fold
from crsv_desk.pdf.measures import BOTTOM, FULL_WIDTH, GUTTER, LEFT, NOTE, PLAIN, TITLE, TOP
from crsv_desk.pdf.paragraphs import Tag, Text, strips
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.signatory_rows import dense_row, large_row, small_row
from crsv_desk.pdf.styles import GREY, LINE, Run, TextStyle
from crsv_desk.pdf.tags import Element, numbering

MOST_LARGE, MOST_SMALL = 12, 120


class Signatories:
    """The list being laid out: its rows once, what stands around them again until page numbers are known.

    Raises:
        DeskError: a character is in none of the fonts.
    """

    def __init__(self, setting: Setting, document: Element, report: Report = silent) -> None:
        self._setting = setting
        self._title = setting.wording.gettext("Signatories")
        self._tag = Tag("Part", document, title=self._title, language=setting.foreign_wording)
        rows = setting.letter.signatories
        self._columns = 1 if len(rows) <= MOST_LARGE else 2 if len(rows) <= MOST_SMALL else 3
        lists = Tag("L", self._tag, attributes=numbering("None" if self._columns == 1 else "Decimal"))
        self._head = _head(setting, self._tag, self._title)
        if self._columns == 1:
            self._rows = [strip for row in told(rows, report) for strip in large_row(setting, lists, row)]
            if rows:
                self._rows.append(_rule(setting))
        else:
            make = small_row if self._columns == 2 else dense_row
            numbered = enumerate(told(rows, report), start=1)
            self._rows = [strip for number, row in numbered for strip in make(setting, lists, row, number)]

    def part(self) -> Part:
        """The part, with page numbers as they are known so far."""
        tail = _tail(self._setting, self._tag)
        if self._columns == 1:
            return Part("signatories", self._title, _single(self._setting, [*self._head, *self._rows, *tail]))
        placed = _in_columns(self._setting, self._head, self._rows, tail, self._columns)
        return Part("signatories", self._title, placed)


def _head(setting: Setting, part: Tag, title: str) -> list[Strip]:
    letter, ngettext, _ = setting.letter, setting.wording.ngettext, setting.wording.gettext
    count = len(letter.signatories)
    made = strips(Text(setting, [Run(title, TITLE.but(colour=setting.accent))], FULL_WIDTH), Tag("H1", part))
    setting.remember(made, title)
    sentence = ngettext(
        "{count} organisation signs this letter by name.", "{count} organisations sign this letter by name.", count
    ).format(count=count)
    if not _by_alphabet(letter.signatories):
        pass  # in the order that the secretariat chose
    elif 1 < count <= MOST_LARGE:
        sentence += " " + _("The sender comes first, then the others by alphabet.")
    elif count > MOST_LARGE:
        sentence += " " + _("In alphabetical order after the sender, down each column.")
    intro = Text(setting, [Run(sentence, PLAIN.but(colour=GREY))], FULL_WIDTH, own_direction=True)
    return [*made, *strips(intro, Tag("P", part), before=4.0), space(10.0)]


def _by_alphabet(rows: Sequence[Signatory]) -> bool:
    """Whether those after the sender stand in the order of their names, case and accents aside."""
    names = [fold(row.latin or row.organisation) for row in rows[1:]]
    return names == sorted(names)


def _rule(setting: Setting) -> Strip:
    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.rule(left, top, FULL_WIDTH, 0.5, LINE)

    return Strip(0.5, paint, breakable=False)


def _tail(setting: Setting, part: Tag) -> list[Strip]:
    """Who else signed: counted without a name, or declared by the secretariat. Nothing of it stands out."""
    letter, _, ngettext = setting.letter, setting.wording.gettext, setting.wording.ngettext
    made: list[Strip] = []
    if letter.withheld:
        count = len(letter.withheld)
        first = ngettext(
            "And {count} organisation whose name is not given for reasons of safety.",
            "And {count} organisations whose names are not given for reasons of safety.",
            count,
        ).format(count=count)
        made += _note(setting, part, first, PLAIN, 8.0)
        more = _("Counted by a number instead of a name (page {page}).")
        made += _note(setting, part, more.format(page=setting.page_of("withheld")), NOTE, 2.0)
    if letter.attested:
        declared = ngettext(
            "The secretariat declares that {count} further organisation answered yes by other means.",
            "The secretariat declares that {count} further organisations answered yes by other means.",
            letter.attested,
        ).format(count=letter.attested)
        made += _note(setting, part, declared, PLAIN, 8.0)
    return [replace(glued(made, breakable=False), before=8.0)] if made else []


def _note(setting: Setting, part: Tag, sentence: str, style: TextStyle, before: float) -> list[Strip]:
    text = Text(setting, [Run(sentence, style)], FULL_WIDTH, own_direction=True)
    return strips(text, Tag("P", part), before=before)


def _single(setting: Setting, flow: Sequence[Strip]) -> list[Placed]:
    frame = Frame(0, setting.left(LEFT, FULL_WIDTH), TOP, BOTTOM)
    return place(flow, frames(frame, frame))


def _in_columns(
    setting: Setting, head: Sequence[Strip], rows: Sequence[Strip], tail: Sequence[Strip], count: int
) -> list[Placed]:
    left, width = setting.left(LEFT, FULL_WIDTH), (FULL_WIDTH - (count - 1) * GUTTER) / count
    placed = place(head, [Frame(0, left, TOP, BOTTOM)])
    first_top = placed[-1].top + placed[-1].strip.height

    def page_columns(page: int) -> list[Frame]:
        top = first_top if page == 0 else TOP
        return [
            Frame(page, setting.within(left, FULL_WIDTH, number * (width + GUTTER), width), top, BOTTOM)
            for number in range(count)
        ]

    def supply() -> Iterator[Frame]:
        page = 0
        while True:
            yield from page_columns(page)
            page += 1

    body = place(rows, supply())
    last = body[-1].page
    # Room for the words below the columns, and for the rule above those.
    end = tail[0].height + 20.0 if tail else 0.0

    def even(start: int, stop: int, page: int, end: float) -> list[Placed] | None:
        return balanced(rows[start:stop], [frame._replace(bottom=BOTTOM - end) for frame in page_columns(page)])

    start, few = _first_on(body, last), 2 * count
    fits = even(start, len(rows), last, end) is not None
    if not fits or (last and len(rows) - start < few):
        # A few rows go to the last page with the words below them, so that neither stands alone there.
        full, page = (start, last) if not fits else (_first_on(body, last - 1), last - 1)
        cut = _cut(rows, full, few)
        body[full:cut] = even(full, cut, page, 0.0) or body[full:cut]
        if cut > full:
            start, last = cut, page + 1
    final = even(start, len(rows), last, end)
    if final is None:
        return [*placed, *body, *place([_rule(setting), *tail], [Frame(last + 1, left, TOP, BOTTOM)])]
    lowest = max(one.top + one.strip.height for one in final)
    below = Frame(last, left, lowest + 6.0, BOTTOM)
    return [*placed, *body[:start], *final, *(place([_rule(setting), *tail], [below]) if tail else [])]


def _first_on(body: Sequence[Placed], page: int) -> int:
    return next(number for number, one in enumerate(body) if one.page == page)


def _cut(rows: Sequence[Strip], start: int, few: int) -> int:
    """Where the last ``few`` of the rows from ``start`` on begin, at most half of them, where a column may begin."""
    cut = max(len(rows) - few, start + (len(rows) - start) // 2)
    while cut > start and not rows[cut].breakable:
        cut -= 1
    return cut
