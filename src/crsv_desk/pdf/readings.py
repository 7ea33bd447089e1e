"""The same bytes as whoever searches them may read them: in several encodings, unescaped, and unpacked once more."""

from __future__ import annotations

import binascii
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

DEEPEST = 3
_MOST_BYTES = 16 * 1024 * 1024
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_HEXADECIMAL = re.compile(rb"(?:[0-9A-Fa-f]{2}){8,}")
_ESCAPED = re.compile(r"\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|\\([0-7]{3})|=([0-9A-F]{2})(?![0-9A-F])")
_SURROGATES = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")
_CHUNKS = (b"zTXt", b"iTXt", b"iCCP", b"eXIf")


def texts(data: bytes) -> Iterator[str]:
    """``data`` as text in each encoding that somebody might read it in, and with its escapes resolved."""
    plain = data.decode("utf-8", "ignore")
    yield plain
    for encoding in () if data.isascii() else ("cp1252", "mac-roman"):
        yield data.decode(encoding, "ignore")
    if b"\0" in data:
        for start in (0, 1):
            yield data[start:].decode("utf-16-be", "ignore")
            yield data[start:].decode("utf-16-le", "ignore")
    yield from unescaped(plain)


def unescaped(text: str) -> Iterator[str]:
    """As JSON, programming languages, PDF, quoted-printable, XML and addresses write what is not a plain letter."""
    if "\\" in text or "=" in text:
        # Octets of UTF-8 one by one come out as Latin-1 and are put together again.
        done = _ESCAPED.sub(
            lambda match: chr(int(match[1] or match[2] or match[4] or "0", 16) or int(match[3] or "0", 8)), text
        )
        if done != text:
            done = _SURROGATES.sub(lambda match: match[0].encode("utf-16", "surrogatepass").decode("utf-16"), done)
            yield done
            yield done.encode("latin-1", "ignore").decode("utf-8", "ignore")
    if "&" in text and ";" in text:
        yield html.unescape(text)
    if "%" in text:
        yield unquote(text)


def nested(data: bytes) -> Iterator[bytes]:
    """What is packed in ``data``: files of an archive, a picture's own words, base64 and hexadecimal figures."""
    if data.startswith(b"PK"):
        yield from _archived(data)
    if data.startswith(b"\x89PNG"):
        yield from _picture_words(data)
    for match in _BASE64.finditer(data):
        run = match[0].translate(bytes.maketrans(b"-_", b"+/"))
        for start in range(4):
            part = run[start:] if len(run[start:]) % 4 != 1 else run[start:-1]  # one figure alone is no byte
            yield binascii.a2b_base64(part + b"=" * (-len(part) % 4))
    for match in _HEXADECIMAL.finditer(data):
        yield bytes.fromhex(match[0].decode("ascii"))


def _archived(data: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for one in archive.infolist():
                yield one.filename.encode()
                yield one.comment
                if one.file_size <= _MOST_BYTES:
                    yield archive.read(one)
            yield archive.comment
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError):
        return  # no archive after all: its bytes were read as they are


def _picture_words(data: bytes) -> Iterator[bytes]:
    """Compressed texts and profiles of a PNG (11.3 of its specification)."""
    for kind in _CHUNKS:
        at = data.find(kind)
        while at >= 4:
            length = int.from_bytes(data[at - 4 : at], "big")
            content = data[at + 4 : at + 4 + length]
            yield content
            for start in range(min(len(content), 200)):
                if content[start : start + 1] == b"\x78":
                    try:
                        yield zlib.decompressobj().decompress(content[start:], _MOST_BYTES)
                    except zlib.error:
                        continue
            at = data.find(kind, at + 4)
