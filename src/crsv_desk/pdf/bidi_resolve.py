"""UAX #9, rules W1 to W7, N0 to N2, I1 and I2: what the characters of one isolating run sequence resolve to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crsv_desk.pdf.bidi_brackets import CLOSING, CLOSING_OF, canonical

INITIATORS = frozenset(("LRI", "RLI", "FSI"))
REMOVED = frozenset(("RLE", "LRE", "RLO", "LRO", "PDF", "BN"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"))
_MOST_OPEN_BRACKETS = 63


@dataclass(frozen=True, slots=True)
class Run:
    """An isolating run sequence: indices into the paragraph, its level, and the direction before and after it."""

    indices: list[int]
    level: int
    start: str
    end: str


def resolve(text: str | None, types: Sequence[str], original: Sequence[str], levels: list[int], run: Run) -> None:
    """Set ``levels`` for the run. ``types`` are the classes after overrides; without ``text`` there are no brackets."""
    kinds = [types[index] for index in run.indices]
    _weak(kinds, run.start)
    if text is not None:
        _brackets(kinds, [text[index] for index in run.indices], [original[index] for index in run.indices], run)
    _neutral(kinds, run)
    for kind, index in zip(kinds, run.indices, strict=True):
        if run.level & 1:
            levels[index] = run.level + (kind in ("L", "EN", "AN"))
        else:
            levels[index] = run.level + (1 if kind == "R" else 2 if kind in ("AN", "EN") else 0)


def _weak(kinds: list[str], start: str) -> None:
    """W1 to W7."""
    previous = start
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = "ON" if previous in INITIATORS or previous == "PDI" else previous
        previous = kinds[place]
    strong = start
    for place, kind in enumerate(kinds):
        if kind in ("R", "L", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
    for place, kind in enumerate(kinds):
        if kind == "AL":
            kinds[place] = "R"
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if (kind == "ES" and before == after == "EN") or (kind == "CS" and before == after and before in ("EN", "AN")):
            kinds[place] = before
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > place and ((place and kinds[place - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")):
            kinds[place:end] = ["EN"] * (end - place)
        place = end + 1
    strong = start
    for place, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
        elif kind in ("R", "L"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _direction(kind: str) -> str | None:
    if kind in ("R", "EN", "AN"):
        return "R"
    return "L" if kind == "L" else None


def _brackets(kinds: list[str], characters: Sequence[str], original: Sequence[str], run: Run) -> None:
    """N0."""
    embedding = "R" if run.level & 1 else "L"
    for opening, closing in _pairs(kinds, characters):
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]}
        if embedding in inside:
            direction = embedding
        elif inside - {None}:
            context = next((d for d in map(_direction, reversed(kinds[:opening])) if d), run.start)
            opposite = "L" if embedding == "R" else "R"
            direction = opposite if context == opposite else embedding
        else:
            continue
        for place in (opening, closing):
            kinds[place] = direction
            mark = place + 1
            while mark < len(kinds) and original[mark] == "NSM":
                kinds[mark] = direction
                mark += 1


def _pairs(kinds: Sequence[str], characters: Sequence[str]) -> list[tuple[int, int]]:
    """BD16."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for place, character in enumerate(characters):
        if kinds[place] != "ON":
            continue
        if character in CLOSING_OF:
            if len(waiting) == _MOST_OPEN_BRACKETS:
                return []
            waiting.append((canonical(CLOSING_OF[character]), place))
        elif character in CLOSING:
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == canonical(character):
                    pairs.append((waiting[depth][1], place))
                    del waiting[depth:]
                    break
    return sorted(pairs)


def _neutral(kinds: list[str], run: Run) -> None:
    """N1, N2."""
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > place:
            before = (_direction(kinds[place - 1]) or "R") if place else run.start
            after = (_direction(kinds[end]) or "R") if end < len(kinds) else run.end
            kinds[place:end] = [before if before == after else "R" if run.level & 1 else "L"] * (end - place)
        place = end + 1
