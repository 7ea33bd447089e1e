"""The sheet on which an organisation without the application answers: it ties the answer to one version by its code."""

from __future__ import annotations

from collections.abc import Callable

import segno

from crsv_desk.domain.draft_paper import DraftLetter
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.draft_furniture import deadline, draft_furniture
from crsv_desk.pdf.flow import Frame, Strip, frames, place
from crsv_desk.pdf.lines import break_lines
from crsv_desk.pdf.measures import BOTTOM, FULL_WIDTH, HEADING, LEAD, LEFT, NOTE, PLAIN, TITLE, TOP, mm
from crsv_desk.pdf.paragraphs import Tag, Text, baseline, strips
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import INK, LINE, Run, TextStyle
from crsv_desk.pdf.tags import Element, numbering

_INSET = mm(5)
_SQUARES = mm(28)
_CODE = TextStyle("sans", 17, 24, bold=True, tabular=True)
_CODE_GAP = mm(6)
_LINE_HEIGHT = mm(10.5)
_LABEL = mm(38)
_BOX = mm(4.5)
_SIGNATURE = mm(26)


def qr_content(code: str, letter: str) -> str:
    """What the QR code says: that it is a reply, the letter code's digits and the letter's whole id; no name, no address."""
    return f"CRSV 1 reply {code.replace(' ', '')} {letter}"


def reply_sheet_part(setting: Setting, draft: DraftLetter, document: Element) -> Part:
    """Lay the sheet out: one page. Raises ``DeskError``: a character is in none of the fonts."""
    title = setting.wording.gettext("Reply sheet")
    sheet = _Sheet(setting, draft, Tag("Part", document, title=title, language=setting.foreign_wording))
    frame = Frame(0, setting.left(LEFT, FULL_WIDTH), TOP, BOTTOM)
    return Part("reply", title, place(sheet.strips(title), frames(frame, frame)), None, draft_furniture(draft))


