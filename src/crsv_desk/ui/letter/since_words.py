"""How the page of changes says since when, and what stayed the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crsv_desk.domain.changes import BlockChange
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.carry import SinceThen


def title(since: SinceThen) -> str:
    """What the page asks and answers."""
    if since.endorsed:
        return _("What changed since you signed?")
    return _("What changed since you answered?") if since.answered else _("What changed since you read it?")


def subtitle(since: SinceThen) -> str:
    """Between which versions."""
    if since.endorsed:
        words = _("You signed version {old}. Now there is version {new}.")
    elif since.answered:
        words = _("You answered version {old}. Now there is version {new}.")
    else:
        words = _("You read version {old}. Now there is version {new}.")
    return words.format(old=since.old, new=since.new)


def the_same(changes: Sequence[BlockChange], numbers: Mapping[str, int]) -> str:
    """Which paragraphs, by their ``numbers``, are as they were."""
    same = [numbers[one.block.id] for one in changes if one.kind == "same" and numbers.get(one.block.id)]
    if not same:
        return _("Every paragraph changed.")
    words = ngettext(
        "Paragraph {numbers} is the same to the letter.", "Paragraphs {numbers} are the same to the letter.", len(same)
    )
    return words.format(numbers=_ranges(same))


def _ranges(numbers: Sequence[int]) -> str:
    """``1, 2, 4–6``."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and groups[-1][-1] == number - 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    words = []
    for group in groups:
        words += [f"{group[0]}–{group[-1]}"] if len(group) > 2 else [str(number) for number in group]
    return ", ".join(words)
