"""The call, right where the question is: type the digits that are read aloud, for good or for this check alone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from crsv_desk.domain.codes import DIGITS, matches
from crsv_desk.i18n import _
from crsv_desk.services.verification import Verification
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Card, Field, Icon, announce, field, label, row, secondary


class PhoneCard(Card):
    """Whose key it is, asked of its owner. Nothing is compared by the computer alone: somebody has to be called."""

    remembered = Signal(str)
    """A code that fits, to be pinned on this workspace."""
    used_once = Signal(str)
    """A code that fits, for this check only."""

    def __init__(self, one: Verification, remembers: bool = True) -> None:
        """``remembers``: there is a workspace in which a code can be pinned."""
        super().__init__(kind="card-accent", margin=16, spacing=8)
        self._one = one
        title = _("Call {name} and have the code read to you").format(name=one.signer)
        warning = _(
            "On a number that you had already or looked up yourself, not on one that came with this file."
            " Type what you hear: six groups of five digits."
        )
        self.line = QLineEdit()
        self.line.setMaxLength(80)
        self.digits: Field = field(_("The &digits that you heard"), self.line)
        remember = secondary(_("Right: remember it on this computer"), "badge-check", small=True)
        once = secondary(_("Right: for this check only"), "check", small=True)
        remember.clicked.connect(lambda: self._give(remember=True))
        once.clicked.connect(lambda: self._give(remember=False))
        self.remember, self.once = remember, once
        self.body.addWidget(row(Icon("phone", 20, "accent"), label(title, "h2"), spacing=8))
        self.body.addWidget(label(warning, "muted"))
        self.body.addWidget(self.digits)
        ways = [row(one, None) for one in ((remember, once) if remembers else (once,))]
        self.body.addWidget(Columns(ways, 640, spacing=4))
        self.setAccessibleName(title)

    def _give(self, *, remember: bool) -> None:
        code = self.line.text()
        sentence = self._wrong(code)
        self.digits.set_error(sentence)
        if sentence:
            self.line.setFocus()
            announce(self, sentence)
        elif remember:
            self.remembered.emit(code)
        else:
            self.used_once.emit(code)

    def _wrong(self, code: str) -> str:
        count = sum(character.isdigit() for character in code)
        if count != DIGITS:
            return _("A code has {wanted} digits; here are {count}.").format(wanted=DIGITS, count=count)
        if not matches(self._one.fingerprint, code):
            return _(
                "This is not the code of the key in this file. Do not rely on it;"
                " call again, on a number that you looked up yourself."
            )
        return ""
