"""What the workspace keeps about people: the one identity that is ours, and the ones that were compared by voice."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class IdentityRecord:
    """What ``init`` made, as the workspace keeps it. The two secrets never show in its ``repr``."""

    organisation: str
    person: str
    role: str
    certificate: bytes
    """X.509 DER."""
    private_key: bytes = field(repr=False)
    """PKCS#8 DER."""
    age_secret: str = field(repr=False)
    """``AGE-SECRET-KEY-1...``"""


@dataclass(frozen=True, slots=True)
class Pin:
    """A certificate that a person compared by voice (or otherwise) on this workspace."""

    certificate: str
    """SHA-256 of its DER, 64 hexadecimal digits."""
    organisation: str
    basis: str
    """How: voice, video, in-person, address or vouched."""
    time: str
    """``2026-05-26T14:05:00Z``"""
