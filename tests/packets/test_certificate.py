"""One certificate profile, rebuilt byte for byte: everything else is refused, however valid it is."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import example, given
from hypothesis import strategies as st

from crsv_desk.certificates import profile, signatures
from crsv_desk.certificates.der import integer, oid
from crsv_desk.domain.errors import Refused
from crsv_desk.identity.keys import SoftwareKeys
from tests.packets import certificates
from tests.packets.sample import ORGANISATION, halved, private_key, signer

OTHER_KEY = ec.derive_private_key(7, ec.SECP256R1())
DAY = datetime(2026, 5, 26, tzinfo=UTC)

FOREIGN: dict[str, certificates.Recipe] = {
    "a person": certificates.ours(
        subject=((NameOID.ORGANIZATION_NAME, ORGANISATION), (NameOID.COMMON_NAME, "Voorbeeld 1"))
    ),
    "a person alone": certificates.ours(subject=((NameOID.COMMON_NAME, "Voorbeeld 1"),)),
    "no name": certificates.ours(subject=()),
    "another issuer": certificates.ours(issuer=((NameOID.ORGANIZATION_NAME, "CA"),), issuer_key=OTHER_KEY),
    "signed by another key": certificates.ours(issuer_key=OTHER_KEY),
    "another curve": certificates.ours(key=ec.derive_private_key(7, ec.SECP384R1())),
    "Bitcoin's curve": certificates.ours(key=ec.derive_private_key(7, ec.SECP256K1())),
    "another hash": certificates.ours(hash=hashes.SHA384),
    "a later beginning": certificates.ours(begin=DAY),
    "an end": certificates.ours(end=datetime(2036, 1, 1, tzinfo=UTC)),
    "another serial number": certificates.ours(serial=1),
    "an authority": certificates.ours(constraints=x509.BasicConstraints(ca=True, path_length=0)),
    "one more extension": certificates.ours(
        more=[(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)]
    ),
    "another name in an extension": certificates.ours(
        more=[(x509.SubjectAlternativeName([x509.RFC822Name("voorbeeld@example.org")]), False)]
    ),
    "high S": certificates.ours(low=False),
}


def test_another_library_builds_the_same_bytes() -> None:
    assert certificates.ours().build() == signer().certificate.der


def test_another_library_reads_what_we_write() -> None:
    certificate = x509.load_der_x509_certificate(signer().certificate.der)
    certificate.verify_directly_issued_by(certificate)
    assert certificate.subject == certificate.issuer
    assert [(one.oid, one.value) for one in certificate.subject] == [(NameOID.ORGANIZATION_NAME, ORGANISATION)]
    assert certificate.not_valid_after_utc == certificates.NO_END
    public_key = certificate.public_key()
    assert isinstance(public_key, ec.EllipticCurvePublicKey) and isinstance(public_key.curve, ec.SECP256R1)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical and usage.value == certificates.KEY_USAGE
    assert {extension.oid for extension in certificate.extensions} == {
        x509.BasicConstraints.oid, x509.KeyUsage.oid, x509.SubjectKeyIdentifier.oid,
    }  # fmt: skip


@pytest.mark.parametrize("kind", FOREIGN)
def test_any_other_profile_is_refused(kind: str) -> None:
    with pytest.raises(Refused, match="certificate in this file was not made by CRSV Desk"):
        profile.read(FOREIGN[kind].build())


def test_every_changed_byte_of_a_certificate_is_refused() -> None:
    good = signer().certificate.der
    for place in range(len(good)):
        for value in {good[place] ^ bit for bit in (1, 2, 0x20, 0x80, 0xFF)} | {0} - {good[place]}:
            with pytest.raises(Refused):
                profile.read(good[:place] + bytes((value,)) + good[place + 1 :])
        with pytest.raises(Refused):
            profile.read(good[:place])


def test_a_point_that_is_not_on_the_curve_is_refused() -> None:
    owner = signer()
    point = bytes((4,)) + bytes(63) + b"\1"
    made = profile.build(ORGANISATION, point, owner.sign)
    with pytest.raises(Refused):
        profile.read(made.der)


@pytest.mark.parametrize(
    "name", ["", "x" * 201, "Stich\u202eting", "Stich\u200bting", "Stich\nting", "Cafe\u0301", " A"]
)
def test_a_name_that_deceives_is_refused_on_building_and_on_reading(name: str) -> None:
    owner = signer()
    with pytest.raises(ValueError, match="organisation"):
        SoftwareKeys().new(name)
    to_be_signed = profile._to_be_signed(name, profile._free_fields(owner.certificate.der)[1])
    with pytest.raises(Refused):
        profile.read(profile._whole(to_be_signed, owner.sign(to_be_signed)))


@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40))
@example("Ναυτιλία")
@example("سازمان\u200cها")
@example("Organisation d\u2019aide")
def test_names_in_any_script_come_back(name: str) -> None:
    name = unicodedata.normalize("NFC", name)
    made = SoftwareKeys().new(name).certificate
    assert profile.read(made.der).certificate.organisation == name == made.organisation


def test_signatures_have_one_form() -> None:
    owner = signer()
    key = private_key(owner)
    for number in range(40):
        data = str(number).encode()
        signature = owner.sign(data)
        assert signature == owner.sign(data)
        assert signatures.verify(key.public_key(), signature, data)
        key.public_key().verify(signature, data, ec.ECDSA(hashes.SHA256()))
        assert not signatures.verify(key.public_key(), halved(signature, low=False), data)
        assert not signatures.verify(key.public_key(), signature, data + b"x")
        assert not signatures.verify(key.public_key(), signature + b"\0", data)
        assert not signatures.verify(key.public_key(), b"\x30\x80" + signature[2:], data)


@given(st.integers(0, 2**256))
def test_integers_are_the_der_of_another_library(value: int) -> None:
    assert integer(value) == core.Integer(value).dump()


@given(st.integers(0, 1), st.integers(0, 39), st.lists(st.integers(0, 2**64), max_size=8))
def test_object_identifiers_are_the_der_of_another_library(first: int, second: int, rest: list[int]) -> None:
    dotted = ".".join(map(str, (first, second, *rest)))
    assert oid(dotted) == core.ObjectIdentifier(dotted).dump()
