"""What can happen to a workspace in the world is a sentence, and never makes it worse."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from crsv_desk.domain.errors import DeskError, WorkspaceError
from crsv_desk.storage import Workspace, cipher, folder
from tests.storage.sample import DOSSIER, KEY, OTHER_KEY, STATEMENT, files, filled, findings, on_a_mount, start

WRONG_KEY, DAMAGED, MISSING = "does not fit it", "is damaged; use a back-up", "There is no workspace"
PAGE = 4096
NO_PLACE = Path("/sys/kernel/crsv-desk")
"""Where not even the administrator may make a folder."""


def refused(place: Path, sentence: str, key: bytes = KEY) -> None:
    """Opening says ``sentence`` and changes nothing."""
    before = files(place)
    with pytest.raises(WorkspaceError, match=sentence) as refusal:
        Workspace.open(place, key)
    assert refusal.value.exit_code == 3
    assert files(place) == before


def test_another_key(tmp_path: Path) -> None:
    filled(tmp_path).close()
    refused(tmp_path, WRONG_KEY, OTHER_KEY)
    Workspace.open(tmp_path, KEY).close()


def test_no_workspace(tmp_path: Path) -> None:
    refused(tmp_path, MISSING)
    (tmp_path / "desk.db").mkdir()
    with pytest.raises(WorkspaceError, match=MISSING):
        Workspace.open(tmp_path, KEY)
    with pytest.raises(WorkspaceError, match=MISSING):
        Workspace.open(tmp_path / "elsewhere", KEY)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("damage", ["first page", "emptied", "cut short", "another file"])
def test_damage_that_is_seen_at_once(tmp_path: Path, damage: str) -> None:
    workspace = filled(tmp_path)
    workspace.put_document(DOSSIER, "sealed", "large", bytes(100_000))
    workspace.close()
    path = tmp_path / "desk.db"
    good = path.read_bytes()
    path.write_bytes({
        "first page": good[:100] + b"?" + good[101:], "emptied": b"", "cut short": good[:1000],
        "another file": b"SQLite format 3\0" + bytes(3 * PAGE),
    }[damage])  # fmt: skip
    refused(tmp_path, WRONG_KEY if damage == "another file" else DAMAGED)
    path.write_bytes(good)
    Workspace.open(tmp_path, KEY).close()


def test_damage_that_is_found_on_reading(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    workspace.put_document(DOSSIER, "sealed", "large", bytes(100_000))
    workspace.close()
    path = tmp_path / "desk.db"
    good = path.read_bytes()
    for place in (len(good) - 2 * PAGE + 17, len(good) - 9 * PAGE + 3):
        path.write_bytes(good[:place] + bytes((good[place] ^ 1,)) + good[place + 1 :])
        workspace = Workspace.open(tmp_path, KEY)
        with pytest.raises(WorkspaceError, match=DAMAGED):
            workspace.documents(DOSSIER, "sealed")
        assert findings(workspace)
        workspace.close()


def test_every_damaged_page_is_noticed(tmp_path: Path) -> None:
    filled(tmp_path).close()
    path = tmp_path / "desk.db"
    good = path.read_bytes()
    for place in range(20, len(good), PAGE):
        path.write_bytes(good[:place] + bytes((good[place] ^ 0x40,)) + good[place + 1 :])
        try:
            workspace = Workspace.open(tmp_path, KEY)
        except WorkspaceError as error:
            assert "is damaged" in str(error)
        else:
            assert findings(workspace), place
            workspace.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has such a place")
def test_a_folder_that_cannot_be_used() -> None:
    with pytest.raises(WorkspaceError, match="cannot be used for a workspace"):
        Workspace.create(NO_PLACE, KEY)


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"mine")
    with pytest.raises(WorkspaceError, match="cannot be used for a workspace"):
        Workspace.create(tmp_path / "taken", KEY)
    assert (tmp_path / "taken").read_bytes() == b"mine"


def test_a_workspace_that_cannot_be_named_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for step in ("name_new", "make_private_file"):
        with monkeypatch.context() as patch:
            patch.setattr(folder, step, full)
            with pytest.raises(WorkspaceError, match=r"cannot be used for a workspace \(No space left"):
                Workspace.create(tmp_path, KEY)
        assert not list(tmp_path.iterdir())
    filled(tmp_path).close()


@pytest.mark.skipif(os.name != "posix", reason="Windows names new files otherwise")
def test_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stick formatted for Windows: a workspace is made on it all the same, and never over another."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    filled(tmp_path).close()
    with pytest.raises(WorkspaceError, match="already a workspace"):
        Workspace.create(tmp_path, KEY)
    # Not even when it came in between.
    monkeypatch.setattr(Workspace, "exists", lambda _place: False)
    with pytest.raises(WorkspaceError, match="already a workspace"):
        Workspace.create(tmp_path, KEY)
    assert set(files(tmp_path)) == {"desk.db"}
    workspace = Workspace.open(tmp_path, KEY)
    assert workspace.packet(STATEMENT) == b"packet"
    workspace.close()


OPENING = """
import sys
from pathlib import Path
from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.storage import Workspace
from tests.storage.sample import KEY
try:
    Workspace.open(Path(sys.argv[1]), KEY)
