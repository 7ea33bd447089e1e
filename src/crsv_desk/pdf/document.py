"""Writing the file: objects in object streams, the structure tree, a cross-reference stream; no clock, no chance."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfdoc import PDFDocument

from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.pdf.objects import Body, Stream, stream
from crsv_desk.pdf.tags import Annotation, Content, Element

_PER_OBJECT_STREAM = 200
_PER_TREE_NODE = 64

ParentTree = Sequence[tuple[int, "Element | Sequence[Element]"]]
"""By key: the element of an annotation, or the elements of a page's marks in their order."""


class TaggedDocument(PDFDocument):  # type: ignore[misc, unused-ignore]
    """reportlab's objects under names, written our way."""

    def __init__(self, language: str) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7), lang=language)
        self.tree_name = "StructTreeRoot"
        self.put(self.tree_name, _Root())

    def put(self, key: str, value: Body | Stream) -> str:
        """Keep ``value`` under ``key``; returns ``key``."""
        self.Reference(value, key)
        return key

    def number_of(self, key: str) -> int:
        """The object number of what is kept under ``key``."""
        return int(self.idToObjectNumberAndVersion[key][0])

    def reference(self, key: str) -> bytes:
        """``12 0 R``."""
        return b"%d 0 R" % self.number_of(key)

    def page_reference(self, page: int) -> bytes:
        """The reference of a page, from 0."""
        return self.reference(f"Page{page + 1}")

    def write(self, root: Element, parent_tree: ParentTree, report: Report = silent) -> bytes:
        """The whole file.

        Args:
            root: the structure tree's root.
            parent_tree: in ascending order of keys.
        """
        self.Reference(self.Catalog)
        self.Reference(self.info)
        output = _Output()
        plain: list[tuple[int, bytes]] = []
        count = 0
        while (key := self.numberToId.get(count + 1)) is not None:
            count += 1
            report(Step(0, 2))
            value = self.idToObject[key]
            if getattr(value, "late", False):
                continue
            data = pdfdoc.format(value, self, toplevel=1)
            if data.endswith(b"endstream\n"):
                output.direct(count, data)
            else:
                plain.append((count, data.strip()))
        output.reserve(count + 1)
        root.object_number = self.number_of(self.tree_name)
        elements = list(_below(root))
        for element in elements:
            element.object_number = output.new_number()
        for number, data in plain:
            output.packed(number, data)
        for element in elements:
            report(Step(1, 2))
            output.packed(element.object_number, self._element(element))
        tree = self._parent_tree(output, parent_tree)
        output.packed(
            root.object_number,
            b"<</Type/StructTreeRoot/K[%s]/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (
                b" ".join(b"%d 0 R" % kid.object_number for kid in root.kids if isinstance(kid, Element)),
                tree,
                parent_tree[-1][0] + 1 if parent_tree else 0,
            ),
        )
        return output.finish(self.number_of(self.Catalog.__InternalName__), self.number_of(self.info.__InternalName__))

    def _element(self, element: Element) -> bytes:
        page: int | None = None
        kids: list[bytes] = []
        for kid in element.kids:
            match kid:
                case Element():
                    kids.append(b"%d 0 R" % kid.object_number)
                case Annotation():
                    kids.append(
                        b"<</Type/OBJR/Obj %s/Pg %s>>"
                        % (self.reference(kid.object_name), self.page_reference(kid.page))
                    )
                case Content():
                    page = kid.page if page is None else page
                    if kid.page == page:
                        kids.append(b"%d" % kid.mark)
                    else:
                        kids.append(b"<</Type/MCR/Pg %s/MCID %d>>" % (self.page_reference(kid.page), kid.mark))
        assert element.parent is not None
        return b"<</S/%s/P %d 0 R%s%s%s>>" % (
            element.role.encode(),
            element.parent.object_number,
            b"/Pg " + self.page_reference(page) if page is not None else b"",
            element.attributes,
            b"/K " + (kids[0] if len(kids) == 1 else b"[" + b" ".join(kids) + b"]") if kids else b"",
        )

    def _parent_tree(self, output: _Output, parent_tree: ParentTree) -> int:
        entries = [
            b"%d %d 0 R" % (key, value.object_number)
            if isinstance(value, Element)
            else b"%d[%s]" % (key, b" ".join(b"%d 0 R" % element.object_number for element in value))
            for key, value in parent_tree
        ]
        nodes: list[int] = []
        for start in range(0, len(entries), _PER_TREE_NODE):
            end = min(start + _PER_TREE_NODE, len(entries))
            nodes.append(output.new_number())
            limits = (parent_tree[start][0], parent_tree[end - 1][0])
            output.packed(nodes[-1], b"<</Limits[%d %d]/Nums[%s]>>" % (*limits, b" ".join(entries[start:end])))
        root = output.new_number()
        output.packed(root, b"<</Kids[%s]>>" % b" ".join(b"%d 0 R" % node for node in nodes))
        return root


