"""What must be right before a draft can be published: said field by field, while one writes and at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from crsv_desk.domain.admission import MOST_LETTER_BYTES, hidden_in_body
from crsv_desk.domain.blocks import Block
from crsv_desk.domain.colours import LEAST_ON_WHITE, contrast, is_colour
from crsv_desk.domain.errors import DeskError, Refused
from crsv_desk.domain.languages import is_language
from crsv_desk.domain.names import check_name, hidden_character
from crsv_desk.i18n import N_, _
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import Draft, Translation

MOST_RECIPIENT_LINES = 10
MOST_LINE = 300
_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_MOMENT = re.compile(r"20\d\d-\d\d-\d\d(T\d\d:\d\d)?")
_KINDS = {
    "heading": N_("a heading"),
    "paragraph": N_("a paragraph"),
    "item": N_("an item of a list"),
    "quote": N_("a quotation"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a draft from being published. ``field`` is a key of the front matter, "body", or
    "body-LANGUAGE" for a translation."""

    field: str
    sentence: str


def problems(desk: Desk, draft: Draft) -> Sequence[Problem]:
    """Everything that stands in the way, as translated sentences."""
    return tuple(_problems(desk, draft))


def require_publishable(desk: Desk, draft: Draft) -> None:
    """Raises ``Refused`` with the first thing that stands in the way."""
    first = next(_problems(desk, draft), None)
    if first is not None:
        raise Refused("{sentence}", sentence=first.sentence)


def _problems(desk: Desk, draft: Draft) -> Iterator[Problem]:
    yield from _said("subject", lambda: check_name(draft.text("subject"), _("the subject")))
    if draft.text("lead"):
        yield from _said("lead", lambda: check_name(draft.text("lead"), _("the lead organisation")))
    for name in draft.lines("partners"):
        found = list(_said("partners", lambda name=name: check_name(name, _("the organisation's name"))))  # type: ignore[misc]
        yield from found
        if found:
            break
    yield from _lines(draft)
    if draft.text("date") and not _is_time(_DAY, draft.text("date")):
        yield Problem("date", _("Write the date as year-month-day, such as 2026-05-26."))
    if draft.text("deadline") and not is_moment(draft.text("deadline")):
        yield Problem("deadline", _("Write the deadline as 2026-05-22 or 2026-05-22T12:00."))
    yield from accent_problem(draft.text("accent"))
    if not is_language(draft.language):
        yield Problem("language", _("Write the language as a short code, such as nl, fr or ar."))
    yield from _bodies(desk, draft)


def accent_problem(accent: str) -> Iterator[Problem]:
    """A colour of one's own must be dark enough on white paper."""
    if not accent:
        return
    if not is_colour(accent):
        yield Problem("accent", _("Write the colour as # and six figures or letters a to f, such as #12494F."))
    elif (ratio := contrast(accent, "#FFFFFF")) < LEAST_ON_WHITE:
        sentence = _("This colour is too light to read on white: its contrast is {ratio}, and {least} is needed.")
        yield Problem("accent", sentence.format(ratio=f"{ratio:.1f}", least=f"{LEAST_ON_WHITE:.0f}"))


def is_moment(untrusted_text: str) -> bool:
    """Whether it is a day, or a day and a time of day."""
    return _is_time(_MOMENT, untrusted_text)


def _lines(draft: Draft) -> Iterator[Problem]:
    if len(draft.lines("recipient")) > MOST_RECIPIENT_LINES:
        yield Problem("recipient", _("An address has at most {most} lines.").format(most=MOST_RECIPIENT_LINES))
    for key in ("place", "salutation", "closing", "recipient", "notice"):
        for line in draft.lines(key):
            if len(line) > MOST_LINE or "\n" in line:
                yield Problem(key, _("One line of at most {most} characters goes here.").format(most=MOST_LINE))
            elif code := hidden_character(line):
                yield Problem(key, _("There is a hidden character (U+{code}) here; type it again.").format(code=code))


def _bodies(desk: Desk, draft: Draft) -> Iterator[Problem]:
    blocks: tuple[Block, ...] = ()
    try:
        blocks = desk.letters.blocks(draft.body)
    except DeskError as error:
        yield Problem("body", str(error))
        return
    if not blocks:
        yield Problem("body", _("This letter has no text."))
    yield from (Problem("body", sentence) for sentence in _unfit(draft.body))
    taken = {draft.language}
    for one in draft.also:
        yield from (Problem(f"body-{one.language}", sentence) for sentence in _translation(desk, one, blocks, taken))
        taken.add(one.language)


def _translation(desk: Desk, one: Translation, blocks: Sequence[Block], taken: set[str]) -> Iterator[str]:
    if not is_language(one.language):
        yield _("Write the language as a short code, such as nl, fr or ar.")
        return
    if one.language in taken:
        yield _("The language {language} is there twice; give each text its own.").format(language=one.language)
    if not one.subject.strip():
        yield _("The text in {language} has no subject.").format(language=one.language)
    yield from _unfit(one.body)
    try:
        if difference := misfit(blocks, desk.letters.blocks(one.body), one.language):
            yield difference
    except DeskError as error:
        yield str(error)


def _unfit(body: str) -> Iterator[str]:
    """What nobody could take in, of a text however it is built."""
    if code := hidden_in_body(body):
        sentence = _("There is a hidden character (U+{code}) in the text; “Look over” shows where.")
        yield sentence.format(code=code)
    if len(body.encode()) > MOST_LETTER_BYTES:
        yield _("This text is too long for a letter.")


def misfit(first: Sequence[Block], other: Sequence[Block], language: str) -> str:
    """Where a translation has other blocks than the first text: one translated sentence, or nothing. Remarks and
    corrections name blocks, so they must be the same in every language."""
    for number, (one, two) in enumerate(zip(first, other, strict=False), start=1):
        if _shape(one) != _shape(two):
            sentence = _(
                "The text in {language} differs in its build: part {number} is {other} (“{words}”) where the first text has "
                "{one}."
            )
            return sentence.format(
                language=language, number=number, other=_named(two), one=_named(one), words=_beginning(two.text)
            )
    if len(first) != len(other):
        sentence = _(
            "The text in {language} has {count} parts, and the first text has {wanted}; they must be the same."
        )
        return sentence.format(language=language, count=len(other), wanted=len(first))
    return ""


def _shape(block: Block) -> tuple[str, int, str]:
    return block.kind, block.level, block.marker


def _named(block: Block) -> str:
    words = _(_KINDS[block.kind])
    if block.kind == "heading":
        return _("{kind} of level {level}").format(kind=words, level=block.level)
    if block.kind == "item":
        return _("{kind} with “{marker}”").format(kind=words, marker=block.marker) if block.marker else words
    return words


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "")


def _said(field: str, check: Callable[[], object]) -> Iterator[Problem]:
    try:
        check()
    except DeskError as error:
        yield Problem(field, str(error))


def _is_time(pattern: re.Pattern[str], text: str) -> bool:
    if not pattern.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
