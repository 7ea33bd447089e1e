"""Contrast of colours (WCAG 2.2, "contrast ratio" and "relative luminance")."""

from __future__ import annotations

import re

LEAST_ON_WHITE = 7.0
"""The level AAA for text; a letter's own accent reaches it."""


def contrast(one: str, other: str) -> float:
    """The ratio of two colours ``#RRGGBB``, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def is_colour(untrusted_text: str) -> bool:
    """Whether it is ``#RRGGBB``."""
    return re.fullmatch("#[0-9A-Fa-f]{6}", untrusted_text) is not None


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
