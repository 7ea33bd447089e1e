"""The table of organisations: a model over the rows, a filter, and a view that is worked by keys."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import (
    QAbstractTableModel,
    QCollator,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from crsv_desk.i18n import _
from crsv_desk.services.overview import StatusRow
from crsv_desk.ui import dates, theme
from crsv_desk.ui.icons import icon
from crsv_desk.ui.secretariat import standings

Index = QModelIndex | QPersistentModelIndex
ORGANISATION, STATE, VERSION, HEARD, VISIBLE = range(5)
ROOT = QModelIndex()
MEASURED = 100
"""Rows whose moments are measured for the width of their column."""


class PartnersModel(QAbstractTableModel):
    """The rows as they are; ``hidden`` puts words in place of withheld names."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[StatusRow] = ()
        self._by_name: list[StatusRow] = []
        self._order = (ORGANISATION, False)
        self.texts: list[str] = []
        """What is searched, for each row."""
        self.hidden = False

    def show_rows(self, rows: Sequence[StatusRow], hidden: bool) -> None:
        """Show other rows."""
        self.beginResetModel()
        collator = QCollator()
        collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        collator.setNumericMode(True)
        keyed = [(collator.sortKey(standings.named(row, hidden)), row) for row in rows]
        self._by_name = [row for _key, row in sorted(keyed, key=lambda pair: pair[0])]
        self.hidden = hidden
        self._sort()
        self.endResetModel()

    def sort_rows(self, column: int, descending: bool) -> None:
        """Put the rows in the order of a column; those that are the same there stay in the order of names. Done here and
        not in the filter, which would ask for each comparison: a thousand rows would take a noticeable while."""
        self._order = (column, descending)
        self.beginResetModel()
        self._sort()
        self.endResetModel()

    def _sort(self) -> None:
        column, descending = self._order
        keys: dict[int, Callable[[StatusRow], object]] = {
            STATE: lambda row: standings.look(row).rank,
            VERSION: lambda row: row.version,
            HEARD: lambda row: row.time,
            VISIBLE: standings.shown,
        }
        self._rows = sorted(self._by_name, key=keys.get(column, lambda _row: 0), reverse=descending)  # type: ignore[arg-type]
        if descending and column not in keys:
            self._rows = self._by_name[::-1]
        self.texts = [
            _plain(f"{standings.named(row, self.hidden)} {standings.look(row).words} {standings.shown(row)}")
            for row in self._rows
        ]

    def row(self, at: int) -> StatusRow:
        return self._rows[at]

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Organisation"), _("State"), _("Version"), _("Last heard"), _("Visible"))[section]
        if section == HEARD and role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return _("Last heard (claimed)")
        return None

    def data(self, index: Index, role: int = 0) -> object:
        row, column = self._rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(row, column)
            case Qt.ItemDataRole.DecorationRole if column == STATE:
                found = standings.look(row)
                return icon(found.icon, found.tone)
            case Qt.ItemDataRole.ForegroundRole if column == STATE:
                return theme.current().colour(standings.look(row).tone)
            case Qt.ItemDataRole.FontRole if column == STATE:
                return _font(bold=True)
            case Qt.ItemDataRole.ToolTipRole:
                return f"<p>{escape(self._whole(row, column))}</p>"  # names are foreign: no markup of theirs is read
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(row) if column == ORGANISATION else self._words(row, column)
        return None

    def different_words(self) -> dict[int, set[str]]:
        """What stands in each column that is no wider than its words, title included."""
        found = {
            column: {str(self.headerData(column, Qt.Orientation.Horizontal))} for column in range(STATE, VISIBLE + 1)
        }
        for row in self._rows:
            found[STATE].add(standings.look(row).words)
            found[VISIBLE].add(standings.shown(row))
        # Of a thousand rows nearly every moment is another, and they are about as wide.
        found[HEARD] |= {self._words(row, HEARD) for row in self._rows[:MEASURED]}
        return found

    def _words(self, row: StatusRow, column: int) -> str:
        match column:
            case 0:
                return standings.named(row, self.hidden)
            case 1:
                return standings.look(row).words
            case 2:
                return str(row.version) if row.version else "–"
            case 3:
                return dates.recent(row.time) if row.time else _("nothing yet")
        return standings.shown(row)

    def _whole(self, row: StatusRow, column: int) -> str:
        """What a cell says where there is room."""
        if column == HEARD and row.time:
            return _("{time} (claimed)").format(time=dates.moment(row.time))
        return self._words(row, column)

    def _spoken(self, row: StatusRow) -> str:
        """The whole row, for a screen reader."""
        words = [standings.named(row, self.hidden), standings.look(row).words]
        if row.version:
            words.append(_("version {number}").format(number=row.version))
        if row.later and row.standing != "opened":
            words.append(_("No answer before {day}.").format(day=dates.day(row.later)))
        if row.time:
            words.append(_("{time} (claimed)").format(time=dates.moment(row.time)))
        if row.visible or row.withheld:
            words.append(standings.shown(row))
        return ", ".join(words)


