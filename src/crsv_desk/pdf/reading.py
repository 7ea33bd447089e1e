"""Reading a PDF from outside: within limits, and with one way for everything that can go wrong."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from crsv_desk.domain.errors import DeskError, Refused
from crsv_desk.i18n import N_

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader

UNREADABLE = N_("This file cannot be read as a PDF; ask for it again.")
# What the library stumbles over is part of the verdict; its log, with tracebacks and names, is for nobody's screen.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())

MOST_BYTES = 512 * 1024 * 1024


@contextmanager
def refusing() -> Iterator[None]:
    """Whatever a reader of a file from outside stumbles over becomes a refusal; its cause stays attached."""
    try:
        yield
    except DeskError:
        raise
    except Exception as error:  # a foreign file may break a reader in any way
        raise Refused(UNREADABLE) from error


def open_pdf(untrusted_pdf: bytes) -> PdfFileReader:
    """A strict reader with limits on what may be unpacked. Raises ``Refused``."""
    if len(untrusted_pdf) > MOST_BYTES:
        raise Refused(N_("This PDF is too large to be checked."))
    from pyhanko.pdf_utils.reader import PdfFileReader  # heavy, and not needed to draw pages

    with refusing():
        reader = PdfFileReader(io.BytesIO(untrusted_pdf), strict=True)
        if reader.encrypted:
            raise Refused(N_("This PDF is encrypted, so it cannot be checked."))
        return reader


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """An entry of a dictionary, its reference followed; ``default`` where there is none."""
    return dictionary[key] if key in dictionary else default  # noqa: SIM401 (its get() follows no reference)
