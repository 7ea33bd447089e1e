"""With which keys a PDF is sealed, what an authority for the time adds, and what is said when it does not work."""

from __future__ import annotations

import io
import socket
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.reader import PdfFileReader

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.seal import KeyFile, SealChoice, Token
from crsv_desk.pdf import asking
from crsv_desk.services.compile import Compiled, compile_letter, extend_seal
from crsv_desk.services.identity import own_identity
from crsv_desk.services.receive import Untrusted
from crsv_desk.services.verification import Verification
from tests.pdf.authorities import (
    DAY,
    DOCUMENT_SIGNING,
    LIES,
    NOT_FOR_SIGNING,
    PASSPHRASE,
    Authorities,
    authorities,
    key_file,
    rsa_key,
)
from tests.pdf.softhsm import LABEL, PIN, soft_token
from tests.services.judged import Judged
from tests.services.world import Ticking, coalition
from tests.tools import need


@dataclass
class Case(Judged):
    pdf: bytes
    """Sealed at B-B."""

    def stamped(self, timestamp: str) -> bytes:
        """The pages as they were before their seal, sealed with the time attested."""
        return self.seal(self.pdf[: self.pdf.index(b"%%EOF") + 6], timestamp)

    def compile(self, choice: SealChoice) -> Compiled:
        return compile_letter(self.here.secretariat.desk, self.here.secretariat.dossier, choice=choice)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    with coalition(tmp_path_factory.mktemp("coalition"), ("Stichting Ananas",)) as here:
        here.signed()
        pdf = compile_letter(here.secretariat.desk, here.secretariat.dossier).pdf
        yield Case(here, here.world.office("Tweede Kamer"), pdf)


@pytest.fixture
def authority() -> Iterator[Authorities]:
    with authorities() as running:
        yield running


def told(found: Verification) -> str:
    return " ".join(one.sentence for one in found.findings)


# Keys ------------------------------------------------------------------------------------------------------------------


def test_a_key_file_seals_and_the_check_says_whose_it_is(case: Case, authority: Authorities) -> None:
    holder = authority.issue("Bureau Secretariaat", usage=(DOCUMENT_SIGNING,))
    compiled = case.compile(SealChoice(KeyFile(key_file(holder, [authority.root]), PASSPHRASE)))
    found = case.verify(compiled.pdf)
    assert found.holds and found.level == "B-B"
    assert "certificate of Bureau Secretariaat, which Platform Vrouwen en Vrede named" in told(found)
    assert "Proefautoriteit issued it" in told(found)
    assert found.code == case.here.secretariat.code  # the key to compare is still the secretariat's
    assert authority.asked == []


def test_sealing_again_with_the_own_key_makes_another_closing(case: Case, authority: Authorities) -> None:
    own = case.compile(SealChoice())
    holder = authority.issue("Bureau Secretariaat")
    other = case.compile(SealChoice(KeyFile(key_file(holder), PASSPHRASE)))
    assert own.closing != other.closing
    assert case.verify(own.pdf).holds and case.verify(other.pdf).holds


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ("passphrase", "passphrase of the key file is wrong"),
        ("file", "no key file"),
        ("expired", "expired on 2"),
        ("not yet", "valid only from 2"),
        ("purpose", "not meant for signing documents"),
        ("usage", "not meant for signing documents"),
        ("authority", "not meant for signing documents"),
    ],
)
def test_an_unusable_key_file_gets_one_sentence(
    case: Case, authority: Authorities, changed: str, sentence: str
) -> None:
    moment = datetime.fromisoformat(Ticking().now())
    files: dict[str, Callable[[], bytes]] = {
        "expired": lambda: key_file(authority.issue("Oud", begins=moment - 90 * DAY, ends=moment - DAY)),
        "not yet": lambda: key_file(authority.issue("Nieuw", begins=moment + 9 * DAY, ends=moment + 90 * DAY)),
        "purpose": lambda: key_file(authority.issue("Server", usage=(ExtendedKeyUsageOID.SERVER_AUTH,))),
        "usage": lambda: key_file(authority.issue("Versleuteling", key_usage=NOT_FOR_SIGNING)),
        "authority": lambda: key_file(authority.root),
        "file": lambda: b"%PDF-1.7",
        "passphrase": lambda: key_file(authority.issue("Goed")),
    }
    file = files[changed]()
    passphrase = "verkeerd" if changed == "passphrase" else PASSPHRASE
    with pytest.raises(DeskError, match=sentence):
        case.compile(SealChoice(KeyFile(file, passphrase)))


