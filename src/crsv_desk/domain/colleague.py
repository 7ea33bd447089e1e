"""The card of one laptop of a secretariat: its certificate and age recipient, bound by its own signature.

Not a statement: it travels from one colleague to another and is kept nowhere. The code that they compare covers the
certificate, and the signature covers the recipient, so that nobody in between can put another recipient in its place.
"""

from __future__ import annotations

from dataclasses import dataclass

from crsv_desk.domain.canonical import dump, load
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.schema import SchemaError, read, write
from crsv_desk.domain.statements import Base64, Recipient
from crsv_desk.i18n import N_


@dataclass(frozen=True, slots=True)
class LaptopCard:
    """``certificate`` and ``signature`` in base64 (DER)."""

    certificate: Base64
    laptop: Recipient
    """Its age recipient."""
    signature: Base64

    def encode(self) -> bytes:
        """Canonical JSON, the file that is handed over."""
        return dump(write(self))


def card_bytes(certificate: str, recipient: str) -> bytes:
    """What the laptop signs: its certificate's fingerprint (64 hexadecimal digits) and its age recipient."""
    return dump({"certificate": certificate, "purpose": "crsv-desk laptop", "recipient": recipient, "v": 1})


def is_card(untrusted_data: bytes) -> bool:
    """Whether this is a card, whole or not."""
    return untrusted_data.startswith(b'{"certificate":') and b'"laptop":' in untrusted_data


def decode_card(untrusted_data: bytes) -> LaptopCard:
    """Raises ``Refused`` for anything that is not exactly a card."""
    refusal = Refused(N_("This is not the card of a laptop; your colleague saves one at “Identity and settings”."))
    if not is_card(untrusted_data):
        raise refusal
    try:
        return read(LaptopCard, load(untrusted_data))
    except SchemaError as error:
        raise refusal from error
