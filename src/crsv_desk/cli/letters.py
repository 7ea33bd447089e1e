"""letter new, publish, list, show, revise, export, diff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from crsv_desk.cli.context import Context
from crsv_desk.domain.blocks import Block
from crsv_desk.domain.changes import BlockChange, FieldChange, Run, field_name
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.i18n import N_, _, ngettext
from crsv_desk.services.attest import allow_voucher
from crsv_desk.services.book import current_letter, letter_blocks, open_volume, paragraph_numbers
from crsv_desk.services.carry import mark_version_read, since_then
from crsv_desk.services.catching_up import catch_up
from crsv_desk.services.drafting import load_draft, new_letter
from crsv_desk.services.erratum import compile_erratum
from crsv_desk.services.export import export, export_name
from crsv_desk.services.next_version import next_version
from crsv_desk.services.overview import list_letters
from crsv_desk.services.overview import summary as letter_summary
from crsv_desk.services.publish import Partner, letter_file_for_partners, publish
from crsv_desk.services.revise import asked_again, changes, draft_changes, revise, take_this_one
from crsv_desk.services.taken_over import Lacking, take_in, told
from crsv_desk.services.vouching import allowance_file


def new(context: Context) -> int:
    """Take a file in as a draft and print its id."""
    path = context.arguments.file
    a = context.arguments
    logo = context.load(a.logo) if a.logo is not None else b""
    draft = new_letter(context.desk, context.load(path), path.name, _also(context), logo)
    for remark in draft.remarks:
        context.note(remark)
    context.print({"id": draft.dossier, "remarks": draft.remarks}, lambda: [draft.dossier])
    return 0


def publish_letter(context: Context) -> int:
    """Publish the next version and write the partners' file."""
    arguments = context.arguments
    desk, dossier = context.desk, context.dossier
    partners: list[Partner] = []
    if arguments.partners is not None:
        found = desk.letters.partners(context.load(arguments.partners))
        partners = [Partner(organisation, country) for organisation, country in found]
    changed = (
        [one.block.id for one in draft_changes(desk, dossier).blocks if one.kind != "same"]
        if arguments.correction
        else []
    )
    if arguments.correction and not changed:
        raise UsageError(N_("No paragraph differs from the version that stands, so there is nothing to correct."))
    again = asked_again(desk, dossier)
    draft = load_draft(desk, dossier)
    plan = next_version(desk, draft) if draft is not None else None
    if plan is not None and plan.overtaken and not arguments.overtaken:
        sentence = N_(
            "A colleague published version {number} while this draft was in work, and what it changed is not in it: take"
            " that in with “letter revise --catch-up”, or publish with --overtaken."
        )
        raise DeskError(sentence, number=plan.overtaken)
    vouchers = [_voucher(text) for text in arguments.voucher]
    left_out = [one.remark for one in plan.lacking] if plan is not None and arguments.without_taken_over else []
    file = publish(
        desk, dossier, partners, arguments.auditor, changed, arguments.object_before, vouchers, left_out=left_out
    )
    context.save(arguments.out, file)
    for endorsed in again:
        if endorsed.declared:
            sentence = _("You declared that {name} signs version {number}; declare it anew once it agrees to this one.")
        elif changed and endorsed.keeps:
            sentence = _("{name} endorsed version {number}; that counts for this correction unless it objects.")
        else:
            sentence = _("{name} endorsed version {number} and is asked again.")
        context.note(sentence.format(name=endorsed.organisation, number=endorsed.version))
    one = letter_summary(desk, dossier)
    context.print(
        one, lambda: [_("Version {number}, letter code {code}").format(number=one.versions, code=one.letter_code)]
    )
    return 0


def _voucher(text: str) -> tuple[str, str]:
    name, equals, key = text.rpartition("=")
    if not equals:
        raise UsageError(N_("Write a voucher as “NAME=AGEKEY”."))
    return name, key


