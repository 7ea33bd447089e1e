"""Where the letter's pages end: no widows or orphans, headings with their text, lists with what leads to them, the
sign-off with the last lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.pdf.body import Body
from crsv_desk.pdf.flow import Placed, Strip
from crsv_desk.pdf.letter_part import SignedLetter
from crsv_desk.pdf.measures import LETTER_BOTTOM
from crsv_desk.pdf.paragraphs import Tag
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.tags import Element
from tests.pdf import sample
from tests.pdf.arabic import arabic_letter
from tests.pdf.sample import sample_letter


def laid_out(letter: CombinedLetter) -> tuple[list[tuple[Block, list[Strip]]], list[Placed]]:
    """Every block with its lines, and where every line of the letter stands."""
    setting = Setting(letter)
    signed = SignedLetter(setting, Element("Document"))
    blocks = Body(setting, Tag("Sect", Element("Document"))).by_block()
    signed._blocks = [strip for _block, lines in blocks for strip in lines]
    return blocks, list(signed.part().placed)


def begun(letter: CombinedLetter, count: int) -> CombinedLetter:
    """The letter behind a paragraph of so many words, so that its pages end elsewhere."""
    words = " ".join((sample.words() * 3)[:count]) if letter.text.direction == "ltr" else "كلمة " * count
    first = Block("first", "paragraph", (Span(words.strip()),))
    return replace(letter, text=replace(letter.text, blocks=(first, *letter.text.blocks)))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_wherever_pages_end_lines_stay_with_those_they_belong_to(direction: str) -> None:
    base = sample_letter(5, notice="") if direction == "ltr" else arabic_letter()
    ends = set()
    for count in range(1, 400, 3):
        blocks, placed = laid_out(begun(base, count))
        place = {
            id(strip): (at, line, len(lines))
            for at, (_, lines) in enumerate(blocks)
            for line, strip in enumerate(lines)
        }
        ending = next(number for number, one in enumerate(placed) if id(one.strip) in place)
        last = max(number for number, one in enumerate(placed) if id(one.strip) in place)
        assert all(one.top + one.strip.height <= LETTER_BOTTOM + 0.1 for one in placed)
        for number, (one, following) in enumerate(pairwise(placed)):
            if one.page == following.page:
                continue
            at, line, lines = place[id(one.strip)]  # no page ends with the opening
            block = blocks[at][0]
            assert block.kind != "heading", (count, "a heading ends a page")
            if number < last:
                next_at = place[id(following.strip)][0]
                if next_at == at:
                    assert line >= 1 and lines - line - 1 >= 2, (count, "a line stands alone")
                elif blocks[next_at][0].kind == "item":
                    assert not block.text.endswith(":"), (count, "a list begins a page")
            else:
                raise AssertionError((count, "the sign-off begins a page"))
            ends.add((block.kind, line))
        # The sign-off has two lines of text above it on its page.
        page = placed[last + 1].page
        assert sum(one.page == page for one in placed[ending : last + 1]) >= 2, count
    assert len(ends) >= 5  # pages ended in many places
