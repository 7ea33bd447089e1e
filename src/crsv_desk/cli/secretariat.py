"""receive, confirm, attest, status, compile."""

from __future__ import annotations

from crsv_desk.cli.answers import send
from crsv_desk.cli.checks import document
from crsv_desk.cli.context import Context
from crsv_desk.cli.seals import seal_choice
from crsv_desk.domain.codes import spoken
from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.statements import statement_id
from crsv_desk.i18n import N_, _, ngettext
from crsv_desk.services.answering import outgoing
from crsv_desk.services.attest import attest
from crsv_desk.services.book import open_volume
from crsv_desk.services.closing import Decision
from crsv_desk.services.compile import check_reader, compile_letter, save_compiled
from crsv_desk.services.confirm import candidates, confirm
from crsv_desk.services.erase import erase
from crsv_desk.services.overview import problems, status
from crsv_desk.services.readiness import readiness
from crsv_desk.services.receive import Verdict, receive
from crsv_desk.services.telling import lines as verification_lines


def receive_files(context: Context) -> int:
    """A line and a verdict for each file; 1 when one was refused."""
    files, failed = context.load_each(context.arguments.paths)
    verdicts = [*receive(context.desk, files), *(Verdict(name, "refused", "", "", why) for name, why in failed)]
    context.print(verdicts, lambda: [f"{one.name}: {one.sentence}" for one in verdicts])
    waiting = candidates(context.desk)
    for one in waiting:
        sentence = _("To compare by telephone: {organisation}, code {code}")
        context.note(sentence.format(organisation=one.organisation, code=one.code))
    return 1 if any(one.outcome == "refused" for one in verdicts) else 0


def confirm_name(context: Context) -> int:
    """Pin those whose code it is."""
    arguments = context.arguments
    done = confirm(context.desk, arguments.name, arguments.code, arguments.basis, arguments.voucher)
    context.print(
        [
            {"organisation": one.organisation, "fingerprint": one.fingerprint, "secretariat": one.secretariat}
            for one in done
        ],
        lambda: [_("Confirmed: {organisation}").format(organisation=done[0].organisation)],
    )
    return 0


def attest_answer(context: Context) -> int:
    """Declare another's answer."""
    a = context.arguments
    evidence = context.load(a.evidence) if a.evidence is not None else b""
    if not a.organisation and a.out is None:
        raise UsageError(N_("Say with --out where the file for the secretariat goes."))
    packet = attest(context.desk, context.dossier, a.organisation, a.answer, a.how, a.date, evidence, a.count)
    if not a.organisation:
        out = outgoing(context.desk, context.dossier, statement_id(packet.statement))
        assert out is not None
        return send(context, out)
    context.print(
        {"statement": statement_id(packet.statement)},
        lambda: [
            _("Declared: {organisation}; it counts apart until it answers itself.").format(organisation=a.organisation)
        ],
    )
    return 0


def erase_statements(context: Context) -> int:
    """Destroy what answers or remarks said."""
    erased = erase(context.desk, context.dossier, context.arguments.statements)
    context.print(erased, lambda: [_("Destroyed: {id}").format(id=one) for one in erased])
    return 0


def show_status(context: Context) -> int:
    """Organisation, state, version, when (claimed), withheld."""
    rows = status(context.desk, context.dossier)
    for problem in problems(open_volume(context.desk, context.dossier).state):
        context.note(problem)
    context.print(
        [
            {**{name: getattr(row, name) for name in row.__dataclass_fields__}, "code": _code(row.fingerprint)}
            for row in rows
        ],
        lambda: [
            "  ".join(
                part
                for part in (
                    row.organisation,
                    row.words,
                    _("version {number}").format(number=row.version) if row.version else "",
                    _("{time} (claimed)").format(time=row.time) if row.time else "",
                    _("name withheld") if row.withheld else "",
                    row.reason,
                    _("no answer before {day}").format(day=row.later) if row.later else "",
                    _("for {count} organisations").format(count=row.vouched) if row.vouched else "",
                    _("its answers contradict each other") if row.contradictory else "",
                )
                if part
            )
            for row in rows
        ],
    )
    return 0


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
    if compiled.large:
        context.note(_("This file is larger than 7 MB; some mailboxes refuse it. The slim edition is smaller."))
    sentence = ngettext("{count} endorsement", "{count} endorsements", compiled.endorsements)
    context.note(sentence.format(count=compiled.endorsements))
    context.print(document(compiled.verification), lambda: verification_lines(compiled.verification))
    return 0


def _code(fingerprint: str) -> str:
    return spoken(fingerprint) if fingerprint else ""
