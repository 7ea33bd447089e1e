"""Which language words are in when their script is not the letter's own, for screen readers and spelling."""

from __future__ import annotations

from crsv_desk.pdf.itemise import script

_OF_SCRIPT = {
    "Arab": "ar",
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
    "ar": "Arab", "ckb": "Arab", "fa": "Arab", "ur": "Arab", "he": "Hebr", "am": "Ethi", "ti": "Ethi", "my": "Mymr",
    "hi": "Deva", "ne": "Deva", "bn": "Beng", "km": "Khmr", "th": "Thai", "ta": "Taml", "ka": "Geor", "hy": "Armn",
    "el": "Grek", "ru": "Cyrl", "uk": "Cyrl", "bg": "Cyrl", "sr": "Cyrl", "mk": "Cyrl", "be": "Cyrl",
}  # fmt: skip


def foreign_language(text: str, letter_language: str) -> str:
    """BCP 47 for ``text`` where its script says that it is not in ``letter_language``; else empty.

    Several languages share a script: where no one can be named, only the script is.
    """
    found = next((own for own in map(script, text) if own not in ("Zyyy", "Zinh", "Zzzz")), "")
    if not found or found == _NON_LATIN.get(letter_language.split("-")[0], "Latn"):
        return ""
    return _OF_SCRIPT.get(found, f"und-{found}")
