"""What the container holds once it has been read and its signature holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of the one profile: P-256, self-signed, naming an organisation and no person."""

    der: bytes
    organisation: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the DER, 64 hexadecimal digits."""
        return sha256(self.der).hexdigest()


@dataclass(frozen=True, slots=True)
class Packet:
    """A container whose bytes are canonical and whose CAdES signature was verified.

    Who the certificate belongs to, and what the statement means, is not decided here.
    """

    data: bytes
    """The whole file."""
    statement: bytes
    """``statement.json``, canonical JSON."""
    files: Mapping[str, bytes]
    """Every other signed file, by name."""
    certificate: Certificate
    signing_time: str
    """The CAdES signing time as ``2026-05-26T14:05:00Z``: claimed, not proved."""

    @property
    def digest(self) -> str:
        """SHA-256 of the whole file, 64 hexadecimal digits."""
        return sha256(self.data).hexdigest()
