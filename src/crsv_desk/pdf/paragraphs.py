"""Paragraphs: text as strips of one line each, with its elements, and with rules on where a page may break."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from typing import Any

from crsv_desk.pdf import bidi
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.flow import Strip
from crsv_desk.pdf.languages import by_language
from crsv_desk.pdf.lines import Line, break_lines
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import Run, TextStyle
from crsv_desk.pdf.tags import Element

_TALL_SCRIPTS = {
    "Mymr": 1.75,
    "Arab": 1.4,
    "Ethi": 1.3,
    "Khmr": 1.75,
    "Thai": 1.5,
    "Deva": 1.4,
    "Beng": 1.4,
    "Taml": 1.4,
}
"""The leading that a script needs, as a multiple of the size."""


class Tag:
    """An element that comes to be when it is first painted, so that the tree's order is the order of painting."""

    def __init__(self, role: str, parent: Tag | Element | None, **entries: Any) -> None:
        self._role, self._parent, self._entries = role, parent, entries
        self._element: Element | None = None

    def element(self) -> Element:
        """The element itself."""
        if self._element is None:
            parent = self._parent.element() if isinstance(self._parent, Tag) else self._parent
            self._element = Element(self._role, None) if parent is None else parent.add(self._role, **self._entries)
        return self._element


def baseline(style: TextStyle, leading: float) -> float:
    """How far below the upper edge of its line text stands."""
    return (leading - style.size) / 2 + style.size * 0.77


def line_height(line: Line, leading: float) -> float:
    """The leading, or more where a script needs it."""
    scripts = {(atom.shaped.script, line.runs[atom.run].style.size) for atom in line.atoms if not atom.space}
    return max([leading, *(_TALL_SCRIPTS[script] * size for script, size in scripts if script in _TALL_SCRIPTS)])


def direction_of(setting: Setting, text: str) -> int:
    """The direction of a paragraph that may not be in the letter's language: its own words decide."""
    if not setting.right_to_left and not bidi.needs_bidi(text):
        return 0
    return bidi.levels(text)[0]


class Text:
    """A paragraph set in lines, to be painted at a place; ``from_left`` begins them there whatever the letter does."""

    def __init__(
        self,
        setting: Setting,
        runs: Sequence[Run],
        width: float,
        *,
        language: str = "",
        own_direction: bool = False,
        even: bool = True,
        divide: bool = False,
        balance: bool = False,
        from_left: bool = False,
    ) -> None:
        self._setting = setting
        if setting.wording.arabic and not from_left:
            runs = [replace(run, style=setting.legible(run.style)) for run in runs]
        parts = [(number, part) for number, run in enumerate(runs) for part in _by_language(run, setting.home_scripts)]
        self.runs = runs = [part for _number, part in parts]
        self.origins = [number for number, _part in parts]
        """Of which of the runs that it was given each of its runs is a part: words in another script are one of their own."""
        self._from_right = setting.right_to_left and not from_left
        self.width = width
        self.leading = max(run.style.leading for run in runs) if runs else 0.0
        style = max((run.style for run in runs), key=lambda style: style.size)
        base = direction_of(setting, "".join(run.text for run in runs)) if own_direction else setting.base
        language = language or setting.letter.text.language
        self.lines = break_lines(runs, width, base=base, language=language, even=even, divide=divide, balance=balance)
        self.heights = [line_height(line, self.leading) for line in self.lines]
        self.height = sum(self.heights)
        self._style = style

    @property
    def right_to_left(self) -> bool:
        """Whether its lines begin at the right edge."""
        return self._setting.right_to_left

    def paint_line(
        self, canvas: TaggedCanvas, number: int, left: float, top: float, owners: Sequence[Element] | None
    ) -> None:
        """Paint one line, aligned to the side where the letter's lines begin."""
        line, height = self.lines[number], self.heights[number]
        x = left + self.width - line.width if self._from_right else left
        extra = height - self.leading
        canvas.text(line, x, top + extra * 0.6 + baseline(self._style, self.leading), owners)

    def paint(self, canvas: TaggedCanvas, left: float, top: float, element: Element | None) -> None:
        """Paint every line as a part of ``element``; without it, of what is marked already."""
        owners = None if element is None else owners_of(self.runs, element, {})
        for number, height in enumerate(self.heights):
            self.paint_line(canvas, number, left, top, owners)
            top += height


def _by_language(run: Run, home: Set[str]) -> Sequence[Run]:
    if run.language or run.link:
        return [run]
    return [replace(run, text=text, language=language) for text, language in by_language(run.text, home)]


def owners_of(runs: Sequence[Run], element: Element, known: dict[int, Element]) -> list[Element]:
    """The element of each run: the paragraph's own, a Link, or a Span in another language."""
    owners: list[Element] = []
    for number, run in enumerate(runs):
        if (run.link or run.language) and number not in known:
            known[number] = (
                element.add("Link", language=run.language) if run.link else element.add("Span", language=run.language)
            )
        owners.append(known.get(number, element))
    return owners


def strips(
    text: Text,
    tag: Tag,
    *,
    before: float = 0.0,
    indent: float = 0.0,
    keep: bool = False,
    first: Callable[[TaggedCanvas, float, float], None] | None = None,
) -> list[Strip]:
    """The paragraph's lines as strips: two at least on either side of a page's end, and no divided word across it.

    Args:
        tag: the paragraph's element.
        before: space above.
        indent: how far from the start of the column it begins.
        keep: it stays on the page of what stands above it.
        first: paints something beside the first line, e.g. an item's label.
    """
    known: dict[int, Element] = {}
    count = len(text.lines)

    def painter(number: int) -> Callable[[TaggedCanvas, float, float], None]:
        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            if number == 0 and first is not None:
                first(canvas, left, top)
            owners = owners_of(text.runs, tag.element(), known)
            text.paint_line(canvas, number, left + indent, top, owners)

        return paint

    return [
        Strip(
            text.heights[number],
            painter(number),
            before if number == 0 else 0.0,
            not keep if number == 0 else 1 < number < count - 1 and not text.lines[number - 1].divided,
        )
        for number in range(count)
    ]
