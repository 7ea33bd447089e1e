"""verify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from crsv_desk.cli.context import Context
from crsv_desk.i18n import _
from crsv_desk.services.verification import Verification
from crsv_desk.services.verify import verify


def verify_files(context: Context) -> int:
    """Check each file; 0 only if each is whole and it is known whose it is."""
    a = context.arguments
    found = [verify(context.desk, file, a.code) for file in context.load_all(a.files)]
    documents = [{**asdict(one), "holds": one.holds} for one in found]
    context.print(
        documents[0] if len(documents) == 1 else documents, lambda: [line for one in found for line in lines(one)]
    )
    return 0 if all(one.holds for one in found) else 1


def lines(one: Verification) -> Sequence[str]:
    """A check in plain words."""
    signs = {True: "+", False: "-", None: " "}
    told = [f"{one.name}: {one.verdict}"]
    told.append(_("  Is it whole? {answer}").format(answer=_("yes") if one.whole else _("no")))
    told.append(_("  Is it known whose it is? {answer}").format(answer=_("yes") if one.whose else _("no")))
    told += [f"  {signs[finding.holds]} {finding.sentence}" for finding in one.findings]
    for entry in one.endorsements:
        people = f" ({', '.join(entry.people)})" if entry.people else ""
        told.append(f"  {signs[entry.holds]} {entry.organisation}{people}: {entry.sentence}")
        told.append(
            _("      id {id}, key {code}, {time} (claimed)").format(
                id=entry.statement[:16], code=entry.code, time=entry.time
            )
        )
    return told
