"""Translation of every string, by gettext: English in the source, Dutch and French in ``resources/translations``; and
Arabic, of what the paper says.

The interface speaks one language at a time (``use``); the paper speaks the letter's own (``translations``).
"""

from __future__ import annotations

import gettext
import os
from functools import cache

from crsv_desk.resources import resource

DOMAIN = "crsv-desk"
LANGUAGES = ("nl", "en", "fr")


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a BCP 47 language; the English source where there is none."""
    return gettext.translation(DOMAIN, str(resource("translations")), languages=[language.split("-")[0]], fallback=True)


_current = translations("en")
_language = "en"


def use(language: str) -> None:
    """Speak ``language`` (BCP 47) from now on."""
    global _current, _language
    _current, _language = translations(language), language


def spoken_now() -> str:
    """The language of the interface (BCP 47)."""
    return _language


def system_language() -> str:
    """The first of our languages that the environment asks for, else English."""
    for variable in ("CRSV_DESK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        language = os.environ.get(variable, "")[:2]
        if language in LANGUAGES:
            return language
    return "en"


def _(message: str) -> str:
    """``message`` in the interface's language. Fill its {fields} afterwards, with ``str.format``."""
    return _current.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The singular or plural form for ``count`` in the interface's language."""
    return _current.ngettext(one, many, count)


def N_(message: str) -> str:
    """Mark ``message`` for translation at the moment it is shown."""
    return message
