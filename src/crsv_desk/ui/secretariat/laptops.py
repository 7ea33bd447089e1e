"""The laptops of one secretariat: which there are, a colleague's added after the phone check, one taken away."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import _
from crsv_desk.services.book import open_volume
from crsv_desk.services.colleague import Laptop, add_colleague, file_for_colleagues, laptops, read_card
from crsv_desk.services.revoke import revoke, signed_by
from crsv_desk.ui.code_view import CodeView
from crsv_desk.ui.components import Card, Tick, banner, card, danger, field, flowing, label, primary, quiet, secondary
from crsv_desk.ui.file_dialogs import choose_file, choose_place
from crsv_desk.ui.question import Question
from crsv_desk.ui.session import Session

MOST_CARD = 20_000


class LaptopsDialog(Question):
    """Every key of the secretariat; what this laptop holds can be handed to the others."""

    def __init__(self, session: Session, dossier: str, page: QWidget) -> None:
        self._session, self._dossier, self._page = session, dossier, page.window()
        found = laptops(session.desk, dossier)
        self.save = secondary(_("&Save the file for colleagues…"), "lock")
        self.save.clicked.connect(self.ask_place)
        self.add = primary(_("&Add a laptop…"), "plus")
        self.add.clicked.connect(self._ask_card)
        parts: list[QWidget] = [self._laptop(one, len(found) > 1) for one in found]
        if len(found) > 1:
            words = _(
                "What came in on one laptop reaches the other with the file for colleagues. It holds everything, withheld"
                " answers too, and is encrypted: only these laptops can open it."
            )
            parts.append(label(words, "small"))
        else:
            self.save.hide()
            words = _(
                "Your colleague saves the card of his or her laptop at “Identity and settings” and gives it to you."
            )
            parts.append(label(words, "muted"))
        title = _("The secretariat of this letter")
        text = _("Each of these laptops can publish, confirm and compile. Withheld answers are sealed to all of them.")
        super().__init__(page, title, text, parts, self.save, self.add)
        self.back.say(_("Close"))

    def _laptop(self, one: Laptop, several: bool) -> Card:
        result = card(label(one.organisation, "strong"), label(one.code), spacing=4, margin=12)
        if one.own:
            result.body.addWidget(label(_("this laptop"), "small"))
        elif several:
            take = quiet(_("Take this laptop's word back…"), "trash-2", small=True)
            take.setAccessibleDescription(one.code)
            take.clicked.connect(lambda: self._take_away(one))
            result.body.addWidget(flowing(take))
        result.setAccessibleName(f"{one.organisation} {one.code}")
        return result

    def _take_away(self, one: Laptop) -> None:
        self.accept()
        TakeAwayDialog(self._session, self._dossier, self._page, one).open()

    def _ask_card(self) -> None:
        choose_file(self, _("Open a laptop's card"), [_("Cards of laptops (*.json)")], self.take_card)

    def take_card(self, path: Path) -> None:
        """Go on to the comparison with the laptop whose card this is."""
        desk = self._session.desk
        try:
            data = desk.files.load(path, MOST_CARD)
            one = read_card(desk, data)
        except DeskError as error:
            self.refuse(error)
            return
        self.accept()
        AddLaptopDialog(self._session, self._dossier, self._page, data, one).open()

    def ask_place(self) -> None:
        """Let the person choose where the file for colleagues goes."""
        kinds = {_("Encrypted files (*.age)"): "age"}
        choose_place(self, _("Save the file for colleagues"), kinds, _("for-colleagues.age"), self.save_to)

    def save_to(self, path: Path) -> None:
        """Write everything that is held, for the other laptops alone."""
        desk, dossier = self._session.desk, self._dossier

        def saved(_nothing: object) -> None:
            self.accept()
            sentence = _("Saved as {name} and read back. Your colleague opens it like any other file.")
            self._session.tell(sentence.format(name=path.name))

        self._session.tasks.run(
            _("Saving"), lambda report: desk.files.save(path, file_for_colleagues(desk, dossier)), saved, self.refuse
        )


class AddLaptopDialog(Question):
    """The phone check between colleagues: the digits are typed as they are read aloud."""

    def __init__(self, session: Session, dossier: str, page: QWidget, data: bytes, one: Laptop) -> None:
        self._session, self._dossier, self._data = session, dossier, data
        self.digits = QLineEdit()
        self.digits.setPlaceholderText("00000 00000 00000 00000 00000 00000")
        hint = _("As your colleague reads them aloud, from “Identity and settings” on that laptop.")
        self._field = field(_("&Type the thirty digits"), self.digits, hint)
        self.add = primary(_("Add this laptop"), "check")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._add)
        title = _("Call your colleague and compare the digits")
        text = _("The card says it is of {organisation}. With it, that laptop can read withheld answers: be certain.")
        parts: list[QWidget] = [
            card(label(_("The code on the card"), "label"), CodeView(one.code, _("The code on the card")), margin=12),
            self._field,
        ]
        super().__init__(page, title, text.format(organisation=one.organisation), parts, self.add)
        self.digits.setFocus()

    def _add(self) -> None:
        desk, code = self._session.desk, self.digits.text()
        self.add.setEnabled(False)
        self._session.tasks.run(
            _("Confirming"),
            lambda report: add_colleague(desk, self._dossier, self._data, code),
            self._added,
            self.refuse,
        )

    def _added(self, _laptop: object) -> None:
        self.accept()
        self._session.changed.emit()
        self._session.tell(
            _(
                "The laptop was added. Save the file for colleagues and give it to your colleague; partners see it in the"
                " letter's file."
            )
        )


class TakeAwayDialog(Question):
    """A laptop that was lost, or whose owner left."""

    def __init__(self, session: Session, dossier: str, page: QWidget, one: Laptop) -> None:
        self._session, self._dossier, self._laptop = session, dossier, one
        self.keep = Tick(
            _("What it signed until now still counts"),
            _("Letters it published, organisations it confirmed. Not ticked: all of that falls away."),
        )
        self.keep.setChecked(True)
        self.revoke = danger(_("Take its word back"), "trash-2")
        self.revoke.clicked.connect(self._revoke)
        parts: list[QWidget] = [
            banner(
                "warn", _("This cannot be undone"), _("Publish the next version, so that nothing more is sealed to it.")
            ),
            label(one.code, "strong"),
            self.keep,
        ]
        title = _("Take back the word of this laptop?")
        super().__init__(page, title, "", parts, self.revoke)
        self.back.setFocus()

    def _revoke(self) -> None:
        desk, dossier, one = self._session.desk, self._dossier, self._laptop
        keep = signed_by(open_volume(desk, dossier), one.fingerprint) if self.keep.isChecked() else []
        self.revoke.setEnabled(False)
        self._session.tasks.run(
            _("Signing"), lambda report: revoke(desk, dossier, one.fingerprint, keep), self._revoked, self.refuse
        )

    def _revoked(self, _nothing: object) -> None:
        self.accept()
        self._session.changed.emit()
        self._session.tell(_("Nothing by this laptop counts from now on. Save the letter's file again and send it."))
