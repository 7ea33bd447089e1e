"""A combined letter as PDF/A-3a and PDF/UA-1, before its seal: the same letter gives the same bytes.

Parts are laid out before they are painted, because the first page names the pages of the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.domain.progress import part as within
from crsv_desk.i18n import N_
from crsv_desk.pdf.attachments import attach
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.evidence import evidence_part
from crsv_desk.pdf.evidence_tables import repeated_row
from crsv_desk.pdf.furniture import paint_notice
from crsv_desk.pdf.letter_part import SignedLetter
from crsv_desk.pdf.measures import FULL_WIDTH, LEAD, LEFT, TOP
from crsv_desk.pdf.metadata import About
from crsv_desk.pdf.outline import put_outline, put_page_labels
from crsv_desk.pdf.paragraphs import Text
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.signatories import Signatories
from crsv_desk.pdf.styles import Run

MOST_ROUNDS = 8
"""Two are the rule: the first with numbers as wide as any, the second with the right ones. A further one is needed only
where a shorter number moved the end of a page, which moves a number; a number can become shorter a few times at most.
What has not settled then goes round for ever, as each layout follows from the numbers before it."""


STEPS, LAID_OUT, PAINTED, ATTACHED = 100, 40, 80, 90
"""How far it is when everything is laid out, when every page is painted, and when files are attached: about, with many
organisations."""


@dataclass(frozen=True, slots=True)
class Repeating:
    """What the pages of one part repeat, set without all the rest."""

    key: str
    """"letter", "signatories" or "evidence"."""
    letterhead: bool
    """Whether its first page has no head."""
    pdf: bytes
    """The feet of so many pages, each below a word; these pages again, with their heads; a page with the notice; one with
    the header row of the table of endorsements; and one with the word alone."""


def typeset(letter: CombinedLetter, report: Report, first_pages: Mapping[str, int] | None = None) -> bytes:
    """The PDF with an empty seal field.

    Args:
        first_pages: the numbers that the text names as the first pages of its parts, from 1, instead of those where they
            are here: to compare the text with one whose pages end elsewhere.

    Raises:
        DeskError: a character is in none of the fonts, a picture is none, or the numbers of pages never settle.
    """
    setting = Setting(letter)
    about = _about(setting)
    canvas = TaggedCanvas(about)
    parts = _laid_out(setting, canvas, first_pages, within(report, 0, LAID_OUT, STEPS))
    count = sum(part.pages for part, _ in parts)
    front = canvas.body
    for part, spoken in parts:
        spoken.page_count = count
        pages = LAID_OUT + (PAINTED - LAID_OUT) * canvas.page // count
        more = LAID_OUT + (PAINTED - LAID_OUT) * (canvas.page + part.pages) // count
        told = within(report, pages, more, STEPS)
        part.paint(canvas, spoken, lambda canvas: paint_notice(canvas, setting, front), told)
    put_outline(canvas.document, setting.bookmarks)
    put_page_labels(canvas.document)
    attached = () if letter.edition == "slim" else letter.attachments
    attach(canvas.document, attached, about.pdf_date, within(report, PAINTED, ATTACHED, STEPS))
    made = canvas.finish(within(report, ATTACHED, STEPS, STEPS))
    report(Step(STEPS, STEPS))
    return made


def typeset_repeated(letter: CombinedLetter, count: int) -> Sequence[Repeating]:
    """What pages repeat, part by part, if there were ``count`` of them. Raises ``DeskError``."""
    setting = Setting(letter)
    about = _about(setting)
    made = []
    for part, spoken in _laid_out(setting, TaggedCanvas(about)):
        canvas = TaggedCanvas(about)
        spoken.page_count = count
        for head in (False, True):
            canvas.page = 0  # whose number it prints
            for _ in range(count):
                # A reader takes the first line of a page otherwise where it runs from right to left: no foot is one.
                _paint_word(canvas, spoken, part.title)
                part.furniture(canvas, spoken, part.title, head)
                canvas.showPage()
        paint_notice(canvas, setting, canvas.body)
        canvas.showPage()
        repeated_row(setting).paint(canvas, 0.0, TOP)
        canvas.showPage()
        _paint_word(canvas, spoken, part.title)
        canvas.showPage()
        made.append(Repeating(part.key, part.before_first is not None, canvas.finish()))
    return made


def _paint_word(canvas: TaggedCanvas, setting: Setting, word: str) -> None:
    text = Text(setting, [Run(word, LEAD)], FULL_WIDTH)
    text.paint(canvas, setting.left(LEFT, FULL_WIDTH), TOP, canvas.body.add("P"))


def _laid_out(
    setting: Setting,
    canvas: TaggedCanvas,
    first_pages: Mapping[str, int] | None = None,
    report: Report = silent,
) -> list[tuple[Part, Setting]]:
    """Every part with what it is set by: the letter in each of its languages, the signatories, the evidence. The letter
    and the list name later pages, so they are laid out again until the numbers stand. Raises ``DeskError``: they never do.
    """
    evidence = evidence_part(setting, canvas.body, within(report, 0, 2, 3))
    rows = Signatories(setting, canvas.body, within(report, 2, 3, 3))
    settings = [setting, *(setting.beside(text) for text in setting.letter.also)]
    texts = [SignedLetter(one, canvas.body) for one in settings]
    for _round in range(MOST_ROUNDS):
        letters = [(text.part(), one) for text, one in zip(texts, settings, strict=True)]
        signatories = rows.part()
        before = sum(part.pages for part, _ in letters)
        last = 1 + before + signatories.pages
        first = {"letter": 1, "signatories": 1 + before, "evidence": last}
        first |= {name: last + page for name, page in setting.places.items()}
        if setting.first_pages == (first_pages or first):
            return [*letters, (signatories, setting), (evidence, setting)]
        for one in settings:
            one.first_pages = dict(first_pages or first)
    raise DeskError(
        N_(
            "The page numbers in this letter do not settle; change a few words, the order or the sign-off, and try again."
        )
    )


def _about(setting: Setting) -> About:
    letter, _ = setting.letter, setting.wording.gettext
    date = setting.wording.letter_date(letter.date)
    named, unnamed = len(letter.signatories), len(letter.withheld)
    return About(
        title=f"{letter.text.subject} ({date})",
        author=letter.lead,
        subject=_("{named} by name, {unnamed} without a name").format(named=named, unnamed=unnamed),
        keywords=_("Letter code {code}").format(code=setting.code),
        language=letter.text.language,
        time=letter.closing_time,
    )
