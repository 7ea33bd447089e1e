"""What is said to be taken over and is not in the text that is about to be published: taken in, or left out knowingly."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.taken_over import Lacking
from crsv_desk.ui.components import Card, Icon, Tick, card, flowing, label, quiet, row, secondary
from crsv_desk.ui.languages import native_name
from crsv_desk.ui.word_diff import WordDiff, around

MOST_SHOWN = 20


class LackingCard(Card):
    """Each remark with what its paragraph would say, and the way out for all of them."""

    take_in = Signal(object)
    """Ids of remarks."""
    show_remark = Signal(str)

    def __init__(self, found: Sequence[Lacking], first: str) -> None:
        """``first`` is the letter's first language, which goes without saying."""
        super().__init__(kind="card-accent", spacing=10)
        self._first = first
        title = ngettext(
            "{count} proposal is said to be taken over, and its words are not in this text",
            "{count} proposals are said to be taken over, and their words are not in this text",
            len(found),
        ).format(count=len(found))
        self.body.addWidget(row(Icon("triangle-alert", 20, "warn"), label(title, "h2"), spacing=8))
        text = _("Every organisation reads that it was taken over: on this laptop, or on a colleague's.")
        self.body.addWidget(label(text, "muted"))
        for one in found[:MOST_SHOWN]:
            self.body.addWidget(self._one(one))
        if len(found) > MOST_SHOWN:
            self.body.addWidget(label(_("More of them are shown when these are done."), "muted"))
        fitting = [one.remark for one in found if one.words]
        if len(fitting) > 1:
            every = secondary(_("Take all of them in"), "check-check", small=True)
            every.clicked.connect(lambda: self.take_in.emit(fitting))
            self.body.addWidget(flowing(every))
        self.leave_out = Tick(
            _("Publish without these words"), _("Better: settle the remark anew, so that nobody reads what is not so.")
        )
        self._wrong = label("", "", "bad")
        self._wrong.setVisible(False)
        self.leave_out.toggled.connect(lambda _on: self._wrong.setVisible(False))
        self.body.addWidget(self.leave_out)
        self.body.addWidget(self._wrong)

    def require(self) -> str:
        """Say that it must be decided; returns the sentence."""
        sentence = _("Take these words in, or say that you publish without them.")
        self._wrong.setText(sentence)
        self._wrong.setVisible(True)
        self.leave_out.setFocus(Qt.FocusReason.OtherFocusReason)
        return sentence

    def _one(self, one: Lacking) -> QWidget:
        place = _("Paragraph {number}").format(number=one.number) if one.number else ""
        language = native_name(one.language) if one.language != self._first else ""
        name = " · ".join(filter(None, (one.organisation, place, language)))
        words = [label(name, "strong")]
        if one.partly:
            words.append(label(_("Said to be taken over in part"), "small"))
        if not one.now:
            words.append(label(_("Its paragraph is not in this text any more."), "small", "warn"))
        elif not one.words:
            words.append(
                label(_("The paragraph has changed since: write yourself what it shall say."), "small", "warn")
            )
        buttons = []
        if one.words:
            take = secondary(_("Take in"), "check", small=True)
            take.setObjectName("take-in")
            take.setAccessibleDescription(name)
            take.clicked.connect(lambda: self.take_in.emit([one.remark]))
            buttons.append(take)
        see = quiet(_("See the remark"), "message-square", small=True)
        see.setAccessibleDescription(name)
        see.clicked.connect(lambda: self.show_remark.emit(one.remark))
        return card(*words, WordDiff(around(one.runs)), flowing(*buttons, see, spacing=4), margin=12, spacing=4)