class _Sheet:
    def __init__(self, setting: Setting, draft: DraftLetter, part: Tag) -> None:
        self._setting, self._draft, self._part = setting, draft, part
        self._ = setting.wording.gettext

    def strips(self, title: str) -> list[Strip]:
        _, draft = self._, self._draft
        head = self._text(title, TITLE.but(colour=self._setting.accent), "H1")
        self._setting.remember(head, title)
        intro = _(
            "For organisations that do not use CRSV Desk. Fill this sheet in by hand, sign it and send it back. It is about the "
            "letter “{subject}”, version {number}, and about no other version."
        ).format(subject=draft.text.subject, number=draft.version)
        version = _("We endorse the letter, version {number}.").format(number=draft.version)
        return [
            *head,
            *self._text(intro, LEAD, before=7.0),
            self._code(),
            *self._heading(_("Who answers")),
            self._blank(_("Organisation")),
            self._blank(_("Name")),
            self._blank(_("Role")),
            *self._heading(_("The answer: tick one")),
            *self._answers(
                (version, 0),
                (_("We endorse it with this reservation:"), 2),
                (_("We do not endorse it. Reason, if you like:"), 1),
            ),
            *self._heading(_("Signature")),
            self._signature(),
            *self._heading(_("How to send it back")),
            *self._text(self._return(), PLAIN),
            *self._text(
                _(
                    "The secretariat declares your answer and counts it apart; your name is not printed with it. If it is not "
                    "safe that your name is seen with this letter, do not send this sheet: call the secretariat."
                ),
                NOTE.but(colour=INK),
                before=4.0,
            ),
        ]

    def _return(self) -> str:
        _, draft = self._, self._draft
        if draft.deadline:
            words = _(
                "Send the whole sheet, readable to its edges, to {lead} before {deadline}: by post, or as a scan or photograph in "
                "answer to the message with which you got it."
            )
        else:
            words = _(
                "Send the whole sheet, readable to its edges, to {lead}: by post, or as a scan or photograph in answer to the "
                "message with which you got it."
            )
        return words.format(lead=draft.lead, deadline=deadline(self._setting, draft))

    # --- pieces

    def _text(self, words: str, style: TextStyle, role: str = "P", before: float = 0.0) -> list[Strip]:
        text = Text(self._setting, [Run(words, style)], FULL_WIDTH, own_direction=True)
        return strips(text, Tag(role, self._part), before=before)

    def _heading(self, words: str) -> list[Strip]:
        made = self._text(words, HEADING.but(colour=self._setting.accent), "H2", before=13.0)
        return [*made, Strip(2.0, _nothing, breakable=False)]

    def _code(self) -> Strip:
        """The letter code in two rows of three groups, and a QR code of it."""
        setting, _ = self._setting, self._
        groups = setting.code.split(" ")
        rows = [
            list(row) for row in segno.make(qr_content(setting.code, self._draft.letter), error="q", micro=False).matrix
        ]
        width = FULL_WIDTH - 3 * _INSET - _SQUARES
        label = Text(
            setting, [Run(_("Letter code of this version"), HEADING.but(colour=INK))], width, own_direction=True
        )
        height = _SQUARES + 2 * _INSET
        head = label.height + 4.0
        top_of_code = (height - head - 2 * _CODE.leading) / 2

        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            canvas.frame(left, top, FULL_WIDTH, height, 0.75, setting.accent)
            inner = setting.within(left, FULL_WIDTH, _INSET, width)
            label.paint(canvas, inner, top + top_of_code, self._part.element().add("P"))
            element = self._part.element().add("P")
            for row in (0, 1):
                # Figures run from left to right whatever the letter does.
                lines = [break_lines([Run(group + " ", _CODE)], width)[0] for group in groups[3 * row : 3 * row + 3]]
                x = setting.within(inner, width, 0.0, sum(line.width for line in lines) + 2 * _CODE_GAP)
                for line in lines:
                    at = top + top_of_code + head + row * _CODE.leading + baseline(_CODE, _CODE.leading)
                    canvas.text(line, x, at, [element])
                    x += line.width + _CODE_GAP
            x = setting.within(left, FULL_WIDTH, FULL_WIDTH - _INSET - _SQUARES, _SQUARES)
            canvas.figure(self._part.element(), _("QR code of the letter code"), x, top + _INSET, _SQUARES, _SQUARES)
            canvas.squares(rows, x, top + _INSET, _SQUARES)

        return Strip(height, paint, before=10.0, breakable=False)

    def _blank(self, label: str) -> Strip:
        """A label, and a line to write on."""
        setting = self._setting
        words = Text(setting, [Run(label, PLAIN)], _LABEL, own_direction=True)
        height = max(_LINE_HEIGHT, words.height + 4)

        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            x = setting.within(left, FULL_WIDTH, 0.0, _LABEL)
            words.paint(canvas, x, top + height - words.height - 1.0, self._part.element().add("P"))
            start = setting.within(left, FULL_WIDTH, _LABEL, FULL_WIDTH - _LABEL)
            canvas.rule(start, top + height - 3.0, FULL_WIDTH - _LABEL, 0.6, LINE)

        return Strip(height, paint, breakable=False)

    def _answers(self, *answers: tuple[str, int]) -> list[Strip]:
        """Boxes to tick, each with so many lines to write on. The boxes are decoration: the words say what they are for."""
        items = Tag("L", self._part, attributes=numbering("None"))
        return [self._answer(items, words, lines) for words, lines in answers]

    def _answer(self, items: Tag, words: str, lines: int) -> Strip:
        setting = self._setting
        shift = _BOX + mm(3)
        text = Text(setting, [Run(words, PLAIN)], FULL_WIDTH - shift, own_direction=True)
        body = Tag("LBody", Tag("LI", items))

        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            canvas.frame(setting.within(left, FULL_WIDTH, 0.0, _BOX), top, _BOX, _BOX, 1.0, INK)
            text.paint(canvas, setting.within(left, FULL_WIDTH, shift, text.width), top - 0.5, body.element())
            start = setting.within(left, FULL_WIDTH, shift, FULL_WIDTH - shift)
            for number in range(lines):
                canvas.rule(start, top + text.height + (number + 1) * _LINE_HEIGHT * 0.8, FULL_WIDTH - shift, 0.6, LINE)

        return Strip(text.height + lines * _LINE_HEIGHT * 0.8 + 5.0, paint, before=3.0, breakable=False)

    def _signature(self) -> Strip:
        """Place and date at one side, room to sign at the other."""
        setting, _ = self._setting, self._
        half = (FULL_WIDTH - mm(6)) / 2
        labels = [Text(setting, [Run(words, PLAIN)], mm(18), own_direction=True) for words in (_("Place"), _("Date"))]
        note = Text(setting, [Run(_("Signature, and stamp if you have one"), NOTE)], half - mm(4), own_direction=True)

        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            for number, words in enumerate(labels):
                at = top + (number + 1) * _SIGNATURE / 2 - 4.0
                x = setting.within(left, FULL_WIDTH, 0.0, words.width)
                words.paint(canvas, x, at - words.height + 2.0, self._part.element().add("P"))
                start = setting.within(left, FULL_WIDTH, mm(18), half - mm(18))
                canvas.rule(start, at, half - mm(18), 0.6, LINE)
            box = setting.within(left, FULL_WIDTH, half + mm(6), half)
            canvas.frame(box, top, half, _SIGNATURE, 0.75, LINE)
            inner = setting.within(box, half, mm(2), note.width)
            note.paint(canvas, inner, top + 3.0, self._part.element().add("P"))

        return Strip(_SIGNATURE, paint, before=2.0, breakable=False)


_nothing: Callable[[TaggedCanvas, float, float], None] = lambda canvas, left, top: None  # noqa: E731
