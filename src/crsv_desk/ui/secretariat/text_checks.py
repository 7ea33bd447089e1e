"""What a careful reader would look at: offered one by one. Also what a file that was taken in could not bring along."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crsv_desk.domain.irregularities import Irregularity
from crsv_desk.i18n import _, ngettext
from crsv_desk.ui.components import announce, card, clear, empty_state, label, quiet, row, secondary

MOST_SHOWN = 100


class ChecksPane(QWidget):
    """A list; nothing in it changes the text before a button is pressed."""

    change = Signal(object)
    """An ``Irregularity`` whose proposal is taken."""
    show_place = Signal(object)
    """An ``Irregularity`` to go to."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(10)
        self._remarks: Sequence[str] = ()
        self._left: set[tuple[str, str]] = set()
        """What the person wants to leave as it is: sort and surroundings."""
        self._found: list[Irregularity] = []

    @property
    def count(self) -> int:
        """How many places are offered."""
        return len(self._found)

    def show_remarks(self, remarks: Sequence[str]) -> None:
        """Say what the file that was taken in could not bring along."""
        self._remarks = remarks

    def show_found(self, found: Sequence[Irregularity]) -> None:
        """Offer these places."""
        offered = [one for one in found if (one.sort, one.around) not in self._left]
        focused = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self._found = offered
        clear(self._lines)
        if self._remarks:
            self._lines.addWidget(self._taken_in())
        title = ngettext("{count} place to look at", "{count} places to look at", len(offered)).format(
            count=len(offered)
        )
        if offered:
            self._lines.addWidget(label(title, "h2"))
            self._lines.addWidget(label(_("Nothing is changed unless you say so."), "muted"))
        else:
            sentence = _("No straight quotation marks, double spaces, cut words or links that lead nowhere.")
            self._lines.addWidget(empty_state("circle-check", _("Nothing to look at"), sentence))
        for one in offered[:MOST_SHOWN]:
            self._lines.addWidget(self._place(one))
        if len(offered) > MOST_SHOWN:
            self._lines.addWidget(label(_("More of them are shown when these are done."), "muted"))
        self._lines.addStretch(1)
        if focused:
            first = next((button for button in self.findChildren(QWidget) if button.objectName() == "change"), None)
            if first is not None:
                first.setFocus()

    def _taken_in(self) -> QFrame:
        title = _("What the file could not bring along")
        close = quiet(_("Read"), "check", small=True)
        close.clicked.connect(self._read)
        box = card(row(label(title, "strong", wrap=False), None, close, spacing=4), kind="card-accent")
        for sentence in self._remarks:
            box.body.addWidget(label(f"– {sentence}"))
        return box

    def _read(self) -> None:
        self._remarks = ()
        self.show_found(self._found)

    def _place(self, one: Irregularity) -> QFrame:
        take = secondary(_("Change"), small=True)
        take.setObjectName("change")
        leave, go = quiet(_("Leave it"), small=True), quiet(_("Show"), "eye", small=True)
        what = f"{one.sentence}: {one.around}"
        for button in (take, leave, go):
            button.setAccessibleDescription(what)
        take.clicked.connect(lambda: self.change.emit(one))
        leave.clicked.connect(lambda: self._leave(one))
        go.clicked.connect(lambda: self.show_place.emit(one))
        shown = _("“{words}” would become “{proposal}”").format(
            words=_visible(one.words), proposal=_visible(one.proposal)
        )
        return card(
            label(one.sentence, "strong"),
            label(f"… {one.around} …", "letter-muted"),
            label(shown, "small"),
            row(None, go, leave, take, spacing=4),
            margin=12,
            spacing=2,
        )

    def _leave(self, one: Irregularity) -> None:
        self._left.add((one.sort, one.around))
        self.show_found(self._found)
        announce(self, _("Left as it is."))


def _visible(text: str) -> str:
    """Spaces and line ends so that they can be seen."""
    shown = text.replace("\n", "↵").replace(" ", "·").replace("\u00a0", "°")
    return "".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in shown)
