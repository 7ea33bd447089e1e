"""The parts that every page is put together from. Text is always plain text: nothing foreign is read as markup."""

from __future__ import annotations

from crsv_desk.ui.buttons import Button, Segments, danger, primary, quiet, secondary
from crsv_desk.ui.choices import Choice, Tick
from crsv_desk.ui.components.bars import Steps, action_bar, header, steps
from crsv_desk.ui.components.boxes import Card, Room, at_most, card, clear, column, page_column, row, rule, scrolled
from crsv_desk.ui.components.fields import Field, field
from crsv_desk.ui.components.icon import Icon
from crsv_desk.ui.components.page import Page
from crsv_desk.ui.components.told import Banner, Chip, banner, chip, empty_state
from crsv_desk.ui.components.words import Elided, announce, label, restyle, show_if
from crsv_desk.ui.flow import flowing

__all__ = [
    "Banner", "Button", "Card", "Chip", "Choice", "Elided", "Field", "Icon", "Page", "Room", "Segments", "Steps", "Tick",
    "action_bar", "announce", "at_most", "banner", "card", "chip", "clear", "column", "danger", "empty_state", "field", "flowing",
    "header", "label", "page_column", "primary", "quiet", "restyle", "row", "rule", "scrolled", "secondary", "show_if", "steps",
]  # fmt: skip
