"""How each standing looks: an icon, a tone and words, so that it survives grey paper and a colour-blind eye."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crsv_desk.i18n import N_, _
from crsv_desk.services.overview import StatusRow
from crsv_desk.ui import dates

_LOOKS = {
    "unconfirmed": ("phone", "warn", N_("Waits for the phone check")),
    "endorsed an older version": ("history", "warn", N_("Signed an older version")),
    "remarks": ("message-square", "accent", N_("Remarks, no decision")),
    "endorsed": ("circle-check", "ok", N_("Signed")),
    "conditional": ("circle-dot-dashed", "ok", N_("Signed with a reservation")),
    "attested": ("stamp", "accent", N_("Declared by the secretariat")),
    "vouched": ("stamp", "accent", N_("Declared by a voucher")),
    "opened": ("mail-open", "muted", N_("Opened, no answer yet")),
    "invited": ("send", "muted", N_("Asked, no answer")),
    "declined": ("circle-minus", "muted", N_("Does not sign")),
    "withdrawn": ("undo-2", "muted", N_("Took its signature back")),
}
_SHOWN = {
    "all": N_("Public"),
    "no-mark": N_("Public, without mark"),
    "organisation": N_("Organisation only"),
    "none": N_("Name withheld"),
}
FILTERS: Mapping[str, frozenset[str]] = {
    "all": frozenset(_LOOKS),
    "signed": frozenset({"endorsed", "conditional"}),
    "action": frozenset({"unconfirmed", "endorsed an older version", "remarks"}),
    "silent": frozenset({"invited", "opened"}),
    "no": frozenset({"declined", "withdrawn"}),
}
"""What a filter lets through; a contradiction always asks for action."""


@dataclass(frozen=True, slots=True)
class Look:
    icon: str
    tone: str
    words: str
    rank: int
    """What asks for something stands first."""


def look(row: StatusRow) -> Look:
    """How a row's standing is shown."""
    if row.contradictory:
        return Look("octagon-alert", "bad", _("Contradicts itself"), 0)
    icon, tone, english = _LOOKS[row.standing]
    words = _(english)
    if row.standing == "opened" and row.later:
        words = _("Opened, no answer before {day}").format(day=dates.recent(row.later))
    elif row.older:
        return Look("history", "warn", _("Declared for an older version"), 2)
    elif row.standing in ("attested", "vouched") and row.reason:
        words = _("Declared: does not sign")
    return Look(icon, tone, words, 1 + list(_LOOKS).index(row.standing))


def shown(row: StatusRow) -> str:
    """What the public sees of it."""
    return _(_SHOWN[row.visible]) if row.visible else _("Name withheld") if row.withheld else "–"


def passes(row: StatusRow, name: str) -> bool:
    """Whether a filter lets a row through."""
    return row.standing in FILTERS[name] or ((row.contradictory or row.older) and name == "action")


def named(row: StatusRow, hidden: bool) -> str:
    """The organisation's name, or that it is withheld where names are hidden from who looks along."""
    if hidden and row.withheld and not row.vouched:
        return _("Name withheld")
    if row.vouched:
        return _("{count}, for whom {name} answers").format(count=row.vouched, name=row.organisation)
    return row.organisation
