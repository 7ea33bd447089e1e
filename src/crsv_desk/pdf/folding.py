"""Letters as one compares names, for order and for search."""

from __future__ import annotations

import unicodedata


class _WithoutMarks(dict[int, int | None]):
    """For ``str.translate``: every combining character goes; filled as characters are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_WITHOUT_MARKS = _WithoutMarks()


def fold(text: str) -> str:
    """Compatible forms, without case and accents."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_WITHOUT_MARKS)
