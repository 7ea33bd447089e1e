"""The look of the whole application: a palette for Fusion, a style sheet and the text size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from crsv_desk.ui.style_sheet import style_sheet
from crsv_desk.ui.tokens import TOKENS, ThemeName, Tokens

Preference = Literal["system", "light", "dark", "contrast"]
SCALES = (1.0, 1.25, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours and text size in force."""

    name: ThemeName = "light"
    scale: float = 1.0

    @property
    def tokens(self) -> Tokens:
        return TOKENS[self.name]

    def pixels(self, size: float) -> int:
        """A text size of the design (px at 100 %), at this text size."""
        return round(size * self.scale)

    def icon(self, size: int) -> int:
        """A size of the design for icons and marks: they grow with the text, a little less, for a large one needs less
        to be made out."""
        return round(size * float(self.scale**0.75))

    def colour(self, token: str) -> QColor:
        """A token by name, e.g. ``"accent"``."""
        return QColor(str(getattr(self.tokens, token)))


class _Notifier(QObject):
    changed = Signal()


_current = Theme()
notifier = _Notifier()
"""Emits ``changed`` after another theme or text size was applied."""


def current() -> Theme:
    """The theme in force."""
    return _current


def apply(application: QApplication, theme: Theme) -> None:
    """Put ``theme`` in force everywhere."""
    global _current
    _current = theme
    application.setStyle("Fusion")
    # Title bars of Windows and macOS follow this; elsewhere it does nothing, so the palette below is our own.
    scheme = Qt.ColorScheme.Light if theme.name == "light" else Qt.ColorScheme.Dark
    application.styleHints().setColorScheme(scheme)
    font = QFont("Noto Sans")
    font.setPixelSize(theme.pixels(15))
    application.setFont(font)
    application.setPalette(palette(theme.tokens))
    for window in application.topLevelWidgets():
        if window.parentWidget() is None:
            dress(window)
    notifier.changed.emit()


def dress(window: QWidget) -> None:
    """Give a window without a parent the style sheet in force, for itself and everything in it. The application has none:
    with one, whatever is put together before it has a window would be dressed anew at each step."""
    window.setStyleSheet(style_sheet(_current.tokens, _current.scale))


def resolve(preference: Preference, application: QApplication) -> ThemeName:
    """The theme that a preference means now: "system" follows what the system asks for."""
    if preference != "system":
        return preference
    hints = application.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def larger(scale: float) -> float:
    """The next text size up, or the same."""
    return next((step for step in SCALES if step > scale), SCALES[-1])


def smaller(scale: float) -> float:
    """The next text size down, or the same."""
    return next((step for step in reversed(SCALES) if step < scale), SCALES[0])


def palette(tokens: Tokens) -> QPalette:
    """The palette from which Fusion draws whatever the style sheet leaves alone."""
    role = QPalette.ColorRole
    result = QPalette(QColor(tokens.surface), QColor(tokens.bg))
    colours = {
        role.Window: tokens.bg, role.WindowText: tokens.text, role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken, role.Text: tokens.text, role.Button: tokens.surface,
        role.ButtonText: tokens.text, role.Highlight: tokens.accent, role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent, role.Link: tokens.accent, role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.surface, role.ToolTipText: tokens.text, role.PlaceholderText: tokens.muted,
        role.BrightText: tokens.on_accent, role.Light: tokens.surface, role.Midlight: tokens.line,
        role.Mid: tokens.edge, role.Dark: tokens.edge, role.Shadow: tokens.edge,
    }  # fmt: skip
    for key, colour in colours.items():
        result.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.muted))
    return result