def test_secrets_do_not_show_where_choices_are_printed() -> None:
    assert PASSPHRASE not in repr(SealChoice(KeyFile(b"x", PASSPHRASE)))
    assert PIN not in repr(SealChoice(Token(Path("library.so"), PIN)))


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
def test_a_token_seals_and_the_check_says_whose_it_is(
    case: Case, authority: Authorities, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    token = soft_token(tmp_path, monkeypatch)
    token.add_token(LABEL)
    holder = authority.issue("Zegelkaart", key=rsa_key() if kind == "RSA" else None)
    token.add_key(holder, "a1", "zegel")
    token.add_certificates([(authority.root, "b1", "boven")])
    compiled = case.compile(SealChoice(Token(token.library, PIN), authority.url + "/stamp"))
    found = case.verify(compiled.pdf)
    assert found.holds and found.level == "B-LT"
    assert "certificate of Zegelkaart" in told(found)


def test_a_token_that_cannot_be_used_gets_one_sentence(
    case: Case, authority: Authorities, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = soft_token(tmp_path, monkeypatch)

    def refusal(choice: Token) -> str:
        with pytest.raises(DeskError) as caught:
            case.compile(SealChoice(choice))
        return str(caught.value)

    assert refusal(Token(token.library, PIN)).startswith("No token was found")
    token.add_token(LABEL)
    assert "no certificate with its key" in refusal(Token(token.library, PIN))
    token.add_key(authority.issue("Een"), "a1", "een")
    assert "PIN of the token is wrong" in refusal(Token(token.library, "000000"))
    assert "PIN of the token is wrong" in refusal(Token(token.library, ""))
    assert "no token Elders" in refusal(Token(token.library, PIN, label="Elders"))
    assert "no certificate with its key" in refusal(Token(token.library, PIN, certificate="twee"))
    moment = datetime.fromisoformat(Ticking().now())
    token.add_key(authority.issue("Twee", begins=moment - 90 * DAY, ends=moment - DAY), "a2", "twee")
    assert "say which: een; twee" in refusal(Token(token.library, PIN))
    assert "certificate of Twee expired" in refusal(Token(token.library, PIN, certificate="twee"))
    token.add_token("Archief")
    assert "more than one token; say which" in refusal(Token(token.library, PIN))
    assert "no PKCS#11 library" in refusal(Token(tmp_path / "nothing.so", PIN))
    assert "is no PKCS#11 library" in refusal(Token(Path(__file__), PIN))
    assert case.verify(case.compile(SealChoice(Token(token.library, PIN, LABEL, "een"))).pdf).holds


# Time ------------------------------------------------------------------------------------------------------------------


def test_with_a_timestamp_server_the_seal_is_b_lt_in_one_revision(case: Case, authority: Authorities) -> None:
    compiled = case.compile(SealChoice(timestamp=authority.url + "/stamp"))
    assert compiled.verification.level == "B-LT"
    assert compiled.pdf.count(b"%%EOF") == 2  # the pages, and the seal with its validation data
    found = case.verify(compiled.pdf)
    assert found.holds and found.level == "B-LT"
    assert "Proefstempel attests" in told(found)
    assert "/list" in authority.asked


def test_ocsp_and_a_chain_above_the_sealing_key_are_kept_too(case: Case, authority: Authorities) -> None:
    holder = authority.issue("Bureau Secretariaat", with_ocsp=True)
    authority.others.append(holder.certificate)
    authority.bare = True
    # Neither the key file nor the stamp holds the issuer: it is fetched from where the certificates say that it is.
    compiled = case.compile(SealChoice(KeyFile(key_file(holder), PASSPHRASE), authority.url + "/stamp"))
    assert compiled.verification.level == "B-LT"
    assert {"/root", "/ocsp", "/list"} <= set(authority.asked)
    assert b"/OCSPs" in compiled.pdf and b"/CRLs" in compiled.pdf


def test_where_the_authorities_above_do_not_answer_the_level_is_b_t(case: Case, authority: Authorities) -> None:
    authority.silent.add("/list")
    compiled = case.compile(SealChoice(timestamp=authority.url + "/stamp"))
    assert compiled.verification.level == "B-T" and case.verify(compiled.pdf).holds


def test_a_revoked_certificate_does_not_seal(case: Case, authority: Authorities) -> None:
    holder = authority.issue("Bureau Secretariaat")
    authority.revoked.add(holder.certificate.serial_number)
    with pytest.raises(DeskError, match="Bureau Secretariaat was revoked"):
        case.compile(SealChoice(KeyFile(key_file(holder), PASSPHRASE), authority.url + "/stamp"))


SENTENCES = {
    "another nonce": "stamped something else",
    "another digest": "stamped something else",
    "broken signature": "stamped something else",
    "signed by another key": "stamped something else",
    "another time": "stamped another time than this computer's, 20",
    "half of an answer": "did not give what was asked",
    "noise": "did not give what was asked",
    "too much": "did not give what was asked",
    "declined": "declined",
    "certificate for something else": "not one for timestamps",
    "a web page": "did not give what was asked",
    "nothing": "did not give what was asked",
    "an error": "status 500",
    "a redirect": "status 302",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lying_timestamp_server_gets_one_sentence(case: Case, authority: Authorities, lie: str) -> None:
    authority.fail = lie
    with pytest.raises(DeskError, match=SENTENCES[lie]):
        case.stamped(authority.url + "/stamp")
    # Nor is it extended.
    with pytest.raises(DeskError, match=SENTENCES[lie]):
        case.here.secretariat.desk.paper.extend(case.pdf, authority.url + "/stamp")


def test_a_timestamp_server_that_drips_is_not_waited_for_for_ever(
    case: Case, authority: Authorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something comes all the time, so that no wait for the next byte ends."""
    monkeypatch.setattr(asking, "SECONDS", 0.3)
    authority.drips = True
    with pytest.raises(DeskError, match="cannot be reached"):
        case.stamped(authority.url + "/stamp")


def test_an_unreachable_timestamp_server_gets_one_sentence(case: Case) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: connecting is refused
        port = taken.getsockname()[1]
        with pytest.raises(DeskError, match="cannot be reached"):
            case.stamped(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "example.org", "file:///etc/passwd", "http://user:word@example.org/"]
)
def test_no_other_address_is_asked(case: Case, url: str) -> None:
    with pytest.raises(DeskError, match="no address of a timestamp server"):
        case.stamped(url)


def test_openssl_and_pdfsig_find_no_fault(case: Case, authority: Authorities, tmp_path: Path) -> None:
    """The seal's CMS over the file, the stamp over the seal, and a later stamp over the whole file: each by itself."""
    need("openssl")
    need("pdfsig")
    sealed = case.stamped(authority.url + "/stamp")
    archived = case.here.secretariat.desk.paper.extend(sealed, authority.url + "/stamp")
    (tmp_path / "root.pem").write_bytes(authority.root.certificate.public_bytes(Encoding.PEM))
    own = own_identity(case.here.secretariat.desk).signer.certificate.der
    (tmp_path / "own.pem").write_bytes(x509.load_der_x509_certificate(own).public_bytes(Encoding.PEM))
    reader = PdfFileReader(io.BytesIO(archived))
    [seal], [stamp] = reader.embedded_regular_signatures, reader.embedded_timestamp_signatures

    def covered(ranges: Sequence[object]) -> bytes:
        one, two, three, four = (int(str(number)) for number in ranges)
        return archived[one : one + two] + archived[three : three + four]

    [token] = [one for one in seal.signer_info["unsigned_attrs"] if one["type"].native == "signature_time_stamp_token"]
    for name, data in (
        ("seal.p7s", seal.pkcs7_content), ("seal.data", covered(seal.byte_range)), ("stamp.data", covered(stamp.byte_range)),
        ("stamp.tok", stamp.pkcs7_content), ("own.tok", token["values"][0].dump()),
        ("own.data", seal.signer_info["signature"].native), ("archived.pdf", archived),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)

    def run(*words: str) -> str:
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    run("openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "seal.p7s", "-content", "seal.data",
        "-CAfile", "own.pem", "-no_check_time", "-purpose", "any", "-out", "out")  # fmt: skip
    for name in ("own", "stamp"):
        said = run("openssl", "ts", "-verify", "-token_in", "-in", f"{name}.tok", "-data", f"{name}.data",
                   "-CAfile", "root.pem", "-partial_chain")  # fmt: skip
        assert "Verification: OK" in said
    said = run("pdfsig", "-nocert", "archived.pdf")  # which leaves timestamps to others
    assert said.count("Signature is Valid") == 1 and said.count("Total document signed") == 1


# Archives --------------------------------------------------------------------------------------------------------------


def test_a_seal_is_extended_for_archives_again_and_again(case: Case, authority: Authorities) -> None:
    url = authority.url + "/stamp"
    pdf = case.compile(SealChoice(timestamp=url)).pdf
    for number in (1, 2):
        pdf = extend_seal(case.here.secretariat.desk, Untrusted("brief.pdf", pdf), url)
        found = case.verify(pdf)
        assert found.holds and found.level == "B-LTA" and found.pages == "the same"
        assert told(found).count("Proefstempel attests") == 1 + number


def test_a_seal_without_time_is_extended_too(case: Case, authority: Authorities) -> None:
    pdf = extend_seal(
        case.here.secretariat.desk, Untrusted("brief.pdf", case.compile(SealChoice()).pdf), authority.url + "/stamp"
    )
    assert case.verify(pdf).holds


def test_what_was_changed_is_not_extended(case: Case, authority: Authorities) -> None:
    pdf = case.compile(SealChoice()).pdf + b"\n"
    with pytest.raises(DeskError, match="cannot be extended"):
        extend_seal(case.here.secretariat.desk, Untrusted("brief.pdf", pdf), authority.url + "/stamp")
    assert authority.asked == []


# Silence ---------------------------------------------------------------------------------------------------------------


def test_without_a_timestamp_server_no_connection_is_opened(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object) -> None:
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    assert case.verify(case.compile(SealChoice()).pdf).holds


def test_checking_a_stamped_file_opens_no_connection(
    case: Case, authority: Authorities, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = case.compile(SealChoice(timestamp=authority.url + "/stamp")).pdf
    asked = list(authority.asked)

    def refused(*arguments: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refused)
    assert case.verify(pdf).level == "B-LT"
    assert authority.asked == asked
