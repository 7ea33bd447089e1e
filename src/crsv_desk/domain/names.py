"""Names and texts from people: in one normal form, and without characters that make a text look like another."""

from __future__ import annotations

import unicodedata

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_, _

MOST_NAME, MOST_LINE = 200, 300
ZWNJ, ZWJ = "\u200c", "\u200d"
_JOINING_SCRIPTS = (
    "ARABIC", "DEVANAGARI", "BENGALI", "TAMIL", "KHMER", "MYANMAR", "SINHALA", "GUJARATI", "GURMUKHI", "KANNADA",
    "MALAYALAM", "TELUGU", "ORIYA", "THAANA", "SYRIAC", "MONGOLIAN",
)  # fmt: skip
_LOOK_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")
_HIDDEN = N_("There is a hidden character (U+{code}) in {what}; type it again without copying.")
_EMPTY = N_("Fill in {what}.")
_LONG = N_("Shorten {what}: at most {most} characters.")


def check_name(untrusted_text: str, what: str) -> str:
    """One line in Unicode normalisation form C, trimmed, of 1 to 200 characters. ``what`` names the field in a
    sentence, translated. Raises ``Refused``."""
    text = " ".join(unicodedata.normalize("NFC", untrusted_text).split())
    if not text:
        raise Refused(_EMPTY, what=what)
    if len(text) > MOST_NAME:
        raise Refused(_LONG, what=what, most=MOST_NAME)
    _refuse_hidden(text, what)
    return text


def check_line(untrusted_text: str, what: str) -> str:
    """One line in form C, trimmed, of at most 300 characters; it may be empty. Raises ``Refused``."""
    text = " ".join(unicodedata.normalize("NFC", untrusted_text).split())
    if len(text) > MOST_LINE:
        raise Refused(_LONG, what=what, most=MOST_LINE)
    _refuse_hidden(text, what)
    return text


def check_text(untrusted_text: str, most: int, what: str = "") -> str:
    """Text of several lines in form C with ``\\n`` line ends, of at most ``most`` characters. Raises ``Refused``."""
    what = what or _("the text")
    text = unicodedata.normalize("NFC", untrusted_text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > most:
        raise Refused(_LONG, what=what, most=most)
    _refuse_hidden(text.replace("\n", " ").replace("\t", " "), what)
    return text.replace("\t", " ")


def hidden_character(text: str) -> str:
    """The first character that nobody sees, as in "202E"; empty when there is none. ZWJ and ZWNJ are allowed behind a
    letter of a script that needs them."""
    if text.isprintable():
        return ""
    for place, character in enumerate(text):
        if character in (ZWJ, ZWNJ):
            before = unicodedata.name(text[place - 1], "") if place else ""
            if before.startswith(_JOINING_SCRIPTS):
                continue
        elif unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
            continue
        return f"{ord(character):04X}"
    return ""


def mixed_scripts(text: str) -> bool:
    """Whether one word mixes letters of scripts that look alike, such as a Cyrillic a in a Latin name (Unicode Technical
    Standard 39, section 5.2, kept to the scripts in which whole words can be imitated)."""
    return any(len(_look_alikes(word)) > 1 for word in text.split())


def _look_alikes(word: str) -> set[str]:
    names = (unicodedata.name(character, "") for character in word if character.isalpha())
    return {script for name in names for script in _LOOK_ALIKE if name.startswith(script)}


def _refuse_hidden(text: str, what: str) -> None:
    code = hidden_character(text)
    if code:
        raise Refused(_HIDDEN, code=code, what=what)
