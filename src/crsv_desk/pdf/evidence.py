"""What the document proves and how to check it: conditional, in plain words. A page cannot prove itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crsv_desk.domain.audit import openssl_commands
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.progress import Report, silent
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.code_box import code_box
from crsv_desk.pdf.corrections_part import corrections
from crsv_desk.pdf.evidence_tables import named_table, withheld_list
from crsv_desk.pdf.flow import Frame, Strip, frames, glued, place, space
from crsv_desk.pdf.lines import break_lines
from crsv_desk.pdf.measures import (
    BOTTOM,
    COMMAND,
    FULL_WIDTH,
    GUTTER,
    HEADING,
    LEAD,
    LEFT,
    LIMIT,
    NOTE,
    PLAIN,
    TITLE,
    TOP,
    mm,
)
from crsv_desk.pdf.paragraphs import Tag, Text, baseline, strips
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.seal_box import seal_box
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import Run, TextStyle
from crsv_desk.pdf.tags import Element, numbering

_BELOW_HEADING = Strip(5.0, lambda canvas, left, top: None, breakable=False)
_DASH = mm(4.6)
_NUMBER = mm(10)
_COMPANY = 70.0


def evidence_part(setting: Setting, document: Element, report: Report = silent) -> Part:
    """Lay the evidence out. Raises ``DeskError``: a character is in none of the fonts."""
    title = setting.wording.gettext("Evidence and checking")
    part = Tag("Part", document, title=title, language=setting.foreign_wording)
    page = _Evidence(setting, part, report)
    frame = Frame(0, setting.left(LEFT, FULL_WIDTH), TOP, BOTTOM)
    before, limits, after = page.strips()
    # The limits stay together unless that takes a page more.
    together = [replace(strip, breakable=strip.breakable and not number) for number, strip in enumerate(limits)]
    flow, whole = [*before, *limits, *after], [*before, *together, *after]
    placed, placed_whole = place(flow, frames(frame, frame)), place(whole, frames(frame, frame))
    if placed_whole[-1].page <= placed[-1].page:
        flow, placed = whole, placed_whole
    seal, first_number = (_index(flow, one) for one in (page.seal, page.first_number))
    if placed[seal].top < TOP + _COMPANY:
        placed = place(_with_company(flow, seal), frames(frame, frame))
    if first_number >= 0:
        setting.places["withheld"] = placed[first_number].page
    return Part("evidence", title, placed)


def _kept(flow: Sequence[Strip]) -> list[Strip]:
    """``flow`` with what follows a heading on its page."""
    return [
        replace(strip, breakable=False) if number and flow[number - 1] is _BELOW_HEADING else strip
        for number, strip in enumerate(flow)
    ]


def _index(flow: Sequence[Strip], one: Strip | None) -> int:
    """Where ``one`` stands; -1 where it does not."""
    return next((number for number, strip in enumerate(flow) if strip is one), -1)


def _with_company(flow: Sequence[Strip], at: int) -> list[Strip]:
    """``flow`` with some of what stands above the strip ``at`` on its page: hardly more than the seal on one looks added."""
    made = list(flow)
    room = 0.0
    while room < _COMPANY and at:
        made[at] = replace(made[at], breakable=False)
        at -= 1
        room += made[at].before + made[at].height
    return made


class _Evidence:
    def __init__(self, setting: Setting, part: Tag, report: Report) -> None:
        self._setting, self._part, self._report = setting, part, report
        self._ = setting.wording.gettext
        self.first_number: Strip | None = None
        """The first of the numbers that stand in place of names."""
        self.seal: Strip | None = None
        """The heading of the seal."""

    def strips(self) -> tuple[list[Strip], list[Strip], list[Strip]]:
        """Everything: up to the limits, these, and from the rows to the seal."""
        _ = self._
        title = _("What this document proves, and how to check it")
        head = self._paragraph(title, TITLE.but(colour=self._setting.accent), "H1")
        self._setting.remember(head, title)
        intro = _(
            "CRSV Desk, the program with which the organisations signed, added these pages. They are not part of the letter."
        )
        before = [
            *head,
            *self._paragraph(intro, LEAD, before=9.0),
            self._two_columns(),
            *self._heading(_("The letter code")),
            code_box(self._setting, self._part),
            *self._heading(_("Three ways to check")),
            *self._ways(),
        ]
        seal = self._heading(_("The secretariat's seal"))
        self.seal = seal[0]
        after = [
            *self._heading(_("Endorsements by name")),
            *named_table(self._setting, self._part, self._report),
            *self._note(
                _(
                    "Times are as each signer's own computer claimed them. A key code is the fingerprint of the key that signed."
                )
            ),
            *self._corrections(),
            *self._withheld(),
            *self._attested(),
            *seal,
            seal_box(self._setting, self._part),
        ]
        return _kept(before), _kept(self._limits()), _kept(after)

    # Pieces -----------------------------------------------------------------------------------------------------

    def _paragraph(
        self, words: str, style: TextStyle = PLAIN, role: str = "P", before: float = 0.0, keep: bool = False
    ) -> list[Strip]:
        text = Text(self._setting, [Run(words, style)], FULL_WIDTH, own_direction=True)
        return strips(text, Tag(role, self._part), before=before, keep=keep)

    def _heading(self, words: str) -> list[Strip]:
        made = self._paragraph(words, HEADING.but(colour=self._setting.accent), "H2", before=12.0)
        self._setting.remember(made, words, below=True)
        return [*made, _BELOW_HEADING]

    def _note(self, words: str) -> list[Strip]:
        return self._paragraph(words, NOTE, before=5.0, keep=True)

    def _two_columns(self) -> Strip:
        """What a passed check establishes, beside what it does not."""
        _, setting = self._, self._setting
        sealed = setting.wording.day(setting.letter.closing_time[:10])
        exactly = _("Each organisation in the table below signed exactly this text, with a key of its own.")
        if setting.letter.corrected:
            exactly = _(
                "Each organisation in the table below signed exactly this text, or the version before it that is named under"
                " the table, with a key of its own."
            )
        proved = [
            exactly,
            _("Nothing in this file was changed after it was sealed."),
            _("The secretariat sealed it, by its own clock on {date}.").format(date=sealed),
        ]
        open_questions = [
            _("Whether a person named here was entitled to sign. The secretariat asked; a computer cannot know."),
            _("The exact times: they come from the signers' own computers."),
            _("Whether what the letter says is true."),
        ]
        columns = (
            self._column(_("If the check passes, this is certain"), proved),
            self._column(_("This is not certain then"), open_questions),
        )
        width = (FULL_WIDTH - GUTTER) / 2

        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            for number, column in enumerate(columns):
                column.paint(canvas, setting.within(left, FULL_WIDTH, number * (width + GUTTER), width), top)

        return Strip(max(column.height for column in columns), paint, before=15.0)

    def _column(self, title: str, points: Sequence[str]) -> Strip:
        width = (FULL_WIDTH - GUTTER) / 2
        head = Text(self._setting, [Run(title, HEADING.but(colour=self._setting.accent))], width, own_direction=True)
        items = Tag("L", self._part, attributes=numbering("Disc"))
        made = strips(head, Tag("H2", self._part))
        for number, point in enumerate(points):
            made += self._item(point, items, width, _DASH, "–", 4.0 if number == 0 else 2.5)
        return glued(made)

    def _item(
        self,
        words: str,
        items: Tag,
        width: float,
        indent: float,
        marker: str,
        before: float,
        style: TextStyle = PLAIN,
    ) -> list[Strip]:
        setting = self._setting
        text = Text(setting, [Run(words, style)], width - indent, own_direction=True, divide=True)
        item = Tag("LI", items)
        label = Tag("Lbl", item)

        def paint_label(canvas: TaggedCanvas, left: float, top: float) -> None:
            [line] = break_lines([Run(marker, style)], indent, base=setting.base)
            x = setting.within(left, width, 0.0, line.width)
            canvas.text(line, x, top + baseline(style, text.leading), [label.element()])

        shift = 0.0 if setting.right_to_left else indent
        return strips(text, Tag("LBody", item), before=before, indent=shift, first=paint_label)

    def _ways(self) -> list[Strip]:
        _, setting = self._, self._setting
        items = Tag("L", self._part, attributes=numbering("Decimal"))
        ways = (
            (
                _("With CRSV Desk"),
                _("Open this PDF in the program. It checks the seal and every endorsement, sets the pages again and "
                  "compares them. Compare the secretariat's code by telephone, on a number that you looked up yourself "
                  "and not on one from this letter."),
                (),
            ),
            (
                _("With your own PDF reader"),
                _("Open its signature panel. It must say that the document was not changed since it was sealed. That the "
                  "signer is unknown to it is right: the organisations vouch for their own keys, no company does."),
                (),
            ),
            (
                _("With openssl"),
                self._where_statements_are(),
                openssl_commands(self._first_endorsement()),
            ),
        )  # fmt: skip
        made: list[Strip] = []
        for number, (title, words, commands) in enumerate(ways, start=1):
            made.append(self._way(items, number, title, words, commands, setting))
        return made

    def _where_statements_are(self) -> str:
        _ = self._
        if self._setting.letter.edition == "slim":
            return _(
                "Unpack the file that came beside this PDF with unzip. Each file in it that ends in .crsv is one signed "
                "statement. These lines check the first endorsement; the last must print a line, and statement.json then "
                "holds what was signed."
            )
        return _(
            "Save the attachments of this PDF. Each file that ends in .crsv is one signed statement. These lines check the "
            "first endorsement; the last must print a line, and statement.json then holds what was signed."
        )

    def _first_endorsement(self) -> str:
        letter = self._setting.letter
        first = next((one for one in letter.attachments if one.name.startswith("endorsement")), None)
        if first is None:
            return "endorsement.crsv"
        # In a bundle, files bear the digest of their content.
        return f"{identifier(first.data)}.crsv" if letter.edition == "slim" else first.name

    def _way(self, items: Tag, number: int, title: str, words: str, commands: Sequence[str], setting: Setting) -> Strip:
        width = FULL_WIDTH - _NUMBER
        item = Tag("LI", items)
        label, body = Tag("Lbl", item), Tag("LBody", item)
        big = TITLE.but(colour=setting.accent)

        def paint_label(canvas: TaggedCanvas, left: float, top: float) -> None:
            [line] = break_lines([Run(str(number), big)], _NUMBER, base=setting.base)
            canvas.text(
                line, setting.within(left, FULL_WIDTH, 0.0, line.width), top + baseline(big, 18), [label.element()]
            )

        shift = 0.0 if setting.right_to_left else _NUMBER
        heading = Text(setting, [Run(title, PLAIN.but(bold=True))], width, own_direction=True)
        text = Text(setting, [Run(words, PLAIN)], width, own_direction=True)
        made = strips(heading, Tag("P", body), indent=shift, first=paint_label)
        made += strips(text, Tag("P", body), indent=shift, before=1.0)
        code = Tag("Code", body)
        for place_, command in enumerate(commands):
            run = Run(command, COMMAND, language="zxx")
            line = Text(setting, [run], width, even=False, own_direction=True, from_left=True)
            made += strips(line, code, indent=shift, before=3.0 if place_ == 0 else 0.0)
        return glued([*made, space(5.0)])

    def _corrections(self) -> list[Strip]:
        made = corrections(self._setting, self._part)
        return [*self._heading(self._("Corrected since some signed")), *made] if made else []

    def _withheld(self) -> list[Strip]:
        letter, ngettext, _ = self._setting.letter, self._setting.wording.ngettext, self._
        if not letter.withheld:
            return []
        count = len(letter.withheld)
        sentence = ngettext(
            "{count} organisation is not named for reasons of safety. The secretariat declares that it knows its name and checked "
            "its signature in the same way. Its number stands in place of its name:",
            "{count} organisations are not named for reasons of safety. The secretariat declares that it knows their names and "
            "checked their signatures in the same way. Their numbers stand in place of their names:",
            count,
        ).format(count=count)
        numbers = withheld_list(self._setting, self._part)
        self.first_number = numbers[0]
        return [*self._heading(_("Endorsements without a name")), *self._paragraph(sentence), *numbers]

    def _attested(self) -> list[Strip]:
        letter, ngettext, _ = self._setting.letter, self._setting.wording.ngettext, self._
        if not letter.attested:
            return []
        by = {
            "mail": _("{count} by e-mail"),
            "paper": _("{count} on paper"),
            "phone": _("{count} by telephone"),
            "meeting": _("{count} in a meeting"),
            "message": _("{count} by message"),
        }
        sentence = ngettext(
            "The secretariat declares that {count} organisation answered yes by other means: {ways}. No signature of that "
            "organisation is in this file, and it is not counted above.",
            "The secretariat declares that {count} organisations answered yes by other means: {ways}. No signatures of those "
            "organisations are in this file, and they are not counted above.",
            letter.attested,
        ).format(
            count=letter.attested,
            ways=self._setting.wording.comma.join(by[how].format(count=count) for how, count in letter.declared),
        )
        return [*self._heading(_("Declared by the secretariat")), *self._paragraph(sentence)]

    def _limits(self) -> list[Strip]:
        _, letter = self._, self._setting.letter
        limits = [
            _("The secretariat keeps the list of which key belongs to which organisation. Who does not trust the secretariat "
              "compares an organisation's key code with that organisation itself."),
            _("What was learned after the seal, such as a withdrawal or a newer list of keys, is not in this file."),
            _("A program that is offline cannot tell an old list of keys from the newest one."),
            _("Thirty figures suffice to compare by telephone. Programs and the QR code compare the whole numbers."),
        ]  # fmt: skip
        if letter.withheld:
            limits.append(
                _("Only an auditor can tell an organisation without a name from an invented one, and one whom the secretariat "
                  "chose proves little. Nor can it be ruled out that one was counted twice.")
            )  # fmt: skip
            limits.append(
                _("A few without a name can be guessed; e-mails and the times of files can show who sent what.")
            )
        items = Tag("L", self._part, attributes=numbering("Disc"))
        made = self._heading(_("Limits"))
        for number, limit in enumerate(limits):
            made += self._item(limit, items, FULL_WIDTH, _DASH, "–", 0.0 if number == 0 else 2.0, LIMIT)
        wrong = _("If something is not right, do not rely on this document, and ask the secretariat.")
        return [*made, *self._paragraph(wrong, LIMIT.but(bold=True), before=5.0, keep=True)]
