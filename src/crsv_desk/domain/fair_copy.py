"""A letter's text with its fields, to be written into a file for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from crsv_desk.domain.blocks import Block


@dataclass(frozen=True, slots=True)
class FairCopy:
    """One language of a letter as a person would type it. ``direction`` is that of its script."""

    language: str
    direction: Literal["ltr", "rtl"]
    recipient: tuple[str, ...]
    place: str
    date: str
    """``2026-05-26``, or empty."""
    subject: str
    salutation: str
    blocks: tuple[Block, ...]
    closing: str
    lead: str
