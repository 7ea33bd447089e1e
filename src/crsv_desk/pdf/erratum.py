"""The erratum: one page that says who no longer signs a letter that was sent. The letter's own file is not touched."""

from __future__ import annotations

from collections.abc import Sequence

from crsv_desk.domain.codes import spoken
from crsv_desk.domain.paper import Erratum
from crsv_desk.domain.progress import Report, Step
from crsv_desk.pdf.attachments import attach
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.evidence_tables import short_id
from crsv_desk.pdf.flow import Frame, Strip, frames, place
from crsv_desk.pdf.furniture import paint_notice
from crsv_desk.pdf.measures import (
    BOTTOM,
    CELL,
    CELL_CODE,
    CELL_HEAD,
    FULL_WIDTH,
    HEADING,
    LEFT,
    NOTE,
    PLAIN,
    TITLE,
    TOP,
    mm,
)
from crsv_desk.pdf.metadata import About
from crsv_desk.pdf.outline import put_outline, put_page_labels
from crsv_desk.pdf.paragraphs import Tag, Text, strips
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.seal_box import SEAL_FIELD
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import HAIR, LINE, Run, TextStyle
from crsv_desk.pdf.tags import COLUMN_HEADER, ROW_HEADER

_FIRST = TextStyle("serif", 11.5, 17)
_WIDTHS = (mm(45), mm(60), mm(60))
_PADDING, _GAP = mm(1.5), mm(2)
_INSET, _FIELD = mm(5), (mm(51), mm(24))
_LABEL = mm(38)


def typeset_erratum(erratum: Erratum, report: Report) -> bytes:
    """The PDF with an empty seal field; the same erratum gives the same bytes.

    Raises:
        DeskError: a character is in none of the fonts.
    """
    setting = Setting(erratum.letter)
    letter, _ = setting.letter, setting.wording.gettext
    title = _("Erratum {number} to the letter of {date}").format(
        number=erratum.number, date=setting.wording.letter_date(erratum.sent)
    )
    about = About(
        title=f"{title}: {letter.text.subject}",
        author=letter.lead,
        subject=_("Erratum"),
        keywords=_("Letter code {code}").format(code=setting.code),
        language=letter.text.language,
        time=letter.closing_time,
    )
    canvas = TaggedCanvas(about)
    front = canvas.body
    tag = Tag("Part", canvas.body, title=_("Erratum"), language=setting.foreign_wording)
    frame = Frame(0, setting.left(LEFT, FULL_WIDTH), TOP, BOTTOM)
    part = Part("erratum", _("Erratum"), place(_Page(setting, erratum, tag, title).strips(), frames(frame, frame)))
    setting.page_count = part.pages
    report(Step(0, 1, part.title))
    part.paint(canvas, setting, lambda canvas: paint_notice(canvas, setting, front))
    put_outline(canvas.document, setting.bookmarks)
    put_page_labels(canvas.document)
    attach(canvas.document, letter.attachments, about.pdf_date)
    report(Step(1, 1))
    return canvas.finish()


