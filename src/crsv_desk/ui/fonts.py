"""The bundled fonts: Noto Sans for the program, Noto Serif for the letter, the scripts' own cuts behind them."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import N_
from crsv_desk.resources import resource


def load_fonts() -> None:
    """Make every bundled font known to Qt. Raises ``DeskError`` when one cannot be read."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise DeskError(
                N_("The font {name} of this program cannot be read; install CRSV Desk again."), name=path.name
            )
