"""The endorsements in a file, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.verification import BASES, EndorsementFinding, Verification
from crsv_desk.ui import dates, theme
from crsv_desk.ui.icons import paint_icon

Index = QModelIndex | QPersistentModelIndex
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)
ORDER = ("fails", "look", "holds", "counted")
PAD, ICON = 10, 18
TALLEST = 560


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it is shown. ``outcome`` is one of ``ORDER``."""

    organisation: str
    outcome: str
    explanation: str

    @property
    def look(self) -> tuple[str, str, str]:
        """Tone, icon and word."""
        return {
            "fails": ("bad", "octagon-alert", _("Does not hold")),
            "look": ("warn", "triangle-alert", _("Look at this")),
            "holds": ("ok", "circle-check", _("Holds")),
            "counted": ("muted", "eye-off", _("Counted")),
        }[self.outcome]


def lines(one: Verification) -> Sequence[Line]:
    """Every endorsement, the worst first, then the names that are not public and what is only declared."""
    found = [Line(row.organisation, row.outcome, _explanation(row)) for row in one.endorsements]
    found.sort(key=lambda line: ORDER.index(line.outcome))
    if one.withheld:
        name = ngettext(
            "{count} organisation, name not public", "{count} organisations, names not public", one.withheld
        )
        sentence = _("The seal counts them; only the readers they chose can check them.")
        found.append(Line(name.format(count=one.withheld), "counted", sentence))
    if one.attested:
        name = ngettext("{count} answer declared", "{count} answers declared", one.attested)
        sentence = _("The secretariat says so; nothing here is signed by the organisation itself.")
        found.append(Line(name.format(count=one.attested), "counted", sentence))
    return found


def _explanation(row: EndorsementFinding) -> str:
    if not row.holds or not row.version:
        return row.sentence
    basis = _(BASES[row.basis])
    if row.compared:
        basis = _("{basis}, {day}").format(basis=basis, day=dates.day(row.compared))
    parts = [_("version {number}").format(number=row.version), basis]
    return "\n".join([*row.notes, " · ".join(parts)])


class _Model(QAbstractTableModel):
    def __init__(self, found: Sequence[Line]) -> None:
        super().__init__()
        self.lines = found

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (line.organisation, line.look[2], line.explanation)[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (_("Organisation"), _("Outcome"), _("Explanation"))[section]
        return None


class _Painter(QStyledItemDelegate):
    """Rows of as many lines as they need; the outcome with icon, word and colour."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._heights: dict[tuple[str, int, float], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        assert isinstance(view, QTableView)
        room = view.columnWidth(index.column()) - 2 * PAD - (ICON + 8 if index.column() == 1 else 0)
        return QSize(room, max(self._height(str(index.data()), max(room, 40)) + 14, theme.current().pixels(36)))

    def _height(self, words: str, room: int) -> int:
        """Of these words in so much room. Many rows say the same, and all are measured each time that one may differ."""
        known = words, room, theme.current().scale
        if known not in self._heights:
            metrics = QFontMetrics(_font(bold=True))
            self._heights[known] = metrics.boundingRect(QRect(0, 0, room, 10_000), WRAP, words).height()
        return self._heights[known]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Model)
        line, colour = model.lines[index.row()], theme.current().colour
        tone, icon, _word = line.look
        box = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        loud = line.outcome in ("fails", "look")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, colour("accent_soft") if chosen else colour(f"{tone}_soft" if loud else "surface"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), colour("line"))
        if chosen and index.column() == 0:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colour("accent"))
        inner = box.adjusted(PAD, 0, -PAD, 0)
        if index.column() == 1:
            paint_icon(painter, icon, QRectF(inner.left(), box.center().y() - ICON / 2, ICON, ICON), colour(tone))
            inner = inner.adjusted(ICON + 8, 0, 0, 0)
        painter.setFont(_font(bold=index.column() == 1 or ((loud or chosen) and index.column() == 0)))
        painter.setPen(colour(tone if index.column() == 1 else "text"))
        painter.drawText(inner, WRAP, str(index.data()))
        painter.restore()


def _font(*, bold: bool) -> QFont:
    font = QFont("Noto Sans")
    font.setPixelSize(theme.current().pixels(14))
    font.setBold(bold)
    return font


class EndorsementTable(QTableView):
    """As tall as its rows, up to a screenful; then it scrolls."""

    def __init__(self, one: Verification) -> None:
        super().__init__()
        self._model = _Model(lines(one))
        self.setModel(self._model)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(_("Endorsements, the worst first"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().setVisible(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        theme.notifier.changed.connect(self._fit)

    @property
    def lines(self) -> Sequence[Line]:
        return self._model.lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        width = self.viewport().width()
        words = max((QFontMetrics(_font(bold=True)).horizontalAdvance(one.look[2]) for one in self.lines), default=0)
        outcome = min(words + ICON + 8 + 2 * PAD + 8, width // 3)
        organisation = (width - outcome) // 3
        for at, size in enumerate((organisation, outcome, width - organisation - outcome)):
            self.setColumnWidth(at, size)
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(at) for at in range(self._model.rowCount()))
        height = min(self.horizontalHeader().sizeHint().height() + rows + 4, TALLEST)
        if self.height() != height:
            self.setFixedHeight(height)
