"""Keys on a smart card or stick, behind its maker's PKCS#11 library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asn1crypto import x509

from crsv_desk.domain.errors import DeskError
from crsv_desk.domain.seal import Token
from crsv_desk.i18n import N_
from crsv_desk.pdf.sealing_keys import SealingKey, require_fit

_NO_TOKEN = N_("No token was found; put it in and try again.")


@contextmanager
def key_on_token(token: Token, now: str) -> Iterator[SealingKey]:
    """The key on a token, as long as the session is open.

    Args:
        token: where, which and its PIN.
        now: ``2026-05-26T08:00:00Z``; the certificate must be valid then.

    Raises:
        DeskError: no library, no token, a wrong PIN, no fitting certificate; or the token failed while it was used.
    """
    import pkcs11  # a shared library that only those with a token need
    from pyhanko.sign.pkcs11 import PKCS11Signer

    with _failures(pkcs11):
        session = _found(pkcs11, token).open(user_pin=token.pin)
    try:
        with _failures(pkcs11):
            certificate, key_id = _certificate(pkcs11, session, token)
            require_fit(certificate, now)
            # Every token signs a digest by ECDSA, few hash for it too.
            signer = PKCS11Signer(
                session,
                signing_cert=certificate,
                key_id=key_id,
                other_certs_to_pull=None,
                use_raw_mechanism=certificate.public_key.algorithm == "ec",
            )
            signer.cert_registry.register_multiple(_all_certificates(pkcs11, session))
            yield SealingKey(signer)
    finally:
        session.close()


def _found(pkcs11: Any, token: Token) -> Any:
    if not token.library.is_file():
        raise DeskError(N_("There is no PKCS#11 library {path}; ask the maker of the token."), path=token.library)
    try:
        library = pkcs11.lib(str(token.library))
        library.reinitialize()  # else a token put in since the first time is not seen
    except RuntimeError as error:
        raise DeskError(
            N_("{path} is no PKCS#11 library for this computer; ask the maker of the token."), path=token.library
        ) from error
    slots = library.get_slots(token_present=True)
    tokens = [one for one in (slot.get_token() for slot in slots) if one.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED]
    if token.label:
        tokens = [one for one in tokens if one.label == token.label]
        if not tokens:
            raise DeskError(N_("There is no token {label}; put it in and try again."), label=token.label)
    if not tokens:
        raise DeskError(_NO_TOKEN)
    if len(tokens) > 1:
        labels = "; ".join(one.label for one in tokens)
        raise DeskError(N_("There is more than one token; say which: {labels}"), labels=labels)
    return tokens[0]


def _certificate(pkcs11: Any, session: Any, token: Token) -> tuple[x509.Certificate, bytes]:
    """The one that is asked for, or the only one whose key is there too."""
    attribute, kind = pkcs11.Attribute, pkcs11.ObjectClass
    keys = {one[attribute.ID] for one in session.get_objects({attribute.CLASS: kind.PRIVATE_KEY})}
    found = {
        one[attribute.LABEL]: (x509.Certificate.load(one[attribute.VALUE]), one[attribute.ID])
        for one in session.get_objects({attribute.CLASS: kind.CERTIFICATE})
        if one[attribute.ID] in keys
    }
    if token.certificate:
        found = {label: one for label, one in found.items() if label == token.certificate}
    if not found:
        raise DeskError(N_("There is no certificate with its key on the token; choose another token or certificate."))
    if len(found) > 1:
        raise DeskError(
            N_("There is more than one certificate on the token; say which: {labels}"), labels="; ".join(sorted(found))
        )
    return next(iter(found.values()))


def _all_certificates(pkcs11: Any, session: Any) -> list[x509.Certificate]:
    attribute = pkcs11.Attribute
    objects = session.get_objects({attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE})
    return [x509.Certificate.load(one[attribute.VALUE]) for one in objects]


@contextmanager
def _failures(pkcs11: Any) -> Iterator[None]:
    """What a token says, in words."""
    wrong = (
        pkcs11.exceptions.PinIncorrect,
        pkcs11.exceptions.PinInvalid,
        pkcs11.exceptions.PinLenRange,
        pkcs11.exceptions.ArgumentsBad,
    )
    try:
        yield
    except pkcs11.exceptions.PinLocked as error:
        raise DeskError(N_("The token is locked after too many wrong PINs; its issuer can open it again.")) from error
    except wrong as error:
        raise DeskError(N_("The PIN of the token is wrong; be careful, too many wrong ones lock it.")) from error
    except (
        pkcs11.exceptions.TokenNotPresent,
        pkcs11.exceptions.DeviceRemoved,
        pkcs11.exceptions.TokenNotRecognised,
    ) as error:
        raise DeskError(_NO_TOKEN) from error
    except pkcs11.exceptions.PKCS11Error as error:
        raise DeskError(N_("The token could not be used; take it out, put it in and try again.")) from error
