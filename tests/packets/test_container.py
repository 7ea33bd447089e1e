"""What the container holds, and each thing that it never holds, with the sentence that says so."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from crsv_desk.domain.admission import admit
from crsv_desk.domain.errors import Refused
from crsv_desk.domain.statements import Receipt, encode
from crsv_desk.packets import cades, container, manifest, stored_zip
from crsv_desk.packets.stored_zip import Entry
from tests.packets import certificates
from tests.packets.sample import (
    FILES,
    STATEMENT,
    TIME,
    entries,
    ours,
    packet,
    private_key,
    signed_manifest,
    signer,
    with_entry,
    with_signature,
)

CHANGED = "was changed or damaged on the way"
ADDED = "Something was added to this file or taken out"
LAYOUT = "built otherwise than CRSV Desk builds"
NAME = "under a name that CRSV Desk never uses"
FOREIGN = "certificate in this file was not made by CRSV Desk"
NO_SIGNATURE = "changed after it was signed"

names = st.from_regex(container.FILE_NAME, fullmatch=True).filter(lambda name: name != container.STATEMENT)


@given(st.binary(min_size=1, max_size=200), st.dictionaries(names, st.binary(max_size=200), max_size=6))
def test_what_is_built_is_read_back(statement: bytes, files: dict[str, bytes]) -> None:
    data = container.build(statement, files, TIME, signer().certificate, signer().sign)
    assert data == container.build(statement, dict(reversed(files.items())), TIME, signer().certificate, signer().sign)
    read = container.read(data)
    assert (read.data, read.statement, dict(read.files)) == (data, statement, files)
    assert (read.certificate, read.signing_time) == (signer().certificate, TIME)
    assert read.digest == sha256(data).hexdigest()


@pytest.mark.parametrize(
    "time", ["2000-01-01T00:00:00Z", "2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "2099-12-31T23:59:59Z"]
)
def test_times_of_a_whole_century(time: str) -> None:
    data = container.build(STATEMENT, {}, time, signer().certificate, signer().sign)
    assert container.read(data).signing_time == time


@pytest.mark.parametrize(
    "time", ["", "2026-05-26", "1999-12-31T23:59:59Z", "2026-05-26T14:05:00+02:00", "２026-05-26T14:05:00Z"]
)
def test_no_other_time_is_signed(time: str) -> None:
    with pytest.raises(ValueError, match="time"):
        container.build(STATEMENT, {}, time, signer().certificate, signer().sign)


def test_another_library_puts_together_the_same_signature() -> None:
    assert with_signature(ours().build()) == packet()


def test_another_program_unpacks_it() -> None:
    with zipfile.ZipFile(io.BytesIO(packet())) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "mimetype", "statement.json", *sorted(FILES), "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s",
        ]  # fmt: skip
        assert archive.read("statement.json") == STATEMENT
    # ETSI EN 319 162-1, clause A.1: the type stands at a fixed place, for programs that look no further.
    assert packet()[30:69] == b"mimetypeapplication/vnd.etsi.asic-e+zip"


@pytest.mark.parametrize("files", [
    {"statement.json": b""}, {"../up.json": b""}, {"UP.json": b""}, {"a.exe": b""}, {"": b""}, {"a/b.json": b""},
    {f"{number}.txt": b"" for number in range(17)}, {"large.png": bytes(container.MOST_BYTES)},
], ids=lambda files: next(iter(files)))  # fmt: skip
def test_what_cannot_travel_is_not_built(files: dict[str, bytes]) -> None:
    with pytest.raises(ValueError):
        container.build(STATEMENT, files, TIME, signer().certificate, signer().sign)


def parts(*changed: Entry, without: str = "", before: str = "") -> list[Entry]:
    """The packet's parts with ``changed`` put in before the part called ``before``, or at the end."""
    kept = [entry for entry in entries() if entry[0] != without]
    place = next((index for index, (name, _) in enumerate(kept) if name == before), len(kept))
    return [*kept[:place], *changed, *kept[place:]]


