"""Codes that people read to each other: 30 digits in six groups of five, about 100 bits."""

from __future__ import annotations

from hashlib import sha256

DIGITS = 30


def spoken(digest: str) -> str:
    """The code of a SHA-256 digest (64 hexadecimal digits): ``"48213 70956 11840 62937 05518 93460"``."""
    digits = f"{int(digest, 16) % 10**DIGITS:0{DIGITS}d}"
    return " ".join(digits[start : start + 5] for start in range(0, DIGITS, 5))


def matches(digest: str, untrusted_code: str) -> bool:
    """Whether somebody's code, typed with any spacing or dashes, is the whole code of ``digest``."""
    digits = "".join(character for character in untrusted_code if character not in " \t\n-.\u00a0\u2009\u202f")
    return digits == spoken(digest).replace(" ", "")


def identifier(data: bytes) -> str:
    """SHA-256 as 64 hexadecimal digits: the id of a statement, the digest of a file."""
    return sha256(data).hexdigest()
