"""Keys that can seal: the workspace's own, one in a PKCS#12 file, or one on a PKCS#11 token."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from asn1crypto import algos, keys, pkcs12, x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from pyhanko.sign import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.seal import KeyFile
from crsv_desk.i18n import N_
from crsv_desk.pdf.certificates import holder_of

_P256_SIGNATURE = 72
"""Bytes of the longest P-256 signature in DER."""
_LEAST_RSA_BITS = 2048
_FIT = {
    "any_extended_key_usage",
    "email_protection",
    "1.3.6.1.5.5.7.3.36",  # document signing (RFC 9336)
    "1.3.6.1.4.1.311.10.3.12",  # the same, as Microsoft named it first
    "1.2.840.113583.1.1.5",  # the same, as Adobe did
}


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A key that signs for the library, and its certificate."""

    signer: Signer

    @property
    def certificate(self) -> x509.Certificate:
        return self.signer.signing_cert

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, 64 hexadecimal digits."""
        return sha256(self.certificate.dump()).hexdigest()

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """What came with the certificate: those of its issuers, in no order."""
        return tuple(self.signer.cert_registry)


class KeySigner(Signer):  # type: ignore[misc, unused-ignore]
    """Lets one key of the workspace sign CMS for the library; the key itself stays where it is."""

    def __init__(self, certificate: bytes, sign: Callable[[bytes], bytes]) -> None:
        """
        Args:
            certificate: DER.
            sign: ECDSA P-256 with SHA-256, DER.
        """
        super().__init__(
            signing_cert=x509.Certificate.load(certificate),
            cert_registry=SimpleCertificateStore(),
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )
        self._sign = sign

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(_P256_SIGNATURE) if dry_run else self._sign(data)


def own_key(certificate: bytes, sign: Callable[[bytes], bytes]) -> SealingKey:
    """The workspace's own key: its certificate as DER, and ECDSA P-256 with SHA-256."""
    return SealingKey(KeySigner(certificate, sign))


@contextmanager
def key_from_file(file: KeyFile, now: str) -> Iterator[SealingKey]:
    """The key in a PKCS#12 file.

    Args:
        file: with its passphrase.
        now: ``2026-05-26T08:00:00Z``; the certificate must be valid then.

    Raises:
        DeskError: a wrong passphrase, no such file, or a certificate that may not sign.
    """
    try:
        pkcs12.Pfx.load(file.data, strict=True)["mac_data"].native  # noqa: B018 (parses)
    except ValueError as error:
        raise DeskError(N_("This is no key file (PKCS#12); choose one that ends in .p12 or .pfx.")) from error
    try:
        content = load_pkcs12(file.data, file.passphrase.encode() or None)
    except ValueError as error:
        raise DeskError(N_("The passphrase of the key file is wrong, or the file is damaged; try again.")) from error
    if content.key is None or content.cert is None:
        raise DeskError(N_("There is no key with its certificate in this key file; choose another one."))
    certificate = x509.Certificate.load(content.cert.certificate.public_bytes(serialization.Encoding.DER))
    require_fit(certificate, now)
    private = content.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    for one in content.additional_certs:
        store.register(x509.Certificate.load(one.certificate.public_bytes(serialization.Encoding.DER)))
    yield SealingKey(SimpleSigner(certificate, keys.PrivateKeyInfo.load(private), store))


def require_fit(certificate: x509.Certificate, now: str) -> None:
    """Raises ``DeskError``: it is not valid at ``now``, is not meant for signing, or its key is too weak."""
    moment = datetime.strptime(now, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    holder = holder_of(certificate)
    if moment > certificate.not_valid_after:
        day = certificate.not_valid_after.strftime("%Y-%m-%d")
        raise DeskError(
            N_("The certificate of {holder} expired on {day}; seal with one that is valid."), holder=holder, day=day
        )
    if moment < certificate.not_valid_before:
        day = certificate.not_valid_before.strftime("%Y-%m-%d")
        raise DeskError(
            N_("The certificate of {holder} is valid only from {day}; check this computer's clock."),
            holder=holder,
            day=day,
        )
    usage = certificate.key_usage_value
    signs = usage is None or {"digital_signature", "non_repudiation"} & usage.native
    extended = certificate.extended_key_usage_value
    fit = extended is None or _FIT & set(extended.native)
    if not signs or not fit or certificate.ca:
        raise DeskError(
            N_("The certificate of {holder} is not meant for signing documents; choose another one."), holder=holder
        )
    kind, bits = certificate.public_key.algorithm, certificate.public_key.bit_size
    if kind not in ("rsa", "ec") or (kind == "rsa" and bits < _LEAST_RSA_BITS):
        raise DeskError(
            N_(
                "The key of {holder} is of a kind that seals cannot be made with; use RSA of 2048 bits or more, or P-256."
            ),
            holder=holder,
        )
