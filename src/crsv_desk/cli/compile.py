"""compile."""

from __future__ import annotations

from crsv_desk.cli.checks import document
from crsv_desk.cli.context import Context
from crsv_desk.cli.seals import seal_choice
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.closing import Decision
from crsv_desk.services.compile import check_reader, compile_letter, save_compiled
from crsv_desk.services.readiness import readiness
from crsv_desk.services.telling import lines as verification_lines


def compile_pdf(context: Context) -> int:
    """Compile, check, save."""
    a = context.arguments
    if a.to:
        check_reader(context.desk, a.to, a.edition)
    sign_off = None if a.sign_off is None else tuple(a.sign_off)
    decision = Decision(a.place, a.date, tuple(a.order), sign_off)
    compiled = compile_letter(context.desk, context.dossier, a.edition, decision, choice=seal_choice(context))
    for missing in readiness(context.desk, context.dossier).missing:
        context.note(f"{missing.title}: {missing.text}")
    for path in save_compiled(context.desk, compiled, a.out, a.to):
        context.note(_("Saved: {path}").format(path=path))
    if a.timestamp and compiled.verification.level == "B-T":
        context.note(
            _("The authorities above the timestamp server did not answer, so the seal's level is B-T, not B-LT.")
        )
    for name in compiled.quoted:
        context.note(
            _("The letter's own text, which everybody signed, says the withheld name {name}.").format(name=name)
        )
    if compiled.large and compiled.edition == "public":
        context.note(_("This file is larger than 7 MB; some mailboxes refuse it. The slim edition is smaller."))
    elif compiled.large:
        context.note(_("Larger than 7 MB: some mailboxes refuse it"))
    sentence = ngettext("{count} endorsement", "{count} endorsements", compiled.endorsements)
    context.note(sentence.format(count=compiled.endorsements))
    context.print(document(compiled.verification), lambda: verification_lines(compiled.verification))
    return 0
