"""The composition root: the only place that knows which adapter stands behind which port."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from crsv_desk.domain.errors import WorkspaceError
from crsv_desk.i18n import N_
from crsv_desk.identity.keys import SoftwareKeys
from crsv_desk.identity.vault import Vault, keyring_works
from crsv_desk.letters.pictures import SafePictures
from crsv_desk.letters.texts import LetterTexts
from crsv_desk.packets.asic import AsicPackets
from crsv_desk.packets.sealing import AgeSealing
from crsv_desk.pdf.paper import PdfPaper
from crsv_desk.services.desk import Desk
from crsv_desk.storage import NoWorkspace, SafeFiles, Workspace


class SystemClock:
    """The computer's clock, in UTC to the second."""

    def now(self) -> str:
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class SystemRandomness:
    """The system's generator."""

    def token(self) -> bytes:
        return secrets.token_bytes(32)


def workspace_exists(folder: Path) -> bool:
    """Whether a workspace lies in ``folder``."""
    return Vault(folder).exists() and Workspace.exists(folder)


def create_desk(folder: Path, passphrase: str | None = None) -> Desk:
    """Make a workspace in ``folder``: under ``passphrase``, or with the system's keyring. Raises ``WorkspaceError``:
    there is one already, or no keyring works here and no passphrase was given."""
    if workspace_exists(folder):
        raise WorkspaceError(N_("There is a workspace in {folder} already."), folder=folder)
    vault = Vault(folder)
    if vault.exists() and not Workspace.exists(folder):
        # An earlier start got no further than the key: it opens nothing yet, so it may serve.
        key = vault.open(lambda: passphrase)
    elif passphrase is not None:
        key = vault.create_with_passphrase(passphrase)
    elif keyring_works():
        key = vault.create_with_keyring()
    else:
        raise WorkspaceError(N_("No keyring works on this computer; protect the workspace with a passphrase instead."))
    return assemble(Workspace.create(folder, key))


def open_desk(folder: Path, ask: Callable[[], str | None] = lambda: None) -> Desk:
    """Open the workspace in ``folder``; ``ask`` is called for a passphrase if it needs one. Raises
    ``WorkspaceError``."""
    if not workspace_exists(folder):
        raise WorkspaceError(N_("There is no workspace in {folder} yet; “crsv-desk init” makes one."), folder=folder)
    return assemble(Workspace.open(folder, Vault(folder).open(ask)))


def desk_for_checking() -> Desk:
    """For somebody who has no workspace and only checks files: nothing is known, and nothing is kept."""
    return assemble(NoWorkspace())


def assemble(workspace: Workspace | NoWorkspace) -> Desk:
    """The real adapters around an open workspace."""
    return Desk(
        store=workspace,
        packets=AsicPackets(),
        keys=SoftwareKeys(),
        sealing=AgeSealing(),
        letters=LetterTexts(),
        pictures=SafePictures(),
        paper=PdfPaper(),
        files=SafeFiles(),
        clock=SystemClock(),
        randomness=SystemRandomness(),
    )
