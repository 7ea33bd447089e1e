"""Looking for names that must not be in a PDF: in every string, stream, attachment and page text, in many spellings.

A reader, a search engine or a forensic tool may look anywhere, so everything is unpacked and looked through.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crsv_desk.i18n import _
from crsv_desk.pdf.folding import fold
from crsv_desk.pdf.scanning import Piece, pieces, strings
from crsv_desk.pdf.words import page_texts

_SHORTEST = 6
"""Shorter patterns would be found by chance in compressed pictures and in base64."""
_FILE_KEYS = ("/F", "/UF", "/Desc")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One name as words to look for in text, and as bytes to look for anywhere."""

    words: re.Pattern[str]
    folded: str
    squeezed: str
    patterns: tuple[bytes, ...]


def leaks(pdf: bytes, names: Iterable[str]) -> Sequence[str]:
    """A translated sentence for each place where one of ``names`` stands; none of them repeats the name.

    Args:
        pdf: our own file, sealed or not.
        names: of organisations and people; empty ones are ignored.

    Raises:
        Refused: the file cannot be read.
    """
    wanted = [_wanted(name) for name in sorted(set(names)) if name.strip()]
    found: dict[str, None] = {}
    if wanted:
        for number, text in enumerate(page_texts(pdf), start=1):
            if _in_text(text, wanted):
                found[_("It stands in the text of page {page}.").format(page=number)] = None
        for piece in pieces(pdf):
            found.update(dict.fromkeys(_in_piece(piece, wanted)))
    return tuple(found)


def _wanted(name: str) -> _Wanted:
    folded = re.sub(r"\s+", " ", fold(name)).strip()
    spelled = unicodedata.normalize("NFC", name)
    patterns: set[bytes] = set()
    for encoding in ("utf-8", "utf-16-be", "utf-16-le", "latin-1"):
        try:
            encoded = spelled.encode(encoding)
        except UnicodeEncodeError:
            continue
        patterns |= {encoded, encoded.hex().encode(), encoded.hex().upper().encode(), *_base64(encoded)}
    patterns.add(spelled.encode("ascii", "backslashreplace"))
    return _Wanted(
        words=re.compile(rf"(?<!\w){re.escape(folded)}(?!\w)"),
        folded=folded,
        squeezed=folded.replace(" ", ""),
        patterns=tuple(sorted(pattern for pattern in patterns if len(pattern) >= _SHORTEST)),
    )


def _base64(data: bytes) -> Iterator[bytes]:
    """What ``data`` looks like within base64, at each of the three places where it may begin, edges left off."""
    for shift in range(3):
        whole = 3 * ((shift + len(data)) // 3)
        encoded = b64encode((bytes(shift) + data)[:whole])
        yield encoded[(0, 2, 3)[shift] :]


def _in_piece(piece: Piece, wanted: Sequence[_Wanted]) -> Iterator[str]:
    place = _place(piece.kind)
    if _in_bytes(piece.data, wanted) or any(_in_text(text, wanted) for text in _readings(piece)):
        yield place
    if piece.kind in ("", "ObjStm", "Stream"):
        for key, text in strings(piece.data):
            if _in_text(text, wanted):
                yield _("It stands in the name or description of an attached file.") if key in _FILE_KEYS else place


def _readings(piece: Piece) -> Iterator[str]:
    """The bytes as text in each encoding that somebody might read them in."""
    if piece.kind in ("Image", "XRef"):
        return
    yield piece.data.decode("utf-8", "ignore")
    for encoding in () if piece.data.isascii() else ("cp1252", "mac-roman"):
        yield piece.data.decode(encoding, "ignore")
    if b"\0" in piece.data:
        for start in (0, 1):
            yield piece.data[start:].decode("utf-16-be", "ignore")
            yield piece.data[start:].decode("utf-16-le", "ignore")


def _place(kind: str) -> str:
    match kind:
        case "EmbeddedFile":
            return _("It stands in an attached file.")
        case "Image":
            return _("It stands in a picture.")
        case "Metadata":
            return _("It stands in the document's metadata.")
        case "Stream":
            return _("It stands in the content of a page or in a font.")
    return _("It stands in the document's structure, a title or an alternative text.")


def _in_text(text: str, wanted: Iterable[_Wanted]) -> bool:
    """As a whole word or words, whatever spaces and line ends stand between."""
    folded = re.sub(r"[\s\u00ad]+", " ", fold(text))
    squeezed = ""
    for one in wanted:
        if one.folded in folded and one.words.search(folded):
            return True
        if len(one.squeezed) >= 2 * _SHORTEST:
            squeezed = squeezed or folded.replace(" ", "")
            if one.squeezed in squeezed:
                return True
    return False


def _in_bytes(data: bytes, wanted: Iterable[_Wanted]) -> bool:
    return any(pattern in data for one in wanted for pattern in one.patterns)
