"""The tables, as append-only migrations: a released one is never changed, only followed by another."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("crsv-desk")


@MIGRATIONS(name="0001-first")
def _first(database: Database) -> None:
    """Everything of version 1. Ids, kinds and times are text as the services give them; content is bytes."""
    database.table("identity").create(
        {
            "number": int,
            "organisation": str,
            "person": str,
            "role": str,
            "certificate": bytes,
            "private_key": bytes,
            "age_secret": str,
        },
        pk="number",
        not_null={"organisation", "person", "role", "certificate", "private_key", "age_secret"},
        strict=True,
    )
    # ``arrived`` gives the order; ``data`` is NULL once the content has been destroyed.
    packets = database.table("packet")
    packets.create(
        {"arrived": int, "statement_id": str, "dossier": str, "kind": str, "digest": str, "data": bytes},
        pk="arrived",
        not_null={"statement_id", "dossier", "kind", "digest"},
        strict=True,
    )
    packets.create_index(["statement_id"], unique=True)
    packets.create_index(["dossier"])
    documents = database.table("document")
    documents.create(
        {"number": int, "dossier": str, "kind": str, "key": str, "data": bytes},
        pk="number",
        not_null={"dossier", "kind", "key", "data"},
        strict=True,
    )
    documents.create_index(["dossier", "kind", "key"], unique=True)
    database.table("pin").create(
        {"certificate": str, "organisation": str, "basis": str, "time": str},
        pk="certificate",
        not_null={"organisation", "basis", "time"},
        strict=True,
    )
    database.table("setting").create({"name": str, "value": str}, pk="name", not_null={"value"}, strict=True)


@MIGRATIONS(name="0002-cards")
def _cards(database: Database) -> None:
    """What was read of each packet, in few bytes side by side, so that a dossier opens without reading them all."""
    cards = database.table("card")
    cards.create(
        {"statement_id": str, "dossier": str, "data": bytes},
        pk="statement_id",
        not_null={"dossier", "data"},
        strict=True,
    )
    cards.create_index(["dossier"])


@MIGRATIONS(name="0003-kept")
def _kept(database: Database) -> None:
    """What a large dossier amounts to, as last worked out, and what was written to it since. It may be thrown away at any
    time, and is where anything of it is destroyed. The database itself sees to that, so that no way to write forgets it."""
    database.table("kept").create(
        {"dossier": str, "mark": str, "data": bytes}, pk="dossier", not_null={"mark", "data"}, strict=True
    )
    database.table("written").create(
        {"dossier": str, "kind": str, "key": str}, pk=("dossier", "kind", "key"), not_null={"kind", "key"}, strict=True
    )
    for trigger in _TRIGGERS:
        database.execute(trigger)


# Not "OR IGNORE": whatever the outer statement says of conflicts would hold instead.
_TRIGGERS = (
    """CREATE TRIGGER packet_insert AFTER INSERT ON card
    WHEN EXISTS (SELECT 1 FROM kept WHERE dossier = new.dossier) AND NOT EXISTS (
        SELECT 1 FROM written WHERE dossier = new.dossier AND kind = 'packet' AND key = new.statement_id)
    BEGIN INSERT INTO written (dossier, kind, key) VALUES (new.dossier, 'packet', new.statement_id); END""",
    """CREATE TRIGGER packet_update AFTER UPDATE ON card
    WHEN EXISTS (SELECT 1 FROM kept WHERE dossier = new.dossier) AND NOT EXISTS (
        SELECT 1 FROM written WHERE dossier = new.dossier AND kind = 'packet' AND key = new.statement_id)
    BEGIN INSERT INTO written (dossier, kind, key) VALUES (new.dossier, 'packet', new.statement_id); END""",
    """CREATE TRIGGER packet_erase AFTER UPDATE ON card WHEN length(new.data) = 0
    BEGIN DELETE FROM kept WHERE dossier = old.dossier; END""",
    """CREATE TRIGGER packet_delete AFTER DELETE ON card
    BEGIN DELETE FROM kept WHERE dossier = old.dossier; END""",
    """CREATE TRIGGER opening_insert AFTER INSERT ON document
    WHEN new.kind = 'opening' AND EXISTS (SELECT 1 FROM kept WHERE dossier = new.dossier) AND NOT EXISTS (
        SELECT 1 FROM written WHERE dossier = new.dossier AND kind = 'opening' AND key = new.key)
    BEGIN INSERT INTO written (dossier, kind, key) VALUES (new.dossier, 'opening', new.key); END""",
    """CREATE TRIGGER opening_update AFTER UPDATE ON document
    WHEN new.kind = 'opening' AND EXISTS (SELECT 1 FROM kept WHERE dossier = new.dossier) AND NOT EXISTS (
        SELECT 1 FROM written WHERE dossier = new.dossier AND kind = 'opening' AND key = new.key)
    BEGIN INSERT INTO written (dossier, kind, key) VALUES (new.dossier, 'opening', new.key); END""",
    """CREATE TRIGGER opening_delete AFTER DELETE ON document WHEN old.kind = 'opening'
    BEGIN DELETE FROM kept WHERE dossier = old.dossier; END""",
    """CREATE TRIGGER kept_delete AFTER DELETE ON kept
    BEGIN DELETE FROM written WHERE dossier = old.dossier; END""",
)


def is_newer(database: Database) -> bool:
    """Whether a later version of the program has already changed this database. Writes nothing."""
    known = {migration.name for migration in _all()}
    return any(applied.name not in known for applied in MIGRATIONS.applied(database))


def number(database: Database) -> int:
    """The schema's number: how many migrations were applied, 0 for an empty database."""
    return len(MIGRATIONS.applied(database))


def _all() -> list[Migrations._Migration]:
    return MIGRATIONS._migrations
