"""The words of a PDF, as any reader finds them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import zip_longest

import pypdfium2
from pypdfium2 import raw

from crsv_desk.pdf.limits import inspect
from crsv_desk.pdf.pdfium import ONE_AT_A_TIME
from crsv_desk.pdf.reading import refusing

_SHOWN_AS_NOTHING = {"Zs", "Zl", "Zp", "Cc", "Cf"}
_SWAPPED = {0x6600: "f", 0x6900: "i", 0x6C00: "l", 0xCF00: "fi"}
"""Letters of ligatures as Ghostscript 10 says them: with their bytes swapped, the last two of ffi as one."""
_DIVIDED = "\x02"
"""What PDFium gives for the hyphen of a divided word, and nothing for the line's end behind it."""


def page_texts(untrusted_pdf: bytes) -> Iterator[str]:
    """The text of each page, divided words whole again. Raises ``Refused``."""
    inspect(untrusted_pdf)
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


def drawn_texts(pdf: bytes) -> Iterator[str]:
    """Everything that each page of our own file draws, beside the page and in annotations too. Raises ``Refused``."""
    inspect(pdf)
    with ONE_AT_A_TIME, refusing():
        document = pypdfium2.PdfDocument(pdf)
        count = len(document)
    try:
        for number in range(count):
            with ONE_AT_A_TIME, refusing():
                page = document[number]
                found = _everything(page)
                # What annotations draw becomes a part of the page.
                if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
                    page.close()
                    page = document[number]
                    found += "\n" + _everything(page)
                page.close()
            yield found.replace(_DIVIDED, "")
    finally:
        with ONE_AT_A_TIME:
            document.close()


def _everything(page: pypdfium2.PdfPage) -> str:
    content = page.get_textpage()
    text = str(content.get_text_range())
    content.close()
    return text


def words(untrusted_pdf: bytes) -> list[str]:
    """Every word of every page, in the file's order. Raises ``Refused``."""
    return [word for text in page_texts(untrusted_pdf) for word in text.split()]


def same_words(untrusted_pdf: bytes, expected_pdf: bytes) -> bool:
    """Whether both say the same on each of their pages. Programs that rebuild a PDF may part words and lines otherwise
    and write letters as compatible forms, so only what stays of the text then is compared. Raises ``Refused``."""
    pairs = zip_longest(page_texts(untrusted_pdf), page_texts(expected_pdf))
    return all(one is not None and other is not None and _bare(one) == _bare(other) for one, other in pairs)


def _bare(text: str) -> str:
    """Letters, figures and signs in one form, without what shows as nothing."""
    plain = unicodedata.normalize("NFKC", text.translate(_SWAPPED))
    return "".join(one for one in plain if unicodedata.category(one) not in _SHOWN_AS_NOTHING)
