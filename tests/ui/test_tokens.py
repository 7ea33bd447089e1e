"""Every colour can be told from what it stands on (WCAG 2.2: 1.4.3 contrast of text, 1.4.11 of what is no text)."""

from __future__ import annotations

import pytest

from crsv_desk.domain.colours import contrast
from crsv_desk.ui.tokens import TOKENS, ThemeName

GROUNDS = ("bg", "surface", "sunken", "paper")
TONES = ("accent", "ok", "warn", "bad")
PAIRS = (
    *(("text", ground, 7.0) for ground in (*GROUNDS, *(f"{tone}_soft" for tone in TONES))),
    *((tone, ground, 4.5) for tone in ("muted", *TONES) for ground in GROUNDS),
    *((tone, f"{tone}_soft", 4.5) for tone in TONES),
    ("on_accent", "accent", 4.5),
    ("on_accent", "accent_hover", 4.5),
    *((line, ground, 3.0) for line in ("edge", "focus") for ground in GROUNDS),
)


@pytest.mark.parametrize("name", TOKENS)
def test_each_colour_stands_out_from_its_ground(name: ThemeName) -> None:
    tokens = TOKENS[name]
    measured = {(one, ground): contrast(getattr(tokens, one), getattr(tokens, ground)) for one, ground, _ in PAIRS}
    assert {(one, ground) for one, ground, least in PAIRS if measured[one, ground] < least} == set()
