"""What the secretariat's pages have in common: the bar with the letter's name, and the way from text to PDF."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.overview import LetterSummary
from crsv_desk.ui import dates
from crsv_desk.ui.buttons import Button, quiet
from crsv_desk.ui.components import Icon, header, label, row
from crsv_desk.ui.flow import Flow
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
        self._line = Flow(self, 4)
        self._line.setContentsMargins(16, 2, 24, 2)
        self._extra: QWidget | None = None
        self.buttons: dict[str, Button] = {}
        names = (_("&Text"), _("&Partners"), _("Co&mments"), _("C&ompile"))
        for one, name, icon in zip(PAGES, names, _ICONS, strict=True):
            button = Button("segment", name, icon)
            button.setCheckable(True)
            button.setChecked(one == page)
            button.clicked.connect(lambda _checked=False, one=one: self._choose(one, page))
            self.buttons[one] = button
            self._line.addWidget(button)
        self._line.to_the_right()

    def add(self, widget: QWidget) -> None:
        """Put something at the right, for as long as there is room on the line."""
        self._line.addWidget(widget)
        self._extra = widget

    def count(self, summary: LetterSummary) -> None:
        """Say how many wait behind each page."""
        before = self._wide()
        self.buttons["partners"].set_count(summary.to_confirm, to_confirm(summary.to_confirm))
        self.buttons["comments"].set_count(summary.open_remarks, to_settle(summary.open_remarks))
        if self.isVisible() and self._wide() != before:
            self._fit(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        for button in self.buttons.values():
            button.leave_icon_out(False)
        if self._wide() + 40 > width:  # on one line rather than with their icons on two
            for button in self.buttons.values():
                button.leave_icon_out(True)
        if self._extra is not None:
            self._extra.setVisible(self._wide() + self._extra.sizeHint().width() + 40 <= width)

    def _wide(self) -> int:
        return sum(button.sizeHint().width() + 4 for button in self.buttons.values())

    def _choose(self, page: str, here: str) -> None:
        for one, button in self.buttons.items():
            button.setChecked(one == here)  # this bar stays with its page
        if page != here:
            self.chosen.emit(page)


def top_bars(session: Session, summary: LetterSummary, page: str) -> list[QWidget]:
    """The letter's name, and the four pages with what waits on each; ``page`` is one of ``PAGES``."""
    return [_name_bar(session, summary), _way_bar(session, summary, page)]


class TopBars:
    """The same for a page that stays: the bars are made again only where they say something else than how many wait."""

    def __init__(self, session: Session, page: str) -> None:
        self._session, self._page = session, page
        self._said: object = None
        self._way: WayBar | None = None
        self.bars: list[QWidget] = []

    def show(self, summary: LetterSummary) -> bool:
        """Show a letter as it stands. Whether the bars had to be made: then they are others, and have no place yet."""
        deadline = summary.deadline
        said = (summary.dossier, summary.title, summary.versions, dates.deadline(deadline), dates.days_left(deadline))
        if self._way is not None and said == self._said:
            self._way.count(summary)
            return False
        self._said, self._way = said, _way_bar(self._session, summary, self._page)
        self.bars = [_name_bar(self._session, summary), self._way]
        return True


def _name_bar(session: Session, summary: LetterSummary) -> QFrame:
    version = _("version {number}").format(number=summary.versions) if summary.versions else _("not published yet")
    laptops = quiet(_("Secretariat"), "building-2", small=True)
    laptops.setAccessibleDescription(_("Shows its laptops; adds a colleague's"))
    laptops.clicked.connect(lambda: _show_laptops(session, summary.dossier, laptops))
    return header(summary.title, version, laptops)


def _show_laptops(session: Session, dossier: str, button: QWidget) -> None:
    from crsv_desk.ui.secretariat.laptops import LaptopsDialog  # loaded when it is asked for

    LaptopsDialog(session, dossier, button).open()


def _way_bar(session: Session, summary: LetterSummary, page: str) -> WayBar:
    bar = WayBar(page)
    bar.chosen.connect(lambda one: session.go(one, summary.dossier))
    bar.count(summary)
    day = dates.deadline(summary.deadline)
    if day:
        words = _("Closes {day} · {left}").format(day=day, left=dates.days_left(summary.deadline))
        bar.add(row(Icon("calendar-clock", 18, "muted"), label(words, "small", wrap=False), spacing=8))
    return bar


def to_confirm(count: int) -> str:
    """How many wait for the phone check, in words."""
    return ngettext("{count} waits for the phone check", "{count} wait for the phone check", count).format(count=count)


def to_settle(count: int) -> str:
    """How many remarks are open, in words."""
    return ngettext("{count} remark to settle", "{count} remarks to settle", count).format(count=count)
