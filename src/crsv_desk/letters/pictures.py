"""Pictures from outside: looked at by their header first, read strictly, and written anew as plain PNG."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from PIL import Image, ImageFile, ImageOps

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

T = TypeVar("T")

MOST_PIXELS = 4_000_000
MOST_BYTES = 20_000_000
_SHRINK = 0.8
_SMALLEST = 16


_TOO_MANY_POINTS = N_("This picture has too many points; choose one of at most 4 megapixels.")


class SafePictures:
    """Satisfies the services' ``Pictures``."""

    def __init__(self) -> None:
        self._plain: set[tuple[bytes, tuple[int, int], int]] = set()
        """SHA-256 of the pictures that came out as they went in, and the limits: writing these anew again gives the same."""

    def normalise(self, untrusted_data: bytes, largest: tuple[int, int], most_bytes: int) -> bytes:
        """A PNG or JPEG as a plain PNG without metadata, made smaller to fit. The same input gives the same bytes.

        Args:
            largest: width and height in pixels.
            most_bytes: of the result.

        Raises:
            Refused: not a picture, too large, or damaged.
        """
        known = sha256(untrusted_data).digest(), largest, most_bytes
        if known in self._plain:
            return untrusted_data
        image = _read(untrusted_data, lambda opened: _plain(ImageOps.exif_transpose(opened)))
        image.thumbnail(largest, Image.Resampling.LANCZOS)
        data = _png(image)
        while len(data) > most_bytes:
            width, height = (max(_SMALLEST, int(side * _SHRINK)) for side in image.size)
            if (width, height) == image.size:
                raise Refused(N_("This picture cannot be made small enough; choose a simpler one."))
            image = image.resize((width, height), Image.Resampling.LANCZOS)
            data = _png(image)
        if data == untrusted_data:
            self._plain.add(known)
        return data

    def check(self, untrusted_data: bytes) -> None:
        """Raises ``Refused`` for what ``normalise`` would not take, without writing it anew."""
        _read(untrusted_data, lambda _opened: None)


def _read(untrusted_data: bytes, finish: Callable[[Image.Image], T]) -> T:
    """What ``finish`` makes of the picture, once it is whole and small enough. Raises ``Refused``."""
    if len(untrusted_data) > MOST_BYTES:
        raise Refused(N_("This picture is too large; choose one below 20 MB."))
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(untrusted_data), formats=["PNG", "JPEG"]) as opened:
                if opened.width * opened.height > MOST_PIXELS or min(opened.size) < 1:
                    raise Refused(_TOO_MANY_POINTS)
                # A telephone's JPEG may carry a second view (CIPA DC-007): the first one is the photo.
                if opened.format != "MPO" and getattr(opened, "n_frames", 1) > 1:
                    raise Refused(N_("This picture moves; choose a still one."))
                opened.load()
                return finish(opened)
    except Refused:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused(_TOO_MANY_POINTS) from error
    except Exception as error:  # a foreign picture may break a decoder in any way
        raise Refused(N_("This file is not a PNG or JPEG picture that can be read.")) from error


def _plain(image: Image.Image) -> Image.Image:
    """Grey, colour, or colour with transparency; nothing else is kept."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    transparent = "A" in image.getbands() or "transparency" in image.info
    if transparent:
        return _without_extras(image.convert("RGBA"))
    return _without_extras(image.convert("L" if image.mode in ("1", "L") else "RGB"))


def _without_extras(image: Image.Image) -> Image.Image:
    return Image.frombytes(image.mode, image.size, image.tobytes())


def _png(image: Image.Image) -> bytes:
    output = io.BytesIO()
    image.save(output, "PNG", optimize=False, compress_level=7)  # 9 takes twice as long for 3 % less
    return output.getvalue()
