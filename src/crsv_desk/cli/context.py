"""What every verb gets: its arguments, the open workspace, and one way to print."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from crsv_desk.app import default_workspace, open_desk
from crsv_desk.app.places import passphrase_file
from crsv_desk.domain.errors import UsageError
from crsv_desk.i18n import N_, _
from crsv_desk.identity.vault import passphrase_from_file
from crsv_desk.services.book import block_named, find_dossier, open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.receive import Untrusted

MOST_BYTES = 600_000_000


class Context:
    """One run of one verb. Closes the workspace at its end."""

    def __init__(self, arguments: Namespace) -> None:
        self.arguments = arguments
        self.json: bool = arguments.json
        self.folder: Path = arguments.workspace or default_workspace()
        self._desk: Desk | None = None

    def __enter__(self) -> Context:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._desk is not None:
            self._desk.store.close()

    @property
    def desk(self) -> Desk:
        """The open workspace. Raises ``WorkspaceError``."""
        if self._desk is None:
            self._desk = open_desk(self.folder, self.ask)
        return self._desk

    @property
    def dossier(self) -> str:
        """The dossier that the argument ID names. Raises ``UsageError``."""
        return find_dossier(self.desk, self.arguments.id)

    def block(self, name: str) -> str:
        """The id of the block that is named by its id, or by the number of its paragraph. Raises ``UsageError``."""
        return block_named(self.desk, open_volume(self.desk, self.dossier), name) if name else ""

    def ask(self) -> str | None:
        """The passphrase from the file that was named, or typed; ``None`` when nobody can be asked."""
        path: Path | None = self.arguments.passphrase_file or passphrase_file()
        if path is not None:
            return passphrase_from_file(path)
        if not sys.stdin.isatty():
            return None
        return getpass.getpass(_("Passphrase: "), stream=sys.stderr)

    def load(self, path: Path, most_bytes: int = 20_000_000) -> bytes:
        """A file of the person. Raises ``DeskError``."""
        return self.desk.files.load(path, most_bytes)

    def load_all(self, paths: Sequence[Path]) -> list[Untrusted]:
        """Files, and the files of folders below, by name. Raises ``UsageError`` for a path that is not there."""
        found: list[Path] = []
        for path in paths:
            if path.is_dir():
                found += sorted(one for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
            elif path.is_file():
                found.append(path)
            else:
                raise UsageError(N_("There is no file or folder {path}."), path=path)
        return [Untrusted(path.name, self.load(path, MOST_BYTES)) for path in found]

    def save(self, path: Path, data: bytes) -> None:
        """Write a file whole, or not at all; "saved" is said afterwards. Raises ``DeskError``."""
        self.desk.files.save(path, data)
        self.note(_("Saved: {path}").format(path=path))

    def note(self, sentence: str) -> None:
        """A message beside the result."""
        print(sentence, file=sys.stderr if self.json else sys.stdout)

    def print(self, value: Any, lines: Callable[[], Sequence[str]]) -> None:
        """The result: ``value`` as one JSON document, or ``lines`` for people."""
        if self.json:
            print(json.dumps(_plain(value), ensure_ascii=False, indent=2))
        else:
            for line in lines():
                print(line)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(entry) for key, entry in asdict(value).items()}
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(entry) for entry in value]
    return value if value is None or isinstance(value, str | int | bool) else str(value)
