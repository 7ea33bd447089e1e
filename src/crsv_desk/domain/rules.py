"""What the keys of one statement must say together (docs/format.md, "Types"): what no single key's form can hold."""

from __future__ import annotations

from crsv_desk.domain.statements import Attestation, Closing, Comment, Endorsement, Letter, Statement

SHOWN = "shown"
DAY_ONLY = "T00:00:00Z"
"""How the claimed time of an endorsement ends that shows its organisation only."""


def agrees(statement: Statement) -> bool:
    """Whether the keys of a statement do not contradict each other."""
    match statement:
        case Letter():
            return _letter(statement)
        case Endorsement():
            return _people(statement) and _withheld(statement)
        case Comment():
            settles = statement.kind == "settlement"
            return settles == bool(statement.state) and (not settles or bool(statement.refers))
        case Attestation():
            return statement.count == 1 or not statement.organisation
        case Closing():
            return _closing(statement)
    return True


def _letter(letter: Letter) -> bool:
    languages = [text.language.lower() for text in letter.texts]
    once = len(set(languages)) == len(languages) and len(set(letter.blocks)) == len(letter.blocks)
    return once and (bool(letter.correction.blocks) or not letter.correction.object_before)


def _people(endorsement: Endorsement) -> bool:
    """One to six people; none where both names and roles are withheld, so that not even their number is told."""
    shown = endorsement.visibility
    if SHOWN not in (shown.name, shown.role):
        return not endorsement.people
    return bool(endorsement.people) and all(
        bool(one.name) == (shown.name == SHOWN) and (shown.role == SHOWN or not one.role) for one in endorsement.people
    )


def _withheld(endorsement: Endorsement) -> bool:
    """What is withheld is not there; nor is a picture in what travels sealed, whose size is fixed."""
    shown = endorsement.visibility
    if endorsement.reply:
        everything = (shown.name, shown.role, shown.mark, shown.logo) == (SHOWN,) * 4
        return everything and not endorsement.logo and endorsement.mark in ("none", "typed")
    return (
        (shown.mark == SHOWN or endorsement.mark == "none")
        and (shown.logo == SHOWN or not endorsement.logo)
        and (shown.name == SHOWN or endorsement.time.endswith(DAY_ONLY))
    )


def _closing(closing: Closing) -> bool:
    ids = [row.id for row in closing.rows]
    if len(set(ids)) != len(ids) or set(ids) & set(closing.withheld):
        return False
    return closing.edition != "full" or not closing.withheld
