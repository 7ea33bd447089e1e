"""An input for one line of text that may be long: it wraps and grows, so that nothing of it is out of sight."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from crsv_desk.ui import theme

MOST = 6
"""Lines that it grows to; beyond them it scrolls."""
AROUND = 18
"""Pixels of padding and border above and below, as the style sheet sets them."""


class WrappedLine(QPlainTextEdit):
    """Holds no line break: Enter is that one is done, and breaks that are pasted become spaces."""

    finished = Signal()
    """Enter was pressed, or the person went on to something else."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        theme.notifier.changed.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """The line."""
        return " ".join(self.toPlainText().split("\n"))

    def setText(self, text: str) -> None:
        """Show another line, from its beginning."""
        self.setPlainText(" ".join(text.split("\n")))

    def sizeHint(self) -> QSize:
        return QSize(200, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._height())

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(" ".join(source.text().split()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            event.setAccepted(not event.modifiers())  # with Ctrl it presses the page's button
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        away = event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        if away and self.isVisible():  # else the window is being left or closed
            self.finished.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _height(self) -> int:
        lines = min(max(round(self.document().size().height()), 1), MOST)  # of such a document in lines, as it wraps
        return max(lines * self.fontMetrics().lineSpacing(), round(22 * theme.current().scale)) + AROUND

    def _fit(self) -> None:
        height = self._height()
        if height != self.height():
            self.setFixedHeight(height)
            self.updateGeometry()
