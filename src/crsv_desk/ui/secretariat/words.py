"""Words for messages that the secretariat sends by its own means. The subject of a letter stays out of them."""

from __future__ import annotations

from collections.abc import Sequence

from crsv_desk.i18n import _
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import LetterSummary, StatusRow
from crsv_desk.ui import dates
from crsv_desk.ui.session import Session


def reminder(session: Session, one: LetterSummary, rows: Sequence[StatusRow]) -> str:
    """For all who have not answered the text that stands: whom to send it to, and what to say."""
    silent = [row.organisation for row in rows if row.standing in ("invited", "opened", "remarks") and not row.withheld]
    older = [row.organisation for row in rows if row.standing == "endorsed an older version" and not row.withheld]
    parts = []
    if silent:
        parts.append(_("To: {names}").format(names=", ".join(silent)))
        parts.append(_ask(one))
    if older:
        parts.append(_("To: {names}").format(names=", ".join(older)))
        parts.append(_ask_again(one))
    if not parts:
        parts.append(_ask(one))
    return "\n\n".join([*parts, _until(one), _goodbye(session)]).replace("\n\n\n\n", "\n\n")


def ask_again(session: Session, one: LetterSummary) -> str:
    """For one organisation that signed an older version."""
    return "\n\n".join(filter(None, [_("Dear colleagues,"), _ask_again(one), _until(one), _goodbye(session)]))


def send_again(session: Session, name: str, reason: str) -> str:
    """For the sender of a file that could not be used."""
    sentence = _("We received your file “{name}”, but could not use it: {reason}").format(name=name, reason=reason)
    again = _("Nothing of it was kept. Would you save your answer once more in CRSV Desk and send the new file?")
    return "\n\n".join([_("Dear colleagues,"), sentence, again, _goodbye(session)])


def _ask(one: LetterSummary) -> str:
    sentence = _(
        "A letter waits for your answer in CRSV Desk (version {number}). Its file is in the attachment: open it, read it"
        " and send us the file that the program makes, also if you do not sign."
    )
    return sentence.format(number=max(one.versions, 1))


def _ask_again(one: LetterSummary) -> str:
    sentence = _(
        "You signed an older version of the letter. The text has changed since; it is now version {number}. Open the file"
        " in the attachment: CRSV Desk shows what changed, and you can sign the new text or not."
    )
    return sentence.format(number=one.versions)


def _until(one: LetterSummary) -> str:
    day = dates.deadline(one.deadline)
    return _("We need your answer by {day}.").format(day=day) if day else ""


def _goodbye(session: Session) -> str:
    own = own_identity(session.desk)
    return _("Kind regards,\n{name}, {organisation}").format(name=own.person, organisation=own.organisation)
