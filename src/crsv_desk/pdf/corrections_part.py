"""Which version each organisation signed, where a correction came after the first signatures; and the changed words."""

from __future__ import annotations

from crsv_desk.domain.paper import CorrectedVersion
from crsv_desk.pdf.flow import Strip
from crsv_desk.pdf.measures import FULL_WIDTH, PLAIN
from crsv_desk.pdf.paragraphs import Tag, Text, strips
from crsv_desk.pdf.setting import Setting
from crsv_desk.pdf.styles import Run


def corrections(setting: Setting, part: Tag) -> list[Strip]:
    """For every earlier version: who signed it, and every changed paragraph as it was and as it is, the words that differ
    in bold. Nothing where everybody signed the text that is printed."""
    made: list[Strip] = []
    for version in setting.letter.corrected:
        made += _version(setting, part, version)
    return made


def _version(setting: Setting, part: Tag, version: CorrectedVersion) -> list[Strip]:
    _, ngettext = setting.wording.gettext, setting.wording.ngettext
    names = setting.wording.names([setting.inserted(name) for name in version.organisations])
    sentence = ngettext(
        "{names} signed version {old} and allowed factual corrections. It did not object to those of version {new}:",
        "{names} signed version {old} and allowed factual corrections. They did not object to those of version {new}:",
        len(version.organisations),
    ).format(names=names, old=version.old, new=version.new)
    made = strips(Text(setting, [Run(sentence, PLAIN)], FULL_WIDTH, own_direction=True), Tag("P", part), keep=True)
    language = setting.letter.text.language if setting.foreign_wording else ""
    for change in version.changes:
        where = _("Paragraph {number}").format(number=change.number) if change.number else _("Heading")
        for number, gone in ((version.old, True), (version.new, False)):
            kind = "removed" if gone else "added"
            words = [
                Run(run.text, PLAIN.but(bold=run.kind == kind), language=change.language or language)
                for run in change.runs
                if run.text and run.kind in ("same", kind)
            ]
            said = words or [Run(_("not there"), PLAIN)]
            label = _("{where}, version {number}: ").format(where=where, number=number)
            text = Text(setting, [Run(label, PLAIN), *said], FULL_WIDTH, own_direction=True)
            made += strips(text, Tag("P", part), before=6.0 if gone else 2.0)
    return made
