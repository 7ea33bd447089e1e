"""The paper's fixed words, dates and lists, in the letter's language; in English where there is no translation."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from datetime import UTC, datetime

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list

from crsv_desk.i18n import translations
from crsv_desk.pdf.styles import GLUE

_ARABIC_SCRIPT = ("ar", "ckb", "fa", "ps", "sd", "ug", "ur")


class Wording:
    """Speaks one language."""

    def __init__(self, language: str) -> None:
        self._translations = translations(language)
        known = type(self._translations) is not gettext.NullTranslations
        self.language = language if known or language.split("-")[0] == "en" else "en"
        """BCP 47 of the words that come out: the letter's language, or English where it is not translated."""
        self._locale = _locale(self.language)
        self._letter_locale = _locale(language)
        self.arabic = language.split("-")[0] in _ARABIC_SCRIPT
        """Whether the letter is written with Arabic letters and signs."""
        self.comma, self.semicolon = ("، ", "؛ ") if self.arabic else (", ", "; ")
        """What stands between the parts of a list or of a line, with its space."""

    def gettext(self, message: str) -> str:
        """``message`` in this language."""
        return self._translations.gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The singular or plural form for ``count``."""
        return self._translations.ngettext(one, many, count)

    def names(self, names: Sequence[str]) -> str:
        """``A, B, C en D``, in the letter's own language."""
        return format_list(list(names), locale=self._letter_locale)

    def letter_date(self, day: str) -> str:
        """``26 mei 2026`` for ``2026-05-26``, in the letter's own language."""
        return format_date(datetime.fromisoformat(day), "long", locale=self._letter_locale)

    def day(self, day: str) -> str:
        """``26 mei 2026`` for ``2026-05-26``; it stays on one line."""
        return format_date(datetime.fromisoformat(day), "long", locale=self._locale).replace(" ", GLUE)

    def clock(self, time: str) -> str:
        """``12.00 uur`` for ``12:00``, where the letter is sent."""
        # Translators: hours and minutes as a CLDR pattern, e.g. HH.mm 'uur'.
        pattern = self.gettext("HH:mm")
        return format_time(datetime.fromisoformat(f"2026-01-01T{time}").time(), pattern, locale=self._locale).replace(
            " ", GLUE
        )

    def moment(self, time: str) -> str:
        """``22 mei 2026, 14.05 uur`` for ``2026-05-22T14:05:00Z``; only the day where only the day is known.

        Hours are in UTC, whatever the zone of the machine.
        """
        if len(time) <= 10:
            return self.day(time)
        _ = self.gettext
        moment = datetime.fromisoformat(time).astimezone(UTC)
        # Translators: hours and minutes as a CLDR pattern, e.g. HH.mm 'uur UTC'.
        clock = format_time(moment.time(), _("HH:mm 'UTC'"), locale=self._locale).replace(" ", GLUE)
        return f"{self.day(time[:10])}{self.comma}{clock}"


def _locale(language: str) -> Locale:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
    return Locale("en", "GB") if locale.language == "en" and locale.territory is None else locale
