"""Itemising: which script, face and direction each character of a paragraph has, and so where it falls apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from fontTools import unicodedata as scripts

from crsv_desk.pdf import bidi
from crsv_desk.pdf.bidi_brackets import CLOSING_OF
from crsv_desk.pdf.fonts import Family, NoFace, Typeface, face_for, missing, stack_names, typeface
from crsv_desk.pdf.shaping import Shaped, shape
from crsv_desk.pdf.styles import GLUE, Run, TextStyle

SPACES = frozenset(" \n\u200b\u2002\u2003\u2009" + GLUE)
_AT_SPACES = re.compile("([" + "".join(SPACES) + "])")
_AT_BREAKS = re.compile("([" + "".join(SPACES - {GLUE}) + "])")
_UNDECIDED = frozenset(("Zyyy", "Zinh", "Zzzz"))
_FORMATTING = frozenset(("LRI", "RLI", "FSI", "PDI"))
_SCRIPT_FACES = {
    "Arab": "NotoNaskhArabic",
    "Hebr": "NotoSansHebrew",
    "Ethi": "NotoSansEthiopic",
    "Mymr": "NotoSansMyanmar",
}


class Atom(NamedTuple):
    """A stretch of one run, face, script and direction, within one word or one space."""

    shaped: Shaped
    run: int
    """Which of the paragraph's runs it belongs to."""
    level: int
    space: bool
    glued: bool
    """A space at which no line may end."""
    forced: bool
    """A space after which the line ends."""
    width: float
    """In points."""


def atoms(runs: Sequence[Run], base: int, language: str) -> list[Atom]:
    """Every atom of a paragraph, in logical order.

    Args:
        base: the paragraph's direction, 0 from left to right, 1 from right to left.
        language: BCP 47, of runs that name none.

    Raises:
        DeskError: a character is in none of the fonts.
    """
    text = "".join(run.text for run in runs)
    if base == 0 and all(
        _plain(run.style.family, run.style.bold, run.style.italic).issuperset(run.text) for run in runs
    ):
        return [atom for number, run in enumerate(runs) for atom in _plain_atoms(run, number, language)]
    return _general_atoms(text, runs, base, language)


@cache
def _plain(family: Family, bold: bool, italic: bool) -> frozenset[str]:
    """The characters for which nothing needs to be found out: Latin, from left to right, in a style's own face."""
    own = typeface(stack_names(family, bold, italic)[0])
    letters = {chr(code) for code in own.coverage if _simple(code) and script(chr(code)) in ("Latn", "Zyyy")}
    return frozenset(
        {c for c in letters if unicodedata.category(c) not in ("Mn", "Cf") and not bidi.needs_bidi(c)} | {"\n", GLUE}
    )


def _simple(code: int) -> bool:
    """Whether a code point is in the blocks of Latin letters and of punctuation; looking at all others takes long."""
    return code < 0x0250 or 0x1E00 <= code < 0x20D0


def _plain_atoms(run: Run, number: int, language: str) -> list[Atom]:
    style, language = run.style, run.language or language
    if style.tabular:
        # A code stays in one piece, and is never met again.
        return [_made(part, style, language, number) for part in _AT_BREAKS.split(run.text) if part]
    return [_plain_atom(part, style, language, number) for part in _AT_SPACES.split(run.text) if part]


def _made(text: str, style: TextStyle, language: str, number: int) -> Atom:
    face = typeface(stack_names(style.family, style.bold, style.italic)[0])
    return _atom(text, face, "Latn", 0, style, number, language)


_plain_atom = lru_cache(maxsize=16384)(_made)


def _general_atoms(text: str, runs: Sequence[Run], base: int, language: str) -> list[Atom]:
    owners = [number for number, run in enumerate(runs) for _ in run.text]
    levels: list[bidi.Level] = [0] * len(text)
    if base == 1 or bidi.needs_bidi(text):
        # A forced line end would end the paragraph for UAX #9; to us it is only a space.
        levels = bidi.levels(text.replace("\n", " ").replace(GLUE, " "), base)[1]
    found = resolved_scripts(text)
    result: list[Atom] = []
    start = 0
    previous: tuple[object, ...] | None = None
    face: Typeface | None = None
    stretch: list[str] = []

    def close(at: int) -> None:
        if stretch:
            assert face is not None
            run = runs[owners[start]]
            result.append(
                _atom(
                    "".join(stretch),
                    face,
                    found[start],
                    levels[start] or 0,
                    run.style,
                    owners[start],
                    run.language or language,
                )
            )
        stretch.clear()

    for index, character in enumerate(text):
        if levels[index] is None or unicodedata.bidirectional(character) in _FORMATTING:
            continue
        style = runs[owners[index]].style
        try:
            chosen = _face(style, character, found[index], face)
        except NoFace as error:
            raise missing(text.replace(GLUE, " "), index) from error
        space = character in SPACES
        key = (owners[index], levels[index], found[index], chosen.name, space)
        if key != previous or space:
            close(index)
            start = index
        previous, face = key, chosen
        stretch.append(character)
    close(len(text))
    return result


def _atom(text: str, face: Typeface, script: str, level: int, style: TextStyle, number: int, language: str) -> Atom:
    space = text in SPACES
    shown = " " if text == "\n" else text.replace(GLUE, " ")
    shaped = shape(face, shown, script, language, bool(level & 1), style.tabular)
    return Atom(shaped, number, level, space, text == GLUE, text == "\n", shaped.width * style.size / 1000)


def _face(style: TextStyle, character: str, script: str, previous: Typeface | None) -> Typeface:
    if character in ("\n", GLUE):
        character = " "
    code = ord(character)
    category = unicodedata.category(character)
    if previous is not None and category in ("Mn", "Mc", "Cf") and code in previous.coverage:
        return previous
    if previous is not None and category == "Cf":
        return previous
    if script in _SCRIPT_FACES:
        own = typeface(f"{_SCRIPT_FACES[script]}-{'Bold' if style.bold else 'Regular'}")
        if code in own.coverage:
            return own
    return face_for(style.family, style.bold, style.italic, character)


@lru_cache(maxsize=65536)
def script(character: str) -> str:
    """ISO 15924 code of the character's script."""
    return str(scripts.script(character))


def resolved_scripts(text: str) -> list[str]:
    """The script of each character; what belongs to none takes its neighbour's, a bracket its partner's."""
    result: list[str] = []
    waiting: list[tuple[str, str]] = []
    current = ""
    for character in text:
        own = script(character)
        if own not in _UNDECIDED:
            current = own
        found = current
        if character in CLOSING_OF:
            waiting.append((CLOSING_OF[character], found))
        elif waiting and character == waiting[-1][0]:
            found = waiting.pop()[1]
        result.append(found)
    following = next((found for found in result if found), "Latn")
    for index in range(len(result)):
        if result[index]:
            break
        result[index] = following
    return [found or following for found in result]
