"""Key pairs in software: ECDSA P-256 with a self-signed certificate of the one profile."""

from __future__ import annotations

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from crsv_desk.certificates import profile, signatures
from crsv_desk.domain.packet import Certificate


class SoftwareSigner:
    """A private key in memory; satisfies the services' ``Signer``."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: Certificate) -> None:
        self._key = key
        self._certificate = certificate

    @property
    def certificate(self) -> Certificate:
        return self._certificate

    def sign(self, data: bytes) -> bytes:
        """The one deterministic low-S signature under ``data``, DER."""
        return signatures.sign(self._key, data)

    def private_key(self) -> bytes:
        """PKCS#8 DER, unencrypted: for the encrypted workspace and for the PDF seal, in memory."""
        return self._key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


class SoftwareKeys:
    """Satisfies the services' ``Keys``."""

    def new(self, organisation: str) -> SoftwareSigner:
        """A new key with its certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        return SoftwareSigner(key, profile.build(organisation, _point(key), lambda data: signatures.sign(key, data)))

    def load(self, private_key: bytes, certificate: bytes) -> SoftwareSigner:
        """A pair kept earlier. Raises ``ValueError`` if they do not belong together, ``Refused``."""
        key = serialization.load_der_private_key(private_key, password=None)
        found = profile.read(certificate)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != found.key:
            raise ValueError("the private key is not the certificate's")
        return SoftwareSigner(key, found.certificate)

    def read_certificate(self, untrusted_der: bytes) -> Certificate:
        """Raises ``Refused`` unless it is a certificate of the profile whose self-signature holds."""
        return profile.read(untrusted_der).certificate

    def verify(self, certificate: Certificate, signature: bytes, data: bytes) -> bool:
        """Whether ``signature`` by ``certificate`` stands under ``data``."""
        return signatures.verify(profile.read(certificate.der).key, signature, data)


def _point(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
