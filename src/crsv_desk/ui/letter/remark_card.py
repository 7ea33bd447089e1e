"""One remark beside the text."""

from __future__ import annotations

from crsv_desk.domain.later import parts
from crsv_desk.i18n import N_, _
from crsv_desk.services.remarks import RemarkRow
from crsv_desk.ui import dates
from crsv_desk.ui.components import Card, card, chip, label, row
from crsv_desk.ui.languages import native_name
from crsv_desk.ui.word_diff import WordDiff, around

KINDS = {
    "comment": N_("comment"),
    "proposal": N_("proposal"),
    "question": N_("question"),
    "objection": N_("objection"),
}
STATES = {
    "open": ("accent", "circle-dot", N_("To do")),
    "notice": ("muted", "clock", N_("Answers later")),
    "taken": ("ok", "circle-check", N_("Taken over")),
    "partly": ("warn", "circle-dot-dashed", N_("Partly")),
    "declined": ("muted", "circle-minus", N_("Not")),
    "contradictory": ("bad", "octagon-alert", N_("Answered in two ways")),
}


REPLY = ("muted", "message-square", N_("Reply"))
UNANSWERED = ("muted", "clock", N_("No answer yet"))
ANSWERED = ("ok", "circle-check", N_("Answered"))


def shown_state(one: RemarkRow) -> tuple[str, str, str]:
    """Tone, icon and msgid of what became of a remark: a question and a reply are answered, words are taken
    over; what one said oneself is nothing that one has to do."""
    if one.replied:
        return REPLY
    if one.own and one.state == "open" and one.said.signer not in one.texts.secretariat:
        return UNANSWERED
    return ANSWERED if one.state == "taken" and (one.kind == "question" or one.refers) else STATES[one.state]


def said(one: RemarkRow) -> str:
    """What a remark says; that an answer comes later stands in it in fixed words, and is said in the reader's language."""
    found = parts(one.text) if one.kind == "comment" and not one.block and not one.refers else None
    if found is None:
        return one.text
    day, rest = found
    words = (
        _("No answer before {day}.").format(day=dates.day(day)) if day else _("The letter arrived and is being read.")
    )
    return " ".join(filter(None, (words, rest)))


def gone_after(number: int) -> str:
    """Where a remark stands whose paragraph is gone."""
    if number:
        return _("A paragraph that is gone, after paragraph {number}").format(number=number)
    return _("A paragraph that is gone")


def remark_card(one: RemarkRow, number: int, here: bool) -> Card:
    """A card with who said what on which paragraph (``number``, 0 for the whole), and what became of it. Of one that is
    gone, ``number`` is the paragraph before it."""
    where = _("Paragraph {number}").format(number=number) if number else _("The whole letter")
    if one.block and not one.stands:
        where = gone_after(number)
    tone, icon, state = shown_state(one)
    result = card(
        row(label(where, "label", "accent" if here else ""), None, chip(tone, icon, _(state)), spacing=6),
        label(
            _("{organisation} · {kind} · version {number}").format(
                organisation=one.organisation, kind=_(KINDS.get(one.kind, one.kind)), number=one.version
            ),
            "small",
        ),
        kind="card-accent" if here else "card",
        spacing=6,
    )
    if one.translation:
        words = _("In {language}: “{quote}”").format(language=native_name(one.translation), quote=one.quote)
        result.body.addWidget(label(words if one.quote else native_name(one.translation), "small"))
    if one.words:
        result.body.addWidget(label(_("About “{words}”").format(words=one.words), "muted"))
    if one.text:
        result.body.addWidget(label(said(one)))
    if one.proposal:
        result.body.addWidget(label(_("Proposed:"), "label"))
        result.body.addWidget(WordDiff(around(one.runs)))
    if one.answer:
        result.body.addWidget(label(_("Answer: {text}").format(text=one.answer), "muted"))
    result.setAccessibleName(", ".join(filter(None, (where, one.organisation, said(one), one.proposal, _(state)))))
    return result