def hand_over(context: Context) -> int:
    """Write the partners' file as it stands now, with receipts and what became of remarks."""
    context.save(context.arguments.out, letter_file_for_partners(context.desk, context.dossier))
    one = letter_summary(context.desk, context.dossier)
    context.print(
        one, lambda: [_("Version {number}, letter code {code}").format(number=one.versions, code=one.letter_code)]
    )
    return 0


def list_all(context: Context) -> int:
    """Every letter here."""
    found = list_letters(context.desk)
    for problem in dict.fromkeys(problem for one in found for problem in one.problems):
        context.note(problem)
    context.print(
        found,
        lambda: [
            (
                _("{id}  version {number}  {endorsed} of {all} endorsed  {title}")
                if one.secretariat
                else _("{id}  version {number}  {title}")  # a partner does not know who else is asked
            ).format(
                id=one.dossier[:12], number=one.versions, endorsed=one.endorsed, all=one.organisations, title=one.title
            )
            for one in found
        ],
    )
    return 0


def show(context: Context) -> int:
    """The text that stands, or the draft."""
    desk, dossier, language = context.desk, context.dossier, context.arguments.language
    volume = open_volume(desk, dossier)
    draft = load_draft(desk, dossier)
    if volume.state.letters:
        current = current_letter(volume.state).id
        texts = volume.letter(current).texts
        _require_language([one.language for one in texts], language)
        subject = next((one.subject for one in texts if one.language == language), texts[0].subject)
        blocks = letter_blocks(desk, volume, current, language)
        mark_version_read(desk, dossier, current)
    else:
        drafted = draft.texts if draft is not None else ()
        _require_language([one.language for one in drafted], language)
        wanted = next((one for one in drafted if one.language == language), drafted[0] if drafted else None)
        subject = wanted.subject if wanted is not None else ""
        blocks = desk.letters.blocks(wanted.body) if wanted is not None else ()
    one = letter_summary(desk, dossier)
    context.print({"letter": one, "blocks": blocks}, lambda: [subject or one.title, "", *_lines(blocks)])
    return 0


def revise_letter(context: Context) -> int:
    """Put a changed text into the draft, or the words that a colleague took over, and say what changed."""
    path: Path | None = context.arguments.file
    desk, dossier = context.desk, context.dossier
    if path is None and not (context.arguments.taken_over or context.arguments.catch_up):
        raise UsageError(N_("Name the file with the changed text, or say --catch-up or --taken-over."))
    if path is not None:
        draft = revise(desk, dossier, context.load(path), path.name, _also(context))
        for remark in draft.remarks:
            context.note(remark)
    clashes = catch_up(desk, dossier).clashes if context.arguments.catch_up else ()
    for words in clashes:
        context.note(
            _("Both of you changed these words; your colleague's are not in the draft: “{words}”").format(words=words)
        )
    if context.arguments.taken_over:
        take_in(desk, dossier)
    lacks = _say_lacking(context)
    found = draft_changes(desk, dossier)
    words = found.summary if found.blocks else _("The draft says this now; no version was published yet.")
    told_all = {"id": dossier, "summary": words, "clashes": clashes, "lacking": lacks}
    context.print(told_all, lambda: [words])
    return 0


def _say_lacking(context: Context) -> Sequence[Lacking]:
    """The remarks whose words are said to be taken over, and are not in the draft."""
    draft = load_draft(context.desk, context.dossier)
    found = next_version(context.desk, draft).lacking if draft is not None else ()
    for one in found:
        context.note(_("Said to be taken over, and not in the text: {what}").format(what=told(one)))
    return found


def choose(context: Context) -> int:
    """Of two under one number take one; it is published anew and names both."""
    desk, dossier = context.desk, context.dossier
    context.save(context.arguments.out, take_this_one(desk, dossier, context.arguments.statement))
    _say_lacking(context)
    one = letter_summary(desk, dossier)
    context.print(
        one, lambda: [_("Version {number}, letter code {code}").format(number=one.versions, code=one.letter_code)]
    )
    return 0


