"""Everything that a PDF of our own holds, unpacked: each stream, and each string with the key it stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crsv_desk.domain.errors import Refused
from crsv_desk.pdf.reading import UNREADABLE
from crsv_desk.pdf.unpacking import inflated

_STREAM = re.compile(rb"<<((?:[^<>]|<[0-9A-Fa-f\s]*>|<<|>>(?!\s*stream))*)>>\s*stream\r?\n", re.DOTALL)
_LENGTH = re.compile(rb"/Length (\d+)(?! \d+ R)")
_STRING = re.compile(
    rb"(/[A-Za-z]+)?\s*(?:\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<((?:FEFF|feff)[0-9A-Fa-f\s]*)>)", re.DOTALL
)
_SEAL = re.compile(rb"/Contents\s*<[0-9A-Fa-f]{256,}>")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r?\n|(.))", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
KINDS = (b"EmbeddedFile", b"Image", b"Metadata", b"ObjStm", b"XRef")


class Piece(NamedTuple):
    """One unpacked stream, the seal's figures, or (``kind`` empty) what else stands in the file outside streams."""

    kind: str
    """``EmbeddedFile``, ``Image``, ``Metadata``, ``ObjStm``, ``XRef``, ``Stream``, ``Seal`` or empty."""
    data: bytes


class Text(NamedTuple):
    """One string of the file and the key before it, e.g. ``/Alt``; the key may be empty."""

    key: str
    text: str


def pieces(pdf: bytes) -> Iterator[Piece]:
    """Every stream and what is around them. Raises ``Refused``: a stream that our own paper does not write."""
    outside: list[bytes] = []
    at = 0
    while (head := _STREAM.search(pdf, at)) is not None:
        length = _LENGTH.search(head[1])
        if length is None:
            raise Refused(UNREADABLE)
        end = head.end() + int(length[1])
        outside.append(pdf[at : head.end()])
        kind = next((one for one in KINDS if b"/" + one in head[1]), b"Stream").decode()
        yield Piece(kind, _inflated(head[1], pdf[head.end() : end]))
        at = end
    rest = b"".join((*outside, pdf[at:]))
    yield from (Piece("Seal", seal[0]) for seal in _SEAL.finditer(rest))
    yield Piece("", _SEAL.sub(b"", rest))


def strings(data: bytes) -> Iterator[Text]:
    """Every string in PDF syntax."""
    for key, literal, hexadecimal in _STRING.findall(data):
        raw = bytes.fromhex(hexadecimal.decode()) if hexadecimal else _ESCAPE.sub(_unescaped, literal)
        yield Text(key.decode(), _decoded(raw))


def _inflated(dictionary: bytes, data: bytes) -> bytes:
    if b"/Filter" not in dictionary:
        return data
    if not re.search(rb"/Filter\s*(/FlateDecode|\[\s*/FlateDecode\s*\])", dictionary):
        raise Refused(UNREADABLE)
    return inflated(data)


def _unescaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes((int(match[1], 8) & 255,))
    return _ESCAPED.get(match[2], match[2]) if match[2] else b""


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
        return raw.decode("utf-16", "ignore")
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw[3:].decode("utf-8", "ignore")
    return raw.decode("latin-1")
