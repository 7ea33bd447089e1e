"""What others do to a PDF, or hand in instead of one."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pyhanko.pdf_utils import generic

from crsv_desk.pdf.seal import Revision


def rebuilt(pdf: bytes, change: Callable[[pikepdf.Pdf], object] = lambda document: None) -> bytes:
    """Written anew by another program, with a change or none."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        output = io.BytesIO()
        document.save(output)
    return output.getvalue()


def blanked(pdf: bytes) -> bytes:
    """Its first page emptied in a further revision."""
    writer = Revision(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b""))
    writer.mark_update(page.container_ref)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def empty() -> bytes:
    """A PDF that is nobody's."""
    output = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(output)
    return output.getvalue()
