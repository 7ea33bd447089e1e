"""A combined letter as PDF/A-3a and PDF/UA-1, before its seal: the same letter gives the same bytes.

Parts are laid out before they are painted, because the first page names the pages of the others.
"""

from __future__ import annotations

from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.progress import Report, Step
from crsv_desk.pdf.attachments import attach
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.evidence import evidence_part
from crsv_desk.pdf.furniture import paint_notice
from crsv_desk.pdf.letter_part import SignedLetter
from crsv_desk.pdf.metadata import About
from crsv_desk.pdf.outline import put_outline, put_page_labels
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.signatories import Signatories


def typeset(letter: CombinedLetter, report: Report) -> bytes:
    """The PDF with an empty seal field.

    Raises:
        DeskError: a character is in none of the fonts, or a picture is none.
    """
    setting = Setting(letter)
    about = _about(setting)
    canvas = TaggedCanvas(about)
    parts = _laid_out(setting, canvas)
    count = sum(part.pages for part, _ in parts)
    front = canvas.body
    for number, (part, spoken) in enumerate(parts):
        report(Step(number, len(parts), part.title))
        spoken.page_count = count
        part.paint(canvas, spoken, lambda canvas: paint_notice(canvas, setting, front))
    put_outline(canvas.document, setting.bookmarks)
    put_page_labels(canvas.document)
    attach(canvas.document, () if letter.edition == "slim" else letter.attachments, about.pdf_date)
    report(Step(len(parts), len(parts)))
    return canvas.finish()


def _laid_out(setting: Setting, canvas: TaggedCanvas) -> list[tuple[Part, Setting]]:
    """Every part with what it is set by: the letter in each of its languages, the signatories, the evidence. The letter
    and the list name later pages, so they are laid out again until the numbers stand."""
    evidence, rows = evidence_part(setting, canvas.body), Signatories(setting, canvas.body)
    settings = [setting, *(setting.beside(text) for text in setting.letter.also)]
    texts = [SignedLetter(one, canvas.body) for one in settings]
    while True:
        letters = [(text.part(), one) for text, one in zip(texts, settings, strict=True)]
        signatories = rows.part()
        before = sum(part.pages for part, _ in letters)
        first = {"letter": 1, "signatories": 1 + before, "evidence": 1 + before + signatories.pages}
        if setting.first_pages == first:
            return [*letters, (signatories, setting), (evidence, setting)]
        for one in settings:
            one.first_pages = first


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
