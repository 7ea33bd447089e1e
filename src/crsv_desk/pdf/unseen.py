"""What a file says beside the words on its pages, in whatever layout: alternative texts, bookmarks, links, metadata, files
and fields; and what no combined PDF holds, whichever version made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from crsv_desk.pdf.compare import CATALOG_MAY_GAIN, NOT_PART_OF_IT, kind_of, numbers_of, page_numbers
from crsv_desk.pdf.opening import open_pdf
from crsv_desk.pdf.reading import entry, refusing
from crsv_desk.pdf.unpacking import unpacked

_SPOKEN = ("/T", "/Alt", "/ActualText", "/E")
"""What an element of the structure tree has for those who do not see the page."""
_IN_CATALOG = ("/Lang", "/MarkInfo", "/ViewerPreferences", "/PageLabels", "/PageMode", "/PageLayout")
_IN_SPECIFICATION = ("/F", "/UF", "/Desc", "/AFRelationship")
_IN_FIELD = ("/FT", "/T", "/TU")
_NEVER = {
    "/OpenAction", "/AA", "/JS", "/JavaScript", "/XFA", "/OC", "/OCProperties", "/Launch", "/RichMedia", "/Collection",
    "/Threads", "/Thumb", "/PieceInfo", "/Trans", "/PresSteps", "/Alternates", "/OPI", "/Ref", "/SV", "/Lock", "/MK",
}  # fmt: skip
"""Scripts, other actions, layers, forms beside the seal's, players, and pictures in place of others."""
_ANNOTATIONS = {"/Link", "/Widget"}
_ACTIONS = {"/URI"}
_MOST_KIDS = 1_000_000


@dataclass(slots=True)
class Unseen:
    """What one file says so."""

    said: list[object] = field(default_factory=list)
    """Everything, in the file's order; equal where two files say the same."""
    belongs: bool = True
    """Whether the file holds nothing that no combined PDF holds, and nothing that is reached from nowhere."""


def same_unseen(untrusted_pdf: bytes, expected_pdf: bytes) -> bool:
    """Whether both say the same beside the words on their pages. Raises ``Refused``."""
    return unseen(untrusted_pdf).said == unseen(expected_pdf).said


def unseen(untrusted_pdf: bytes) -> Unseen:
    """Raises ``Refused``."""
    reader = open_pdf(untrusted_pdf)
    with refusing():
        root = reader.root
        found = Unseen()
        found.belongs = _belongs(reader)
        found.said += [[_plain(entry(root, key)) for key in _IN_CATALOG], sorted(set(root) - CATALOG_MAY_GAIN)]
        found.said.append(_entries(entry(reader.trailer_view, "/Info", {})))
        found.said.append(unpacked(root["/Metadata"]) if "/Metadata" in root else b"")
        found.said += _elements(entry(root, "/StructTreeRoot", {}))
        found.said += _bookmarks(entry(root, "/Outlines", {}))
        found.said.append(_links(reader))
        found.said.append([_entries(one, _IN_FIELD) for one in _signed_fields(root)])
        found.said.append(_files(root))
        return found


def _belongs(reader: PdfFileReader) -> bool:
    """Look at every object that can be reached."""
    reached: set[int] = set()
    waiting = [reader.trailer_view.raw_get(key) for key in ("/Root", "/Info") if key in reader.trailer_view]
    while waiting:
        value = waiting.pop()
        if isinstance(value, generic.IndirectObject):
            if value.idnum in reached:
                continue
            reached.add(value.idnum)
            value = value.get_object()
        if isinstance(value, generic.DictionaryObject):
            if not _fits(value):
                return False
            waiting.extend(value.raw_get(key) for key in value)
        elif isinstance(value, generic.ArrayObject):
            waiting.extend(value.raw_get(place) for place in range(len(value)))
    others = (
        reader.get_object(generic.Reference(number, 0, reader))
        for number in numbers_of(reader)
        if number not in reached
    )
    return all(kind_of(one) in NOT_PART_OF_IT or one == {} for one in others)


def _fits(value: Any) -> bool:
    if _NEVER & set(value):
        return False
    if kind_of(value) == "/Annot" and entry(value, "/Subtype") not in _ANNOTATIONS:
        return False
    action = entry(value, "/A")  # an element's attributes stand behind the same key
    if isinstance(action, generic.DictionaryObject) and "/S" in action and action["/S"] not in _ACTIONS:
        return False
    return not isinstance(action, generic.DictionaryObject) or "/Next" not in action


def _entries(dictionary: Any, keys: tuple[str, ...] = ()) -> list[tuple[str, object]]:
    return [(key, _plain(dictionary[key])) for key in sorted(dictionary) if not keys or key in keys]


def _plain(value: Any) -> object:
    """A value without its place in the file."""
    if isinstance(value, generic.IndirectObject):
        value = value.get_object()
    if isinstance(value, generic.DictionaryObject):
        return sorted((key, _plain(value.raw_get(key))) for key in value)
    if isinstance(value, generic.ArrayObject):
        return [_plain(one) for one in value]
    return str(value)


def _elements(tree: Any) -> Iterator[object]:
    """What each element says, in the order of reading."""
    waiting, count = [entry(tree, "/K")], 0
    while waiting:
        value = waiting.pop()
        count += 1
        if count > _MOST_KIDS:
            raise ValueError("A structure tree without end.")
        if isinstance(value, generic.ArrayObject):
            waiting += [value[place] for place in range(len(value) - 1, -1, -1)]
        elif isinstance(value, generic.DictionaryObject) and "/S" in value:
            if said := _entries(value, _SPOKEN):
                yield str(value["/S"]), said
            if "/K" in value:
                waiting.append(value["/K"])


def _bookmarks(outline: Any, depth: int = 0) -> Iterator[object]:
    one, count = entry(outline, "/First"), 0
    while one is not None:
        count += 1
        if count > _MOST_KIDS or depth > 9:
            raise ValueError("Bookmarks without end.")
        yield depth, str(one["/Title"])
        yield from _bookmarks(one, depth + 1)
        one = entry(one, "/Next")


def _links(reader: PdfFileReader) -> list[object]:
    """Where links lead and what they say of it, in the order of pages."""
    found: list[object] = []
    for number in page_numbers(reader):
        for one in entry(reader.get_object(generic.Reference(number, 0, reader)), "/Annots", ()):
            annotation = one.get_object()
            if entry(annotation, "/Subtype") == "/Link":
                found.append((_plain(entry(annotation, "/A")), str(entry(annotation, "/Contents", ""))))
    return found


def _signed_fields(root: Any) -> Iterator[Any]:
    """Fields that are no later timestamp's."""
    for one in entry(entry(root, "/AcroForm", {}), "/Fields", ()):
        value = entry(one.get_object(), "/V", {})
        if kind_of(value) != "/DocTimeStamp":
            yield one.get_object()


def _files(root: Any) -> list[object]:
    """Every file that the catalog names, in both of its lists, as it is called, described and stored."""
    names = entry(entry(entry(root, "/Names", {}), "/EmbeddedFiles", {}), "/Names", ())
    specifications = [names[place] for place in range(1, len(names), 2)]
    labels = [str(names[place]) for place in range(0, len(names), 2)]
    return [
        labels,
        *(_specified(one.get_object()) for one in specifications),
        *(_specified(one.get_object()) for one in entry(root, "/AF", ())),
    ]


def _specified(specification: Any) -> object:
    stored = [(key, sha256(unpacked(specification["/EF"][key])).hexdigest()) for key in sorted(specification["/EF"])]
    return _entries(specification, _IN_SPECIFICATION), stored
