"""Endorsement packets written and verified in a second, on one core.

Against a floor that no reader can be under: the file read, its SHA-256, and as many P-256 verifications as it holds
signatures that were not yet verified (for writing: one P-256 signature, the SHA-256, the file written). And against
pyHanko's general path, which does the same on any CMS.

    python -m benchmarks.packets [--packets 10000] [--pyhanko 300]
"""

from __future__ import annotations

import argparse
import asyncio
import io
import pickle
import re
import tempfile
import zipfile
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_private_key

from benchmarks.measure import Work, race, table
from crsv_desk.certificates import profile
from crsv_desk.domain.admission import admit
from crsv_desk.domain.codes import identifier
from crsv_desk.domain.marks import Drawing
from crsv_desk.domain.packet import Certificate
from crsv_desk.domain.statements import Endorsement, Reservation, Signing, Visibility, encode
from crsv_desk.identity.keys import SoftwareKeys, SoftwareSigner
from crsv_desk.packets import manifest
from crsv_desk.packets.asic import AsicPackets
from crsv_desk.resources import resource

TIME = "2026-05-26T14:05:00Z"
ALGORITHM = ec.ECDSA(hashes.SHA256())
MARK = Drawing((tuple((n * 23, (n * n * 7) % 900) for n in range(160)), ((0, 950), (3_600, 930)))).to_bytes()
Check = tuple[bytes, bytes, bytes]
"""A public key's point, a signature, and what it stands under."""


class Noting:
    """A signer that remembers its last signature."""

    def __init__(self, signer: SoftwareSigner) -> None:
        self._signer = signer
        self.last = (b"", b"")

    @property
    def certificate(self) -> Certificate:
        return self._signer.certificate

    def sign(self, data: bytes) -> bytes:
        self.last = (self._signer.sign(data), data)
        return self.last[0]


def statement_and_files(number: int, certificate: Certificate) -> tuple[bytes, dict[str, bytes]]:
    """An endorsement as partners send it: a person, a logo and a drawn mark."""
    files = {"logo.png": resource("demo", f"logo-{number % 5 + 1}.png").read_bytes(), "mark.json": MARK}
    endorsement = Endorsement(
        dossier="d" * 64, signer=certificate.fingerprint, time=TIME, nonce=f"{number:064x}", seen=("a" * 64, "b" * 64),
        files={name: identifier(data) for name, data in files.items()}, letter="a" * 64,
        organisation=certificate.organisation, people=(Signing("Voorbeeld 1", "directeur"),), acting="self", mandate="",
        reservation=Reservation("", False), members=(), corrections=False, mark="strokes", logo="logo.png",
        visibility=Visibility("shown", "shown", "shown", "shown"), replaces=(), reply="",
    )  # fmt: skip
    return encode(endorsement), files


def point(signer: SoftwareSigner) -> bytes:
    return profile._free_fields(signer.certificate.der)[1]


def make(folder: Path, count: int, keys_made: int) -> list[Path]:
    """``count`` packets by ``keys_made`` keys in turn, and beside each what the floor verifies."""
    signers = [SoftwareKeys().new(f"Organisatie {number}") for number in range(keys_made)]
    packets, paths = AsicPackets(), []
    for number in range(count):
        signer = signers[number % keys_made]
        noting = Noting(signer)
        statement, files = statement_and_files(number, signer.certificate)
        path = folder / f"{number}.crsv"
        path.write_bytes(packets.build(statement, files, TIME, noting))
        checks: list[Check] = [(point(signer), *noting.last)]
        if number < keys_made:
            organisation, own_point, signature = profile._free_fields(signer.certificate.der)
            checks.append((own_point, signature, profile._to_be_signed(organisation, own_point)))
        path.with_suffix(".checks").write_bytes(pickle.dumps(checks))
        paths.append(path)
    return paths


def floor_reading(folder: Path) -> Work:
    known: dict[bytes, ec.EllipticCurvePublicKey] = {}
    curve = ec.SECP256R1()
    checks: dict[Path, list[Check]] = {
        path.with_suffix(".crsv"): pickle.loads(path.read_bytes()) for path in folder.glob("*.checks")
    }

    def work(paths: Sequence[Path]) -> None:
        for path in paths:
            sha256(path.read_bytes()).digest()
            for own_point, signature, signed in checks[path]:
                key = known.get(own_point)
                if key is None:
                    key = known[own_point] = ec.EllipticCurvePublicKey.from_encoded_point(curve, own_point)
                key.verify(signature, signed, ALGORITHM)

    return work


def our_reading(_folder: Path) -> Work:
    packets = AsicPackets()

    def work(paths: Sequence[Path]) -> None:
        for path in paths:
            packets.read(path.read_bytes())

    return work


