"""Checking the seal of a PDF from outside: what is true of it, one fact at a time.

The library's verdict alone is not enough: where the signature lies, what it covers and what came after are checked here.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms
from asn1crypto.core import Void
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from crsv_desk.domain.seal import Coverage, SealReport
from crsv_desk.i18n import _
from crsv_desk.pdf.extraction import embedded_files
from crsv_desk.pdf.reading import entry, open_pdf, refusing
from crsv_desk.pdf.seal_box import SEAL_FIELD

_SIGNATURE_TIMESTAMP = "signature_time_stamp_token"


@dataclass(slots=True)
class _Facts:
    intact: bool = False
    coverage: Coverage = "changed after the seal"
    certified: bool = False
    certificate: bytes = b""
    time: str = ""


def check(untrusted_pdf: bytes) -> SealReport:
    """Everything there is to say about the seal. Raises ``Refused``: it is no readable PDF."""
    reader = open_pdf(untrusted_pdf)
    problems: list[str] = []
    with refusing():
        attachments = embedded_files(reader)
        seals = list(reader.embedded_regular_signatures)
        facts = _Facts()
        sealed = len(seals) == 1 and seals[0].field_name == SEAL_FIELD
        if not seals:
            problems.append(
                _("This PDF has no seal. That does not mean that it is false, only that nothing proves it.")
            )
        elif not sealed:
            problems.append(_("The signature in this PDF is not the one seal that a combined PDF bears."))
        else:
            facts = _examine(reader, seals[0], untrusted_pdf, problems)
    return SealReport(
        sealed=sealed,
        intact=facts.intact,
        coverage=facts.coverage,
        certified=facts.certified,
        certificate=facts.certificate,
        signing_time=facts.time,
        attachments=attachments,
        problems=tuple(problems),
    )


def _examine(reader: PdfFileReader, seal: EmbeddedPdfSignature, untrusted_pdf: bytes, problems: list[str]) -> _Facts:
    facts = _Facts()
    facts.certificate = seal.signer_cert.dump()
    moment = seal.self_reported_timestamp
    facts.time = moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment is not None else ""
    # Whose seal it is is answered from the statements, not from a list of authorities: it may vouch for itself here.
    trust = ValidationContext(trust_roots=[seal.signer_cert], allow_fetching=False, revocation_mode="soft-fail")
    status: Any = asyncio.run(async_validate_pdf_signature(seal, signer_validation_context=trust))
    facts.intact = bool(status.intact and status.valid) and _is_pades(seal)
    if not facts.intact:
        problems.append(_("The seal does not fit the file: something in it was changed, or the seal itself is broken."))
    facts.certified = _certified(reader, seal)
    if not facts.certified:
        problems.append(_("The seal does not forbid later changes, as that of a combined PDF does."))
    facts.coverage = _coverage(reader, seal, untrusted_pdf, status)
    if facts.coverage == "changed after the seal":
        problems.append(_("Something was added to this file or changed in it after it was sealed."))
    return facts


def _is_pades(seal: EmbeddedPdfSignature) -> bool:
    """B-B: the right subfilter, one signer, and a signed reference to its certificate (ETSI EN 319 142-1, 6.3)."""
    signed = {attribute["type"].native for attribute in seal.signer_info["signed_attrs"]}
    unsigned = seal.signer_info["unsigned_attrs"]
    extra = set() if isinstance(unsigned, Void) else {one["type"].native for one in unsigned}
    return (
        entry(seal.sig_object, "/SubFilter") == "/ETSI.CAdES.detached"
        and len(seal.signed_data["signer_infos"]) == 1
        and "signing_certificate_v2" in signed
        and extra <= {_SIGNATURE_TIMESTAMP}
    )


def _certified(reader: PdfFileReader, seal: EmbeddedPdfSignature) -> bool:
    """The catalog names this very signature as certification, and it forbids every change (DocMDP level 1)."""
    permissions = entry(reader.root, "/Perms")
    if permissions is None or "/DocMDP" not in permissions:
        return False
    named = permissions.raw_get("/DocMDP")
    own = seal.sig_field.raw_get("/V")
    same = getattr(named, "idnum", None) == getattr(own, "idnum", 0)
    return same and seal.docmdp_level == MDPPerm.NO_CHANGES


def _coverage(reader: PdfFileReader, seal: EmbeddedPdfSignature, untrusted_pdf: bytes, status: Any) -> Coverage:
    if not _gap_is_signature(seal, untrusted_pdf):
        return "changed after the seal"
    end = seal.byte_range[2] + seal.byte_range[3]
    if end == len(untrusted_pdf):
        return "whole file"
    stamps = list(reader.embedded_timestamp_signatures)
    later = reader.xrefs.total_revisions - 1 - seal.signed_revision
    allowed = status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES) and status.docmdp_ok
    covered = any(
        _gap_is_signature(stamp, untrusted_pdf) and stamp.byte_range[2] + stamp.byte_range[3] == len(untrusted_pdf)
        for stamp in stamps
    )
    return "later validation data only" if later > 0 and allowed and covered else "changed after the seal"


def _gap_is_signature(signature: EmbeddedPdfSignature, untrusted_pdf: bytes) -> bool:
    """The one part that is not covered is the signature in hexadecimal, followed by zeros alone."""
    parts = [int(number) for number in signature.byte_range]
    if len(parts) != 4:
        return False
    start, first, second, length = parts
    if start != 0 or not 0 < first < second or length <= 0 or second + length > len(untrusted_pdf):
        return False
    gap = untrusted_pdf[first:second]
    if gap[:1] != b"<" or gap[-1:] != b">":
        return False
    try:
        content = bytes.fromhex(gap[1:-1].decode("ascii"))
    except ValueError:
        return False
    if len(gap) != 2 * len(content) + 2:  # fromhex allows spaces
        return False
    used = len(cms.ContentInfo.load(content).dump(force=False))
    return not any(content[used:])
