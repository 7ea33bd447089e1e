"""With which key a PDF is sealed; and what checking a seal found: facts, each with its own meaning, never one boolean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class OwnKey:
    """The workspace's own identity seals."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A PKCS#12 file (RFC 7292): a key and its certificate, as ``.p12`` or ``.pfx``."""

    data: bytes = field(repr=False)
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """A smart card or stick behind a PKCS#11 library."""

    library: Path
    """The maker's PKCS#11 library."""
    pin: str = field(repr=False)
    label: str = ""
    """Of the token; empty where only one is present."""
    certificate: str = ""
    """Its label on the token; empty where only one there can sign."""


SealBy = OwnKey | KeyFile | Token


@dataclass(frozen=True, slots=True)
class SealChoice:
    """With which key a PDF is sealed, and whether an authority is asked for the time."""

    by: SealBy = OwnKey()
    timestamp: str = ""
    """Address of a timestamp authority (RFC 3161), ``http://`` or ``https://``; empty: no connection is opened."""


Level = Literal["", "B-B", "B-T", "B-LT", "B-LTA"]
"""PAdES baseline levels (ETSI EN 319 142-1, clause 6): the signature; with the time attested; with what validating it
later needs; with a timestamp over all of it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A timestamp whose signature holds over what it stamps. Whether its authority is trusted is not decided here."""

    authority: str
    """Whom its certificate names."""
    time: str
    """``2026-05-26T08:00:00Z``"""


Coverage = Literal["whole file", "changed after the seal", "later validation data only"]


@dataclass(frozen=True, slots=True)
class SealReport:
    """The PAdES seal of an untrusted PDF. ``whole`` says that the file is as it was sealed; not whose seal it is."""

    sealed: bool
    """The file has exactly one seal (document timestamps aside), in the field that our paper makes."""
    intact: bool
    """The signature's mathematics hold over the bytes it covers, with a signing-certificate attribute (PAdES B-B)."""
    coverage: Coverage
    certified: bool
    """It is a certification signature with DocMDP level 1: no changes allowed."""
    certificate: bytes
    """DER of the certificate that sealed; empty if there is none."""
    signing_time: str
    """Claimed, ``2026-05-26T08:00:00Z``; empty if absent."""
    attachments: Mapping[str, bytes]
    """The embedded files, by name; untrusted content."""
    problems: tuple[str, ...]
    """A translated sentence for each thing that is wrong, most serious first; empty when whole."""
    holder: str = ""
    """Whom the certificate that sealed names."""
    issuer: str = ""
    """Who issued that certificate, as it claims; empty where it vouches for itself."""
    level: Level = ""
    stamps: tuple[Stamp, ...] = ()
    """The seal's own timestamp first, then those over the whole file."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate that sealed, 64 hexadecimal digits; empty if there is none."""
        return sha256(self.certificate).hexdigest() if self.certificate else ""

    @property
    def whole(self) -> bool:
        """Nothing was changed since it was sealed."""
        return (
            self.sealed
            and self.intact
            and self.certified
            and self.coverage != "changed after the seal"
            and not self.problems
        )
