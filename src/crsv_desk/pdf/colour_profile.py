"""A small sRGB profile (ICC version 4), made here so that it is the same on every machine."""

from __future__ import annotations

import struct

# IEC 61966-2.1, adapted to the D50 white of the profile connection space.
_WHITE = (0.96420, 1.00000, 0.82491)
_RED = (0.43607, 0.22249, 0.01392)
_GREEN = (0.38515, 0.71687, 0.09708)
_BLUE = (0.14307, 0.06061, 0.71410)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_ADAPTATION = (1.04788, 0.02292, -0.05020, 0.02959, 0.99048, -0.01706, -0.00925, 0.01508, 0.75168)


def srgb_profile() -> bytes:
    """The profile's bytes."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(*_CURVE)
    tags = [
        (b"desc", _text("sRGB IEC61966-2.1")),
        (b"cprt", _text("No copyright, use freely")),
        (b"wtpt", _point(_WHITE)),
        (b"rXYZ", _point(_RED)),
        (b"gXYZ", _point(_GREEN)),
        (b"bXYZ", _point(_BLUE)),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
        (b"chad", b"sf32" + bytes(4) + _fixed(*_ADAPTATION)),
    ]
    offset = 128 + 4 + 12 * len(tags)
    table, data, placed = struct.pack(">I", len(tags)), b"", dict[bytes, int]()
    for signature, content in tags:
        content = content.ljust(-(-len(content) // 4) * 4, b"\0")
        if content not in placed:
            placed[content] = offset + len(data)
            data += content
        table += struct.pack(">4sII", signature, placed[content], len(content))
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI",
        offset + len(data), b"\0\0\0\0", 0x04200000, b"mntr", b"RGB ", b"XYZ ",
        2026, 1, 1, 0, 0, 0, b"acsp", b"\0\0\0\0", 0, b"\0\0\0\0", b"\0\0\0\0", 0, 0,
    )  # fmt: skip
    return (header + _fixed(*_WHITE)).ljust(128, b"\0") + table + data


def _fixed(*values: float) -> bytes:
    """s15Fixed16 numbers."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _point(xyz: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(*xyz)


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded
