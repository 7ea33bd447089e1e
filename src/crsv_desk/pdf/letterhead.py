"""Page 1 around the letter: logo, address, the side column, and the partners' strip at the foot."""

from __future__ import annotations

from collections.abc import Sequence

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
from crsv_desk.pdf.paragraphs import Tag, Text, owners_of
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import GLUE, HAIR, Run
from crsv_desk.pdf.tags import Element

_MOST_LOGOS = 8
_ROW_OF_LOGOS = 4


class Letterhead:
    """What stands on page 1 outside the flow. ``words`` is the signed text's element, ``aside`` the program's."""

    def __init__(self, setting: Setting, words: Tag, aside: Tag) -> None:
        self._setting, self._words, self._aside = setting, words, aside
        partners = [row for row in setting.letter.signatories if row.organisation != setting.letter.lead]
        self._partners = partners
        self._logos = [row for row in partners if row.logo] if len(partners) <= _MOST_LOGOS else []

    @property
    def bottom(self) -> float:
        """Where the letter's words must end on page 1."""
        return PARTNERS_TOP - mm(6) if self._partners else LETTER_BOTTOM

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

    def _strip(self, canvas: TaggedCanvas) -> None:
        setting = self._setting
        _ = setting.wording.gettext
        left = setting.left(LEFT, FULL_WIDTH)
        canvas.rule(left, PARTNERS_TOP, FULL_WIDTH, 0.5, HAIR)
        if len(self._partners) > _MOST_LOGOS:
            many = _("On behalf of {count} organisations, see page {page}")
            sentence = many.format(count=len(self._partners), page=setting.page_of("signatories"))
        else:
            sentence = _("Also on behalf of")
        text = Text(setting, [Run(sentence, NOTE)], FULL_WIDTH, own_direction=True)
        top = self._paint(canvas, text, self._aside.element().add("P"), left, PARTNERS_TOP + mm(1.5)) + mm(1)
        if len(self._partners) <= _MOST_LOGOS:
            two = len(self._partners) > _ROW_OF_LOGOS
            height = mm(6.5 if two else 13)
            for start in range(0, len(self._partners), _ROW_OF_LOGOS):
                self._row(canvas, self._partners[start : start + _ROW_OF_LOGOS], left, top, height)
                top += height + mm(1.5)

    def _row(self, canvas: TaggedCanvas, partners: Sequence[Signatory], left: float, top: float, height: float) -> None:
        setting = self._setting
        width = (FULL_WIDTH - 3 * GUTTER) / 4
        for place, partner in enumerate(partners):
            x = setting.within(left, FULL_WIDTH, place * (width + GUTTER), width)
            if partner.logo:
                alt = setting.wording.gettext("Logo of {organisation}").format(organisation=partner.organisation)
                canvas.figure(self._aside.element(), alt, x, top, width, height)
                canvas.picture(partner.logo, x, top, width, height, align=1.0 if setting.right_to_left else 0.0)
            else:
                text = Text(setting, [Run(partner.organisation, SIDE.but(bold=True))], width, own_direction=True)
                self._paint(canvas, text, self._aside.element().add("P"), x, top + max(0.0, (height - text.height) / 2))

    def _paint(self, canvas: TaggedCanvas, text: Text, element: Element, left: float, top: float) -> float:
        text.paint(canvas, left, top, owners_of(text.runs, element, {}))
        return top + text.height
