"""Looking for names that must not be in a PDF: in every string, stream, attachment and page text, in many spellings.

A reader, a search engine or a forensic tool may look anywhere, so everything is unpacked and looked through.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from crsv_desk.domain.progress import Report, Step, silent
from crsv_desk.i18n import _
from crsv_desk.pdf.folding import fold
from crsv_desk.pdf.readings import DEEPEST, nested, texts, unescaped
from crsv_desk.pdf.scanning import Piece, pieces, strings
from crsv_desk.pdf.words import drawn_texts

_SHORTEST = 6
"""Shorter patterns would be found by chance in compressed pictures and in base64."""
_SHORTEST_SQUEEZED = 9
"""Shorter names, without their spaces, would be found by chance where one word ends and the next begins."""
_KINDS_OF_KEYS = {
    **dict.fromkeys(("/F", "/UF", "/Desc"), "FileName"),
    **dict.fromkeys(("/Author", "/Subject", "/Keywords", "/Creator", "/Producer"), "Metadata"),
}
_clean: set[bytes] = set()
"""SHA-256 of pieces that were searched, with what was looked for in them, and held none of it. A file is searched before its
seal and after; then only what the seal added is new."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One name as words to look for in text, and as bytes to look for anywhere."""

    words: re.Pattern[str]
    folded: str
    squeezed: str
    patterns: tuple[bytes, ...]
    within: tuple[_Wanted, ...] = field(default=(), repr=False)
    """Longer names that are public and hold this one: where they stand it may stand."""


def leaks(
    pdf: bytes,
    names: Iterable[str],
    public: Iterable[str] = (),
    quoted: Iterable[str] = (),
    quoting: Iterable[bytes] = (),
    beside: Iterable[bytes] = (),
    report: Report = silent,
) -> Sequence[str]:
    """A translated sentence for each place where one of ``names`` stands; none of them repeats the name.

    Args:
        pdf: our own file, sealed or not.
        names: of organisations and people; empty ones are ignored.
        public: names that may stand anywhere; one of ``names`` that is a part of such a one is no leak there.
        quoted: further names, which the signed text itself says: looked for in attached files alone.
        quoting: the attached files that hold the signed text, where they may stand.
        beside: files that go out beside the PDF instead of in it.

    Raises:
        Refused: the file cannot be read.
    """
    asked = [sorted(name for name in set(group) if name.strip()) for group in (public, names, quoted)]
    longer = [_wanted(name) for name in asked[0]]
    wanted, also = ([_wanted(name, longer) for name in group] for group in asked[1:])
    held = set(quoting)
    found: dict[str, None] = {}
    if wanted:
        for number, text in enumerate(drawn_texts(pdf), start=1):
            report(Step(0, 2))
            if _in_text(text, wanted):
                found[_("It stands in the text of page {page}.").format(page=number)] = None
    if wanted or also:
        for piece in pieces(pdf):
            report(Step(1, 2))
            apart = piece.kind == "EmbeddedFile" and piece.data not in held
            searched = sha256(repr((asked, apart, piece.kind)).encode() + piece.data).digest()
            if searched in _clean:
                continue
            places = list(_in_piece(piece, [*wanted, *also] if apart else wanted))
            found.update(dict.fromkeys(places))
            if not places:
                _clean.add(searched)
        for data in beside:
            if any(_in_piece(Piece("EmbeddedFile", data), wanted if data in held else [*wanted, *also])):
                found[_("It stands in the file beside the PDF.")] = None
    return tuple(found)


def says(text: str, name: str) -> bool:
    """Whether ``text`` says ``name``, as leaks are found: whatever its case, accents and spaces."""
    return bool(name.strip()) and _in_text(text, [_wanted(name)])


