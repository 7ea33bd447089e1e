"""The words of a PDF, as any reader finds them."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2

from crsv_desk.pdf.reading import refusing


def page_texts(untrusted_pdf: bytes) -> Iterator[str]:
    """The text of each page. Raises ``Refused``."""
    with refusing():
        document = pypdfium2.PdfDocument(untrusted_pdf)
    try:
        for number in range(len(document)):
            with refusing():
                page = document[number]
                text = page.get_textpage()
                yield text.get_text_bounded()
                text.close()
                page.close()
    finally:
        document.close()


def words(untrusted_pdf: bytes) -> list[str]:
    """Every word of every page, in the file's order. Raises ``Refused``."""
    return [word for text in page_texts(untrusted_pdf) for word in text.split()]
