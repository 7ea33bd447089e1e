"""What changed since the version before: for each part what it was and what it is now, with the words that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crsv_desk.domain.changes import BlockChange, FieldChange
from crsv_desk.domain.changes import Run as Change
from crsv_desk.domain.draft_paper import DraftLetter
from crsv_desk.pdf.canvas import TaggedCanvas
from crsv_desk.pdf.draft_furniture import draft_furniture
from crsv_desk.pdf.draft_letter import LineNumbers
from crsv_desk.pdf.flow import Frame, Strip, frames, place
from crsv_desk.pdf.measures import BODY, BOTTOM, FULL_WIDTH, HEADING, LEAD, LEFT, TITLE, TOP
from crsv_desk.pdf.paragraphs import Tag, Text, baseline, strips
from crsv_desk.pdf.parts import Part
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import GREY, INK, Run
from crsv_desk.pdf.tags import Element

_AROUND = 10
"""Words that stay of a stretch that did not change, at either side of one that did."""
_GONE = BODY.but(colour=GREY)


def changes_part(setting: Setting, draft: DraftLetter, document: Element, lines: LineNumbers) -> Part:
    """Lay the list out. Raises ``DeskError``: a character is in none of the fonts."""
    _ = setting.wording.gettext
    title = _("Changes since version {number}").format(number=draft.before)
    part = Tag("Part", document, title=title)
    words = Tag("Sect", part, language=setting.foreign_wording)
    head = strips(
        Text(setting, [Run(title, TITLE.but(colour=setting.accent))], FULL_WIDTH, own_direction=True), Tag("H1", words)
    )
    setting.remember(head, title)
    legend = _("Words that are gone are struck through; words that are new are bold and underlined.")
    flow = [
        *head,
        *strips(Text(setting, [Run(legend, LEAD)], FULL_WIDTH, own_direction=True), Tag("P", words), before=9.0),
    ]
    for field in draft.fields:
        flow += _field(setting, part, field)
    for one in draft.changes:
        if one.kind != "same":
            flow += _change(setting, part, one, lines)
    frame = Frame(0, setting.left(LEFT, FULL_WIDTH), TOP, BOTTOM)
    return Part("changes", title, place(flow, frames(frame, frame)), None, draft_furniture(draft))


def _field(setting: Setting, part: Tag, one: FieldChange) -> list[Strip]:
    """A field around the text: its name, and what it was and is."""
    _ = setting.wording.gettext
    name = {
        "recipient": _("Address"),
        "subject": _("Subject"),
        "salutation": _("Salutation"),
        "closing": _("Closing words"),
        "lead": _("Lead organisation"),
    }[one.field]
    made = _heading(setting, part, _("{field}: changed").format(field=name))
    # An address says line by line where it is going; in a sentence its lines stand behind one another.
    return made + _was_and_is(setting, part, [replace(run, text=run.text.replace("\n", ", ")) for run in one.runs])


def _heading(setting: Setting, part: Tag, title: str) -> list[Strip]:
    heading = Text(setting, [Run(title, HEADING.but(colour=setting.accent))], FULL_WIDTH, own_direction=True)
    made = strips(heading, Tag("H2", part, language=setting.foreign_wording), before=14.0)
    return [*made, Strip(3.0, lambda canvas, left, top: None, breakable=False)]


def _was_and_is(setting: Setting, part: Tag, runs: Sequence[Change]) -> list[Strip]:
    _ = setting.wording.gettext
    made = []
    if any(run.kind == "removed" for run in runs):
        made += _words(setting, part, _("Was:"), runs, "removed")
    if any(run.kind == "added" for run in runs):
        made += _words(setting, part, _("Now:"), runs, "added")
    return made


def _change(setting: Setting, part: Tag, one: BlockChange, lines: LineNumbers) -> list[Strip]:
    _ = setting.wording.gettext
    first, last = lines.of_block.get(one.block.id, (0, 0))
    if one.kind == "removed":
        title = _("Left out")
    else:
        kind = _("changed") if one.kind == "changed" else _("new")
        where = _("Line {first}: {kind}") if first == last else _("Lines {first} to {last}: {kind}")
        title = where.format(first=first, last=last, kind=kind)
    made = _heading(setting, part, title) + _was_and_is(setting, part, one.runs)
    if all(run.kind == "same" for run in one.runs):
        sentence = _("The words are the same; their emphasis, link or place in the list changed.")
        made += strips(Text(setting, [Run(sentence, BODY)], FULL_WIDTH), Tag("P", part), keep=True)
    return made


def _words(setting: Setting, part: Tag, label: str, changes: Sequence[Change], kind: str) -> list[Strip]:
    """One side of a change, with its words marked."""
    runs = [Run(f"{label} ", LEAD.but(bold=True), language=setting.foreign_wording)]
    marked: set[int] = set()
    shown = [one for one in changes if one.kind in ("same", kind)]
    for number, one in enumerate(shown):
        if one.kind == kind:
            core = one.text.strip()
            before, _core, after = one.text.partition(core) if core else (one.text, "", "")
            runs += [Run(before, BODY)] if before else []
            marked.add(len(runs))
            runs.append(Run(core, _GONE if kind == "removed" else BODY.but(bold=True)))
            runs += [Run(after, BODY)] if after else []
        else:
            runs.append(Run(_shortened(one.text, first=number == 0, last=number == len(shown) - 1), BODY))
    text = Text(setting, runs, FULL_WIDTH)
    lines = strips(text, Tag("P", part), keep=True, before=4.0)
    return [_ruled(text, strip, number, marked, kind) for number, strip in enumerate(lines)]


def _shortened(text: str, *, first: bool, last: bool) -> str:
    words = text.split(" ")
    if len(words) <= 2 * _AROUND + 2:
        return text
    before = [] if first else words[:_AROUND]
    after = [] if last else words[-_AROUND:]
    return " ".join([*before, "…", *after])


def _ruled(text: Text, strip: Strip, number: int, marked: set[int], kind: str) -> Strip:
    """Rules through or under the marked words of one line."""
    line = text.lines[number]
    stretches: list[tuple[float, float]] = []
    for atom, offset in line.placed():
        if text.origins[atom.run] in marked and not (atom.space and offset >= line.width - 0.1):
            if stretches and abs(stretches[-1][1] - offset) < 0.1:
                stretches[-1] = (stretches[-1][0], offset + atom.width)
            else:
                stretches.append((offset, offset + atom.width))
    if not stretches:
        return strip
    shift = 2.6 if kind == "removed" else -1.6

    def paint(canvas: TaggedCanvas, left: float, top: float) -> None:
        strip.paint(canvas, left, top)
        x = left + text.width - line.width if text.right_to_left else left
        at = top + (text.heights[number] - text.leading) * 0.6 + baseline(BODY, text.leading) - shift
        for start, end in stretches:
            canvas.rule(x + start, at, min(end, line.width) - start, 0.7, GREY if kind == "removed" else INK)

    return Strip(strip.height, paint, strip.before, strip.breakable, strip.header)
