"""Checking the seal of a PDF from outside: what is true of it, one fact at a time.

The library's verdict alone is not enough: where the signature lies, what it covers and what came after are checked here.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import new as new_hash
from typing import Any

from asn1crypto import cms, x509
from asn1crypto.core import Void
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from crsv_desk.domain.errors import Refused
from crsv_desk.domain.progress import Report, silent
from crsv_desk.domain.seal import Coverage, Level, SealReport, Stamp
from crsv_desk.i18n import _
from crsv_desk.pdf.authority import holds
from crsv_desk.pdf.certificates import holder_of, issuer_of
from crsv_desk.pdf.compare import changes_since_the_pages
from crsv_desk.pdf.extraction import embedded_files
from crsv_desk.pdf.opening import open_pdf
from crsv_desk.pdf.reading import entry, refusing
from crsv_desk.pdf.seal_box import SEAL_FIELD
from crsv_desk.pdf.validation_info import Evidence, Revoked

_MOMENT = "%Y-%m-%dT%H:%M:%SZ"
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_FIRST_OBJECT = 16_384
"""Bytes in which the first object of a file made for the web must stand (ISO 32000-2, F.3.3: the first 1024)."""
_SIGNATURE_TIMESTAMP = "signature_time_stamp_token"


@dataclass(slots=True)
class _Facts:
    intact: bool = False
    coverage: Coverage = "changed after the seal"
    certified: bool = False
    certificate: bytes = b""
    time: str = ""
    holder: str = ""
    issuer: str = ""
    level: Level = ""
    stamps: tuple[Stamp, ...] = ()


def check(untrusted_pdf: bytes, report: Report = silent) -> SealReport:
    """Everything there is to say about the seal. Raises ``Refused``: it is no readable PDF."""
    reader = open_pdf(untrusted_pdf, report)
    problems: list[str] = []
    with refusing():
        attachments = embedded_files(reader, report)
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
        holder=facts.holder,
        issuer=facts.issuer,
        level=facts.level,
        stamps=facts.stamps,
    )


def _examine(reader: PdfFileReader, seal: EmbeddedPdfSignature, untrusted_pdf: bytes, problems: list[str]) -> _Facts:
    facts = _Facts()
    facts.certificate = seal.signer_cert.dump()
    facts.holder, facts.issuer = holder_of(seal.signer_cert), issuer_of(seal.signer_cert)
    moment = seal.self_reported_timestamp
    facts.time = moment.strftime(_MOMENT) if moment is not None else ""
    # Whose seal it is is answered from the statements, not from a list of authorities: it may vouch for itself here.
    trust = ValidationContext(trust_roots=[seal.signer_cert], allow_fetching=False, revocation_mode="soft-fail")
    status: Any = asyncio.run(async_validate_pdf_signature(seal, signer_validation_context=trust))
    facts.intact = bool(status.intact and status.valid) and _is_pades(seal)
    if not facts.intact:
        problems.append(_("The seal does not fit the file: something in it was changed, or the seal itself is broken."))
    facts.certified = _certified(reader, seal)
    if not facts.certified:
        problems.append(_("The seal does not forbid later changes, as that of a combined PDF does."))
    later = list(reader.embedded_timestamp_signatures)
    facts.coverage = _coverage(seal, later, untrusted_pdf, status)
    if facts.coverage == "changed after the seal":
        problems.append(_("Something was added to this file or changed in it after it was sealed."))
    else:
        problems += changes_since_the_pages(reader)
    if b"/Linearized" in _ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), untrusted_pdf[:_FIRST_OBJECT]):
        # Readers would begin with another table of objects than the one that was looked at.
        problems.append(_("This PDF holds something that does not belong in it."))
    try:
        with refusing():
            _examine_time(reader, seal, later, facts, problems)
    except Revoked as error:
        problems.append(str(error))
    except Refused:
        problems.append(_("What this file holds to attest its time, or to check its seal later, cannot be read."))
    return facts


def _examine_time(
    reader: PdfFileReader,
    seal: EmbeddedPdfSignature,
    later: Sequence[EmbeddedPdfSignature],
    facts: _Facts,
    problems: list[str],
) -> None:
    """Raises ``Refused``: timestamps or validation data are none; ``Revoked``."""
    tokens = [*_own_tokens(seal), *(_Token.over_file(one) for one in later)]
    if not all(token.holds for token in tokens):
        problems.append(_("A timestamp in this file does not belong to it."))
        return
    facts.stamps = tuple(token.stamp for token in tokens)
    facts.level = asyncio.run(_level(reader, seal, tokens, bool(later)))


@dataclass(frozen=True, slots=True)
class _Token:
    """A timestamp (RFC 3161), and the digest that it must be of."""

    content: cms.ContentInfo
    expected: bytes

    @classmethod
    def over_file(cls, signature: EmbeddedPdfSignature) -> _Token:
        return cls(cms.ContentInfo.load(signature.pkcs7_content), signature.compute_digest())

    @property
    def _information(self) -> Any:
        return self.content["content"]["encap_content_info"]["content"].parsed

    @property
    def holds(self) -> bool:
        return holds(self.content) and self._information["message_imprint"]["hashed_message"].native == self.expected

    @property
    def certificates(self) -> list[x509.Certificate]:
        """The one that signed first."""
        sid = self.content["content"]["signer_infos"][0]["sid"].chosen["serial_number"].native
        found = [one.chosen for one in self.content["content"]["certificates"]]
        return sorted(found, key=lambda one: one.serial_number != sid)

    @property
    def moment(self) -> datetime:
        moment: datetime = self._information["gen_time"].native
        return moment

    @property
    def stamp(self) -> Stamp:
        return Stamp(holder_of(self.certificates[0]), self.moment.strftime(_MOMENT))


def _own_tokens(seal: EmbeddedPdfSignature) -> list[_Token]:
    """The seal's own timestamps, over the signature's value (ETSI EN 319 122-1, 5.3)."""
    unsigned = seal.signer_info["unsigned_attrs"]
    found = []
    for attribute in () if isinstance(unsigned, Void) else unsigned:
        for content in attribute["values"]:
            algorithm = content["content"]["encap_content_info"]["content"].parsed["message_imprint"]["hash_algorithm"]
            digest = new_hash(algorithm["algorithm"].native, seal.signer_info["signature"].native).digest()
            found.append(_Token(content, digest))
    return found


def certificates(pdf: bytes) -> tuple[list[x509.Certificate], list[x509.Certificate]]:
    """Of a checked file: those who sealed and stamped it, and every other certificate in it. Raises ``Refused``."""
    reader = open_pdf(pdf)
    with refusing():
        [seal] = reader.embedded_regular_signatures
        tokens = [*_own_tokens(seal), *(_Token.over_file(one) for one in reader.embedded_timestamp_signatures)]
        others = [*seal.other_embedded_certs, *_stored(reader).certificates]
        others += [one for token in tokens for one in token.certificates]
        return [seal.signer_cert, *(token.certificates[0] for token in tokens)], others


def _stored(reader: PdfFileReader) -> Evidence:
    """The file's document security store (ISO 32000-2, 12.8.4.3)."""
    if "/DSS" not in reader.root:
        return Evidence()
    store = DocumentSecurityStore.read_dss(reader)
    context = store.as_validation_context({"trust_roots": []})
    return Evidence(list(store.load_certs()), list(context.crls), list(context.ocsps))


