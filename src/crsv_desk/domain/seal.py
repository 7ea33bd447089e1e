"""What checking the seal of a PDF found: facts, each with its own meaning, never one boolean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

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
