"""Numbered statements (letters, calls, closings): their order, their heads, and two under one number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Literal

from crsv_desk.domain.admission import Held
from crsv_desk.domain.dossier import Conflict
from crsv_desk.domain.statements import Call, Closing, Endorsement, Letter

Numbered = Letter | Call | Closing


def numbered(one: Held) -> Numbered:
    """The statement of a numbered type. Raises ``AssertionError`` for another."""
    assert isinstance(one.statement, Numbered)
    return one.statement


def ordered(held: Iterable[Held]) -> tuple[Held, ...]:
    """By number, then id: the same everywhere."""
    return tuple(sorted(held, key=lambda one: (numbered(one).n, one.id)))


def heads(held: Iterable[Held]) -> tuple[Held, ...]:
    """Those that no later one names in ``prev``."""
    everything = tuple(held)
    named = {target for one in everything for target in numbered(one).prev}
    return ordered(one for one in everything if one.id not in named)


def conflicts(kind: Literal["letter", "call"], held: Iterable[Held]) -> tuple[Conflict, ...]:
    """Every number that two share while no later one names both; and heads that contradict each other."""
    everything = ordered(held)
    found = []
    settled = [set(numbered(one).prev) for one in everything]
    for number, group in groupby(everything, key=lambda one: numbered(one).n):
        ids = tuple(one.id for one in group)
        if len(ids) > 1 and not any(set(ids) <= prev for prev in settled):
            found.append(Conflict(kind, number, ids))
    loose = heads(everything)
    if len(loose) > 1 and not found:
        found.append(Conflict(kind, max(numbered(one).n for one in loose), tuple(sorted(one.id for one in loose))))
    return tuple(found)


def to_name(kind: Literal["letter", "call"], held: Iterable[Held]) -> tuple[str, ...]:
    """What a next one names in ``prev``: those that no later one names, and all that contradict each other, also where
    somebody has gone on from one of them: it settles what stands."""
    everything = tuple(held)
    last = {one.id for one in heads(everything)}
    return tuple(sorted(last.union(*(clash.ids for clash in conflicts(kind, everything)))))


def counts_for(endorsement: Endorsement, letter: Held, letters: Mapping[str, Held], objected: frozenset[str]) -> bool:
    """Whether an endorsement counts for ``letter``: it names it, or allows corrections and only corrections lie
    between, none of which its organisation objected to (ids in ``objected``). What settles several texts, or changes
    anything around the paragraphs, corrects nothing."""
    todo, seen = [letter.id], set[str]()
    while todo:
        target = todo.pop()
        if target == endorsement.letter:
            return True
        held = letters.get(target)
        if held is None or target in seen or target in objected:
            continue
        seen.add(target)
        version = held.statement
        assert isinstance(version, Letter)
        if endorsement.corrections and _corrects(version, [letters.get(one) for one in version.prev]):
            todo.extend(version.prev)
    return False


def _corrects(version: Letter, earlier: list[Held | None]) -> bool:
    if not version.correction.blocks or len(earlier) != 1 or earlier[0] is None:
        return False
    before = earlier[0].statement
    return isinstance(before, Letter) and _around(before) == _around(version)


def _around(letter: Letter) -> object:
    """Everything that is signed but the paragraphs themselves."""
    texts = [(one.language, one.subject, one.salutation, one.closing, one.authentic) for one in letter.texts]
    return letter.lead, letter.recipient, texts