class PartnersFilter(QSortFilterProxyModel):
    """Rows of one filter in which every word that is searched for occurs, accents and case aside."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[str] = ()
        self._filter = "all"

    def choose(self, name: str) -> None:
        """Use another of ``standings.FILTERS``."""
        self.beginFilterChange()
        self._filter = name
        self.endFilterChange()

    def search(self, text: str) -> None:
        """Look for words."""
        self.beginFilterChange()
        self._words = _plain(text).split()
        self.endFilterChange()

    def filterAcceptsRow(self, at: int, parent: Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, PartnersModel)
        if not standings.passes(model.row(at), self._filter):
            return False
        return all(word in model.texts[at] for word in self._words)


class _Row(QStyledItemDelegate):
    """The chosen row is bold and has a bar at its left, besides its colour."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        option.font = _font(bold=chosen or index.column() == STATE)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        rect = option.rect
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.current().colour("line"))
        if index.column() == ORGANISATION and option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height() - 1, theme.current().colour("accent"))


class PartnersTable(QTableView):
    """Arrows move, Enter opens, the menu key asks what can be done."""

    opened = Signal(object)
    """The ``StatusRow`` that the person wants to see."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Organisations"))
        self._shown: tuple[list[StatusRow], bool] = ([], False)
        self.model_ = PartnersModel(self)
        self.filter = PartnersFilter(self)
        self.filter.setSourceModel(self.model_)
        self.setModel(self.filter)
        self.setItemDelegate(_Row(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(ORGANISATION, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(60)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(ORGANISATION, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._sort)
        self.doubleClicked.connect(lambda _index: self._open())
        theme.notifier.changed.connect(self._measure)
        self._measure()

    def show_rows(self, rows: Sequence[StatusRow], hidden: bool) -> None:
        """Show other rows; the one that was chosen stays chosen."""
        if (list(rows), hidden) == self._shown:
            return
        before, self._shown = self.chosen, (list(rows), hidden)
        self.model_.show_rows(rows, hidden)
        self._measure()
        self._choose_again(before)

    def sort_by(self, column: int) -> None:
        """By a column, or the other way round where it is so already."""
        header, orders = self.horizontalHeader(), Qt.SortOrder
        again = header.sortIndicatorSection() == column and header.sortIndicatorOrder() == orders.AscendingOrder
        header.setSortIndicator(column, orders.DescendingOrder if again else orders.AscendingOrder)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        before = self.chosen
        self.model_.sort_rows(column, order == Qt.SortOrder.DescendingOrder)
        self._choose_again(before)

    def _choose_again(self, before: StatusRow | None) -> None:
        at = 0
        for number in range(self.filter.rowCount() if before is not None else 0):
            one = self.row(number)
            if before is not None and (one.organisation, one.fingerprint) == (before.organisation, before.fingerprint):
                at = number
                break
        if self.filter.rowCount():
            self.selectRow(at)

    def row(self, at: int) -> StatusRow:
        """The row that stands at a place now."""
        return self.model_.row(self.filter.mapToSource(self.filter.index(at, 0)).row())

    @property
    def chosen(self) -> StatusRow | None:
        """The row on which the person is."""
        index = self.currentIndex()
        return self.row(index.row()) if index.isValid() else None

    def _measure(self) -> None:
        scale = theme.current().scale
        self.verticalHeader().setDefaultSectionSize(round((36 if scale < 1.5 else 30) * scale))
        words = QFontMetrics(_font(bold=True))
        side = theme.current().icon(16)
        self.setIconSize(QSize(side, side))
        for column, texts in self.model_.different_words().items():
            room = max(map(words.horizontalAdvance, texts)) + (side + 44 if column == STATE else 40)
            self.setColumnWidth(column, room)
        self.setMinimumHeight(round(250 * scale**0.5))
        self._fit()

    def resizeEvent(self, event: object) -> None:
        self._fit()
        super().resizeEvent(event)  # type: ignore[arg-type]

    def _fit(self) -> None:
        """The name takes the room that is left. Where too little is, it keeps its own and the rest is scrolled to."""
        rest = sum(self.columnWidth(column) for column in range(1, 5))
        least = round(220 * theme.current().scale)
        stretch = self.viewport().width() - rest >= least
        header, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(ORGANISATION, modes.Stretch if stretch else modes.Fixed)
        if not stretch:
            self.setColumnWidth(ORGANISATION, least)

    def _open(self) -> None:
        if self.chosen is not None:
            self.opened.emit(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)


def _font(bold: bool) -> QFont:
    font = QFont("Noto Sans")
    font.setPixelSize(theme.current().pixels(14))
    font.setBold(bold)
    return font


def _plain(text: str) -> str:
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
