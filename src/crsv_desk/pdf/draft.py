"""A draft as PDF/A-3a and PDF/UA-1: the letter with line numbers and change bars, what changed, and a reply sheet.

It says on every page, in real text, that it is a draft; it carries no code, mark or seal of a signed letter, and no
logo but the lead's.
"""

from __future__ import annotations

from crsv_desk.domain.draft_paper import DraftLetter
from crsv_desk.domain.paper import CombinedLetter, SignOff
from crsv_desk.domain.progress import Report, Step
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.draft_changes import changes_part
from crsv_desk.pdf.draft_furniture import draft_name
from crsv_desk.pdf.draft_letter import LineNumbers, draft_letter_part
from crsv_desk.pdf.metadata import About
from crsv_desk.pdf.outline import put_outline, put_page_labels
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.reply_sheet import reply_sheet_part
from crsv_desk.pdf.setting import Setting

_NOTHING = "0" * 64


def typeset_draft(draft: DraftLetter, report: Report) -> bytes:
    """The PDF; the same draft gives the same bytes.

    Raises:
        DeskError: a character is in none of the fonts, or a picture is none.
    """
    setting = Setting(_as_letter(draft))
    about = _about(setting, draft)
    canvas = TaggedCanvas(about)
    lines = LineNumbers()
    parts: list[Part] = [draft_letter_part(setting, draft, canvas.body, lines)]
    if draft.before and (draft.fields or any(one.kind != "same" for one in draft.changes)):
        parts.append(changes_part(setting, draft, canvas.body, lines))
    if draft.letter:
        parts.append(reply_sheet_part(setting, draft, canvas.body))
    setting.page_count = sum(part.pages for part in parts)
    for number, part in enumerate(parts):
        report(Step(number, len(parts), part.title))
        part.paint(canvas, setting, lambda canvas: None)
    put_outline(canvas.document, setting.bookmarks)
    put_page_labels(canvas.document)
    report(Step(len(parts), len(parts)))
    return canvas.finish()


def _as_letter(draft: DraftLetter) -> CombinedLetter:
    """The rooms of the paper know combined letters: this one is signed by nobody."""
    return CombinedLetter(
        text=draft.text,
        lead=draft.lead,
        lead_logo=draft.lead_logo,
        place=draft.place,
        date=draft.date or draft.time[:10],
        sign_off=SignOff(draft.lead, draft.names),
        signatories=(),
        withheld=(),
        declared=(),
        dossier=_NOTHING,
        letter=draft.letter or _NOTHING,
        closing=_NOTHING,
        secretariat_key=_NOTHING,
        closing_time=draft.time,
        edition="public",
        accent=draft.accent,
        notice="",
        attachments=(),
    )


def _about(setting: Setting, draft: DraftLetter) -> About:
    _ = setting.wording.gettext
    return About(
        title=f"{draft_name(setting, draft)}: {draft.text.subject}",
        author=draft.lead,
        subject=_("Draft for reading: not signed, do not quote"),
        keywords="",
        language=draft.text.language,
        time=draft.time,
    )
