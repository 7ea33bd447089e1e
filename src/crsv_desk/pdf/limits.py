"""What a PDF from outside may ask of a reader, looked at in its bytes before any library reads it.

A small file can unpack to gigabytes. So every stream that looks compressed is unpacked here first, piece by piece and
kept nowhere; and packing that cannot be seen through in one step is refused, as no well-behaved program writes it.
"""

from __future__ import annotations

import re
import zlib
from hashlib import sha256

from crsv_desk.domain.errors import Refused
from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.i18n import N_

MOST_BYTES = 256 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
MOST_IN_ONE = 256 * 1024 * 1024
MOST_HEADS = 1_000_000
MOST_STREAMS = 200_000
MOST_REVISIONS = 200
TOO_MUCH = N_("This PDF asks for more than can be checked; it may be made to do harm, so it was not opened.")

_FIRST_PIECE = 4096
_PIECE = 1024 * 1024
# What must not stand before is asked behind the word: a search for a fixed word is thirty times as fast.
_STREAM = re.compile(rb"stream(?<!endstream)(\r\n|\n|\r)")
# The key in any spelling: a name may have any of its letters as #xx (ISO 32000-2, 7.3.5).
_FILTER = re.compile(
    rb"/(?:F|#46)(?:i|#69)(?:l|#6[Cc])(?:t|#74)(?:e|#65)(?:r|#72)(?![0-9A-Za-z#])\s*(\[[^\]]{0,200}\]?|/?[^\s/<>\[\]()]*)"
)
_LONGEST = 4096
_LONG_NAME = re.compile(rb"/[^\x00\t\n\x0c\r /<>\[\](){}%]{4096}")
_LONG_NUMBER = re.compile(rb"[\s\[\]>)][0-9+.-]{4096}")
"""Longer than any program writes, and slow to read."""
_ONE_STEP = {
    b"FlateDecode", b"DCTDecode", b"JPXDecode", b"CCITTFaxDecode", b"JBIG2Decode", b"Crypt",
    b"Adobe.PPKLite", b"Standard", b"",
}  # fmt: skip
"""Filters of streams that unpack in one step, handlers of signatures and of encryption; or no filter."""
_seen: set[bytes] = set()
"""SHA-256 of the files that passed: a check opens the same one several times."""


def inspect(untrusted_pdf: bytes, report: Report = silent) -> None:
    """Raises ``Refused``: reading this file could take more memory or time than any letter needs."""
    if len(untrusted_pdf) > MOST_BYTES:
        raise Refused(N_("This PDF is too large to be checked."))
    digest = sha256(untrusted_pdf).digest()
    if digest not in _seen:
        _inspect(untrusted_pdf, report)
        _seen.add(digest)


def _inspect(untrusted_pdf: bytes, report: Report) -> None:
    if untrusted_pdf.count(b" obj") > MOST_HEADS or untrusted_pdf.count(b"startxref") > MOST_REVISIONS:
        raise Refused(TOO_MUCH)
    if untrusted_pdf.count(b"stream") > 2 * MOST_STREAMS:
        raise Refused(TOO_MUCH)
    if _holds(untrusted_pdf, _LONG_NAME) or _holds(untrusted_pdf, _LONG_NUMBER):
        raise Refused(TOO_MUCH)
    report(Step(0, 1))
    for match in _FILTER.finditer(untrusted_pdf):
        if match[1].strip(b"[] \t\r\n\x0c\x00").removeprefix(b"/") not in _ONE_STEP:
            raise Refused(TOO_MUCH)
    left = MOST_UNPACKED
    view = memoryview(untrusted_pdf)
    for match in _STREAM.finditer(untrusted_pdf):
        report(Step(0, 1))
        left -= _unpacked_size(view, match.end(), min(left, MOST_IN_ONE))
        if match[1] == b"\r\n":
            left -= _unpacked_size(view, match.end() - 1, min(left, MOST_IN_ONE))


def _holds(untrusted_pdf: bytes, pattern: re.Pattern[bytes]) -> bool:
    """Whether one of the long patterns stands in it. Searched piece by piece: other threads wait while one is searched."""
    pieces = range(0, len(untrusted_pdf), _PIECE)
    return any(pattern.search(untrusted_pdf, at, at + _PIECE + 2 * _LONGEST) is not None for at in pieces)


def _unpacked_size(view: memoryview, start: int, most: int) -> int:
    """Bytes that the zlib stream at ``start`` unpacks to; 0 where there is none (RFC 1950, 2.2)."""
    head = bytes(view[start : start + 2])
    if len(head) < 2 or head[0] & 15 != 8 or int.from_bytes(head, "big") % 31:
        return 0
    inflating, size, at = zlib.decompressobj(), 0, start
    try:
        while not inflating.eof and (inflating.unconsumed_tail or at < len(view)):
            packed: bytes | memoryview = inflating.unconsumed_tail
            if not packed:
                piece = _FIRST_PIECE if at == start else _PIECE
                packed = view[at : at + piece]
                at += piece
            size += len(inflating.decompress(packed, _PIECE))
            if size > most:
                raise Refused(TOO_MUCH)
    except zlib.error:
        pass  # broken, or no such stream: what came before the fault is all that it unpacks to
    return size
