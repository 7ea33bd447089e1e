"""What partners said about the text: one after another, settled with a reason that goes back to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from operator import attrgetter

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from crsv_desk.domain.changes import Run
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.exchange import exchanged
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.book import letter_blocks, open_volume, paragraph_numbers
from crsv_desk.services.half_written import half_written, keep_half_written
from crsv_desk.services.overview import LetterSummary, summary
from crsv_desk.services.remarks import RemarkRow, list_remarks, replies
from crsv_desk.services.settling import Situation, settle, situation
from crsv_desk.ui import dates, theme
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import (
    Icon,
    Page,
    action_bar,
    announce,
    banner,
    card,
    clear,
    column,
    empty_state,
    field,
    flowing,
    label,
    primary,
    quiet,
    row,
    scrolled,
    secondary,
)
from crsv_desk.ui.languages import native_name
from crsv_desk.ui.letter.remark_card import KINDS, STATES, said, shown_state
from crsv_desk.ui.rest import Rest
from crsv_desk.ui.secretariat.bars import TopBars
from crsv_desk.ui.secretariat.decision import DecisionCard
from crsv_desk.ui.secretariat.list_beside import ListBeside
from crsv_desk.ui.secretariat.remark_list import RemarkList, place_of
from crsv_desk.ui.session import Session
from crsv_desk.ui.word_diff import WordDiff, legend

NARROW = 860
"""Pixels, at 100 % text size, below which the list stands above the remark."""
LOW = 420
"""Pixels of the page's height, at 100 % text size, below which the list has the filters' room too."""
SPEAKER = attrgetter("remark.organisation")
FILTERS = ("", "to do", "taken", "partly", "declined")


class CommentsPage(Page):
    """The list at the left, one remark with the paragraph and the decision at the right.

    Keys, where no text is being typed: J and K go on and back, 1, 2 and 3 decide."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        kept = half_written(session.desk, dossier, "decisions")
        self._typed: dict[str, tuple[int, str, str]] = {key: (one[0], one[1], one[2]) for key, one in kept.items()}
        """What was typed for remarks and not saved yet, by id."""
        self._low = self._asked = False
        """Little room is left; the filters are wanted there none the less."""
        self._rest = Rest(self)
        self._rest.timeout.connect(self._keep)
        self.decision: DecisionCard | None = None
        self._now: Situation | None = None
        self._replies: Sequence[RemarkRow] = ()
        self._chosen = False
        """A remark was shown since the list was filled."""
        self._wanted = ""
        """The remark that comes after the one just settled."""
        self._bars = TopBars(session, "comments")
        self._rows: Sequence[RemarkRow] = ()
        self._to_do = 0
        """How many of them wait for a decision."""
        self._ours = frozenset[str]()
        self._spoke = Counter[str]()
        """How many of them each organisation made."""
        self._names: list[str] | None = None
        """Those to filter by."""
        self._make()
        self.refresh()

    # --- building

    def _make(self) -> None:
        self.list = RemarkList()
        self.list.chosen.connect(self._choose)
        self.state, self.organisation = QComboBox(), QComboBox()
        words = (_("All remarks"), _("To do"), _("Taken over"), _("Partly"), _("Not taken over"))
        for key, name in zip(FILTERS, words, strict=True):
            self.state.addItem(name, key)
        for box in (self.state, self.organisation):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(lambda _at: self._filter())
        self._counts = label("", "small")
        self._side = QFrame()
        self._side.setProperty("frame", "rail")
        lines = QVBoxLayout(self._side)
        lines.setContentsMargins(0, 14, 0, 8)
        lines.setSpacing(8)
        # On Linux a list's name is its value; what it is for comes from its label.
        filters = Columns((field(_("&Show"), self.state), field(_("&By whom"), self.organisation)), 340, spacing=6)
        self._filters = filters
        self._title = label(_("Remarks"), "h2")
        self.beside = quiet(_("Beside the text"), "book-open", small=True)
        self.beside.setAccessibleDescription(_("Shows the letter with its remarks in the margin"))
        self.beside.clicked.connect(self._read)
        head = column(self._title, flowing(self._counts, self.beside), filters, spacing=6)
        head.layout().setContentsMargins(16, 0, 14, 6)  # type: ignore[union-attr]
        self._head = head
        lines.addWidget(head)
        lines.addWidget(self.list, 1)
        self._keys = label(_("Keys: J next · K back · 1, 2, 3 decide"), "small")
        self._keys.setContentsMargins(16, 4, 8, 0)
        lines.addWidget(self._keys)
        self._detail = QWidget()
        self._lines = QVBoxLayout(self._detail)
        self._lines.setContentsMargins(28, 20, 28, 24)
        self._lines.setSpacing(14)
        self._area = scrolled(self._detail)
        self._split = ListBeside()
        self._split.addWidget(self._side)
        self._split.addWidget(self._area)
        self._split.setStretchFactor(1, 1)

    def refresh(self) -> None:
        """Show the remarks as they are; the one that was chosen stays, with what was typed. What says the same as before
        is left as it stands."""
        one = summary(self._session.desk, self._dossier)
        self._remember()
        had_rows = bool(self._rows)
        volume = open_volume(self._session.desk, self._dossier)
        self._count(list_remarks(self._session.desk, self._dossier), frozenset(volume.state.secretariat))
        current = volume.state.current
        blocks = letter_blocks(self._session.desk, volume, current.id) if current is not None else ()
        self._numbers = paragraph_numbers(blocks)
        if self._bars.show(one) or bool(self._rows) != had_rows:
            self._show_parts(one)
        if self._rows:
            self.publish.setVisible(not self._to_do)
        self._name_organisations()
        asked, self._session.settling = self._session.settling, ""
        if asked:
            self._wanted = asked
            self._show_all()
        self._filter()
        if asked:
            self._wanted = ""
        self.first = self.list if self._rows else None

    def _show_parts(self, one: LetterSummary) -> None:
        if not self._rows:
            self._split.setParent(None)  # kept for later
        content: QWidget = self._split if self._rows else self._nothing()
        self.show_parts(self._bars.bars, content, [self._bar(one)] if self._rows else [])
        self._split.setVisible(bool(self._rows))  # at once, so that the list can take the focus

    def _nothing(self) -> QWidget:
        text = _("When partners send remarks, open their files: the remarks stand here, in the order of the text.")
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(24, 24, 24, 24)
        lines.addWidget(empty_state("messages-square", _("No remarks yet"), text))
        lines.addStretch(1)
        return room

    def _bar(self, one: LetterSummary) -> QFrame:
        before = secondary(_("Previous"), "arrow-left")
        before.clicked.connect(lambda: self.list.step(-1))
        self._place = label("", "small", wrap=False)
        self.filtering = quiet("", "search", small=True)
        self.filtering.setAccessibleName(_("Filter the remarks"))
        self.filtering.setToolTip(_("Filter the remarks"))
        self.filtering.clicked.connect(self._ask_filters)
        self.filtering.setVisible(self._low)
        later = secondary(_("Decide later"))
        later.clicked.connect(lambda: self.list.step(1))
        self.save = primary(_("Save decision, next"), trailing="arrow-right")
        self.save.clicked.connect(self._save)
        self.publish = secondary(_("On to version {number}").format(number=one.versions + 1), "pencil")
        self.publish.clicked.connect(lambda: self._session.go("text", self._dossier))
        self._buttons = (before, self.filtering, self.publish, later, self.save)
        return action_bar([before, self._place, self.filtering], [self.publish, later, self.save])

    # --- the list

    def _count(self, rows: Sequence[RemarkRow], ours: frozenset[str]) -> None:
        """Take other rows, of which most are the same as before. ``ours``: the secretariat's keys, for what waits for a
        decision rests on them too."""
        if ours != self._ours:
            self._rows, self._to_do, self._spoke, self._ours = (), 0, Counter(), ours
        gone, came = exchanged(self._rows, rows)
        self._rows = rows
        self._to_do += sum(one.waits for one in came) - sum(one.waits for one in gone)
        self._spoke.update(map(SPEAKER, came))
        self._spoke.subtract(map(SPEAKER, gone))
        total = ngettext("{count} remark", "{count} remarks", len(self._rows)).format(count=len(self._rows))
        self._counts.setText(_("{total} · {count} to do").format(total=total, count=self._to_do))

    def _name_organisations(self) -> None:
        """Everybody who said something; the one that was chosen stays."""
        names = sorted((name for name, count in self._spoke.items() if count), key=str.casefold)
        if names == self._names:
            return
        chosen, self._names = self.organisation.currentData(), names
        self.organisation.blockSignals(True)
        self.organisation.clear()
        self.organisation.addItem(_("Everybody"), "")
        for name in names:
            self.organisation.addItem(name, name)
        self.organisation.setCurrentIndex(max(self.organisation.findData(chosen), 0))
        self.organisation.blockSignals(False)

    def _show_all(self) -> None:
        for box in (self.state, self.organisation):
            box.blockSignals(True)
            box.setCurrentIndex(0)
            box.blockSignals(False)

    def _filter(self) -> None:
        state, name = self.state.currentData(), self.organisation.currentData()
        shown = self._rows
        if state or name:
            shown = [
                one
                for one in self._rows
                if (not state or one.state == state or (state == "to do" and one.waits))
                and (not name or one.organisation == name)
            ]
        before = self._wanted or (self._now.row.statement if self._now is not None else "")
        self._chosen = False
        self.list.remarks.show_rows(shown, self._numbers)
        if shown and not (before and self.list.choose(before)):
            first = next((one for one in shown if one.waits), shown[0])
            self.list.choose(first.statement)
        if not self._chosen and (chosen := self.list.row()) is not None:
            self._choose(chosen)  # the same as before, in bars made anew
        if not shown and self._rows:
            self._now = self.decision = None
            self._place.setText("")
            self.save.setEnabled(False)
            clear(self._lines)
            self._lines.addWidget(empty_state("search", _("Nothing found"), _("No remark is of this kind.")))
            self._lines.addStretch(1)

    def _read(self) -> None:
        """The whole letter, where the chosen remark stands."""
        self._session.reading = self._now.row.beside if self._now is not None else ""
        self._session.go("read", self._dossier)

    # --- one remark

    def _choose(self, one: RemarkRow) -> None:
        """Show a remark; where it stands there already as it is, it stays with what was typed."""
        now = situation(self._session.desk, self._dossier, one.statement)
        self._chosen = True
        answered = replies(self._session.desk, open_volume(self._session.desk, self._dossier)).get(one.statement, ())
        if (now, answered) != (self._now, self._replies) or (self.decision is None and not one.replied):
            self._remember()
            self._now, self._replies = now, answered
            clear(self._lines)
            self._area.verticalScrollBar().setValue(0)
            for widget in self._shown(now):
                self._lines.addWidget(widget)
            self._lines.addStretch(1)
        at = self.list.currentIndex().row() + 1
        self._place.setText(_("{at} of {count}").format(at=at, count=len(self.list.remarks.rows)))
        self.save.setEnabled(self.decision is not None)
        stops = [self.list, *(self.decision.stops() if self.decision is not None else ()), *self._buttons]
        for before, behind in pairwise(stops):
            self.setTabOrder(before, behind)

    def _shown(self, now: Situation) -> list[QWidget]:
        one = now.row
        title = _("{place} · {kind} by {organisation}")
        words = title.format(place=place_of(one, self._numbers), kind=_(KINDS[one.kind]), organisation=one.organisation)
        parts: list[QWidget] = [column(label(words, "title-s"), label(self._about(now), "small"), spacing=2)]
        if one.block:
            parts.append(self._paragraph(now))
        text = said(one)
        if text:
            mark = column(Icon("quote", 22, "muted"), None)
            mark.setFixedWidth(mark.sizeHint().width())
            parts.append(row(mark, label(text), spacing=12))
        parts += self._warnings(now)
        parts += [self._reply(other) for other in self._replies]
        self.decision = None
        if not one.replied:
            self.decision = DecisionCard(self._session.desk, now)
            self.decision.fill(*self._typed.get(one.statement, _as_settled(one)))
            self.decision.changed.connect(self._rest.typed)
            self.decision.words.textChanged.connect(self._rest.typed)
            parts.append(self.decision)
        return parts

    def _about(self, now: Situation) -> str:
        one = now.row
        words = [_("about version {number}").format(number=one.version), dates.moment(one.time)]
        if one.translation:
            words.append(_("on the text in {language}").format(language=native_name(one.translation)))
        if not one.confirmed:
            words.append(_("the sender waits for the phone check"))
        if one.sealed:
            words.append(_("sent sealed: say nothing of it in public"))
        if one.block:
            words.append(_("changed since") if now.changed_since else _("not changed since"))
        return " · ".join(words)

    def _paragraph(self, now: Situation) -> QWidget:
        runs = now.runs or (Run("same", now.row.quote),)
        paper = card(WordDiff(runs, now.row.words), kind="paper", margin=24, spacing=12)
        if now.edits:
            count = ngettext("{count} change", "{count} changes", len(now.edits)).format(count=len(now.edits))
            paper.body.addWidget(row(legend(), label(count, "small", wrap=False)))
        return paper

    def _warnings(self, now: Situation) -> list[QWidget]:
        one, found = now.row, list[QWidget]()
        if one.state == "contradictory":
            said = "; ".join(f"{_(STATES[each.state][2])}: {each.text or '–'}" for each in one.settled)
            title = _("Two of you settled this in two ways; decide once more and that holds")
            found.append(banner("bad", title, said))
        elif one.settled:
            state = _(shown_state(one)[2])
            found.append(banner("ok", state, one.answer or _("Decide again to replace this.")))
        if now.clashing and one.kind == "proposal":
            names = ", ".join(dict.fromkeys(other.organisation for other in now.clashing))
            title = _("{names} wants other words in this paragraph").format(names=names)
            said = "\n".join(f"{other.organisation}: {other.proposal}" for other in now.clashing)
            found.append(banner("warn", title, said))
        if one.block and now.changed_since:
            if not now.now:
                found.append(banner("warn", _("This paragraph is gone from the draft"), one.quote))
            else:
                old = column(label(_("When the remark was made"), "label"), label(one.quote, "letter-muted"), spacing=4)
                new = column(label(_("In the draft now"), "label"), label(now.now, "letter-muted"), spacing=4)
                box = card(banner("warn", _("This paragraph has changed since")), Columns((old, new), 560), spacing=12)
                found.append(box)
        return found

    def _reply(self, other: RemarkRow) -> QWidget:
        return card(
            label(_("{organisation} replied").format(organisation=other.organisation), "small"),
            label(other.text),
            kind="tray",
            margin=12,
            spacing=2,
        )

    # --- deciding

    def _remember(self) -> None:
        if self._now is None or self.decision is None:
            return
        number, reason = self.decision.verdict.now, self.decision.reason.toPlainText()
        words = self.decision.words.toPlainText() if number in (0, 1) else ""
        kept = (number, reason, words)
        if kept == _as_settled(self._now.row):
            self._typed.pop(self._now.row.statement, None)
        else:
            self._typed[self._now.row.statement] = kept

    def _keep(self) -> None:
        """As one types: the program may end at any moment."""
        self._remember()
        keep_half_written(self._session.desk, self._dossier, "decisions", self._typed)

    def _save(self) -> None:
        decided = self.decision.decision() if self.decision is not None else None
        if decided is None or self._now is None:
            return
        desk, key, following = self._session.desk, self._now.row.statement, self._following(self._now.row.statement)
        self.save.setEnabled(False)

        def work(report: Report) -> RemarkRow:
            done = settle(desk, self._dossier, key, decided.verdict, decided.reason, decided.words)
            if following:
                situation(desk, self._dossier, following)  # so that it can be shown at once
            return done

        self._session.tasks.run(_("Saving"), work, self._saved, self._refused)

    def _following(self, statement: str) -> str:
        """The next one in the list to decide on, behind a remark or else from the top; empty where there is none."""
        rows = self.list.remarks.rows
        at = self.list.remarks.find(statement, self.list.currentIndex().row())
        behind = chain(range(at + 1, len(rows)), range(at))
        return next((rows[other].statement for other in behind if rows[other].waits), "")

    def _saved(self, done: RemarkRow) -> None:
        self._typed.pop(done.statement, None)
        self.decision = None
        self._keep()
        todo = self._following(done.statement)
        self._wanted = todo
        self._session.changed.emit()
        self._wanted = ""
        if todo:
            self.list.choose(todo)
            self._session.tell(_("Saved. The organisation reads your answer with the next version."))
        else:
            self._session.tell(_("Every remark is settled. The answers go out with the next version."))
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: DeskError) -> None:
        self.save.setEnabled(True)
        self._lines.insertWidget(1, banner("bad", str(error)))
        self._area.verticalScrollBar().setValue(0)
        announce(self, str(error))

    def hideEvent(self, event: QHideEvent) -> None:
        if self._rest.isActive():
            self._rest.stop()
            self._keep()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else under one another."""
        narrow = event.size().width() < NARROW * theme.current().scale
        self.list.make_low(narrow)
        self._split.set_narrow(narrow, 2 * max(self.list.sizeHintForRow(0), 0) + 8)
        for widget in (self._keys, self._title):
            widget.setVisible(not narrow)
        self._low = narrow and event.size().height() < LOW * theme.current().scale
        self._show_filters()
        super().resizeEvent(event)

    def _ask_filters(self) -> None:
        """Where there is little room, the filters stand there only while somebody wants them."""
        self._asked = not self._asked
        self._show_filters()
        (self.state if self._asked else self.list).setFocus()

    def _show_filters(self) -> None:
        if self._rows:
            self.filtering.setVisible(self._low)
        low = self._low and not self._asked
        if low == self._filters.isVisibleTo(self._side):
            self._head.setVisible(not low)
            self._filters.setVisible(not low)
            if (lines := self._side.layout()) is not None:
                lines.setContentsMargins(0, 0 if low else 14, 0, 0 if low else 8)
                lines.activate()  # now: until the next turn they would stand squeezed
            self._split.divide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_J:
                self.list.step(1)
            case Qt.Key.Key_K:
                self.list.step(-1)
            case Qt.Key.Key_1 | Qt.Key.Key_2 | Qt.Key.Key_3 if self.decision is not None:
                number = event.key() - Qt.Key.Key_1
                self.decision.choose(number)
                announce(self, self.decision.verdict.button(number).accessibleName())
            case _:
                super().keyPressEvent(event)


def _as_settled(one: RemarkRow) -> tuple[int, str, str]:
    """What the form says of a remark that nobody has touched: nothing is chosen."""
    return (-1, "", "")
