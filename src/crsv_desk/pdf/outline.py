"""Bookmarks, two levels deep, and page labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase.pdfdoc import PDFObjectReference

from crsv_desk.pdf.document import TaggedDocument
from crsv_desk.pdf.objects import Body, text_string


@dataclass(slots=True)
class Bookmark:
    """A place in the document: page from 0, height in points from the page's lower edge."""

    title: str
    page: int
    top: float
    below: list[Bookmark] = field(default_factory=list)


def put_outline(document: TaggedDocument, bookmarks: Sequence[Bookmark]) -> None:
    """Keep ``bookmarks`` as the document's outline, open to the first level."""
    if not bookmarks:
        return
    _level(document, bookmarks, "outline", "outline")
    count = len(bookmarks)
    document.Catalog.Outlines = PDFObjectReference("outline")
    document.put(
        "outline",
        Body(
            lambda made: (
                b"<</Type/Outlines/First %s/Last %s/Count %d>>"
                % (made.reference("outline.0"), made.reference(f"outline.{count - 1}"), count)
            )
        ),
    )


def put_page_labels(document: TaggedDocument) -> None:
    """Pages are labelled as they are printed: 1, 2, 3."""
    document.Catalog.PageLabels = Body(b"<</Nums[0<</S/D>>]>>")


def _level(document: TaggedDocument, bookmarks: Sequence[Bookmark], parent: str, prefix: str) -> None:
    for number, bookmark in enumerate(bookmarks):
        key = f"{prefix}.{number}"
        _level(document, bookmark.below, key, key)
        document.put(key, Body(_Entry(bookmark, key, parent, prefix, number, len(bookmarks))))


class _Entry:
    """The dictionary of one bookmark, once every object has its number."""

    def __init__(self, bookmark: Bookmark, key: str, parent: str, prefix: str, number: int, count: int) -> None:
        self._bookmark, self._key, self._parent = bookmark, key, parent
        self._prefix, self._number, self._count = prefix, number, count

    def __call__(self, document: TaggedDocument) -> bytes:
        bookmark = self._bookmark
        parts = [
            b"<</Title %s/Parent %s" % (text_string(bookmark.title), document.reference(self._parent)),
            b"/Dest[%s/XYZ 0 %.2f null]" % (document.page_reference(bookmark.page), bookmark.top),
        ]
        if self._number:
            parts.append(b"/Prev " + document.reference(f"{self._prefix}.{self._number - 1}"))
        if self._number + 1 < self._count:
            parts.append(b"/Next " + document.reference(f"{self._prefix}.{self._number + 1}"))
        if bookmark.below:
            first, last = f"{self._key}.0", f"{self._key}.{len(bookmark.below) - 1}"
            parts.append(
                b"/First %s/Last %s/Count -%d"
                % (document.reference(first), document.reference(last), len(bookmark.below))
            )
        return b"".join(parts) + b">>"
