"""Random histories of a letter as real packets: everything that honest and careless hands may have signed."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crsv_desk.certificates import profile, signatures
from crsv_desk.certificates.signatures import ORDER
from crsv_desk.domain.admission import admit
from crsv_desk.domain.canonical import Json, dump
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.later import not_yet
from crsv_desk.domain.openings import Disclosure, Opening, link_bytes, withheld_digest
from crsv_desk.domain.records import IdentityRecord
from crsv_desk.domain.statements import (
    Attestation,
    Attested,
    Call,
    Closing,
    Comment,
    Correction,
    Decline,
    Endorsement,
    Erasure,
    Genesis,
    Letter,
    Reader,
    Receipt,
    Reservation,
    Revocation,
    Roster,
    Row,
    SecretariatKey,
    Signing,
    SignOffNames,
    Statement,
    Text,
    Visibility,
    Withdrawal,
    encode,
    statement_id,
)
from crsv_desk.identity.keys import SoftwareSigner
from crsv_desk.packets.asic import AsicPackets
from crsv_desk.packets.sealing import AgeSealing
from crsv_desk.services.ports import Signer
from tests.domain.plain import plain
from tests.services.hands import TIME, Restless
from tests.services.world import DRAWN

LEAD, ANANAS, BOSBES, CITROEN = "Platform Els", "Stichting Ananas", "Vereniging Bosbes", "Fonds Citroen"
ORGANISATIONS = (LEAD, ANANAS, BOSBES, CITROEN)
PEOPLE = {
    "first laptop": LEAD,
    "second laptop": LEAD,
    "ananas": ANANAS,
    "ananas too": ANANAS,
    "bosbes": BOSBES,
    "citroen": CITROEN,
    "stranger": ANANAS,
    "one-time a": ANANAS,
    "one-time b": BOSBES,
}
"""Whoever holds a key, and for whom its certificate speaks."""
LAPTOPS = ("first laptop", "second laptop")
PARTNERS = ("ananas", "ananas too", "bosbes", "citroen")
ONE_TIME = {"ananas": "one-time a", "bosbes": "one-time b"}
BODIES = (
    b"Wij vragen om drie dingen.\n\n## Geld\n\nGeld voor vrouwen.\n",
    b"Wij vragen om vier dingen.\n\n## Geld\n\nGeld voor vrouwen.\n",
    b"Wij vragen om vier dingen.\n\n## Geld\n\nMeerjarig geld voor vrouwen.\n",
    b"Wij vragen om vijf dingen.\n",
)
BLOCKS = ("b1", "b2", "b3")
KINDS = (
    "letter", "correction", "merged letter", "call", "merged call", "roster", "confirmed", "voucher", "laptop",
    "revoked entry", "revoked laptop", "comment", "proposal", "question", "reply", "general", "later", "sealed comment",
    "objection", "lead endorsed", "settlement", "settled again", "sealed settlement", "endorsed", "endorsed with a reservation",
    "endorsed with corrections", "endorsed without mark", "organisation alone", "withheld", "carried over", "declined",
    "sealed decline", "withdrawn", "second person", "stranger", "attested", "vouched", "receipt", "sealed receipt",
    "closing", "full closing", "erased", "signed twice", "newer",
)  # fmt: skip


class Move(NamedTuple):
    """One thing that somebody does."""

    kind: str
    by: int
    pick: int
    flag: bool


class Piece(NamedTuple):
    """A file that can be handed over: for everybody, or sealed for the secretariat and so of use to it alone."""

    data: bytes
    sealed: bool
    statement: str


@cache
def signer(name: str) -> Signer:
    """A key made once for all histories, and the same in every run, so that what failed fails again."""
    number = 1 + int.from_bytes(sha256(name.encode()).digest()) % (ORDER - 1)
    key = ec.derive_private_key(number, ec.SECP256R1())
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return SoftwareSigner(key, profile.build(PEOPLE[name], point, lambda data: signatures.sign(key, data)))


@cache
def age_secret(name: str) -> str:
    return AgeSealing().new_secret()


@cache
def recipient(name: str) -> str:
    return AgeSealing().recipient(age_secret(name))


def fingerprint(name: str) -> str:
    return signer(name).certificate.fingerprint


def record(name: str) -> IdentityRecord:
    """The identity of a workspace whose person holds this key."""
    own = signer(name)
    return IdentityRecord(PEOPLE[name], name, "directeur", own.certificate.der, own.private_key(), age_secret(name))


def laptop_key(name: str) -> SecretariatKey:
    return SecretariatKey(b64encode(signer(name).certificate.der).decode(), recipient(name))


def opening(organisation: str, *names: str, voucher: int = 0, salt: object = "") -> Opening:
    keys = tuple(sorted(fingerprint(name) for name in names))
    digest = identifier(f"{organisation}{names}{voucher}{salt}".encode())
    return Opening(organisation, "NL", keys, voucher, "voice" if names else "", "2026-05-01" if names else "", digest)


@dataclass
class History:
    """A dossier in the making; ``pieces`` are the files that travel."""

    pieces: list[Piece] = field(default_factory=list)
    made: dict[str, tuple[Statement, str]] = field(default_factory=dict)
    """Statement and digest of its packet, by id."""
    openings: list[Opening] = field(default_factory=list)
    dossier: str = ""
    _count: int = 0

    def __post_init__(self) -> None:
        self.dossier = self.add(Genesis, "first laptop", title="Een brief", secretariat=(laptop_key("first laptop"),))
        self.roster(opening(LEAD, "first laptop"), opening(CITROEN))
        self.roster(opening(ANANAS, "ananas"), opening(BOSBES, "bosbes"))
        self.roster(keys=("second laptop",))
        self.endorse("first laptop", self.letter(1, 0), corrections=True)
        self.call(1, 0)

    # --- what there is

    def all(self, cls: type[Statement], **values: object) -> list[str]:
        """Ids of what was made, in the order of making."""
        return [
            key
            for key, (one, _) in self.made.items()
            if isinstance(one, cls) and all(getattr(one, name) == value for name, value in values.items())
        ]

    def pick(self, cls: Any, number: int, **values: object) -> str:
        """One of them, the newest for 0; empty where there is none."""
        found = self.all(cls, **values)
        return found[-1 - number % len(found)] if found else ""

    # --- what is signed

    def add(
        self,
        cls: type[Statement],
        by: str,
        *,
        files: dict[str, bytes] | None = None,
        time: str = TIME,
        sealed: bool = False,
        beside: bytes = b"",
        **body: Any,
    ) -> str:
        """Sign a statement and make it a file, sealed for the secretariat's laptops, or with something sealed beside."""
        self._count += 1
        files, own = files or {}, signer(by)
        statement = cls(
            dossier=self.dossier,
            signer=own.certificate.fingerprint,
            time=time,
            nonce=sha256(f"{self._count}".encode()).hexdigest(),
            seen=(),
            files={name: identifier(data) for name, data in files.items()},
            **plain(cls, body),
        )
        data = AsicPackets().build(encode(statement), files, time, own)
        packet = AsicPackets().read(data)
        admit(packet)  # it is of use to nobody otherwise
        key = statement_id(packet.statement)
        self.made[key] = (statement, packet.digest)
        self._hand_over(key, data, sealed, beside)
        return key

    def _hand_over(self, key: str, data: bytes, sealed: bool, beside: bytes = b"") -> None:
        to = [recipient(name) for name in LAPTOPS]
        if sealed:
            data = AgeSealing().seal(data, to)
        elif beside:
            data = AsicPackets().bundle([data, AgeSealing().seal(beside, to)])
        self.pieces.append(Piece(data, sealed, key))

    def letter(
        self, n: int, pick: int, by: str = "first laptop", prev: tuple[str, ...] = (), fixes: bool = False
    ) -> str:
        body = BODIES[pick % len(BODIES)]
        text = Text("nl", "ltr", "Over geweld", "Geachte leden,", "Hoogachtend,", identifier(body), True)
        return self.add(
            Letter, by, files={"letter-nl.md": body}, n=n, prev=tuple(sorted(prev)), lead=LEAD,
            texts=(text,), blocks=BLOCKS if b"##" in body else BLOCKS[:1],
            seal_to=tuple(Reader("secretariat", LEAD, recipient(name)) for name in LAPTOPS),
            correction=Correction(("b1",) if fixes else (), ""),
        )  # fmt: skip

    def call(self, n: int, pick: int, by: str = "first laptop", prev: tuple[str, ...] = ()) -> str:
        return self.add(Call, by, n=n, prev=tuple(sorted(prev)), deadline=f"2026-06-{10 + pick % 10}")

    def roster(
        self, *added: Opening, by: str = "first laptop", revoke: tuple[Revocation, ...] = (), keys: tuple[str, ...] = ()
    ) -> str:
        self.openings += added
        key = self.add(
            Roster, by, add=tuple(sorted({one.entry for one in added})), revoke=revoke,
            secretariat=tuple(laptop_key(name) for name in keys),
        )  # fmt: skip
        self.pieces += [Piece(one.encode(), False, "") for one in added]
        return key

    def remark(self, by: str, letter: str, kind: str = "comment", sealed: bool = False, **other: Any) -> str:
        reply = recipient(by) if sealed else ""
        return self.add(Comment, by, sealed=sealed, letter=letter, kind=kind, reply=reply, **other)

    def endorse(self, by: str, letter: str, visible: str = "all", **other: Any) -> str:
        organisation, dossier = PEOPLE[by], self.dossier
        body: dict[str, Any] = {
            "letter": letter, "organisation": organisation, "people": (Signing(by, "directeur"),), **other,
        }  # fmt: skip
        assert DRAWN.drawing is not None
        drawn, salt = DRAWN.drawing.to_bytes(), identifier(f"salt {self._count}".encode())
        mark = withheld_digest("mark", identifier(drawn), salt)
        if visible == "none":
            return self.add(Endorsement, by, sealed=True, **{**body, "reply": recipient(by)})
        if visible == "all":
            return self.add(Endorsement, by, files={"mark.json": drawn}, **{**body, "mark": "strokes"})
        people, salts = body["people"], ("", "", salt, "")
        by_key, time, certificate, link = by, TIME, "", ""
        body["visibility"] = Visibility("shown", "shown", mark, "shown")
        if visible == "organisation":
            by_key, time, salts = ONE_TIME[by], TIME[:10] + "T00:00:00Z", (salt, salt, salt, "")
            body["visibility"] = Visibility(
                withheld_digest("name", [one.name for one in people], salt),
                withheld_digest("role", [one.role for one in people], salt),
                mark,
                "shown",
            )
            body["people"] = ()
            certificate = b64encode(signer(by).certificate.der).decode()
            link = b64encode(signer(by).sign(link_bytes(fingerprint(by_key), dossier))).decode()
        # A disclosure names its endorsement, so the packet is made first and what is sealed is put beside it.
        key = self.add(Endorsement, by_key, time=time, **body)
        shown = Disclosure(key, people, "strokes", b64encode(drawn).decode(), salts, certificate, link)
        bare = self.pieces.pop()
        self._hand_over(key, bare.data, False, shown.encode())
        return key

    def close(self, by: str, letter: str, edition: str, pick: int) -> str:
        rows = [
            key for key in self.all(Endorsement) if edition == "full" or not getattr(self.made[key][0], "reply", "")
        ]
        rows = list(dict.fromkeys(rows))[: 1 + pick % 4]
        signers = {self.made[key][0].signer for key in rows}
        return self.add(
            Closing, by, sealed=edition == "full", n=1 + pick % 2, letter=letter, rosters=tuple(sorted(self.all(Roster))),
            rows=tuple(
                Row(key, self.made[key][1], name, "", name.lower())
                for key in rows
                for name in [str(getattr(self.made[key][0], "organisation", ""))]
            ),
            attested=(Attested("phone", 1),) if pick % 3 == 0 else (),
            openings=tuple(sorted({one.entry for one in self.openings if signers & set(one.certificates)})),
            sign_off=SignOffNames(LEAD, ()), certificate=fingerprint(by), edition=edition,
        )  # fmt: skip

    # --- what somebody does

    def make(self, move: Move) -> None:
        """Carry out one move, as far as there is something for it to be about."""
        kind, pick, flag = move.kind, move.pick, move.flag
        laptop, partner = LAPTOPS[move.by % 2 if flag else 0], PARTNERS[move.by % len(PARTNERS)]
        letter = self.pick(Letter, pick)
        number = int(getattr(self.made[letter][0], "n", 1))
        answer = self.pick(Endorsement | Decline | Withdrawal, pick)
        replaces = (answer,) if flag and answer else ()
        remark = self.pick(Comment, pick)
        match kind:
            case "letter" | "correction":
                self.letter(number + 1, pick, laptop, (letter,), kind == "correction")
            case "merged letter":
                self.letter(number + 2, pick, laptop, tuple(self.all(Letter)))
            case "call":
                self.call(2 + pick % 2, pick, laptop, (self.pick(Call, pick),))
            case "merged call":
                self.call(4 + pick % 2, pick, laptop, tuple(self.all(Call)))
            case "roster":
                self.roster(opening(ORGANISATIONS[pick % 4], salt=pick), by=laptop)
            case "confirmed":
                self.roster(opening(PEOPLE[partner], partner, salt=pick), by=laptop)
            case "voucher":
                self.roster(opening(PEOPLE[partner], partner, voucher=1 + pick % 5, salt=pick), by=laptop)
            case "laptop":
                self.roster(keys=("second laptop",))
            case "revoked entry":
                entry = self.openings[pick % len(self.openings)].entry
                self.roster(by=laptop, revoke=(Revocation(entry, tuple(sorted(replaces))),))
            case "revoked laptop":
                keep = tuple(sorted(self.all(Letter)[:1] + self.all(Roster)[:3]))
                self.roster(by=laptop, revoke=(Revocation(fingerprint(LAPTOPS[1 if flag else 0]), keep),))
            case "comment" | "proposal" | "question":
                self.remark(partner, letter, kind, block=BLOCKS[pick % 3], proposal="Anders." * (kind == "proposal"))
            case "reply":
                self.remark(laptop if flag else partner, letter, refers=remark)
            case "general":
                self.remark(partner, letter, block="")
            case "later":
                self.remark(partner, letter, block="", text=not_yet(f"2026-06-{10 + pick % 10}" if flag else ""))
            case "sealed comment":
                self.remark(partner, letter, sealed=True)
            case "objection":
                self.remark(partner, letter, "objection", block="")
            case "settlement" | "sealed settlement" if remark:
                state = ("taken", "partly", "declined")[pick % 3]
                self.remark(laptop, letter, "settlement", kind != "settlement", refers=remark, state=state)
            case "settled again" if self.all(Comment, kind="settlement"):
                before = self.pick(Comment, pick, kind="settlement")
                self.remark(laptop, letter, "settlement", refers=before, state="taken" if flag else "declined")
            case "lead endorsed":
                self.endorse("first laptop", letter, replaces=replaces)
            case "endorsed" | "second person":
                self.endorse("ananas too" if kind == "second person" else partner, letter, replaces=replaces)
            case "endorsed with a reservation":
                self.endorse(partner, letter, reservation=Reservation("Mits.", flag), mandate="Besluit van 12 mei")
            case "endorsed with corrections":
                self.endorse(partner, letter, corrections=True)
            case "endorsed without mark":
                self.endorse(partner, letter, "no-mark", acting="order")
            case "organisation alone":
                self.endorse(("ananas", "bosbes")[pick % 2], letter, "organisation", replaces=replaces)
            case "withheld":
                self.endorse(partner, letter, "none", replaces=replaces)
            case "carried over" if self.all(Endorsement, signer=fingerprint(partner)):
                before = self.pick(Endorsement, 0, signer=fingerprint(partner))
                self.endorse(partner, self.pick(Letter, 0), replaces=(before,))
            case "declined" | "sealed decline":
                sealed = kind != "declined"
                reply = recipient(partner) if sealed else ""
                self.add(Decline, partner, sealed=sealed, letter=letter, reason="Nee.", replaces=replaces, reply=reply)
            case "withdrawn":
                self.add(Withdrawal, partner, letter=letter, replaces=replaces)
            case "stranger":
                self.endorse("stranger", letter, replaces=replaces)
            case "attested":
                self.attest(laptop, letter, ORGANISATIONS[1 + move.by % 3], 1, "endorse" if flag else "decline")
            case "vouched":
                self.attest(partner, letter, "", 1 + pick % 3, "endorse")
            case "receipt" | "sealed receipt":
                ids = tuple(sorted(self.all(Comment)[:2] + self.all(Endorsement)[:2]))
                self.add(Receipt, laptop, sealed=kind != "receipt", ids=ids)
            case "closing" | "full closing":
                self.close(laptop, letter, "public" if kind == "closing" else "full", pick)
            case "erased":
                # One also names what cannot be destroyed, which must do nothing wherever it comes first.
                what = self.pick(Statement if flag else (Comment, Endorsement, Decline, Attestation), pick)
                if what:
                    self.add(Erasure, laptop, ids=(what,))
            case "signed twice" if answer:
                self._sign_twice(answer)
            case "newer":
                nonce = identifier(f"newer {pick}".encode())
                value: dict[str, Json] = {
                    "v": 2 + pick % 2,
                    "dossier": self.dossier,
                    "signer": fingerprint(laptop),
                    "nonce": nonce,
                }
                data = AsicPackets().build(dump(value), {}, TIME, signer(laptop))
                self.pieces.append(Piece(data, False, identifier(dump(value))))

    def attest(self, by: str, letter: str, organisation: str, count: int, answer: str) -> str:
        return self.add(Attestation, by, letter=letter, organisation=organisation, count=count, answer=answer)

    def _sign_twice(self, key: str) -> None:
        """The same words under another signature: what the owner of a key can always do."""
        statement = self.made[key][0]
        own = next(signer(name) for name in PEOPLE if fingerprint(name) == statement.signer)
        open_ones = [piece for piece in self.pieces if piece.statement == key and not piece.sealed]
        for piece in open_ones[:1]:
            inner = piece.data
            if AsicPackets().kind(inner) == "bundle":
                inner = next(one for one in AsicPackets().members(inner) if AsicPackets().kind(one) == "packet")
            packet = AsicPackets().read(inner)
            data = AsicPackets().build(packet.statement, packet.files, packet.signing_time, Restless(own))
            self.pieces.append(Piece(data, False, key))


def history(moves: list[Move]) -> History:
    """A letter that has been asked for, and what was done then."""
    result = History()
    for move in moves:
        result.make(move)
    return result
