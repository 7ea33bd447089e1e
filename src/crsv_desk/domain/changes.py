"""What changed between two versions of a letter, word by word; and words with some of the changes made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from crsv_desk.domain.blocks import Block
from crsv_desk.i18n import _, ngettext

_SIGNS = ".,;:!?…()[]«»‹›“”„‘’\"'"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stayed, or were taken out or put in."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One block of either version. A changed one has its runs in reading order."""

    kind: Literal["same", "changed", "added", "removed"]
    block: Block
    """The new block; the old one where it was removed."""
    runs: tuple[Run, ...]


Field = Literal["recipient", "subject", "salutation", "closing", "lead"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field around the text that differs."""

    field: Field
    language: str
    """Of the text that it belongs to; empty for the first one, and for what is of no language."""
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One place where words change: the characters from ``start`` to ``end`` of the old text become ``added``."""

    start: int
    end: int
    removed: str
    added: str


def field_name(field: Field) -> str:
    """A field around the text, translated."""
    return {
        "recipient": _("Address"),
        "subject": _("Subject"),
        "salutation": _("Salutation"),
        "closing": _("Closing words"),
        "lead": _("Lead organisation"),
    }[field]


def summary(changes: Sequence[BlockChange], fields: Sequence[FieldChange] = ()) -> str:
    """One line: "3 paragraphs changed, 1 added, another subject"."""
    changed = sum(one.kind == "changed" for one in changes)
    added = sum(one.kind == "added" for one in changes)
    removed = sum(one.kind == "removed" for one in changes)
    parts = []
    if changed:
        parts.append(ngettext("{count} paragraph changed", "{count} paragraphs changed", changed).format(count=changed))
    if added:
        parts.append(ngettext("{count} added", "{count} added", added).format(count=added))
    if removed:
        parts.append(ngettext("{count} removed", "{count} removed", removed).format(count=removed))
    named = {
        "recipient": _("another address"),
        "subject": _("another subject"),
        "salutation": _("another salutation"),
        "closing": _("other closing words"),
        "lead": _("another lead organisation"),
    }
    parts += dict.fromkeys(named[one.field] for one in fields)
    return ", ".join(parts) if parts else _("Nothing changed.")


def edits(runs: Sequence[Run]) -> tuple[Edit, ...]:
    """The places that change, in the old text's order."""
    found: list[Edit] = []
    at, start, removed, added = 0, 0, "", ""
    for run in (*runs, Run("same", "")):
        if run.kind == "same":
            if removed or added:
                found.append(Edit(start, start + len(removed), removed, added))
            at += len(run.text)
            start, removed, added = at, "", ""
        elif run.kind == "removed":
            removed += run.text
            at += len(run.text)
        else:
            added += run.text
    return tuple(found)


def with_edits(old: str, chosen: Collection[Edit]) -> str:
    """``old`` with the chosen changes made. They must not overlap."""
    result, at = "", 0
    for edit in sorted(chosen, key=lambda one: (one.start, one.end)):
        result += old[at : edit.start] + edit.added
        at = edit.end
    return result + old[at:]


def says(text: str, old: str, claimed: Collection[Edit], whole: bool = True) -> bool:
    """Whether ``text`` says what the changes would make of ``old``, wherever in it: the words that each puts in stand in
    it, together, as often as they would, and those that it takes out no oftener; of changes that only put words in another
    order, each with the words beside it. Capitals and signs beside a word matter only to a change of nothing else. Without
    ``whole`` one of the changes is enough."""
    wanted = _words(with_edits(old, claimed))
    if all(_is_there(one, wanted, _words(old)) for one in claimed):
        found = [_count(_words(text), beside) > 0 for beside in _with_words_beside(old, claimed)]
    else:
        found = [_is_there(one, wanted, _words(text)) for one in claimed]
    return all(found) if whole else any(found)


def takes_back(text: str, old: str, claimed: Collection[Edit]) -> bool:
    """Whether ``text``, in which the changes were once made, has words again that one of them took out, and not those that
    it put in."""
    wanted = _words(with_edits(old, claimed))
    for one in claimed:
        added, removed, should, does = _comparable(one, wanted, _words(text))
        back = removed and _count(does, removed) > _count(should, removed)
        if back and (not added or _count(does, added) < _count(should, added)):
            return True
    return False


def _is_there(one: Edit, wanted: Sequence[str], text: Sequence[str]) -> bool:
    added, removed, should, does = _comparable(one, wanted, text)
    there = not added or _count(does, added) >= _count(should, added)
    return there and (not removed or _count(does, removed) <= _count(should, removed))


def _comparable(one: Edit, wanted: Sequence[str], text: Sequence[str]) -> Sequence[Sequence[str]]:
    found = (_words(one.added), _words(one.removed), wanted, text)
    return found if _plain(found[0]) == _plain(found[1]) else tuple(_plain(words) for words in found)


def _with_words_beside(old: str, claimed: Collection[Edit]) -> Iterator[Sequence[str]]:
    """What each change puts in, with up to two words on either side."""
    result, grown = with_edits(old, claimed), 0
    for one in sorted(claimed, key=lambda edit: (edit.start, edit.end)):
        start = one.start + grown
        grown += len(one.added) - (one.end - one.start)
        end = start + len(one.added)
        yield [*_words(result[:start])[-2:], *_words(one.added), *_words(result[end:])[:2]]


def _words(text: str) -> list[str]:
    return text.split()


def _plain(words: Sequence[str]) -> list[str]:
    """The words without capitals and the signs around them; what is nothing but signs stays."""
    return [word.strip(_SIGNS).casefold() or word for word in words]


def _count(text: Sequence[str], words: Sequence[str]) -> int:
    return f"  {'  '.join(text)}  ".count(f" {'  '.join(words)} ")


def merged(old: str, ours: Collection[Edit], theirs: Collection[Edit]) -> str | None:
    """``old`` with the changes of both, each made once where both agree; ``None`` where they get in each other's
    way."""
    both = {*ours, *theirs}
    ordered = sorted(both, key=lambda one: (one.start, one.end))
    for one, following in pairwise(ordered):
        if following.start < one.end or following.start == one.start:
            return None
    return with_edits(old, both)
