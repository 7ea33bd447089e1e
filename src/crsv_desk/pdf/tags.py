"""The structure tree: what a screen reader reads, in the order in which it reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from crsv_desk.pdf.objects import text_string


class Content(NamedTuple):
    """Marked content of a page: the page's number from 0, and the number of the mark on it."""

    page: int
    mark: int


class Annotation(NamedTuple):
    """A link or a form field that belongs to an element."""

    object_name: str
    page: int


@dataclass(slots=True, eq=False)
class Element:
    """One element, e.g. a paragraph. Its children stand in reading order."""

    role: str
    parent: Element | None = None
    attributes: bytes = b""
    kids: list[Element | Content | Annotation] = field(default_factory=list)
    object_number: int = 0

    def __post_init__(self) -> None:
        if self.parent is not None:
            self.parent.kids.append(self)

    def add(self, role: str, *, alt: str = "", language: str = "", title: str = "", attributes: bytes = b"") -> Element:
        """A new last child.

        Args:
            role: a standard structure type.
            alt: alternative text of a figure.
            language: BCP 47, where it differs from what is around it.
            title: the element's title.
            attributes: further entries of its dictionary, e.g. ``/A<<...>>``.
        """
        for key, value in ((b"/Alt", alt), (b"/Lang", language), (b"/T", title)):
            if value:
                attributes += key + text_string(value)
        return Element(role, self, attributes)


COLUMN_HEADER = b"/A<</O/Table/Scope/Column>>"
ROW_HEADER = b"/A<</O/Table/Scope/Row>>"


def numbering(kind: str) -> bytes:
    """How a list is numbered: ``Disc``, ``Decimal`` or ``None``."""
    return b"/A<</O/List/ListNumbering/" + kind.encode() + b">>"


def box(left: float, bottom: float, right: float, top: float) -> bytes:
    """Where a figure stands on its page, in points from the lower left corner."""
    return b"/A<</O/Layout/BBox[%.2f %.2f %.2f %.2f]>>" % (left, bottom, right, top)
