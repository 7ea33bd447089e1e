"""A certificate authority and a timestamp server of the tests' own, on this computer alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from crsv_desk.pdf.asking import MOST_BYTES

_DER = serialization.Encoding.DER
DAY = timedelta(days=1)
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
PASSPHRASE = "geheim woord"


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True)
class Holder:
    """A key and its certificate."""

    key: Any
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(_DER)

    @property
    def private(self) -> bytes:
        return self.key.private_bytes(_DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())  # type: ignore[no-any-return]


@cache
def rsa_key(number: int = 3) -> rsa.RSAPrivateKey:
    """Made once a run, as they are slow."""
    return rsa.generate_private_key(65537, 2048)


@dataclass
class Authorities:
    """A root that issues, revokes and answers; below it a timestamp server. Everything is served at ``url``."""

    url: str
    fail: str = ""
    """How the timestamp server misbehaves: a key of ``LIES``, or empty."""
    drips: bool = False
    """Answers come byte by byte and never end, until nobody is asked any more."""
    over: threading.Event = field(default_factory=threading.Event)
    bare: bool = False
    """The timestamp server sends its own certificate alone."""
    silent: set[str] = field(default_factory=set)
    """Paths that are not served."""
    asked: list[str] = field(default_factory=list)
    revoked: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.root = self._root()
        self.stamper = self.issue("Proefstempel", key=rsa_key(1), usage=(ExtendedKeyUsageOID.TIME_STAMPING,))

    def _root(self) -> Holder:
        key = rsa_key(0)
        name = _name("Proefautoriteit")
        builder = _builder(name, name, key.public_key(), now() - 1200 * DAY, now() + 4000 * DAY)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        builder = builder.add_extension(_usage(certificates=True), critical=True)
        return Holder(key, builder.sign(key, hashes.SHA256()))

    def issue(
        self,
        name: str,
        *,
        key: Any = None,
        usage: Sequence[ObjectIdentifier] = (),
        begins: datetime | None = None,
        ends: datetime | None = None,
        key_usage: x509.KeyUsage | None = None,
        with_ocsp: bool = False,
        with_list: bool = True,
    ) -> Holder:
        """A certificate below the root, with addresses of its revocation list or OCSP."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        builder = _builder(
            _name(name),
            self.root.certificate.subject,
            key.public_key(),
            begins or now() - 800 * DAY,
            ends or now() + 900 * DAY,
        )
        builder = builder.add_extension(key_usage or _usage(), critical=True)
        if usage:
            builder = builder.add_extension(x509.ExtendedKeyUsage(usage), critical=True)
        if with_list:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{self.url}/list")], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        access = [(AuthorityInformationAccessOID.CA_ISSUERS, f"{self.url}/root")]
        if with_ocsp:
            access.append((AuthorityInformationAccessOID.OCSP, f"{self.url}/ocsp"))
        builder = builder.add_extension(
            x509.AuthorityInformationAccess(
                [x509.AccessDescription(method, x509.UniformResourceIdentifier(url)) for method, url in access]
            ),
            critical=False,
        )
        return Holder(key, builder.sign(self.root.key, hashes.SHA256()))

    def answer(self, path: str, body: bytes) -> tuple[int, bytes]:
        """What is served."""
        self.asked.append(path)
        if path in self.silent:
            return 503, b""
        match path:
            case "/root":
                return 200, self.root.der
            case "/list":
                return 200, self.revocation_list()
            case "/ocsp":
                return 200, self._ocsp(body)
            case "/stamp":
                return self._stamp(body)
        return 404, b"<html>not here</html>"

    def revocation_list(self) -> bytes:
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.root.certificate.subject)
        builder = builder.last_update(now() - timedelta(hours=1)).next_update(now() + 365 * DAY)
        for serial in self.revoked:
            one = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now() - DAY).build()
            builder = builder.add_revoked_certificate(one)
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(_DER)

    def _ocsp(self, body: bytes) -> bytes:
        asked = ocsp.load_der_ocsp_request(body)
        one = next(one for one in self._issued if one.serial_number == asked.serial_number)
        builder = ocsp.OCSPResponseBuilder().add_response(
            one, self.root.certificate, hashes.SHA1(), ocsp.OCSPCertStatus.GOOD, now() - timedelta(hours=1),
            now() + 7 * DAY, None, None,
        ).responder_id(ocsp.OCSPResponderEncoding.HASH, self.root.certificate)  # fmt: skip
        return builder.sign(self.root.key, hashes.SHA256()).public_bytes(_DER)

    @property
    def _issued(self) -> list[x509.Certificate]:
        return [self.stamper.certificate, *self.others]

    others: list[x509.Certificate] = field(default_factory=list)

    def _stamp(self, body: bytes) -> tuple[int, bytes]:
        request = tsp.TimeStampReq.load(body)
        if self.fail:
            return LIES[self.fail](self, request)
        return 200, self._honest().request_tsa_response(request).dump()

    def _honest(self, holder: Holder | None = None) -> DummyTimeStamper:
        holder = holder or self.stamper
        root = asn1_x509.Certificate.load(self.root.der)
        return DummyTimeStamper(
            asn1_x509.Certificate.load(holder.der),
            asn1_keys.PrivateKeyInfo.load(holder.private),
            [] if self.bare else [root],
        )


