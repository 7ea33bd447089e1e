"""comment, remarks, settle."""

from __future__ import annotations

from typing import get_args

from crsv_desk.cli.answers import send
from crsv_desk.cli.context import Context
from crsv_desk.i18n import _
from crsv_desk.services.remarks import (
    RemarkKind,
    RemarkRow,
    comment,
    facts,
    list_remarks,
    mark_sent,
    remark_states,
    remarks_file,
)
from crsv_desk.services.settling import settle


def comment_letter(context: Context) -> int:
    """Sign a remark; with ``--out``, write it and those that wait into one file to send."""
    a = context.arguments
    given: dict[RemarkKind, str | None] = {
        "comment": a.text, "proposal": a.proposal, "question": a.question, "objection": a.objection,
    }  # fmt: skip
    kind = next(one for one in get_args(RemarkKind) if given[one] is not None)
    words = given[kind] or ""
    out = comment(
        context.desk,
        context.dossier,
        kind,
        a.why if kind == "proposal" else words,
        block=context.block(a.block),
        words=a.words,
        proposal=words if kind == "proposal" else "",
        refers=a.refers,
        sealed=a.sealed,
        language=a.language,
    )
    if a.out is None:
        context.print(
            {"statement": out.statement, "kind": out.kind, "sealed": out.sealed},
            lambda: [_("Kept; it goes out with the next remark that is written to a file.")],
        )
        return 0
    together = remarks_file(context.desk, context.dossier)
    result = send(context, together)
    mark_sent(context.desk, context.dossier, together)
    return result


def remarks(context: Context) -> int:
    """id, block, version, author, kind, state."""
    rows = list_remarks(context.desk, context.dossier)
    context.print([facts(row) for row in rows], lambda: [_line(row) for row in rows])
    return 0


def settle_remark(context: Context) -> int:
    """Answer one remark."""
    a = context.arguments
    row = settle(context.desk, context.dossier, a.remark, a.state, a.answer, a.words)
    context.print(facts(row), lambda: [_line(row)])
    return 0


def _line(row: RemarkRow) -> str:
    where = " ".join(filter(None, (row.block or _("whole letter"), row.translation)))
    words = row.proposal or row.text
    if row.words:
        words = f"“{row.words}”: {words}"
    answer = f"  -> {row.answer}" if row.answer else ""
    reply = "  > " if row.refers else ""
    number = _("version {number}").format(number=row.version)
    state = _("answered") if (row.kind, row.state) == ("question", "taken") else remark_states()[row.state]
    return f"{reply}{row.statement[:12]}  {where}  {number}  {row.organisation}  {row.kind}  {state}  {words}{answer}"
