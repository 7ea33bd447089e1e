"""A part of the document: its pages, what stands on them, and what every page of it repeats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.flow import Placed
from crsv_desk.pdf.furniture import paint_furniture
from crsv_desk.pdf.setting import Setting

Adorn = Callable[[TaggedCanvas], None]
Furniture = Callable[[TaggedCanvas, Setting, str, bool], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One part, laid out."""

    key: str
    title: str
    """Named in the head of its pages."""
    placed: Sequence[Placed]
    before_first: Adorn | None = None
    """Paints what stands on its first page outside the flow, before everything else."""

    furniture: Furniture = paint_furniture
    """Paints head and foot."""

    @property
    def pages(self) -> int:
        """How many pages it takes."""
        return 1 + max((one.page for one in self.placed), default=0)

    def paint(
        self, canvas: TaggedCanvas, setting: Setting, notice: Callable[[TaggedCanvas], None], report: Report = silent
    ) -> None:
        """Paint every page of it; ``notice`` paints the document's notice."""
        by_page: dict[int, list[Placed]] = {}
        for one in self.placed:
            by_page.setdefault(one.page, []).append(one)
        for page in range(self.pages):
            report(Step(page, self.pages, self.title))
            notice(canvas)
            if page == 0 and self.before_first is not None:
                self.before_first(canvas)
            for one in by_page.get(page, ()):
                one.strip.paint(canvas, one.left, one.top)
            # What is painted before the flow is a letterhead, which takes the place of the head.
            self.furniture(canvas, setting, self.title, page > 0 or self.before_first is None)
            canvas.showPage()
