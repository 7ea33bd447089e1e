"""A file is saved whole or not at all, and what stood there before is whole either way."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crsv_desk.domain.errors import DeskError
from crsv_desk.storage import SafeFiles, causes
from tests.storage.sample import on_a_mount, start

FILES = SafeFiles()
OLD, NEW = b"old" * 1_000, b"new" * 100_000
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has it")
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has other links and pipes")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def not_saved(path: Path, sentence: str) -> None:
    """Saving says ``sentence``; an older file is whole and nothing else is left."""
    before = {one: one.read_bytes() for one in path.parent.iterdir() if one.is_file()} if path.parent.is_dir() else {}
    with pytest.raises(DeskError) as failure:
        FILES.save(path, NEW)
    assert sentence in str(failure.value) and str(failure.value).startswith("Not saved: ")
    if path.parent.is_dir():
        assert {one: one.read_bytes() for one in path.parent.iterdir() if one.is_file()} == before


@given(st.binary(max_size=3_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_what_is_saved_is_there(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "antwoord van Stichting Ananas.crsv"
    FILES.save(path, data)
    assert FILES.load(path, len(data)) == data
    assert names(tmp_path) == {path.name}


def test_it_replaces_an_older_file(tmp_path: Path) -> None:
    path = tmp_path / "answer.crsv"
    path.write_bytes(OLD)
    FILES.save(path, NEW)
    assert path.read_bytes() == NEW
    assert names(tmp_path) == {"answer.crsv"}


@posix
def test_it_may_be_handed_on_as_the_person_has_it(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        FILES.save(tmp_path / "answer.crsv", NEW)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "answer.crsv").stat().st_mode) == 0o640


@posix
def test_behind_a_link_the_file_itself_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "answer.crsv").write_bytes(OLD)
    (tmp_path / "link.crsv").symlink_to(tmp_path / "stick" / "answer.crsv")
    FILES.save(tmp_path / "link.crsv", NEW)
    assert (tmp_path / "link.crsv").is_symlink()
    assert (tmp_path / "stick" / "answer.crsv").read_bytes() == NEW


def test_the_order_is_write_flush_read_back_compare_and_only_then_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "answer.crsv"
    steps: list[str] = []

    def noted(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def step(*arguments: object, **options: object) -> object:
            steps.append(f"{name} named" if path.exists() else name)
            return function(*arguments, **options)

        return step

    monkeypatch.setattr(os, "fsync", noted("flush", os.fsync))
    monkeypatch.setattr(os, "replace", noted("rename", os.replace))
    monkeypatch.setattr(Path, "open", noted("read", Path.open))
    FILES.save(path, NEW)
    monkeypatch.undo()
    assert steps[:3] == ["flush", "read", "rename"]
    assert steps[3:] in ([], ["flush named"])  # the folder, where the system can be asked


def test_what_comes_back_otherwise_is_not_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worn-out stick says that it has written and gives back something else."""
    path = tmp_path / "answer.crsv"
    path.write_bytes(OLD)
    for returned in (NEW[:-1], NEW + b"\0", NEW[:-1] + b"?", b""):
        monkeypatch.setattr(SafeFiles, "_read_back", lambda *_, returned=returned: returned)
        not_saved(path, "differs from what was written")
    monkeypatch.undo()
    FILES.save(path, NEW)


@pytest.mark.parametrize(("code", "sentence"), [
    (errno.ENOSPC, "no room left"), (errno.EDQUOT, "no room left"), (errno.EFBIG, "a file this large"),
    (errno.EIO, "was it pulled out"), (errno.ENODEV, "was it pulled out"), (errno.EROFS, "may not write"),
    (errno.EACCES, "open in another program"), (errno.ENOMEM, os.strerror(errno.ENOMEM)),
], ids=lambda value: errno.errorcode.get(value, "") if isinstance(value, int) else "")  # fmt: skip
@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_every_failure_of_the_disk_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, sentence: str, step: str
) -> None:
    path = tmp_path / "answer.crsv"
    path.write_bytes(OLD)

    def failing(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os, step, failing)
        with pytest.raises(DeskError) as failure:
            FILES.save(path, NEW)
    assert sentence in str(failure.value)
    assert "your work is still safe on this computer" in str(failure.value)
    assert path.read_bytes() == OLD and names(tmp_path) == {"answer.crsv"}


