"""Each endorsement that a closing counts: whether it holds, on what that rests, and who stands below the letter."""

from __future__ import annotations

from crsv_desk.domain.admission import Held
from crsv_desk.domain.codes import spoken
from crsv_desk.domain.dossier import State
from crsv_desk.domain.statements import Endorsement, Letter, Row
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.book import Volume
from crsv_desk.services.combine import Material
from crsv_desk.services.desk import Desk
from crsv_desk.services.findings import Findings
from crsv_desk.services.verification import EndorsementFinding


def check_rows(desk: Desk, material: Material, found: Findings) -> tuple[EndorsementFinding, ...]:
    """Every endorsement that the closing counts, each once, in printed order; what is wrong with one is ``found`` too."""
    closing, volume = material.statement, material.volume
    organisations = [row.printed for row in closing.rows]
    if len(set(organisations)) != len(organisations):
        found.add(False, _("An organisation is counted twice."))
    counts = {one.counts.id for one in volume.state.organisations if one.counts is not None}
    rows = tuple(_row(volume, row, row.id in counts) for row in closing.rows)
    bad = [row for row in rows if not row.holds]
    for row in bad:
        found.add(
            False,
            _("The endorsement of {name} does not count: {reason}").format(name=row.organisation, reason=row.sentence),
        )
    if rows and not bad:
        sentence = ngettext(
            "{count} endorsement is attached; its signature holds, for exactly this text.",
            "{count} endorsements are attached; each signature holds, for exactly this text.",
            len(rows),
        )
        found.add(True, sentence.format(count=len(rows)))
    if closing.withheld:
        sentence = ngettext(
            "{count} endorsement with the name withheld is counted; only its reader can check it.",
            "{count} endorsements with the name withheld are counted; only their readers can check them.",
            len(closing.withheld),
        )
        found.add(None, sentence.format(count=len(closing.withheld)))
    attested = sum(entry.count for entry in closing.attested)
    if attested:
        sentence = ngettext(
            "{count} answer is declared by the secretariat; the organisation did not sign it here.",
            "{count} answers are declared by the secretariat; the organisations did not sign them here.",
            attested,
        )
        found.add(None, sentence.format(count=attested))
    return rows


def _row(volume: Volume, row: Row, counts: bool) -> EndorsementFinding:
    held, packet = volume.held.get(row.id), volume.packets.get(row.id)
    reason = ""
    if held is None or packet is None or not isinstance(held.statement, Endorsement):
        return EndorsementFinding(row.printed, (), row.id, "", "", False, _("it is not attached."))
    statement = held.statement
    if packet.digest != row.packet:
        reason = _("it is another file than the one named at sending.")
    elif statement.organisation != row.printed:
        reason = _("it was given by {name}.").format(name=statement.organisation)
    elif not counts:
        reason = _why_not(volume.state, held)
    basis, compared = _basis(volume, statement)
    return EndorsementFinding(
        organisation=row.printed,
        people=tuple(one.name for one in statement.people if one.name),
        statement=row.id,
        code=spoken(statement.signer),
        time=statement.time if statement.visibility.name == "shown" else statement.time[:10],
        holds=not reason,
        sentence=reason or _("The signature holds, for exactly this text."),
        version=_version(volume, statement.letter),
        basis=basis,
        compared=compared,
        notes=_notes(volume, statement, basis),
    )


def _basis(volume: Volume, statement: Endorsement) -> tuple[str, str]:
    """On what it rests that the key is the organisation's, and since which day."""
    member = volume.state.members.get(statement.organisation)
    openings = [one for one in member.openings if statement.signer in one.certificates] if member else []
    best = max(openings, key=lambda one: (one.basis != "", one.date, one.entry), default=None)
    return (best.basis, best.date) if best is not None else ("", "")


def _notes(volume: Volume, statement: Endorsement, basis: str) -> tuple[str, ...]:
    found = []
    if basis in ("", "vouched"):
        found.append(_("Its code was never compared with the organisation itself; the signature holds."))
    if statement.reservation.text:
        found.append(_("With a reservation: {text}").format(text=statement.reservation.text))
    current = volume.state.current
    if current is not None and statement.letter != current.id:
        found.append(_("It signed an earlier version, and allowed factual corrections."))
    return tuple(found)


def _version(volume: Volume, letter_id: str) -> int:
    held = volume.held.get(letter_id)
    return held.statement.n if held is not None and isinstance(held.statement, Letter) else 0


def _why_not(state: State, held: Held) -> str:
    for entry in state.not_counted:
        if entry.held.id == held.id:
            return _(entry.reason).format(**entry.fields)
    if any(one.id == held.id for one in state.unknown):
        return _("the secretariat's list does not know the key that signed it.")
    return _("it was given for another text.")


def check_sign_off(material: Material, found: Findings) -> None:
    """Nobody stands below the letter who has not endorsed it."""
    closing = material.statement
    printed = {row.printed for row in closing.rows}
    missing = [name for name in (closing.sign_off.lead, *closing.sign_off.names) if name not in printed]
    for name in missing:
        found.add(False, _("{name} stands below the letter but has not endorsed it.").format(name=name))
