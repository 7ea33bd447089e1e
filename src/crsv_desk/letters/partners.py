"""The table of partners: organisation and country, one a line, separated by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from crsv_desk.domain.errors import Refused
from crsv_desk.domain.names import check_name, hidden_character
from crsv_desk.i18n import N_, _
from crsv_desk.letters.markdown import normalised
from crsv_desk.letters.plain import decoded

_MOST = 10_000
_MOST_COUNTRY = 60
_HEADINGS = {"organisation", "organization", "organisatie", "organisme", "name", "naam", "nom"}


def partners(untrusted_csv: bytes) -> Sequence[tuple[str, str]]:
    """Organisation and country of each line; the country may be missing. Raises ``Refused``."""
    text, delimiter = _table(untrusted_csv)
    found: list[tuple[str, str]] = []
    names: set[str] = set()
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)):
            cells = [" ".join(cell.split()) for cell in row]
            if not any(cells) or (number == 0 and cells[0].casefold() in _HEADINGS):
                continue
            if not cells[0]:
                raise Refused(N_("Line {number} of the list of partners names no organisation."), number=number + 1)
            name, country = check_name(cells[0], _("the organisation's name")), (cells[1] if len(cells) > 1 else "")
            if len(country) > _MOST_COUNTRY or hidden_character(country):
                raise Refused(N_("The country in line {number} of the list of partners is none."), number=number + 1)
            if name.casefold() in names:
                raise Refused(N_("The list of partners names {name} twice."), name=name)
            names.add(name.casefold())
            found.append((name, country))
            if len(found) > _MOST:
                raise Refused(N_("The list of partners is too long."))
    except csv.Error as error:
        raise Refused(
            N_("The list of partners cannot be read; save it as CSV with one organisation a line.")
        ) from error
    if not found:
        raise Refused(N_("The list of partners is empty."))
    return found


def _table(untrusted_csv: bytes) -> tuple[str, str]:
    """The text and what separates its cells: as its first line says ("sep=;"), else as its first line uses."""
    text = _text(untrusted_csv)
    head, _end, rest = text.partition("\n")
    said = re.fullmatch("sep=([;,\t])", head, re.IGNORECASE)
    if said is not None:
        return rest, said[1]
    return text, max(";\t,", key=head.count)


def _text(untrusted_csv: bytes) -> str:
    """UTF-8 or UTF-16; else as a spreadsheet on Windows writes a western language."""
    try:
        return decoded(untrusted_csv)
    except Refused as refusal:
        if b"\0" in untrusted_csv:
            raise
        try:
            return normalised(untrusted_csv.decode("cp1252"))
        except UnicodeDecodeError:
            raise refusal from None
