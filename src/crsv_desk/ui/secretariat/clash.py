"""Two texts under one number: both are shown, and one is taken; it is published anew and names both."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from crsv_desk.domain.changes import field_name, summary
from crsv_desk.domain.dossier import Conflict
from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.services.between import blocks_between, fields_between
from crsv_desk.services.book import open_volume
from crsv_desk.services.identity import own_identity
from crsv_desk.services.revise import take_this_one, to_choose
from crsv_desk.ui import dates
from crsv_desk.ui.components import Card, banner, card, clear, column, label, row, scrolled, secondary
from crsv_desk.ui.session import Session
from crsv_desk.ui.word_diff import WordDiff, around


class ClashDialog(QDialog):
    """Every text with what it changes and on whose computer it was signed; nothing is chosen beforehand."""

    def __init__(self, session: Session, dossier: str, conflict: Conflict, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._dossier = session, dossier
        self.setWindowTitle("CRSV Desk")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 560)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(24, 24, 24, 20)
        lines.setSpacing(12)
        title = _("Which text number {number} stands?").format(number=conflict.number)
        text = _("The one you take is published again under the next number. Whoever signed is asked again.")
        lines.addWidget(label(title, "title-s"))
        lines.addWidget(label(text, "muted"))
        self._told = QVBoxLayout()
        lines.addLayout(self._told)
        inside = QWidget()
        cards = QVBoxLayout(inside)
        cards.setContentsMargins(0, 0, 8, 0)
        cards.setSpacing(12)
        keys = to_choose(open_volume(session.desk, dossier), conflict)
        for key in keys:
            cards.addWidget(self._card(key, keys[0]))
        cards.addStretch(1)
        lines.addWidget(scrolled(inside), 1)
        back = secondary(_("Back"))
        back.clicked.connect(self.reject)
        lines.addWidget(row(None, back))

    def _card(self, key: str, first: str) -> Card:
        desk = self._session.desk
        volume = open_volume(desk, self._dossier)
        take = secondary(_("Take this one"), "check", small=True)
        take.clicked.connect(lambda: self._take(key))
        letter = volume.letter(key)
        own = letter.signer == own_identity(desk).fingerprint
        words = _("Signed on this computer, {time}") if own else _("Signed on a colleague's computer, {time}")
        words = words.format(time=dates.moment(letter.time))
        take.setAccessibleDescription(words)
        who = column(label(words, "strong"), label(key[:12], "small"), spacing=0)
        result = card(row(who, take), spacing=8)
        # Each beside what stood before both, where that is here; else beside the first of them.
        base = next((one for one in letter.prev if one in volume.held), first)
        found, fields = blocks_between(desk, volume, base, key), fields_between(desk, volume, base, key)
        if key != base:
            told = _("Against version {number}: {summary}").format(
                number=volume.letter(base).n, summary=summary(found, fields)
            )
            result.body.addWidget(label(told, "muted"))
        for field in fields:
            result.body.addWidget(label(field_name(field.field), "small"))
            result.body.addWidget(WordDiff(around(field.runs)))
        for one in [one for one in found if one.kind != "same"][:5]:
            result.body.addWidget(WordDiff(around(one.runs)))
        return result

    def _take(self, key: str) -> None:
        desk = self._session.desk
        self._session.tasks.run(
            _("Publishing"), lambda report: take_this_one(desk, self._dossier, key), self._taken, self._refused
        )

    def _taken(self, _file: bytes) -> None:
        session = self._session
        self.accept()
        session.changed.emit()
        session.tell(_("Published again. Save the letter's file and send it to everybody."))

    def _refused(self, error: DeskError) -> None:
        clear(self._told)
        self._told.addWidget(banner("bad", str(error)))
