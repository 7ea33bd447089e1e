"""After signing: save the file, mail it or copy it as text; and how far it has come."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QStorageInfo, Qt, QUrl, QUrlQuery
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.statements import Call, Letter
from crsv_desk.i18n import _
from crsv_desk.services.answering import Outgoing, chosen_readers, latest_own, outgoing, save_outgoing
from crsv_desk.services.book import open_volume
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import LetterSummary, summary
from crsv_desk.ui import dates
from crsv_desk.ui.buttons import Button
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import (
    Icon,
    Page,
    action_bar,
    announce,
    banner,
    card,
    chip,
    column,
    empty_state,
    flowing,
    label,
    primary,
    quiet,
    row,
    rule,
    scrolled,
    secondary,
)
from crsv_desk.ui.file_dialogs import choose_place, documents
from crsv_desk.ui.letter.bars import back_button, top_bars
from crsv_desk.ui.letter.colleague_card import colleague_card
from crsv_desk.ui.letter.decline import DeclineDialog
from crsv_desk.ui.letter.readers import names_of
from crsv_desk.ui.letter.vouching import vouching_card
from crsv_desk.ui.session import Session


class SendPage(Page):
    """One file, three ways to bring it, and three states: saved, sent, confirmed."""

    def __init__(self, session: Session, dossier: str) -> None:
        super().__init__()
        self._session, self._dossier = session, dossier
        self._failure = ""
        self.refresh()

    def refresh(self) -> None:
        """Show how far the answer has come."""
        desk = self._session.desk
        one = summary(desk, self._dossier)
        own = latest_own(desk, self._dossier)
        self.out = outgoing(desk, self._dossier, own.id) if own is not None else None
        if self.out is None:
            self._nothing_yet(one)
            return
        out = self.out
        if one.secretariat:
            self._counts_already(one, out)
            return
        self._saved = desk.store.setting(f"saved-{out.statement}")
        self._sent = desk.store.setting(f"sent-{out.statement}")
        volume = open_volume(desk, self._dossier)
        self._version = volume.letter(getattr(own and own.statement, "letter", one.letter)).n
        self._received = out.statement in volume.state.receipts
        call = volume.state.call.statement if volume.state.call is not None else None
        self._contact = call.contact if isinstance(call, Call) else ""
        self._to = self._readers(volume.letter(one.letter)) if out.sealed else ""
        """Who gets it instead of the secretariat, because only they can open it."""
        if self._to:
            self._contact = self._to
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(40, 16, 40, 16)
        lines.setSpacing(14)
        lines.addWidget(self._title(one, out))
        notice = self._notice(out)
        if notice is not None:
            lines.addWidget(notice)
        lines.addWidget(Columns((self._mail(one, out), self._other_ways(out)), 820, (62, 38)))
        lines.addWidget(self._states(one))
        if (theirs := colleague_card(self._session, self._dossier, self)) is not None:
            lines.addWidget(theirs)
        if (others := vouching_card(self._session, self._dossier, self)) is not None:
            lines.addWidget(others)
        lines.addStretch(1)
        self.show_parts(top_bars(self._session, one, "send"), scrolled(room), [self._bar()])
        self.first = self.main

    def _readers(self, letter: Letter) -> str:
        roles = chosen_readers(self._session.desk, self._dossier)
        return names_of(letter.seal_to, roles) if roles and "secretariat" not in roles else ""

    def _nothing_yet(self, one: LetterSummary) -> None:
        button = primary(_("To the text"), trailing="arrow-right")
        button.clicked.connect(lambda: self._session.go("read", self._dossier))
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(40, 32, 40, 24)
        text = _("After you have signed, your answer is here as a file to send.")
        lines.addWidget(empty_state("send", _("There is nothing to send yet"), text, button))
        later = secondary(_("Say that you are reading it…"), "mail-open", small=True)
        later.clicked.connect(lambda: DeclineDialog(self._session, self._dossier, self, later=True).open())
        note = _("Then the secretariat knows that the letter arrived. It is no answer yet.")
        lines.addSpacing(12)
        if (theirs := colleague_card(self._session, self._dossier, self)) is not None:
            lines.addWidget(theirs)
        lines.addWidget(card(label(note, "muted"), flowing(later), margin=12))
        lines.addStretch(1)
        self.show_parts(top_bars(self._session, one, "send"), room)
        self.first = button

    def _counts_already(self, one: LetterSummary, out: Outgoing) -> None:
        """On a laptop of the secretariat: it has its own answer."""
        self.main = primary(_("To the organisations"), trailing="arrow-right")
        self.main.clicked.connect(lambda: self._session.go("partners", self._dossier))
        text = _("This is the secretariat's computer: there is nothing to send.")
        room = QWidget()
        lines = QVBoxLayout(room)
        lines.setContentsMargins(40, 32, 40, 24)
        lines.addWidget(empty_state("circle-check", _("Your answer counts already"), text))
        if out.kind == "endorsement":
            lines.addWidget(row(self._take_back_button(), None))
        lines.addStretch(1)
        bar = action_bar([back_button(self._session, _("To my letters"), "home")], [self.main])
        self.show_parts(top_bars(self._session, one, "send"), room, [bar])
        self.first = self.main

    # --- what stands on the page

    def _title(self, one: LetterSummary, out: Outgoing) -> QWidget:
        if self._received:
            title, text = _("Your answer has arrived"), _("{lead} confirmed that it has your answer.")
            state = chip("ok", "check-check", _("Receipt confirmed"))
        elif self._sent:
            title, text = (
                _("Your answer is on its way"),
                _("You said that you sent it. {lead} has not confirmed it yet."),
            )
            state = chip("warn", "hourglass", _("Sent, not confirmed yet"))
        else:
            title, text = (
                _("Your answer is ready"),
                _("It is signed, and it lies on this computer. Now bring it to {lead}."),
            )
            state = chip("accent", "circle-dot", _("Not sent yet"))
        words = column(label(title, "title"), label(text.format(lead=self._to or one.lead), "muted"), spacing=4)
        return Columns((words, column(None, state, None)), 640, (1, 0), 12)

    def _notice(self, out: Outgoing) -> QWidget | None:
        if self._failure:
            again = secondary(_("Choose another place…"), "folder-down", small=True)
            again.clicked.connect(self.ask_place)
            return banner("bad", _("Not saved. Your answer is still safe on this computer."), self._failure, again)
        if self._saved:
            place, _sep, when = self._saved.rpartition("|")
            size = _("{kilobytes} kB").format(kilobytes=max(round(len(out.data) / 1000), 1))
            text = _("{size} · read again, and every byte is right · {when}").format(size=size, when=dates.moment(when))
            return banner("ok", _("Saved and checked: {place}").format(place=place), text)
        if out.sealed:
            text = _(
                "Not through a folder that other organisations see. The file is sealed: only its readers can open it."
            )
            title = _("Send this file straight to the secretariat.")
            if self._to:
                title = _("Send this file straight to {names}.").format(names=self._to)
            return banner("accent", title, text)
        return None

    def _mail(self, one: LetterSummary, out: Outgoing) -> QWidget:
        result = card(spacing=8)
        result.body.addWidget(row(Icon("mail", 20, "accent"), label(_("By e-mail"), "h2"), None, spacing=8))
        rows = (
            (_("To"), self._contact or _("the address from which you got the letter")),
            (_("Subject"), self._subject()),
            (_("Attachment"), out.name),
        )
        for name, value in rows:
            result.body.addWidget(rule())
            shown = label(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            heading = label(name, "small", wrap=False)
            heading.setMinimumWidth(100)
            line = row(heading, shown, spacing=8)
            result.body.addWidget(line)
            layout = line.layout()
            assert isinstance(layout, QHBoxLayout)
            layout.setStretch(1, 1)
        result.body.addWidget(rule())
        result.body.addWidget(label(self._body(), "small"))
        mail = secondary(_("Open in my mail program"), "mail")
        mail.clicked.connect(lambda: self._open_mail(one))
        copied = secondary(_("Copy these words"), "copy")
        copied.clicked.connect(lambda: self._copy(self._body(), _("The words were copied.")))
        result.body.addWidget(flowing(mail, copied, spacing=0))
        note = _("Add the saved file to the mail yourself. The subject does not say what the letter is about.")
        result.body.addWidget(label(note, "small"))
        result.body.addStretch(1)
        return result

    def _other_ways(self, out: Outgoing) -> QWidget:
        result = card(spacing=10)
        result.body.addWidget(row(Icon("folder-down", 20, "accent"), label(_("In another way"), "h2"), None, spacing=8))
        result.body.addWidget(label(_("On a stick or through a shared folder: save the file there."), "muted"))
        save = secondary(_("Save again…") if self._saved else _("Save…"), "save", small=True)
        save.clicked.connect(self.ask_place)
        result.body.addWidget(row(save, None))
        result.body.addWidget(rule())
        result.body.addWidget(
            label(_("No attachments possible? Then paste the answer as text into a message."), "muted")
        )
        text = secondary(_("Copy the answer as text"), "copy", small=True)
        told = _("The answer was copied as text; paste it into a message to the secretariat.")
        text.clicked.connect(lambda: self._copy(self._session.desk.packets.to_text(out.data), told))
        result.body.addWidget(row(text, None))
        result.body.addStretch(1)
        if out.kind == "endorsement":
            result.body.addWidget(row(self._take_back_button(), None))
        return result

    def _take_back_button(self) -> Button:
        back = quiet(_("Take the signature back…"), "undo-2", small=True)
        back.clicked.connect(self._take_back)
        return back

    def _states(self, one: LetterSummary) -> QWidget:
        when = self._saved.rpartition("|")[2]
        saved = _state("circle-check" if self._saved else "circle-dot", "ok" if self._saved else "muted",
                       _("Saved") if self._saved else _("Not saved yet"), dates.moment(when) if when else "")  # fmt: skip
        sent = _state("send", "ok" if self._sent else "muted", _("Sent") if self._sent else _("Not sent yet"),
                      _("you said so, {when}").format(when=dates.moment(self._sent)) if self._sent else "")  # fmt: skip
        waits = _("waits for a file of {lead}").format(lead=one.lead) if self._sent else ""
        if self._received:
            arrived = _state("check-check", "ok", _("Confirmed"), "")
        else:
            arrived = _state("hourglass", "warn" if self._sent else "muted", _("Not confirmed yet"), waits)
        known = (self._saved or not self._received, self._sent or not self._received, True)
        # What has arrived was sent, whether it was said here or not.
        return card(
            Columns([one for one, shown in zip((saved, sent, arrived), known, strict=True) if shown], 700), margin=12
        )

    def _bar(self) -> QWidget:
        left: list[QWidget] = [back_button(self._session, _("To my letters"), "home")]
        right: list[QWidget] = []
        if not self._saved:
            self.main = primary(_("Save to a stick or this computer…"), "save")
            self.main.clicked.connect(self.ask_place)
        elif not self._sent:
            self.main = primary(_("I have sent it"), "send")
            self.main.clicked.connect(self._mark_sent)
        else:
            self.main = primary(_("Open the confirmation…"), "mail-check")
            self.main.clicked.connect(self._open_confirmation)
        right.append(self.main)
        return action_bar(left, right)

    main: Button

    # --- what the buttons do

    def ask_place(self) -> None:
        """Let the person choose where, and save there."""
        assert self.out is not None
        kinds = {_("Answers (*.crsv)"): "crsv"}
        choose_place(self, _("Save your answer"), kinds, self.out.name, self.save, documents())

    def save(self, path: Path) -> None:
        """Write the file; "saved" is said after it was read back and compared."""
        out, desk = self.out, self._session.desk
        assert out is not None

        def saved(_nothing: object) -> None:
            self._failure = ""
            now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            desk.store.set_setting(f"saved-{out.statement}", f"{_place(path)}|{now}")
            self.refresh()
            announce(self, _("Saved, read again, and every byte is right."))
            self.main.setFocus()

        self._session.tasks.run(_("Saving"), lambda report: save_outgoing(desk, out, path), saved, self._not_saved)

    def _not_saved(self, error: DeskError) -> None:
        self._failure = str(error)
        self.refresh()

    def _subject(self) -> str:
        return _("Answer to the letter (version {number})").format(number=self._version)

    def _body(self) -> str:
        own = own_identity(self._session.desk)
        return _(
            "Dear colleagues,\nOur answer is in the attachment. Would you confirm that it has arrived?\nKind regards, {name}"
        ).format(name=own.person)

    def _open_mail(self, one: LetterSummary) -> None:
        url = QUrl("mailto:" + (self._contact if "@" in self._contact else ""))
        query = QUrlQuery()
        query.addQueryItem("subject", self._subject())
        query.addQueryItem("body", self._body())
        url.setQuery(query)
        if not QDesktopServices.openUrl(url):
            self._session.tell(_("No mail program opened; copy the words and write the mail yourself."), "warn")

    def _copy(self, text: str, told: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._session.tell(told)

    def _mark_sent(self) -> None:
        assert self.out is not None
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._session.desk.store.set_setting(f"sent-{self.out.statement}", now)
        self.refresh()
        self.main.setFocus()

    def _open_confirmation(self) -> None:
        ask = getattr(self.window(), "ask_files", None)
        if ask is not None:
            ask()

    def _take_back(self) -> None:
        DeclineDialog(self._session, self._dossier, self, taking_back=True).open()


def _state(icon: str, tone: str, title: str, text: str) -> QWidget:
    words = column(label(title, "strong", tone, wrap=False), label(text, "small", wrap=False), spacing=0)
    result = row(Icon(icon, 22, tone), words, None, spacing=12)
    result.setAccessibleName(f"{title} {text}".strip())
    return result


def _place(path: Path) -> str:
    """The file's name and the name of its disk where that has one: a stick is known by it."""
    disk = QStorageInfo(str(path.parent)).displayName()
    return f"{path.name} ({disk})" if disk and disk != "/" else path.name
