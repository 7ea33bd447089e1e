"""When to keep what is being typed."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

REST = 250
"""Milliseconds without a keystroke."""
MOST = 2_000
"""Milliseconds after which it is kept though somebody types on."""


class Rest(QTimer):
    """Fires once nobody has typed for a moment; and every two seconds while somebody never rests."""

    def __init__(self, parent: QObject | None = None, rest: int = REST, most: int = MOST) -> None:
        super().__init__(parent)
        self._most = most
        self._begun = QElapsedTimer()
        self.setSingleShot(True)
        self.setInterval(rest)

    def typed(self) -> None:
        """Somebody typed."""
        if not self.isActive():
            self._begun.start()
            self.start()
        elif self._begun.elapsed() < self._most:
            self.start()
