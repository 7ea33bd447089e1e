"""The running text of a letter: what its pages say without what they repeat, so that it does not matter where they end.

Nothing is left out that somebody could have added: a page must begin and end with exactly what a page of its number and
part repeats, once, and everything else on it is running text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repeated:
    """What the pages of one part repeat, without white space, if the document had as many pages as there are ``feet``."""

    notice: str
    """How each page begins; may be empty."""
    heads: Sequence[str]
    """By page: what stands before the foot on a page that has a head."""
    feet: Sequence[str]
    """By page: how it ends."""
    letterhead: bool
    """Whether the part's first page has no head."""
    table_row: str = ""
    """The header row of the part's table, repeated where a page begins inside it; or empty."""
    table_end: str = ""
    """The last words of that table."""
    rows: Sequence[tuple[str, str]] = ()
    """How each row of the part's list begins, and what is repeated where a page begins inside it."""


@dataclass(frozen=True, slots=True)
class Running:
    """The text of each part, and the number of its first page, from 1."""

    texts: tuple[str, ...]
    first_pages: tuple[int, ...]


def running(pages: Sequence[str], parts: Sequence[Repeated]) -> Running | None:
    """Join the texts of ``pages``, without white space; ``None`` where one of them is no page of these parts in turn."""
    texts: list[str] = []
    first_pages: list[int] = []
    for number, page in enumerate(pages):
        if texts and (body := _body(page, parts[len(texts) - 1], number, head=True)) is not None:
            part = parts[len(texts) - 1]
            if _in_table(texts[-1], part):
                if not body.startswith(part.table_row):
                    return None
                body = body.removeprefix(part.table_row)
            body = body.removeprefix(_going_on(texts[-1], part))
            texts[-1] += body
            continue
        if len(texts) == len(parts):
            return None
        begun = _body(page, parts[len(texts)], number, head=not parts[len(texts)].letterhead)
        if begun is None:
            return None
        texts.append(begun)
        first_pages.append(number + 1)
    return Running(tuple(texts), tuple(first_pages)) if len(texts) == len(parts) else None


def _body(page: str, part: Repeated, number: int, *, head: bool) -> str | None:
    """What stands between the notice and head and foot of page ``number``, from 0."""
    end = (part.heads[number] if head else "") + part.feet[number]
    fits = page.startswith(part.notice) and page.endswith(end) and len(page) >= len(part.notice) + len(end)
    return page[len(part.notice) : len(page) - len(end)] if fits else None


def _in_table(text: str, part: Repeated) -> bool:
    """Whether what follows ``text`` is a further row of the part's table."""
    start = text.find(part.table_row) if part.table_row else -1
    return start >= 0 and text.find(part.table_end, start + len(part.table_row)) < 0


def _going_on(text: str, part: Repeated) -> str:
    """What is repeated of the row in which ``text`` ends, where a page begins inside it; empty where it is in none."""
    at, found = 0, ""
    for name, again in part.rows:
        if (at := text.find(name, at)) < 0:
            break
        found = again
    return found
