"""Pictures from outside: looked at by their header, read strictly, written anew; a sentence for each that is refused."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crsv_desk.domain.errors import Refused
from crsv_desk.letters.pictures import SafePictures

LOGO = (1_200, 600)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    output = io.BytesIO()
    image.save(output, kind, **options)
    return output.getvalue()


def normal(data: bytes, largest: tuple[int, int] = LOGO, most: int = 400_000) -> bytes:
    return SafePictures().normalise(data, largest, most)


def seen(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(normal(data)))
    assert image.format == "PNG" and not image.info
    image.load()
    return image


def png(*chunks: tuple[bytes, bytes], size: tuple[int, int] = (10, 10)) -> bytes:
    """A PNG by hand: whatever its chunks say."""
    head = (b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0))
    end = ((b"IDAT", zlib.compress(b"\0" * 310)), (b"IEND", b""))
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (head, *chunks, *end)
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


RED = Image.new("RGB", (200, 80), "red")
NOISE = Image.effect_noise((300, 200), 90).convert("RGB")


@pytest.mark.parametrize("side", [9_000, 10_000, 14_000])
def test_a_bomb_is_refused_by_its_header(side: int) -> None:
    """81 megapixels in 9.9 kB pass Pillow without a word, 100 with a warning, 196 with an error."""
    bomb = saved(Image.new("1", (side, side)))
    assert len(bomb) < 30_000
    with pytest.raises(Refused, match="4 megapixels"):
        normal(bomb)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (saved(RED, save_all=True, append_images=[Image.new("RGB", (200, 80), "blue")]), "moves"),
        (saved(RED)[:120], "cannot be|can be read"), (saved(NOISE, "JPEG")[:4_000], "can be read"),
        (saved(RED, "GIF"), "can be read"), (saved(RED, "WEBP"), "can be read"), (saved(RED, "TIFF"), "can be read"),
        (saved(RED, "BMP"), "can be read"), (b"<svg/>", "can be read"), (b"", "can be read"),
        (png(size=(0, 10)), "can be read"), (png(size=(10, 0)), "can be read"),
        (png((b"zTXt", b"a\0\0" + zlib.compress(b"x" * 80_000_000))), "can be read"),
        (png((b"iCCP", b"a\0\0" + zlib.compress(b"x" * 80_000_000))), "can be read"),
        (b"\x89PNG\r\n\x1a\n", "can be read"), (b"\0" * 20_000_001, "20 MB"),
    ],
)  # fmt: skip
def test_what_is_refused_has_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        normal(data)


def test_nothing_but_the_picture_is_kept() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "thuis bij de directeur"
    for data in (saved(RED, "JPEG", exif=exif, comment=b"geheim"), saved(RED, exif=exif)):
        image = seen(data)
        assert image.size == (80, 200)  # turned as the camera was held
        assert b"thuis" not in normal(data) and b"geheim" not in normal(data)


@pytest.mark.parametrize(
    ("image", "kind", "mode", "colour"),
    [
        (Image.new("CMYK", (20, 10), (0, 255, 255, 0)), "JPEG", "RGB", (255, 0, 0)),
        (Image.new("I;16", (20, 10), 30_000), "PNG", "L", 116), (Image.new("1", (20, 10), 1), "PNG", "L", 255),
        (Image.new("LA", (20, 10), (100, 128)), "PNG", "RGBA", (100, 100, 100, 128)),
        (Image.new("RGBA", (20, 10), (1, 2, 3, 4)), "PNG", "RGBA", (1, 2, 3, 4)),
        (Image.new("L", (20, 10), 7), "JPEG", "L", 7), (Image.new("P", (20, 10)), "PNG", "RGB", (0, 0, 0)),
    ],
)  # fmt: skip
def test_colours_are_those_of_the_picture(image: Image.Image, kind: str, mode: str, colour: object) -> None:
    found = seen(saved(image, kind))
    assert found.mode == mode and found.getpixel((5, 5)) == colour


def test_a_telephones_second_view_is_left_out() -> None:
    views = saved(RED, "MPO", save_all=True, append_images=[Image.new("RGB", (200, 80), "blue")])
    red, green, blue = seen(views).convert("RGB").getpixel((9, 9))  # type: ignore[misc]
    assert red > 200 and green < 50 and blue < 50


def test_large_ones_are_made_smaller_in_their_own_shape() -> None:
    assert seen(saved(Image.new("L", (2_000, 2_000)))).size == (600, 600)
    assert seen(saved(Image.new("L", (2_000, 500)))).size == (1_200, 300)
    small = normal(saved(NOISE), (1_200, 400), 40_000)
    assert len(small) <= 40_000
    assert Image.open(io.BytesIO(small)).size[0] < 300


def test_the_same_picture_gives_the_same_bytes_and_stays_as_it_is() -> None:
    once = normal(saved(NOISE, "JPEG"))
    assert normal(saved(NOISE, "JPEG")) == once == normal(once)


def test_a_picture_that_is_known_to_stay_as_it_is_still_has_to_fit() -> None:
    pictures = SafePictures()
    data = pictures.normalise(saved(NOISE), LOGO, 400_000)
    assert pictures.normalise(data, LOGO, 400_000) == data == pictures.normalise(data, LOGO, 400_000)
    small = pictures.normalise(data, (100, 100), 400_000)
    assert max(Image.open(io.BytesIO(small)).size) == 100
    assert len(pictures.normalise(data, LOGO, 50_000)) <= 50_000 < len(data)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_bytes_make_it_raise_anything_but_refused(data: st.DataObject) -> None:
    good = data.draw(st.sampled_from([saved(RED), saved(RED, "JPEG"), png()]))
    at = data.draw(st.integers(0, len(good) - 1))
    changed = good[:at] + data.draw(st.binary(max_size=6)) + good[at + data.draw(st.integers(0, 6)) :]
    with contextlib.suppress(Refused):
        normal(changed)
