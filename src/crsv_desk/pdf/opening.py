"""Opening a PDF from outside to look at its objects: strictly, and within limits of time and memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic, xref
from pyhanko.pdf_utils.decode_limits import (
    DEFAULT_PURPOSE_LIMITS,
    DecodeLimits,
    DecodePurpose,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.misc import PdfReadError, PdfStrictReadError
from pyhanko.pdf_utils.reader import PdfFileReader

from crsv_desk.domain.errors import Refused
from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.i18n import N_
from crsv_desk.pdf.limits import inspect
from crsv_desk.pdf.reading import refusing

MOST_OBJECTS = 1_000_000
MOST_STEPS = 2_500_000
"""Nine times what a letter with a thousand endorsements takes."""
_MIB = 1024 * 1024
_LIMITS = DecodeLimits(
    per_purpose={
        **DEFAULT_PURPOSE_LIMITS,
        DecodePurpose.OBJECT_STREAM: StreamDecodeLimits(max_ratio=100, ratio_floor=4 * _MIB, max_output_size=16 * _MIB),
        DecodePurpose.XREF_STREAM: StreamDecodeLimits(max_output_size=8 * _MIB),
        DecodePurpose.CRL: StreamDecodeLimits(max_ratio=50, ratio_floor=4 * _MIB, max_output_size=32 * _MIB),
    }
)
_unbounded = xref.parse_xref_stream
_unordered = xref.parse_xref_table


def _bounded(stream: Any, strict: bool = True) -> Iterator[Any]:
    """The entries of a table of objects. The library counts as far as the table says, even where nothing is there."""
    widths = [int(width) for width in stream["/W"]]
    if len(widths) != 3 or sum(widths) < 2 or min(widths) < 0:
        raise PdfReadError("A table of objects without room for them.")
    for number, one in enumerate(_unbounded(stream, strict)):
        if number >= MOST_OBJECTS:
            raise PdfReadError("Too many objects.")
        yield one


def _once(stream: Any, strict: bool) -> Iterator[Any]:
    """The entries of a table in plain text. Where one lists an object twice, some readers take the first, others the last."""
    listed: set[int] = set()
    for one in _unordered(stream, strict):
        if one.idnum in listed or len(listed) >= MOST_OBJECTS:
            raise PdfReadError("An object is listed twice, or there are too many.")
        listed.add(int(one.idnum))
        yield one


xref.parse_xref_stream = _bounded
xref.parse_xref_table = _once


class _Counted(io.BytesIO):
    """Reading ends after so many steps: a few bytes can ask for a table, an array or a string without end."""

    left = MOST_STEPS

    def read(self, size: int | None = -1, /) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise PdfReadError("More to read than a letter needs.")
        return super().read(size)


class Reader(PdfFileReader):  # type: ignore[misc, unused-ignore]
    """Reads the head of an object stream once; the library reads it again for each object, which takes minutes where
    there are many. Strict: what it finds otherwise than the head says is an error."""

    def __init__(self, stream: _Counted) -> None:
        self._object_streams: dict[int, tuple[list[int], int, _Counted]] = {}
        super().__init__(stream, strict=True, decode_limits=_LIMITS)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        numbers, first, stream = self._object_stream(stmnum)
        if not 0 <= idx < len(numbers) // 2 or numbers[2 * idx] != idnum:
            raise PdfStrictReadError("The object is not where the table says.")
        stream.seek(first + numbers[2 * idx + 1])
        found = generic.read_object(stream, generic.Reference(idnum, 0, self))
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            raise PdfStrictReadError("An object that an object stream may not hold.")
        return found

    def _object_stream(self, number: int) -> tuple[list[int], int, _Counted]:
        if number not in self._object_streams:
            stream = generic.Reference(number, 0, self).get_object()
            if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
                raise PdfStrictReadError("Not an object stream.")
            data, first, count = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"]), int(stream["/N"])
            words = data[:first].split()[: 2 * count]
            if count > MOST_OBJECTS or len(words) != 2 * count or not all(word.isdigit() for word in words):
                raise PdfStrictReadError("The head of an object stream is broken.")
            self._object_streams[number] = [int(word) for word in words], first, _Counted(data)
        return self._object_streams[number]


def open_pdf(untrusted_pdf: bytes, report: Report = silent) -> Reader:
    """A strict reader with limits on what may be unpacked. Raises ``Refused``."""
    inspect(untrusted_pdf, report)
    report(Step(0, 1))
    with refusing():
        reader = Reader(_Counted(untrusted_pdf))
        if reader.encrypted:
            raise Refused(N_("This PDF is encrypted, so it cannot be checked."))
        return reader
