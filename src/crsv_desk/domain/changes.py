"""What changed between two versions of a letter, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crsv_desk.domain.blocks import Block
from crsv_desk.i18n import _, ngettext


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


def summary(changes: Sequence[BlockChange]) -> str:
    """One line: "3 paragraphs changed, 1 added"."""
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
    return ", ".join(parts) if parts else _("Nothing changed.")
