"""No workspace at all: for whoever only checks a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.domain.records import IdentityRecord, Pin
from crsv_desk.i18n import N_


class NoWorkspace:
    """Satisfies the services' ``Store``: it holds nothing, and whoever writes is told so. Writing raises
    ``WorkspaceError``."""

    def _refuse(self) -> WorkspaceError:
        return WorkspaceError(N_("There is no workspace yet; “crsv-desk init” makes one."))

    def atomic(self) -> AbstractContextManager[None]:
        return nullcontext()

    def identity(self) -> IdentityRecord | None:
        return None

    def set_identity(self, record: IdentityRecord) -> None:
        raise self._refuse()

    def put_packet(self, statement_id: str, dossier: str, kind: str, data: bytes, card: bytes) -> None:
        raise self._refuse()

    def packets(self, dossier: str) -> Mapping[str, bytes]:
        return {}

    def packet(self, statement_id: str) -> bytes | None:
        return None

    def cards(self, dossier: str) -> Mapping[str, bytes]:
        return {}

    def count_packets(self, dossier: str) -> int:
        return 0

    def card(self, statement_id: str) -> bytes | None:
        return None

    def revision(self, dossier: str) -> int:
        return 0

    def written_since(self, dossier: str, revision: int) -> frozenset[tuple[str, str]]:
        return frozenset()

    def keep(self, dossier: str, revision: int, mark: str, data: bytes) -> bool:
        return False

    def kept(self, dossier: str) -> tuple[str, bytes, Sequence[tuple[str, str]]] | None:
        return None

    def erase_packet(self, statement_id: str) -> None:
        raise self._refuse()

    def dossiers(self) -> Sequence[str]:
        return ()

    def put_document(self, dossier: str, kind: str, key: str, data: bytes) -> None:
        raise self._refuse()

    def documents(self, dossier: str, kind: str) -> Mapping[str, bytes]:
        return {}

    def delete_document(self, dossier: str, kind: str, key: str) -> None:
        raise self._refuse()

    def put_pin(self, pin: Pin) -> None:
        raise self._refuse()

    def pins(self) -> Mapping[str, Pin]:
        return {}

    def setting(self, name: str, default: str = "") -> str:
        return default

    def set_setting(self, name: str, value: str) -> None:
        raise self._refuse()

    def close(self) -> None:
        """There is nothing to close."""
