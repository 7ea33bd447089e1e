"""Where a word may be divided at a line's end: the patterns of LibreOffice, read by pyphen.

Only words that stand in running text are divided: nothing with a capital (a name, an abbreviation), nothing emphasised
(often another language), and never with fewer than four letters on either side.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from pyphen import HyphDict

_FOLDER = files("pyphen") / "dictionaries"
_DICTIONARIES = {
    "nl": "nl_NL",
    "en": "en_GB",
    "fr": "fr",
    "de": "de_DE",
    "es": "es",
    "it": "it_IT",
    "pt": "pt_PT",
}
_LEAST = 4
"""Letters before and after the hyphen."""
_DIGITS = b"0123456789"
_GAPS = re.compile(r"(\d?)(?:\D|$)")
_LETTERS = re.compile(r"[^\W\d_]{8,}")
_ADDRESS = re.compile(r"[@/\\]|\.\w")
"""What tells an address or a file's name from a word."""


@lru_cache(maxsize=4096)
def divisions(word: str, language: str) -> tuple[int, ...]:
    """Offsets in ``word`` where it may be divided, ascending.

    Args:
        word: with its punctuation, e.g. ``(CRSV-risicoanalyses)``.
        language: BCP 47; a language without patterns divides nothing.
    """
    name = _DICTIONARIES.get(language.split("-")[0])
    if name is None or _ADDRESS.search(word):
        return ()
    found: list[int] = []
    for letters in _LETTERS.finditer(word):
        if letters[0] != letters[0].lower():
            continue
        last = len(letters[0]) - _LEAST
        found += [letters.start() + at for at in _dictionary(name).positions(letters[0]) if _LEAST <= at <= last]
    return tuple(found)


class _Patterns(HyphDict):  # type: ignore[misc, unused-ignore]
    """A dictionary that takes a pattern apart when a word asks for it: a letter asks for few of its sixteen thousand,
    and taking all of them apart would be the longest single thing in setting a short letter."""

    def __init__(self, path: Path) -> None:
        head, *lines = path.read_bytes().split(b"\n")
        self._encoding = head.decode("ascii").strip()
        # Digits are how good a place is, the rest are the letters around it. Comments match no word.
        self._lines = {line.translate(None, _DIGITS).strip(): line for line in lines}
        self.maxlen = max(len(letters) for letters in self._lines)
        self.cache: dict[str, list[int]] = {}
        self.patterns = self

    def get(self, letters: str) -> tuple[int, list[int]] | None:
        """What the library asks of its table: the values of every gap, from the place of the first."""
        try:
            line = self._lines.get(letters.encode(self._encoding))
        except UnicodeEncodeError:  # letters that this language's file cannot even spell
            return None
        if line is None:
            return None
        pattern = line.decode(self._encoding).strip()
        values = [int(digit or "0") for digit in _GAPS.findall(pattern)]
        return 0, values


@cache
def _dictionary(name: str) -> HyphDict:
    return _Patterns(Path(str(_FOLDER / f"hyph_{name}.dic")))


@cache
def patterns_digest() -> str:
    """SHA-256 of every dictionary used: other patterns make other lines."""
    digest = sha256()
    for name in sorted(_DICTIONARIES.values()):
        digest.update(sha256((_FOLDER / f"hyph_{name}.dic").read_bytes()).digest())
    return digest.hexdigest()
