"""What every verb gets: its arguments, the open workspace, and one way to print."""

from __future__ import annotations

import getpass
import json
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from crsv_desk.app.compose import create_desk, desk_for_checking, open_desk, workspace_exists
from crsv_desk.app.places import default_workspace, passphrase_file
from crsv_desk.domain.errors import DeskError, UsageError
from crsv_desk.i18n import N_, _
from crsv_desk.identity.vault import passphrase_from_file
from crsv_desk.services.book import block_named, find_dossier, open_volume
from crsv_desk.services.desk import Desk
from crsv_desk.services.keeping import keep_folds
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
            try:
                if error is None:
                    keep_folds(self._desk)
            finally:
                self._desk.store.close()

    @property
    def desk(self) -> Desk:
        """The open workspace. Raises ``WorkspaceError``."""
        if self._desk is None:
            self._desk = open_desk(self.folder, self.ask)
        return self._desk

    def new_desk(self, passphrase: Callable[[], str | None]) -> Desk:
        """A new workspace; or one that is there already, which an earlier start may have left without an identity.
        Raises ``WorkspaceError``."""
        if self._desk is None and not workspace_exists(self.folder):
            self._desk = create_desk(self.folder, passphrase())
        return self.desk

    def without_workspace(self) -> None:
        """Go on without one where there is none: a check needs none. One that is there but cannot be opened is still
        an error, for it may know whose the file is."""
        if self._desk is None and not workspace_exists(self.folder):
            self._desk = desk_for_checking()

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
        """Files, and the files of folders below, by name. Raises ``DeskError``: a path is not there, or not to read."""
        return [Untrusted(path.name, self.load(path, MOST_BYTES)) for path in self._files(paths)]

    def load_each(self, paths: Sequence[Path]) -> tuple[list[Untrusted], list[tuple[str, str]]]:
        """The same, with the name and a sentence for each that cannot be read. Raises ``UsageError`` for a path that
        is not there."""
        found, failed = [], []
        for path in self._files(paths):
            try:
                found.append(Untrusted(path.name, self.load(path, MOST_BYTES)))
            except DeskError as error:
                failed.append((path.name, str(error)))
        return found, failed

    def _files(self, paths: Sequence[Path]) -> Iterator[Path]:
        """What is hidden in a folder is no letter: a sync program's own files, and its older versions."""
        missing = next((path for path in paths if not path.exists()), None)
        if missing is not None:
            raise UsageError(N_("There is no file or folder {path}."), path=missing)
        for path in paths:
            if path.is_dir():
                inside = sorted(one for one in path.rglob("*") if not one.is_dir())
                yield from (one for one in inside if not _hidden(one.relative_to(path)))
            else:
                yield path

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


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(entry) for key, entry in asdict(value).items()}
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(entry) for entry in value]
    return value if value is None or isinstance(value, str | int | bool) else str(value)
