"""Which language words are in when their script is not the letter's own, for screen readers and spelling."""

from __future__ import annotations

import re
from collections.abc import Set

from crsv_desk.pdf.itemise import script

_OF_SCRIPT = {
    "Hebr": "he",
    "Ethi": "am",
    "Mymr": "my",
    "Deva": "hi",
    "Beng": "bn",
    "Khmr": "km",
    "Thai": "th",
    "Taml": "ta",
    "Geor": "ka",
    "Armn": "hy",
    "Grek": "el",
    "Cyrl": "und-Cyrl",
    "Latn": "und-Latn",
}
_NON_LATIN = {
    "ar": "Arab", "ckb": "Arab", "fa": "Arab", "ur": "Arab", "ps": "Arab", "sd": "Arab", "ug": "Arab", "he": "Hebr",
    "yi": "Hebr", "am": "Ethi", "ti": "Ethi", "my": "Mymr", "hi": "Deva", "ne": "Deva", "mr": "Deva", "bn": "Beng",
    "km": "Khmr", "th": "Thai", "ta": "Taml", "ka": "Geor", "hy": "Armn", "el": "Grek", "ru": "Cyrl", "uk": "Cyrl",
    "bg": "Cyrl", "sr": "Cyrl", "mk": "Cyrl", "be": "Cyrl",
}  # fmt: skip


_KURDISH = frozenset("ڕڵێ")
_NOT_ARABIC = frozenset("پچژگکیەۆھۀڤ")
"""Letters of Persian, Kurdish and others that Arabic does not write."""
_BEYOND_LATIN = re.compile(
    "[\u0370-\u1cff\u1f00-\u1fff\u2c00-\ua71f\ua800-\uaaff\uabc0-\ufaff\ufb07-\ufdff\ufe70-\uffef\U00010000-\U0010ffff]"
)
_UNDECIDED = frozenset(("Zyyy", "Zzzz"))


def script_of(language: str) -> str:
    """The script (ISO 15924) in which a language (BCP 47) is written."""
    return _NON_LATIN.get(language.split("-")[0], "Latn")


def foreign_language(text: str, letter_language: str) -> str:
    """BCP 47 for ``text`` where its script says that it is not in ``letter_language``; else empty.

    Several languages share a script: where no one can be named, only the script is.
    """
    found = next((own for own in map(script, text) if own not in ("Zyyy", "Zinh", "Zzzz")), "")
    return "" if not found or found == script_of(letter_language) else _language(text, found)


def by_language(text: str, home: Set[str]) -> list[tuple[str, str]]:
    """``text`` in stretches, each with the language (BCP 47) that its script tells where that is none of ``home``, else
    empty. Spaces and signs at the ends of foreign words are not theirs."""
    if "Latn" in home and not _BEYOND_LATIN.search(text):
        return [(text, "")]
    made: list[tuple[str, str]] = []
    start = end = 0  # of the foreign words so far, the last of them
    current = ""

    def close(until: int) -> None:
        nonlocal start
        if current:
            made.append((text[start:end], _language(text[start:end], current)))
            start = end
        if until > start:
            made.append((text[start:until], ""))
        start = until

    for place, character in enumerate(text):
        own = script(character)
        if own in _UNDECIDED:
            continue
        if own == "Zinh":  # a mark upon the letter before it
            end = place + 1 if end == place else end
            continue
        if own in home:
            if current:
                close(end)
                current = ""
        elif own != current:
            close(place)
            current = own
        if current:
            end = place + 1
    close(len(text))
    return made or [(text, "")]


def _language(text: str, found: str) -> str:
    if found == "Arab":
        letters = set(text)
        return "ckb" if letters & _KURDISH else "und-Arab" if letters & _NOT_ARABIC else "ar"
    return _OF_SCRIPT.get(found, f"und-{found}")
