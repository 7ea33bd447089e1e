"""Sign for the organisation: who, with which mark, visible to whom; and how that will look."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.paper import Person
from crsv_desk.i18n import _
from crsv_desk.services.answering import Outgoing, chosen_readers
from crsv_desk.services.book import open_volume
from crsv_desk.services.content import LOGO_BYTES, LOGO_PIXELS
from crsv_desk.services.endorse import Choice, endorse
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import LetterSummary, summary
from crsv_desk.services.prepared import FORM as DRAFT
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import (
    Page,
    Room,
    Tick,
    action_bar,
    announce,
    banner,
    card,
    clear,
    empty_state,
    field,
    label,
    primary,
    quiet,
    scrolled,
    secondary,
)
from crsv_desk.ui.file_dialogs import choose_file
from crsv_desk.ui.letter.bars import back_button, top_bars
from crsv_desk.ui.letter.colleague_card import colleague_card
from crsv_desk.ui.letter.decline import DeclineDialog
from crsv_desk.ui.letter.mark_card import MOST_PICTURE, MarkCard
from crsv_desk.ui.letter.more_card import MoreCard
from crsv_desk.ui.letter.prepared_form import PreparedOffer, save_prepared
from crsv_desk.ui.letter.preview_pane import PreviewPane
from crsv_desk.ui.letter.visibility_card import VisibilityCard
from crsv_desk.ui.letter.vouching import vouching_card
from crsv_desk.ui.painting import literal
from crsv_desk.ui.session import Session
from crsv_desk.ui.sides import LEFT, Sides


class EndorsePage(Page):
    """The form at the left, the letter at the right. Nothing that matters is chosen beforehand."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._letter = ""
        self._confirmed: bool | None = None
        self.refresh()

    def refresh(self) -> None:
        """Make the form anew when another text stands or the sender was checked; else leave what was filled in."""
        one = summary(self._session.desk, self._dossier)
        if not one.letter:
            self.show_parts([], empty_state("hourglass", one.title, _("The text of this letter has not come yet.")))
            return
        same = one.letter == self._letter and one.confirmed == self._confirmed
        if same and self._kept() in (None, self._value()):  # else a prepared form was filled in
            self._show_others()
            self._offer.refresh()
            return
        self._letter, self._confirmed = one.letter, one.confirmed
        self._make_inputs(one)
        self._load_draft()
        names = (_("Sign"), _("Preview"))
        content = self.sides = Sides(self._form(one), self.preview, names, 860, (60, 40), LEFT, 24, 0)
        content.setContentsMargins(24, 12, 24, 0)
        self.show_parts(top_bars(self._session, one, "endorse"), content, [self._bar(one)])
        self.first = self.name.widget
        self._show_others()
        self._changed()

    # --- the form

    def _make_inputs(self, one: LetterSummary) -> None:
        own = own_identity(self._session.desk)
        self._organisation = own.organisation
        self._logo = b""
        self._name, self._role, organisation = QLineEdit(own.person), QLineEdit(own.role), QLineEdit(own.organisation)
        organisation.setReadOnly(True)
        self.name, self.role = field(_("Your &name"), self._name), field(_("Your &role"), self._role)
        self.organisation = field(_("&Organisation"), organisation)
        self._logo_name = QLineEdit()
        self._logo_name.setReadOnly(True)
        self._logo_name.setPlaceholderText(_("may stay empty"))
        self.logo = field(_("&Logo"), self._logo_name)
        self.mark = MarkCard(self._session)
        self.mark.name(own.person)
        letter = open_volume(self._session.desk, self._dossier).letter(one.letter)
        before = chosen_readers(self._session.desk, self._dossier)
        self.visibility = VisibilityCard(one.lead, letter.seal_to, before)
        self.more = MoreCard()
        self.more.changed.connect(self._changed)
        self.more.prepare.clicked.connect(self._prepare)
        self.mandate = Tick(
            _("I may sign on behalf of {organisation}.").format(organisation=literal(own.organisation)),
            _("You sign version {number}. Should the text change, you are asked again.").format(number=one.versions),
        )
        self._mandate_error = label("", "", "bad")
        self._mandate_error.setVisible(False)
        self.preview = PreviewPane(self._session, self._dossier, letter.texts[0].language)
        for line in (self._name, self._role):
            line.textChanged.connect(self._changed)
        self.mark.changed.connect(self._changed)
        self.visibility.chosen.connect(self._changed)
        self.visibility.chosen.connect(lambda: QTimer.singleShot(0, self, self._come_to_readers))
        self.mandate.toggled.connect(lambda _on: self._mandate_error.setVisible(False))

    def _form(self, one: LetterSummary) -> QWidget:
        room = Room()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(0, 0, 12, 16)
        lines.setSpacing(10)
        lines.addWidget(label(_("Sign on behalf of your organisation"), "title-s"))
        self._problem = QVBoxLayout()
        lines.addLayout(self._problem)
        self._offer = PreparedOffer(self._session, self._dossier)
        self._offer.filled.connect(self._fill)
        lines.addWidget(self._offer)
        self._already = QVBoxLayout()
        lines.addLayout(self._already)
        if not one.confirmed:
            self._problem.addWidget(self._unchecked(one))
        lines.addWidget(self._who())
        lines.addWidget(Columns((self.mark, self.visibility), 620))
        lines.addWidget(self.more)
        lines.addWidget(card(self.mandate, self._mandate_error, kind="card-accent", margin=12))
        self._others = QVBoxLayout()
        lines.addLayout(self._others)
        lines.addStretch(1)
        self._area = scrolled(room)
        return self._area

    def _show_others(self) -> None:
        """What a colleague signed already; and the way to answer for groups that cannot appear, where this workspace
        may."""
        clear(self._already)
        if (theirs := colleague_card(self._session, self._dossier, self)) is not None:
            self._already.addWidget(theirs)
        clear(self._others)
        if (others := vouching_card(self._session, self._dossier, self)) is not None:
            self._others.addWidget(others)

    def _who(self) -> QWidget:
        choose = quiet(_("Choose…"), "image", small=True)
        choose.setAccessibleName(_("Choose a logo"))
        choose.clicked.connect(self._ask_logo)
        logo = QWidget()
        line = QHBoxLayout(logo)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.logo, 1)
        line.addWidget(choose, 0, Qt.AlignmentFlag.AlignBottom)
        return card(Columns((self.name, self.role), 440), Columns((self.organisation, logo), 560))

    def _unchecked(self, one: LetterSummary) -> QWidget:
        button = secondary(_("Phone check"), "phone", small=True)
        button.clicked.connect(lambda: self._session.go("code", self._dossier))
        title = _("It is not certain yet from whom this letter comes")
        return banner("warn", title, _("Call {lead} and compare a code before you sign.").format(lead=one.lead), button)

    def _come_to_readers(self) -> None:
        """What a choice brings up is seen, not left below the edge."""
        if self.visibility.readers.isVisible():
            self._area.ensureWidgetVisible(self.visibility.readers, 0, 32)

    def _bar(self, one: LetterSummary) -> QWidget:
        no = quiet(_("No, or not yet…"))
        no.clicked.connect(self._decline)
        self.sign = primary(_("Sign and go on"), trailing="arrow-right")
        self.sign.clicked.connect(self._sign)
        kept = label(_("Kept on this computer"), "small", wrap=False)
        kept.setProperty("spare", True)
        return action_bar([back_button(self._session, _("Back"), "read", self._dossier), no], [kept, self.sign])

    # --- the logo

    def _ask_logo(self) -> None:
        choose_file(self, _("Logo of your organisation"), [_("Pictures (*.png *.jpg *.jpeg)")], self.take_logo)

    def take_logo(self, path: Path) -> None:
        """Use the picture in a file as logo, if it is one."""
        desk = self._session.desk
        try:
            self._logo = desk.pictures.normalise(desk.files.load(path, MOST_PICTURE), LOGO_PIXELS, LOGO_BYTES)
        except DeskError as error:
            self.logo.set_error(str(error))
            announce(self, str(error))
            return
        self.logo.set_error("")
        self._logo_name.setText(path.name)
        self._changed()

    # --- what was filled in

    def choice(self) -> Choice | None:
        """What the form says; ``None`` until it is chosen what everybody may see."""
        shown = self.visibility.shown
        if shown is None:
            return None
        mark = self.mark.mark()
        hidden = mark is not None and mark.kind != "typed" and self.mark.hide_mark.isChecked()
        person = Person(self._name.text().strip(), self._role.text().strip())
        visible = "no-mark" if shown == "all" and hidden else shown
        return self.more.put_into(Choice(visible, (person,), self._logo, mark, readers=self.visibility.roles))

    def _changed(self, *_args: object) -> None:
        self.mark.name(self._name.text())
        self._save_draft()
        ready = self._name.text().strip() and self._role.text().strip()
        self.preview.show_choice(self.choice() if ready else None)

    def _value(self) -> dict[str, object]:
        """What is kept of a half-filled form."""
        logo = b64encode(self._logo).decode()
        return {"name": self._name.text(), "role": self._role.text(), **self.more.value(), "logo": logo}

    def _kept(self) -> dict[str, Any] | None:
        data = self._session.desk.store.documents(self._dossier, "draft").get(DRAFT)
        return json.loads(data) if data is not None else None

    def _save_draft(self) -> None:
        self._session.desk.store.put_document(self._dossier, "draft", DRAFT, json.dumps(self._value()).encode())

    def _load_draft(self) -> None:
        value = self._kept()
        if value is not None:
            self._name.setText(value["name"])
            self._role.setText(value["role"])
            self.more.load(value)
            if value.get("logo"):
                self._logo = b64decode(value["logo"])
                self._logo_name.setText(_("chosen before"))

    def _fill(self) -> None:
        """Another form was chosen: what was prepared, or one's own."""
        self.refresh()
        self.name.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- signing

    def _wrong(self) -> list[QWidget]:
        """The inputs that miss something, each with its sentence shown."""
        wrong: list[QWidget] = []
        for one, line, sentence in (
            (self.name, self._name, _("Fill in your name.")),
            (self.role, self._role, _("Fill in your role.")),
        ):
            missing = not line.text().strip()
            one.set_error(sentence if missing else "")
            wrong += [line] if missing else []
        if (others := self.more.wrong()) is not None:
            wrong.append(others)
        if self.visibility.shown is None:
            self.visibility.set_error(_("Choose what everybody may see."))
            wrong.append(self.visibility.choices[0])
        elif self.visibility.shown == "none" and self.visibility.readers.ticks and not self.visibility.roles:
            self.visibility.set_error(_("Tick at least one who may open your answer."))
            wrong.append(next(iter(self.visibility.readers.ticks.values())))
        if not self.mandate.isChecked():
            self._mandate_error.setText(_("Confirm that you may sign for your organisation."))
            self._mandate_error.setVisible(True)
            wrong.append(self.mandate)
        return wrong

    def _sign(self) -> None:
        wrong = self._wrong()
        choice = self.choice()
        if wrong or choice is None:
            self.sides.switch.choose(LEFT)  # what has to be filled in is there
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(wrong[0], 0, 120)
            announce(self, _("Something is missing in this form."))
            return
        self.sign.setEnabled(False)
        desk = self._session.desk
        self._session.tasks.run(
            _("Signing"), lambda report: endorse(desk, self._dossier, choice), self._signed, self._refused
        )

    def _signed(self, out: Outgoing) -> None:
        self.sign.setEnabled(True)
        self.preview.stop()
        self._letter = ""  # a next visit starts with a fresh form
        self._session.go("send", self._dossier)
        self._session.changed.emit()

    def _refused(self, error: DeskError) -> None:
        self.sign.setEnabled(True)
        clear(self._problem)
        button = None
        if not self._confirmed:
            button = secondary(_("Phone check"), "phone", small=True)
            button.clicked.connect(lambda: self._session.go("code", self._dossier))
        self._problem.addWidget(banner("bad", str(error), _("Nothing was signed."), button))
        announce(self, str(error))

    def _prepare(self) -> None:
        person = Person(self._name.text().strip(), self._role.text().strip())
        choice = self.more.put_into(Choice("all", (person,), self._logo))
        save_prepared(self._session, self._dossier, self, choice, self._refused)

    def _decline(self) -> None:
        dialog = DeclineDialog(self._session, self._dossier, self)
        dialog.open()