def _wanted(name: str, public: Sequence[_Wanted] = ()) -> _Wanted:
    folded = re.sub(r"\s+", " ", fold(name)).strip()
    patterns: set[bytes] = set()
    for form in ("NFC", "NFD"):
        spelled = unicodedata.normalize(form, name)
        for encoding in ("utf-8", "utf-16-be", "utf-16-le", "latin-1"):
            try:
                encoded = spelled.encode(encoding)
            except UnicodeEncodeError:
                continue
            patterns |= {encoded, encoded.hex().encode(), encoded.hex().upper().encode(), *_base64(encoded)}
    return _Wanted(
        words=re.compile(rf"(?<!\w){re.escape(folded)}(?!\w)"),
        folded=folded,
        squeezed=_squeezed(folded),
        patterns=tuple(sorted(pattern for pattern in patterns if len(pattern) >= _SHORTEST)),
        within=tuple(one for one in public if folded != one.folded and folded in one.folded),
    )


def _squeezed(folded: str) -> str:
    return re.sub(r"[\W_]+", "", folded)


def _base64(data: bytes) -> Iterator[bytes]:
    """What ``data`` looks like within base64, at each of the three places where it may begin, edges left off."""
    for shift in range(3):
        whole = 3 * ((shift + len(data)) // 3)
        encoded = b64encode((bytes(shift) + data)[:whole])
        yield encoded[(0, 2, 3)[shift] :]


def _in_piece(piece: Piece, wanted: Sequence[_Wanted]) -> Iterator[str]:
    place = _place(piece.kind)
    if not wanted:
        return
    unpacked = (
        0 if piece.kind in ("EmbeddedFile", "Metadata", "Seal", "") else DEEPEST
    )  # figures elsewhere are glyphs and numbers
    if _in_bytes(piece.data, wanted) or (
        piece.kind not in ("Image", "XRef") and _in_content(piece.data, wanted, unpacked)
    ):
        yield place
    if piece.kind in ("", "ObjStm", "Stream", "Seal"):
        for key, text in strings(piece.data):
            if any(_in_text(one, wanted) for one in (text, *unescaped(text))):
                yield _place(_KINDS_OF_KEYS.get(key, piece.kind))


def _in_content(data: bytes, wanted: Sequence[_Wanted], depth: int = 0) -> bool:
    """In the bytes read as text, or in what is packed in them."""
    if any(_in_text(text, wanted) for text in texts(data)):
        return True
    return depth < DEEPEST and any(_in_content(one, wanted, depth + 1) for one in nested(data) if len(one) >= _SHORTEST)


def _place(kind: str) -> str:
    match kind:
        case "EmbeddedFile":
            return _("It stands in an attached file.")
        case "Image":
            return _("It stands in a picture.")
        case "Metadata":
            return _("It stands in the document's metadata.")
        case "Seal":
            return _("It stands in the seal or in its certificate.")
        case "FileName":
            return _("It stands in the name or description of an attached file.")
        case "Stream":
            return _("It stands in the content of a page or in a font.")
    return _("It stands in the document's structure, a title or an alternative text.")


def _in_text(text: str, wanted: Iterable[_Wanted]) -> bool:
    """As a whole word or words, whatever spaces, hyphens and line ends stand between."""
    folded = re.sub(r"[\s\u00ad]+", " ", fold(text))
    squeezed = ""
    for one in wanted:
        if one.folded in folded and one.words.search(_without(folded, [longer.folded for longer in one.within])):
            return True
        if len(one.squeezed) >= _SHORTEST_SQUEEZED:
            squeezed = squeezed or _squeezed(folded)
            if one.squeezed in squeezed and one.squeezed in _without(
                squeezed, [longer.squeezed for longer in one.within]
            ):
                return True
    return False


def _without(text: str, phrases: Sequence[str]) -> str:
    for phrase in phrases:
        text = text.replace(phrase, "\n")
    return text


def _in_bytes(data: bytes, wanted: Iterable[_Wanted]) -> bool:
    for one in wanted:
        for pattern in one.patterns:
            if pattern in data:
                rest = data
                for longer in one.within:
                    for phrase in longer.patterns:
                        rest = rest.replace(phrase, b"\n")
                if pattern in rest:
                    return True
    return False
