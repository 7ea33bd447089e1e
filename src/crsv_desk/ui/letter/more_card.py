"""What few need when they sign: others who sign along, a reservation, the decision behind it, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from crsv_desk.domain.paper import Person
from crsv_desk.i18n import _
from crsv_desk.services.endorse import Choice
from crsv_desk.ui.components import Card, Tick, column, field, quiet, row, secondary

MOST_OTHERS = 5
"""Beside the person whose name stands first: at most six sign for one organisation."""


class MoreCard(Card):
    """Closed at first, and nothing in it is chosen beforehand."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(margin=12)
        self.others, self.reservation, self.note = QPlainTextEdit(), QPlainTextEdit(), QLineEdit()
        for box in (self.others, self.reservation):
            box.setTabChangesFocus(True)
            box.setFixedHeight(84)
            box.textChanged.connect(self.changed)
        self.note.textChanged.connect(self.changed)
        self._others = field(
            _("&Others who sign with you"), self.others, _("One on each line: name, role. At most five.")
        )
        self.order = Tick(_("I sign on the order of the first person named"))
        self.printed = Tick(
            _("Print this reservation below our name"),
            _("Without this it is on no page. Who opens the signed file in the PDF can still read it."),
        )
        self.corrections = Tick(
            _("Our signature also counts when facts are corrected later"),
            _("You see every correction and can object to it before the letter is sent."),
        )
        note = field(
            _("&Decision behind it"),
            self.note,
            _("For example: board decision of 12 May. May stay empty. It is kept in the signed file, on no page."),
        )
        reservation = field(_("&Reservation or condition"), self.reservation, _("May stay empty."))
        self.prepare = quiet(_("Somebody else signs: save this form for a colleague…"), small=True)
        parts = (self._others, self.order, note, reservation, self.printed, self.corrections)
        self.inside = column(*parts, row(self.prepare, None), spacing=10)
        self.open = secondary(_("More: others, reservation, decision…"), small=True)
        self.open.clicked.connect(self.show_all)
        for tick in (self.order, self.printed, self.corrections):
            tick.toggled.connect(self.changed)
        self.body.addWidget(self.open)
        self.body.addWidget(self.inside)
        self.inside.hide()

    def show_all(self) -> None:
        """Open the card; what it holds counts whether it is open or not."""
        self.open.hide()
        self.inside.show()
        self.others.setFocus()

    def put_into(self, choice: Choice) -> Choice:
        """``choice`` with what stands here."""
        return replace(
            choice,
            people=(*choice.people, *self._people()),
            acting="order" if self.order.isChecked() else "self",
            mandate=self.note.text().strip(),
            reservation=self.reservation.toPlainText().strip(),
            reservation_printed=self.printed.isChecked() and bool(self.reservation.toPlainText().strip()),
            corrections=self.corrections.isChecked(),
        )

    def wrong(self) -> QWidget | None:
        """The input that cannot be used as it is, with its sentence shown."""
        lines = [line for line in self.others.toPlainText().split("\n") if line.strip()]
        sentence = ""
        if len(lines) > MOST_OTHERS:
            sentence = _("At most six people can sign for one organisation.")
        elif any("," not in line or not all(part.strip() for part in line.split(",", 1)) for line in lines):
            sentence = _("Write each as “name, role”.")
        self._others.set_error(sentence)
        if sentence:
            self.show_all()
        return self.others if sentence else None

    def value(self) -> dict[str, object]:
        """To keep a half-filled form. What must never be set beforehand is not kept: corrections."""
        return {
            "others": self.others.toPlainText(), "order": self.order.isChecked(), "note": self.note.text(),
            "reservation": self.reservation.toPlainText(), "printed": self.printed.isChecked(),
        }  # fmt: skip

    def load(self, value: Mapping[str, object]) -> None:
        """What ``value`` gave, or a colleague prepared."""
        self.others.setPlainText(str(value.get("others", "")))
        self.note.setText(str(value.get("note", "")))
        self.reservation.setPlainText(str(value.get("reservation", "")))
        self.order.setChecked(value.get("order") is True)
        self.printed.setChecked(value.get("printed") is True)
        if any(value.get(key) for key in ("others", "note", "reservation")):
            self.open.hide()
            self.inside.show()

    def _people(self) -> tuple[Person, ...]:
        found = []
        for line in self.others.toPlainText().split("\n"):
            name, comma, role = line.partition(",")
            if comma and name.strip() and role.strip():
                found.append(Person(name.strip(), role.strip()))
        return tuple(found[:MOST_OTHERS])