async def _level(reader: PdfFileReader, seal: EmbeddedPdfSignature, tokens: Sequence[_Token], archived: bool) -> Level:
    """How far the file reaches: every chain complete in it, up to where it ends."""
    if not tokens:
        return "B-B"
    evidence = _stored(reader)
    complete = "/DSS" in reader.root
    evidence.certificates += seal.other_embedded_certs
    for token in tokens:
        evidence.certificates += token.certificates
    leaves = [(seal.signer_cert, tokens[0].moment), *((one.certificates[0], one.moment) for one in tokens)]
    for leaf, moment in leaves:
        complete = complete and await evidence.path(leaf, moment) is not None
    if not complete:
        return "B-T"
    return "B-LTA" if archived else "B-LT"


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


def _coverage(
    seal: EmbeddedPdfSignature, later_stamps: Sequence[EmbeddedPdfSignature], untrusted_pdf: bytes, status: Any
) -> Coverage:
    """How much of the file the seal covers. After it only revisions may come that DocMDP level 1 allows: validation
    data and timestamps, the last of which covers the entire file (ISO 32000-2, 12.8.2.2.2)."""
    if not _gap_is_signature(seal, untrusted_pdf):
        return "changed after the seal"
    if seal.byte_range[2] + seal.byte_range[3] == len(untrusted_pdf):
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        return "whole file" if whole else "changed after the seal"
    allowed = (
        status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
        and status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
        and status.docmdp_ok
    )
    covered = bool(later_stamps) and all(_gap_is_signature(one, untrusted_pdf) for one in later_stamps)
    if not allowed or not covered:
        return "changed after the seal"
    ends = [int(one.byte_range[2]) + int(one.byte_range[3]) for one in later_stamps]
    return "later validation data only" if ends[-1] == len(untrusted_pdf) else "changed after the seal"


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
    # The gap holds this very signature, not another string that looks like one.
    if content != signature.pkcs7_content:
        return False
    used = len(cms.ContentInfo.load(content).dump(force=False))
    return not any(content[used:])
