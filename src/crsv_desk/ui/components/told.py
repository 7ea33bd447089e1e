"""What is the case, told by shape, colour and words at once: banners, chips, empty places."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from crsv_desk.ui import theme
from crsv_desk.ui.buttons import Button
from crsv_desk.ui.components.boxes import column
from crsv_desk.ui.components.icon import Icon
from crsv_desk.ui.components.words import Elided, label, restyle, show_if
from crsv_desk.ui.painting import paint_box

TONE_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "octagon-alert", "accent": "info"}


class Banner(QFrame):
    """What is the case, and what to do: an icon, a bold first line, a second line, at most one button."""

    def __init__(self, tone: str, title: str, text: str = "", button: Button | None = None) -> None:
        super().__init__()
        self._tone = tone
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 12, 16, 12)
        line.setSpacing(12)
        place = Qt.AlignmentFlag.AlignTop if text else Qt.AlignmentFlag.AlignVCenter
        line.addWidget(Icon(TONE_ICONS.get(tone, "info"), 22, tone), 0, place)
        self.title, self.text = label(title, "strong", tone), label(text)
        show_if(self.text, bool(text))
        self._line, self._words = line, column(self.title, self.text, spacing=2)
        line.addWidget(self._words, 1)
        if button is not None:
            line.addWidget(button)
        self.setAccessibleName(f"{title} {text}".strip())

    def make_low(self, whole: Button) -> None:
        """Two lines high at most; what is longer is scrolled to, also with the arrow keys, or shown by ``whole``."""
        self._line.setContentsMargins(16, 4, 4, 4)
        restyle(self.title, type="label")
        area = _TwoLines(self.title, whole)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(self.title.text())
        area.viewport().setAutoFillBackground(False)
        area.setWidget(self._words)
        self._words.setAutoFillBackground(False)
        self.title.ensurePolished()
        area.setFixedHeight(2 * self.title.fontMetrics().lineSpacing())
        self._line.insertWidget(1, area, 1)
        self._line.insertWidget(2, whole)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = theme.current()
        colour = now.colour(self._tone)
        paint_box(painter, QRectF(self.rect()), now.colour(f"{self._tone}_soft"), colour)
        painter.setClipRect(QRectF(0, 0, 4, self.height()))
        paint_box(painter, QRectF(self.rect()), colour, None)


class _TwoLines(QScrollArea):
    """Shows a button while what is in it is longer than it is high."""

    def __init__(self, words: QLabel, whole: Button) -> None:
        super().__init__()
        self._label, self._whole = words, whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        show_if(self._whole, self._label.heightForWidth(self.viewport().width()) > self.height())


def banner(tone: str, title: str, text: str = "", button: Button | None = None) -> Banner:
    """A banner in the tone "ok", "warn", "bad" or "accent"."""
    return Banner(tone, title, text, button)


class Chip(QWidget):
    """A state in three ways at once: icon, word and colour."""

    def __init__(self, tone: str, icon: str, text: str) -> None:
        super().__init__()
        self._tone, self._icon = tone, icon
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 2, 10, 2)
        line.setSpacing(6)
        line.addWidget(Icon(icon, 16, tone))
        self.words = Elided(text, "small", tone)
        line.addWidget(self.words)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(26)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now = theme.current()
        soft = now.colour("sunken" if self._tone in ("muted", "text") else f"{self._tone}_soft")
        paint_box(painter, QRectF(self.rect()), soft, now.colour(self._tone), 6)


def chip(tone: str, icon: str, text: str) -> Chip:
    """A chip in the tone "ok", "warn", "bad", "accent" or "muted"."""
    return Chip(tone, icon, text)


class _Dashed(QFrame):
    """A frame of dashes: Qt's style sheets draw dots at one pixel."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.current().colour("edge"), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def empty_state(icon: str, title: str, text: str, button: Button | None = None) -> QFrame:
    """A dashed frame where something could be: what is the case, and how to change that."""
    frame = _Dashed()
    line = QHBoxLayout(frame)
    line.setContentsMargins(24, 24, 24, 24)
    line.setSpacing(24)
    line.addWidget(Icon(icon, 32, "muted"))
    line.addWidget(column(label(title, "strong"), label(text, "muted"), spacing=2), 1)
    if button is not None:
        line.addWidget(button)
    frame.setAccessibleName(f"{title} {text}")
    return frame
