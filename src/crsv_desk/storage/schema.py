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


def is_newer(database: Database) -> bool:
    """Whether a later version of the program has already changed this database. Writes nothing."""
    known = {migration.name for migration in _all()}
    return any(applied.name not in known for applied in MIGRATIONS.applied(database))


def number(database: Database) -> int:
    """The schema's number: how many migrations were applied, 0 for an empty database."""
    return len(MIGRATIONS.applied(database))


def _all() -> list[Migrations._Migration]:
    return MIGRATIONS._migrations
