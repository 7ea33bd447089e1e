"""What was written to each dossier since the workspace was opened, so that readers need only read that again."""

from __future__ import annotations

from collections import defaultdict


class Journal:
    """Counts writes. A workspace has one writer, so that nothing changes behind its back."""

    def __init__(self) -> None:
        self._count = 0
        self._written: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        self._latest: dict[str, int] = {}
        self._open: set[tuple[str, str, str]] = set()

    def note(self, dossier: str, kind: str, key: str) -> None:
        """A packet ("packet", its statement's id) or document (its kind and key) is being written or destroyed."""
        self._count += 1
        self._written[dossier][kind, key] = self._latest[dossier] = self._count
        self._open.add((dossier, kind, key))

    def done(self) -> None:
        """The writes so far are kept."""
        self._open.clear()

    def taken_back(self) -> None:
        """Writes of the open transaction were undone: whoever has read them reads them again."""
        for dossier, kind, key in tuple(self._open):
            self.note(dossier, kind, key)

    def revision(self, dossier: str) -> int:
        """Grows with every write to the dossier; 0 before the first."""
        return self._latest.get(dossier, 0)

    def since(self, dossier: str, revision: int) -> frozenset[tuple[str, str]]:
        """Kind and key of everything that was written after ``revision``."""
        return frozenset(entry for entry, at in self._written[dossier].items() if at > revision)
