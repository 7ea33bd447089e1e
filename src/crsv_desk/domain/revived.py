"""Keys that one colleague took the word of back while another confirmed them anew.

In the union of all rosters such a key speaks: the entry that was added is not the one that was revoked. That stands, and is
no mistake of either; but both must be told, for a lost laptop may be among them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from crsv_desk.domain.admission import Held
from crsv_desk.domain.dossier import Member
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.secretariat import roster_of


@dataclass(frozen=True, slots=True)
class Revived:
    """One key that speaks again, without anybody having decided so who knew of both."""

    organisation: str
    fingerprint: str
    revoked_by: tuple[str, ...]
    """Fingerprints of those who took its word back, sorted."""
    confirmed_by: tuple[str, ...]
    """Of those who gave it the word, sorted."""


def revived(
    rosters: Collection[Held], openings: Iterable[Opening], members: Mapping[str, Member]
) -> tuple[Revived, ...]:
    """The keys of ``members`` whose word a roster took back, and that speak by no entry of a roster whose signer knew of
    every such roster; by organisation and key. A roster that itself adds the key again took nothing back. ``rosters`` are
    those in force."""
    taking = [one for one in rosters if roster_of(one).revoke]
    if not taking:
        return ()  # nearly always
    by_entry = {opening.entry: opening for opening in openings}
    revoking: dict[str, set[str]] = {}
    for one in taking:
        given = _keys(roster_of(one).add, by_entry)
        for key in _keys([gone.target for gone in roster_of(one).revoke], by_entry) - given:
            revoking.setdefault(key, set()).add(one.id)
    held = {one.id: one for one in rosters}
    found = []
    for member in members.values():
        for key in sorted(member.certificates & revoking.keys()):
            entries = {opening.entry for opening in member.openings if key in opening.certificates}
            givers = [one for one in rosters if not entries.isdisjoint(roster_of(one).add)]
            if not any(revoking[key] <= _known(one, held) for one in givers):
                revoked_by = {held[one].statement.signer for one in revoking[key]}
                confirmed_by = {one.statement.signer for one in givers}
                row = Revived(member.organisation, key, tuple(sorted(revoked_by)), tuple(sorted(confirmed_by)))
                found.append(row)
    return tuple(found)


def _keys(entries: Iterable[str], by_entry: Mapping[str, Opening]) -> set[str]:
    return {key for entry in entries if entry in by_entry for key in by_entry[entry].certificates}


def _known(one: Held, held: Mapping[str, Held]) -> set[str]:
    """Ids of the rosters that whoever signed this one held, and its own."""
    todo, known = [one.id], set[str]()
    while todo:
        key = todo.pop()
        if key not in known:
            known.add(key)
            todo += roster_of(held[key]).prev if key in held else ()
    return known
