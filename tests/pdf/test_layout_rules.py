"""The same statements give the same pages in a hundred years, or say that they do not: ``LAYOUT_RULES`` guards that."""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256

import pytest
from pyhanko.pdf_utils import generic

from crsv_desk.domain.paper import LAYOUT_RULES, CombinedLetter
from crsv_desk.domain.progress import silent
from crsv_desk.pdf.opening import open_pdf
from crsv_desk.pdf.typeset import typeset
from crsv_desk.pdf.unpacking import unpacked
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import sample_letter
from tests.pdf.scripts import scripts_letter

_APART = {"/Subtype", "/Length1", "/N", "/Index", "/W"}
"""What tells pictures, attachments, font programs, the colour profile and the file's own bookkeeping."""
RECORDED = 1
"""The rules that the digests below were recorded by."""


@pytest.mark.parametrize(
    ("letter", "recorded"),
    [
        pytest.param(sample_letter(), "b9676cfeec5300cbbd1d4011d6d3f5aa3b76748d9def8ed40e39c9a9d54d7467", id="five"),
        pytest.param(sample_letter(40), "b149213fd545175b5c8251f2ad23e66d01f1b07d05eb6289b4ff96c56e1b4337", id="forty"),
        pytest.param(arabic_letter(), "f5691f410b00daed3c0bfed0ef6a32fc0f6f4631a1d592b1337a7dfc08e110e9", id="arabic"),
        pytest.param(
            scripts_letter(), "cbac7e589ef105e17fef742cc35e865b35abf3a9d096d3336c70a21318fb924b", id="scripts"
        ),
    ],
)
def test_pages_change_only_with_the_number_of_their_rules(letter: CombinedLetter, recorded: str) -> None:
    """A change of the pages' look, or a library that sets them otherwise, makes every PDF in people's hands "changed"
    unless the rules' number rises: then raise ``LAYOUT_RULES`` and record anew. Before the first release, record anew."""
    digest = sha256()
    for part in _parts(typeset(letter, silent)):
        digest.update(part)
    assert LAYOUT_RULES == RECORDED
    assert digest.hexdigest() == recorded


def _parts(pdf: bytes) -> Iterator[bytes]:
    """What a comparison looks at, pictures and font programs aside: those are compared by what they show."""
    reader = open_pdf(pdf)
    for number in range(1, int(reader.trailer["/Size"])):
        found = generic.Reference(number, 0, reader).get_object()
        if not isinstance(found, generic.StreamObject):
            written = io.BytesIO()
            found.write_to_stream(written)
            yield written.getvalue()
        elif not _APART & set(found) or found.get("/Subtype") == "/XML":
            yield unpacked(found)
