"""One process at a time; and whatever was said to be saved is there after the process was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.identity.vault import Vault
from crsv_desk.storage import Workspace
from tests.storage.sample import DOSSIER, KEY, STATEMENT, filled, findings, start

ANOTHER = """
import sys
from pathlib import Path
from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.storage import Workspace
from tests.storage.sample import findings, KEY
try:
    Workspace.open(Path(sys.argv[1]), KEY)
except WorkspaceError as error:
    sys.exit(str(error))
"""

HOLDING = """
import sys
from pathlib import Path
from crsv_desk.storage import Workspace
from tests.storage.sample import findings, KEY
workspace = Workspace.open(Path(sys.argv[1]), KEY)
print("open", flush=True)
sys.stdin.read()
"""

WRITING = """
import sys
from pathlib import Path
from crsv_desk.storage import Workspace
from tests.storage.sample import findings, DOSSIER, KEY
workspace = Workspace.open(Path(sys.argv[1]), KEY)
number = int(workspace.setting("number", "0"))
while True:
    number += 1
    with workspace.atomic():
        workspace.put_packet(f"{number:064}", DOSSIER, "comment", bytes(number * 37 % 9_000), b"card")
        workspace.put_document(DOSSIER, "draft", "letter", str(number).encode())
        workspace.set_setting("number", str(number))
    if number % 3 == 0:
        workspace.keep(DOSSIER, workspace.revision(DOSSIER), "mark", b"%09d" % number * 999)
    print(number, flush=True)
"""

OPEN = "open in another window"


def refused(place: Path) -> str:
    """What another process is told that opens it too."""
    another = start(ANOTHER, place)
    _, told = another.communicate()
    assert another.returncode == 1
    return str(told)


def test_a_second_process_gets_a_sentence_and_harms_nothing(tmp_path: Path) -> None:
    workspace = filled(tmp_path)
    assert refused(tmp_path).strip() == "This workspace is open in another window; close it there first."
    # Also in the middle of writing, and also after something was written.
    with workspace.atomic():
        workspace.set_setting("language", "fr")
        assert OPEN in refused(tmp_path)
    assert OPEN in refused(tmp_path)
    workspace.set_setting("language", "en")
    assert findings(workspace) == []
    workspace.close()
    again = Workspace.open(tmp_path, KEY)
    assert (again.setting("language"), again.packet(STATEMENT), findings(again)) == ("en", b"packet", [])
    again.close()


def test_the_other_way_round_and_twice_in_one_process(tmp_path: Path) -> None:
    filled(tmp_path).close()
    holder = start(HOLDING, tmp_path)
    assert holder.stdout is not None and holder.stdout.readline() == "open\n"
    with pytest.raises(WorkspaceError, match=OPEN):
        Workspace.open(tmp_path, KEY)
    holder.communicate()
    workspace = Workspace.open(tmp_path, KEY)
    with pytest.raises(WorkspaceError, match=OPEN):
        Workspace.open(tmp_path, KEY)
    assert OPEN in refused(tmp_path)
    workspace.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only POSIX systems kill this way")
def test_nothing_that_was_said_to_be_saved_is_lost_by_kill(tmp_path: Path) -> None:
    filled(tmp_path).close()
    said = 0
    for lines in (1, 4, 9, 20):
        writer = start(WRITING, tmp_path)
        assert writer.stdout is not None
        for _ in range(lines):
            said = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
        rest, _ = writer.communicate()
        assert writer.returncode == -signal.SIGKILL
        said = int([str(said), *rest.split()][-1])
        # The lock went with the process, and every commit is there, whole.
        workspace = Workspace.open(tmp_path, KEY)
        kept = int(workspace.setting("number"))
        assert said <= kept <= said + 1
        assert workspace.documents(DOSSIER, "draft") == {"letter": str(kept).encode()}
        held = workspace.packets(DOSSIER)
        assert {len(held[f"{number:064}"]) - number * 37 % 9_000 for number in range(1, kept + 1)} == {0}
        assert len(held) == kept + 1 == len(workspace.cards(DOSSIER))
        found = workspace.kept(DOSSIER)
        if found is not None:  # whole, and everything behind it is noted
            until = int(found[1][:9])
            assert found[:2] == ("mark", b"%09d" % until * 999) and kept - 3 <= until <= kept
            assert found[2] == [("packet", f"{number:064}") for number in range(until + 1, kept + 1)]
        assert findings(workspace) == []
        workspace.close()
    assert said > 30 and found is not None


def test_killed_while_it_is_made(tmp_path: Path) -> None:
    """Until the first workspace is whole there is none; the next start makes it."""
    making = """
import sys, os
from pathlib import Path
from crsv_desk.storage import Workspace, folder
from tests.storage.sample import findings, KEY
folder.name_new = lambda *_: os.kill(os.getpid(), 9)
Workspace.create(Path(sys.argv[1]), KEY)
"""
    maker = start(making, tmp_path)
    maker.communicate()
    assert maker.returncode != 0
    assert not Workspace.exists(tmp_path)
    filled(tmp_path).close()
    Workspace.open(tmp_path, KEY).close()


def test_the_command_line_says_it_too(tmp_path: Path) -> None:
    """Exit code 3 and one sentence, no traceback."""
    secret = tmp_path / "passphrase.txt"
    secret.write_text("een lange zin\n", encoding="utf-8")
    place = tmp_path / "workspace"
    command = [sys.executable, "-m", "crsv_desk", "--workspace", str(place)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "CRSV_DESK_LANGUAGE": "en",
                   "CRSV_DESK_PASSPHRASE_FILE": str(secret)}  # fmt: skip
    making = [*command, "init", "--organisation", "Stichting Ananas", "--person", "Voorbeeld 1", "--role", "directeur"]
    subprocess.run(making, env=environment, check=True, capture_output=True)
    workspace = Workspace.open(place, Vault(place).open(lambda: "een lange zin"))
    done = subprocess.run([*command, "identity"], env=environment, check=False, capture_output=True, text=True)
    workspace.close()
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.strip() == "This workspace is open in another window; close it there first."
