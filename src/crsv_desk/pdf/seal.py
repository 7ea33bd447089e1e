"""The seal (PAdES, ETSI EN 319 142-1), certified so that nothing may change, over the entire file; with a timestamp
authority's stamp and what validating both later needs where one is asked; and further stamps over all of it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSigningSession,
    PdfTimeStamper,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.stamp.noop import NoOpStampStyle

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.i18n import N_
from crsv_desk.pdf.asking import aside
from crsv_desk.pdf.authority import Authority
from crsv_desk.pdf.seal_box import SEAL_FIELD
from crsv_desk.pdf.sealing_keys import SealingKey
from crsv_desk.pdf.validation_info import Evidence, fetched

DIGEST = "sha256"
STAMP_FIELD = "Timestamp-{number}"
_LOOK = 0.05
"""Seconds after which somebody who waits is asked whether to stop."""
# No box on the page: a field of no size inside it would have to be both hidden (PDF/UA) and not (PDF/A).
_OFF_THE_PAGE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


class Revision(IncrementalPdfFileWriter):
    """A further revision of our own file; its metadata stay as they are, byte for byte."""

    def _update_meta(self) -> None:
        # The library would write the XMP anew in a form that PDF/A does not allow.
        pass


class _PunctualSigner(PdfSigner):  # type: ignore[misc, unused-ignore]
    """Claims the time that it is told."""

    def __init__(
        self, time: datetime, metadata: PdfSignatureMetadata, signer: Signer, authority: Authority | None
    ) -> None:
        super().__init__(metadata, signer=signer, timestamper=authority, stamp_style=NoOpStampStyle())
        self._time = time

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._time
        return session


def seal(pdf: bytes, key: SealingKey, time: str, timestamp: str = "", report: Report = silent) -> bytes:
    """Seal a file that ``typeset`` made. It can be cancelled also while an authority does not answer.

    Args:
        pdf: before its seal.
        key: that seals.
        time: claimed, ``2026-05-26T08:00:00Z``.
        timestamp: address of a timestamp authority; without one the level is B-B and no connection is opened. With
            one it is B-LT in this one revision, or B-T where the authorities above do not answer.

    Raises:
        DeskError: the key could not be used, or the authority did not give what was asked.
    """
    authority = Authority(timestamp) if timestamp else None
    made: list[bytes] = []

    async def work() -> None:  # giving it would have the loop write all of it out as text
        made.append(await _watched(_sealed(pdf, key, time, authority, report), report))

    asyncio.run(work())
    return made[0]


async def _watched(work: Coroutine[Any, Any, bytes], report: Report) -> bytes:
    """What ``work`` gives; asked again and again whether to stop while it waits for others."""
    task = asyncio.ensure_future(work)
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=_LOOK)
            report(Step(1, 3))
    finally:
        task.cancel()
    return task.result()


async def _sealed(pdf: bytes, key: SealingKey, time: str, authority: Authority | None, report: Report) -> bytes:
    evidence = await _evidence(key, authority) if authority is not None else None
    metadata = PdfSignatureMetadata(
        field_name=SEAL_FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        signer_key_usage=_usage(key.certificate),
        embed_validation_info=evidence is not None,
        validation_context=evidence.context(_leaves(key, authority)) if evidence is not None else None,
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )
    moment = datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    signer = _PunctualSigner(moment, metadata, key.signer, authority)
    writer = Revision(io.BytesIO(pdf), strict=True)
    report(Step(1, 3))
    try:
        output = await signer.async_sign_pdf(writer, existing_fields_only=True)
    except SigningError as error:
        raise DeskError(N_("The key could not be used for sealing; choose another one.")) from error
    output.seek(0)
    return bytes(output.read())


def _leaves(key: SealingKey, authority: Authority | None) -> list[x509.Certificate]:
    return [key.certificate, *(authority.certificates if authority is not None else ())]


async def _evidence(key: SealingKey, authority: Authority) -> Evidence | None:
    """What is needed later, or ``None`` where a part of it cannot be had."""
    await authority.async_dummy_response(DIGEST)
    leaves = _leaves(key, authority)
    evidence = await aside(fetched, leaves, [*key.chain, *authority.cert_registry])
    paths = [await evidence.path(leaf) for leaf in leaves]
    return evidence if all(path is not None for path in paths) else None


def _usage(certificate: x509.Certificate) -> set[str]:
    """What the library asks of the certificate: any that ``require_fit`` allows."""
    usage = certificate.key_usage_value
    return {"digital_signature"} if usage is not None and "non_repudiation" not in usage.native else {"non_repudiation"}


def extend(pdf: bytes, timestamp: str, leaves: Sequence[x509.Certificate], given: Sequence[x509.Certificate]) -> bytes:
    """A further revision: what validating the file now needs, and a timestamp over all of it (PAdES B-LTA).

    Args:
        pdf: a sealed file that was checked.
        timestamp: address of a timestamp authority.
        leaves: certificates of those who sealed and stamped so far.
        given: further certificates that the file holds.

    Raises:
        DeskError: the authority, or those above, did not give what was asked.
    """
    return asyncio.run(_extended(pdf, Authority(timestamp), leaves, given))


async def _extended(
    pdf: bytes, authority: Authority, leaves: Sequence[x509.Certificate], given: Sequence[x509.Certificate]
) -> bytes:
    await authority.async_dummy_response(DIGEST)
    everybody = [*leaves, *authority.certificates]
    evidence = await aside(fetched, everybody, [*given, *authority.cert_registry])
    paths = [await evidence.path(leaf) for leaf in everybody]
    if any(path is None for path in paths):
        raise DeskError(
            N_("What checking this seal later needs cannot be had now from those who issued its certificates; try again "
               "later.")
        )  # fmt: skip
    writer = Revision(io.BytesIO(pdf), strict=True)
    number = 1 + len(list(writer.prev.embedded_timestamp_signatures))
    stamper = PdfTimeStamper(authority, STAMP_FIELD.format(number=number), invis_settings=_OFF_THE_PAGE)
    output = await stamper.async_timestamp_pdf(
        writer,
        DIGEST,
        validation_context=evidence.context(everybody),
        validation_paths=paths,
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
    )
    output.seek(0)
    return bytes(output.read())
