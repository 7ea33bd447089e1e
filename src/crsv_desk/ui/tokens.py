"""The colours of the window, named by what they are for, in three sets; every pair is measured by the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark", "contrast"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours as ``#RRGGBB``. ``border`` is the width of a card's border, in pixels."""

    bg: str
    surface: str
    sunken: str
    paper: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    focus: str
    border: int = 1


TOKENS: dict[ThemeName, Tokens] = {
    "light": Tokens(
        bg="#F4F0E9", surface="#FFFDFA", sunken="#EAE4DA", paper="#FFFEFB", line="#D8CFC2", edge="#7F7568",
        text="#241F1C", muted="#5C544C", accent="#5C2D58", accent_hover="#472044", on_accent="#FFFFFF",
        accent_soft="#F2E8F0", ok="#1D5637", ok_soft="#E5F0E7", warn="#6A4300", warn_soft="#FAEFD6",
        bad="#861D1D", bad_soft="#FAE8E4", focus="#5C2D58",
    ),
    "dark": Tokens(
        bg="#1C1917", surface="#26221F", sunken="#312C28", paper="#2A2622", line="#4A423B", edge="#9A8F82",
        text="#F3EDE5", muted="#C2B7AA", accent="#E0B4D9", accent_hover="#ECCBE6", on_accent="#2B1129",
        accent_soft="#3D2C3B", ok="#9BD6B0", ok_soft="#20342A", warn="#EBC680", warn_soft="#3A2F1B",
        bad="#F5B0A6", bad_soft="#42251F", focus="#E0B4D9",
    ),
    "contrast": Tokens(
        bg="#000000", surface="#000000", sunken="#000000", paper="#000000", line="#FFFFFF", edge="#FFFFFF",
        text="#FFFFFF", muted="#FFFFFF", accent="#F0C4FF", accent_hover="#FFFFFF", on_accent="#000000",
        accent_soft="#000000", ok="#8CFFB8", ok_soft="#000000", warn="#FFCF57", warn_soft="#000000",
        bad="#FFA8A0", bad_soft="#000000", focus="#FFE500", border=2,
    ),
}  # fmt: skip

PDF_PAGE, PDF_TEXT, PDF_EDGE = "#FFFFFF", "#241F1C", "#B9AFA2"
"""A page of the PDF looks the same in every theme: it is a picture of paper."""
