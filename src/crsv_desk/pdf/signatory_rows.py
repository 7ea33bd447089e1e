"""One signatory: a large row, a row of two columns, or a dense entry. A row grows with its words; nothing is cut.

A row stays whole on its page unless that would leave much of a page empty: then it may go on in the next column, between
two people or inside a long reservation, never behind the organisation's name alone; on a further page the name is repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crsv_desk.domain.paper import Person, Signatory
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.flow import Strip, glued
from crsv_desk.pdf.languages import foreign_language
from crsv_desk.pdf.measures import (
    FULL_WIDTH,
    GUTTER,
    NAME_DENSE,
    NAME_LARGE,
    NAME_SMALL,
    NOTE,
    NUMBER_DENSE,
    NUMBER_SMALL,
    PERSON_DENSE,
    PERSON_LARGE,
    PERSON_SMALL,
    ROLE_LARGE,
    mm,
)
from crsv_desk.pdf.paragraphs import Tag, Text, strips
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.signatory_mark import paint_mark
from crsv_desk.pdf.styles import GREY, LINE, Run, TextStyle
from crsv_desk.pdf.tags import Element

_LOGO = (mm(38), mm(17))
_MARK = (mm(45), mm(17))
_AIR = mm(6)
_BELOW_MARK = 4.5
_BETWEEN, _BETWEEN_PAIRS = 1.0, 6.0
_SMALL_MARK = (mm(19), mm(7.4))
_MOST_WHOLE = mm(110)
"""The tallest row that stays whole: no page is left half empty for it."""
_LONG_RESERVATION = 5 * NOTE.leading


def large_row(setting: Setting, parent: Tag, row: Signatory) -> list[Strip]:
    """Logo, organisation with its people, and the mark above a line with the claimed time.

    The first people stand beside the mark, as many as its height has room for; the others below, two beside each other.
    """
    width = FULL_WIDTH - _LOGO[0] - _MARK[0] - 2 * GUTTER
    name = Text(setting, name_runs(setting, row, NAME_LARGE), width)
    people = [
        Text(setting, _person(setting, one, PERSON_LARGE, ROLE_LARGE, "\n"), width, even=False)
        for one in row.people
        if one.name or one.role
    ]
    when = setting.wording.moment(row.time)
    time = Text(setting, [Run(when, NOTE)], _MARK[0], even=False, own_direction=True)
    least = max(_LOGO[1], _MARK[1] + _BELOW_MARK + time.height)
    reservation = _reservation(setting, row, NOTE, width)
    details = [*people, *reservation]
    body = Tag("LBody", Tag("LI", parent))
    if name.height + _tall(details) > least and (len(people) > 1 or _tall(reservation) > _LONG_RESERVATION):
        beside = _beside(people, least - name.height)
        others = [one for one in row.people if one.name or one.role][len(beside) :]
        below = _below(setting, body, row, others)
    else:
        beside, below = details, []
    height = max(name.height + _tall(beside), least)

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.rule(left, top, FULL_WIDTH, 0.5, LINE)
        element = body.element()
        top += _AIR
        x = setting.within(left, FULL_WIDTH, _LOGO[0] + GUTTER, width)
        at = _paint(canvas, name, element.add("P"), x, top)
        for one in beside:
            at = _paint(canvas, one, element.add("P"), x, at + _BETWEEN)
        if row.logo:
            logo_left = setting.within(left, FULL_WIDTH, 0.0, _LOGO[0])
            alt = setting.wording.gettext("Logo of {organisation}").format(organisation=row.organisation)
            canvas.figure(element, alt, logo_left, top, *_LOGO)
            canvas.picture(row.logo, logo_left, top, *_LOGO, align=1.0 if setting.right_to_left else 0.0)
        mark_left = setting.within(left, FULL_WIDTH, FULL_WIDTH - _MARK[0], _MARK[0])
        paint_mark(canvas, setting, element, row, (mark_left, top, *_MARK), pen=1.0)
        canvas.rule(mark_left, top + _MARK[1] + 1.5, _MARK[0], 0.5, LINE)
        _paint(canvas, time, element.add("P"), mark_left, top + _MARK[1] + _BELOW_MARK)

    first = Strip(_AIR + height, paint)
    below = [*below, Strip(_AIR, _nothing, breakable=False)]
    whole = glued([first, *below])
    if whole.height <= _MOST_WHOLE:
        return [whole]
    again = _again(setting, row, NAME_LARGE, FULL_WIDTH, _LOGO[0] + GUTTER)
    return [first, *(replace(one, header=again) for one in below)]


def small_row(setting: Setting, parent: Tag, row: Signatory, number: int) -> list[Strip]:
    """A numbered row with a small mark, for one of two columns."""
    column = (FULL_WIDTH - GUTTER) / 2
    numbers = mm(7)
    width = column - numbers - _SMALL_MARK[0] - mm(1.5)
    name = Text(setting, name_runs(setting, row, NAME_SMALL), width)
    details = _details(setting, row, PERSON_SMALL, width)
    words = name.height + sum(one.height for one in details)
    whole = words <= _MOST_WHOLE
    height = max(words + mm(1.6), mm(11.05)) if whole else max(name.height + 1.5, mm(11.05))
    label = Text(setting, [Run(str(number), NUMBER_SMALL)], numbers)
    item = Tag("LI", parent)
    body = Tag("LBody", item)

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.rule(left, top, column, 0.35, LINE)
        top += 1.5
        _paint(canvas, label, item.element().add("Lbl"), setting.within(left, column, 0.0, numbers), top)
        x = setting.within(left, column, numbers, width)
        at = _paint(canvas, name, body.element().add("P"), x, top)
        for one in details if whole else ():
            at = _paint(canvas, one, body.element().add("P"), x, at)
        if row.mark is not None:
            mark_left = setting.within(left, column, column - _SMALL_MARK[0], _SMALL_MARK[0])
            middle = top + (height - 3.0 - _SMALL_MARK[1]) / 2
            paint_mark(canvas, setting, body.element(), row, (mark_left, middle, *_SMALL_MARK), pen=0.5)

    first = Strip(height, paint)
    if whole:
        return [first]
    indent = setting.within(0.0, column, numbers, width)
    again = _again(setting, row, NAME_SMALL, column, numbers)
    below = [*_lines(details, body, indent), Strip(mm(1.6), _nothing, breakable=False)]
    return [first, *(replace(one, header=again) for one in below)]


def dense_row(setting: Setting, parent: Tag, row: Signatory, number: int) -> list[Strip]:
    """A numbered entry of words alone, for one of three columns."""
    column = (FULL_WIDTH - 2 * GUTTER) / 3
    numbers = mm(7.6)
    width = column - numbers
    name = Text(setting, name_runs(setting, row, NAME_DENSE), width, even=False)
    details = _details(setting, row, PERSON_DENSE, width)
    words = name.height + sum(one.height for one in details)
    whole = words <= _MOST_WHOLE
    label = Text(setting, [Run(str(number), NUMBER_DENSE)], numbers)
    item = Tag("LI", parent)
    body = Tag("LBody", item)

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        _paint(canvas, label, item.element().add("Lbl"), setting.within(left, column, 0.0, numbers), top)
        x = setting.within(left, column, numbers, width)
        at = _paint(canvas, name, body.element().add("P"), x, top)
        for one in details if whole else ():
            at = _paint(canvas, one, body.element().add("P"), x, at)

    first = Strip(words if whole else name.height, paint, before=3.6)
    if whole:
        return [first]
    again = _again(setting, row, NAME_DENSE, column, numbers)
    below = _lines(details, body, setting.within(0.0, column, numbers, width))
    return [first, *(replace(one, header=again) for one in below)]


def _lines(details: Sequence[Text], body: Tag, indent: float) -> list[Strip]:
    """The lines of a row that may go on in the next column; the first of them stay with the name."""
    return [
        strip
        for number, one in enumerate(details)
        for strip in strips(one, Tag("P", body), indent=indent, keep=number == 0)
    ]


def _tall(details: Sequence[Text]) -> float:
    return sum(one.height + _BETWEEN for one in details)


def _beside(people: Sequence[Text], room: float) -> Sequence[Text]:
    """The first of ``people``, and as many more as there is room for beside the mark."""
    count = 1
    while count < len(people) and _tall(people[: count + 1]) <= room:
        count += 1
    return people[:count]


def _below(setting: Setting, body: Tag, row: Signatory, people: Sequence[Person]) -> list[Strip]:
    """What stands below logo and mark: two people beside each other, then the reservation. The first of it stays with
    what is above."""
    start = _LOGO[0] + GUTTER
    whole = FULL_WIDTH - start
    width = (whole - GUTTER) / 2
    made: list[Strip] = []
    for place in range(0, len(people), 2):
        pair = [
            Text(setting, _person(setting, one, PERSON_LARGE, ROLE_LARGE, "\n"), width, even=False)
            for one in people[place : place + 2]
        ]

        def paint(canvas: TaggedCanvas, left: float, top: float, pair: Sequence[Text] = pair) -> None:
            for number, one in enumerate(pair):
                x = setting.within(left, FULL_WIDTH, start + number * (width + GUTTER), width)
                _paint(canvas, one, body.element().add("P"), x, top)

        made.append(Strip(max(one.height for one in pair), paint, before=_BETWEEN_PAIRS, breakable=bool(made)))
    for text in _reservation(setting, row, NOTE, whole):
        indent = setting.within(0.0, FULL_WIDTH, start, whole)
        made += strips(text, Tag("P", body), before=_BETWEEN_PAIRS, indent=indent, keep=not made)
    return made


def _reservation(setting: Setting, row: Signatory, style: TextStyle, width: float) -> list[Text]:
    if not row.reservation:
        return []
    label = setting.wording.gettext("Reservation: {text}").format(text=setting.inserted(row.reservation))
    return [Text(setting, [Run(label, style)], width, own_direction=True, even=False)]


def _again(setting: Setting, row: Signatory, style: TextStyle, column: float, indent: float) -> Strip:
    """Whose row goes on at the top of a further page: as decoration, for the row itself is read without it."""
    name = Text(setting, [*name_runs(setting, row, style), Run(" …", style)], column - indent)

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.artifact()
        name.paint(canvas, setting.within(left, column, indent, name.width), top, None)

    return Strip(name.height + _BETWEEN_PAIRS, paint)


def going_on(row: Signatory) -> str:
    """How a page begins on which the row of ``row`` goes on."""
    return f"{row.organisation} ({row.latin}) …" if row.latin else f"{row.organisation} …"


def _nothing(canvas: TaggedCanvas, left: float, top: float) -> None:
    pass


def name_runs(setting: Setting, row: Signatory, style: TextStyle) -> list[Run]:
    """The organisation's name, and its Latin spelling behind it in brackets."""
    language = setting.letter.text.language
    runs = [Run(row.organisation, style, language=foreign_language(row.organisation, language))]
    if row.latin:
        runs.append(
            Run(
                f" ({setting.inserted(row.latin)})",
                style.but(bold=False),
                language=foreign_language(row.latin, language),
            )
        )
    return runs


def _details(setting: Setting, row: Signatory, style: TextStyle, width: float) -> Sequence[Text]:
    details = [
        Text(setting, _person(setting, one, style, style.but(colour=GREY), ", "), width, even=False)
        for one in row.people
        if one.name or one.role
    ]
    return [*details, *_reservation(setting, row, style.but(colour=GREY), width)]


def _person(setting: Setting, person: Person, name: TextStyle, role: TextStyle, between: str) -> list[Run]:
    language = setting.letter.text.language
    runs: list[Run] = []
    if person.name:
        joined = person.name + (between if person.role else "")
        runs.append(Run(joined, name, language=foreign_language(person.name, language)))
    if person.role:
        runs.append(Run(person.role, role, language=foreign_language(person.role, language)))
    return runs


def _paint(canvas: TaggedCanvas, text: Text, element: Element, left: float, top: float) -> float:
    text.paint(canvas, left, top, element)
    return top + text.height
