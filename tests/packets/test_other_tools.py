"""Programs that are not ours accept what we write, and refuse what was changed."""

from __future__ import annotations

import asyncio
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, pem, x509
from pyhanko.sign.ades.report import AdESFailure, AdESPassed
from pyhanko.sign.validation.ades import ades_basic_validation
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.policy_decl import (
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.fetchers import FetcherBackend
from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from crsv_desk.domain.audit import openssl_commands
from crsv_desk.packets import container, manifest, stored_zip
from tests.packets.sample import FILES, MOMENT, STATEMENT, entries, packet, signed_manifest, signer
from tests.tools import need

NAME = "endorsement.crsv"


def printed_commands(folder: Path, data: bytes) -> subprocess.CompletedProcess[str]:
    """What the evidence page tells an auditor to do, done in an empty folder."""
    folder.mkdir()
    (folder / NAME).write_bytes(data)
    script = "set -e\n" + "\n".join(openssl_commands(NAME))
    return subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)


def test_unzip_and_openssl_as_printed(tmp_path: Path) -> None:
    for tool in ("unzip", "openssl"):
        need(tool)
    done = printed_commands(tmp_path / "one", packet())
    assert done.returncode == 0, done.stderr
    assert "CAdES Verification successful" in done.stderr
    assert (tmp_path / "one" / "manifest.xml").read_bytes() == signed_manifest()
    # Another organisation, another time, another set of files: the same commands.
    other = signer("منظمة السلام العراقية")
    files = {**FILES, "logo.png": b"\x89PNG", "letter-nl.md": b"Geachte leden,\n"}
    later = container.build(STATEMENT * 3, files, "2051-01-01T00:00:00Z", other.certificate, other.sign)
    done = printed_commands(tmp_path / "two", later)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["statement.json", manifest.NAME, manifest.SIGNATURE])
def test_openssl_as_printed_refuses_what_was_changed(tmp_path: Path, name: str) -> None:
    for tool in ("unzip", "openssl"):
        need(tool)
    changed = [(key, data[:-1] + bytes((data[-1] ^ 1,)) if key == name else data) for key, data in entries()]
    assert printed_commands(tmp_path / "one", stored_zip.build(changed)).returncode != 0


def test_gnutls(tmp_path: Path) -> None:
    certtool = need("certtool")
    (tmp_path / "signer.pem").write_bytes(pem.armor("CERTIFICATE", signer().certificate.der))
    (tmp_path / "signature.p7s").write_bytes(dict(entries())[manifest.SIGNATURE])
    for content, status in ((signed_manifest(), 0), (signed_manifest() + b" ", 1)):
        (tmp_path / "manifest.xml").write_bytes(content)
        command = [certtool, "--p7-verify", "--inder", "--load-ca-certificate", "signer.pem"]
        command += ["--load-data", "manifest.xml", "--infile", "signature.p7s"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout + done.stderr
        assert ("Signature status: ok" in done.stderr) is (status == 0)


def signature() -> Any:
    """The CMS signed data, as another library reads it."""
    return cms.ContentInfo.load(dict(entries())[manifest.SIGNATURE], strict=True)["content"]


def test_pyhanko_as_cms() -> None:
    root = x509.Certificate.load(signer().certificate.der)

    def status(content: bytes) -> StandardCMSSignatureStatus:
        trusting = ValidationContext(trust_roots=[root], allow_fetching=False)
        usage = KeyUsageConstraints(key_usage={"non_repudiation"})
        return asyncio.run(async_validate_detached_cms(content, signature(), trusting, key_usage_settings=usage))

    good = status(signed_manifest())
    assert good.bottom_line and good.trusted and good.intact and good.valid
    assert good.signer_reported_dt == MOMENT and good.signing_cert.dump() == signer().certificate.der
    assert not status(signed_manifest() + b" ").bottom_line


def test_pyhanko_as_cades() -> None:
    """ETSI EN 319 102-1, clause 5.3: the validation of a basic signature."""
    trusting = SimpleTrustManager.build(trust_roots=[x509.Certificate.load(signer().certificate.der)])
    # A backend that fetches nothing: pyHanko would take its own, which this program keeps out of the process.
    offline = RevocationInfoGatheringSpec(
        online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY, fetcher_backend=FetcherBackend()
    )
    policy = CertValidationPolicySpec(trusting, CertRevTrustPolicy(NO_REVOCATION))
    specification = SignatureValidationSpec(policy, offline)
    for content, finding in ((signed_manifest(), AdESPassed.OK), (signed_manifest() + b" ", AdESFailure.HASH_FAILURE)):
        digest = sha256(content).digest()
        result = asyncio.run(ades_basic_validation(signature(), specification, raw_digest=digest))
        assert result.ades_subindic == finding


def test_exactly_the_attributes_of_level_b() -> None:
    """ETSI EN 319 122-1, clause 6.3."""
    [info] = signature()["signer_infos"]
    kinds = [attribute["type"].native for attribute in info["signed_attrs"]]
    assert sorted(kinds) == ["content_type", "message_digest", "signing_certificate_v2", "signing_time"]
    assert not info["unsigned_attrs"].native
    assert signature()["encap_content_info"]["content"].native is None
