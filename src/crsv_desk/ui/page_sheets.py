"""The pages of a PDF under one another on a tray. White in every theme: they are pictures of paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from crsv_desk.i18n import _
from crsv_desk.ui import theme
from crsv_desk.ui.page_drawer import Opened, PageDrawer
from crsv_desk.ui.tokens import PDF_EDGE, PDF_PAGE, PDF_TEXT

MARGIN, GAP = 16, 12
WIDEST = 820
"""Pixels across a page that fits, however wide the window is."""
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
SHARPEST = 2600
"""Pixels across a picture; larger ones would only be larger, not clearer."""
LINE = 60
"""Pixels that an arrow key moves."""


@dataclass(frozen=True, slots=True)
class _Place:
    top: int
    height: int


class PageSheets(QAbstractScrollArea):
    """Scrolls through the pages. Page Up and Page Down show everything in turn and stop at the top of each page."""

    turned = Signal(int)
    """The page that is looked at now, counted from 0."""
    looked = Signal()
    """More pages have been on the screen, top to bottom, than before."""
    zoomed = Signal()

    def __init__(self, crop: float = 0.0) -> None:
        """``crop``: the part of a page's width that is left out at either side, so that its words are larger."""
        super().__init__()
        self._crop = crop
        self._opened = Opened(())
        self._places: list[_Place] = []
        self._width = 0
        self._zoom = ZOOMS.index(1.0)
        self._tops: set[int] = set()
        self._bottoms: set[int] = set()
        self.number = 0
        self._again = False
        self.drawer = PageDrawer(self)
        self.drawer.opened.connect(self._show)
        self.drawer.drawn.connect(lambda _number: self.viewport().update())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.notifier.changed.connect(self.viewport().update)

    @property
    def count(self) -> int:
        return len(self._opened.sizes)

    @property
    def looked_at(self) -> frozenset[int]:
        """The pages of which top and bottom have both been on the screen, counted from 0."""
        return frozenset(self._tops & self._bottoms)

    def forget(self) -> None:
        """Show nothing."""
        self.drawer.close()
        self._show(Opened(()))

    def open(self, untrusted_pdf: bytes, again: bool = False) -> None:
        """Show another PDF; ``again`` where it is the same document, set anew: then the place stays."""
        self._again = again
        self.drawer.open(untrusted_pdf, again)

    def mark_looked_at(self, number: int) -> None:
        """The page was read in another way."""
        self._see({number}, {number})

    # --- going

    def go(self, number: int) -> None:
        """Show the top of a page."""
        if 0 <= number < self.count:
            self.verticalScrollBar().setValue(self._places[number].top - GAP)
            self._look_at(number)  # the last page may be too short to come to the top

    def zoom(self, by: int) -> None:
        """Larger (1) or smaller (-1), or 0: the width that fits. The page that is looked at stays."""
        old, self._zoom = self._zoom, ZOOMS.index(1.0) if by == 0 else self._zoom + by
        self._zoom = min(max(self._zoom, 0), len(ZOOMS) - 1)
        if self._zoom != old:
            self._lay_out()
            self.zoomed.emit()

    @property
    def largest(self) -> bool:
        return self._zoom == len(ZOOMS) - 1

    @property
    def smallest(self) -> bool:
        return self._zoom == 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                bar.setValue(self._onwards(1))
            case Qt.Key.Key_PageUp | Qt.Key.Key_Backspace:
                bar.setValue(self._onwards(-1))
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Down:
                bar.setValue(bar.value() + LINE)
            case Qt.Key.Key_Up:
                bar.setValue(bar.value() - LINE)
            case Qt.Key.Key_Left | Qt.Key.Key_Right as key:
                across = self.horizontalScrollBar()
                across.setValue(across.value() + (LINE if key == Qt.Key.Key_Right else -LINE))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if not _with_control(event):
                self.zoom(1)
            case Qt.Key.Key_Minus if not _with_control(event):
                self.zoom(-1)
            case Qt.Key.Key_0:
                self.zoom(0)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def _onwards(self, by: int) -> int:
        """Where the next screenful begins: never past the top of the next page, nor of this one on the way back."""
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        far = value + by * max(height - LINE, LINE)
        tops = [place.top - GAP for place in self._places]
        between = [top for top in tops if (value < top <= far if by > 0 else far <= top < value)]
        if not between:
            return far
        return between[0] if by > 0 else between[-1]

    # --- laying out

    def _show(self, opened: Opened) -> None:
        self._opened = opened
        self._tops, self._bottoms = set(), set()
        if self._again and opened.sizes:
            self.number = min(self.number, len(opened.sizes) - 1)
        else:
            self.number = 0
            self.verticalScrollBar().setValue(0)
        self._again = False
        self._lay_out()
        self.turned.emit(self.number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        number, offset = self.number, self._offset()
        fitting = min(self.viewport().width() - 2 * MARGIN, WIDEST)
        self._width = max(round(fitting * ZOOMS[self._zoom]), 60)
        top, self._places = MARGIN, []
        for width, height in self._opened.sizes:
            tall = round(self._width / (1 - 2 * self._crop) * height / max(width, 1.0))
            self._places.append(_Place(top, tall))
            top += tall + GAP
        self.verticalScrollBar().setPageStep(self.viewport().height())
        self.verticalScrollBar().setSingleStep(LINE)
        self.verticalScrollBar().setRange(0, max(top - GAP + MARGIN - self.viewport().height(), 0))
        self.horizontalScrollBar().setPageStep(self.viewport().width())
        self.horizontalScrollBar().setRange(0, max(self._width + 2 * MARGIN - self.viewport().width(), 0))
        if number < len(self._places):
            place = self._places[number]
            self.verticalScrollBar().setValue(round(place.top - GAP + offset * place.height))
        self._scrolled()

    def _offset(self) -> float:
        """How far into the page that is looked at, as a part of its height."""
        if self.number >= len(self._places):
            return 0.0
        place = self._places[self.number]
        return (self.verticalScrollBar().value() - place.top + GAP) / max(place.height, 1)

    def _visible(self) -> list[int]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        return [at for at, one in enumerate(self._places) if one.top < bottom and one.top + one.height > top]

    def _scrolled(self) -> None:
        self.viewport().update()
        visible = self._visible()
        if not visible:
            return
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        middle = value + height // 3
        number = next((at for at in visible if self._places[at].top + self._places[at].height > middle), visible[-1])
        tops = {at for at in visible if self._places[at].top >= value}
        bottoms = {at for at in visible if self._places[at].top + self._places[at].height <= value + height}
        near = [visible[-1] + 1, visible[0] - 1, visible[-1] + 2]
        self.drawer.want([*visible, *(at for at in near if 0 <= at < self.count)], self._pixels())
        self._look_at(number)
        if self.isVisible():
            self._see(tops, bottoms)

    def _look_at(self, number: int) -> None:
        if number != self.number:
            self.number = number
            self.turned.emit(number)

    def showEvent(self, event: object) -> None:
        self._scrolled()

    def _see(self, tops: set[int], bottoms: set[int]) -> None:
        before = len(self.looked_at)
        self._tops |= tops
        self._bottoms |= bottoms
        if len(self.looked_at) != before:
            self.looked.emit()

    def _pixels(self) -> int:
        return min(round(self._width / (1 - 2 * self._crop) * self.devicePixelRatioF()), SHARPEST)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), theme.current().colour("sunken"))
        room = max(self.viewport().width() - self._width, 2 * MARGIN)
        left = room // 2 - self.horizontalScrollBar().value()
        for number in self._visible():
            place = self._places[number]
            box = QRect(left, place.top - self.verticalScrollBar().value(), self._width, place.height)
            self._paint_page(painter, number, box)
        if self.hasFocus():
            painter.setPen(QPen(theme.current().colour("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, number: int, box: QRect) -> None:
        painter.fillRect(box, QColor(PDF_PAGE))
        image = self.drawer.picture(number, self._pixels())
        if image is None:
            font = QFont("Noto Sans")
            font.setPixelSize(theme.current().pixels(15))
            painter.setFont(font)
            painter.setPen(QColor(PDF_TEXT))
            words = _("Page {number}").format(number=number + 1)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        else:
            cut = image.width() * self._crop
            painter.drawImage(QRectF(box), image, QRectF(cut, 0, image.width() - 2 * cut, image.height()))
        painter.setPen(QPen(QColor(PDF_EDGE), 1))
        painter.drawRect(box.adjusted(0, 0, -1, -1))


def page_words(number: int, count: int) -> str:
    """Where one is: "Page 3 of 4"."""
    return _("Page {number} of {count}").format(number=number + 1, count=count)


def pages_listed(numbers: Sequence[int]) -> str:
    """Pages counted from 0 as people write them: "2, 3 and 5" without the word, for any language."""
    return ", ".join(str(number + 1) for number in numbers)


def _with_control(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
