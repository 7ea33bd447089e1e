"""Which keys are the secretariat's: those of the genesis and of lawful rosters, less the revoked."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crsv_desk.domain.admission import Held
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.statements import Genesis, Roster, SecretariatKey


@dataclass(frozen=True, slots=True)
class Secretariat:
    """Every key that was ever lawfully added, and what revocations left of them."""

    lawful: Mapping[str, SecretariatKey]
    revoked: Mapping[str, frozenset[str]]
    """Fingerprint to the statement ids still vouched for."""

    @property
    def in_force(self) -> Mapping[str, SecretariatKey]:
        """By certificate fingerprint, sorted."""
        return {key: value for key, value in sorted(self.lawful.items()) if key not in self.revoked}

    def says(self, one: Held) -> bool:
        """Whether a statement is the secretariat's word."""
        signer = one.statement.signer
        return signer in self.lawful and (signer not in self.revoked or one.id in self.revoked[signer])


def fold_secretariat(genesis: Held, rosters: Sequence[Held]) -> Secretariat:
    """Revocations by any key that was ever the secretariat's take effect (revocation wins); what a revoked key added
    does not, unless kept. Revocations that would leave no key at all are void: never the last."""
    assert isinstance(genesis.statement, Genesis)
    first = _by_fingerprint(genesis.statement.secretariat)
    every = _extended(Secretariat(first, {}), rosters)
    revoked: dict[str, frozenset[str]] = {}
    for one in rosters:
        if one.statement.signer in every.lawful:
            for revocation in roster_of(one).revoke:
                if revocation.target in every.lawful:
                    kept = frozenset(revocation.keep)
                    revoked[revocation.target] = revoked.get(revocation.target, kept) & kept
    left = _extended(Secretariat(first, revoked), rosters)
    return left if left.in_force else every


def roster_of(one: Held) -> Roster:
    """The statement of a held roster. Raises ``AssertionError`` for another type."""
    assert isinstance(one.statement, Roster)
    return one.statement


def keys_of(one: Held) -> Collection[str]:
    """Fingerprints of the keys that a genesis or roster makes the secretariat's; none for other types."""
    statement = one.statement
    return _by_fingerprint(statement.secretariat) if isinstance(statement, Genesis | Roster) else ()


def _extended(start: Secretariat, rosters: Sequence[Held]) -> Secretariat:
    keys = dict(start.lawful)
    grown = Secretariat(keys, start.revoked)
    before = -1
    while before != len(keys):  # a key that a roster added may itself sign rosters
        before = len(keys)
        for one in rosters:
            if grown.says(one):
                keys.update(_by_fingerprint(roster_of(one).secretariat))
    return grown


def _by_fingerprint(keys: Iterable[SecretariatKey]) -> dict[str, SecretariatKey]:
    found = {}
    for key in keys:
        try:
            found[identifier(b64decode(key.certificate, validate=True))] = key
        except binascii.Error:
            continue  # not the certificate of anybody, so nobody can sign with it
    return found
