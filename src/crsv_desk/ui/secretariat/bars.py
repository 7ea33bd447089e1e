"""What the secretariat's pages have in common: the bar with the letter's name, and the way from text to PDF."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.overview import LetterSummary
from crsv_desk.ui import dates
from crsv_desk.ui.buttons import Button
from crsv_desk.ui.components import Icon, chip, header, label
from crsv_desk.ui.session import Session

PAGES = ("text", "partners", "comments", "compile")
_ICONS = ("pencil", "users", "messages-square", "book-marked")


class WayBar(QFrame):
    """Text, Partners, Comments, Compile: any of them at any time, with how many wait there."""

    chosen = Signal(str)
    """The name of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.setProperty("frame", "header")
        self.setMinimumHeight(52)
        self.setAccessibleName(_("Pages of this letter"))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, 2, 24, 2)
        self._line.setSpacing(4)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Button] = {}
        names = (_("&Text"), _("&Partners"), _("Co&mments"), _("C&ompile"))
        for one, name, icon in zip(PAGES, names, _ICONS, strict=True):
            button = Button("segment", name, icon)
            button.setCheckable(True)
            button.setChecked(one == page)
            button.clicked.connect(lambda _checked=False, one=one: self._choose(one, page))
            self._group.addButton(button)
            self.buttons[one] = button
            self._line.addWidget(button)
        self._line.addStretch(1)

    def add(self, widget: QWidget) -> None:
        """Put something at the right."""
        self._line.addWidget(widget)

    def _choose(self, page: str, here: str) -> None:
        self.buttons[here].setChecked(True)  # this bar stays with its page
        if page != here:
            self.chosen.emit(page)


def top_bars(session: Session, summary: LetterSummary, page: str) -> list[QWidget]:
    """The letter's name, and the four pages with what waits on each; ``page`` is one of ``PAGES``."""
    return [_name_bar(summary), _way_bar(session, summary, page)]


def _name_bar(summary: LetterSummary) -> QFrame:
    version = _("version {number}").format(number=summary.versions) if summary.versions else _("not published yet")
    words = _("Secretariat {lead}").format(lead=summary.lead) if summary.lead else _("Secretariat")
    return header(summary.title, version, chip("muted", "building-2", words))


def _way_bar(session: Session, summary: LetterSummary, page: str) -> WayBar:
    bar = WayBar(page)
    bar.chosen.connect(lambda one: session.go(one, summary.dossier))
    bar.buttons["partners"].set_count(summary.to_confirm, to_confirm(summary.to_confirm))
    bar.buttons["comments"].set_count(summary.open_remarks, to_settle(summary.open_remarks))
    day = dates.deadline(summary.deadline)
    if day:
        bar.add(Icon("calendar-clock", 18, "muted"))
        words = _("Closes {day} · {left}").format(day=day, left=dates.days_left(summary.deadline))
        bar.add(label(words, "small", wrap=False))
    return bar


def to_confirm(count: int) -> str:
    """How many wait for the phone check, in words."""
    return ngettext("{count} waits for the phone check", "{count} wait for the phone check", count).format(count=count)


def to_settle(count: int) -> str:
    """How many remarks are open, in words."""
    return ngettext("{count} remark to settle", "{count} remarks to settle", count).format(count=count)