def our_reading_and_admitting(_folder: Path) -> Work:
    packets = AsicPackets()

    def work(paths: Sequence[Path]) -> None:
        for path in paths:
            admit(packets.read(path.read_bytes()))

    return work


def general_reading(_folder: Path) -> Work:
    """zipfile, asn1crypto and pyHanko: the manifest's signature, and every digest that it names."""
    # Here, so that only the process that uses them pays for them.
    from asn1crypto import cms
    from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    usage = KeyUsageConstraints(key_usage={"non_repudiation"})

    async def verify(data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
        listing, signature = entries[manifest.NAME], entries[manifest.SIGNATURE]
        signed_data = cms.ContentInfo.load(signature)["content"]
        [certificate] = [one.chosen for one in signed_data["certificates"]]
        trusting = ValidationContext(trust_roots=[certificate], allow_fetching=False)
        status = await async_validate_detached_cms(listing, signed_data, trusting, key_usage_settings=usage)
        named = re.findall(rb'URI="([^"]+)">.*?<ds:DigestValue>([^<]+)', listing)
        assert status.bottom_line and len(named) == len(entries) - 3
        assert all(b64encode(sha256(entries[name.decode()]).digest()) == digest for name, digest in named)

    def work(paths: Sequence[Path]) -> None:
        for path in paths:
            asyncio.run(verify(path.read_bytes()))

    return work


def floor_writing(folder: Path) -> Work:
    signer = SoftwareKeys().new("Organisatie")
    key = load_der_private_key(signer.private_key(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
    data = AsicPackets().build(*statement_and_files(0, signer.certificate), TIME, signer)

    def work(numbers: Sequence[int]) -> None:
        for number in numbers:
            key.sign(sha256(data).digest(), algorithm)
            (folder / f"floor-{number}").write_bytes(data)

    return work


def our_writing(folder: Path) -> Work:
    signer, packets = SoftwareKeys().new("Organisatie"), AsicPackets()

    def work(numbers: Sequence[int]) -> None:
        for number in numbers:
            statement, files = statement_and_files(number, signer.certificate)
            (folder / f"ours-{number}").write_bytes(packets.build(statement, files, TIME, signer))

    return work


def general_writing(folder: Path) -> Work:
    """pyHanko's signer and the standard library's archive."""
    from asn1crypto import keys, x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    signer = SoftwareKeys().new("Organisatie")
    certificate = x509.Certificate.load(signer.certificate.der)
    general = SimpleSigner(certificate, keys.PrivateKeyInfo.load(signer.private_key()), SimpleCertificateStore())

    async def build(number: int) -> bytes:
        statement, files = statement_and_files(number, signer.certificate)
        signed = [("statement.json", statement), *sorted(files.items())]
        listing = manifest.build(signed)
        signature = await general.async_sign_general_data(listing, "sha256", use_cades=True)
        output = io.BytesIO()
        with zipfile.ZipFile(output, "w") as archive:
            for name, data in (("mimetype", b"application/vnd.etsi.asic-e+zip"), *signed, (manifest.NAME, listing)):
                archive.writestr(name, data)
            archive.writestr(manifest.SIGNATURE, signature.dump())
        return output.getvalue()

    def work(numbers: Sequence[int]) -> None:
        for number in numbers:
            (folder / f"general-{number}").write_bytes(asyncio.run(build(number)))

    return work


def bound(way: Callable[[Path], Work], folder: Path) -> Any:
    return partial(way, folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packets", type=int, default=10_000)
    parser.add_argument("--pyhanko", type=int, default=300, help="how many of them pyHanko does")
    options = parser.parse_args()
    count, piece = options.packets, max(options.packets // 20, 1)
    fewer = {"pyHanko's general path": min(options.pyhanko, count)}
    reading = {
        "floor": floor_reading, "CRSV Desk": our_reading, "CRSV Desk, and the statement": our_reading_and_admitting,
        "pyHanko's general path": general_reading,
    }  # fmt: skip
    writing = {"floor": floor_writing, "CRSV Desk": our_writing, "pyHanko's general path": general_writing}
    for keys_made, said in ((1, "all by one key"), (count, "each by a key of its own (two signatures each)")):
        with tempfile.TemporaryDirectory() as place:
            paths = make(Path(place), count, keys_made)
            size = sum(path.stat().st_size for path in paths) / count / 1024
            ways = {name: bound(way, Path(place)) for name, way in reading.items()}
            results = race(ways, paths, piece, fewer)
        table(f"Verified: {count:,} packets of {size:.1f} kB, {said}", results, "floor")
    with tempfile.TemporaryDirectory() as place:
        ways = {name: bound(way, Path(place)) for name, way in writing.items()}
        table(f"Written: {count:,} packets", race(ways, range(count), piece, fewer), "floor")


if __name__ == "__main__":
    main()
