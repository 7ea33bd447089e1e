"""That an organisation has the letter and will answer, but not yet: in version 1 a general comment whose first line says
so. It is no remark on the text, and nothing in it has to be settled."""

from __future__ import annotations

import re

from crsv_desk.domain.statements import Comment

RECEIVED = "We have received the letter and are reading it."
_BEFORE = "No answer before "
_DAY = re.compile(_BEFORE + r"(20\d\d-\d\d-\d\d)\.")


def not_yet(day: str = "", text: str = "") -> str:
    """The text of the comment; ``day`` as ``2026-06-12``, or empty where none is known."""
    first = f"{_BEFORE}{day}." if day else RECEIVED
    return f"{first}\n{text}".rstrip("\n")


def parts(text: str) -> tuple[str, str] | None:
    """The day that such a text names, or empty, and what it says beside that; ``None`` for any other text."""
    if not text.startswith((_BEFORE, RECEIVED)):  # there may be thousands, and nearly all end here
        return None
    first, _line, rest = text.partition("\n")
    if first == RECEIVED:
        return "", rest
    found = _DAY.fullmatch(first)
    return (found[1], rest) if found else None


def notice(comment: Comment) -> tuple[str, str] | None:
    """The same of a comment: one on the whole letter that answers no other."""
    general = comment.kind == "comment" and not comment.block and not comment.refers
    return parts(comment.text) if general else None


def is_notice(comment: Comment) -> bool:
    """Whether it says that an answer comes later, and nothing of the text."""
    return notice(comment) is not None


def day_of(comment: Comment) -> str:
    """The day before which no answer comes; empty for any other comment and for a notice without a day."""
    return (notice(comment) or ("", ""))[0]
