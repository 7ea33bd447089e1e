"""PDF objects as bytes: strings, names, numbers, dictionaries written by hand, and streams."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfdoc import PDFObject

if TYPE_CHECKING:
    from crsv_desk.pdf.document import TaggedDocument

_LEVEL = 6


def text_string(text: str) -> bytes:
    """A PDF text string."""
    if text.isascii() and text.isprintable():
        return b"(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode() + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def name(text: str) -> bytes:
    """A PDF name, e.g. ``/application#2Fjson``."""
    return b"/" + b"".join(
        bytes((byte,)) if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "-._+") else b"#%02X" % byte
        for byte in text.encode()
    )


def number(value: float) -> str:
    """A number with at most two decimals, and no more digits than it needs."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def stream(dictionary: bytes, data: bytes) -> bytes:
    """A stream with its length.

    Data may end with a carriage return: with CR and LF behind it, nobody who reads backwards from ``endstream`` takes
    that for part of the line end (ISO 32000-1, 7.3.8.1; ISO 19005-3, 6.1.7.1).
    """
    return b"<<%s/Length %d>>\nstream\n%s\r\nendstream\n" % (dictionary, len(data), data)


class Body(PDFObject):  # type: ignore[misc, unused-ignore]
    """An object whose bytes are given, or made once every object has its number."""

    late = False
    """Whether somebody else writes the object: the structure tree's root."""

    def __init__(self, content: bytes | Callable[[TaggedDocument], bytes]) -> None:
        self._content = content

    def format(self, document: TaggedDocument) -> bytes:
        """The object between ``obj`` and ``endobj``."""
        return self._content if isinstance(self._content, bytes) else self._content(document)


class Stream(PDFObject):  # type: ignore[misc, unused-ignore]
    """A stream. ``dictionary`` is everything but its length and filter."""

    __RefOnly__ = 1
    late = False

    def __init__(
        self, dictionary: bytes | Callable[[TaggedDocument], bytes], data: bytes, *, compress: bool = True
    ) -> None:
        self._dictionary = dictionary
        self._filter = b"/Filter/FlateDecode" if compress else b""
        self._data = zlib.compress(data, _LEVEL) if compress else data

    def format(self, document: TaggedDocument) -> bytes:
        """The object between ``obj`` and ``endobj``."""
        given = self._dictionary if isinstance(self._dictionary, bytes) else self._dictionary(document)
        return stream(given + self._filter, self._data)
