"""The fields of a letter in a text that names none: its subject, salutation and closing words, by how they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crsv_desk.i18n import _
from crsv_desk.letters.gathering import Found

_SUBJECT = re.compile(
    r"(?:betreft|betreffende|onderwerp|subject|re|objet|concerne|betreff)\s*:\s*(\S.*)", re.IGNORECASE | re.DOTALL
)
_SALUTATION = re.compile(
    r"(?:geachte|beste|excellentie|waarde|dear|your excellenc|excellenc|to whom|madame|monsieur|mesdames|messieurs|chère?s?"
    r"|sehr geehrte)\b",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:hoogachtend|met vriendelijke groet|met hoogachting|vriendelijke groet|yours (?:sincerely|faithfully|truly)|sincerely"
    r"|respectfully|kind regards|best regards|with kind regards|veuillez agréer|je vous prie|cordialement|avec nos"
    r"|mit freundlichen)\b",
    re.IGNORECASE,
)
_LONGEST = 120
_NEAR_THE_TOP = 25


def recognise(blocks: Sequence[Found], known: dict[str, str]) -> tuple[list[Found], dict[str, str], list[str]]:
    """What is left of the blocks, the fields, and a translated sentence for each field that was taken out of the text.

    ``known`` are the fields that the document itself names.
    """
    left, fields, said = list(blocks), dict(known), []
    for key, pattern, rows in (
        ("subject", _SUBJECT, range(min(len(left), _NEAR_THE_TOP))),
        ("salutation", _SALUTATION, range(min(len(left), _NEAR_THE_TOP))),
        ("closing", _CLOSING, range(len(left) - 1, -1, -1)),
    ):
        if fields.get(key):
            continue
        for at in rows:
            words = " ".join(left[at].text.split()) if at < len(left) else ""
            found = pattern.match(words)
            if found and left[at].kind != "item" and len(words) <= _LONGEST:
                fields[key] = found[1] if key == "subject" else words
                said.append(_taken(key).format(words=words))
                del left[at]
                break
    return left, fields, said


def _taken(key: str) -> str:
    return {
        "subject": _("“{words}” was taken as the subject; it no longer stands in the text."),
        "salutation": _("“{words}” was taken as the salutation; it no longer stands in the text."),
        "closing": _("“{words}” was taken as the closing words; they no longer stand in the text."),
    }[key]
