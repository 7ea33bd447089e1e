"""A check in plain words, line by line: what the command line prints and what a saved report says."""

from __future__ import annotations

from collections.abc import Sequence

from crsv_desk.domain.codes import identifier
from crsv_desk.i18n import _
from crsv_desk.services.desk import Desk
from crsv_desk.services.identity import has_identity, own_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import BASES, EndorsementFinding, Verification

SIGNS = {True: "+", False: "-", None: " "}


def lines(one: Verification) -> Sequence[str]:
    """The conclusion, both answers, everything that was found, and every endorsement."""
    told = [f"{one.name}: {one.title}.", f"  {one.verdict}"]
    told.append(_("  Is it whole? {answer}").format(answer=_whole(one)))
    told.append(_("  Is it known whose it is? {answer}").format(answer=_("yes") if one.whose else _("no")))
    if one.level:
        told.append(_("  Level of the seal (PAdES): {level}").format(level=one.level))
    told += [f"  {SIGNS[finding.holds]} {finding.sentence}" for finding in one.findings]
    for entry in one.endorsements:
        people = f" ({', '.join(entry.people)})" if entry.people else ""
        told.append(f"  {SIGNS[entry.holds]} {entry.organisation}{people}: {entry.sentence}")
        told += [f"      {explanation}" for explanation in explained(entry)]
        told.append(
            _("      id {id}, key {code}, {time} (claimed)").format(
                id=entry.statement[:16], code=entry.code, time=entry.time
            )
        )
    return told


def _whole(one: Verification) -> str:
    if one.whole:
        return _("yes")
    return _("no") if one.known else _("not known: the seal holds, its pages were not compared")


def explained(entry: EndorsementFinding) -> Sequence[str]:
    """What one should know about an endorsement that holds, and on what its key rests."""
    if not entry.holds:
        return ()
    basis = _(BASES[entry.basis]) if entry.version else ""
    if entry.compared and basis:
        basis = _("{basis}, {day}").format(basis=basis, day=entry.compared)
    version = _("version {number}").format(number=entry.version) if entry.version else ""
    return (*entry.notes, *filter(None, [" · ".join(filter(None, (version, basis)))]))


def report_text(desk: Desk, file: Untrusted, one: Verification) -> str:
    """A report to keep: which file was checked, when and by whom, and what was found. It is signed by nobody."""
    whose = own_identity(desk).organisation if has_identity(desk) else _("somebody without a workspace")
    head = [
        _("Report of a check by CRSV Desk"),
        "",
        _("File: {name}, {size} bytes").format(name=file.name, size=len(file.data)),
        _("SHA-256 of the file: {digest}").format(digest=identifier(file.data)),
        _("Checked on {time}, on the computer of {organisation}").format(time=desk.clock.now(), organisation=whose),
        _("This report is signed by nobody. Whoever wants to be sure checks the file itself."),
        "",
    ]
    codes = []
    if one.letter_code:
        codes.append(_("Letter code: {code}").format(code=one.letter_code))
    if one.code:
        codes.append(_("Code of {name}: {code}").format(name=one.signer, code=one.code))
    return "\n".join([*head, *lines(one), "", *codes]).rstrip() + "\n"
