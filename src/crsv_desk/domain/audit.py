"""How somebody without this program checks one packet: the commands that the evidence page prints."""

from __future__ import annotations

_SIGNATURE = "META-INF/signature001.p7s"
_MANIFEST = "META-INF/ASiCManifest001.xml"


def openssl_commands(name: str) -> tuple[str, ...]:
    """Lines of shell that check the packet ``name`` with unzip and openssl (CAdES, ETSI EN 319 122-1).

    They end without an error only if the packet's own certificate signed the manifest, and the manifest holds the
    SHA-256 of the statement. Lines are short enough for paper, so that they can be copied from it as they stand.
    ``-no_check_time``: these certificates end in the year 9999.
    """
    return (
        f"unzip {name}",
        f"openssl pkcs7 -inform DER -in {_SIGNATURE} -print_certs -out signer.pem",
        f"openssl cms -verify -cades -binary -inform DER -in {_SIGNATURE} \\",
        f"-content {_MANIFEST} -CAfile signer.pem -no_check_time -out manifest.xml",
        'grep -F "$(openssl dgst -sha256 -binary statement.json | base64)" manifest.xml',
    )
