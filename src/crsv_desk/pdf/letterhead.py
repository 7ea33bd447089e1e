"""Page 1 around the letter: logo, address, the side column, and the partners' strip at the foot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crsv_desk.domain.paper import Signatory
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.measures import (
    ADDRESS,
    ADDRESS_TOP,
    FULL_WIDTH,
    GUTTER,
    LEFT,
    LETTER_BOTTOM,
    LOGO_HEIGHT,
    LOGO_TOP,
    LOGO_WIDTH,
    NOTE,
    PARTNERS_TOP,
    SIDE,
    SIDE_LEFT,
    SIDE_WIDTH,
    TEXT_WIDTH,
    mm,
)
from crsv_desk.pdf.paragraphs import Tag, Text
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import GLUE, HAIR, Run
from crsv_desk.pdf.tags import Element

_MOST_LOGOS = 8
_ROW_OF_LOGOS = 4
_CELL_WIDTH = (FULL_WIDTH - 3 * GUTTER) / 4
_STRIP_BOTTOM = mm(274)


class _Row(NamedTuple):
    """Partners beside each other: each with its name set, where it has no logo."""

    cells: Sequence[tuple[Signatory, Text | None]]
    height: float


class Letterhead:
    """What stands on page 1 outside the flow. ``words`` is the signed text's element, ``aside`` the program's."""

    def __init__(self, setting: Setting, words: Tag, aside: Tag) -> None:
        self._setting, self._words, self._aside = setting, words, aside
        partners = [row for row in setting.letter.signatories if row.organisation != setting.letter.lead]
        self._partners = partners

        self._title = self._note()
        self._rows = self._laid_out()
        needed = self._title.height + mm(2.5) + sum(row.height + mm(1.5) for row in self._rows)
        self._top = min(PARTNERS_TOP, _STRIP_BOTTOM - needed)
        """Of the partners' strip: it stands where it always does, or higher where long names need the room."""

    @property
    def bottom(self) -> float:
        """Where the letter's words must end on page 1."""
        return self._top - mm(6) if self._partners else LETTER_BOTTOM

    def paint(self, canvas: TaggedCanvas) -> None:
        """Paint it all; the address belongs to the signed words and comes first."""
        self._logo(canvas)
        self._address(canvas)
        self._side(canvas)
        if self._partners:
            self._strip(canvas)

    def _logo(self, canvas: TaggedCanvas) -> None:
        letter, setting = self._setting.letter, self._setting
        png = letter.lead_logo or next((row.logo for row in letter.signatories if row.organisation == letter.lead), b"")
        if not png:
            return
        left = setting.left(LEFT, LOGO_WIDTH)
        alt = setting.wording.gettext("Logo of {organisation}").format(organisation=letter.lead)
        canvas.figure(self._words.element(), alt, left, LOGO_TOP, LOGO_WIDTH, LOGO_HEIGHT)
        canvas.picture(png, left, LOGO_TOP, LOGO_WIDTH, LOGO_HEIGHT, align=1.0 if setting.right_to_left else 0.0)

    def _address(self, canvas: TaggedCanvas) -> None:
        setting = self._setting
        lines = setting.letter.text.recipient
        if lines:
            # An address's lines stay as they are; the text stays one paragraph.
            text = Text(setting, [Run("\n".join(lines), ADDRESS)], TEXT_WIDTH, even=False)
            self._paint(canvas, text, self._words.element().add("P"), setting.left(LEFT, TEXT_WIDTH), ADDRESS_TOP)

    def _side(self, canvas: TaggedCanvas) -> None:
        setting = self._setting
        left, top = setting.left(SIDE_LEFT, SIDE_WIDTH), LOGO_TOP
        lead = self._side_text([Run(setting.letter.lead, SIDE.but(bold=True))])
        top = self._paint(canvas, lead, self._aside.element().add("P"), left, top) + mm(5)
        canvas.rule(left, top, SIDE_WIDTH, 0.5, HAIR)
        top += mm(3)
        for label, lines in self._facts():
            title = self._side_text([Run(label, SIDE.but(bold=True, colour=setting.accent))])
            top = self._paint(canvas, title, self._aside.element().add("P"), left, top)
            top = self._paint(canvas, self._side_text([Run(lines, SIDE)]), self._aside.element().add("P"), left, top)
            top += 6.0

    def _facts(self) -> Sequence[tuple[str, str]]:
        setting, letter = self._setting, self._setting.letter
        _, ngettext = setting.wording.gettext, setting.wording.ngettext
        named = len(letter.signatories)
        counts = [ngettext("{count} organisation by name", "{count} organisations by name", named).format(count=named)]
        if letter.withheld:
            count = len(letter.withheld)
            counts.append(
                ngettext("{count} without its name", "{count} without their names", count).format(count=count)
            )
        if letter.attested:
            counts.append(_("{count} declared by the secretariat").format(count=letter.attested))
        counts.append(_("see page {page}").format(page=setting.page_of("signatories")))
        groups = setting.code.split(" ")
        code = GLUE.join(groups[:3]) + "\n" + GLUE.join(groups[3:])
        return (
            (_("Signed by"), "\n".join(counts)),
            (_("Letter code"), code),
            (_("Check this document"), _("see page {page}").format(page=setting.page_of("evidence"))),
        )

    def _side_text(self, runs: Sequence[Run]) -> Text:
        return Text(self._setting, runs, SIDE_WIDTH, even=False, own_direction=True)

    def _note(self) -> Text:
        setting, _ = self._setting, self._setting.wording.gettext
        if len(self._partners) > _MOST_LOGOS:
            many = _("On behalf of {count} organisations, see page {page}")
            sentence = many.format(count=len(self._partners), page=setting.page_of("signatories"))
        else:
            sentence = _("Also on behalf of")
        return Text(setting, [Run(sentence, NOTE)], FULL_WIDTH, own_direction=True)

    def _laid_out(self) -> list[_Row]:
        """The partners' logos, or names where there is none, four to a row; a row grows with its names."""
        count = len(self._partners)
        if count > _MOST_LOGOS:
            return []
        least = mm(6.5 if count > _ROW_OF_LOGOS else 13)
        rows: list[_Row] = []
        for start in range(0, count, _ROW_OF_LOGOS):
            cells = [(partner, self._name(partner)) for partner in self._partners[start : start + _ROW_OF_LOGOS]]
            rows.append(_Row(cells, max([least, *(name.height for _, name in cells if name is not None)])))
        return rows

    def _name(self, partner: Signatory) -> Text | None:
        if partner.logo:
            return None
        return Text(self._setting, [Run(partner.organisation, SIDE.but(bold=True))], _CELL_WIDTH, own_direction=True)

    def _strip(self, canvas: TaggedCanvas) -> None:
        left = self._setting.left(LEFT, FULL_WIDTH)
        canvas.rule(left, self._top, FULL_WIDTH, 0.5, HAIR)
        top = self._paint(canvas, self._title, self._aside.element().add("P"), left, self._top + mm(1.5)) + mm(1)
        for row in self._rows:
            self._row(canvas, row, left, top)
            top += row.height + mm(1.5)

    def _row(self, canvas: TaggedCanvas, row: _Row, left: float, top: float) -> None:
        setting = self._setting
        for place, (partner, name) in enumerate(row.cells):
            x = setting.within(left, FULL_WIDTH, place * (_CELL_WIDTH + GUTTER), _CELL_WIDTH)
            if name is None:
                alt = setting.wording.gettext("Logo of {organisation}").format(organisation=partner.organisation)
                canvas.figure(self._aside.element(), alt, x, top, _CELL_WIDTH, row.height)
                canvas.picture(
                    partner.logo, x, top, _CELL_WIDTH, row.height, align=1.0 if setting.right_to_left else 0.0
                )
            else:
                at = top + max(0.0, (row.height - name.height) / 2)
                self._paint(canvas, name, self._aside.element().add("P"), x, at)

    def _paint(self, canvas: TaggedCanvas, text: Text, element: Element, left: float, top: float) -> float:
        text.paint(canvas, left, top, element)
        return top + text.height
