"""A real PKCS#11 token in software (SoftHSM2), in a folder of the test's own."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from tests.pdf.authorities import Holder
from tests.tools import need

PIN = "493017"
LABEL = "Kantoor"
_LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)


@dataclass(frozen=True)
class SoftToken:
    """Where its library and its folder are. Every process that uses it reads ``SOFTHSM2_CONF``."""

    library: Path
    folder: Path

    def add_token(self, label: str) -> None:
        command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "87654321", "--pin", PIN]
        subprocess.run(command, check=True, capture_output=True)

    def add_key(self, holder: Holder, number: str, label: str) -> None:
        """The key and its certificate, under one id and label."""
        private = self.folder / "key.pem"
        private.write_bytes(
            holder.key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        command = ["softhsm2-util", "--import", str(private), "--token", LABEL, "--label", label, "--id", number]
        subprocess.run([*command, "--pin", PIN], check=True, capture_output=True)
        self.add_certificates([(holder, number, label)])

    def add_certificates(self, holders: Sequence[tuple[Holder, str, str]], token: str = LABEL) -> None:
        import pkcs11

        library = pkcs11.lib(str(self.library))
        library.reinitialize()
        with library.get_token(token_label=token).open(rw=True, user_pin=PIN) as session:
            for holder, number, label in holders:
                subject = holder.certificate.subject.public_bytes()
                session.create_object(
                    {
                        pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                        pkcs11.Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                        pkcs11.Attribute.TOKEN: True,
                        pkcs11.Attribute.LABEL: label,
                        pkcs11.Attribute.ID: bytes.fromhex(number),
                        pkcs11.Attribute.SUBJECT: subject,
                        pkcs11.Attribute.VALUE: holder.der,
                    }
                )


def soft_token(folder: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    """A library without any token yet."""
    need("softhsm2-util")
    library = next((Path(one) for one in _LIBRARIES if Path(one).exists()), None)
    assert library is not None, "softhsm2-util is here, its library is not"
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(settings))
    return SoftToken(library, folder)
