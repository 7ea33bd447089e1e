"""Pages as they would be: of an endorsement before it is signed."""

from __future__ import annotations

from dataclasses import replace

from crsv_desk.domain.marks import Mark
from crsv_desk.domain.paper import CombinedLetter, LetterText, Signatory, SignOff
from crsv_desk.domain.progress import Report, silent
from crsv_desk.domain.statements import Letter
from crsv_desk.i18n import translations
from crsv_desk.services.book import current_letter, open_volume
from crsv_desk.services.closing import ACCENT
from crsv_desk.services.combine import letter_text
from crsv_desk.services.desk import Desk
from crsv_desk.services.endorse import Choice, prepare
from crsv_desk.services.identity import own_identity

NOTHING = "0" * 64


def preview_endorsement(desk: Desk, dossier: str, choice: Choice, report: Report = silent) -> bytes:
    """A PDF of the letter with this one endorsement as the public edition would show it. Raises ``DeskError``."""
    volume = open_volume(desk, dossier)
    held = current_letter(volume.state)
    letter = held.statement
    assert isinstance(letter, Letter)
    own = own_identity(desk)
    prepared = prepare(desk, own, choice)
    rows: tuple[Signatory, ...] = ()
    if choice.visible != "none":
        hidden = choice.visible == "organisation"
        rows = (
            Signatory(
                organisation=own.organisation,
                latin="",
                people=() if hidden else prepared.people,
                logo=prepared.logo,
                mark=_mark(prepared) if choice.visible == "all" else None,
                reservation=choice.reservation if choice.reservation_printed else "",
                statement=NOTHING,
                certificate=own.fingerprint,
                time=desk.clock.now()[:10],
            ),
        )
    text = letter_text(desk, volume, held.id, letter.texts[0])
    return desk.paper.typeset(_pages(desk, text, letter.lead, rows, choice.visible == "none"), report)


def _mark(prepared: Choice) -> Mark | None:
    """A typed mark is the name of the first who signs."""
    mark = prepared.mark
    return replace(mark, text=prepared.people[0].name) if mark is not None and mark.kind == "typed" else mark


def _pages(
    desk: Desk,
    text: LetterText,
    lead: str,
    rows: tuple[Signatory, ...],
    withheld: bool,
) -> CombinedLetter:
    names = tuple(row.organisation for row in rows if row.organisation != lead)
    now = desk.clock.now()
    return CombinedLetter(
        text=text,
        lead=lead,
        lead_logo=b"",
        place="",
        date=now[:10],
        sign_off=SignOff(lead, names),
        signatories=rows,
        withheld=(NOTHING,) if withheld else (),
        declared=(),
        dossier=NOTHING,
        letter=NOTHING,
        closing=NOTHING,
        secretariat_key=NOTHING,
        closing_time=now,
        edition="public",
        accent=ACCENT,
        notice=translations(text.language).gettext("Example before signing: not signed by anybody"),
        attachments=(),
    )
