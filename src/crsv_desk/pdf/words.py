"""The words of a PDF, as any reader finds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from pypdfium2 import raw

from crsv_desk.pdf.limits import inspect
from crsv_desk.pdf.pdfium import ONE_AT_A_TIME
from crsv_desk.pdf.reading import refusing

_DIVIDED = "\x02"
"""What PDFium gives for the hyphen of a divided word, and nothing for the line's end behind it."""

_SIGN = "\N{OBJECT REPLACEMENT CHARACTER}"


def page_texts(untrusted_pdf: bytes) -> Iterator[str]:
    """The text of each page, divided words whole again. Raises ``Refused``."""
    with _opened(untrusted_pdf) as (document, count):
        for number in range(count):
            yield page_text(document, number)


def page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    """The text of one page of an open document, divided words whole again. Raises ``Refused``."""
    with ONE_AT_A_TIME, refusing():
        page = document[number]
        content = page.get_textpage()
        text = str(content.get_text_bounded()).replace(_DIVIDED, "")
        content.close()
        page.close()
        return text


def seen_texts(untrusted_pdf: bytes) -> Iterator[str]:
    """The text of each page with what annotations lay over it, divided words whole again; an annotation of a kind that
    no letter has stands there as a sign of its own, whatever it shows. Raises ``Refused``."""
    with _opened(untrusted_pdf) as (document, count):
        for number in range(count):
            with ONE_AT_A_TIME, refusing():
                page = document[number]
                foreign = _foreign_annotations(page)
                flattened = raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
                page.close()
            yield page_text(document, number) + _SIGN * (foreign + (flattened == raw.FLATTEN_FAIL))


@contextmanager
def _opened(untrusted_pdf: bytes) -> Iterator[tuple[pypdfium2.PdfDocument, int]]:
    """A document and how many pages it has; closed however the reading ends. Raises ``Refused``."""
    inspect(untrusted_pdf)
    with ONE_AT_A_TIME, refusing():
        document = pypdfium2.PdfDocument(untrusted_pdf)
        count = len(document)
    try:
        yield document, count
    finally:
        with ONE_AT_A_TIME:
            document.close()


def _foreign_annotations(page: pypdfium2.PdfPage) -> int:
    found = 0
    for place in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, place)
        found += raw.FPDFAnnot_GetSubtype(annotation) not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_WIDGET)
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def drawn_texts(pdf: bytes) -> Iterator[str]:
    """Everything that each page of our own file draws, beside the page and in annotations too. Raises ``Refused``."""
    with _opened(pdf) as (document, count):
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


def _everything(page: pypdfium2.PdfPage) -> str:
    content = page.get_textpage()
    text = str(content.get_text_range())
    content.close()
    return text


def words(untrusted_pdf: bytes) -> list[str]:
    """Every word of every page, in the file's order. Raises ``Refused``."""
    return [word for text in page_texts(untrusted_pdf) for word in text.split()]
