"""The roster in force: the union of all, in which revocation wins, so that two colleagues are no conflict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crsv_desk.domain.admission import Held
from crsv_desk.domain.dossier import Member
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.secretariat import roster_of


@dataclass(frozen=True, slots=True)
class RosterState:
    """Who may speak for whom, as far as openings are held."""

    members: Mapping[str, Member]
    """By organisation, sorted."""
    speakers: Mapping[str, str]
    """Certificate fingerprint to organisation."""
    former: Mapping[str, tuple[str, frozenset[str]]]
    """Fingerprint of a revoked entry to its organisation and the statement ids still vouched for."""
    disputed: frozenset[str]
    """Fingerprints that entries give to two organisations: they speak for neither."""

    def organisation(self, one: Held) -> str | None:
        """For whom a statement speaks, or ``None``."""
        signer = one.statement.signer
        if signer in self.speakers:
            return self.speakers[signer]
        organisation, kept = self.former.get(signer, (None, frozenset[str]()))
        return organisation if one.id in kept else None


def fold_roster(rosters: Sequence[Held], openings: Iterable[Opening]) -> RosterState:
    """Only openings whose entry stands in one of ``rosters`` have an effect."""
    added = {entry for one in rosters for entry in roster_of(one).add}
    revoked: dict[str, frozenset[str]] = {}
    for one in rosters:
        for revocation in roster_of(one).revoke:
            kept = frozenset(revocation.keep)
            revoked[revocation.target] = revoked.get(revocation.target, kept) & kept
    known = {opening.entry: opening for opening in openings}
    in_force: dict[str, list[Opening]] = defaultdict(list)
    claims: dict[str, set[str]] = defaultdict(set)
    former: dict[str, tuple[str, frozenset[str]]] = {}
    for entry, opening in sorted(known.items()):
        if entry in revoked:
            for fingerprint in opening.certificates if entry in added else ():
                former[fingerprint] = (opening.organisation, revoked[entry])
        elif entry in added:
            in_force[opening.organisation].append(opening)
            for fingerprint in opening.certificates:
                claims[fingerprint].add(opening.organisation)
    disputed = frozenset(fingerprint for fingerprint, names in claims.items() if len(names) > 1)
    speakers = {key: min(names) for key, names in sorted(claims.items()) if key not in disputed}
    return RosterState(
        members={name: _member(name, entries, disputed) for name, entries in sorted(in_force.items())},
        speakers=speakers,
        former={key: value for key, value in sorted(former.items()) if key not in speakers and key not in disputed},
        disputed=disputed,
    )


def _member(name: str, openings: Sequence[Opening], disputed: frozenset[str]) -> Member:
    certificates = frozenset(fingerprint for opening in openings for fingerprint in opening.certificates)
    return Member(
        organisation=name,
        country=max(opening.country for opening in openings),
        certificates=certificates - disputed,
        openings=tuple(openings),
        voucher=max(opening.voucher for opening in openings),
    )
