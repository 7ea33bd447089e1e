"""The table of endorsements by name, and the list of the others' numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from crsv_desk.domain.codes import spoken
from crsv_desk.domain.paper import Signatory
from crsv_desk.domain.progress import Report, silent, told
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.flow import Strip
from crsv_desk.pdf.languages import foreign_language
from crsv_desk.pdf.measures import CELL, CELL_CODE, CELL_HEAD, CELL_TIGHT, CODE_TIGHT, FULL_WIDTH, mm
from crsv_desk.pdf.paragraphs import Tag, Text, strips
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import GLUE, HAIR, LINE, Run, TextStyle
from crsv_desk.pdf.tags import COLUMN_HEADER, ROW_HEADER, Element, numbering

_MANY = 120
_GAP = mm(2)


class _Form(NamedTuple):
    """How a table looks: widths of its columns, space above and below a row's words, its styles."""

    widths: tuple[float, ...]
    padding: float
    cell: TextStyle
    time: TextStyle
    code: TextStyle
    code_lines: int


_OPEN = _Form((mm(58), mm(42), mm(34), mm(31)), mm(1.1), CELL, CELL, CELL_CODE, 2)
_TIGHT = _Form((mm(47), mm(39), mm(50), mm(29)), mm(1.2), CELL_TIGHT, CODE_TIGHT, CODE_TIGHT, 1)
"""For long tables: a row on one line, some forty to a page."""


def short_id(statement: str) -> str:
    """The first sixteen figures of an id, in groups of four."""
    return GLUE.join(statement[start : start + 4] for start in range(0, 16, 4))


def key_code(certificate: str, lines: int = 2) -> str:
    """The thirty figures of a key's fingerprint, in one line or two."""
    groups = spoken(certificate).split(" ")
    return (GLUE if lines == 1 else "\n").join((GLUE.join(groups[:3]), GLUE.join(groups[3:])))


def named_table(setting: Setting, part: Tag, report: Report = silent) -> list[Strip]:
    """One row per endorsement; the header row is repeated on every page, there as an artifact."""
    rows = setting.letter.signatories
    if not rows:
        return []
    form = _form(setting)
    table = Tag("Table", part)
    head, body = Tag("THead", table), Tag("TBody", table)
    cells = _titles(setting, form)
    first = _header(setting, cells, form, lambda row: row.add("TH", attributes=COLUMN_HEADER), Tag("TR", head))
    again = _header(setting, cells, form, None, None)
    made = [replace(_row(setting, body, row, form), header=again) for row in told(rows, report)]
    made[0] = replace(made[0], breakable=False, header=None)
    return [replace(first, breakable=False), *made, _end(setting)]


def repeated_row(setting: Setting) -> Strip:
    """The header row as further pages of the table repeat it."""
    form = _form(setting)
    return _header(setting, _titles(setting, form), form, None, None)


def _form(setting: Setting) -> _Form:
    return _TIGHT if len(setting.letter.signatories) > _MANY else _OPEN


def _titles(setting: Setting, form: _Form) -> Sequence[Text]:
    _ = setting.wording.gettext
    titles = (_("Organisation"), _("Time claimed by the signer"), _("Key code"), _("Number"))
    return [
        Text(setting, [Run(title, CELL_HEAD.but(colour=setting.accent))], width - _GAP, own_direction=True)
        for title, width in zip(titles, form.widths, strict=True)
    ]


def withheld_list(setting: Setting, part: Tag) -> list[Strip]:
    """The whole ids of endorsements without a name, sorted: they tell no order."""
    items = Tag("L", part, attributes=numbering("None"))
    made: list[Strip] = []
    for number, statement in enumerate(setting.letter.withheld):
        text = Text(setting, [Run(statement, CELL_CODE)], FULL_WIDTH, own_direction=True)
        first = number == 0
        made += strips(text, Tag("LBody", Tag("LI", items)), before=4.0 if first else 0.0, keep=first)
    return made


def _header(
    setting: Setting, cells: Sequence[Text], form: _Form, tag: Callable[[Element], Element] | None, row: Tag | None
) -> Strip:
    height = max(cell.height for cell in cells) + 2 * form.padding

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.rule(left, top, FULL_WIDTH, 0.75, setting.accent)
        for cell, (offset, width) in zip(cells, _places(form), strict=True):
            x = setting.within(left, FULL_WIDTH, offset, width - _GAP)
            if tag is None or row is None:
                canvas.artifact()
                cell.paint(canvas, x, top + form.padding, None)
            else:
                cell.paint(canvas, x, top + form.padding, tag(row.element()))
        canvas.rule(left, top + height, FULL_WIDTH, 0.5, LINE)

    return Strip(height, paint)


def _row(setting: Setting, body: Tag, row: Signatory, form: _Form) -> Strip:
    language = setting.letter.text.language
    words = (
        [Run(row.organisation, form.cell, language=foreign_language(row.organisation, language))],
        [Run(setting.wording.moment(row.time), form.time)],
        [Run(key_code(row.certificate, form.code_lines), form.code)],
        [Run(short_id(row.statement), form.code)],
    )
    cells = [
        Text(setting, runs, width - _GAP, own_direction=True, even=False)
        for runs, width in zip(words, form.widths, strict=True)
    ]
    height = max(cell.height for cell in cells) + 2 * form.padding

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        element = body.element().add("TR")
        for number, (cell, (offset, width)) in enumerate(zip(cells, _places(form), strict=True)):
            owner = element.add("TH", attributes=ROW_HEADER) if number == 0 else element.add("TD")
            x = setting.within(left, FULL_WIDTH, offset, width - _GAP)
            cell.paint(canvas, x, top + form.padding, owner)
        canvas.rule(left, top + height, FULL_WIDTH, 0.35, HAIR)

    return Strip(height, paint)


def _places(form: _Form) -> list[tuple[float, float]]:
    return [(sum(form.widths[:number]), width) for number, width in enumerate(form.widths)]


def _end(setting: Setting) -> Strip:
    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.rule(left, top, FULL_WIDTH, 0.75, setting.accent)

    return Strip(0.75, paint, breakable=False)