def test_places_where_nothing_can_be_saved(tmp_path: Path) -> None:
    (tmp_path / "folder.crsv").mkdir()
    (tmp_path / "file").write_bytes(OLD)
    not_saved(tmp_path / "folder.crsv", "is the name of a folder")
    not_saved(tmp_path / "gone" / "answer.crsv", "is not there (any more)")
    not_saved(tmp_path / "file" / "answer.crsv", "is not there (any more)")
    assert (tmp_path / "file").read_bytes() == OLD


@linux
def test_a_place_where_nobody_may_write() -> None:
    with pytest.raises(DeskError, match="Not saved: "):
        FILES.save(Path("/sys/kernel/answer.crsv"), NEW)


SAVING = """
import sys
from pathlib import Path
from crsv_desk.domain.errors import DeskError
from crsv_desk.storage import SafeFiles
path, size = Path(sys.argv[1]), int(sys.argv[2])
SafeFiles().save(path, b"old")
if len(sys.argv) > 3:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    SafeFiles().save(path, bytes(size))
except DeskError as error:
    print(error)
print(path.read_bytes() == b"old", [one.name for one in path.parent.iterdir()])
"""


@linux
def test_a_stick_that_is_full(tmp_path: Path) -> None:
    told = on_a_mount(f"mount -t tmpfs -o size=64k tmpfs {tmp_path}", SAVING, tmp_path / "answer.crsv", 1_000_000)
    sentence, rest = told.splitlines()
    assert sentence == causes.SAVE_FULL
    assert rest == "True ['answer.crsv']"


@linux
def test_a_disk_that_takes_no_file_that_large(tmp_path: Path) -> None:
    saver = start(SAVING, tmp_path / "answer.crsv", 1_000_000, 100_000)
    told, failed = saver.communicate()
    assert saver.returncode == 0, failed
    sentence, rest = told.splitlines()
    assert sentence == causes.SAVE_LARGE
    assert rest == "True ['answer.crsv']"


@linux
def test_a_disk_whose_folders_cannot_be_flushed_still_saves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Network folders and some sticks refuse it, although they keep what they are given."""
    flush = os.fsync

    def picky(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", picky)
    FILES.save(tmp_path / "answer.crsv", NEW)
    assert (tmp_path / "answer.crsv").read_bytes() == NEW


def test_reading_has_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "answer.crsv"
    path.write_bytes(NEW)
    assert FILES.load(path, len(NEW)) == NEW
    for most, shown in ((len(NEW) - 1, f"{len(NEW) - 1} bytes"), (64 * 1024, "64 kB"), (0, "0 bytes")):
        with pytest.raises(DeskError, match=f"larger than {shown}"):
            FILES.load(path, most)


def test_what_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    for path, sentence in (
        (tmp_path, "is a folder"),
        (tmp_path / "gone.crsv", "is not there"),
        (tmp_path / ("x" * 400), "is not there"),
        (Path("nul\0.crsv"), "is not there"),
    ):
        with pytest.raises(DeskError, match=sentence):
            FILES.load(path, 100)


@posix
def test_pipes_and_devices_are_not_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.crsv")
    reader = threading.Thread(target=lambda: refused(tmp_path / "pipe.crsv"), daemon=True)
    reader.start()
    reader.join(20)
    assert not reader.is_alive(), "waits for somebody to write into a pipe"
    refused(Path("/dev/zero"))


def refused(path: Path) -> None:
    with pytest.raises(DeskError, match="is not a file that can be read"):
        FILES.load(path, 100)


@posix
def test_a_name_that_deceives_is_shown_harmless(tmp_path: Path) -> None:
    with pytest.raises(DeskError) as failure:
        FILES.load(tmp_path / "brief\u202efdp.crsv\n", 100)
    assert "brief\N{REPLACEMENT CHARACTER}fdp.crsv\N{REPLACEMENT CHARACTER}" in str(failure.value)
    with pytest.raises(DeskError):
        FILES.load(tmp_path / os.fsdecode(b"brief\xff.crsv"), 100)
