"""One signatory: a large row, a row of two columns, or a dense entry. A row grows with its words; nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence

from crsv_desk.domain.paper import Person, Signatory
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.flow import Strip
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
from crsv_desk.pdf.paragraphs import Tag, Text, owners_of
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.signatory_mark import paint_mark
from crsv_desk.pdf.styles import GREY, LINE, Run, TextStyle
from crsv_desk.pdf.tags import Element

_LOGO = (mm(38), mm(17))
_MARK = (mm(45), mm(17))
_AIR = mm(6)
_BELOW_MARK = 4.5
_SMALL_MARK = (mm(19), mm(7.4))


def large_row(setting: Setting, parent: Tag, row: Signatory) -> Strip:
    """Logo, organisation with its people, and the mark above a line with the claimed time."""
    width = FULL_WIDTH - _LOGO[0] - _MARK[0] - 2 * GUTTER
    name = Text(setting, name_runs(setting, row, NAME_LARGE), width)
    details = [
        Text(setting, _person(setting, one, PERSON_LARGE, ROLE_LARGE, "\n"), width, even=False)
        for one in row.people
        if one.name or one.role
    ]
    if row.reservation:
        label = setting.wording.gettext("Reservation: {text}").format(text=row.reservation)
        details.append(Text(setting, [Run(label, NOTE)], width, own_direction=True))
    when = setting.wording.moment(row.time)
    time = Text(setting, [Run(when, NOTE)], _MARK[0], even=False, own_direction=True)
    words = name.height + sum(one.height + 1.0 for one in details)
    height = max(words, _LOGO[1], _MARK[1] + _BELOW_MARK + time.height) + 2 * _AIR

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.rule(left, top, FULL_WIDTH, 0.5, LINE)
        item = parent.element().add("LI").add("LBody")
        top += _AIR
        x = setting.within(left, FULL_WIDTH, _LOGO[0] + GUTTER, width)
        at = _paint(canvas, name, item.add("P"), x, top)
        for one in details:
            at = _paint(canvas, one, item.add("P"), x, at + 1.0)
        if row.logo:
            logo_left = setting.within(left, FULL_WIDTH, 0.0, _LOGO[0])
            alt = setting.wording.gettext("Logo of {organisation}").format(organisation=row.organisation)
            canvas.figure(item, alt, logo_left, top, *_LOGO)
            canvas.picture(row.logo, logo_left, top, *_LOGO, align=1.0 if setting.right_to_left else 0.0)
        mark_left = setting.within(left, FULL_WIDTH, FULL_WIDTH - _MARK[0], _MARK[0])
        paint_mark(canvas, setting, item, row, (mark_left, top, *_MARK), pen=1.0)
        canvas.rule(mark_left, top + _MARK[1] + 1.5, _MARK[0], 0.5, LINE)
        _paint(canvas, time, item.add("P"), mark_left, top + _MARK[1] + _BELOW_MARK)

    return Strip(height, paint)


def small_row(setting: Setting, parent: Tag, row: Signatory, number: int) -> Strip:
    """A numbered row with a small mark, for one of two columns."""
    column = (FULL_WIDTH - GUTTER) / 2
    numbers = mm(7)
    width = column - numbers - _SMALL_MARK[0] - mm(1.5)
    name = Text(setting, name_runs(setting, row, NAME_SMALL), width)
    details = _details(setting, row, PERSON_SMALL, width)
    height = max(name.height + sum(one.height for one in details) + mm(1.6), mm(11.05))
    label = Text(setting, [Run(str(number), NUMBER_SMALL)], numbers)

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.rule(left, top, column, 0.35, LINE)
        item = parent.element().add("LI")
        top += 1.5
        _paint(canvas, label, item.add("Lbl"), setting.within(left, column, 0.0, numbers), top)
        body = item.add("LBody")
        x = setting.within(left, column, numbers, width)
        at = _paint(canvas, name, body.add("P"), x, top)
        for one in details:
            at = _paint(canvas, one, body.add("P"), x, at)
        if row.mark is not None:
            mark_left = setting.within(left, column, column - _SMALL_MARK[0], _SMALL_MARK[0])
            middle = top + (height - 3.0 - _SMALL_MARK[1]) / 2
            paint_mark(canvas, setting, body, row, (mark_left, middle, *_SMALL_MARK), pen=0.5)

    return Strip(height, paint)


def dense_row(setting: Setting, parent: Tag, row: Signatory, number: int) -> Strip:
    """A numbered entry of words alone, for one of three columns."""
    column = (FULL_WIDTH - 2 * GUTTER) / 3
    numbers = mm(7.6)
    width = column - numbers
    name = Text(setting, name_runs(setting, row, NAME_DENSE), width, even=False)
    details = _details(setting, row, PERSON_DENSE, width)
    label = Text(setting, [Run(str(number), NUMBER_DENSE)], numbers)

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        item = parent.element().add("LI")
        _paint(canvas, label, item.add("Lbl"), setting.within(left, column, 0.0, numbers), top)
        body = item.add("LBody")
        x = setting.within(left, column, numbers, width)
        at = _paint(canvas, name, body.add("P"), x, top)
        for one in details:
            at = _paint(canvas, one, body.add("P"), x, at)

    return Strip(name.height + sum(one.height for one in details), paint, before=3.6)


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
    if row.reservation:
        label = setting.wording.gettext("Reservation: {text}").format(text=row.reservation)
        details.append(Text(setting, [Run(label, style.but(colour=GREY))], width, even=False))
    return details


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
    text.paint(canvas, left, top, owners_of(text.runs, element, {}))
    return top + text.height
