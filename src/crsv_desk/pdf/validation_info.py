"""What validating a seal needs long after it was made: the certificates above those who sealed and stamped, and their
authorities' word that none of them was revoked.

Nobody is trusted here on the strength of a list: the topmost certificate that can be had is where a chain ends, and
whoever validates decides whether to trust it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from asn1crypto import crl, ocsp, pem, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.authority import AuthorityWithCert
from pyhanko_certvalidator.errors import (
    OCSPFetchError,
    OCSPValidationError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
)
from pyhanko_certvalidator.fetchers.common_utils import (
    format_ocsp_request,
    gather_aia_issuer_urls,
    process_ocsp_response_data,
    unpack_cert_content,
)
from pyhanko_certvalidator.path import ValidationPath

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import N_
from crsv_desk.pdf.asking import Unanswered, ask
from crsv_desk.pdf.certificates import holder_of

_LONGEST_CHAIN = 8
_MOST_ADDRESSES = 3


class Revoked(DeskError):
    """A certificate was revoked."""


@dataclass(slots=True)
class Evidence:
    """Certificates, revocation lists and answers on single certificates, gathered or found in a file."""

    certificates: list[x509.Certificate] = field(default_factory=list)
    lists: list[crl.CertificateList] = field(default_factory=list)
    answers: list[ocsp.OCSPResponse] = field(default_factory=list)

    def chain(self, leaf: x509.Certificate) -> list[x509.Certificate]:
        """From ``leaf`` to the topmost certificate that is here."""
        found = [leaf]
        while len(found) < _LONGEST_CHAIN and found[-1].subject != found[-1].issuer:
            above = next((one for one in self.certificates if one.subject == found[-1].issuer), None)
            if above is None or above in found:
                break
            found.append(above)
        return found

    def context(self, leaves: Iterable[x509.Certificate], moment: datetime | None = None) -> ValidationContext:
        """In which each of ``leaves`` validates if everything that its certificates point at is here."""
        return ValidationContext(
            trust_roots=[self.chain(leaf)[-1] for leaf in leaves],
            other_certs=self.certificates,
            crls=self.lists,
            ocsps=self.answers,
            moment=moment,
            allow_fetching=False,
            revocation_mode="hard-fail",
            retroactive_revinfo=True,
        )

    async def path(self, leaf: x509.Certificate, moment: datetime | None = None) -> ValidationPath | None:
        """The validated path to ``leaf``, or ``None`` where something is missing. Raises ``Revoked``."""
        validator = CertificateValidator(
            leaf, intermediate_certs=self.certificates, validation_context=self.context([leaf], moment)
        )
        try:
            return await validator.async_validate_path()
        except RevokedError as error:
            raise Revoked(
                N_("The certificate of {holder} was revoked by those who issued it."), holder=holder_of(leaf)
            ) from error
        except (PathBuildingError, PathValidationError):
            return None


def fetched(leaves: Sequence[x509.Certificate], given: Iterable[x509.Certificate]) -> Evidence:
    """Ask at the addresses that the certificates themselves name; what nobody answers is left out."""
    evidence = Evidence(list(given))
    for leaf in leaves:
        chain = _completed(leaf, evidence)
        for certificate, above in pairwise(chain):
            _ask_about(certificate, above, evidence)
    return evidence


def _completed(leaf: x509.Certificate, evidence: Evidence) -> list[x509.Certificate]:
    """The chain, with issuers fetched where a certificate says where they are (RFC 5280, 4.2.2.1)."""
    chain = evidence.chain(leaf)
    while len(chain) < _LONGEST_CHAIN and chain[-1].subject != chain[-1].issuer:
        above = [
            one
            for url in list(gather_aia_issuer_urls(chain[-1]))[:_MOST_ADDRESSES]
            for one in _certificates_at(url)
            if one.subject == chain[-1].issuer
        ]
        if not above:
            break
        evidence.certificates += above
        chain = evidence.chain(leaf)
    return chain


def _certificates_at(url: str) -> Sequence[x509.Certificate]:
    try:
        return list(unpack_cert_content(ask(url), None, url, True))
    except (Unanswered, ValueError):
        return ()


def _ask_about(certificate: x509.Certificate, above: x509.Certificate, evidence: Evidence) -> None:
    """One answer by OCSP (RFC 6960), which is small; else the revocation lists."""
    request = format_ocsp_request(certificate, AuthorityWithCert(above), certid_hash_algo="sha1", request_nonces=False)
    for url in certificate.ocsp_urls[:_MOST_ADDRESSES]:
        try:
            data = ask(url, request.dump(), "application/ocsp-request")
            answer = process_ocsp_response_data(data, ocsp_request=request, ocsp_url=url)
        except (Unanswered, OCSPFetchError, OCSPValidationError, ValueError):
            continue
        evidence.answers.append(answer)
        return
    for point in certificate.crl_distribution_points[:_MOST_ADDRESSES]:
        if not point.url:
            continue
        try:
            data = ask(point.url)
            if pem.detect(data):
                data = pem.unarmor(data)[2]
            found = crl.CertificateList.load(data, strict=True)
            found["tbs_cert_list"].native  # noqa: B018 (parses)
        except (Unanswered, ValueError):
            continue
        evidence.lists.append(found)
        return
