"""The seal: PAdES B-B (ETSI EN 319 142-1), certified so that nothing may change, over the entire file."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from asn1crypto import algos, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp.noop import NoOpStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from crsv_desk.pdf.seal_box import SEAL_FIELD

_SPACE = 72
"""Bytes of the longest P-256 signature in DER."""


class Revision(IncrementalPdfFileWriter):
    """A further revision of our own file; its metadata stay as they are, byte for byte."""

    def _update_meta(self) -> None:
        # The library would write the XMP anew in a form that PDF/A does not allow.
        pass


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
        return bytes(_SPACE) if dry_run else self._sign(data)


class _PunctualSigner(PdfSigner):  # type: ignore[misc, unused-ignore]
    """Claims the time that it is told."""

    def __init__(self, time: datetime, metadata: PdfSignatureMetadata, signer: Signer) -> None:
        super().__init__(metadata, signer=signer, stamp_style=NoOpStampStyle())
        self._time = time

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._time
        return session


def seal(pdf: bytes, certificate: bytes, sign: Callable[[bytes], bytes], time: str) -> bytes:
    """Seal a file that ``typeset`` made.

    Args:
        certificate: DER of the sealing certificate.
        sign: ECDSA P-256 with SHA-256 over its argument, DER.
        time: claimed, ``2026-05-26T08:00:00Z``.
    """
    metadata = PdfSignatureMetadata(
        field_name=SEAL_FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    moment = datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    signer = _PunctualSigner(moment, metadata, KeySigner(certificate, sign))
    writer = Revision(io.BytesIO(pdf), strict=True)
    output = asyncio.run(signer.async_sign_pdf(writer, existing_fields_only=True))
    output.seek(0)
    return bytes(output.read())
