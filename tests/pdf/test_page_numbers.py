"""The numbers of pages that a letter names: laid out again until they stand, and never for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from crsv_desk.domain.errors import DeskError
from crsv_desk.pdf import typeset as module
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.letter_part import SignedLetter
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.setting import Setting
from tests.pdf.sample import sample_letter


def laid_out(monkeypatch: pytest.MonkeyPatch, more: Callable[[int, int], int]) -> tuple[Setting, list[Part], int]:
    """A letter that takes so many pages ``more`` where it names this page of the signatories and is so long, and after how
    many rounds its numbers stood."""
    setting, rounds = Setting(sample_letter(5)), 0
    part = SignedLetter.part

    def longer(self: SignedLetter) -> Part:
        nonlocal rounds
        rounds += 1
        made = part(self)
        last = made.placed[-1]
        ending = last._replace(page=last.page + more(setting.page_of("signatories"), made.pages))
        return replace(made, placed=[*made.placed, ending])

    monkeypatch.setattr(SignedLetter, "part", longer)
    parts = module._laid_out(setting, TaggedCanvas(module._about(setting)))
    return setting, [part for part, _ in parts], rounds


@pytest.mark.parametrize(("more", "rounds"), [(lambda _page, _pages: 0, 2), (lambda page, _pages: int(page < 100), 3)])
def test_the_numbers_are_those_of_the_pages(
    monkeypatch: pytest.MonkeyPatch, more: Callable[[int, int], int], rounds: int
) -> None:
    setting, (letter, signatories, _evidence), needed = laid_out(monkeypatch, more)
    assert setting.page_of("signatories") == 1 + letter.pages
    assert setting.page_of("evidence") == 1 + letter.pages + signatories.pages
    assert needed == rounds


def test_numbers_that_never_settle_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DeskError, match="do not settle"):
        laid_out(monkeypatch, lambda page, pages: int(page == pages + 1))
