"""What the partner's pages have in common: the bar with the letter's name, and the steps."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from crsv_desk.i18n import _
from crsv_desk.services.overview import LetterSummary
from crsv_desk.ui import dates
from crsv_desk.ui.buttons import Button, quiet
from crsv_desk.ui.components import Chip, Elided, Icon, Steps, chip, header, steps
from crsv_desk.ui.session import Session

PAGES = ("read", "comment", "endorse", "send")


def top_bars(session: Session, summary: LetterSummary, page: str) -> list[QWidget]:
    """The letter's name with who sent it, and the four steps with the deadline."""
    return [name_bar(session, summary), _step_bar(session, summary, page)]


def back_button(session: Session, text: str, page: str, dossier: str = "") -> Button:
    """Back to another page; Escape presses it too."""
    button = Button("secondary", text, "arrow-left")
    button.setObjectName("back")
    button.clicked.connect(lambda: session.go(page, dossier))
    return button


def mark_read(session: Session, letter: str) -> None:
    """Remember that the person has gone on from this text."""
    session.desk.store.set_setting(f"read-{letter}", "yes")


def was_read(session: Session, letter: str) -> bool:
    """Whether the person went on from this text before."""
    return session.desk.store.setting(f"read-{letter}") == "yes"


def name_bar(session: Session, summary: LetterSummary) -> QFrame:
    """The letter's name, its version and who sent it."""
    version = _("version {number}").format(number=summary.versions)
    if summary.confirmed:
        right: QWidget = sender_chip(summary)
    else:
        right = quiet(_("Sender not checked yet"), "badge-question-mark", small=True)
        right.setAccessibleDescription(_("Opens the phone check"))
        right.clicked.connect(lambda: session.go("code", summary.dossier))
    return header(summary.title, version, right)


def sender_chip(summary: LetterSummary) -> Chip:
    """The sender, compared by telephone."""
    return chip("ok", "badge-check", _("Sender checked: {lead}").format(lead=summary.lead))


def _step_bar(session: Session, summary: LetterSummary, page: str) -> Steps:
    answered = bool(summary.own_answer) and summary.own_current
    done = [0] if was_read(session, summary.letter) or answered else []
    done += [2] if answered else []
    names = (_("Read"), _("Comment"), _("Sign"), _("Send"))
    bar = steps(names, PAGES.index(page), done)
    bar.chosen.connect(lambda number: session.go(PAGES[number], summary.dossier))
    day = dates.deadline(summary.deadline)
    if day:
        bar.end.addWidget(Icon("calendar-clock", 18, "muted"))
        words = _("Answer by {day} · {left}").format(day=day, left=dates.days_left(summary.deadline))
        bar.end.addWidget(Elided(words, "small", "muted"))
        bar.end.addSpacing(8)
    return bar
