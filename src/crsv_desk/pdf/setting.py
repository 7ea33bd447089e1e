"""What every part of the paper needs to know: the letter, its words and direction, and where pages turned out to be."""

from __future__ import annotations

from collections.abc import MutableSequence, Set
from dataclasses import replace

from crsv_desk.domain.codes import spoken
from crsv_desk.domain.paper import CombinedLetter, LetterText
from crsv_desk.pdf import bidi
from crsv_desk.pdf.canvas import PAGE_HEIGHT, TaggedCanvas
from crsv_desk.pdf.flow import Strip
from crsv_desk.pdf.languages import script_of
from crsv_desk.pdf.measures import mirrored
from crsv_desk.pdf.outline import Bookmark
from crsv_desk.pdf.styles import TextStyle
from crsv_desk.pdf.wording import Wording

_LARGER = 1.12


class Setting:
    """One letter being typeset."""

    def __init__(self, letter: CombinedLetter, document_language: str = "") -> None:
        self.letter = letter
        self.part_language = "" if document_language in ("", letter.text.language) else letter.text.language
        """The letter's language where the document's is another, else empty."""
        self.wording = Wording(letter.text.language)
        self.right_to_left = letter.text.direction == "rtl"
        self.base = 1 if self.right_to_left else 0
        self.accent = letter.accent
        self.code = spoken(letter.letter)
        """The letter code, 30 digits in six groups."""
        self.first_pages: dict[str, int] = {}
        """The number of the first page of each part, and of what else is pointed at, from 1; known once everything is
        laid out."""
        self.places: dict[str, int] = {}
        """The page within the evidence, from 0, of what is pointed at there; known once that is laid out."""
        self.page_count = 0
        self.bookmarks: list[Bookmark] = []
        """Filled while pages are painted."""

    def beside(self, text: LetterText) -> Setting:
        """The same letter in another language, in the same document."""
        other = Setting(replace(self.letter, text=text, also=()), self.letter.text.language)
        other.bookmarks = self.bookmarks
        return other

    @property
    def foreign_wording(self) -> str:
        """The language of the fixed words where it is not the letter's own, else empty."""
        return self.wording.language if self.wording.language != self.letter.text.language else ""

    def legible(self, style: TextStyle) -> TextStyle:
        """``style``, of what the program says, as large as its letters need: Arabic ones are small for their size. Codes
        stay as they are."""
        return style.times(_LARGER) if self.wording.arabic and style.family == "sans" and not style.tabular else style

    @property
    def home_scripts(self) -> Set[str]:
        """The scripts of the letter's language and of the fixed words: what is in another is in another language."""
        return {script_of(self.letter.text.language), script_of(self.wording.language)}

    def inserted(self, words: str) -> str:
        """``words``, a name or a date, as they are put into a sentence that may run the other way."""
        return bidi.isolated(words) if self.right_to_left or bidi.needs_bidi(words) else words

    def page_of(self, part: str) -> int:
        """The number of a part's first page; while it is not known, one as wide as any."""
        return self.first_pages.get(part, 888)

    def remember(self, strips: MutableSequence[Strip], title: str, *, below: bool = False) -> None:
        """Let the first of ``strips`` leave a bookmark where it is painted; ``below`` the last one of the first level."""
        first = strips[0]

        def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
            level = self.bookmarks[-1].below if below and self.bookmarks else self.bookmarks
            level.append(Bookmark(title, canvas.page, PAGE_HEIGHT - top + 4))
            first.paint(canvas, left, top)

        strips[0] = replace(first, paint=paint)

    def left(self, left: float, width: float) -> float:
        """The left edge of a box on the page, mirrored for a letter from right to left."""
        return mirrored(left, width, self.right_to_left)

    def within(self, left: float, outer: float, offset: float, width: float) -> float:
        """The left edge of a box ``offset`` points from the start of one of ``outer`` points that begins at ``left``."""
        return left + outer - offset - width if self.right_to_left else left + offset