def erratum(context: Context) -> int:
    """Who withdrew after the letter was sent, as a sealed page beside it."""
    made = compile_erratum(context.desk, context.dossier)
    context.save(context.arguments.out, made.pdf)
    unnamed = ngettext(
        "{count} organisation without a name left.", "{count} organisations without a name left.", made.unnamed
    )
    context.print(
        {"number": made.number, "left": made.left, "unnamed": made.unnamed, "verification": made.verification},
        lambda: [
            made.verification.verdict,
            *(_("No longer signs: {name}").format(name=name) for name in made.left),
            *([unnamed.format(count=made.unnamed)] if made.unnamed else []),
        ],
    )
    return 0


def voucher(context: Context) -> int:
    """Let a confirmed organisation vouch for others."""
    a = context.arguments
    allow_voucher(context.desk, context.dossier, a.organisation, a.count)
    if a.out is not None:
        context.save(a.out, allowance_file(context.desk, context.dossier, a.organisation))
    sentence = _("{name} may vouch for up to {count} organisations without naming them.")
    context.print(
        {"organisation": a.organisation, "count": a.count},
        lambda: [sentence.format(name=a.organisation, count=a.count)],
    )
    return 0


def export_letter(context: Context) -> int:
    """Write the text into a file of the kind that its ending names."""
    a = context.arguments
    desk, dossier = context.desk, context.dossier
    path: Path = a.out / export_name(desk, dossier, ".pdf", a.published, a.language) if a.out.is_dir() else a.out
    context.save(path, export(desk, dossier, path.suffix, a.published, a.language))
    context.print({"file": str(path)}, list)
    return 0


def diff(context: Context) -> int:
    """What changed between two versions; where none is named, since that which this workspace answered, or read."""
    desk, dossier, a = context.desk, context.dossier, context.arguments
    since = since_then(desk, dossier) if not a.old and not a.new else None
    found = changes(desk, dossier, since.old if since is not None else a.old, a.new)
    changed = [one for one in found.blocks if one.kind != "same"]
    versions = _("From version {old} to version {new}: {summary}")
    context.print(
        {"old": found.old, "new": found.new, "summary": found.summary, "changes": changed, "fields": found.fields,
         "object_before": found.object_before},
        lambda: [
            versions.format(old=found.old, new=found.new, summary=found.summary),
            *([_("One may object until {day}.").format(day=found.object_before)] if found.object_before else []),
            *(_field(one) for one in found.fields),
            *(_changed(one) for one in changed),
        ],
    )  # fmt: skip
    return 0


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    numbers = paragraph_numbers(blocks)
    for block in blocks:
        number = f"{numbers[block.id]:>3}  " if numbers[block.id] else "     "
        yield f"{number}[{block.id}] {block.marker + ' ' if block.marker else ''}{block.text}"


def _also(context: Context) -> list[tuple[bytes, str]]:
    return [(context.load(path), path.name) for path in context.arguments.also]


def _require_language(known: Sequence[str], language: str) -> None:
    if language and language not in known:
        raise UsageError(
            N_("This letter is not in {language}; it is in: {known}"), language=language, known=", ".join(known)
        )


_SIGNS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}


def _changed(change: BlockChange) -> str:
    if change.runs:
        words = _marked(change.runs)
    else:
        before, after = _SIGNS[change.kind]
        words = f"{before}{change.block.text}{after}"
    return f"[{change.block.id}] {words}"


def _field(change: FieldChange) -> str:
    name = ", ".join(filter(None, (field_name(change.field), change.language)))
    return f"[{name}] {_marked(change.runs)}"


def _marked(runs: Sequence[Run]) -> str:
    return "".join(f"{_SIGNS[run.kind][0]}{run.text}{_SIGNS[run.kind][1]}" for run in runs)
