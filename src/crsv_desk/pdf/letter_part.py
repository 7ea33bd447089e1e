"""The letter: letterhead, address, the signed words, sign-off, and on page 1 who stands beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crsv_desk.domain.changes import Field
from crsv_desk.pdf.body import Body
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.flow import Frame, Strip, frames, glued, place, space
from crsv_desk.pdf.letterhead import Letterhead
from crsv_desk.pdf.measures import (
    ADDRESS,
    ADDRESS_HEIGHT,
    ADDRESS_TOP,
    ARABIC_SUBJECT,
    END_NOTE,
    LEFT,
    LETTER_BOTTOM,
    SUBJECT,
    TEXT_WIDTH,
    TOP,
    mm,
)
from crsv_desk.pdf.paragraphs import Tag, Text, strips
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import LINE, Run, TextStyle
from crsv_desk.pdf.tags import Element

MOST_NAMES_IN_SIGN_OFF = 12
Marked = Callable[[Field, list[Strip]], list[Strip]]


def unmarked(_field: Field, made: list[Strip]) -> list[Strip]:
    """As they are: a letter that is signed marks nothing."""
    return made


class SignedLetter:
    """The letter being laid out: its blocks once, what names later pages again until their numbers are known.

    Raises:
        DeskError: a character is in none of the fonts.
    """

    def __init__(self, setting: Setting, document: Element) -> None:
        self._setting = setting
        self._title = setting.wording.gettext("Letter")
        part = Tag("Part", document, title=self._title, language=setting.part_language)
        self._words, self._aside = Tag("Sect", part), Tag("Sect", part, language=setting.foreign_wording)
        body = Body(setting, self._words)
        self._plain = body.plain
        self._blocks = body.strips()

    def part(self) -> Part:
        """The part, with page numbers as they are known so far."""
        setting, words, aside = self._setting, self._words, self._aside
        letterhead = Letterhead(setting, words, aside)
        flow = [
            *opening(setting, words, self._plain, date_line(setting)),
            *self._blocks,
            *ending(setting, words, self._plain),
            *_end_note(setting, aside),
        ]
        left = setting.left(LEFT, TEXT_WIDTH)
        first = Frame(0, left, _first_top(setting), letterhead.bottom)
        placed = place(flow, frames(first, Frame(0, left, TOP, LETTER_BOTTOM)))

        def before_first(canvas: TaggedCanvas) -> None:
            # The tree's order is the reading order: the signed words first, uninterrupted.
            words.element()
            aside.element()
            letterhead.paint(canvas)

        return Part("letter", self._title, placed, before_first)


def _first_top(setting: Setting) -> float:
    """Below the address; without one the letter begins there."""
    return ADDRESS_TOP + ADDRESS_HEIGHT if setting.letter.text.recipient else ADDRESS_TOP


def date_line(setting: Setting) -> str:
    """Where and when the letter is sent."""
    letter = setting.letter
    date = setting.inserted(setting.wording.letter_date(letter.date))
    return f"{setting.inserted(letter.place)}{setting.wording.comma}{date}" if letter.place else date


def opening(setting: Setting, parent: Tag, plain: TextStyle, line: str, marked: Marked = unmarked) -> list[Strip]:
    """Place and date, subject and salutation; ``marked`` may do something with the strips of either."""
    letter = setting.letter
    made = strips(
        Text(setting, [Run(line, ADDRESS if not setting.right_to_left else plain)], TEXT_WIDTH), Tag("P", parent)
    )
    label = setting.wording.gettext("Subject: {subject}").format(subject=setting.inserted(letter.text.subject))
    style = ARABIC_SUBJECT if setting.right_to_left else SUBJECT
    subject = strips(Text(setting, [Run(label, style)], TEXT_WIDTH, balance=True), Tag("H1", parent), before=7.7)
    setting.remember(subject, setting.wording.gettext("Letter"))
    made += marked("subject", subject)
    if letter.text.salutation:
        salutation = Text(setting, [Run(letter.text.salutation, plain)], TEXT_WIDTH)
        made += marked("salutation", strips(salutation, Tag("P", parent), before=12.0))
    return made


def ending(setting: Setting, parent: Tag, plain: TextStyle, marked: Marked = unmarked) -> list[Strip]:
    """Closing words and sign-off, kept together with the last lines of the text."""
    text, made = setting.letter.text, []
    if text.closing_words:
        closing = Text(setting, [Run(text.closing_words, plain)], TEXT_WIDTH)
        made += marked("closing", strips(closing, Tag("P", parent), before=20.0, keep=True))
    if setting.letter.sign_off.lead:
        names = Text(setting, _sign_off(setting, plain), TEXT_WIDTH, even=False)
        made += marked("lead", strips(names, Tag("P", parent), before=15.0, keep=True))
    return [glued(made, breakable=False)] if made else []


def _sign_off(setting: Setting, plain: TextStyle) -> list[Run]:
    sign_off, _ = setting.letter.sign_off, setting.wording.gettext
    signer = setting.inserted(sign_off.lead)
    if not sign_off.names:
        return [Run(sign_off.lead, plain)]
    if len(sign_off.names) <= MOST_NAMES_IN_SIGN_OFF:
        first = _("{lead}, also on behalf of").format(lead=signer)
        before, lead, after = first.partition(signer)
        names = setting.wording.names([setting.inserted(name) for name in sign_off.names])
        return [
            Run(before, plain),
            Run(lead, plain.but(bold=True)),
            Run(f"{after}\n{names}", plain),
        ]
    many = setting.wording.ngettext(
        "{lead}, also on behalf of {count} organisation (page {page})",
        "{lead}, also on behalf of {count} organisations (page {page})",
        len(sign_off.names),
    )
    fields = {"lead": signer, "count": len(sign_off.names), "page": setting.page_of("signatories")}
    return [Run(many.format(**fields), plain)]


def _end_note(setting: Setting, aside: Tag) -> Sequence[Strip]:
    """A rule and one sentence close the signed words."""
    _ = setting.wording.gettext
    sentence = _(
        "Here ends the text that the organisations signed. Signatories: page {signatories}. Evidence and checking: page "
        "{evidence}."
    ).format(signatories=setting.page_of("signatories"), evidence=setting.page_of("evidence"))
    note = Text(setting, [Run(sentence, END_NOTE)], TEXT_WIDTH, own_direction=True)

    def rule(canvas: TaggedCanvas, left: float, top: float) -> None:
        canvas.rule(left, top, TEXT_WIDTH, 0.5, LINE)

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        note.paint(canvas, left, top, aside.element().add("P"))

    line = Strip(0.5, rule, before=mm(8), breakable=False)
    return [glued([line, space(4.0), Strip(note.height, paint)], breakable=False)]
