"""Statements without keys: a dossier built by hand, for the fold alone."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from crsv_desk.domain.admission import Held
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.dossier import OrganisationState, State
from crsv_desk.domain.fold import fold
from crsv_desk.domain.openings import Opening
from crsv_desk.domain.statements import (
    Attestation,
    Call,
    Closing,
    Comment,
    Correction,
    Decline,
    Endorsement,
    Erasure,
    Genesis,
    Letter,
    Newer,
    Reader,
    Receipt,
    Revocation,
    Roster,
    Row,
    SecretariatKey,
    Statement,
    Text,
    Withdrawal,
    encode,
    statement_id,
)
from tests.domain.plain import plain

RECIPIENT = "age1" + "q" * 58
TIME = "2026-05-20T10:00:00Z"


def certificate(name: str) -> bytes:
    """Stands for a certificate's DER."""
    return f"certificate of {name}".encode()


def key(name: str) -> str:
    """Its fingerprint."""
    return identifier(certificate(name))


def secretariat_key(name: str) -> SecretariatKey:
    return SecretariatKey(b64encode(certificate(name)).decode(), RECIPIENT)


@dataclass
class World:
    """One dossier in the making. ``sec`` signs for the secretariat."""

    sec: str = "sec"
    held: dict[str, Held] = field(default_factory=dict)
    openings: list[Opening] = field(default_factory=list)
    _count: int = 0
    dossier: str = ""

    def __post_init__(self) -> None:
        if not self.dossier:
            self.dossier = self.add(Genesis, self.sec, title="A letter", secretariat=(secretariat_key(self.sec),)).id

    def add(self, cls: type[Statement], by: str, **body: Any) -> Held:
        """A statement signed by the key called ``by``, whose certificate claims that organisation."""
        self._count += 1
        common: dict[str, Any] = {
            "dossier": self.dossier,
            "signer": key(by),
            "time": TIME,
            "nonce": sha256(f"{self.sec} {self._count}".encode()).hexdigest(),
            "seen": (),
            "files": {},
        }
        statement = cls(**{**common, **plain(cls, body)})
        data = encode(statement)
        held = Held(statement_id(data), statement, by, identifier(data + b"packet"))
        self.held[held.id] = held
        return held

    def newer(self, number: int = 2) -> Held:
        held = Held(identifier(f"newer {number}".encode()), Newer(number, self.dossier, key("sec")), "sec", "0" * 64)
        self.held[held.id] = held
        return held

    def letter(self, n: int = 1, prev: tuple[Held, ...] = (), by: str = "", correction: tuple[str, ...] = ()) -> Held:
        text = Text("nl", "ltr", "Subject", "Dear", "Yours", identifier(b"body"), True)
        return self.add(
            Letter, by or self.sec, n=n, prev=ids(*prev), texts=(text,), blocks=("b1", "b2"),
            seal_to=(Reader("secretariat", "sec", RECIPIENT),), correction=Correction(correction, ""),
        )  # fmt: skip

    def call(self, n: int = 1, prev: tuple[Held, ...] = (), by: str = "") -> Held:
        return self.add(Call, by or self.sec, n=n, prev=ids(*prev))

    def opening(self, organisation: str, *names: str, voucher: int = 0, salt: str = "") -> Opening:
        fingerprints = tuple(sorted(key(name) for name in names))
        basis = "voice" if names else ""
        salted = identifier(f"{organisation}{names}{salt}".encode())
        return Opening(organisation, "NL", fingerprints, voucher, basis, "", salted)  # type: ignore[arg-type]

    def roster(
        self,
        *openings: Opening,
        by: str = "",
        revoke: tuple[Revocation, ...] = (),
        keys: tuple[str, ...] = (),
        hand_over: bool = True,
        prev: tuple[Held, ...] = (),
    ) -> Held:
        if hand_over:
            self.openings += openings
        return self.add(
            Roster, by or self.sec, prev=ids(*prev),
            add=tuple(sorted(one.entry for one in openings)), revoke=revoke,
            secretariat=tuple(secretariat_key(name) for name in keys),
        )  # fmt: skip

    def member(self, organisation: str) -> None:
        """Put an organisation on the roster with one key, called like it."""
        self.roster(self.opening(organisation, organisation))

    def endorse(
        self,
        letter: Held,
        organisation: str,
        by: str = "",
        replaces: tuple[Held, ...] = (),
        reply: bool = False,
        **other: Any,
    ) -> Held:
        return self.add(
            Endorsement, by or organisation, organisation=organisation,
            **{"letter": letter.id, "replaces": ids(*replaces), "reply": RECIPIENT if reply else ""} | other,
        )  # fmt: skip

    def claim(self, letter: Held, claimed: str, by: str) -> Held:
        """An endorsement that names ``claimed`` in its statement, by somebody else's key."""
        held = self.endorse(letter, claimed, by=by)
        self.held[held.id] = Held(held.id, held.statement, by, held.packet)
        return self.held[held.id]

    def decline(self, letter: Held, by: str, replaces: tuple[Held, ...] = ()) -> Held:
        return self.add(Decline, by, letter=letter.id, replaces=ids(*replaces))

    def withdraw(self, letter: Held, by: str, replaces: tuple[Held, ...] = ()) -> Held:
        return self.add(Withdrawal, by, letter=letter.id, replaces=ids(*replaces))

    def attest(self, letter: Held, organisation: str, by: str = "", count: int = 1, answer: str = "endorse") -> Held:
        return self.add(
            Attestation, by or self.sec, letter=letter.id, organisation=organisation, count=count, answer=answer
        )

    def comment(self, letter: Held, by: str, kind: str = "comment", **other: Any) -> Held:
        return self.add(Comment, by, **{"letter": letter.id, "kind": kind} | other)

    def close(self, letter: Held, *rows: Held, by: str = "", n: int = 1, prev: tuple[Held, ...] = ()) -> Held:
        printed = tuple(Row(one.id, one.packet, one.organisation, "", one.organisation.lower()) for one in rows)
        return self.add(
            Closing, by or self.sec, n=n, prev=ids(*prev), letter=letter.id, rows=printed, certificate=key(self.sec)
        )

    def erase(self, *targets: Held | str, by: str = "") -> Held:
        named = tuple(sorted(one if isinstance(one, str) else one.id for one in targets))
        return self.add(Erasure, by or self.sec, ids=named)

    def receipt(self, *targets: Held) -> Held:
        return self.add(Receipt, self.sec, ids=ids(*targets))

    def state(self, without: tuple[Held, ...] = ()) -> State:
        left = {one.id for one in without}
        return fold(self.dossier, [one for one in self.held.values() if one.id not in left], self.openings)

    def of(self, organisation: str) -> OrganisationState:
        """The state of one organisation. Raises ``StopIteration`` when there is none of that name."""
        return next(one for one in self.state().organisations if one.organisation == organisation)


def ids(*held: Held) -> tuple[str, ...]:
    return tuple(sorted(one.id for one in held))
