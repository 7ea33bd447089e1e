"""That an organisation will answer, but not yet: in version 1 a general comment whose first line says so."""

from __future__ import annotations

import re

from crsv_desk.domain.statements import Comment

_LINE = re.compile(r"No answer before (20\d\d-\d\d-\d\d)\.(?:\n|$)")


def not_before(day: str, text: str = "") -> str:
    """The text of the comment; ``day`` as ``2026-06-12``."""
    return f"No answer before {day}.\n{text}".rstrip("\n")


def day_of(comment: Comment) -> str:
    """The day before which no answer comes, or empty for any other comment."""
    found = _LINE.match(comment.text) if comment.kind == "comment" and not comment.block else None
    return found[1] if found else ""


def words_of(comment: Comment) -> str:
    """What the comment says beside the day."""
    return _LINE.sub("", comment.text, count=1) if day_of(comment) else comment.text
