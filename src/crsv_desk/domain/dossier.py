"""The state of a dossier: what the set of statements and openings held amounts to. Made by ``fold``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from crsv_desk.domain.admission import Held
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.statements import SecretariatKey

Standing = Literal["invited", "remarks", "endorsed", "endorsed an older version", "declined", "withdrawn", "attested"]
RemarkState = Literal["open", "taken", "partly", "declined", "contradictory"]


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation of the roster in force, as far as its openings are held."""

    organisation: str
    country: str
    certificates: frozenset[str]
    openings: tuple[Opening, ...]
    voucher: int

    @property
    def confirmed(self) -> bool:
        """Somebody compared a code with at least one of its certificates."""
        return bool(self.certificates)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more letters, calls or closings under one number, with all of them as proof."""

    kind: Literal["letter", "call"]
    number: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A held statement that has no effect, and why, as an English msgid with {fields}."""

    held: Held
    reason: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OrganisationState:
    """One organisation's answers: all shown, counted once."""

    organisation: str
    standing: Standing
    counts: Held | None
    """The endorsement that counts for the current letter."""
    answers: tuple[Held, ...]
    """Every answer that no other of the same organisation replaced, sorted by id."""
    contradictory: bool
    """Its remaining answers do not say the same thing."""
    remarks: int
    attestations: tuple[Held, ...]


class Remark(NamedTuple):
    """A comment and what became of it. There are many, and a tuple is the quickest to make."""

    held: Held
    organisation: str
    state: RemarkState
    settlements: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A pure function of the statements and openings held."""

    dossier: str
    title: str
    began_by: str
    """Fingerprint of whoever signed the genesis."""
    secretariat: Mapping[str, SecretariatKey]
    """The secretariat's keys in force, by certificate fingerprint."""
    letters: tuple[Held, ...]
    """Every letter version by the secretariat, by number and id."""
    current: Held | None
    """The letter to answer; none while two contradict each other, or before the first."""
    call: Held | None
    members: Mapping[str, Member]
    """By organisation."""
    organisations: tuple[OrganisationState, ...]
    remarks: tuple[Remark, ...]
    unknown: tuple[Held, ...]
    """Answers and remarks of signers outside the roster."""
    unknown_remarks: tuple[Remark, ...]
    """Those of them that are remarks, under the name that they claim."""
    not_counted: tuple[NotCounted, ...]
    attestations: tuple[Held, ...]
    """Those that no answer of the organisation itself has superseded."""
    closings: tuple[Held, ...]
    receipts: frozenset[str]
    conflicts: tuple[Conflict, ...]
    unread: tuple[Held, ...]
    """Statements of a newer format."""
    erased: frozenset[str]
    rosters: tuple[str, ...]
    """Ids of the rosters in force, sorted."""

    @property
    def can_close(self) -> bool:
        """No contradiction stands, nothing is unread, and there is a letter."""
        return self.current is not None and not self.conflicts and not self.unread
