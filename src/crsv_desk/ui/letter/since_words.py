"""How it is said that a text is newer than the one that was read or answered, since when, and what stayed the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crsv_desk.domain.changes import BlockChange
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.carry import SinceThen
from crsv_desk.ui.components import Banner, Button, banner


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


def newer_banner(since: SinceThen, button: Button) -> Banner:
    """That the text is newer, and what that means for an answer; ``button`` leads to what changed."""
    changed = since.summary if since.comparable else ""
    if since.still_counts:
        title = _("This text is a correction of the one you signed")
        text = _("Your signature counts for it unless you object.")
        return banner("accent", title, f"{changed}. {text}".lstrip(". "), button)
    if since.objected:
        text = _("Your signature counts for version {number} alone").format(number=since.old)
        return banner("warn", _("You objected to this correction"), f"{changed}. {text}.".lstrip(". "), button)
    if since.answered and not since.endorsed:
        title = _("This text is newer than the one you answered")
        return banner("accent", title, f"{changed}. {_('You may answer anew.')}".lstrip(". "), button)
    if since.answered:
        title = _("This text is newer than the one you answered")
        text = _("Your answer does not count for this text. Read it, and answer again.")
        return banner("warn", title, f"{changed}. {text}".lstrip(". "), button)
    return banner("accent", _("This text is newer than the one you read"), changed, button)
