"""What is kept comes back, whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from secrets import token_bytes

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlcipher3 import dbapi2

from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.domain.records import IdentityRecord, Pin
from crsv_desk.services.ports import Store
from crsv_desk.storage import Workspace
from tests.storage.sample import DOSSIER, IDENTITY, KEY, PIN, STATEMENT, filled, findings

OTHER = "6" * 64
PAGE = 4096


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Workspace]:
    workspace = filled(tmp_path)
    yield workspace
    workspace.close()


def test_it_satisfies_the_services(store: Workspace) -> None:
    port: Store = store
    assert port.identity() == IDENTITY


def test_everything_is_there_after_closing(tmp_path: Path) -> None:
    filled(tmp_path / "one").close()
    store = Workspace.open(tmp_path / "one", KEY)
    assert store.identity() == IDENTITY
    assert store.packets(DOSSIER) == {STATEMENT: b"packet"}
    assert store.cards(DOSSIER) == {STATEMENT: b"card"}
    assert store.documents(DOSSIER, "draft") == {"letter": b"draft"}
    assert store.pins() == {PIN.certificate: PIN}
    assert store.setting("language") == "nl"
    store.close()
    store.close()  # twice does nothing more


def test_an_empty_workspace_holds_nothing(tmp_path: Path) -> None:
    store = Workspace.create(tmp_path, KEY)
    assert store.identity() is None
    assert not store.dossiers() and not store.pins() and not store.packets(DOSSIER)
    assert not store.documents(DOSSIER, "draft")
    assert (store.packet(STATEMENT), store.card(STATEMENT), store.kept(DOSSIER)) == (None, None, None)
    assert store.setting("language") == "" and store.setting("language", "en") == "en"
    store.delete_document(DOSSIER, "draft", "letter")
    store.erase_packet(STATEMENT)
    store.close()


def test_what_is_put_again_replaces(store: Workspace) -> None:
    store.set_identity(IdentityRecord("B", "P", "R", b"1", b"2", "3"))
    store.put_packet(STATEMENT, DOSSIER, "letter", b"other", b"other card")
    store.put_document(DOSSIER, "draft", "letter", b"other")
    store.put_pin(Pin(PIN.certificate, "Fonds Citroen", "video", PIN.time))
    store.set_setting("language", "fr")
    assert store.identity() == IdentityRecord("B", "P", "R", b"1", b"2", "3")
    assert store.packet(STATEMENT) == b"other" and store.card(STATEMENT) == b"other card"
    assert store.count_packets(DOSSIER) == 1
    assert store.documents(DOSSIER, "draft") == {"letter": b"other"}
    assert store.pins()[PIN.certificate].organisation == "Fonds Citroen"
    assert store.setting("language") == "fr"


def test_what_was_erased_is_counted_and_can_be_given_back(store: Workspace) -> None:
    """Whoever erased it may turn out to have had no right to; whether it may come back is for the services to say."""
    store.erase_packet(STATEMENT)
    assert store.packet(STATEMENT) is None and not store.packets(DOSSIER)
    assert not store.card(STATEMENT)
    assert store.count_packets(DOSSIER) == 1 and store.dossiers() == [DOSSIER]
    store.put_packet(STATEMENT, DOSSIER, "letter", b"packet", b"card")
    assert (store.packet(STATEMENT), store.card(STATEMENT)) == (b"packet", b"card")
    assert store.count_packets(DOSSIER) == 1


def test_what_was_erased_is_in_no_page(tmp_path: Path) -> None:
    """Neither itself, nor anything of what was worked out of it and kept."""
    store = Workspace.create(tmp_path, KEY)
    derived, later = token_bytes(50_000), token_bytes(20_000)
    for number in range(20):
        store.put_packet(f"{number:064}", DOSSIER, "letter", b"Geheim %d " % number * 900, b"Kaart %d" % number)
    for data in (derived, later):
        assert store.keep(DOSSIER, store.revision(DOSSIER), "mark", data)
    pages = plain(tmp_path)
    assert b"Geheim 7 " in pages and b"Kaart 7" in pages and parts(later, pages) > 1_000
    store.erase_packet(f"{7:064}")
    pages = plain(tmp_path)
    assert store.kept(DOSSIER) is None and parts(derived + later, pages) == 0
    assert b"Geheim 7 " not in pages and b"Kaart 7" not in pages
    assert b"Geheim 8 " in pages and b"Kaart 8" in pages
    store.close()


def parts(data: bytes, pages: bytes) -> int:
    """How many pieces of ``data`` stand in ``pages``."""
    return sum(data[at : at + 16] in pages for at in range(0, len(data), 16))


def plain(place: Path) -> bytes:
    """Every page of the database and of its log, free ones too, without the cipher (SQLCipher 4: AES-256-CBC, at the
    end of each page its initialisation vector and its HMAC; the first page begins with a salt)."""
    log = place / "desk.db-wal"
    frames = log.read_bytes()[32:] if log.exists() else b""
    data = (place / "desk.db").read_bytes()
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    pages += [frames[at + 24 : at + 24 + PAGE] for at in range(0, len(frames), 24 + PAGE)]
    found = []
    for page in pages:
        vector = page[PAGE - 80 : PAGE - 64]
        decryptor = Cipher(algorithms.AES(KEY), modes.CBC(vector)).decryptor()
        found.append(decryptor.update(page[: PAGE - 80]))
    return b"".join(found)


def test_what_is_kept_says_what_was_written_since(store: Workspace) -> None:
    def keep() -> bool:
        return store.keep(DOSSIER, store.revision(DOSSIER), "mark", b"derived")

    def since() -> object:
        found = store.kept(DOSSIER)
        assert found is not None and found[:2] == ("mark", b"derived")
        return found[2]

    assert keep() and since() == []
    store.put_document(DOSSIER, "draft", "letter", b"no part of it")
    store.put_packet("9" * 64, "e" * 64, "letter", b"of another dossier", b"card")
    assert since() == []
    for _twice in range(2):
        store.put_document(DOSSIER, "opening", "entry", b"opening")
    store.put_packet(OTHER, DOSSIER, "comment", b"new", b"")
    written = [("opening", "entry"), ("packet", OTHER)]
    assert since() == written
    with pytest.raises(ZeroDivisionError), store.atomic():
        store.put_packet("7" * 64, DOSSIER, "comment", b"undone", b"card")
        raise ZeroDivisionError
    assert since() == written
    assert keep() and since() == []
    revision = store.revision(DOSSIER)
    store.put_packet("8" * 64, DOSSIER, "comment", b"meanwhile", b"card")
    assert not store.keep(DOSSIER, revision, "mark", b"too late") and since() == [("packet", "8" * 64)]


@pytest.mark.parametrize("destroyed", ["packet", "replaced", "opening"])
def test_nothing_is_kept_when_anything_of_it_is_destroyed(store: Workspace, destroyed: str) -> None:
    store.put_document(DOSSIER, "opening", "entry", b"opening")
    for dossier in (DOSSIER, "e" * 64):
        assert store.keep(dossier, store.revision(dossier), "mark", b"derived")
    store.put_packet(OTHER, DOSSIER, "comment", b"x", b"card")
    store.delete_document(DOSSIER, "draft", "letter")
    assert store.kept(DOSSIER) is not None
    if destroyed == "packet":
        store.erase_packet(STATEMENT)
    elif destroyed == "replaced":
        store.put_packet(STATEMENT, DOSSIER, "letter", b"other", b"other card")
    else:
        store.delete_document(DOSSIER, "opening", "entry")
    assert store.kept(DOSSIER) is None and store.kept("e" * 64) == ("mark", b"derived", [])
    assert store._rows("SELECT count(*) FROM written") == [(0,)]


def test_order_of_arrival_is_kept(store: Workspace) -> None:
    arriving = [digit * 64 for digit in "9240"]
    for one in arriving:
        store.put_packet(one, DOSSIER, "comment", b"x", b"")
        store.put_document(DOSSIER, "sealed", one, b"x")
    store.put_packet(OTHER, "e" * 64, "genesis", b"x", b"")
    store.put_packet(STATEMENT, DOSSIER, "letter", b"again", b"")
    assert list(store.packets(DOSSIER)) == [STATEMENT, *arriving]
    assert list(store.documents(DOSSIER, "sealed")) == arriving
    assert store.dossiers() == [DOSSIER, "e" * 64]


def test_all_of_it_happens_or_nothing(store: Workspace) -> None:
    with pytest.raises(ZeroDivisionError), store.atomic():
        store.put_document(DOSSIER, "draft", "letter", b"changed")
        with store.atomic():
            store.put_packet(OTHER, DOSSIER, "comment", b"x", b"")
        raise ZeroDivisionError
    assert store.documents(DOSSIER, "draft") == {"letter": b"draft"}
    assert store.packet(OTHER) is None


def test_an_inner_failure_that_was_caught_takes_back_the_inner_part_alone(store: Workspace) -> None:
    with store.atomic():
        store.set_setting("kept", "yes")
        with pytest.raises(ZeroDivisionError), store.atomic():
            store.set_setting("lost", "yes")
            raise ZeroDivisionError
    assert (store.setting("kept"), store.setting("lost")) == ("yes", "")


def test_threads_wait_for_each_other(store: Workspace) -> None:
    def count(name: str) -> None:
        for _ in range(10):
            with store.atomic():
                store.set_setting("count", str(int(store.setting("count", "0")) + 1))
                store.put_document(DOSSIER, "draft", name, store.setting("count").encode())

    threads = [threading.Thread(target=count, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.setting("count") == "40"


def test_every_table_is_strict(store: Workspace) -> None:
    tables = [
        row
        for row in store._database.execute("PRAGMA table_list")
        if row[1] not in ("sqlite_schema", "sqlite_temp_schema")
    ]
    assert {row[1] for row in tables} >= {
        "identity",
        "packet",
        "card",
        "document",
        "pin",
        "setting",
        "kept",
        "written",
    }
    assert all(strict for *_, strict in tables)
    with pytest.raises(dbapi2.IntegrityError):
        store.put_document(DOSSIER, "draft", "letter", b"x") or store._run(  # type: ignore[func-returns-value]
            "UPDATE document SET data = ?", "text where bytes belong"
        )
    assert store.documents(DOSSIER, "draft") == {"letter": b"x"}


def test_the_disk_is_asked_to_keep_every_commit(store: Workspace) -> None:
    def pragma(name: str) -> object:
        return store._database.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("locking_mode")) == ("wal", 2, "exclusive")
    assert (pragma("secure_delete"), pragma("temp_store"), pragma("foreign_keys")) == (1, 2, 1)


def test_a_key_of_another_length_is_our_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Workspace.create(tmp_path, b"short")
    assert not Workspace.exists(tmp_path)


def test_a_workspace_is_not_made_over_another(tmp_path: Path) -> None:
    filled(tmp_path).close()
    with pytest.raises(WorkspaceError, match="already a workspace"):
        Workspace.create(tmp_path, KEY)


def test_a_back_up_opens_under_the_same_key(store: Workspace, tmp_path: Path) -> None:
    place = tmp_path / "elsewhere"
    place.mkdir()
    store.back_up(place / "desk.db")
    store.set_setting("language", "fr")
    store.back_up(place / "desk.db")
    copy = Workspace.open(place, KEY)
    assert copy.setting("language") == "fr" and copy.packets(DOSSIER) == store.packets(DOSSIER)
    assert findings(copy) == [] == findings(store)
    copy.close()
    assert {path.name for path in place.iterdir()} == {"desk.db"}
