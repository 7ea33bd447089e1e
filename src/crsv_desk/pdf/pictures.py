"""Logos and scanned marks: normalised PNGs become image objects, each once, copied without recompressing if possible."""

from __future__ import annotations

import io
import struct
from hashlib import sha256
from typing import NamedTuple

from PIL import Image

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import N_
from crsv_desk.pdf.document import TaggedDocument
from crsv_desk.pdf.objects import Stream

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOUR_SPACES = {0: b"/DeviceGray", 2: b"/DeviceRGB"}


class Picture(NamedTuple):
    """An image object: its key, and its size in pixels."""

    key: str
    width: int
    height: int


def put_picture(document: TaggedDocument, png: bytes) -> Picture:
    """Keep a normalised PNG as an image object.

    Raises:
        DeskError: it is not a PNG.
    """
    if png[:8] != _SIGNATURE or len(png) < 33:
        raise DeskError(N_("One of the pictures is not a PNG; choose the logo or mark again."))
    key = "I" + sha256(png).hexdigest()[:16]
    width, height, bits, colour_type, interlaced = struct.unpack(">IIBBxxB", png[16:29])
    if key in document.idToObject:
        return Picture(key, width, height)
    chunks = _chunks(png)
    if colour_type in (0, 2, 3) and not interlaced and b"tRNS" not in chunks:
        _copy(document, key, chunks, (width, height, bits, colour_type))
    else:
        _convert(document, key, png)
    return Picture(key, width, height)


def _chunks(png: bytes) -> dict[bytes, bytes]:
    """The contents of a PNG by chunk type; those of one type joined."""
    found: dict[bytes, bytes] = {}
    place = 8
    while place + 8 <= len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        found[kind] = found.get(kind, b"") + png[place + 8 : place + 8 + length]
        place += 12 + length
    return found


def _copy(document: TaggedDocument, key: str, chunks: dict[bytes, bytes], header: tuple[int, int, int, int]) -> None:
    width, height, bits, colour_type = header
    palette = chunks.get(b"PLTE", b"")
    space = _COLOUR_SPACES.get(colour_type) or b"[/Indexed/DeviceRGB %d<%s>]" % (
        len(palette) // 3 - 1,
        palette.hex().encode(),
    )
    dictionary = (
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace%s/Filter/FlateDecode"
        b"/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d>>"
        % (width, height, bits, space, 3 if colour_type == 2 else 1, bits, width)
    )
    document.put(key, Stream(dictionary, chunks[b"IDAT"], compress=False))


def _convert(document: TaggedDocument, key: str, png: bytes) -> None:
    with Image.open(io.BytesIO(png), formats=["PNG"]) as opened:
        transparent = "A" in opened.getbands() or "transparency" in opened.info
        image = opened.convert("RGBA" if transparent else "RGB")
    width, height = image.size
    common = b"/Type/XObject/Subtype/Image/BitsPerComponent 8"
    colours = image
    mask = ""
    if transparent:
        mask = document.put(
            f"{key}-mask",
            Stream(
                common + b"/ColorSpace/DeviceGray/Width %d/Height %d" % (width, height),
                image.getchannel("A").tobytes(),
            ),
        )
        colours = image.convert("RGB")
        if all(low == high for low, high in _extremes(colours)):
            colours = colours.crop((0, 0, 1, 1))
    dictionary = common + b"/ColorSpace/DeviceRGB/Width %d/Height %d" % colours.size
    document.put(
        key,
        Stream(lambda made: dictionary + (b"/SMask " + made.reference(mask) if mask else b""), colours.tobytes()),
    )


def _extremes(image: Image.Image) -> list[tuple[int, int]]:
    return [band.getextrema() for band in image.split()]  # type: ignore[misc]
