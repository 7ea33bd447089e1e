"""Pages as pictures, for the window."""

from __future__ import annotations

import io
from threading import Lock

import pypdfium2

from crsv_desk.pdf.reading import refusing

# PDFium must not be entered by two threads at once.
_ONE_AT_A_TIME = Lock()


class Pages:
    """The pages of one PDF. Raises ``Refused``: it cannot be read."""

    def __init__(self, untrusted_pdf: bytes) -> None:
        with _ONE_AT_A_TIME, refusing():
            self._document = pypdfium2.PdfDocument(untrusted_pdf)
            self.count = len(self._document)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of page ``number`` (from 0), in points."""
        with _ONE_AT_A_TIME, refusing():
            width, height = self._document.get_page_size(number)
            return float(width), float(height)

    def picture(self, number: int, width: int) -> bytes:
        """Page ``number`` (from 0) as a PNG, ``width`` pixels wide."""
        with _ONE_AT_A_TIME, refusing():
            page = self._document[number]
            image = page.render(scale=width / page.get_width()).to_pil()
            page.close()
        output = io.BytesIO()
        image.save(output, "PNG", compress_level=1)
        return output.getvalue()

    def text(self, number: int) -> str:
        """The words of page ``number`` (from 0), for a screen reader."""
        with _ONE_AT_A_TIME, refusing():
            page = self._document[number]
            content = page.get_textpage()
            text = str(content.get_text_bounded())
            content.close()
            page.close()
            return text

    def close(self) -> None:
        """Let go of the file."""
        with _ONE_AT_A_TIME:
            self._document.close()
