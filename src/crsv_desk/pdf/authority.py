"""A timestamp authority (RFC 3161), never taken at its word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import new as new_hash
from typing import ClassVar
from urllib.parse import urlsplit

from asn1crypto import cms, core, tsp, x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import extract_ts_certs
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from crsv_desk.domain.errors import DeskError
from crsv_desk.i18n import N_
from crsv_desk.pdf.asking import Unanswered, aside, ask, check_address

_BROKEN = (ValueError, TypeError, KeyError, AttributeError, AssertionError)
"""What reading ASN.1 from outside stumbles over."""
_ANSWERED = N_("The timestamp server {host} did not give what was asked for; nothing was sealed. Try another server.")
_SILENT = N_("The timestamp server {host} cannot be reached; nothing was sealed. Check the connection and its address.")
_STATUS = N_("The timestamp server {host} refused with status {status}; nothing was sealed. Check its address.")
_DECLINED = N_("The timestamp server {host} declined to give a stamp; nothing was sealed. Try another server.")
_OTHERS = N_(
    "The timestamp server {host} stamped something else than what was asked; nothing was sealed. Do not use it."
)
_UNFIT = N_(
    "The certificate of the timestamp server {host} is not one for timestamps; nothing was sealed. Do not use it."
)
_ANOTHER_TIME = N_(
    "The timestamp server {host} stamped another time than this computer's, {time}; nothing was sealed. Check this "
    "computer's clock, or try another server."
)
_OFF = timedelta(days=1)
"""How far this computer's clock may be off."""


class _Response(core.Sequence):  # type: ignore[misc, unused-ignore]
    """TimeStampResp as RFC 3161, 2.4.2 has it: without a token where the request was declined."""

    _fields: ClassVar = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


class Authority(TimeStamper):  # type: ignore[misc, unused-ignore]
    """Asks the server at one address, and checks each answer before it is used."""

    def __init__(self, url: str) -> None:
        """Raises ``DeskError``: no address."""
        super().__init__(include_nonce=True)
        check_address(url)
        self._url = url
        self.host = urlsplit(url).hostname or url

    @property
    def certificates(self) -> tuple[x509.Certificate, ...]:
        """Of the server, known after the first stamp."""
        return tuple(self._certs.values())

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A token over ``message_digest``. Raises ``DeskError``."""
        nonce, request = self.request_cms(message_digest, md_algorithm)
        answer = await aside(self._asked, request.dump())
        token = self._token(answer)
        self._check(token, nonce, message_digest, md_algorithm)
        return token

    def _asked(self, request: bytes) -> bytes:
        try:
            return ask(self._url, request, "application/timestamp-query")
        except Unanswered as error:
            if error.too_large:
                raise DeskError(_ANSWERED, host=self.host) from error
            if error.status:
                raise DeskError(_STATUS, host=self.host, status=error.status) from error
            raise DeskError(_SILENT, host=self.host) from error

    def _token(self, untrusted_answer: bytes) -> cms.ContentInfo:
        try:
            response = _Response.load(untrusted_answer, strict=True)
            if response["status"]["status"].native not in ("granted", "granted_with_mods"):
                raise DeskError(_DECLINED, host=self.host)
            token: cms.ContentInfo = response["time_stamp_token"]
            token["content"]["encap_content_info"]["content"].parsed.native  # noqa: B018 (parses)
        except _BROKEN as error:
            raise DeskError(_ANSWERED, host=self.host) from error
        return token

    def _check(self, token: cms.ContentInfo, nonce: int, digest: bytes, algorithm: str) -> None:
        """Its signature holds, by a certificate for timestamps, over this digest and this nonce (RFC 3161, 2.4.2)."""
        try:
            signed = token["content"]
            information = signed["encap_content_info"]["content"].parsed
            imprint = information["message_imprint"]
            asked = (
                information["nonce"].native == nonce
                and imprint["hashed_message"].native == digest
                and imprint["hash_algorithm"]["algorithm"].native == algorithm
            )
            leaves = list(extract_ts_certs(token, self.cert_registry))
        except _BROKEN as error:
            raise DeskError(_ANSWERED, host=self.host) from error
        if not asked or not holds(token):
            raise DeskError(_OTHERS, host=self.host)
        moment = information["gen_time"].native
        if abs(moment - datetime.now(UTC)) > _OFF:
            raise DeskError(_ANOTHER_TIME, host=self.host, time=moment.strftime("%Y-%m-%d"))
        purpose = leaves[0].extended_key_usage_value if leaves else None
        if purpose is None or "time_stamping" not in purpose.native:
            raise DeskError(_UNFIT, host=self.host)


def holds(token: cms.ContentInfo) -> bool:
    """Whether the one signature of a token holds over what it says, by the one certificate that it names."""
    try:
        signed = token["content"]
        [information] = signed["signer_infos"]
        content = signed["encap_content_info"]["content"]
        sid = information["sid"].chosen
        [certificate] = [
            one.chosen
            for one in signed["certificates"]
            if one.chosen.issuer.dump() == sid["issuer"].dump()
            and one.chosen.serial_number == sid["serial_number"].native
        ]
        algorithm = information["digest_algorithm"]["algorithm"].native
        intact, valid = validate_sig_integrity(
            information, certificate, "tst_info", new_hash(algorithm, bytes(content)).digest()
        )
    except (*_BROKEN, SignatureValidationError, UnsupportedAlgorithm, NotImplementedError):
        return False
    return bool(intact and valid)
