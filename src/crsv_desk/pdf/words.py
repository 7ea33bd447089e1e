"""The words of a PDF, as any reader finds them."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from crsv_desk.pdf.pdfium import ONE_AT_A_TIME
from crsv_desk.pdf.reading import refusing

_DIVIDED = "\x02"
"""What PDFium gives for the hyphen of a divided word, and nothing for the line's end behind it."""


def page_texts(untrusted_pdf: bytes) -> Iterator[str]:
    """The text of each page, divided words whole again. Raises ``Refused``."""
    with ONE_AT_A_TIME, refusing():
        document = pypdfium2.PdfDocument(untrusted_pdf)
        count = len(document)
    try:
        for number in range(count):
            yield page_text(document, number)
    finally:
        with ONE_AT_A_TIME:
            document.close()


def page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    """The text of one page of an open document, divided words whole again. Raises ``Refused``."""
    with ONE_AT_A_TIME, refusing():
        page = document[number]
        content = page.get_textpage()
        text = str(content.get_text_bounded()).replace(_DIVIDED, "")
        content.close()
        page.close()
        return text


def words(untrusted_pdf: bytes) -> list[str]:
    """Every word of every page, in the file's order. Raises ``Refused``."""
    return [word for text in page_texts(untrusted_pdf) for word in text.split()]
