"""The words of a PDF, as any reader finds them."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from crsv_desk.pdf.reading import refusing

_DIVIDED = "\x02"
"""What PDFium gives for the hyphen of a divided word, and nothing for the line's end behind it."""


def page_texts(untrusted_pdf: bytes) -> Iterator[str]:
    """The text of each page, divided words whole again. Raises ``Refused``."""
    with refusing():
        document = pypdfium2.PdfDocument(untrusted_pdf)
    try:
        for number in range(len(document)):
            with refusing():
                page = document[number]
                text = page.get_textpage()
                yield text.get_text_bounded().replace(_DIVIDED, "")
                text.close()
                page.close()
    finally:
        document.close()


def words(untrusted_pdf: bytes) -> list[str]:
    """Every word of every page, in the file's order. Raises ``Refused``."""
    return [word for text in page_texts(untrusted_pdf) for word in text.split()]
