"""The text that stands, or the draft, as a file for other programs: .docx, Markdown, or a PDF marked as a draft."""

from __future__ import annotations

from crsv_desk.domain.changes import BlockChange, FieldChange
from crsv_desk.domain.draft_paper import DraftLetter
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.domain.fair_copy import FairCopy
from crsv_desk.domain.languages import direction
from crsv_desk.domain.paper import LetterText
from crsv_desk.domain.progress import silent
from crsv_desk.domain.statements import Call
from crsv_desk.i18n import N_, translations
from crsv_desk.services.between import around, around_draft, compare_fields
from crsv_desk.services.book import Volume, letter_blocks, open_volume
from crsv_desk.services.closing import ACCENT
from crsv_desk.services.desk import Desk
from crsv_desk.services.draft_against import changes_since
from crsv_desk.services.drafting import UNNAMED, Draft, Translation, load_draft
from crsv_desk.services.next_version import next_version
from crsv_desk.services.revise import as_published

KINDS = (".docx", ".md", ".pdf")
NAME = N_("DRAFT version {number}")
"""How a draft is called on its pages and by its file."""


def export(desk: Desk, dossier: str, kind: str, published: bool = False, language: str = "") -> bytes:
    """The file. Without ``published`` it is the draft, where this workspace has one. Raises ``DeskError``: there is no
    such text; ``UsageError``: no such language or kind."""
    if kind.lower() not in KINDS:
        raise UsageError(N_("The name of the file must end in one of: {kinds}"), kinds=", ".join(KINDS))
    draft = _draft(desk, dossier, published)
    text = _language(draft, language)
    if kind.lower() == ".pdf":
        return desk.paper.typeset_draft(draft_pages(desk, draft, text, published), silent)
    if kind.lower() == ".md":
        return desk.letters.markdown(_front(draft, text), text.body)
    return desk.letters.docx(
        FairCopy(
            language=text.language,
            direction=direction(text.language),
            recipient=draft.lines("recipient"),
            place=draft.text("place"),
            date=draft.text("date"),
            subject=text.subject,
            salutation=text.salutation,
            blocks=desk.letters.blocks(text.body),
            closing=text.closing,
            lead=draft.text("lead"),
        )
    )


def export_name(desk: Desk, dossier: str, kind: str, published: bool = False, language: str = "") -> str:
    """A name for the file. It opens with the words that mark the draft, and never says what the letter is about."""
    draft = _draft(desk, dossier, published)
    text = _language(draft, language)
    words = translations(text.language).gettext(NAME).format(number=_version(desk, draft, published)[0])
    return f"{words} {text.language}{kind}" if draft.also else f"{words}{kind}"


def draft_pages(desk: Desk, draft: Draft, text: Translation, published: bool = False) -> DraftLetter:
    """Everything that the pages of a draft say."""
    number, before, same = _version(desk, draft, published)
    volume = open_volume(desk, draft.dossier) if draft.dossier else None
    current = volume.state.current if volume is not None else None
    compared = _compared(volume, current.id if current is not None else "", same)
    blocks = desk.letters.blocks(text.body)
    changes: tuple[BlockChange, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    if volume is not None and compared and text.language in {one.language for one in volume.letter(compared).texts}:
        only = Draft(draft.dossier, {"language": text.language}, text.body)
        fields = compare_fields(desk, around(volume.letter(compared)), around_draft(draft, [text]))
        if text.language == volume.letter(compared).texts[0].language:
            changes = tuple(changes_since(desk, volume, compared, only))
            blocks = desk.letters.carry_ids(text.body, letter_blocks(desk, volume, compared))
        else:
            earlier = letter_blocks(desk, volume, compared, text.language)
            blocks = desk.letters.carry_ids(text.body, earlier)
            changes = tuple(desk.letters.compare(earlier, blocks))
    return DraftLetter(
        text=LetterText(
            language=text.language,
            direction=direction(text.language),
            recipient=draft.lines("recipient"),
            subject=text.subject,
            salutation=text.salutation,
            blocks=blocks,
            closing_words=text.closing,
        ),
        lead=draft.text("lead"),
        lead_logo=draft.logo,
        place=draft.text("place"),
        date=draft.text("date"),
        names=tuple(name for name in draft.lines("partners") if name != draft.text("lead")),
        version=number,
        before=before if changes else 0,
        changes=changes,
        fields=fields,
        deadline=draft.text("deadline"),
        time=desk.clock.now(),
        accent=(draft.text("accent") or ACCENT).upper(),
        letter=current.id if current is not None and same else "",
    )


def _compared(volume: Volume | None, current: str, same: bool) -> str:
    """The version that changes are counted from: the one that stands, or the one before where the text is the same."""
    if volume is None or not current:
        return ""
    if not same:
        return current
    earlier = [one for one in volume.letter(current).prev if one in volume.held]
    return earlier[0] if len(earlier) == 1 else ""


def _version(desk: Desk, draft: Draft, published: bool) -> tuple[int, int, bool]:
    """The version that the pages show, the one before it, and whether the pages show what is published."""
    if draft.dossier == UNNAMED:
        return 1, 0, False
    plan = next_version(desk, draft)
    if plan.before and (published or plan.same):
        return plan.before, plan.before - 1, True
    return plan.number, plan.before, False


def _draft(desk: Desk, dossier: str, published: bool) -> Draft:
    draft = load_draft(desk, dossier)
    if draft is not None and not published:
        return draft
    volume = open_volume(desk, dossier)
    if volume.state.current is None:
        raise DeskError(N_("The text of this letter has not been published yet."))
    return _as_published(desk, volume, draft)


def _as_published(desk: Desk, volume: Volume, draft: Draft | None) -> Draft:
    """The version that stands, with what only the secretariat knows where this is its workspace."""
    assert volume.state.current is not None
    call = volume.state.call.statement if volume.state.call is not None else None
    own = draft.front if draft is not None else {}
    known = {key: own[key] for key in ("place", "date", "accent", "partners", "countries") if key in own}
    known["deadline"] = call.deadline if isinstance(call, Call) else ""
    return as_published(desk, volume, volume.state.current.id, Draft(volume.state.dossier, known, ""))


def _language(draft: Draft, language: str) -> Translation:
    known = ", ".join(one.language for one in draft.texts)
    for one in draft.texts:
        if language in ("", one.language):
            return one
    raise UsageError(N_("This letter is not in {language}; it is in: {known}"), language=language, known=known)


def _front(draft: Draft, text: Translation) -> dict[str, object]:
    """The fields of one language: those of the first text hold for all."""
    if text.language == draft.language:
        return dict(draft.front)
    said = {"subject": text.subject, "salutation": text.salutation, "closing": text.closing, "language": text.language}
    return {**said, "authentic": "yes" if text.authentic else ""}
