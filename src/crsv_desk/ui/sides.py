"""Two halves of a page side by side; where there is no room for both, one at a time, with a switch between them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crsv_desk.ui import theme
from crsv_desk.ui.components import Segments, row

LEFT, RIGHT = range(2)


class Sides(QWidget):
    """``narrow``: below this many pixels (at 100 % text size) one half is shown at a time, ``first`` to begin
    with."""

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        names: tuple[str, str],
        narrow: int,
        shares: tuple[int, int],
        first: int = RIGHT,
        spacing: int = 0,
        margin: int = 12,
    ) -> None:
        super().__init__()
        self._halves, self._narrow = (left, right), narrow
        self.switch = Segments(names, (), names[LEFT] + " / " + names[RIGHT], first)
        self.switch.chosen.connect(lambda _number: self._fit())
        self._top = row(self.switch, None)
        self._top.setContentsMargins(margin, 4, margin, 4)
        across = QHBoxLayout()
        across.setSpacing(spacing)
        for half, share in zip(self._halves, shares, strict=True):
            across.addWidget(half, share)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self._top)
        lines.addLayout(across, 1)
        self._top.hide()

    @property
    def single(self) -> bool:
        """Whether one half is shown at a time now."""
        return self.width() < self._narrow * theme.current().scale

    def minimumSizeHint(self) -> QSize:
        # Not that of both: side by side it would never become narrow enough to change.
        return QSize(max(half.minimumSizeHint().width() for half in self._halves), 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._top.setVisible(self.single)
        for number, half in enumerate(self._halves):
            half.setVisible(not self.single or self.switch.now == number)
