"""What is decided at sending: for whom, place and date, printed order and sign-off. For whom is never chosen beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from crsv_desk.domain.paper import Edition
from crsv_desk.i18n import _
from crsv_desk.services.closing import Decision
from crsv_desk.services.readiness import Readiness
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Card, Choice, field, label, row, secondary

EDITIONS: tuple[Edition, ...] = ("public", "slim", "full")


class EditionCard(Card):
    """For whom the PDF is; and to which key the full one is encrypted."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__(margin=12, spacing=2)
        self.body.addWidget(label(_("For whom is this PDF?"), "h2"))
        self._group = QButtonGroup(self)
        words = (
            (_("For everybody"), _("Public: names that must stay hidden are not in it. The signed statements are attached.")),
            (_("For everybody, small"), _("Slim: the same pages without attachments; the statements are in a file beside it.")),
            (_("For the recipient alone"), _("Full: every name is in it. Never publish it or send it on.")),
        )  # fmt: skip
        self.choices: dict[Edition, Choice] = {}
        for number, (edition, (title, hint)) in enumerate(zip(EDITIONS, words, strict=True)):
            choice = Choice(title, hint)
            self.choices[edition] = choice
            self._group.addButton(choice, number)
            self.body.addWidget(choice)
        self._line = QLineEdit()
        self._line.setPlaceholderText("age1…")
        hint = _("The reader's key; then nobody else can open the file. May stay empty.")
        self.reader = field(_("Encrypt it to"), self._line, hint)
        self.reader.hide()
        self.body.addWidget(self.reader)
        self._group.idToggled.connect(lambda _number, on: self._choose() if on else None)

    @property
    def edition(self) -> Edition | None:
        """Nothing is chosen at the start."""
        number = self._group.checkedId()
        return EDITIONS[number] if number >= 0 else None

    @property
    def reader_key(self) -> str:
        """The age recipient of a full edition, or empty."""
        return self._line.text().strip() if self.edition == "full" else ""

    def choose(self, edition: Edition) -> None:
        """As if somebody had pressed it."""
        self.choices[edition].setChecked(True)

    def _choose(self) -> None:
        self.reader.setVisible(self.edition == "full")
        self.chosen.emit()


class _Date(QDateEdit):
    """Tab leaves it at once; the arrows go between day, month and year."""

    def focusNextPrevChild(self, onwards: bool) -> bool:
        return QWidget.focusNextPrevChild(self, onwards)


class DetailsCard(Card):
    """Place and date as they are printed, from the draft where that has them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(margin=12, spacing=6)
        self.place, self.date = QLineEdit(), _Date()
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("d MMMM yyyy")
        self.body.addWidget(label(_("Place and date"), "h2"))
        inputs = field(_("P&lace"), self.place), field(_("&Date of sending"), self.date)
        self.body.addWidget(Columns(inputs, 300))
        self._filled = False
        self.place.textChanged.connect(self.changed)
        self.date.dateChanged.connect(lambda _date: self.changed.emit())

    def fill(self, one: Readiness) -> None:
        """Once, with what the draft says, or today; what was changed since stays."""
        if self._filled:
            return
        self._filled = True
        date = QDate.fromString(one.date[:10], "yyyy-MM-dd")
        self.place.setText(one.place)
        self.date.setDate(date if date.isValid() else QDate.currentDate())


class _Names(QListWidget):
    """Alt+Up and Alt+Down move a name; Space says whether it stands in the sign-off."""

    moved = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def shift(self, by: int) -> None:
        at = self.currentRow()
        if at >= 0 and 0 <= at + by < self.count():
            self.insertItem(at + by, self.takeItem(at))
            self.setCurrentRow(at + by)
            self.moved.emit()


class OrderCard(Card):
    """In which order the organisations are printed, and which of them the sign-off names."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(margin=12, spacing=6)
        self.names = _Names()
        self.names.setAccessibleName(_("Organisations in their printed order; ticked: named in the sign-off"))
        self.names.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.names.itemChanged.connect(lambda _item: self.changed.emit())
        self.names.moved.connect(self.changed)
        up, down = secondary(_("Up"), small=True), secondary(_("Down"), small=True)
        alphabet = secondary(_("By alphabet"), small=True)
        up.clicked.connect(lambda: self.names.shift(-1))
        down.clicked.connect(lambda: self.names.shift(1))
        alphabet.clicked.connect(self._sort)
        self._lead = label("", "small")
        self.body.addWidget(label(_("Order and sign-off"), "h2"))
        self.body.addWidget(self._lead)
        self.body.addWidget(self.names)
        self.body.addWidget(Columns((row(up, down, None, spacing=0), row(alphabet, None)), 260, spacing=0))

    def fill(self, lead: str, names: Sequence[str]) -> None:
        """Show these; those that were here before keep their place and their tick."""
        sentence = _("{lead} comes first and signs. Ticked names stand in “also on behalf of”.")
        self._lead.setText(sentence.format(lead=lead))
        before = {item.text(): item.checkState() for item in self._items()}
        order = [name for name in before if name in names] + [name for name in names if name not in before]
        if order == list(before):
            return
        self.names.blockSignals(True)
        self.names.clear()
        for name in order:
            item = QListWidgetItem(name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(before.get(name, Qt.CheckState.Checked))
            self.names.addItem(item)
        self.names.blockSignals(False)
        row = self.names.sizeHintForRow(0) if order else 24
        self.names.setFixedHeight(min(len(order), 6) * max(row, 24) + 8)

    @property
    def order(self) -> tuple[str, ...]:
        """Empty where it is the alphabet's."""
        names = [item.text() for item in self._items()]
        return tuple(names) if names != sorted(names) else ()

    @property
    def sign_off(self) -> tuple[str, ...] | None:
        """``None`` where all are named."""
        named = [item.text() for item in self._items() if item.checkState() == Qt.CheckState.Checked]
        return None if len(named) == self.names.count() else tuple(named)

    def _items(self) -> list[QListWidgetItem]:
        return [self.names.item(at) for at in range(self.names.count())]

    def _sort(self) -> None:
        self.names.sortItems()
        self.changed.emit()


class Choices(QWidget):
    """All of them under one another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.edition, self.details, self.order = EditionCard(), DetailsCard(), OrderCard()
        self.details.changed.connect(self.changed)
        self.order.changed.connect(self.changed)

    def decision(self, certificate: str) -> Decision:
        """What is chosen now."""
        return Decision(
            place=self.details.place.text().strip(),
            date=self.details.date.date().toString("yyyy-MM-dd"),
            order=self.order.order,
            sign_off=self.order.sign_off,
            certificate=certificate,
        )
