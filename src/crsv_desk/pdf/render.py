"""Pages as pictures, for the window."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2

from crsv_desk.pdf.limits import inspect
from crsv_desk.pdf.pdfium import ONE_AT_A_TIME
from crsv_desk.pdf.reading import refusing
from crsv_desk.pdf.words import page_text


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of four bytes each (blue, green, red, unused), row after row without gaps."""

    width: int
    height: int
    pixels: bytes


class Pages:
    """The pages of one PDF. Any thread may call it. Raises ``Refused``: it cannot be read."""

    def __init__(self, untrusted_pdf: bytes) -> None:
        inspect(untrusted_pdf)
        with ONE_AT_A_TIME, refusing():
            self._document = pypdfium2.PdfDocument(untrusted_pdf)
            self.count = len(self._document)

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of page ``number`` (from 0), in points."""
        with ONE_AT_A_TIME, refusing():
            width, height = self._document.get_page_size(number)
            return float(width), float(height)

    def picture(self, number: int, width: int) -> Picture:
        """Page ``number`` (from 0) on white, about ``width`` pixels wide (rounded up). Raises ``Refused``."""
        with ONE_AT_A_TIME, refusing():
            page = self._document[number]
            bitmap = page.render(scale=width / page.get_width(), prefer_bgrx=True)
            row = 4 * bitmap.width
            data = bytes(bitmap.buffer)
            if bitmap.stride != row:
                data = b"".join(data[at : at + row] for at in range(0, len(data), bitmap.stride))
            picture = Picture(bitmap.width, bitmap.height, data)
            bitmap.close()
            page.close()
            return picture

    def text(self, number: int) -> str:
        """The words of page ``number`` (from 0), for a screen reader. Raises ``Refused``."""
        return page_text(self._document, number)

    def close(self) -> None:
        """Let go of the file."""
        with ONE_AT_A_TIME:
            self._document.close()
