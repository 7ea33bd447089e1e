"""Rows in and out of the open database. Bytes are kept as they are given; nothing is interpreted."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from sqlite_utils import Database

from crsv_desk.domain.records import IdentityRecord, Pin
from crsv_desk.storage import failures
from crsv_desk.storage.journal import Journal


class Tables:
    """The verbs of the services' ``Store`` over one database and the one lock that all threads share."""

    def __init__(self, database: Database, lock: threading.RLock) -> None:
        self._database = database
        self._lock = lock
        self._depth = 0
        self._erased = False
        self._journal = Journal()

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """Everything inside happens, or nothing. May be nested; other threads wait until the outermost is done."""
        with self._lock, failures.told():
            self._depth += 1
            try:
                with self._database.atomic():
                    yield
            except BaseException:
                self._journal.taken_back()
                raise
            finally:
                self._depth -= 1
                if not self._depth:
                    self._journal.done()
                if not self._depth and self._erased:
                    self._erased = False
                    self._empty_log()

    def _empty_log(self) -> None:
        """Older pages, with what was erased from them, also stand in the write-ahead log."""
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock, failures.told():
            return list(self._database.execute(sql, list(values)).fetchall())

    def _run(self, sql: str, *values: object) -> None:
        with self._lock, failures.told():
            if self._depth:  # a statement by itself happens wholly or not at all
                self._database.execute(sql, list(values))
                return
        with self.atomic():
            self._database.execute(sql, list(values))

    def identity(self) -> IdentityRecord | None:
        """The identity that ``init`` made, or ``None`` before that."""
        rows = self._rows("SELECT organisation, person, role, certificate, private_key, age_secret FROM identity")
        return IdentityRecord(*rows[0]) if rows else None

    def set_identity(self, record: IdentityRecord) -> None:
        """Keep ``record`` as the only identity."""
        values = (record.organisation, record.person, record.role)
        secret = (record.certificate, record.private_key, record.age_secret)
        self._run(
            "INSERT OR REPLACE INTO identity (number, organisation, person, role, certificate, private_key, age_secret)"
            " VALUES (1, ?, ?, ?, ?, ?, ?)",
            *(*values, *secret),
        )

    def put_packet(self, statement_id: str, dossier: str, kind: str, data: bytes, card: bytes) -> None:
        """Keep a packet under its statement's id with its card, replacing an earlier one; also in the place of one that
        was erased, for whoever erased it may turn out to have had no right to."""
        with self.atomic():
            self._journal.note(dossier, "packet", statement_id)
            self._run(
                "INSERT INTO packet (statement_id, dossier, kind, digest, data) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (statement_id) DO UPDATE SET dossier = excluded.dossier, kind = excluded.kind,"
                " digest = excluded.digest, data = excluded.data",
                *(statement_id, dossier, kind, sha256(data).hexdigest(), bytes(data)),
            )
            self._run(
                "INSERT OR REPLACE INTO card (statement_id, dossier, data) VALUES (?, ?, ?)",
                *(statement_id, dossier, bytes(card)),
            )

    def packets(self, dossier: str) -> Mapping[str, bytes]:
        """Every packet of a dossier by statement id, in the order of arrival, without the erased ones."""
        sql = "SELECT statement_id, data FROM packet WHERE dossier = ? AND data IS NOT NULL ORDER BY arrived"
        return dict(self._rows(sql, dossier))

    def packet(self, statement_id: str) -> bytes | None:
        """One packet; ``None`` where it is not held or was erased."""
        rows = self._rows("SELECT data FROM packet WHERE statement_id = ? AND data IS NOT NULL", statement_id)
        return bytes(rows[0][0]) if rows else None

    def count_packets(self, dossier: str) -> int:
        """How many packets of a dossier are held, or were before they were erased."""
        return int(self._rows("SELECT count(*) FROM packet WHERE dossier = ?", dossier)[0][0])

    def cards(self, dossier: str) -> Mapping[str, bytes]:
        """The card of every packet by statement id; empty where it was erased."""
        return dict(self._rows("SELECT statement_id, data FROM card WHERE dossier = ?", dossier))

    def card(self, statement_id: str) -> bytes | None:
        """One card; ``None`` where its packet is not held or was erased."""
        rows = self._rows("SELECT data FROM card WHERE statement_id = ?", statement_id)
        return bytes(rows[0][0]) or None if rows else None

    def erase_packet(self, statement_id: str) -> None:
        """Destroy a packet's content, keeping its id, kind and digest."""
        with self.atomic():
            for row in self._rows("SELECT dossier FROM packet WHERE statement_id = ?", statement_id):
                self._journal.note(row[0], "packet", statement_id)
            self._run("UPDATE packet SET data = NULL WHERE statement_id = ?", statement_id)
            self._run("UPDATE card SET data = x'' WHERE statement_id = ?", statement_id)
            self._erased = True

    def revision(self, dossier: str) -> int:
        """Grows with every change to the packets and documents of a dossier, also with one that was undone."""
        with self._lock:
            return self._journal.revision(dossier)

    def written_since(self, dossier: str, revision: int) -> frozenset[tuple[str, str]]:
        """What changed after ``revision``, while this workspace is open: ("packet", statement id) or (kind, key)."""
        with self._lock:
            return self._journal.since(dossier, revision)

    def keep(self, dossier: str, revision: int, mark: str, data: bytes) -> bool:
        """Keep what was worked out of a dossier, replacing what was; not if it was written to after ``revision``. It is
        gone when anything of the dossier is destroyed."""
        with self.atomic():
            if self._journal.revision(dossier) != revision:
                return False
            self._run("DELETE FROM kept WHERE dossier = ?", dossier)  # and what was written since
            self._run("INSERT INTO kept (dossier, mark, data) VALUES (?, ?, ?)", dossier, mark, bytes(data))
        return True

    def kept(self, dossier: str) -> tuple[str, bytes, Sequence[tuple[str, str]]] | None:
        """What ``keep`` was given, mark and data, and what was written since, in that order: ("packet", statement id) or
        ("opening", entry); ``None`` where there is nothing."""
        with self._lock:
            rows = self._rows("SELECT mark, data FROM kept WHERE dossier = ?", dossier)
            written = self._rows("SELECT kind, key FROM written WHERE dossier = ? ORDER BY rowid", dossier)
        return (rows[0][0], rows[0][1], [(kind, key) for kind, key in written]) if rows else None

    def dossiers(self) -> Sequence[str]:
        """Ids of the dossiers of which a packet is (or was) held, in the order in which they arrived."""
        return [row[0] for row in self._rows("SELECT dossier FROM packet GROUP BY dossier ORDER BY min(arrived)")]

    def put_document(self, dossier: str, kind: str, key: str, data: bytes) -> None:
        """Keep another document of a dossier, replacing one of the same kind and key."""
        with self.atomic():
            self._journal.note(dossier, kind, key)
            self._run(
                "INSERT INTO document (dossier, kind, key, data) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (dossier, kind, key) DO UPDATE SET data = excluded.data",
                *(dossier, kind, key, bytes(data)),
            )

    def documents(self, dossier: str, kind: str) -> Mapping[str, bytes]:
        """The documents of one kind by key, in the order of arrival."""
        return dict(
            self._rows("SELECT key, data FROM document WHERE dossier = ? AND kind = ? ORDER BY number", dossier, kind)
        )

    def delete_document(self, dossier: str, kind: str, key: str) -> None:
        """Forget a document; nothing happens when there is none."""
        with self.atomic():
            self._journal.note(dossier, kind, key)
            self._run("DELETE FROM document WHERE dossier = ? AND kind = ? AND key = ?", dossier, kind, key)

    def put_pin(self, pin: Pin) -> None:
        """Keep a pin, replacing an earlier one of the same certificate."""
        self._run(
            "INSERT OR REPLACE INTO pin (certificate, organisation, basis, time) VALUES (?, ?, ?, ?)",
            *(pin.certificate, pin.organisation, pin.basis, pin.time),
        )

    def pins(self) -> Mapping[str, Pin]:
        """By certificate fingerprint."""
        rows = self._rows("SELECT certificate, organisation, basis, time FROM pin ORDER BY time, certificate")
        return {row[0]: Pin(*row) for row in rows}

    def setting(self, name: str, default: str = "") -> str:
        """The value kept under ``name``, or ``default``."""
        rows = self._rows("SELECT value FROM setting WHERE name = ?", name)
        return str(rows[0][0]) if rows else default

    def set_setting(self, name: str, value: str) -> None:
        """Keep ``value`` under ``name``."""
        self._run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value)
