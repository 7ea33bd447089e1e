"""The table of partners: organisation and country, one a line, separated by comma, semicolon or tab."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_
from crsv_desk.letters.plain import decoded

_MOST = 10_000
_HEADINGS = {"organisation", "organization", "organisatie", "organisme", "name", "naam", "nom"}


def partners(untrusted_csv: bytes) -> Sequence[tuple[str, str]]:
    """Organisation and country of each line; the country may be missing. Raises ``Refused``."""
    text = decoded(untrusted_csv)
    head = text.partition("\n")[0]
    delimiter = max(";\t,", key=head.count)
    found: list[tuple[str, str]] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)):
            cells = [cell.strip() for cell in row]
            if not any(cells) or (number == 0 and cells[0].casefold() in _HEADINGS):
                continue
            if not cells[0]:
                raise Refused(N_("Line {number} of the list of partners names no organisation."), number=number + 1)
            found.append((cells[0], cells[1] if len(cells) > 1 else ""))
            if len(found) > _MOST:
                raise Refused(N_("The list of partners is too long."))
    except csv.Error as error:
        raise Refused(
            N_("The list of partners cannot be read; save it as CSV with one organisation a line.")
        ) from error
    names = [name for name, _ in found]
    if len(set(names)) != len(names):
        raise Refused(N_("The list of partners names an organisation twice."))
    return found
