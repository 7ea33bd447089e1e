"""The mark of a signatory: strokes, a picture, a typed name, or the words that there is none."""

from __future__ import annotations

from dataclasses import replace

from crsv_desk.domain.paper import Signatory
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.lines import break_lines, text_width
from crsv_desk.pdf.measures import NOTE
from crsv_desk.pdf.paragraphs import Text, direction_of
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import INK, Run, TextStyle
from crsv_desk.pdf.tags import Element

_TYPED = TextStyle("serif", 17, 20, italic=True)
Box = tuple[float, float, float, float]
"""Left, top, width and height in points."""


def paint_mark(canvas: TaggedCanvas, setting: Setting, parent: Element, row: Signatory, box: Box, pen: float) -> None:
    """Paint the mark of ``row`` into ``box``: a figure whose alternative text says whose it is, never its shape."""
    left, top, width, height = box
    inset = width * 0.04
    mark = row.mark
    if mark is None:
        sentence = setting.wording.gettext("Signed without a drawn mark")
        text = Text(setting, [Run(sentence, NOTE)], width, own_direction=True)
        text.paint(canvas, left, top + height - text.height, parent.add("P"))
        return
    canvas.figure(parent, _alternative(setting, row), left, top, width, height)
    match mark.kind:
        case "strokes":
            assert mark.drawing is not None
            canvas.strokes(mark.drawing, left + inset, top, width - 2 * inset, height - inset, pen, INK)
        case "image":
            canvas.picture(mark.image, left + inset, top, width - 2 * inset, height - inset, align=0.5)
        case "typed":
            _typed(canvas, setting, mark.text, box)


def _alternative(setting: Setting, row: Signatory) -> str:
    _ = setting.wording.gettext
    name = next((person.name for person in row.people if person.name), "")
    if name:
        return _("Signature of {person}, {organisation}").format(person=name, organisation=row.organisation)
    return _("Signature of {organisation}").format(organisation=row.organisation)


def _typed(canvas: TaggedCanvas, setting: Setting, name: str, box: Box) -> None:
    """In italics, as large as fits on one line."""
    left, top, width, height = box
    size = min(_TYPED.size, height * 0.55)
    run = Run(name, replace(_TYPED, size=size))
    wide = text_width([run], setting.letter.text.language)
    if wide > width * 0.92:
        run = Run(name, replace(_TYPED, size=size * width / wide * 0.92))
    [line] = break_lines([run], width, base=direction_of(setting, name), language=setting.letter.text.language)
    canvas.text(line, left + (width - line.width) / 2, top + height * 0.7)
