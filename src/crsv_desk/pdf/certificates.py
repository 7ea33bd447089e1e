"""Certificates of others, in a PDF's seal and timestamps: whom they name. What they say is claimed, nothing more."""

from __future__ import annotations

from asn1crypto import x509

_NAMING = ("common_name", "organization_name", "organizational_unit_name")
_MOST_CHARACTERS = 200


def holder_of(certificate: x509.Certificate) -> str:
    """Whom it names: the common name, else the organisation."""
    return _named(certificate.subject)


def issuer_of(certificate: x509.Certificate) -> str:
    """Who issued it, as it claims; empty where it vouches for itself."""
    if certificate.subject == certificate.issuer:
        return ""
    return _named(certificate.issuer)


def _named(name: x509.Name) -> str:
    fields = name.native
    for key in _NAMING:
        value = fields.get(key)
        if value:
            text = ", ".join(value) if isinstance(value, list) else str(value)
            return "".join(character for character in text if character.isprintable())[:_MOST_CHARACTERS]
    return "?"
