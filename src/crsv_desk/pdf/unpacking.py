"""The contents of streams: inflated within limits, pictures as pixels. Our own paper uses Flate and nothing else."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

from crsv_desk.domain.errors import Refused
from crsv_desk.pdf.reading import UNREADABLE, entry

MOST_BYTES = 256 * 1024 * 1024
_COLOUR_TYPE = {1: 0, 3: 2}


def inflated(untrusted_data: bytes) -> bytes:
    """What Flate packed. Raises ``Refused``: not all there, or more than ``MOST_BYTES``."""
    inflating = zlib.decompressobj()
    result = inflating.decompress(untrusted_data, MOST_BYTES)
    if not inflating.eof:
        raise Refused(UNREADABLE)
    return result


def unpacked(stream: Any) -> bytes:
    """The stream's data without its compression; a predictor is not undone.

    Raises:
        Refused: another filter, broken data, or more than ``MOST_BYTES``.
    """
    data = bytes(stream.encoded_data)
    filters = entry(stream, "/Filter")
    if filters is None:
        return data
    if str(filters) != "/FlateDecode":
        raise Refused(UNREADABLE)
    return inflated(data)


def same_content(one: Any, other: Any) -> bool:
    """Whether two streams hold the same, however they were compressed. Raises ``Refused``."""
    first, second = unpacked(one), unpacked(other)
    parameters = _predictor(one), _predictor(other)
    if first == second and parameters[0] == parameters[1]:
        return True
    # Another version of the picture library may have chosen other row filters for the same pixels.
    if entry(one, "/Subtype") == "/Image" and entry(other, "/Subtype") == "/Image":
        return _pixels(one) == _pixels(other)
    return False


def _predictor(stream: Any) -> dict[str, int]:
    parameters = entry(stream, "/DecodeParms", {})
    return {str(key): int(parameters[key]) for key in parameters}


def _pixels(stream: Any) -> bytes:
    parameters = _predictor(stream)
    if parameters.get("/Predictor", 1) < 10:
        return unpacked(stream)
    colours, bits = parameters.get("/Colors", 1), parameters.get("/BitsPerComponent", 8)
    header = struct.pack(
        ">IIBBBBB", int(stream["/Width"]), int(stream["/Height"]), bits, _COLOUR_TYPE[colours], 0, 0, 0
    )
    data = zlib.compress(unpacked(stream), 1)
    png = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
        return image.tobytes()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
