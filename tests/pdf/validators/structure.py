"""What veraPDF does not prove: that pages and structure tree point at each other, one to one, and nothing is unmarked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

_PAINTING = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}
_NEVER_EMPTY = {
    "/P",
    "/H1",
    "/H2",
    "/H3",
    "/TD",
    "/TH",
    "/LBody",
    "/Lbl",
    "/Figure",
    "/Link",
    "/Form",
    "/Span",
    "/Code",
}


def problems(path: Path) -> list[str]:
    """A line for each thing that is wrong."""
    try:
        with pikepdf.open(path) as pdf:
            return list(_Check(pdf).run())
    except (pikepdf.PdfError, AttributeError, KeyError) as error:
        return [f"not readable: {error}"]


class _Check:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        self._marks: dict[tuple[int, int], list[Any]] = defaultdict(list)
        self._objects: dict[Any, list[Any]] = defaultdict(list)
        self._figures: list[Any] = []

    def run(self) -> Iterator[str]:
        root = self._pdf.Root.get("/StructTreeRoot")
        if root is None:
            yield "no structure tree"
            return
        yield from self._walk(root)
        yield from self._order(root)
        with self._pdf.open_metadata() as metadata:
            if metadata.get("dc:title") != str(self._pdf.docinfo.get("/Title", "")):
                yield "the information dictionary has another title"
        parents = dict(_numbers(root.ParentTree))
        for number, page in enumerate(self._pdf.pages):
            yield from self._page(number, page, parents)
        for figure in self._figures:
            if "/Alt" not in figure:
                yield f"figure {figure.objgen} without alternative text"
            attributes = figure.get("/A", Dictionary())
            if "/BBox" not in attributes:
                yield f"figure {figure.objgen} without its place"

    def _walk(self, root: Any) -> Iterator[str]:
        waiting = [(root, kid) for kid in _kids(root)]
        while waiting:
            parent, element = waiting.pop()
            role = str(element.get("/S"))
            if element.P.objgen != parent.objgen:
                yield f"{role} {element.objgen} points at another parent"
            kids = _kids(element)
            if not kids and role in _NEVER_EMPTY:
                yield f"{role} {element.objgen} is empty"
            if role == "/Figure":
                self._figures.append(element)
            for kid in kids:
                if not isinstance(kid, Dictionary):
                    self._marks[self._pages[element.Pg.objgen], int(kid)].append(element.objgen)
                elif kid.get("/Type") == "/MCR":
                    self._marks[self._pages[kid.Pg.objgen], int(kid.MCID)].append(element.objgen)
                elif kid.get("/Type") == "/OBJR":
                    self._objects[kid.Obj.objgen].append(element.objgen)
                else:
                    waiting.append((element, kid))

    def _order(self, root: Any) -> Iterator[str]:
        """Parts are read in the order of their pages."""
        firsts = [
            min(pages)
            for part in _kids(root.K[0])
            if part.get("/S") == "/Part" and (pages := set(self._pages_of(part)))
        ]
        if firsts != sorted(firsts):
            yield f"parts begin on pages {firsts}"

    def _pages_of(self, element: Any) -> Iterator[int]:
        if "/Pg" in element:
            yield self._pages[element.Pg.objgen]
        for kid in _kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from self._pages_of(kid)

    def _page(self, number: int, page: pikepdf.Page, parents: dict[int, Any]) -> Iterator[str]:
        key = page.get("/StructParents")
        owners = list(parents.get(int(key), [])) if key is not None else []
        for mark, owner in enumerate(owners):
            if self._marks.get((number, mark)) != [owner.objgen]:
                yield f"page {number + 1}: mark {mark} is not one element's"
        for annotation in page.get("/Annots", ()):
            parent = annotation.get("/StructParent")
            owner = parents.get(int(parent)) if parent is not None else None
            if owner is None or self._objects.get(annotation.objgen) != [owner.objgen]:
                yield f"page {number + 1}: an annotation is not one element's"
        yield from self._content(number, page, len(owners))

    def _content(self, number: int, page: pikepdf.Page, expected: int) -> Iterator[str]:
        seen: list[int] = []
        depth = 0
        for instruction in pikepdf.parse_content_stream(page):
            operands, name = instruction.operands, str(instruction.operator)
            if name in ("BDC", "BMC"):
                depth += 1
                if name == "BDC" and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]:
                    seen.append(int(operands[1].MCID))
            elif name == "EMC":
                depth -= 1
            elif name in _PAINTING and depth < 1:
                yield f"page {number + 1}: {name} paints unmarked"
        if depth:
            yield f"page {number + 1}: marks are not closed"
        if sorted(seen) != list(range(expected)):
            yield f"page {number + 1}: marks are {sorted(seen)[:5]}..., {expected} are owned"


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]


def _numbers(node: Any) -> Iterator[tuple[int, Any]]:
    entries = node.get("/Nums", [])
    for place in range(0, len(entries), 2):
        yield int(entries[place]), entries[place + 1]
    for kid in node.get("/Kids", ()):
        yield from _numbers(kid)
