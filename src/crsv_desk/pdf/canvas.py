"""reportlab's canvas, tagged: everything painted belongs to an element of the structure tree, or is an artifact.

Measures are points; y runs downwards from the page's upper edge, as one lays out a page.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Literal

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from crsv_desk.domain.marks import Drawing, curves
from crsv_desk.domain.progress import Report, silent
from crsv_desk.pdf.catalog import Resources, fill_catalog
from crsv_desk.pdf.document import TaggedDocument
from crsv_desk.pdf.embedding import FontUse
from crsv_desk.pdf.fonts import Typeface
from crsv_desk.pdf.itemise import Atom
from crsv_desk.pdf.lines import Line
from crsv_desk.pdf.metadata import About, Information
from crsv_desk.pdf.objects import Body, Stream, number, text_string
from crsv_desk.pdf.pictures import put_picture
from crsv_desk.pdf.shaping import Shaped
from crsv_desk.pdf.showing import TextWriter
from crsv_desk.pdf.tags import Annotation, Content, Element, box

rl_config.useA85 = 0  # ASCII85 takes half of the time, and a quarter of the size
# No picture is ever loaded by its name.
rl_config.trustedSchemes = ["data"]
rl_config.trustedHosts = []

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
Artifact = Literal["Layout", "Header", "Footer"]
_ARTIFACTS = {
    "Layout": "/Artifact<</Type/Layout>>BDC",
    "Header": "/Artifact<</Type/Pagination/Subtype/Header>>BDC",
    "Footer": "/Artifact<</Type/Pagination/Subtype/Footer>>BDC",
}


@cache
def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


@cache
def _fill(colour: str) -> str:
    return " ".join(f"{part:.4f}".rstrip("0").rstrip(".") for part in _rgb(colour)) + " rg"


class TaggedCanvas(Canvas):  # type: ignore[misc, unused-ignore]
    """Paints one tagged document. ``finish`` returns its bytes."""

    def __init__(self, about: About) -> None:
        super().__init__(io.BytesIO(), pagesize=(PAGE_WIDTH, PAGE_HEIGHT), pageCompression=1, invariant=1)
        self.document = TaggedDocument(about.language)
        self._doc = self.document
        self._preamble = " "  # reportlab's own would name a font that is not embedded
        self.root = Element("StructTreeRoot")
        self.body = self.root.add("Document")
        self.page = 0
        """The number of the page being painted, from 0."""
        self._open: Element | Artifact | None = None
        self._marks: list[Element] = []
        self._annotations: list[str] = []
        self._pictures: dict[str, None] = {}
        self._parent_tree: list[tuple[int, Element | list[Element]]] = []
        self._next_key = 0
        self._colour = ""
        self._fonts: dict[str, FontUse] = {}
        self._writer = TextWriter(self._font)
        self._fields: list[str] = []
        self.document.info = Information(about)
        fill_catalog(self.document, about)

    # What is painted belongs to something -----------------------------------------------------------------------

    def mark(self, element: Element) -> None:
        """What follows belongs to ``element``."""
        if self._open is element:
            return
        self.unmark()
        element.kids.append(Content(self.page, len(self._marks)))
        self._code.append(f"/{element.role}<</MCID {len(self._marks)}>>BDC")
        self._marks.append(element)
        self._open = element

    def artifact(self, kind: Artifact = "Layout") -> None:
        """What follows is decoration, or repeated on every page."""
        if self._open != kind:
            self.unmark()
            self._code.append(_ARTIFACTS[kind])
            self._open = kind

    def unmark(self) -> None:
        """End what was marked."""
        if self._open is not None:
            self._code.append("EMC")
            self._open = None

    # Text -------------------------------------------------------------------------------------------------------

    def text(self, line: Line, left: float, baseline: float, owners: Sequence[Element] | None = None) -> None:
        """Paint a line of text.

        Args:
            left: the line's left edge.
            baseline: the height of its baseline.
            owners: the element of each run; without them the text belongs to what is marked already.
        """
        group: list[tuple[Atom, float]] = []
        for atom, offset in line.placed():
            if group and atom.run != group[-1][0].run:
                self._text_of_run(line, group, left, baseline, owners)
                group = []
            group.append((atom, left + offset))
        if group:
            self._text_of_run(line, group, left, baseline, owners)

    def _text_of_run(
        self,
        line: Line,
        group: Sequence[tuple[Atom, float]],
        left: float,
        baseline: float,
        owners: Sequence[Element] | None,
    ) -> None:
        run = line.runs[group[0][0].run]
        if owners is not None:
            self.mark(owners[group[0][0].run])
        code = self._code
        code.append("BT")
        if run.style.colour != self._colour:
            self._colour = run.style.colour
            code.append(_fill(self._colour))
        size = run.style.size
        ordered = sorted(group, key=lambda placed: placed[1]) if line.base or any(a.level for a, _ in group) else group
        stretch: list[Shaped] = []
        at = end = ordered[0][1]
        for atom, x in ordered:
            if stretch and abs(x - end) > 0.01:
                self._show(stretch, at, baseline, size)
                stretch, at = [], x
            stretch.append(atom.shaped)
            end = x + atom.width
        self._show(stretch, at, baseline, size)
        code.append("ET")
        if run.link and owners is not None:
            shown = [(atom, x) for atom, x in ordered if not atom.space]
            if shown:
                right = shown[-1][1] + shown[-1][0].width
                self._link(owners[group[0][0].run], run.link, run.text, (shown[0][1], right), baseline, size)

    def _show(self, pieces: Sequence[Shaped], x: float, baseline: float, size: float) -> None:
        self._code.append(f"1 0 0 1 {number(x)} {number(PAGE_HEIGHT - baseline)} Tm")
        self._code.extend(self._writer.operators(pieces, size))

    def _font(self, piece: Shaped) -> FontUse:
        face: Typeface = piece.face
        use = self._fonts.get(face.name)
        if use is None:
            use = self._fonts[face.name] = FontUse(face, f"F{len(self._fonts)}")
        return use

    # Lines, areas, pictures -------------------------------------------------------------------------------------

    def rule(self, left: float, top: float, width: float, thickness: float, colour: str) -> None:
        """A horizontal rule, an artifact."""
        self.artifact()
        self._area(left, top - thickness / 2, width, thickness, colour)

    def area(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A flat area, an artifact."""
        self.artifact()
        self._area(left, top, width, height, colour)

    def frame(self, left: float, top: float, width: float, height: float, thickness: float, colour: str) -> None:
        """A frame, an artifact."""
        self.artifact()
        self.setStrokeColorRGB(*_rgb(colour))
        self.setLineWidth(thickness)
        self.rect(left, PAGE_HEIGHT - top - height, width, height, stroke=1, fill=0)

    def _area(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        if colour != self._colour:
            self._colour = colour
            self._code.append(_fill(colour))
        places = (left, PAGE_HEIGHT - top - height, width, height)
        self._code.append(" ".join(number(place) for place in places) + " re f")

    def picture(self, png: bytes, left: float, top: float, width: float, height: float, align: float = 0.0) -> None:
        """A picture, as large as fits into the box; ``align`` 0 puts it at the left, 1 at the right."""
        picture = put_picture(self.document, png)
        scale = min(width / picture.width, height / picture.height)
        wide, high = picture.width * scale, picture.height * scale
        x = left + (width - wide) * align
        y = PAGE_HEIGHT - top - (height + high) / 2
        self._code.append(f"q {wide:.3f} 0 0 {high:.3f} {number(x)} {number(y)} cm/{picture.key} Do Q")
        self._pictures[picture.key] = None

    def strokes(
        self, drawing: Drawing, left: float, top: float, width: float, height: float, pen: float, colour: str
    ) -> None:
        """A drawn mark, as large as fits into the box, centred, with a round pen of ``pen`` points."""
        x0, y0, x1, y1 = drawing.bounds()
        scale = min((width - pen) / max(x1 - x0, 1), (height - pen) / max(y1 - y0, 1))
        shift_x = left + (width - (x1 - x0) * scale) / 2 - x0 * scale
        shift_y = PAGE_HEIGHT - top - (height - (y1 - y0) * scale) / 2 + y0 * scale
        # A matrix brings whole units to their place: the drawing's own, or hundredths of them where those are coarse.
        fine = 1 if scale < 0.1 else 100
        scale /= fine
        red, green, blue = _rgb(colour)
        code = self._code
        code.append(f"q {scale:.6g} 0 0 {-scale:.6g} {number(shift_x)} {number(shift_y)} cm")
        code.append(f"{red:.4g} {green:.4g} {blue:.4g} RG {pen / scale:.2f} w 1 J 1 j")
        for stroke in drawing.strokes:
            points = [(x * fine, y * fine) for x, y in stroke] if fine > 1 else stroke
            if not points:
                continue
            x, y = points[0]
            code.append(f"{x} {y} m" if len(points) > 1 else f"{x} {y} m {x} {y} l")
            code.extend(f"{a} {b} {c} {d} {e} {f} c" for a, b, c, d, e, f in curves(points))
        code.append("S Q")

    def squares(self, rows: Sequence[Sequence[int]], left: float, top: float, side: float) -> None:
        """A matrix of dark and light squares in ink, ``side`` points wide: a QR code."""
        unit = side / len(rows)
        if self._colour != "#000000":
            self._colour = "#000000"
            self._code.append(_fill(self._colour))
        for y, row in enumerate(rows):
            start = 0
            while start < len(row):
                end = start
                while end < len(row) and row[end]:
                    end += 1
                if end > start:
                    x, bottom = left + start * unit, PAGE_HEIGHT - top - (y + 1) * unit
                    self._code.append(f"{x:.3f} {bottom:.3f} {(end - start) * unit:.3f} {unit:.3f} re")
                start = end + 1
        self._code.append("f")

    def figure(self, parent: Element, alt: str, left: float, top: float, width: float, height: float) -> Element:
        """A new figure below ``parent``, marked, with alternative text and its place on the page."""
        where = box(left, PAGE_HEIGHT - top - height, left + width, PAGE_HEIGHT - top)
        element = parent.add("Figure", alt=alt, attributes=where)
        self.mark(element)
        return element

    # Links and fields -------------------------------------------------------------------------------------------

    def _link(
        self, element: Element, target: str, text: str, edges: tuple[float, float], baseline: float, size: float
    ) -> None:
        bottom, top = PAGE_HEIGHT - baseline - size * 0.25, PAGE_HEIGHT - baseline + size * 0.85
        body = b"/Subtype/Link/F 4/Border[0 0 0]/Rect[%.2f %.2f %.2f %.2f]/Contents%s/A<</S/URI/URI%s>>" % (
            edges[0],
            bottom,
            edges[1],
            top,
            text_string(text.strip()),
            text_string(target),
        )
        self._annotate(element, body)
        self.rule(edges[0], baseline + size * 0.14, edges[1] - edges[0], size * 0.05, self._colour)

    def signature_field(
        self, element: Element, field_name: str, tooltip: str, left: float, top: float, width: float, height: float
    ) -> None:
        """An empty signature field over a part of the page; what is seen there is painted on the page itself."""
        appearance = self.document.put(
            f"{field_name}-appearance",
            Stream(b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]/Resources<<>>" % (width, height), b""),
        )
        bottom = PAGE_HEIGHT - top - height
        body = b"/Subtype/Widget/FT/Sig/T%s/TU%s/F 132/Rect[%.2f %.2f %.2f %.2f]/AP<</N %d 0 R>>" % (
            text_string(field_name),
            text_string(tooltip),
            left,
            bottom,
            left + width,
            bottom + height,
            self.document.number_of(appearance),
        )
        self._fields.append(self._annotate(element, body))

    def _annotate(self, element: Element, body: bytes) -> str:
        key, page = self._next_key, self.page
        self._next_key += 1
        self._parent_tree.append((key, element))
        place = self.document.put(
            f"annotation{key}",
            Body(lambda made: b"<</Type/Annot%s/StructParent %d/P %s>>" % (body, key, made.page_reference(page))),
        )
        self._annotations.append(place)
        element.kids.append(Annotation(place, page))
        return place

    # Pages and the end ------------------------------------------------------------------------------------------

    def showPage(self) -> None:
        """Finish this page and begin the next."""
        self.unmark()
        page = pdfdoc.PDFPage()
        page.__NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]
        page.Contents = Stream(b"", "\n".join(self._code).encode("latin-1"))
        page.Resources = Body(Resources(self._fonts, list(self._pictures)))
        page.Annots = pdfdoc.PDFArray([pdfdoc.PDFObjectReference(name) for name in self._annotations]) or None
        if not self._annotations:
            page.Annots = None
        page.Tabs = pdfdoc.PDFName("S")
        page.StructParents = self._next_key
        self._parent_tree.append((self._next_key, self._marks))
        self._next_key += 1
        page.MediaBox = Body(f"[0 0 {number(PAGE_WIDTH)} {number(PAGE_HEIGHT)}]".encode())
        page.Override_default_compilation = 1
        page.Parent = self.document.Reference(self.document.Pages)
        self.document.addPage(page)
        self.page += 1
        self._marks, self._annotations, self._pictures, self._colour = [], [], {}, ""
        self._startPage()

    def finish(self, report: Report = silent) -> bytes:
        """The bytes of the whole document."""
        for use in self._fonts.values():
            use.embed(self.document)
        if self._fields:
            fields = list(self._fields)
            self.document.Catalog.AcroForm = Body(
                lambda made: b"<</SigFlags 3/Fields[" + b" ".join(made.reference(key) for key in fields) + b"]>>"
            )
        self._parent_tree.sort(key=lambda entry: entry[0])
        return self.document.write(self.root, self._parent_tree, report)
