"""A workspace with little in it, and programs that open one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crsv_desk.domain.records import IdentityRecord, Pin
from crsv_desk.storage import Workspace, cipher
from tests.tools import need

KEY = bytes(range(32))
OTHER_KEY = bytes(32)
DOSSIER, STATEMENT = "d" * 64, "5" * 64
IDENTITY = IdentityRecord(
    "Stichting Ananas", "Voorbeeld 1", "directeur", b"certificate", b"private", "AGE-SECRET-KEY-1"
)
PIN = Pin("c" * 64, "Vereniging Bosbes", "voice", "2026-05-26T14:05:00Z")


def filled(place: Path) -> Workspace:
    """A new workspace, open, with a row of everything."""
    workspace = Workspace.create(place, KEY)
    workspace.set_identity(IDENTITY)
    workspace.put_packet(STATEMENT, DOSSIER, "letter", b"packet", b"card")
    workspace.put_document(DOSSIER, "draft", "letter", b"draft")
    workspace.put_pin(PIN)
    workspace.set_setting("language", "nl")
    return workspace


def files(place: Path) -> dict[str, bytes]:
    """Every byte of a folder whose workspace is closed."""
    return {path.name: path.read_bytes() for path in place.iterdir()}


def findings(workspace: Workspace) -> list[str]:
    """What a full check of every page and table finds wrong."""
    return cipher.integrity(workspace._connection)


def start(script: str, *arguments: object, **options: object) -> subprocess.Popen[str]:
    """Another process, with a pipe to and from it."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "CRSV_DESK_LANGUAGE": "en"}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        **options,
    )  # fmt: skip


def on_a_mount(commands: str, script: str, *arguments: object) -> str:
    """What ``script`` prints where shell ``commands`` have mounted something that nobody else sees. Skipped where the
    system lets nobody do that."""
    alone = [need("unshare"), "--user", "--map-root-user", "--mount"]
    if subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody mount anything")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "CRSV_DESK_LANGUAGE": "en"}
    command = [*alone, "sh", "-c", commands + ' && exec "$@"', "sh", sys.executable, "-c", script, *map(str, arguments)]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout
