"""What the secretariat declares by its seal, and the empty signature field that the seal fills."""

from __future__ import annotations

from crsv_desk.domain.codes import spoken
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.flow import Strip
from crsv_desk.pdf.measures import CELL, CELL_CODE, CELL_HEAD, FULL_WIDTH, NOTE, PLAIN, mm
from crsv_desk.pdf.paragraphs import Tag, Text
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import HAIR, Run

SEAL_FIELD = "Secretariat"
_INSET = mm(4)
_FIELD = (mm(51), mm(24))
_LABEL = mm(30)
_GAP = 1.5


def seal_box(setting: Setting, part: Tag) -> Strip:
    """The declaration, the facts, and the field."""
    _, ngettext, letter = setting.wording.gettext, setting.wording.ngettext, setting.letter
    whole = FULL_WIDTH - 2 * _INSET
    width = whole - _INSET - _FIELD[0]
    total = len(letter.signatories) + len(letter.withheld)
    claim = ngettext(
        "The secretariat declares that it checked the {count} endorsement above and that this file holds the whole letter.",
        "The secretariat declares that it checked the {count} endorsements above and that this file holds the whole letter.",
        total,
    ).format(count=total)
    declaration = Text(setting, [Run(claim, PLAIN)], whole, own_direction=True)
    named, unnamed = len(letter.signatories), len(letter.withheld)
    counts = _("{named} by name, {unnamed} without a name").format(named=named, unnamed=unnamed)
    editions = {
        "public": _("public"),
        "slim": _("public; the signed statements are in the file beside it"),
        "full": _("full: only for the recipient or an auditor"),
    }
    facts = (
        (_("Sealed"), setting.wording.moment(letter.closing_time), CELL),
        (_("Secretariat"), letter.lead, CELL),
        (_("Key code"), spoken(letter.secretariat_key), CELL_CODE),
        (_("Endorsements"), counts, CELL),
        (_("Edition"), editions[letter.edition], CELL),
        (_("Closing"), letter.closing[:32] + "\n" + letter.closing[32:], CELL_CODE),
    )
    rows = [
        (
            Text(setting, [Run(label, CELL_HEAD.but(colour=setting.accent))], _LABEL - mm(2), own_direction=True),
            Text(setting, [Run(words, style)], width - _LABEL, own_direction=True, even=False),
        )
        for label, words, style in facts
    ]
    note = Text(setting, [Run(_("Your PDF reader shows the digital seal here."), NOTE)], _FIELD[0], own_direction=True)
    facts_height = sum(max(one.height, two.height) + _GAP for one, two in rows) - _GAP
    upper = _INSET + declaration.height + mm(3)
    height = upper + max(facts_height, _FIELD[1] + 4.0 + note.height) + _INSET

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.frame(left, top, FULL_WIDTH, height, 1.5, setting.accent)
        outer = setting.within(left, FULL_WIDTH, _INSET, whole)
        declaration.paint(canvas, outer, top + _INSET, part.element().add("P"))
        inner, at = setting.within(left, FULL_WIDTH, _INSET, width), top + upper
        for label, words in rows:
            element = part.element().add("P")
            label.paint(canvas, setting.within(inner, width, 0.0, label.width), at, element)
            words.paint(canvas, setting.within(inner, width, _LABEL, words.width), at, element)
            at += max(label.height, words.height) + _GAP
        field_left = setting.within(left, FULL_WIDTH, FULL_WIDTH - _INSET - _FIELD[0], _FIELD[0])
        note.paint(canvas, field_left, top + upper + _FIELD[1] + 4.0, part.element().add("P"))
        canvas.frame(field_left, top + upper, *_FIELD, 0.5, HAIR)
        form = part.element().add("Form")
        tooltip = _("Signature of the secretariat")
        canvas.signature_field(form, SEAL_FIELD, tooltip, field_left, top + upper, *_FIELD)

    return Strip(height, paint, breakable=False)
