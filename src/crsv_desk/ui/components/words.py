"""Words on the screen, always as plain text: nothing foreign is read as markup. And how they are said and dressed."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from crsv_desk.ui import theme


def label(text: str, type: str = "", tone: str = "", wrap: bool = True) -> QLabel:  # noqa: A002  the style sheet's word
    """Plain text of one of the style sheet's types ("title", "h2", "small", ...) and tones."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    result.setProperty("type", type)
    result.setProperty("tone", tone)
    return result


class Elided(QLabel):
    """One line of plain text that ends in "…" where there is too little room; the whole is said and shown on hover."""

    def __init__(self, text: str, type: str = "", tone: str = "text") -> None:  # noqa: A002  the style sheet's word
        super().__init__(text)
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", type)
        self.setAccessibleName(text)
        self.setToolTip(escape(text))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(80, self.sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(theme.current().colour(self._tone))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), shown)


def restyle(widget: QWidget, **properties: object) -> None:
    """Change properties that the style sheet looks at."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def show_if(widget: QWidget, holds: bool) -> None:
    """Show or hide. A widget that has no place yet is left to come with it: shown now, it would be a window of its own
    for a moment and take the focus from the real one."""
    if not holds or widget.parentWidget() is not None:
        widget.setVisible(holds)


def announce(widget: QWidget, sentence: str) -> None:
    """Have a screen reader say a sentence, without moving the focus."""
    event = QAccessibleAnnouncementEvent(widget, sentence)
    QAccessible.updateAccessibility(event)
