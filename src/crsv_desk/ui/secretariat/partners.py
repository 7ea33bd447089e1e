"""The overview: who has answered what, what waits, and what the secretariat can do about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from crsv_desk.domain.dossier import Conflict
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.book import Volume, open_volume
from crsv_desk.services.overview import LetterSummary, StatusRow, status_in, summary_in
from crsv_desk.services.publish import letter_file_for_partners
from crsv_desk.services.revived import RevivedKey, revived_keys
from crsv_desk.ui import dates
from crsv_desk.ui.buttons import primary, quiet, secondary
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import (
    Banner,
    Card,
    Icon,
    Page,
    action_bar,
    announce,
    banner,
    card,
    clear,
    column,
    empty_state,
    flowing,
    label,
    row,
    scrolled,
)
from crsv_desk.ui.file_dialogs import choose_place
from crsv_desk.ui.question import WordsDialog
from crsv_desk.ui.secretariat import standings
from crsv_desk.ui.secretariat.asking import AddDialog, CallDialog
from crsv_desk.ui.secretariat.attesting import AttestDialog
from crsv_desk.ui.secretariat.bars import to_confirm, top_bars
from crsv_desk.ui.secretariat.clash import ClashDialog
from crsv_desk.ui.secretariat.filters import Filters
from crsv_desk.ui.secretariat.organisation import OrganisationDialog
from crsv_desk.ui.secretariat.revived import RevivedDialog
from crsv_desk.ui.secretariat.ring import beside_a_picture, count_card
from crsv_desk.ui.secretariat.table import PartnersTable
from crsv_desk.ui.secretariat.words import reminder
from crsv_desk.ui.session import Session

HIDE_NAMES = "hide-withheld-names"
"""The setting that withheld names are not shown, for a screen that others see."""


class PartnersPage(Page):
    """The table of organisations, with the ring, the deadline and the problems above it."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._top = QVBoxLayout()
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.setSpacing(12)
        self.table = PartnersTable()
        self.table.opened.connect(self.show_details)
        self.filters = Filters()
        self.filters.searched.connect(self._search)
        self.filters.chosen.connect(self._choose)
        self.filters.hidden.connect(self._hide)
        self.nothing = empty_state("search", _("Nothing found"), _("No organisation fits the words and the filter."))
        self._clear = quiet(_("Clear the filters"), "x", small=True)
        self._clear.clicked.connect(self._clear_filters)
        self.nothing.layout().addWidget(self._clear)  # type: ignore[union-attr]
        inside = card(self.filters, self.table, self.nothing, margin=8, spacing=4)
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(24, 14, 24, 12)
        lines.setSpacing(12)
        lines.addLayout(self._top)
        lines.addWidget(inside, 1)
        self._content = scrolled(room)
        search = QShortcut(QKeySequence.StandardKey.Find, self, self.filters.search.setFocus)
        search.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._bars = QVBoxLayout()
        bars = QWidget()
        bars.setLayout(self._bars)
        self._bars.setContentsMargins(0, 0, 0, 0)
        self._bars.setSpacing(0)
        self.show_parts([bars], self._content, [self._bar()])
        self.first = self.table
        self.refresh()

    # --- what stands on the page

    def refresh(self) -> None:
        """Show what holds now. What was searched for and chosen stays."""
        volume = open_volume(self._session.desk, self._dossier)
        rows = status_in(self._session.desk, volume)
        one = self._summary = summary_in(self._session.desk, volume)
        clear(self._bars)
        for bar in top_bars(self._session, one, "partners"):
            self._bars.addWidget(bar)
        self._rows = _merged(rows)
        hidden = self._hides()
        self.filters.show_rows(self._rows, hidden)
        clear(self._top)
        for notice in self._notices(one, volume):
            self._top.addWidget(notice)
        self._top.addWidget(Columns((count_card(one, self._rows), self._deadline_card(one)), 600))
        self.table.show_rows(self._rows, hidden)
        self._show_hits()

    def _deadline_card(self, one: LetterSummary) -> Card:
        day = dates.deadline(one.deadline)
        title = _("Closes {day}").format(day=day) if day else _("No deadline was set")
        silent = sum(entry.standing in standings.FILTERS["silent"] for entry in self._rows)
        if silent:
            words = ngettext("{count} did not answer yet.", "{count} did not answer yet.", silent).format(count=silent)
        else:
            words = _("Nobody is silent.")
        if day:
            words = f"{dates.days_left(one.deadline).capitalize()}. {words}"
        self.remind = secondary(_("Re&minder…"), "mail", small=True)
        self.remind.setEnabled(bool(one.versions))
        self.remind.clicked.connect(self.ask_reminder)
        self.save = secondary(_("&Save the letter's file…"), "save", small=True)
        self.save.setEnabled(bool(one.versions))
        self.save.clicked.connect(self.ask_place)
        self.change = secondary(_("&Deadline and contact…"), "calendar-clock", small=True)
        self.change.clicked.connect(lambda: CallDialog(self._session, self._dossier, self).open())
        words_column = column(
            label(title, "h2"),
            label(words, "small"),
            flowing(self.remind, self.save, self.change, spacing=0),
            None,
            spacing=2,
        )
        result = card(row(Icon("calendar-clock", 28, "warn"), words_column, spacing=16), margin=12)
        beside_a_picture(result)
        return result

    def _notices(self, one: LetterSummary, volume: Volume) -> list[QWidget]:
        found: list[QWidget] = [self._clash(clash) for clash in volume.state.conflicts]
        if volume.state.unread:
            title = _("Something here was made by a newer CRSV Desk")
            text = _("It is kept unread. Update the program; until then this letter cannot be closed.")
            found.append(banner("warn", title, text))
        hidden = {entry.organisation for entry in self._rows if entry.withheld} if self._hides() else set()
        revived = revived_keys(self._session.desk, volume)
        found += [self._revived(key) for key in revived if key.organisation not in hidden]
        contradictory = [
            entry.organisation for entry in self._rows if entry.contradictory and not (entry.withheld and self._hides())
        ]
        if contradictory:
            title = _("Answers of one organisation contradict each other: {names}").format(
                names=", ".join(contradictory)
            )
            text = _("Open it to see them all, and call. A new answer that replaces the earlier ones settles it.")
            found.append(banner("bad", title, text))
        if one.to_confirm:
            self.check = secondary(_("Phone check"), "phone", small=True)
            self.check.clicked.connect(lambda: self._compare(""))
            text = _("Their answers count once you have compared a code with them.")
            found.append(banner("warn", to_confirm(one.to_confirm), text, self.check))
        return found

    def _revived(self, key: RevivedKey) -> Banner:
        button = secondary(_("Decide…"), "phone", small=True)
        button.setAccessibleDescription(key.organisation)
        button.clicked.connect(lambda: RevivedDialog(self._session, self._dossier, key, self).open())
        return banner("bad", key.sentence, _("Call your colleague: only one of you can be right."), button)

    def _clash(self, clash: Conflict) -> Banner:
        if clash.kind == "call":
            button = secondary(_("Choose the deadline…"), "calendar-clock", small=True)
            button.clicked.connect(lambda: CallDialog(self._session, self._dossier, self).open())
            title = _("Two colleagues set different deadlines")
            return banner("warn", title, _("Choose the one that holds; that settles it."), button)
        button = secondary(_("Take one of them…"), "pencil", small=True)
        button.clicked.connect(lambda: ClashDialog(self._session, self._dossier, clash, self).open())
        title = _("Two different texts carry number {number}, both signed by the secretariat").format(
            number=clash.number
        )
        text = _(
            "If a colleague published one of them, take the one that holds: that settles both. If nobody did, somebody has"
            " a key of yours: call the partners before you do anything else."
        )
        return banner("bad", title, text, button)

    # --- search and filters

    def _choose(self, name: str) -> None:
        self.table.filter.choose(name)
        self._show_hits()

    def _search(self, text: str) -> None:
        self.table.filter.search(text)
        self._show_hits()

    def _show_hits(self) -> None:
        count = self.table.filter.rowCount()
        self.table.setVisible(bool(count))
        self.nothing.setVisible(not count)
        if count and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        announce(self, ngettext("{count} organisation", "{count} organisations", count).format(count=count))

    def _clear_filters(self) -> None:
        self.filters.clear()
        self.table.setFocus()

    def _hides(self) -> bool:
        return self._session.desk.store.setting(HIDE_NAMES) == "yes"

    def _hide(self, on: bool) -> None:
        self._session.desk.store.set_setting(HIDE_NAMES, "yes" if on else "")
        self.refresh()

    # --- what can be done

    def _bar(self) -> QWidget:
        attest = secondary(_("Declare an &answer…"), "stamp")
        attest.clicked.connect(lambda: self._attest(""))
        add = secondary(_("Add &organisations…"), "plus")
        add.clicked.connect(lambda: AddDialog(self._session, self._dossier, self).open())
        opening = primary(_("Open &files…"), "folder-open")
        opening.clicked.connect(self._open)
        return action_bar([add, attest], [opening])

    def _open(self) -> None:
        ask = getattr(self.window(), "ask_files", None)
        if ask is not None:
            ask()

    def _compare(self, fingerprint: str) -> None:
        self._session.comparing = fingerprint
        self._session.go("code", self._dossier)

    def _attest(self, organisation: str) -> None:
        AttestDialog(self._session, self._dossier, self, organisation).open()

    def show_details(self, one: StatusRow) -> None:
        """Everything of one organisation."""
        if one.withheld and self._hides():
            self._session.tell(_("Withheld names are hidden now; show them first to open this answer."), "info")
            return
        OrganisationDialog(self._session, self._dossier, self, one).open()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        one = self.table.chosen
        if one is None or not self.table.hasFocus():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, do in self._actions(one):
            action = QAction(words, menu)
            action.triggered.connect(do)
            menu.addAction(action)
        menu.addSeparator()
        for at in range(self.table.filter.columnCount()):
            title = self.table.filter.headerData(at, Qt.Orientation.Horizontal)
            by = QAction(_("Sort by: {column}").format(column=title), menu)
            by.triggered.connect(lambda _checked=False, at=at: self.table.sort_by(at))
            menu.addAction(by)
        rect = self.table.visualRect(self.table.currentIndex())
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        below = self.table.viewport().mapToGlobal(rect.bottomLeft() + QPoint(24, 0))
        menu.popup(below if by_key else event.globalPos())

    def _actions(self, one: StatusRow) -> Sequence[tuple[str, object]]:
        found: list[tuple[str, object]] = [(_("Show everything"), lambda: self.show_details(one))]
        if one.standing == "unconfirmed":
            found.append((_("Phone check"), lambda: self._compare(one.fingerprint)))
        if not (one.withheld and self._hides()):
            found.append((_("Declare an answer…"), lambda: self._attest(one.organisation)))
        return found

    def ask_reminder(self) -> None:
        """Words for all who have not answered the text that stands."""
        title, text = (
            _("Reminder"),
            _("Nothing is sent from here. Copy these words and send them with the letter's file."),
        )
        WordsDialog(self._session, self, title, text, reminder(self._session, self._summary, self._rows)).open()

    def ask_place(self) -> None:
        """Save the letter's file again, for those who are asked now."""
        name = _("letter-version-{number}.crsv").format(number=self._summary.versions)
        choose_place(self, _("Save the letter's file"), {_("Letters (*.crsv)"): "crsv"}, name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Write the file for partners; "saved" is said after it was read back and compared."""
        desk, dossier = self._session.desk, self._dossier
        self._session.tasks.run(
            _("Saving"),
            lambda report: desk.files.save(path, letter_file_for_partners(desk, dossier, report)),
            lambda _nothing: self._session.tell(
                _("The letter's file was saved as {name} and read back; send it to the partners.").format(
                    name=path.name
                )
            ),
        )


def _merged(rows: Sequence[StatusRow]) -> list[StatusRow]:
    """A name that waits for the phone check takes the place of its own invitation."""
    waiting = {one.organisation for one in rows if one.standing == "unconfirmed"}
    return [one for one in rows if not (one.standing in ("invited", "opened") and one.organisation in waiting)]
