"""Every remark as a list that only makes what is on the screen: paragraph, who, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, compress
from operator import is_not

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from crsv_desk.i18n import _
from crsv_desk.services.remarks import RemarkRow
from crsv_desk.ui import theme
from crsv_desk.ui.icons import paint_icon
from crsv_desk.ui.letter.remark_card import KINDS, gone_after, shown_state

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
MOST_REPAINTED = 20
"""Rows that are painted one by one; where more have changed, all that are in sight."""


def place_of(row: RemarkRow, numbers: Mapping[str, int]) -> str:
    """Where a remark stands, in words."""
    if not row.block:
        return _("The whole letter")
    if not row.stands:
        return gone_after(numbers.get(row.beside, 0))
    number = numbers.get(row.block, 0)
    return _("Paragraph {number}").format(number=number) if number else _("Heading")


class RemarkModel(QAbstractListModel):
    """Rows in the order of the text."""

    repainted = Signal(object)
    """The rows at these places say something else. Not ``dataChanged``, for which a list arranges all its rows anew."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[RemarkRow] = ()
        self.numbers: Mapping[str, int] = {}

    def show_rows(self, rows: Sequence[RemarkRow], numbers: Mapping[str, int]) -> None:
        """Show other rows. Where they are the same remarks, only what became of them is painted anew: arranging ten
        thousand takes a noticeable while."""
        others = _others(self.rows, rows) if self.numbers == numbers else None
        if others is not None:
            self.rows = rows
            self.repainted.emit(others)
            return
        self.beginResetModel()
        self.rows, self.numbers = rows, numbers
        self.endResetModel()

    def find(self, statement: str, near: int) -> int:
        """The place of a remark; looked for from a place on and then from the top. -1 where it is not in the list."""
        count = len(self.rows)
        near = near if 0 <= near < count else 0
        places = chain(range(near, count), range(near))
        return next((at for at in places if self.rows[at].statement == statement), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            state = _(shown_state(row)[2])
            kind = _(KINDS.get(row.kind, row.kind))
            return ", ".join((place_of(row, self.numbers), row.organisation, kind, state))
        return None


def _others(before: Sequence[RemarkRow], now: Sequence[RemarkRow]) -> Sequence[int] | None:
    """Where something became of remarks that are the same in the same order; ``None`` where they are not."""
    if len(before) != len(now):
        return None
    places = list(compress(range(len(now)), map(is_not, before, now)))
    return places if all(before[at].statement == now[at].statement for at in places) else None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = QFontMetrics(option.font).height()
        return QSize(200, line + 16 if _one_line(self) else 2 * line + 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RemarkRow = index.data(ROW)
        now, rect = theme.current(), QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        tone, icon, words = shown_state(row)
        painter.save()
        painter.fillRect(rect, now.colour("accent_soft" if chosen else "surface"))
        if chosen:
            painter.fillRect(QRect(rect.topLeft(), QSize(4, rect.height())), now.colour("accent"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), now.colour("line"))
        indent = 20 if row.refers else 0
        single = _one_line(self)
        inside = rect.adjusted(16 + indent, 8 if single else 12, -14, -8 if single else -12)
        bold = QFont(option.font)
        bold.setBold(True)
        small = QFont(bold)
        small.setPixelSize(now.pixels(13))
        painter.setFont(small)
        painter.setPen(now.colour(tone))
        state = _(words)
        width = QFontMetrics(small).horizontalAdvance(state)
        height = QFontMetrics(bold).height()
        painter.drawText(
            QRect(inside.right() - width, inside.top(), width + 1, height), Qt.AlignmentFlag.AlignVCenter, state
        )
        side = now.pixels(15)
        at = QPoint(inside.right() - width - side - 6, inside.top() + (height - side) // 2)
        paint_icon(painter, icon, QRectF(at.x(), at.y(), side, side), now.colour(tone))
        painter.setPen(now.colour("text"))
        painter.setFont(small)
        model = index.model()
        assert isinstance(model, RemarkModel)
        place = place_of(row, model.numbers)
        room = at.x() - inside.left() - 8
        if single:
            _line(painter, QRect(inside.left(), inside.top(), room, height), f"{place} · {row.organisation}")
            painter.restore()
            return
        _line(painter, QRect(inside.left(), inside.top(), room, height), place)
        painter.setFont(bold if chosen else option.font)
        _line(painter, QRect(inside.left(), inside.bottom() - height, inside.width(), height), row.organisation)
        painter.restore()


def _one_line(delegate: QStyledItemDelegate) -> bool:
    view = delegate.parent()
    return isinstance(view, RemarkList) and view.low


def _line(painter: QPainter, rect: QRect, words: str) -> None:
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class RemarkList(QListView):
    """Arrow keys choose; letters and digits go on to the page."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.low = False
        self.remarks = RemarkModel()
        self.setModel(self.remarks)
        self.remarks.repainted.connect(self._repaint)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Remarks"))
        self.selectionModel().currentChanged.connect(self._choose)

    def make_low(self, low: bool) -> None:
        """A line for each remark instead of two, where little room is left for the list."""
        if low != self.low:
            self.low = low
            self.scheduleDelayedItemsLayout()

    def row(self) -> RemarkRow | None:
        """The one that is chosen."""
        index = self.currentIndex()
        return self.remarks.rows[index.row()] if index.isValid() else None

    def choose(self, statement: str) -> bool:
        """Choose a remark by its id; false where it is not in the list."""
        at = self.remarks.find(statement, self.currentIndex().row())
        if at >= 0:
            self.setCurrentIndex(self.remarks.index(at))
        return at >= 0

    def step(self, by: int) -> None:
        """Go up or down, as far as there is something."""
        at = self.currentIndex().row() + by
        if 0 <= at < len(self.remarks.rows):
            self.setCurrentIndex(self.remarks.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _repaint(self, places: Sequence[int]) -> None:
        if len(places) > MOST_REPAINTED:
            self.viewport().update()
            return
        for at in places:
            self.update(self.remarks.index(at))

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.remarks.rows[now.row()])
