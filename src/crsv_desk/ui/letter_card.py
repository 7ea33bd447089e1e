"""One letter on the home page: what it is, how it stands, and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from crsv_desk.i18n import _
from crsv_desk.services.overview import LetterSummary
from crsv_desk.ui import dates, theme
from crsv_desk.ui.buttons import primary, secondary
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import chip, column, flowing, label, row
from crsv_desk.ui.secretariat.bars import to_confirm, to_settle
from crsv_desk.ui.session import Session


@dataclass(frozen=True, slots=True)
class NextStep:
    """How a letter stands and what comes next."""

    page: str
    button: str
    tone: str
    icon: str
    state: str


def waits(one: LetterSummary) -> bool:
    """Whether the letter waits for this person."""
    if one.secretariat:
        return not one.versions or bool(one.to_confirm or one.open_remarks)
    return bool(one.versions) and not (one.own_answer and one.own_current)


def next_step(one: LetterSummary) -> NextStep:
    """What a card says and where its button leads."""
    if one.secretariat:
        if not one.versions:
            return NextStep("text", _("Go on writing"), "accent", "pencil", _("Draft"))
        if one.to_confirm:
            return NextStep("partners", _("See the answers"), "warn", "phone", to_confirm(one.to_confirm))
        if one.open_remarks:
            return NextStep("comments", _("See the remarks"), "warn", "message-square", to_settle(one.open_remarks))
        words = _("{endorsed} of {all} have signed").format(endorsed=one.endorsed, all=one.organisations)
        return NextStep("partners", _("See the answers"), "accent", "users", words)
    if not one.versions:
        return NextStep("home", _("Look"), "muted", "hourglass", _("The text has not come yet"))
    if one.own_answer and not one.own_current:
        return NextStep("changes", _("See what changed"), "warn", "history", _("You answered an older version"))
    match one.own_answer:
        case "endorsement":
            return NextStep("send", _("Look"), "ok", "circle-check", _("You signed"))
        case "decline":
            return NextStep("send", _("Look"), "muted", "circle-minus", _("You do not sign"))
        case "withdrawal":
            return NextStep("send", _("Look"), "muted", "circle-minus", _("You withdrew your signature"))
    return NextStep("read", _("Read"), "accent", "book-open", _("Next step: read"))


class _Sheet(QWidget):
    """A small picture of a letter."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(56, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.current().colour
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(colour("paper"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, 55, 71), 4, 4)
        for at, (right, token) in enumerate(((46, "muted"), (46, "muted"), (46, "line"), (46, "line"), (32, "line"))):
            painter.setPen(QPen(colour(token), 2))
            painter.drawLine(10, 14 + 7 * at, right, 14 + 7 * at)


class LetterCard(QFrame):
    """A card that takes the focus: Enter opens it, the arrows go to its neighbours."""

    moved = Signal(object, int)
    """This card, and the direction in which the person wants to go."""

    def __init__(self, session: Session, summary: LetterSummary, waits_first: bool) -> None:
        super().__init__()
        self.summary = summary
        self._session = session
        self.step = next_step(summary)
        self.setProperty("frame", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 20, 20, 20)
        line.setSpacing(24)
        line.addWidget(_Sheet(), 0, Qt.AlignmentFlag.AlignTop)
        self.button = primary(self.step.button, trailing="arrow-right") if waits_first else secondary(self.step.button)
        self.button.clicked.connect(self.open)
        self.button.setAccessibleDescription(summary.title)
        line.addWidget(Columns((self._words(), row(self.button, None)), 560, (1, 0)), 1)
        self.setAccessibleName(", ".join(filter(None, (summary.title, self._whence(), self.step.state, self._until()))))

    def _words(self) -> QWidget:
        chips: list[QWidget] = [chip(self.step.tone, self.step.icon, self.step.state)]
        if not self.summary.confirmed:
            chips.append(chip("warn", "badge-question-mark", _("Sender not checked yet")))
        if self.summary.problems:
            chips.append(chip("bad", "octagon-alert", _("Something contradicts itself")))
        if self._until():
            chips.append(label(self._until(), "small", wrap=False))
        return column(
            label(self.summary.title, "card-title"),
            label(self._whence(), "muted"),
            flowing(*chips, spacing=12),
            spacing=6,
        )

    def _whence(self) -> str:
        version = _("version {number}").format(number=self.summary.versions)
        if not self.summary.versions:
            version = _("not published yet")
        if self.summary.secretariat:
            return _("You are the secretariat · {version}").format(version=version)
        return _("From {lead} · {version}").format(lead=self.summary.lead, version=version)

    def _until(self) -> str:
        day = dates.deadline(self.summary.deadline)
        if not day:
            return ""
        return _("Answer by {day} · {left}").format(day=day, left=dates.days_left(self.summary.deadline))

    def open(self) -> None:
        """Go to the next step of this letter."""
        self._session.go(self.step.page, self.summary.dossier if self.step.page != "home" else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.open()
            case Qt.Key.Key_Down:
                self.moved.emit(self, 1)
            case Qt.Key.Key_Up:
                self.moved.emit(self, -1)
            case _:
                super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.open()