class _Page:
    def __init__(self, setting: Setting, erratum: Erratum, part: Tag, title: str) -> None:
        self._setting, self._erratum, self._part, self._title = setting, erratum, part, title
        self._ = setting.wording.gettext
        self._sent = setting.wording.letter_date(erratum.sent)
        self._today = setting.wording.letter_date(erratum.date)

    def strips(self) -> list[Strip]:
        """Everything, from what happened to the seal."""
        _, erratum, setting = self._, self._erratum, self._setting
        head = self._paragraph(self._title, TITLE.but(colour=setting.accent), "H1")
        setting.remember(head, self._title)
        made = [*head, *self._paragraph(self._what_happened(), _FIRST, before=6.0)]
        made += self._heading(_("What changes"))
        made += self._table()
        made += self._heading(_("What this means"))
        stays = _(
            "The letter that you received on {date} stays a right account of what was signed on that day, so its file is not"
            " changed. This erratum belongs with it and takes precedence."
        )
        made += self._paragraph(stays.format(date=self._sent))
        names = setting.wording.names([setting.inserted(one.organisation) for one in erratum.left])
        if names:
            rest = _(
                "Do not name {names} as a signatory from now on. Nothing follows from this for the letter or the others."
            )
            made += self._paragraph(rest.format(names=names), before=5.0)
        made += self._heading(_("Who signs from {date} on").format(date=self._today))
        made += self._paragraph(self._remaining(), TextStyle("serif", 10, 14.5))
        if erratum.unnamed_now:
            words = setting.wording.ngettext(
                "And {count} organisation that is not named for reasons of safety.",
                "And {count} organisations that are not named for reasons of safety.",
                erratum.unnamed_now,
            )
            made += self._paragraph(words.format(count=erratum.unnamed_now), NOTE, before=4.0)
        return [*made, *self._heading(_("Proof")), self._proof()]

    def _what_happened(self) -> str:
        _, setting, left = self._, self._setting, self._erratum.left
        names = setting.wording.names([setting.inserted(one.organisation) for one in left])
        unnamed = self._erratum.unnamed_before - self._erratum.unnamed_now
        parts = []
        if names:
            sentence = setting.wording.ngettext(
                "{names} has taken back its signature.", "{names} have taken back their signatures.", len(left)
            )
            parts.append(sentence.format(names=names))
        if unnamed:
            sentence = setting.wording.ngettext(
                "{count} organisation without a name no longer signs.",
                "{count} organisations without a name no longer sign.",
                unnamed,
            )
            parts.append(sentence.format(count=unnamed))
        return " ".join([*parts, _("The text of the letter is the same.")])

    def _remaining(self) -> str:
        setting = self._setting
        return setting.wording.semicolon.join(map(setting.inserted, self._erratum.remaining))

    def _paragraph(self, words: str, style: TextStyle = PLAIN, role: str = "P", before: float = 0.0) -> list[Strip]:
        text = Text(self._setting, [Run(words, style)], FULL_WIDTH, own_direction=True)
        return strips(text, Tag(role, self._part), before=before)

    def _heading(self, words: str) -> list[Strip]:
        made = self._paragraph(words, HEADING.but(colour=self._setting.accent), "H2", before=14.0)
        self._setting.remember(made, words, below=True)
        return [*made, Strip(5.0, lambda canvas, left, top: None, breakable=False)]

    def _table(self) -> list[Strip]:
        _, erratum = self._, self._erratum
        rows = [
            (_("Organisations by name"), str(erratum.named_before), str(erratum.named_now)),
            (_("Organisations without a name"), str(erratum.unnamed_before), str(erratum.unnamed_now)),
        ]
        for one in erratum.left:
            signed = _("Signatory, number {number}").format(number=self._setting.inserted(short_id(one.endorsement)))
            rows.append((one.organisation, signed, _("No signatory any more")))
        rows.append(
            (
                _("Text of the letter"),
                _("Letter code {code}").format(code=self._setting.inserted(self._setting.code)),
                _("The same letter code"),
            )
        )
        table = Tag("Table", self._part)
        titles = (
            "",
            self._compared(),
            _("From {date} on").format(date=self._today),
        )
        head = self._row(Tag("THead", table), titles, CELL_HEAD.but(colour=self._setting.accent), header=True)
        body = Tag("TBody", table)
        return [head, *(self._row(body, row, CELL, header=False) for row in rows)]

    def _compared(self) -> str:
        """What the numbers before are of: the letter, or the erratum that was sent last."""
        if self._erratum.number == 1:
            return self._("In the letter of {date}").format(date=self._sent)
        date = self._setting.wording.letter_date(self._erratum.before)
        return self._("In erratum {number} of {date}").format(number=self._erratum.number - 1, date=date)

    def _row(self, group: Tag, words: Sequence[str], style: TextStyle, header: bool) -> Strip:
        setting = self._setting
        cells = [
            Text(
                setting,
                [Run(said or self._("Part"), style.but(bold=True) if number == 0 else style)],
                width - _GAP,
                own_direction=True,
                even=False,
            )
            for number, (said, width) in enumerate(zip(words, _WIDTHS, strict=True))
        ]
        height = max(cell.height for cell in cells) + 2 * _PADDING

        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            row = group.element().add("TR")
            if header:
                canvas.rule(left, top, FULL_WIDTH, 0.75, setting.accent)
            offset = 0.0
            for number, (cell, width) in enumerate(zip(cells, _WIDTHS, strict=True)):
                if header:
                    owner = row.add("TH", attributes=COLUMN_HEADER)
                else:
                    owner = row.add("TH", attributes=ROW_HEADER) if number == 0 else row.add("TD")
                x = setting.within(left, FULL_WIDTH, offset, width - _GAP)
                cell.paint(canvas, x, top + _PADDING, owner)
                offset += width
            canvas.rule(left, top + height, FULL_WIDTH, 0.5 if header else 0.35, LINE if header else HAIR)

        return Strip(height, paint, breakable=False)

    def _proof(self) -> Strip:
        _, setting, letter, erratum = self._, self._setting, self._setting.letter, self._erratum
        width = FULL_WIDTH - 3 * _INSET - _FIELD[0]
        facts = []
        for one in erratum.left:
            words = _("taken back; the secretariat declares it")
            if one.refusal:
                words = _("taken back on {date}, number {number}").format(
                    date=setting.wording.moment(one.time), number=setting.inserted(short_id(one.refusal))
                )
            facts.append((one.organisation, words, CELL))
        facts += [
            (_("Sealed"), setting.wording.moment(letter.closing_time), CELL),
            (_("Secretariat"), letter.lead, CELL),
            (_("Key code"), spoken(letter.secretariat_key), CELL_CODE),
            (_("Belongs to closing"), erratum.closing[:32] + "\n" + erratum.closing[32:], CELL_CODE),
        ]
        rows = [
            (
                Text(setting, [Run(label, CELL_HEAD.but(colour=setting.accent))], _LABEL - mm(2), own_direction=True),
                Text(setting, [Run(words, style)], width - _LABEL, own_direction=True, even=False),
            )
            for label, words, style in facts
        ]
        note = Text(
            setting, [Run(_("Your PDF reader shows the digital seal here."), NOTE)], _FIELD[0], own_direction=True
        )
        inside = sum(max(one.height, two.height) + 2.0 for one, two in rows)
        height = max(inside, _FIELD[1] + 4.0 + note.height) + 2 * _INSET

        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            canvas.frame(left, top, FULL_WIDTH, height, 1.5, setting.accent)
            inner, at = setting.within(left, FULL_WIDTH, _INSET, width), top + _INSET
            for label, words in rows:
                element = self._part.element().add("P")
                label.paint(canvas, setting.within(inner, width, 0.0, label.width), at, element)
                words.paint(canvas, setting.within(inner, width, _LABEL, words.width), at, element)
                at += max(label.height, words.height) + 2.0
            field = setting.within(left, FULL_WIDTH, FULL_WIDTH - _INSET - _FIELD[0], _FIELD[0])
            note.paint(canvas, field, top + _INSET + _FIELD[1] + 4.0, self._part.element().add("P"))
            canvas.frame(field, top + _INSET, *_FIELD, 0.5, HAIR)
            form = self._part.element().add("Form")
            canvas.signature_field(form, SEAL_FIELD, _("Signature of the secretariat"), field, top + _INSET, *_FIELD)

        return Strip(height, paint, breakable=False)
