"""The first page of all: who you are. Makes the workspace and the identity in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from crsv_desk.app.compose import create_desk, open_desk, workspace_exists
from crsv_desk.app.places import passphrase_file
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report
from crsv_desk.i18n import _
from crsv_desk.identity.vault import keyring_works, passphrase_from_file
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import create_identity
from crsv_desk.ui.components import Field, Page, announce, banner, card, field, label, primary, row, secondary
from crsv_desk.ui.tasks import Tasks
from crsv_desk.ui.unlock import centred

SHORTEST = 12
"""Characters of a passphrase."""


class FirstRunPage(Page):
    """Organisation, person, role; and a passphrase where no keyring works."""

    only_check = Signal()
    """The person wants no workspace, only to check a file that came."""
    done = Signal(object)
    """The ``Desk``, open and with an identity."""

    def __init__(self, folder: Path, tasks: Tasks, desk: Desk | None = None) -> None:
        super().__init__()
        self._folder, self._tasks, self._desk = folder, tasks, desk
        self._needs_passphrase = False
        self.organisation = self._input(_("&Organisation"), _("As it should stand below a letter."))
        self.person = self._input(_("Your &name"), _("First and last name."))
        self.role = self._input(_("Your &role"), _("For example: director."))
        self.passphrase = self._input(
            _("&Passphrase"),
            _("At least {count} characters, for example four words. Nobody can give it back to you.").format(
                count=SHORTEST
            ),
        )
        self.again = self._input(_("The &same passphrase again"), "")
        for secret in (self.passphrase, self.again):
            secret.setVisible(False)
            _line(secret).setEchoMode(QLineEdit.EchoMode.Password)
        self.start = primary(_("Begin"), trailing="arrow-right")
        self.start.setEnabled(False)
        self.start.clicked.connect(self._begin)
        self._problem = QVBoxLayout()
        self.show_parts([], centred(self._content(), 620))
        self.first = _line(self.organisation)
        self._probe()

    def _content(self) -> QWidget:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(16)
        lines.addWidget(label(_("Welcome"), "title"))
        introduction = _(
            "With CRSV Desk you read a letter, sign it for your organisation and send your answer as a file."
            " It works without internet; nobody sees anything until you send it yourself."
        )
        lines.addWidget(label(introduction, "muted"))
        lines.addLayout(self._problem)
        fields = (self.organisation, self.person, self.role, self.passphrase, self.again)
        lines.addWidget(card(label(_("Who are you?"), "h2"), *fields, margin=24, spacing=16))
        check = secondary(_("Only &check a file…"), "file-check")
        check.setAccessibleDescription(_("Without saying who you are; nothing is kept"))
        check.clicked.connect(self.only_check)
        lines.addWidget(row(check, None, self.start))
        return content

    def _input(self, name: str, hint: str) -> Field:
        line = QLineEdit()
        line.returnPressed.connect(self._begin)
        return field(name, line, hint)

    def _probe(self) -> None:
        """Ask the keyring, off this thread: it may have to ask the person first."""
        if self._desk is not None or passphrase_file() is not None:
            self.start.setEnabled(True)
            return
        self._tasks.run(_("Looking for a keyring"), lambda report: keyring_works(), self._probed)

    def _probed(self, works: bool) -> None:
        self._needs_passphrase = not works
        self.passphrase.setVisible(not works)
        self.again.setVisible(not works)
        self.start.setEnabled(True)

    def _wrong(self) -> list[tuple[Field, str]]:
        wrong = []
        needed = (
            (self.organisation, _("Fill in the name of your organisation.")),
            (self.person, _("Fill in your name.")),
            (self.role, _("Fill in your role.")),
        )
        wrong += [(one, sentence) for one, sentence in needed if not _line(one).text().strip()]
        if self._needs_passphrase:
            first, second = _line(self.passphrase).text(), _line(self.again).text()
            if len(first) < SHORTEST:
                wrong.append((self.passphrase, _("Choose at least {count} characters.").format(count=SHORTEST)))
            elif first != second:
                wrong.append((self.again, _("The two passphrases differ; type the same one twice.")))
        return wrong

    def _begin(self) -> None:
        if not self.start.isEnabled():
            return
        for one in (self.organisation, self.person, self.role, self.passphrase, self.again):
            one.set_error("")
        wrong = self._wrong()
        for one, sentence in wrong:
            one.set_error(sentence)
        if wrong:
            wrong[0][0].widget.setFocus()
            announce(self, wrong[0][1])
            return
        self.start.setEnabled(False)
        who = tuple(_line(one).text().strip() for one in (self.organisation, self.person, self.role))
        secret = _line(self.passphrase).text() if self._needs_passphrase else None
        self._tasks.run(
            _("Making your workspace"), lambda report: self._make(report, who, secret), self.done.emit, self._refuse
        )

    def _make(self, report: Report, who: tuple[str, ...], secret: str | None) -> Desk:
        named = passphrase_file()
        if secret is None and named is not None:
            secret = passphrase_from_file(named)
        if self._desk is None:
            # A refused name leaves an open workspace: the next try goes on with it.
            exists = workspace_exists(self._folder)
            self._desk = open_desk(self._folder, lambda: secret) if exists else create_desk(self._folder, secret)
        create_identity(self._desk, *who)
        return self._desk

    def _refuse(self, error: DeskError) -> None:
        self.start.setEnabled(True)
        while (item := self._problem.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._problem.addWidget(banner("bad", str(error)))
        announce(self, str(error))


def _line(one: Field) -> QLineEdit:
    assert isinstance(one.widget, QLineEdit)
    return one.widget
