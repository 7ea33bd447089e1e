"""The letter's other fields: to whom, from whom, when and where; who is asked; colour and logo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.draft_checks import Problem
from crsv_desk.services.drafting import Draft
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import card, field, label, quiet, row
from crsv_desk.ui.secretariat.asked_lines import as_line, from_line, lines

_LINES = {
    "place": "place",
    "date": "date",
    "deadline": "deadline",
    "lead": "lead",
    "language": "language",
    "accent": "accent",
}


class FieldsPane(QWidget):
    """Shows the fields of a draft; ``changed`` follows every keystroke in them."""

    changed = Signal()
    choosing_logo = Signal()
    opening_partners = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._filling = False
        self._logo = b""
        self._inputs = {name: QLineEdit() for name in _LINES}
        self._recipient, self._partners = QPlainTextEdit(), QPlainTextEdit()
        for box in (self._recipient, self._partners):
            box.setTabChangesFocus(True)
            box.textChanged.connect(self._edited)
        self._recipient.setFixedHeight(108)
        self._partners.setMinimumHeight(120)
        for line in self._inputs.values():
            line.textChanged.connect(self._edited)
        inputs = self._inputs
        self.fields = {
            "recipient": field(_("Addr&ess, a line for each line"), self._recipient),
            "place": field(_("P&lace"), inputs["place"], _("From where it is sent.")),
            "date": field(_("&Date of sending"), inputs["date"], _("Such as 2026-05-26; may stay open.")),
            "lead": field(_("Lead or&ganisation"), inputs["lead"]),
            "partners": field(
                _("Organisations that are as&ked, one a line"),
                self._partners,
                _("A country may follow after a semicolon: CARE Nederland; NL"),
            ),
            "deadline": field(_("Answer &before"), inputs["deadline"], _("Such as 2026-05-22 or 2026-05-22T12:00.")),
            "language": field(
                _("Language of the fi&rst text"), inputs["language"], _("A short code, such as nl, fr or ar.")
            ),
            "accent": field(_("Colo&ur of the pages"), inputs["accent"], _("Such as #12494F; may stay empty.")),
        }
        self._picture = QLabel()
        self._picture.setAccessibleName(_("No logo"))
        self._count = label("", "small", wrap=False)
        self._build()

    def _build(self) -> None:
        choose = quiet(_("Choose a logo…"), "image", small=True)
        choose.clicked.connect(self.choosing_logo)
        self.no_logo = quiet(_("Without logo"), "x", small=True)
        self.no_logo.clicked.connect(lambda: self.set_logo(b""))
        opening = quiet(_("Take in a table of organisations…"), "folder-open", small=True)
        opening.clicked.connect(self.opening_partners)
        f = self.fields
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(10)
        lines.addWidget(card(f["recipient"], Columns((f["place"], f["date"]), 380)))
        logo = row(
            label(_("Logo of the lead"), "label", wrap=False), self._picture, choose, self.no_logo, None, spacing=8
        )
        lines.addWidget(card(f["lead"], logo))
        lines.addWidget(card(f["partners"], row(self._count, None, opening, spacing=4), f["deadline"]))
        lines.addWidget(card(Columns((f["language"], f["accent"]), 380)))
        lines.addStretch(1)

    # --- between the draft and the fields

    def show_draft(self, draft: Draft) -> None:
        """Show a draft's fields. Says nothing of changes."""
        self._filling = True
        for key, line in self._inputs.items():
            words = draft.language if key == "language" else draft.text(key)
            if line.text() != words:
                line.setText(words)
                line.setCursorPosition(0)
        asked = tuple(as_line(name, draft.country(name)) for name in draft.lines("partners"))
        for box, shown in ((self._recipient, draft.lines("recipient")), (self._partners, asked)):
            if lines(box) != shown:
                box.setPlainText("\n".join(shown))
        self._show_logo(draft.logo)
        self._filling = False
        self._tell()

    def read_into(self, draft: Draft) -> Draft:
        """The draft with what stands in the fields."""
        asked = [from_line(line) for line in lines(self._partners)]
        front = {
            **draft.front,
            **{key: line.text().strip() for key, line in self._inputs.items()},
            "recipient": list(lines(self._recipient)),
            "partners": [name for name, _country in asked],
            "countries": {name: country for name, country in asked if country},
        }
        return replace(draft, front=front, logo=self._logo)

    def set_logo(self, png: bytes) -> None:
        """Use another logo."""
        self._show_logo(png)
        self.changed.emit()

    def add_partners(self, found: Sequence[tuple[str, str]]) -> None:
        """Put organisations that are not there yet at the end of the list, and the country with one that is there
        without."""
        there = dict(from_line(line) for line in lines(self._partners))
        for name, country in found:
            there[name] = there.get(name) or country
        self._partners.setPlainText("\n".join(as_line(name, country) for name, country in there.items()))

    def show_problems(self, found: Sequence[Problem]) -> None:
        """Say under each field what is wrong with it."""
        said = {one.field: one.sentence for one in reversed(found)}
        for key, one in self.fields.items():
            one.set_error(said.get(key, ""))

    def _show_logo(self, png: bytes) -> None:
        self._logo = png
        picture = QPixmap()
        if png and picture.loadFromData(png):
            self._picture.setPixmap(picture.scaledToHeight(32) if picture.height() > 32 else picture)
            self._picture.setAccessibleName(_("The logo that is printed"))
        else:
            self._picture.clear()
            self._picture.setAccessibleName(_("No logo"))
        self._picture.setVisible(bool(png))
        self.no_logo.setVisible(bool(png))

    def _tell(self) -> None:
        count = len(lines(self._partners))
        words = ngettext("{count} organisation is asked", "{count} organisations are asked", count)
        self._count.setText(words.format(count=count))

    def _edited(self, *_args: object) -> None:
        if not self._filling:
            self._tell()
            self.changed.emit()
