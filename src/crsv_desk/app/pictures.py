"""Pages as pictures: the way from the window to the paper."""

from __future__ import annotations

from crsv_desk.pdf.render import Pages, Picture

__all__ = ["Pages", "Picture", "pages"]


def pages(untrusted_pdf: bytes) -> Pages:
    """The pages of a PDF, to be drawn as pictures. Raises ``Refused``: it cannot be read."""
    return Pages(untrusted_pdf)
