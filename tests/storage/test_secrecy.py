"""No plain text of the letter, of a name or of a key in any byte of the folder: after real work, while it is open, after
it was killed, and closed."""

from __future__ import annotations

import signal
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.sample import start

PASSPHRASE = "paarse olifant 74 fietst"
WORK = """
import sys
from pathlib import Path
from base64 import b64encode
from dataclasses import replace
from crsv_desk.app.compose import create_desk
from crsv_desk.domain.marks import Mark
from crsv_desk.services.confirm import confirm
from crsv_desk.services.drafting import new_letter, save_draft
from crsv_desk.services.endorse import Choice, endorse
from crsv_desk.services.identity import create_identity, own_identity
from crsv_desk.services.publish import publish
from crsv_desk.services.receive import Untrusted, receive
from crsv_desk.services.remarks import comment
from tests.services.world import DRAWN, LEAD, LETTER
folder, passphrase = Path(sys.argv[1]), sys.stdin.readline().strip()
desks = [create_desk(folder / str(number), passphrase) for number in (1, 2)]
lead, partner = desks
create_identity(lead, LEAD, "Josephine Voorzitter", "algemeen directeur")
create_identity(partner, "Netwerk Overlevenden Oost", "Emmanuel Geheim", "coordinator")
draft = new_letter(lead, LETTER.encode(), "letter.md")
save_draft(lead, replace(draft, front={**draft.front, "partners": ["Netwerk Overlevenden Oost"]}))
letter = publish(lead, draft.dossier)
receive(partner, [Untrusted("letter.crsv", letter)])
confirm(partner, LEAD, own_identity(lead).code)
endorse(lead, draft.dossier, Choice("all", mark=DRAWN))
out = endorse(partner, draft.dossier, Choice("none", mandate="Besluit van het geheime bestuur"))
receive(lead, [Untrusted("x.crsv", out.data)])
comment(partner, draft.dossier, "comment", "Een heel vertrouwelijke opmerking")
partner.store.set_setting("drafted-name", "Concept van Emmanuel")
secrets = []
for desk in desks:
    record = desk.store.identity()
    secrets += [record.private_key, record.age_secret.encode(), record.certificate, desk.store._key]
    # What a PKCS#8 file holds beside the number itself is no secret.
    secrets.append(record.private_key[36:68])
print(*(b64encode(one).decode() for one in secrets), flush=True)
sys.stdin.readline()
for desk in desks:
    desk.store.close()
print("closed", flush=True)
sys.stdin.readline()
"""

WORDS = (
    "Dit is de eerste alinea van deze brief",
    "Vervolging van daders",
    "Over conflictgerelateerd geweld",
    "Geachte leden",
    "Platform Vrouwen en Vrede",
    "Josephine Voorzitter",
    "Netwerk Overlevenden Oost",
    "Emmanuel Geheim",
    "coordinator",
    "Besluit van het geheime bestuur",
    "Een heel vertrouwelijke opmerking",
    "Concept van Emmanuel",
    "endorsement",
    "visibility",
    PASSPHRASE,
)


def spellings(secret: bytes) -> Iterator[bytes]:
    """The ways in which programs write bytes down: as they are, in base64 wherever it begins, and in hexadecimal."""
    yield secret
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    for lead in range(3):
        # Only the part that does not depend on what stands before and behind.
        encoded = b64encode(bytes(lead) + secret)
        yield encoded[-(-lead * 8 // 6) : len(encoded) - 4]


def found(folder: Path, secrets: list[bytes]) -> list[str]:
    """Where any of ``secrets`` stands, in any file below ``folder``."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) >= 4, files
    texts = [(path, data) for path in files for data in (str(path.relative_to(folder)).encode(), path.read_bytes())]
    wanted = [(secret, spelling) for secret in secrets for spelling in spellings(secret)]
    return [f"{path.name}: {secret!r}" for path, data in texts for secret, spelling in wanted if spelling in data]


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    for number, content in enumerate((
        "xx Emmanuel Geheim".encode("utf-16-le"), b64encode(b"x Emmanuel Geheim, coordinator"),
        b64encode(b"Emmanuel Geheim"), b64encode(b"xyz! Emmanuel Geheim!"), b"Emmanuel Geheim".hex().encode(),
    )):  # fmt: skip
        (tmp_path / str(number)).write_bytes(content)
    assert len(found(tmp_path, words())) >= 5


def words() -> list[bytes]:
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    return [word.encode(encoding) for word in WORDS for encoding in encodings]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only POSIX systems kill this way")
@pytest.mark.parametrize("killed", [False, True], ids=["closed", "killed"])
def test_nothing_stands_in_the_folder(tmp_path: Path, killed: bool) -> None:
    worker = start(WORK, tmp_path)
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(PASSPHRASE + "\n")
    worker.stdin.flush()
    told = worker.stdout.readline()
    assert told, worker.communicate()[1]
    secrets = [*words(), *map(b64decode, told.split())]
    assert len(secrets) == len(words()) + 10
    names = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert {"desk.db", "desk.db-wal", "key.json"} <= names
    assert found(tmp_path, secrets) == []
    if killed:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    else:
        worker.stdin.write("\n")
        worker.stdin.flush()
        assert worker.stdout.readline() == "closed\n"
    assert found(tmp_path, secrets) == []
    worker.communicate()
    for path in tmp_path.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
