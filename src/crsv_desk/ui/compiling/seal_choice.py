"""With which key it is sealed, and whether an authority is asked for the time: the workspace's own key and no connection,
unless somebody chooses otherwise."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from crsv_desk.domain.progress import Report
from crsv_desk.domain.seal import KeyFile, OwnKey, SealBy, SealChoice, Token
from crsv_desk.i18n import _
from crsv_desk.services.compile import sealing_certificate
from crsv_desk.ui.components import Card, Choice, Field, Tick, field, label, primary, row, secondary
from crsv_desk.ui.file_dialogs import choose_file
from crsv_desk.ui.question import Question
from crsv_desk.ui.session import Session
from crsv_desk.ui.tasks import Tasks

OWN, FILE, TOKEN = range(3)
MOST_KEY_BYTES = 1_000_000


class SealCard(Card):
    """Says how it will be sealed; the way to another key."""

    chosen = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(margin=12, spacing=6)
        self._session = session
        self.choice, self.certificate = SealChoice(), ""
        self._words = label("", "small")
        change = secondary(_("Another key, or a timestamp…"), "stamp", small=True)
        change.clicked.connect(self._ask)
        self.body.addWidget(label(_("The seal"), "h2"))
        self.body.addWidget(self._words)
        self.body.addWidget(row(change, None))
        self._say()

    def _ask(self) -> None:
        dialog = SealDialog(self._session, self.choice, self)
        dialog.given.connect(self._take)
        dialog.open()

    def _take(self, choice: SealChoice, certificate: str) -> None:
        self.choice, self.certificate = choice, certificate
        self._say()
        self.chosen.emit()

    def _say(self) -> None:
        words = {
            OwnKey: _("By the key of this workspace."),
            KeyFile: _("By the key in a key file."),
            Token: _("By the key on a card or token; leave it in until it is sealed."),
        }[type(self.choice.by)]
        stamp = self.choice.timestamp
        more = _("{address} is asked for the time.").format(address=stamp) if stamp else _("No connection is opened.")
        self._words.setText(f"{words} {more}")


class SealDialog(Question):
    """The key is opened before it is taken, so that the pages can be made for it; a wrong PIN is said here."""

    given = Signal(object, str)
    """A ``SealChoice`` and the fingerprint of its certificate (empty for the workspace's own)."""

    def __init__(self, session: Session, now: SealChoice, parent: QWidget) -> None:
        self._session, self._window = session, parent.window()
        self.ways = (
            Choice(_("The key of this workspace"), _("The one whose code your partners compared.")),
            Choice(_("A key file"), _("A .p12 or .pfx file with its passphrase, from an authority.")),
            Choice(_("A card or token"), _("Behind its maker's PKCS#11 library, with its PIN.")),
        )
        self.path, self.secret, self.library, self.pin, self.token, self.certificate = (
            QLineEdit() for _number in range(6)
        )
        for line in (self.secret, self.pin):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self._file = [field(_("Key &file"), self.path), field(_("&Passphrase"), self.secret)]
        self._card = [
            field(_("PKCS#11 &library"), self.library, _("A file of the maker's software, .so, .dll or .dylib.")),
            field(_("P&IN"), self.pin),
            field(_("&Name of the token"), self.token, _("May stay empty where only one is put in.")),
            field(_("Name of the &certificate"), self.certificate, _("May stay empty where only one on it can sign.")),
        ]
        self.stamp = Tick(_("Ask a timestamp authority"), _("It attests that the seal was there at that time."))
        self.address = field(
            _("&Address"),
            QLineEdit(now.timestamp),
            _("Opens a connection to this address while sealing, and to none else."),
        )
        self._browse = secondary(_("Choose…"), "folder-open", small=True)
        self._browse.clicked.connect(self._choose_file)
        self.use = primary(_("Use this"), "check")
        self.use.clicked.connect(self._use)
        self.stamp.setChecked(bool(now.timestamp))
        self.ways[{OwnKey: OWN, KeyFile: FILE, Token: TOKEN}[type(now.by)]].setChecked(True)
        parts = (*self.ways, *self._file, *self._card, row(self._browse, None), self.stamp, self.address)
        super().__init__(parent, _("How is it sealed?"), "", parts, self.use)
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self.refuse)
        self._group = QButtonGroup(self)
        for number, way in enumerate(self.ways):
            self._group.addButton(way, number)
        self._group.idToggled.connect(lambda _number, _on: self._show_way())
        self.stamp.toggled.connect(lambda _on: self._show_way())
        self._show_way()

    def _show_way(self) -> None:
        way = self._group.checkedId()
        for one in self._file:
            one.setVisible(way == FILE)
        for one in self._card:
            one.setVisible(way == TOKEN)
        self._browse.setVisible(way != OWN)
        self.address.setVisible(self.stamp.isChecked())
        self._fit(self._window)

    def _choose_file(self) -> None:
        into = self.path if self._group.checkedId() == FILE else self.library
        kinds = [_("Key files (*.p12 *.pfx)")] if into is self.path else []
        choose_file(self, _("Choose a file"), kinds, lambda path: into.setText(str(path)))

    def _use(self) -> None:
        address = self._line(self.address).text().strip() if self.stamp.isChecked() else ""
        wrong = bool(self.stamp.isChecked() and not address.startswith(("http://", "https://")))
        self.address.set_error(_("An address begins with https:// or http://.") if wrong else "")
        if wrong:
            self._line(self.address).setFocus()
            return
        way, desk = self._group.checkedId(), self._session.desk
        path, secret = Path(self.path.text().strip()), self.secret.text()
        token = Token(
            Path(self.library.text().strip()),
            self.pin.text(),
            self.token.text().strip(),
            self.certificate.text().strip(),
        )

        def work(report: Report) -> tuple[SealChoice, str]:
            by: SealBy = OwnKey()
            if way == FILE:
                by = KeyFile(desk.files.load(path, MOST_KEY_BYTES), secret)
            elif way == TOKEN:
                by = token
            choice = SealChoice(by, address)
            return choice, sealing_certificate(desk, choice) if way != OWN else ""

        self.use.setEnabled(False)
        self._tasks.run(_("Opening the key"), work, self._done, self.refuse)

    def _line(self, one: Field) -> QLineEdit:
        assert isinstance(one.widget, QLineEdit)
        return one.widget

    def _done(self, result: tuple[SealChoice, str]) -> None:
        self.given.emit(*result)
        self.accept()
