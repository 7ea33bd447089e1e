"""Where a word may be divided at a line's end: the patterns of LibreOffice, read by pyphen.

Only words that stand in running text are divided: nothing with a capital (a name, an abbreviation), nothing emphasised
(often another language), and never with fewer than four letters on either side.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

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
        # Where dividing would change the spelling, pyphen says so in ``data``.
        places = [place for place in _dictionary(name).positions(letters[0]) if place.data is None]
        found += [letters.start() + place for place in places]
    return tuple(found)


@cache
def _dictionary(name: str) -> Pyphen:
    from pyphen import Pyphen  # most letters need it, but not before the first short line

    return Pyphen(lang=name, left=_LEAST, right=_LEAST, cache=False)


@cache
def patterns_digest() -> str:
    """SHA-256 of every dictionary used: other patterns make other lines."""
    folder = files("pyphen") / "dictionaries"
    digest = sha256()
    for name in sorted(_DICTIONARIES.values()):
        digest.update(sha256((folder / f"hyph_{name}.dic").read_bytes()).digest())
    return digest.hexdigest()