def by_zipfile(compression: int, **fields: object) -> bytes:
    """The parts as the standard library writes them."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", compression) as archive:
        for name, data in parts():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = compression
            for field, value in fields.items():
                setattr(info, field, value)
            archive.writestr(info, data)
    return output.getvalue()


def signed_again(*files: Entry, statement: bytes = STATEMENT) -> bytes:
    """A container that signs everything in it, put together as ours is, whatever the names."""
    signed = [(container.STATEMENT, statement), *files]
    listing = manifest.build(signed)
    signature = cades.build(sha256(listing).digest(), TIME, signer().certificate, signer().sign)
    return stored_zip.build(
        [("mimetype", container.MEDIA_TYPE), *signed, (manifest.NAME, listing), (manifest.SIGNATURE, signature)]
    )


REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", ADDED),
    "no parts": (stored_zip.build([]), LAYOUT),
    "one part": (stored_zip.build([("mimetype", container.MEDIA_TYPE)]), LAYOUT),
    "bytes before": (b"\0" + packet(), ADDED),
    "bytes behind": (packet() + b"\0", ADDED),
    "a comment": (packet()[:-2] + b"\1\0x", ADDED),
    "a part twice": (stored_zip.build(parts(("statement.json", b"{}"))), "two parts under one name"),
    "a part twice in the directory": (packet().replace(b"mark.json", b"statement.json"[:9]), ADDED),
    "an unsigned file": (stored_zip.build(parts(("note.txt", b"x"), before=manifest.NAME)), "is not the one that was signed"),
    "an unsigned file behind": (stored_zip.build(parts(("note.txt", b"x"))), LAYOUT),
    "a second signature": (stored_zip.build(parts(("META-INF/signature002.p7s", b"x"))), NAME),
    "a second manifest": (stored_zip.build(parts(("META-INF/ASiCManifest002.xml", b"x"))), NAME),
    "no statement": (stored_zip.build(parts(without="statement.json")), LAYOUT),
    "no signature": (stored_zip.build(parts(without=manifest.SIGNATURE)), LAYOUT),
    "no manifest": (stored_zip.build(parts(without=manifest.NAME)), LAYOUT),
    "another order": (stored_zip.build(list(reversed(entries()))), LAYOUT),
    "files not in order": (signed_again(("b.txt", b""), ("a.txt", b"")), LAYOUT),
    "another type": (with_entry("mimetype", b"application/zip"), LAYOUT),
    "another statement": (with_entry("statement.json", b'{"type":"decline"}'), "is not the one that was signed"),
    "another file": (with_entry("mark.json", b"{}"), "is not the one that was signed"),
    "another manifest": (with_entry(manifest.NAME, signed_manifest() + b"\n"), "is not the one that was signed"),
    "a path upwards": (signed_again(("../up.json", b"")), NAME),
    "an absolute path": (signed_again(("/etc/up.json", b"")), NAME),
    "a Windows path": (signed_again(("c:\\up.json", b"")), NAME),
    "a folder": (signed_again(("a/b.json", b"")), NAME),
    "a device": (signed_again(("con.txt.json", b"")), NAME),
    "capitals": (signed_again(("Mark.json", b"")), NAME),
    "a manifest among the files": (stored_zip.build(parts((manifest.NAME + ".json", b""), before="mark.json")), NAME),
    "compressed": (by_zipfile(zipfile.ZIP_DEFLATED), "compressed parts"),
    "otherwise compressed": (by_zipfile(zipfile.ZIP_LZMA), "compressed parts"),
    "extra fields": (by_zipfile(zipfile.ZIP_STORED, extra=b"\x99\x99\0\0"), ADDED),
    "other attributes": (by_zipfile(zipfile.ZIP_STORED, external_attr=0o644 << 16), ADDED),
    "a comment on a part": (by_zipfile(zipfile.ZIP_STORED, comment=b"x"), ADDED),
    "too many parts": (stored_zip.build(parts(*((f"{n}.txt", b"") for n in range(40)))), "holds more parts than any"),
    "too large": (with_entry("mark.json", bytes(container.MOST_BYTES)), "larger than any"),
    "a name not in ASCII": (packet().replace(b"mark.json", "märk.json".encode()[:9]), CHANGED),
    "no CMS": (with_signature(b"signature"), CHANGED),
    "a second certificate": (with_signature(ours(more=[signer("B").certificate.der]).build()), "more than one certificate"),
    "a certificate twice": (with_signature(ours(more=[signer().certificate.der]).build()), "more than one certificate"),
    "high S": (with_signature(ours(low=False).build()), NO_SIGNATURE),
    "another signed attribute": (with_signature(ours(attributes=[("signing_certificate_v2", {"certs": []})]).build()), CHANGED),
    "signed by another": (with_signature(ours(key=ec.derive_private_key(7, ec.SECP256R1())).build()), NO_SIGNATURE),
    "a signature of other words": (with_signature(ours(content=b"other words").build()), CHANGED),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_each_is_refused_with_its_sentence(kind: str) -> None:
    untrusted, sentence = REFUSED[kind]
    with pytest.raises(Refused) as refusal:
        container.read(untrusted)
    assert sentence in str(refusal.value)
    assert str(refusal.value).endswith(".") and str(refusal.value).count(".") == 1


def test_the_wrong_profile_is_refused_inside_a_packet_too() -> None:
    good = certificates.ours().build()
    assert container.read(with_signature(ours(certificate=good).build())).data == packet()
    for recipe in (
        certificates.ours(low=False),
        certificates.ours(subject=(*certificates.ours().subject, (NameOID.COMMON_NAME, "Voorbeeld 1"))),
        certificates.ours(end=datetime(2036, 1, 1, tzinfo=UTC)),
    ):
        with pytest.raises(Refused, match=FOREIGN):
            container.read(with_signature(ours(certificate=recipe.build()).build()))


def test_a_chain_is_refused() -> None:
    authority = ec.derive_private_key(11, ec.SECP256R1())
    root = certificates.Recipe(authority, ((NameOID.ORGANIZATION_NAME, "CA"),)).build()
    leaf = certificates.ours(issuer=((NameOID.ORGANIZATION_NAME, "CA"),), issuer_key=authority).build()
    with pytest.raises(Refused, match="more than one certificate"):
        container.read(with_signature(ours(certificate=leaf, more=[root]).build()))
    with pytest.raises(Refused, match=FOREIGN):
        container.read(with_signature(ours(certificate=leaf).build()))


def test_another_time_in_the_signature_than_in_the_statement_is_refused() -> None:
    statement = Receipt(
        dossier="0" * 64, signer=signer().certificate.fingerprint, time=TIME, nonce="1" * 64, seen=(), files={}, ids=()
    )
    for time in (TIME, "2026-05-26T14:05:01Z"):
        data = container.build(encode(statement), {}, time, signer().certificate, signer().sign)
        if time == TIME:
            admit(container.read(data))
        else:
            with pytest.raises(Refused, match="two different times"):
                admit(container.read(data))


def test_the_words_of_another_cannot_be_signed_again() -> None:
    statement = Receipt(
        dossier="0" * 64, signer=signer().certificate.fingerprint, time=TIME, nonce="1" * 64, seen=(), files={}, ids=()
    )
    thief = signer("Vereniging Bosbes")
    with pytest.raises(Refused, match="somebody other"):
        admit(container.read(container.build(encode(statement), {}, TIME, thief.certificate, thief.sign)))
    for files, names_of_files in (({"mark.json": b"{}"}, {}), ({}, {"mark.json": "0" * 64})):
        stated = encode(replace(statement, files=names_of_files))
        with pytest.raises(Refused, match="not the ones that were signed"):
            admit(container.read(container.build(stated, files, TIME, signer().certificate, signer().sign)))


NOTHING_GENERAL = """
import sys, zipfile, zlib, xml.parsers.expat, cryptography.x509
from crsv_desk.domain.errors import Refused
from crsv_desk.packets.asic import AsicPackets
def reached(*_, **__):
    raise AssertionError("a general parser was reached")
