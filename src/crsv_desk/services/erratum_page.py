"""An erratum as a page: everything that it says, and the files attached to it."""

from __future__ import annotations

from crsv_desk.domain.admission import Held
from crsv_desk.domain.paper import Attachment, CombinedLetter, Erratum, Leaver, SignOff
from crsv_desk.domain.statements import Decline, Row, Withdrawal
from crsv_desk.i18n import translations
from crsv_desk.services.combine import PACKET_TYPE, letter_text
from crsv_desk.services.desk import Desk
from crsv_desk.services.erratum_case import Case, closing_of, gone_of

BEFORE = "closing-before.crsv"
"""The attachment that tells an erratum from a combined letter."""


def attachments_of(case: Case) -> tuple[Attachment, ...]:
    """Exactly the files inside an erratum: every closing back to the letter that was sent, and what proves who left."""
    volume, now = case.volume, closing_of(case.now)
    _ = translations(volume.letter(now.letter).texts[0].language).gettext

    def packet(name: str, key: str, description: str) -> Attachment:
        return Attachment(name, volume.packets[key].data, PACKET_TYPE, description)

    found = [packet("genesis.crsv", volume.state.dossier, _("The beginning of this letter's file"))]
    for number, key in enumerate(now.rosters, start=1):
        found.append(packet(f"roster-{number}.crsv", key, _("Which organisations and keys the secretariat knows")))
    found.append(packet(f"letter-{volume.letter(now.letter).n}.crsv", now.letter, _("The text that was signed")))
    decided = [_("What the secretariat decided when the letter was sent")]
    decided += [_("What the secretariat decided for erratum {number}").format(number=number)
                for number in range(1, len(case.earlier))]  # fmt: skip
    for at, (one, words) in enumerate(zip(case.earlier, reversed(decided), strict=True)):
        found.append(packet(BEFORE if at == 0 else f"closing-before-{at + 1}.crsv", one.id, words))
    found.append(packet("closing.crsv", case.now.id, _("What the secretariat decided for this erratum")))
    shown = [one for one in case.refusals.values() if _may_be_shown(one)]
    for number, one in enumerate(sorted(shown, key=lambda one: one.id), start=1):
        found.append(packet(f"withdrawal-{number:04d}.crsv", one.id, _("Withdrawal by {organisation}").format(
            organisation=one.organisation)))  # fmt: skip
    followed = [closing_of(one) for one in case.earlier[:-1]]
    entries = {entry for one in (now, *followed) for entry in one.openings}
    for number, entry in enumerate(sorted(entries), start=1):
        opening = volume.openings[entry]
        description = _("Whose key signed for {organisation}").format(organisation=opening.organisation)
        found.append(Attachment(f"opening-{number:04d}.json", opening.encode(), "application/json", description))
    return tuple(found)


def erratum_of(desk: Desk, case: Case, attachments: tuple[Attachment, ...]) -> Erratum:
    """Everything that the page says."""
    volume, before, now, sent = case.volume, closing_of(case.before), closing_of(case.now), closing_of(case.sent)
    letter = volume.letter(now.letter)
    base = CombinedLetter(
        text=letter_text(desk, volume, now.letter, letter.texts[0]),
        lead=letter.lead,
        lead_logo=b"",
        place=now.place,
        date=sent.date,
        sign_off=SignOff(now.sign_off.lead, now.sign_off.names),
        signatories=(),
        withheld=now.withheld,
        declared=(),
        dossier=volume.state.dossier,
        letter=now.letter,
        closing=case.now.id,
        secretariat_key=now.signer,
        closing_time=now.time,
        edition="public",
        accent=now.layout.accent,
        notice=now.layout.notice,
        attachments=attachments,
    )
    left = tuple(
        Leaver(row.printed, row.id, case.refusals[row.id].id if shown(case, row) else "",
               _time(case.refusals[row.id]) if shown(case, row) else now.date)
        for row in gone_of(case)
    )  # fmt: skip
    return Erratum(
        letter=base,
        date=now.date,
        sent=sent.date,
        closing=case.sent.id,
        number=len(case.earlier),
        before=before.date,
        named_before=len(before.rows),
        named_now=len(now.rows),
        unnamed_before=len(before.withheld),
        unnamed_now=len(now.withheld),
        left=left,
        remaining=tuple(row.printed for row in now.rows),
    )


def shown(case: Case, row: Row) -> bool:
    """Whether the withdrawal itself is attached."""
    return row.id in case.refusals and _may_be_shown(case.refusals[row.id])


def _may_be_shown(one: Held) -> bool:
    return isinstance(one.statement, Withdrawal | Decline) and not one.statement.reply and not one.statement.reason


def _time(one: Held) -> str:
    assert isinstance(one.statement, Withdrawal | Decline)
    return one.statement.time