except WorkspaceError as error:
    print(error)
"""


def test_a_disk_that_may_only_be_read(tmp_path: Path) -> None:
    filled(tmp_path).close()
    told = on_a_mount(f"mount --bind {tmp_path} {tmp_path} && mount -o remount,ro,bind {tmp_path}", OPENING, tmp_path)
    assert told == "This workspace cannot be written to; check whether its folder or disk is write-protected.\n"
    Workspace.open(tmp_path, KEY).close()


def test_a_full_disk_keeps_what_was_there(tmp_path: Path) -> None:
    """SQLite itself says that the disk is full: it may not grow the file."""
    workspace = filled(tmp_path)
    pages = workspace._database.execute("PRAGMA page_count").fetchone()[0]
    workspace._database.execute(f"PRAGMA max_page_count = {pages + 4}").fetchall()
    with pytest.raises(DeskError, match="no room left on the disk") as failure:
        workspace.put_packet("6" * 64, DOSSIER, "letter", bytes(100_000), b"")
    assert failure.value.exit_code == 1
    with pytest.raises(DeskError, match="no room left"), workspace.atomic():
        workspace.set_setting("language", "fr")
        workspace.put_packet("7" * 64, DOSSIER, "letter", bytes(100_000), b"")
    assert workspace.setting("language") == "nl"
    assert list(workspace.packets(DOSSIER)) == [STATEMENT]
    # Room was made: the same workspace goes on.
    workspace._database.execute("PRAGMA max_page_count = 1000000").fetchall()
    workspace.put_packet("6" * 64, DOSSIER, "letter", bytes(100_000), b"")
    assert findings(workspace) == []
    workspace.close()


SMALL_FILES = """
import resource, signal, sys
from pathlib import Path
from crsv_desk.domain.errors import DeskError
from crsv_desk.storage import Workspace
from tests.storage.sample import DOSSIER, KEY
workspace = Workspace.open(Path(sys.argv[1]), KEY)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
for number in range(50):
    try:
        workspace.put_packet(f"{number:064}", DOSSIER, "comment", bytes(20_000), b"")
    except DeskError as error:
        print("refused:", error)
        break
    print(number, flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    workspace.back_up(Path(sys.argv[2]))
except DeskError as error:
    print("back-up:", error)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a limit on the size of files")
def test_a_disk_that_takes_no_more_in_the_middle_of_work(tmp_path: Path) -> None:
    """The system refuses the write itself."""
    place, copies = tmp_path / "workspace", tmp_path / "copies"
    copies.mkdir()
    filled(place).close()
    writer = start(SMALL_FILES, place, copies / "copy.db")
    told, failed = writer.communicate()
    assert writer.returncode == 0, failed
    *saved, refusal, back_up = told.splitlines()
    assert saved and refusal.startswith("refused: ") and refusal.endswith(".")
    assert back_up.startswith("back-up: The back-up copy.db was not made"), back_up
    assert not list(copies.iterdir())
    workspace = Workspace.open(place, KEY)
    held = workspace.packets(DOSSIER)
    assert {f"{int(number):064}" for number in saved} <= set(held)
    assert findings(workspace) == []
    workspace.close()


def test_a_back_up_that_cannot_be_made_says_so_and_leaves_an_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = filled(tmp_path / "workspace")
    target = tmp_path / "copy.db"
    workspace.back_up(target)
    older = target.read_bytes()

    def full(*_: object) -> None:
        raise dbapi2.OperationalError("database or disk is full")

    monkeypatch.setattr(cipher, "copy", full)
    with pytest.raises(DeskError, match=r"The back-up copy\.db was not made"):
        workspace.back_up(target)
    with pytest.raises(DeskError, match="was not made"):
        workspace.back_up(tmp_path / "nowhere" / "copy.db")
    with pytest.raises(DeskError, match="was not made"):
        workspace.back_up(tmp_path / "workspace" / "desk.db")
    assert target.read_bytes() == older
    assert {path.name for path in tmp_path.iterdir()} == {"workspace", "copy.db"}
    workspace.close()