zipfile.ZipFile = zipfile.ZipExtFile = zlib.decompress = zlib.decompressobj = xml.parsers.expat.ParserCreate = reached
for name in ("load_der_x509_certificate", "load_pem_x509_certificate"):
    setattr(cryptography.x509, name, reached)
for name in ("asn1crypto", "asn1crypto.core", "pyhanko", "lxml", "xml.etree.ElementTree",
             "cryptography.hazmat.asn1", "cryptography.hazmat.primitives.serialization.pkcs7"):
    assert name not in sys.modules, name
    sys.modules[name] = None
good = sys.stdin.buffer.read()
packets = AsicPackets()
assert packets.read(good).certificate.organisation
assert packets.members(packets.bundle([good])) == [good]
assert packets.from_text(packets.to_text(good).encode()) == [good]
for place in range(0, len(good), 3):
    for untrusted in (good[:place], good[:place] + b"?" + good[place + 1:]):
        try:
            packets.read(untrusted)
        except Refused:
            pass
"""


def test_no_general_parser_and_no_inflate_is_reached() -> None:
    subprocess.run([sys.executable, "-c", NOTHING_GENERAL], input=packet(), check=True)


def test_a_key_signs_nothing_but_its_own_certificate() -> None:
    """The certificate named in the signed attributes is the one in the packet: another one of the same key is not."""
    key = private_key(signer())
    other = certificates.Recipe(key, ((NameOID.ORGANIZATION_NAME, "Vereniging Bosbes"),)).build()
    mixed = ours().build().replace(signer().certificate.der, other)
    with pytest.raises(Refused):
        container.read(with_signature(mixed))
    assert (
        container.read(with_signature(ours(certificate=other).build())).certificate.organisation == "Vereniging Bosbes"
    )
