"""What is known of a language by its BCP 47 tag."""

from __future__ import annotations

import re
from typing import Literal

_RIGHT_TO_LEFT = ("ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def direction(language: str) -> Literal["ltr", "rtl"]:
    """How the language's script runs."""
    return "rtl" if language.split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def is_language(untrusted_text: str) -> bool:
    """Whether it is a tag such as ``nl``, ``fr-BE`` or ``zh-Hans``."""
    return _TAG.fullmatch(untrusted_text) is not None
