"""receive, confirm, attest, erase, status, revoke; letter ask, letter colleague."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from crsv_desk.cli.answers import send
from crsv_desk.cli.context import Context
from crsv_desk.domain.codes import matches, spoken
from crsv_desk.domain.errors import UsageError
from crsv_desk.domain.rules import DAY_ONLY
from crsv_desk.domain.statements import statement_id
from crsv_desk.i18n import N_, _, ngettext
from crsv_desk.services.answering import outgoing
from crsv_desk.services.asking import ask_partners, change_call, current_call
from crsv_desk.services.attest import attest
from crsv_desk.services.book import open_volume
from crsv_desk.services.colleague import add_colleague, file_for_colleagues, laptops
from crsv_desk.services.confirm import candidates, confirm
from crsv_desk.services.erase import erase
from crsv_desk.services.overview import status, summary
from crsv_desk.services.publish import Partner
from crsv_desk.services.receive import Verdict, receive
from crsv_desk.services.revived import let_stand, revived_keys
from crsv_desk.services.revoke import revoke, signed_by


def receive_files(context: Context) -> int:
    """A line and a verdict for each file, or for each kind of its parts; 1 when one was refused."""
    files, failed = context.load_each(context.arguments.paths)
    verdicts = [*receive(context.desk, files), *(Verdict(name, "refused", "", "", why) for name, why in failed)]
    context.print(verdicts, lambda: list(_lines(verdicts)))
    waiting = candidates(context.desk)
    for one in waiting:
        sentence = _("To compare by telephone: {organisation}, code {code}")
        context.note(sentence.format(organisation=one.organisation, code=one.code))
        if one.warning:
            context.note(one.warning)
    return 1 if any(one.outcome == "refused" for one in verdicts) else 0


def _lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Parts of a file of which the same is said are one line."""
    for (name, sentence), count in Counter((one.name, one.sentence) for one in verdicts).items():
        parts = ngettext("{count} part", "{count} parts", count).format(count=count)
        yield f"{name}: {sentence} ({parts})" if count > 1 else f"{name}: {sentence}"


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
    for problem in summary(context.desk, context.dossier).problems:
        context.note(problem)
    for one in revived_keys(context.desk, open_volume(context.desk, context.dossier)):
        sentence = _("Its code is {code}; “revoke” takes its word back again, “revoke --let-stand” lets it speak.")
        context.note(sentence.format(code=one.code))
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
                    _("{time} (claimed)").format(time=row.time.removesuffix(DAY_ONLY)) if row.time else "",
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


def _code(fingerprint: str) -> str:
    return spoken(fingerprint) if fingerprint else ""


def ask(context: Context) -> int:
    """Who is asked, until when, and whom they reach."""
    a, desk, dossier = context.arguments, context.desk, context.dossier
    partners = [Partner(name) for name in a.organisation]
    if a.partners is not None:
        partners += [Partner(*entry) for entry in desk.letters.partners(context.load(a.partners))]
    added = ask_partners(desk, dossier, partners) if partners else ()
    deadline, contact = current_call(desk, dossier)
    if a.deadline is not None or a.contact is not None:
        deadline = deadline if a.deadline is None else a.deadline
        contact = contact if a.contact is None else a.contact
        change_call(desk, dossier, deadline, contact)
    context.print(
        {"added": added, "deadline": deadline, "contact": contact},
        lambda: [
            *(_("Asked: {organisation}").format(organisation=name) for name in added),
            _("Deadline: {deadline}").format(deadline=deadline or "-"),
            _("Contact: {contact}").format(contact=contact or "-"),
        ],
    )
    return 0


def revoke_key(context: Context) -> int:
    """Take a key's word back."""
    a, desk, dossier = context.arguments, context.desk, context.dossier
    volume = open_volume(desk, dossier)
    keys = {key for one in volume.state.members.values() for key in one.certificates} | set(volume.state.secretariat)
    found = [key for key in sorted(keys) if matches(key, a.code)]
    if not found:
        raise UsageError(N_("No key of this letter has this code."))
    if a.let_stand:
        let_stand(desk, dossier, found[0])
        context.print({"fingerprint": found[0], "stands": True}, lambda: [_("This key speaks on.")])
        return 0
    signed = signed_by(volume, found[0])
    keep = signed if a.keep_all else [key for key in signed if any(key.startswith(one.lower()) for one in a.keep)]
    revoke(desk, dossier, found[0], keep)
    context.print(
        {"fingerprint": found[0], "kept": keep},
        lambda: [_("From now on nothing by this key counts; kept: {count}").format(count=len(keep))],
    )
    return 0


def colleague(context: Context) -> int:
    """A colleague's laptop into the secretariat, and the file for all its laptops."""
    a, desk, dossier = context.arguments, context.desk, context.dossier
    if (a.card is None) != (not a.code):
        raise UsageError(N_("A laptop is added by its card and its code together: --card and --code."))
    if a.card is not None:
        add_colleague(desk, dossier, context.load(a.card), a.code)
    if a.out is not None:
        context.save(a.out, file_for_colleagues(desk, dossier))
    found = laptops(desk, dossier)
    context.print(
        [{"organisation": one.organisation, "code": one.code, "own": one.own} for one in found],
        lambda: [
            "  ".join(filter(None, (one.organisation, one.code, _("this laptop") if one.own else ""))) for one in found
        ],
    )
    return 0
