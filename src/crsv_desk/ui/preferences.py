"""What a person set for the window: kept in the workspace, in force at once."""

from __future__ import annotations

from typing import cast, get_args

from PySide6.QtWidgets import QApplication

from crsv_desk.services.ports import Store
from crsv_desk.ui import dates, theme
from crsv_desk.ui.theme import Preference, Theme

THEME, SCALE, LANGUAGE = "theme", "text-size", "language"


def preference(store: Store) -> Preference:
    """The theme that was chosen, or "system"."""
    chosen = store.setting(THEME, "system")
    return cast(Preference, chosen) if chosen in get_args(Preference) else "system"


def scale(store: Store) -> float:
    """The text size that was chosen: one of ``theme.SCALES``."""
    chosen = store.setting(SCALE, "1.0")
    return next((step for step in theme.SCALES if str(step) == chosen), 1.0)


def put_in_force(store: Store) -> None:
    """Theme, text size and language as the workspace says."""
    dates.speak(store.setting(LANGUAGE))
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, Theme(theme.resolve(preference(store), application), scale(store)))


def put_defaults_in_force(application: QApplication) -> None:
    """What the system asks for, before a workspace is open."""
    dates.speak("")
    theme.apply(application, Theme(theme.resolve("system", application)))
