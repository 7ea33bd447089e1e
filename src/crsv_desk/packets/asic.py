"""Every kind of file that travels, behind one door; satisfies the services' ``Packets``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from crsv_desk.domain.packet import Certificate, Packet
from crsv_desk.packets import bundle, container, sealing, text


class Signing(Protocol):
    """What building needs of a signer."""

    @property
    def certificate(self) -> Certificate: ...
    @property
    def sign(self) -> Callable[[bytes], bytes]: ...


class AsicPackets:
    """Builds, recognises and reads packets."""

    def build(self, statement: bytes, files: Mapping[str, bytes], time: str, signer: Signing) -> bytes:
        """The one container for these; ``time`` as ``2026-05-26T14:05:00Z``."""
        return container.build(statement, files, time, signer.certificate, signer.sign)

    def read(self, untrusted_data: bytes) -> Packet:
        """Verify. Raises ``Refused``."""
        return container.read(untrusted_data)

    def bundle(self, members: Iterable[bytes]) -> bytes:
        """The canonical bundle of packets, openings and sealed files."""
        return bundle.build(members)

    def members(self, untrusted_data: bytes) -> Sequence[bytes]:
        """The members of a bundle. Raises ``Refused``."""
        return bundle.read(untrusted_data)

    def kind(self, untrusted_data: bytes) -> str:
        """By content alone: "packet", "bundle", "sealed", "encrypted" (an age file), "text", "opening", "pdf" or
        "unknown"."""
        if untrusted_data.startswith(bundle.START):
            return "bundle"
        if untrusted_data.startswith(b"PK\3\4"):
            return "packet"
        if untrusted_data.startswith(sealing.HEADER):
            return "sealed"
        if untrusted_data.startswith(sealing.AGE):
            return "encrypted"
        if untrusted_data.startswith(b"{"):
            return "opening"
        if b"%PDF-" in untrusted_data[:1024]:
            return "pdf"
        return "text" if text.looks_like(untrusted_data) else "unknown"

    def to_text(self, data: bytes) -> str:
        """For mail and messengers."""
        return text.write(data)

    def from_text(self, untrusted_text: bytes) -> Sequence[bytes]:
        """Every packet found between marker lines in pasted text. Raises ``Refused``."""
        return text.read(untrusted_text)
