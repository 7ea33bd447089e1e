"""The ZIP archive and the XML of a foreign document, looked at before any library reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from xml.parsers import expat

from crsv_desk.domain.errors import Refused
from crsv_desk.i18n import N_

MOST_MEMBERS = 2_000
MOST_XML = 30_000_000
"""Bytes of all XML parts together, once unpacked."""
MOST_DEPTH = 200
MOST_ELEMENTS = 1_000_000
_CHUNK = 65_536

DAMAGED = N_("This document cannot be read; save it again as .docx or .odt in your word processor.")
TOO_LARGE = N_("This document is far larger inside than a letter can be, so it was not opened.")
PROTECTED = N_("This document is protected by a password; save it without one.")
DECLARES = N_(
    "This document defines names of its own inside (a DOCTYPE), which no word processor does; it was not opened."
)


def is_archive(untrusted_data: bytes) -> bool:
    """Whether it begins as a ZIP archive."""
    return untrusted_data[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def parts(untrusted_data: bytes, wanted: Callable[[str], bool]) -> Mapping[str, bytes]:
    """The ``wanted`` XML parts by name, unpacked with a limit, each well-formed without a DOCTYPE; of all others
    (pictures, fonts, programs) the name alone, for the documents point at them. Raises ``Refused``."""
    found: dict[str, bytes] = {}
    room = MOST_XML
    try:
        with zipfile.ZipFile(io.BytesIO(untrusted_data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise Refused(TOO_LARGE)
            for member in members:
                if member.flag_bits & 1:
                    raise Refused(PROTECTED)
                if member.filename in found:
                    raise Refused(DAMAGED)
                found[member.filename] = b""
                if wanted(member.filename):
                    found[member.filename] = _unpacked(archive, member, room)
                    room -= len(found[member.filename])
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise Refused(DAMAGED) from error
    for data in found.values():
        if data:
            _check(data)
    return found


def repacked(xml: Mapping[str, bytes]) -> io.BytesIO:
    """An archive of these parts alone: what was looked at, and nothing else, reaches the library."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED) as archive:
        for name, data in xml.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    output.seek(0)
    return output


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> bytes:
    """What a member says about its size is not believed."""
    chunks: list[bytes] = []
    length = 0
    try:
        with archive.open(member) as file:
            while chunk := file.read(_CHUNK):
                length += len(chunk)
                if length > room:
                    raise Refused(TOO_LARGE)
                chunks.append(chunk)
    except Refused:
        raise
    except Exception as error:  # the decompressors raise errors of their own
        raise Refused(DAMAGED) from error
    return b"".join(chunks)


def _check(untrusted_xml: bytes) -> None:
    """No DOCTYPE, so no entities; not too deep, not too many elements, and well-formed."""
    depth = count = 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > MOST_DEPTH or count > MOST_ELEMENTS:
            raise Refused(TOO_LARGE)

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_declared: object) -> None:
        raise Refused(DECLARES)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(untrusted_xml, True)
    except expat.ExpatError as error:
        raise Refused(DAMAGED) from error
