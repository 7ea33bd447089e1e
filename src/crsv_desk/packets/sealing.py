"""Sealing to recipients: age (X25519) over exactly 64 KiB, so that the size tells nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyrage  # its wheel carries no types

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

HEADER = b"crsv-sealed 1\n"
AGE = b"age-encryption.org/v1\n"
PLAIN_BYTES = 65_536
MOST_BYTES = 80_000
_LENGTH_BYTES = 4

_TOO_LARGE = N_("This is too large to seal; leave out the logo and the drawn mark, or shorten the text.")
_DAMAGED = N_("This sealed file was changed or damaged on the way; ask the sender to send it again.")


class AgeSealing:
    """Satisfies the services' ``Sealing``."""

    def new_secret(self) -> str:
        """A new age identity."""
        return str(pyrage.x25519.Identity.generate())

    def recipient(self, secret: str) -> str:
        """Its public recipient."""
        return str(pyrage.x25519.Identity.from_str(secret).to_public())

    def is_recipient(self, untrusted_text: str) -> bool:
        try:
            pyrage.x25519.Recipient.from_str(untrusted_text)
        except pyrage.RecipientError:
            return False
        return True

    def seal(self, content: bytes, recipients: Sequence[str]) -> bytes:
        """Raises ``Refused`` when ``content`` does not fit, ``ValueError`` without recipients."""
        if not recipients:
            raise ValueError("nobody to seal to")
        if len(content) > PLAIN_BYTES - _LENGTH_BYTES:
            raise Refused(_TOO_LARGE)
        plain = (len(content).to_bytes(_LENGTH_BYTES, "big") + content).ljust(PLAIN_BYTES, b"\0")
        sealed: bytes = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(one) for one in recipients])
        return HEADER + sealed

    def encrypt(self, content: bytes, recipients: Sequence[str]) -> bytes:
        """An ordinary age file of any size. Raises ``ValueError`` without recipients."""
        if not recipients:
            raise ValueError("nobody to encrypt to")
        encrypted: bytes = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(one) for one in recipients])
        return encrypted

    def decrypt(self, untrusted_data: bytes, secrets: Iterable[str]) -> bytes | None:
        """The content of an age file, or ``None`` if it is for others. Raises ``Refused`` if it is damaged."""
        try:
            content: bytes = pyrage.decrypt(untrusted_data, [pyrage.x25519.Identity.from_str(one) for one in secrets])
        except pyrage.DecryptError as error:
            if "No matching keys" in str(error):
                return None
            raise Refused(_DAMAGED) from error
        return content

    def open(self, untrusted_data: bytes, secrets: Iterable[str]) -> bytes | None:
        """The content, or ``None`` if it is sealed to others. Raises ``Refused`` if it is damaged."""
        if not untrusted_data.startswith(HEADER) or len(untrusted_data) > MOST_BYTES:
            raise Refused(_DAMAGED)
        identities = [pyrage.x25519.Identity.from_str(one) for one in secrets]
        try:
            plain: bytes = pyrage.decrypt(untrusted_data[len(HEADER) :], identities)
        except pyrage.DecryptError as error:
            if "No matching keys" in str(error):
                return None
            raise Refused(_DAMAGED) from error
        length = int.from_bytes(plain[:_LENGTH_BYTES], "big")
        content = plain[_LENGTH_BYTES : _LENGTH_BYTES + length]
        if len(plain) != PLAIN_BYTES or len(content) != length or plain[_LENGTH_BYTES + length :].strip(b"\0"):
            raise Refused(_DAMAGED)
        return content
