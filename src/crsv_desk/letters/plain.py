"""Bytes of a text file as text."""

from __future__ import annotations

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_
from crsv_desk.letters.markdown import normalised


def decoded(untrusted_data: bytes) -> str:
    """UTF-8 or UTF-16 with its mark. Raises ``Refused``."""
    encoding = "utf-16" if untrusted_data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = untrusted_data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(N_("This file is not text in UTF-8; save it again as UTF-8.")) from error
    if "\0" in text:
        raise Refused(N_("This file is not text; choose a Markdown, text, .docx or .odt file."))
    return normalised(text)
