"""The ASiCManifest: what the one signature covers (ETSI EN 319 162-1, clause A.4)."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Sequence
from hashlib import sha256

from crsv_desk.packets.stored_zip import Entry

NAME = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"
MEDIA_TYPES = {"json": "application/json", "md": "text/markdown", "png": "image/png", "txt": "text/plain"}

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">'
    f'<asic:SigReference MimeType="application/pkcs7-signature" URI="{SIGNATURE}"/>'
)
_TAIL = "</asic:ASiCManifest>"


def build(entries: Sequence[Entry]) -> bytes:
    """The manifest of the signed entries. Their names need no escaping: see ``container.FILE_NAME``."""
    return "".join((_HEAD, *(_reference(name, data) for name, data in entries), _TAIL)).encode()


def _reference(name: str, data: bytes) -> str:
    digest = b2a_base64(sha256(data).digest(), newline=False).decode()
    return (
        f'<asic:DataObjectReference MimeType="{MEDIA_TYPES[name.rpartition(".")[2]]}" URI="{name}">'
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<ds:DigestValue>{digest}</ds:DigestValue></asic:DataObjectReference>"
    )
