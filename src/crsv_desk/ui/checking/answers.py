"""Is it whole, whose is it; what is proved, what is only claimed, what is wrong, what came later: each in a box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel

from crsv_desk.i18n import _, ngettext
from crsv_desk.services.verification import Verification
from crsv_desk.ui.columns import Columns
from crsv_desk.ui.components import Card, Icon, card, label, row

NARROW = 760
"""Pixels below which two boxes stand under one another."""
MOST_WRONG = 8
"""Sentences on what is wrong that are shown."""


def answers(one: Verification) -> Columns:
    """Whether anything was changed, and whose it is: answered apart."""
    return Columns((_whole(one), _whose(one)), NARROW)


def faults(one: Verification) -> Sequence[Card]:
    """What does not hold, or is not there; a long list is cut, for the report has all of it. Whose it is is asked apart: not
    knowing it is no fault of the file."""
    told = [finding.sentence for finding in one.findings if finding.holds is False and finding.topic == "whole"]
    shown = [sentence for sentence in told if sentence != one.verdict]
    if not shown:
        return ()
    if more := len(shown[MOST_WRONG:]):
        sentence = ngettext("And {count} more; the report lists all.", "And {count} more; the report lists all.", more)
        shown[MOST_WRONG:] = [sentence.format(count=more)]
    if one.conclusion == "no seal":
        return (_list("muted", "info", _("What was looked for"), "minus", shown),)
    if not one.known:
        return (_list("warn", "circle-question-mark", _("This could not be compared"), "minus", shown),)
    return (_list("bad", "octagon-alert", _("This is wrong"), "x", shown),)


def news(one: Verification) -> Sequence[Card]:
    """What came after the file was sealed."""
    later = [finding.sentence for finding in one.findings if finding.topic == "since"]
    return (_list("warn", "history", _("Since then"), "clock", later),) if later else ()


def proofs(one: Verification) -> Sequence[Columns]:
    """What is proved, and what stands in the file and rests on somebody's word."""
    proved = [finding.sentence for finding in one.findings if finding.holds]
    claimed = [finding.sentence for finding in one.findings if finding.holds is None and finding.topic != "since"]
    boxes = []
    if proved:
        boxes.append(_list("ok", "lock", _("This is proved"), "check", proved))
    if claimed:
        boxes.append(_list("muted", "circle-question-mark", _("This is only claimed"), "minus", claimed))
    return (Columns(boxes, NARROW),) if boxes else ()


def _whole(one: Verification) -> Card:
    if one.whole:
        return _answer("ok", "circle-check", _("Is it whole?"), _("Yes. Nothing was changed since it was signed."))
    if one.conclusion == "no seal":
        sentence = _("That cannot be said: nothing in it was sealed.")
        return _answer("muted", "circle-question-mark", _("Is it whole?"), sentence)
    if not one.known:
        sentence = _(
            "Nothing was changed since it was sealed. Whether its pages say what was signed is not known: another version of"
            " CRSV Desk set them, and this one could not compare them."
        )
        return _answer("warn", "circle-question-mark", _("Is it whole?"), sentence)
    return _answer("bad", "octagon-alert", _("Is it whole?"), _("No. What is wrong stands below."))


def _whose(one: Verification) -> Card:
    question = _("Whose is it?")
    if one.whose and not one.known:
        sentence = _("The seal and the statements in it are from {name}: the code of its key was compared.")
        return _answer("ok", "badge-check", question, sentence.format(name=one.signer))
    if one.whose and not one.whole:
        sentence = _("The statements in it are from {name}. The file, as it is now, is not.").format(name=one.signer)
        return _answer("warn", "badge-question-mark", question, sentence)
    if one.whose:
        sentence = _("From {name}: the code of its key was compared.").format(name=one.signer)
        return _answer("ok", "badge-check", question, sentence)
    if one.signer:
        sentence = _("It says it is from {name}. That has not been confirmed.").format(name=one.signer)
        return _answer("warn", "badge-question-mark", question, sentence)
    return _answer("muted", "circle-question-mark", question, _("That cannot be said: nothing in it proves it."))


def _list(tone: str, icon: str, title: str, mark: str, sentences: Sequence[str]) -> Card:
    """A titled box with a line for each sentence, which a screen reader reads as one."""
    result = card(row(Icon(icon, 20, tone), label(title, "h2"), spacing=8), spacing=8)
    for sentence in sentences:
        result.body.addLayout(_line(Icon(mark, 18, tone), label(sentence)))
    result.body.addStretch(1)
    return _readable(result, title, " ".join(sentences))


def _answer(tone: str, icon: str, question: str, sentence: str) -> Card:
    result = card(row(Icon(icon, 20, tone), label(question, "h2"), spacing=8), label(sentence), spacing=4)
    result.body.addStretch(1)
    return _readable(result, question, sentence)


def _readable(one: Card, name: str, words: str) -> Card:
    """A stop for the keyboard, so that a screen reader comes by."""
    one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    one.setAccessibleName(name)
    one.setAccessibleDescription(words)
    return one


def _line(icon: Icon, words: QLabel) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    return line