def _other_nonce(here: Authorities, request: tsp.TimeStampReq) -> tuple[int, bytes]:
    changed = tsp.TimeStampReq({**request.native, "message_imprint": request["message_imprint"], "nonce": 4711})
    return 200, here._honest().request_tsa_response(changed).dump()


def _other_digest(here: Authorities, request: tsp.TimeStampReq) -> tuple[int, bytes]:
    request["message_imprint"]["hashed_message"] = bytes(32)
    return 200, here._honest().request_tsa_response(request).dump()


def _broken_signature(here: Authorities, request: tsp.TimeStampReq) -> tuple[int, bytes]:
    answer = here._honest().request_tsa_response(request)
    information = answer["time_stamp_token"]["content"]["signer_infos"][0]
    information["signature"] = bytes(256)
    return 200, answer.dump(force=True)


def _declined(here: Authorities, request: tsp.TimeStampReq) -> tuple[int, bytes]:
    return 200, bytes.fromhex("30053003020102")  # status 2, rejection, and no token


def _garbage(here: Authorities, request: tsp.TimeStampReq) -> tuple[int, bytes]:
    """Half of a good answer."""
    data: bytes = here._honest().request_tsa_response(request).dump()
    return 200, data[: len(data) // 2]


def _another_time(here: Authorities, request: tsp.TimeStampReq) -> tuple[int, bytes]:
    honest = here._honest()
    honest.fixed_dt = now() - 40 * DAY
    return 200, honest.request_tsa_response(request).dump()


def _another_root(here: Authorities, request: tsp.TimeStampReq) -> tuple[int, bytes]:
    """Signed by somebody who only bears the authority's name: its certificate is not the one that it names."""
    answer = here._honest(Holder(rsa_key(2), here.stamper.certificate)).request_tsa_response(request)
    return 200, answer.dump()


def _unfit(here: Authorities, request: tsp.TimeStampReq) -> tuple[int, bytes]:
    holder = here.issue("Geen stempel", key=rsa_key(2), usage=(DOCUMENT_SIGNING,))
    return 200, here._honest(holder).request_tsa_response(request).dump()


Lie = Callable[[Authorities, tsp.TimeStampReq], tuple[int, bytes]]
LIES: dict[str, Lie] = {
    "another nonce": _other_nonce,
    "another digest": _other_digest,
    "broken signature": _broken_signature,
    "declined": _declined,
    "certificate for something else": _unfit,
    "signed by another key": _another_root,
    "another time": _another_time,
    "half of an answer": _garbage,
    "noise": lambda here, request: (200, bytes(range(256)) * 40),
    "too much": lambda here, request: (200, bytes(MOST_BYTES + 1)),
    "a web page": lambda here, request: (200, b"<!DOCTYPE html><html><body>Welcome</body></html>"),
    "nothing": lambda here, request: (200, b""),
    "an error": lambda here, request: (500, b"<html>oops</html>"),
    "a redirect": lambda here, request: (302, b""),
}


@contextmanager
def authorities() -> Iterator[Authorities]:
    """Served on a free port of this computer for as long as the context is open."""
    holder: list[Authorities] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def _answer(self, body: bytes) -> None:
            status, data = holder[0].answer(self.path, body)
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/stamp")
            self.send_header("Content-Length", str(len(data) if not holder[0].drips else MOST_BYTES))
            self.end_headers()
            while holder[0].drips and not holder[0].over.wait(0.02):
                try:
                    self.wfile.write(b"0")
                except OSError:
                    return
            self.wfile.write(data)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        holder.append(Authorities(f"http://127.0.0.1:{server.server_address[1]}"))
        yield holder[0]
    finally:
        for one in holder:
            one.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def key_file(holder: Holder, above: Sequence[Holder] = ()) -> bytes:
    """As PKCS#12."""
    return pkcs12.serialize_key_and_certificates(
        b"sleutel",
        holder.key,
        holder.certificate,
        [one.certificate for one in above],
        serialization.BestAvailableEncryption(PASSPHRASE.encode()),
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Proef"), x509.NameAttribute(NameOID.COMMON_NAME, common)]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Any, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _usage(*, certificates: bool = False, signing: bool = True) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signing and not certificates,
        content_commitment=signing and not certificates,
        key_encipherment=not signing,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


NOT_FOR_SIGNING = _usage(signing=False)