class _Root(Body):
    """A place for the structure tree's root, which is written last."""

    late = True

    def __init__(self) -> None:
        super().__init__(b"")


def _below(root: Element) -> Iterator[Element]:
    """Every element below ``root``, in reading order."""
    waiting = [kid for kid in reversed(root.kids) if isinstance(kid, Element)]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(kid for kid in reversed(element.kids) if isinstance(kid, Element))


class _Output:
    """Bytes of the file so far, and where each object is."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._position = 0
        self._places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
        self._pending: list[tuple[int, bytes]] = []
        self._next = 1
        self._append(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self, number: int) -> None:
        """Numbers below ``number`` are taken."""
        self._next = number

    def new_number(self) -> int:
        self._next += 1
        return self._next - 1

    def direct(self, number: int, data: bytes) -> None:
        """An object of its own: a stream."""
        self._places[number] = (1, self._append(b"%d 0 obj\n" % number + data + b"endobj\n"), 0)

    def packed(self, number: int, data: bytes) -> None:
        """An object inside an object stream."""
        self._pending.append((number, data))
        if len(self._pending) == _PER_OBJECT_STREAM:
            self._flush()

    def finish(self, catalog: int, info: int) -> bytes:
        """The whole file. Its /ID is the digest of what stands before the cross-reference stream."""
        self._flush()
        digest = sha256(b"".join(self._parts)).hexdigest()[:32].encode()
        number, start = self.new_number(), self._position
        self._places[number] = (1, start, 0)
        rows = [
            bytes((kind,)) + where.to_bytes(4, "big") + index.to_bytes(2, "big")
            for kind, where, index in (self._places.get(n, (0, 0, 0)) for n in range(self._next))
        ]
        table = zlib.compress(b"".join(_upwards(rows)), 6)
        self._append(
            b"%d 0 obj\n" % number
            + stream(
                b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode"
                b"/DecodeParms<</Predictor 12/Columns 7>>" % (self._next, catalog, info, digest, digest),
                table,
            )
            + b"endobj\n"
        )
        self._append(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._parts)

    def _append(self, data: bytes) -> int:
        start = self._position
        self._parts.append(data)
        self._position += len(data)
        return start

    def _flush(self) -> None:
        if not self._pending:
            return
        number = self.new_number()
        heads: list[bytes] = []
        offset = 0
        for index, (packed, data) in enumerate(self._pending):
            heads.append(b"%d %d" % (packed, offset))
            offset += len(data) + 1
            self._places[packed] = (2, number, index)
        head = b" ".join(heads) + b"\n"
        body = zlib.compress(head + b"\n".join(data for _, data in self._pending), 6)
        dictionary = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(self._pending), len(head))
        self.direct(number, stream(dictionary, body))
        self._pending.clear()


def _upwards(rows: Sequence[bytes]) -> Iterator[bytes]:
    """PNG's ``up`` predictor: each row less the one before it, which compresses 40 times better."""
    before = bytes(7)
    for row in rows:
        yield b"\x02" + bytes((new - old) & 255 for new, old in zip(row, before, strict=True))
        before = row
