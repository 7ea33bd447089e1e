"""Workspaces of every released schema open, and those of a later one are left as they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from crsv_desk.app.compose import assemble
from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.services.identity import own_identity
from crsv_desk.services.overview import status
from crsv_desk.storage import Workspace, cipher, schema
from tests.services.world import LEAD
from tests.storage.sample import KEY, STATEMENT, files, filled, findings

SAVED = Path(__file__).parent
"""A workspace of each released schema, ``schema-N.db``, under ``KEY``: a published letter, two partners, an endorsement
of the lead, one of a partner by name and one withheld, a pin, a setting and a draft."""
RELEASED = ("0001-first", "0002-cards", "0003-kept")
"""Append-only: a released migration is never renamed, moved or changed."""


@pytest.fixture
def migrations(monkeypatch: pytest.MonkeyPatch) -> Iterator[Migrations]:
    """The migrations of a later version, without a last one yet."""
    later = Migrations("crsv-desk")
    for migration in schema.MIGRATIONS._migrations:
        later(name=migration.name)(migration.fn)
    monkeypatch.setattr(schema, "MIGRATIONS", later)
    yield later
    monkeypatch.undo()


def tables(workspace: Workspace) -> set[tuple[str, str]]:
    return set(workspace._database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())


def test_the_released_ones_are_there_in_their_order() -> None:
    names = tuple(migration.name for migration in schema.MIGRATIONS._migrations)
    assert names[: len(RELEASED)] == RELEASED


@pytest.mark.parametrize("saved", sorted(SAVED.glob("schema-*.db")), ids=lambda path: path.stem)
def test_a_saved_workspace_opens_with_everything_in_it(tmp_path: Path, saved: Path) -> None:
    place = tmp_path / "saved"
    place.mkdir()
    shutil.copy(saved, place / "desk.db")
    workspace = Workspace.open(place, KEY)
    desk = assemble(workspace)
    assert own_identity(desk).organisation == LEAD
    [dossier] = workspace.dossiers()
    rows = {row.organisation: row.standing for row in status(desk, dossier)}
    assert rows[LEAD] == rows["Stichting Ananas"] == "endorsed"
    assert "Vereniging Bosbes" in rows
    assert len(workspace.packets(dossier)) == 8
    assert set(workspace.documents(dossier, "draft")) == {"letter"}
    assert workspace.pins()["ab" * 32].organisation == "Fonds Citroen"
    assert workspace.setting("language") == "nl"
    assert findings(workspace) == []
    new = Workspace.create(tmp_path / "new", KEY)
    assert tables(workspace) == tables(new)
    new.close()
    workspace.close()


def test_a_copy_is_made_before_an_old_workspace_is_changed(tmp_path: Path) -> None:
    shutil.copy(SAVED / "schema-1.db", tmp_path / "desk.db")
    Workspace.open(tmp_path, KEY).close()
    number = len(schema.MIGRATIONS._migrations)
    assert set(files(tmp_path)) == {"desk.db", f"desk-before-schema-{number}.db"} or set(files(tmp_path)) == {
        "desk.db", "desk-before-schema-2.db",
    }  # fmt: skip
    # The copy is the old workspace, whole: it opens as that one did.
    (tmp_path / "desk.db").unlink()
    (tmp_path / "desk-before-schema-2.db").rename(tmp_path / "desk.db")
    connection = cipher.connect(tmp_path / "desk.db", KEY)
    assert schema.number(Database(connection)) == 1
    connection.close()
    workspace = Workspace.open(tmp_path, KEY)
    assert workspace.setting("language") == "nl"
    workspace.close()


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, migrations: Migrations) -> None:
    filled(tmp_path).close()

    @migrations(name="0999-broken")
    def broken(database: Database) -> None:
        database.execute("DROP TABLE packet")
        raise ZeroDivisionError

    for _ in range(2):  # the second time over the copy that the first one left
        with pytest.raises(ZeroDivisionError):
            Workspace.open(tmp_path, KEY)
    migrations._migrations.pop()
    workspace = Workspace.open(tmp_path, KEY)
    assert workspace.packet(STATEMENT) == b"packet"
    workspace.close()


def test_a_later_schema_is_refused_and_not_a_byte_is_changed(
    tmp_path: Path, migrations: Migrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    @migrations(name="0999-later")
    def later(database: Database) -> None:
        database.table("later").create({"number": int}, pk="number", strict=True)

    filled(tmp_path).close()
    monkeypatch.undo()
    before = files(tmp_path)
    assert set(before) == {"desk.db"}
    for _ in range(2):
        with pytest.raises(WorkspaceError, match="newer CRSV Desk"):
            Workspace.open(tmp_path, KEY)
        assert files(tmp_path) == before
