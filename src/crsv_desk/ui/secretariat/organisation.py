"""One organisation: all its answers, also those that do not count; its keys; and what can be done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.organisation import AnswerRow, KeyRow, OrganisationDetails, organisation_details
from crsv_desk.services.overview import StatusRow, summary
from crsv_desk.ui import dates
from crsv_desk.ui.components import Card, banner, card, chip, flowing, label, quiet, secondary
from crsv_desk.ui.question import Question, WordsDialog
from crsv_desk.ui.secretariat.attesting import AttestDialog
from crsv_desk.ui.secretariat.revoke import RevokeDialog
from crsv_desk.ui.secretariat.voucher import VoucherDialog, save_allowance
from crsv_desk.ui.secretariat.words import ask_again
from crsv_desk.ui.session import Session

_EFFECTS = {
    "counts": ("ok", "circle-check"),
    "stands": ("accent", "circle-dot"),
    "older": ("warn", "history"),
    "replaced": ("muted", "undo-2"),
    "waits": ("warn", "phone"),
    "not counted": ("bad", "octagon-alert"),
}


class OrganisationDialog(Question):
    """Shows everything that is held of one organisation."""

    def __init__(self, session: Session, dossier: str, page: QWidget, row: StatusRow) -> None:
        self._session, self._dossier, self._page = session, dossier, page
        self.details = organisation_details(session.desk, dossier, row.organisation)
        self._summary = summary(session.desk, dossier)
        self.attest = secondary(_("Declare an answer…"), "stamp")
        self.attest.clicked.connect(self._attest)
        super().__init__(page, row.organisation, self._subtitle(), self._parts(row), self.attest)
        self.back.say(_("Close"))
        self.back.setFocus()

    def _subtitle(self) -> str:
        one = self.details
        words = [one.country] if one.country else []
        if not one.asked:
            words.append(_("not among those who were asked"))
        elif not one.answers:
            words.append(_("asked, no answer yet"))
        if one.remarks:
            words.append(ngettext("{count} remark", "{count} remarks", one.remarks).format(count=one.remarks))
        return " · ".join(words)

    def _parts(self, row: StatusRow) -> list[QWidget]:
        one = self.details
        parts: list[QWidget] = []
        if one.contradictory:
            title = _("These answers contradict each other")
            text = _(
                "Call them. A new answer that replaces the earlier ones settles it; until then this counts: {state}."
            )
            parts.append(banner("bad", title, text.format(state=row.words)))
        if row.standing == "endorsed an older version":
            ask = secondary(_("Ask again…"), "history", small=True)
            ask.clicked.connect(self._ask_again)
            title = _("It signed version {old}; the text is now version {new}").format(
                old=row.version, new=self._summary.versions
            )
            parts.append(banner("warn", title, _("The old signature does not count for the new text."), ask))
        parts += [label(_("Answers"), "h2")] if one.answers else []
        parts += [_answer_card(answer) for answer in one.answers]
        parts += [label(_("Keys"), "h2")] if one.keys else []
        parts += [self._key_card(key, one) for key in one.keys]
        if any(key.basis not in ("", "own") for key in one.keys):
            parts.append(self._voucher_card(max(key.voucher for key in one.keys)))
        if one.remarks:
            see = quiet(_("See the remarks"), "messages-square", small=True)
            see.clicked.connect(lambda: self._leave("comments"))
            parts.append(flowing(see))
        return parts

    def _key_card(self, key: KeyRow, one: OrganisationDetails) -> Card:
        result = card(spacing=4, margin=12)
        result.body.addWidget(label(key.code, "strong"))
        if key.basis:
            words = _("{basis}, {day}").format(basis=basis_words(key.basis), day=dates.day(key.date))
            button = quiet(_("Take this key's word back…"), "trash-2", small=True)
            button.clicked.connect(lambda: self._revoke(key, one))
        else:
            words = _("Its code was not compared yet.")
            button = secondary(_("Phone check"), "phone", small=True)
            button.clicked.connect(lambda: self._compare(key))
        button.setAccessibleDescription(key.code)
        result.body.addWidget(label(words, "small"))
        result.body.addWidget(flowing(button))
        return result

    def _voucher_card(self, count: int) -> Card:
        """For how many it may answer beside itself: set at the phone check, and changed here."""
        change = quiet(_("Change for how many…"), "stamp", small=True)
        change.clicked.connect(lambda: self._allow(count))
        words = _("It answers only for itself.")
        buttons = [change]
        if count:
            words = _("May answer for at most {count} others that it does not name.").format(count=count)
            save = quiet(_("Save its file for that…"), "save", small=True)
            save.clicked.connect(self._save_allowance)
            buttons.append(save)
        return card(label(words, "small"), flowing(*buttons), spacing=4, margin=12)

    def _allow(self, count: int) -> None:
        self.accept()
        VoucherDialog(self._session, self._dossier, self._page, self.details.organisation, count).open()

    def _save_allowance(self) -> None:
        self.accept()
        save_allowance(self._session, self._dossier, self.details.organisation, self._page)

    def _leave(self, page: str) -> None:
        self.accept()
        self._session.go(page, self._dossier)

    def _compare(self, key: KeyRow) -> None:
        self._session.comparing = key.fingerprint
        self._leave("code")

    def _revoke(self, key: KeyRow, one: OrganisationDetails) -> None:
        self.accept()
        RevokeDialog(self._session, self._dossier, self._page, key, one).open()

    def _attest(self) -> None:
        self.accept()
        AttestDialog(self._session, self._dossier, self._page, self.details.organisation).open()

    def _ask_again(self) -> None:
        self.accept()
        title = _("Ask for version {number}").format(number=self._summary.versions)
        text = _("Send these words with the letter's file.")
        WordsDialog(self._session, self._page, title, text, ask_again(self._session, self._summary)).open()


def basis_words(basis: str) -> str:
    """How a code was compared."""
    return {
        "own": _("a key of your own"),
        "voice": _("compared by telephone"),
        "video": _("compared by video"),
        "in-person": _("compared in the same room"),
        "address": _("came from an address that you knew"),
        "vouched": _("somebody whom you trust vouched for it"),
    }.get(basis, basis)


def _answer_card(one: AnswerRow) -> Card:
    tone, icon = _EFFECTS[one.effect]
    result = card(spacing=4, margin=12)
    result.body.addWidget(label(_title(one), "strong"))
    result.body.addWidget(flowing(chip(tone, icon, _effect(one))))
    for words in _lines(one):
        result.body.addWidget(label(words, "small"))
    result.setAccessibleName(f"{_title(one)}, {_effect(one)}")
    return result


def _title(one: AnswerRow) -> str:
    kind = {
        "endorsement": _("Signature for version {number}"),
        "decline": _("Does not sign version {number}"),
        "withdrawal": _("Takes its signature back (version {number})"),
        "attestation": _("Declared for version {number}"),
    }[one.kind]
    return kind.format(number=one.version)


def _effect(one: AnswerRow) -> str:
    return {
        "counts": _("Counts"),
        "stands": _("Stands"),
        "older": _("For an older version"),
        "replaced": _("Replaced by a later answer"),
        "waits": _("Waits for the phone check"),
        "not counted": _("Does not count"),
    }[one.effect]


def _lines(one: AnswerRow) -> list[str]:
    if one.kind == "attestation":
        how = {
            "mail": _("by mail"), "paper": _("on paper"), "phone": _("by telephone"), "meeting": _("in a meeting"),
            "message": _("by message"),
        }[one.note]  # fmt: skip
        answer = _("It does not sign") if one.reason else _("It signs")
        return [_("{answer}: {how}, {day}").format(answer=answer, how=how, day=dates.day(one.time))]
    lines = [_("{time} (claimed)").format(time=dates.moment(one.time))]
    lines += [_("Signed by {name}").format(name=name) for name in one.people]
    if one.shown:
        lines.append(_("The public sees {what}.").format(what=one.shown))
    if one.mandate:
        lines.append(_("Mandate: {text}").format(text=one.mandate))
    if one.reservation:
        lines.append(_("Reservation: {text}").format(text=one.reservation))
    if one.reason:
        lines.append(_("Reason: {text}").format(text=one.reason))
    if one.note:
        lines.append(one.note)
    return lines
