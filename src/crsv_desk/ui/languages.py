"""Languages by the names that they have for themselves."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def native_name(code: str) -> str:
    """``Nederlands`` for ``nl``; the code itself where nothing is known of it."""
    found = QLocale(code)
    name = found.nativeLanguageName() if found.language() != QLocale.Language.C else ""
    return name or code
