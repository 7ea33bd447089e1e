"""Whatever was signed, in whatever order and parts it comes in: workspaces that hold the same show the same, and so do
their pages. Everything goes as files through ``receive`` into the real tables; in most tests they lie in memory."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from crsv_desk.app.compose import assemble
from crsv_desk.domain.admission import admit
from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.fold import fold
from crsv_desk.domain.paper import CombinedLetter
from crsv_desk.domain.records import Pin
from crsv_desk.domain.secretariat import roster_of
from crsv_desk.domain.statements import TYPES, Closing
from crsv_desk.services.book import disclosures, open_volume
from crsv_desk.services.closing import Decision, decide
from crsv_desk.services.combine import Material, combine
from crsv_desk.services.desk import Desk
from crsv_desk.services.overview import problems, status, summary
from crsv_desk.services.read_ahead import read_ahead
from crsv_desk.services.receive import Untrusted, receive
from crsv_desk.services.remark_rows import rows_of
from crsv_desk.services.remarks import list_remarks
from crsv_desk.services.shelf import Shelf, Volume
from crsv_desk.storage import Workspace
from crsv_desk.storage.schema import MIGRATIONS
from crsv_desk.storage.tables import Tables
from tests.services.histories import KINDS, LAPTOPS, History, Move, Piece, fingerprint, history, record
from tests.services.world import LEAD, Ticking

READERS = ("bosbes", "stranger")
"""Two workspaces to which nothing is sealed."""
DECIDED = Decision(place="Den Haag", date="2026-05-26")

moves = st.lists(
    st.builds(Move, st.sampled_from(KINDS), st.integers(0, 7), st.integers(0, 30), st.booleans()), max_size=30
)
everything_once = [Move(kind, at, at % 5, at % 3 == 0) for at, kind in enumerate(KINDS)]
erased_letter = [Move("letter", 0, 0, False), Move("erased", 0, 0, True)]
signed_twice = [Move("endorsed", at, 0, False) for at in range(3)] + [
    Move("signed twice", 0, at, False) for at in range(3)
]
vouched = [Move("voucher", 0, 1, False), *(Move("vouched", 0, at, False) for at in range(3))]
seeds = st.integers(0, 2**32 - 1)


@dataclass
class Station:
    """One workspace, and whose it is."""

    name: str
    desk: Desk
    dossier: str

    def hand_over(self, pieces: Sequence[Piece], random: Random) -> None:
        """Everything, in any order and parts, some of it twice; then again what could not be taken in yet."""
        files = list(parcels(self.desk, [*pieces, *random.choices(pieces, k=len(pieces) // 4)], random))
        left: list[bytes] = []
        while files != left:
            left = files
            files = []
            random.shuffle(left)
            for batch in cut(left, random):
                verdicts = receive(self.desk, [Untrusted(str(at), data) for at, data in enumerate(batch)])
                refused = {int(one.name) for one in verdicts if one.outcome == "refused"}
                files += [data for at, data in enumerate(batch) if at in refused]
                if random.random() < 0.3:
                    read_ahead(self.desk)  # what is known by then is brought up to date from now on
            left, files = sorted(left), sorted(files)

    @property
    def volume(self) -> Volume:
        return open_volume(self.desk, self.dossier)

    def everything(self) -> list[Piece]:
        """All that its colleague is given."""
        kept = [packet.data for packet in self.volume.packets.values()]
        kept += [one.encode() for one in self.volume.openings.values()]
        kept += [one.encode() for one in disclosures(self.desk, self.dossier).values()]
        return [Piece(data, False, "") for data in kept]

    def holds(self) -> dict[str, object]:
        """Everything that has a say; an opening has one while a roster in force lists its entry."""
        volume = self.volume
        listed = {entry for key in volume.state.rosters for entry in roster_of(volume.held[key]).add}
        return {
            "packets": {key: packet.digest for key, packet in volume.packets.items()},
            "openings": listed & set(volume.openings),
            "disclosures": disclosures(self.desk, self.dossier),
        }

    def shows(self) -> dict[str, object]:
        """What a person sees: the state, both lists, and the pages of everything that was or can be closed."""
        desk, volume = self.desk, self.volume
        rows = list_remarks(desk, self.dossier)
        return {
            "state": volume.state,
            "status": status(desk, self.dossier),
            "problems": problems(volume.state),
            # Whose a remark is differs by desk; who is confirmed says the state.
            "remarks": [replace(one, own=False, confirmed=False) for one in rows],
            "pages": {one.id: self.pages(volume, one.id) for one in volume.state.closings},
            "to close": self.decided()
            if {fingerprint(one) for one in LAPTOPS} <= volume.state.secretariat.keys()
            else "",
        }

    def looked_up(self) -> dict[str, object]:
        """What only this desk says, and everything by which remarks are looked up."""
        rows = rows_of(self.desk, self.volume)
        return {
            "summary": summary(self.desk, self.dossier),
            "rows": list(rows.by_id.items()),
            "listed": rows.listed,
            "replies": rows.replies,
            "blocks": {block: found for block, found in rows.by_block.items() if found},
        }

    def pages(self, volume: Volume, key: str) -> CombinedLetter | str:
        try:
            return combine(self.desk, Material(volume, volume.held[key], disclosures(self.desk, self.dossier)))
        except DeskError as refusal:
            return str(refusal)

    def decided(self) -> tuple[CombinedLetter, list[object]] | str:
        """The pages that closing now would make, beside who closes and when."""
        try:
            made = decide(self.desk, self.dossier, "public", DECIDED)
            held, packet = made.held, made.packet
            volume = self.volume
            known = replace(volume, packets={**volume.packets, held.id: packet}, held={**volume.held, held.id: held})
            pages = combine(self.desk, Material(known, held, {}))
        except DeskError as refusal:
            return str(refusal)
        assert isinstance(held.statement, Closing)
        nobody = replace(held.statement, signer="", time="", nonce="", certificate="", seen=(), prev=(), n=1)
        attached = tuple(one for one in pages.attachments if one.name != "closing.crsv")
        return replace(pages, closing="", closing_time="", secretariat_key="", attachments=attached), [nobody]


def cut(files: Sequence[bytes], random: Random) -> Iterator[Sequence[bytes]]:
    """In batches of one to twelve, as they happen to be taken in together."""
    at = 0
    while at < len(files):
        size = random.choice((1, 1, 3, 12))
        yield files[at : at + size]
        at += size


def parcels(desk: Desk, pieces: Sequence[Piece], random: Random) -> Iterator[bytes]:
    """The files as somebody sends them: as they are, as a text for mail, or several in one."""
    left = list(pieces)
    random.shuffle(left)
    while left:
        size = random.choice((1, 1, 2, 5))
        some, left = [one.data for one in left[:size]], left[size:]
        bare = [one for one in some if desk.packets.kind(one) != "bundle"]
        if len(bare) == len(some) and size > 1:
            yield desk.packets.bundle(dict.fromkeys(some))
        else:
            for one in some:
                yield desk.packets.to_text(one).encode() if random.random() < 0.1 else one


def in_memory() -> Tables:
    """The real tables without a disk."""
    database = Database(sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None), strict=True)
    MIGRATIONS.apply(database)
    return Tables(database, threading.RLock())


def station(name: str, store: Any, dossier: str) -> Station:
    """A workspace of one of those who hold keys; each laptop has compared the code of whoever began."""
    store.set_identity(record(name))
    store.put_pin(Pin(fingerprint(LAPTOPS[0]), LEAD, "voice", "2026-05-01T10:00:00Z"))
    return Station(name, replace(assemble(store), clock=Ticking()), dossier)


def converge(made: History, stores: dict[str, Any], random: Random) -> None:
    """Hand the history to every station in its own way; the two laptops then give each other what they hold."""
    stations = {name: station(name, store, made.dossier) for name, store in stores.items()}
    for one in stations.values():
        one.hand_over(made.pieces, random)
        # Once more: a closing that came later may name a packet that stood back behind another of the same statement,
        # and a laptop whose key was taken back later may have destroyed what it had no right to.
        one.hand_over(made.pieces, random)
    laptops = [stations[name] for name in LAPTOPS]
    for giving, taking in (laptops, laptops[::-1]) * 2:  # each has put one-time keys on the roster by itself
        taking.hand_over(giving.everything(), random)
    for one, other in (laptops, [stations[name] for name in READERS]):
        assert one.holds() == other.holds()
        assert one.shows() == other.shows()
        for each in (one, other):
            # What it knows by and by is what a program that starts now reads, and what the bare statements amount to.
            anew = replace(each, desk=replace(each.desk, shelf=Shelf()))
            assert (anew.shows(), anew.looked_up()) == (each.shows(), each.looked_up())
            held = [admit(packet) for packet in each.volume.packets.values()]
            random.shuffle(held)
            openings = sorted(each.volume.openings.values(), key=lambda opening: random.random())
            assert replace(fold(made.dossier, held, openings), erased=each.volume.state.erased) == each.volume.state


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(moves, seeds)
@example(everything_once, 1)
@example(erased_letter, 1)
@example(erased_letter, 2)
@example(signed_twice, 1)
@example(signed_twice, 2)
@example(signed_twice, 3)
@example(vouched, 1)
def test_every_order_and_split_of_a_history_shows_the_same(steps: list[Move], seed: int) -> None:
    names = (*LAPTOPS, *READERS)
    converge(history(steps), {name: in_memory() for name in names}, Random(seed))


@settings(deadline=None, max_examples=3, suppress_health_check=[HealthCheck.too_slow])
@given(moves, seeds)
@example(everything_once, 2)
def test_and_so_it_does_in_encrypted_workspaces_on_disk(steps: list[Move], seed: int) -> None:
    with TemporaryDirectory() as folder, ExitStack() as stack:
        stores = {}
        for name in (*LAPTOPS, *READERS):
            store = Workspace.create(Path(folder) / name, secrets.token_bytes(32))
            stores[name] = stack.enter_context(closing(store))
        converge(history(steps), stores, Random(seed))


def test_every_kind_of_statement_is_in_the_histories() -> None:
    made = [one for one, _ in history(everything_once).made.values()]
    assert {one.type for one in made} == TYPES.keys()
