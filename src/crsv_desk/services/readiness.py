"""What stands in the way of compiling a letter, and what one should know before: nothing is decided here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crsv_desk.domain.later import is_notice
from crsv_desk.domain.paper import Edition
from crsv_desk.domain.remarks import comment_of
from crsv_desk.domain.statements import Closing, Endorsement, Letter
from crsv_desk.i18n import _, ngettext
from crsv_desk.services.book import Volume, open_volume
from crsv_desk.services.closing import counted, latest_closing
from crsv_desk.services.desk import Desk
from crsv_desk.services.drafting import load_draft
from crsv_desk.services.overview import problems, status
from crsv_desk.services.revived import revived_keys

Weight = Literal["stop", "look"]
"""``stop``: it cannot be compiled like this. ``look``: it can, and something is not as it could be."""
Kind = Literal["letter", "conflict", "unread", "lead", "older", "declared", "unconfirmed", "silent", "contradictory", "remarks",
               "logos", "reservations", "left", "revived"]  # fmt: skip
SHOWN = 6
"""Names that a sentence lists; the rest is a number."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing, in two translated lines: what is the case, and what follows from it."""

    kind: Kind
    weight: Weight
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a letter is."""

    missing: tuple[Missing, ...]
    """Those that stop first."""
    lead: str
    version: int
    """0 where nothing is published."""
    named: tuple[str, ...]
    """Organisations that the public editions name, the lead aside, by alphabet."""
    withheld: tuple[str, ...]
    """Organisations that only the full edition names, by alphabet."""
    place: str
    """As the draft has it."""
    date: str
    """As the draft has it, ``2026-05-26``, or empty."""

    @property
    def stops(self) -> tuple[Missing, ...]:
        return tuple(one for one in self.missing if one.weight == "stop")

    def others(self, edition: Edition) -> tuple[str, ...]:
        """The organisations that an edition names beside the lead."""
        return tuple(sorted((*self.named, *self.withheld))) if edition == "full" else self.named


def readiness(desk: Desk, dossier: str) -> Readiness:
    """Look at everything that compiling would rest on now."""
    volume = open_volume(desk, dossier)
    draft = load_draft(desk, dossier)
    current = volume.state.current
    letter = current.statement if current is not None else None
    lead = letter.lead if isinstance(letter, Letter) else ""
    endorsed = [endorsement for _held, endorsement in counted(volume.state)]
    named = {one.organisation for one in endorsed if not one.reply}
    withheld = {one.organisation for one in endorsed if one.reply}
    return Readiness(
        missing=(*_stops(volume, lead, named), *_looks(desk, volume, endorsed)),
        lead=lead,
        version=letter.n if isinstance(letter, Letter) else 0,
        named=tuple(sorted(named - {lead})),
        withheld=tuple(sorted(withheld - {lead})),
        place=draft.text("place") if draft is not None else "",
        date=draft.text("date") if draft is not None else "",
    )


def _stops(volume: Volume, lead: str, named: set[str]) -> Sequence[Missing]:
    state = volume.state
    if not state.letters:
        text = _("Publish the text first; what is signed and sent is the published text.")
        return [Missing("letter", "stop", _("The letter is not published yet"), text)]
    found = []
    if state.conflicts:
        text = " ".join(problems(state))
        found.append(Missing("conflict", "stop", _("Something here contradicts itself"), text))
    if state.unread:
        text = _("Update CRSV Desk; until then nobody knows whether it changes something.")
        found.append(Missing("unread", "stop", _("Something here needs a newer CRSV Desk"), text))
    if state.current is not None and lead not in named:
        text = _("Whoever leads the letter signs it too, by name. Then it can be compiled.")
        found.append(Missing("lead", "stop", _("{lead} has not signed yet").format(lead=lead), text))
    return found


def _looks(desk: Desk, volume: Volume, endorsed: Sequence[Endorsement]) -> Sequence[Missing]:
    rows = status(desk, volume.state.dossier)

    def standing(*wanted: str) -> list[str]:
        return [row.organisation for row in rows if row.standing in wanted]

    found = []
    for kind, names, title in (
        ("left", _left(volume), _gone),
        ("older", standing("endorsed an older version"), _older),
        ("declared", [row.organisation for row in rows if row.older], _declared),
        ("unconfirmed", standing("unconfirmed"), _unconfirmed),
        ("revived", [one.organisation for one in revived_keys(desk, volume)], _revived),
        ("silent", standing("invited", "opened", "remarks"), _silent),
        ("contradictory", [row.organisation for row in rows if row.contradictory], _contradictory),
        ("reservations", [one.organisation for one in endorsed if one.reservation.text and not one.reply], _reserved),
        ("logos", [one.organisation for one in endorsed if not one.logo and not one.reply], _without_logo),
    ):
        if names:
            one, text = title(len(names)), _listed(names)
            found.append(Missing(kind, "look", one, text))  # type: ignore[arg-type]
    every = (*volume.state.remarks, *volume.state.unknown_remarks)
    remarks = sum(one.state == "open" and not is_notice(comment_of(one.held)) for one in every)
    if remarks:
        title_words = ngettext("{count} remark is not settled", "{count} remarks are not settled", remarks)
        text = ngettext(
            "Whoever made it sees no answer in this version.",
            "Whoever made them sees no answer in this version.",
            remarks,
        )
        found.append(Missing("remarks", "look", title_words.format(count=remarks), text))
    return found


def _left(volume: Volume) -> list[str]:
    """Those who stand in the public PDF that was sealed last, and have taken their endorsement back since."""
    latest = latest_closing(volume.state, "public")
    refused = {one.organisation for one in volume.state.organisations if one.standing in ("withdrawn", "declined")}
    if latest is None or not isinstance(latest.statement, Closing):
        return []
    return [row.printed for row in latest.statement.rows if row.printed in refused]


def _gone(count: int) -> str:
    words = ngettext(
        "{count} withdrew after a PDF was sealed: make an erratum",
        "{count} withdrew after a PDF was sealed: make an erratum",
        count,
    )
    return words.format(count=count)


def _older(count: int) -> str:
    words = ngettext(
        "{count} signed an older version and is left out", "{count} signed an older version and are left out", count
    )
    return words.format(count=count)


def _declared(count: int) -> str:
    words = ngettext(
        "{count} was declared for an older version and is left out",
        "{count} were declared for an older version and are left out",
        count,
    )
    return words.format(count=count)


def _unconfirmed(count: int) -> str:
    words = ngettext(
        "{count} waits for the phone check and is left out", "{count} wait for the phone check and are left out", count
    )
    return words.format(count=count)


def _revived(count: int) -> str:
    words = ngettext(
        "{count} key was taken back on one laptop and confirmed on another",
        "{count} keys were taken back on one laptop and confirmed on another",
        count,
    )
    return words.format(count=count)


def _silent(count: int) -> str:
    return ngettext("{count} has not answered", "{count} have not answered", count).format(count=count)


def _contradictory(count: int) -> str:
    words = ngettext(
        "{count} gave answers that contradict each other", "{count} gave answers that contradict each other", count
    )
    return words.format(count=count)


def _reserved(count: int) -> str:
    words = ngettext("{count} signed with a reservation", "{count} signed with a reservation", count)
    return words.format(count=count)


def _without_logo(count: int) -> str:
    words = ngettext(
        "{count} logo is missing; the name stands in letters",
        "{count} logos are missing; the names stand in letters",
        count,
    )
    return words.format(count=count)


def _listed(names: Sequence[str]) -> str:
    shown, more = "; ".join(names[:SHOWN]), len(names) - SHOWN
    if more <= 0:
        return shown
    return ngettext("{names}; and {count} more", "{names}; and {count} more", more).format(names=shown, count=more)
