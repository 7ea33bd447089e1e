"""Comparing a sealed PDF with the one typeset from its statements: every object, page content and pictures unpacked.

Typesetting is deterministic, so the sealed file holds the same objects under the same numbers; only what the seal
and timestamps over the whole file need may be new or other. Compressed bytes are not compared: another build of zlib
packs the same content differently.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from typing import Any, TypeAlias

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from crsv_desk.domain.progress import Report, Step, part, silent
from crsv_desk.i18n import _
from crsv_desk.pdf.opening import open_pdf
from crsv_desk.pdf.reading import entry, refusing
from crsv_desk.pdf.unpacking import same_content

_Source: TypeAlias = PdfFileReader | HistoricalResolver

CATALOG_MAY_GAIN = {"/Perms", "/DSS", "/Extensions", "/Version"}
_FIELD_MAY_GAIN = {"/V"}
_STAMP_KEYS = {"/FT", "/T", "/TU", "/V", "/Type", "/Subtype", "/F", "/Rect", "/P"}
_SIGNATURE_KEYS = {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange"}
_SEAL_KEYS = _SIGNATURE_KEYS | {"/M", "/Reference"}
_STORE_KEYS = {"/Type", "/Certs", "/CRLs", "/OCSPs"}
_STAMP_NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")
"""Of a later timestamp's field: readers show it."""
_TRAILER_KEYS = {
    "/Root",
    "/Info",
    "/ID",
    "/Size",
    "/Prev",
    "/Type",
    "/W",
    "/Index",
    "/Filter",
    "/DecodeParms",
    "/Length",
}
_EXTENSIONS = {"/ESIC", "/ISO_"}
_EXTENSION_KEYS = {"/Type", "/BaseVersion", "/ExtensionLevel", "/ExtensionRevision", "/URL"}
_STREAM_PACKING = {"/Length", "/Filter", "/DecodeParms"}
NOT_PART_OF_IT = {"/XRef", "/ObjStm"}


def differences(untrusted_pdf: bytes, expected_pdf: bytes, report: Report = silent) -> Sequence[str]:
    """A translated sentence for each page or part that differs, or none. Raises ``Refused``."""
    untrusted = open_pdf(untrusted_pdf, part(report, 0, 1, 4))
    report(Step(1, 4))
    expected = open_pdf(expected_pdf, part(report, 1, 2, 4))
    report(Step(2, 4))
    with refusing():
        # Usually the sealed file begins with the typeset one; then only later revisions need to be looked at. Its first
        # table of objects must be that one's: these bytes may also stand there for show, before a table of another's.
        begins_alike = untrusted_pdf.startswith(expected_pdf) and _first_table(untrusted) == _first_table(expected)
        compared = _Comparison(untrusted, expected, begins_alike)
        report(Step(3, 4))
        return compared.differences(report)


def _first_table(reader: PdfFileReader) -> int:
    """Where the first revision's table of objects lies."""
    return int(reader.xrefs.get_startxref_for_revision(0))


def changes_since_the_pages(untrusted: PdfFileReader) -> Sequence[str]:
    """What the later revisions of a sealed file hold beyond its seal, validation data and timestamps, by whatever rules
    its pages were set: they are compared with the file's own first revision. Translated sentences, or none."""
    return _Comparison(
        untrusted, untrusted.get_historical_resolver(0), True, set(numbers_of(untrusted, 0, 1))
    ).differences()


class _Comparison:
    def __init__(
        self, untrusted: PdfFileReader, expected: _Source, begins_alike: bool, known: Set[int] = frozenset()
    ) -> None:
        self._untrusted, self._expected = untrusted, expected
        self._known = known or set(numbers_of(expected))
        self._stamps = _stamp_fields(untrusted) - self._known
        self._suspects = sorted(self._known & set(numbers_of(untrusted, 1)) if begins_alike else self._known)

    def differences(self, report: Report = silent) -> Sequence[str]:
        found: dict[str, None] = {}
        if not self._begins_alike():
            found[self._place(0)] = None
        for number in self._suspects:
            report(Step(3, 4))
            one, other = _object(self._expected, number), _object(self._untrusted, number)
            if kind_of(one) in NOT_PART_OF_IT:
                continue
            if not self._same(one, other):
                found[self._place(self._owners.get(number, 0))] = None
        report(Step(3, 4))
        for sentence in self._strangers():
            found[sentence] = None
        return tuple(found)

    def _begins_alike(self) -> bool:
        """Whether the last trailer leads to the same objects, and holds nothing itself."""
        one, other = self._expected.trailer_view, self._untrusted.trailer_view
        return set(other) <= _TRAILER_KEYS and all(
            key in one and key in other and _equal(one.raw_get(key), other.raw_get(key)) for key in ("/Root", "/Info")
        )

    @cached_property
    def _owners(self) -> dict[int, int]:
        """By number of a page's own objects: the page, counted from 1."""
        pages = {number: place for place, number in enumerate(page_numbers(self._expected), start=1)}
        owners: dict[int, int] = dict(pages)
        for number, place in pages.items():
            page = _object(self._expected, number)
            contents = page.raw_get("/Contents")
            if isinstance(contents, generic.IndirectObject):
                owners[contents.idnum] = place
        return owners

    def _place(self, page: int) -> str:
        if page:
            return _("Page {page} is not as it was signed.").format(page=page)
        return _("A part of this PDF that every page shares is not as it was signed.")

    def _same(self, expected: Any, untrusted: Any) -> bool:
        if kind_of(expected) == "/Catalog" or _is_seal_field(expected):
            allowed = CATALOG_MAY_GAIN if kind_of(expected) == "/Catalog" else _FIELD_MAY_GAIN
            if not isinstance(untrusted, generic.DictionaryObject):
                return False
            gained = set(untrusted) - set(expected)
            return gained <= allowed and all(
                key in untrusted and _equal(expected.raw_get(key), untrusted.raw_get(key)) for key in expected
            )
        if self._stamps and isinstance(untrusted, generic.DictionaryObject):
            untrusted = self._without_stamps(untrusted, set(expected))
        return _equal(expected, untrusted)

    def _without_stamps(self, untrusted: Any, keys: set[str]) -> Any:
        """A page without its timestamps' widgets, which lie off it; the form without their fields."""
        kind = {"/Page": "/Annots"}.get(kind_of(untrusted), "/Fields")
        entries = entry(untrusted, kind, ())
        if isinstance(untrusted, generic.StreamObject) or not isinstance(entries, generic.ArrayObject):
            return untrusted
        kept = [one for one in entries if getattr(one, "idnum", 0) not in self._stamps]
        rest = {key: untrusted.raw_get(key) for key in untrusted if key != kind}
        if kept or kind in keys:
            rest[kind] = generic.ArrayObject(kept)
        return generic.DictionaryObject(rest)

    def _strangers(self) -> Iterator[str]:
        """Objects that only the sealed file has: reached from nowhere but the seal, validation data and timestamps."""
        known = self._known
        allowed = _reachable(_additions(self._untrusted), known) | self._stamps
        strange = [
            number
            for number in numbers_of(self._untrusted)
            if number not in known
            and number not in allowed
            and kind_of(_object(self._untrusted, number)) not in NOT_PART_OF_IT
        ]
        if strange or not all(_bare(self._untrusted)):
            yield _("This PDF holds something that does not belong in it.")


def numbers_of(reader: Any, first: int = 0, end: int = 0) -> list[int]:
    """The numbers of every object that the file ever had, or that revisions from ``first`` until before ``end`` hold."""
    found: set[int] = set()
    for revision in range(first, end or reader.xrefs.total_revisions):
        found |= {reference.idnum for reference in reader.xrefs.explicit_refs_in_revision(revision)}
    return sorted(found)


def _object(reader: _Source, number: int) -> Any:
    return reader.get_object(generic.Reference(number, 0, reader))


def kind_of(value: Any) -> str:
    return str(entry(value, "/Type", "")) if isinstance(value, generic.DictionaryObject) else ""


def _is_seal_field(value: Any) -> bool:
    return isinstance(value, generic.DictionaryObject) and entry(value, "/FT") == "/Sig"


def _stamp_fields(reader: PdfFileReader) -> set[int]:
    """Numbers of fields that hold a timestamp over the file and nothing else, off every page."""
    found: set[int] = set()
    fields = entry(entry(reader.root, "/AcroForm", {}), "/Fields", ())
    for place in range(len(fields)):
        reference = fields.raw_get(place)
        field = reference.get_object()
        if not isinstance(field, generic.DictionaryObject) or not set(field) <= _STAMP_KEYS:
            continue
        stamped = _is_seal_field(field) and kind_of(entry(field, "/V")) == "/DocTimeStamp"
        corners = [float(number) for number in entry(field, "/Rect", ())]
        off = len(corners) == 4 and max(corners) < 0 and corners[:2] == corners[2:]
        named = all(_STAMP_NAME.fullmatch(str(entry(field, key, "-"))) for key in ("/T", "/TU"))
        if stamped and off and named and isinstance(reference, generic.IndirectObject):
            found.add(reference.idnum)
    return found


def page_numbers(reader: _Source) -> list[int]:
    found: list[int] = []
    waiting = [reader.root.raw_get("/Pages")]
    while waiting:
        reference = waiting.pop()
        node = reference.get_object()
        if kind_of(node) == "/Page":
            found.append(reference.idnum)
        else:
            kids = node["/Kids"]
            waiting.extend(kids.raw_get(place) for place in range(len(kids) - 1, -1, -1))
    return found


def _additions(reader: PdfFileReader) -> list[Any]:
    """Where objects of the seal and of later validation hang."""
    root = reader.root
    roots = [root.raw_get(key) for key in CATALOG_MAY_GAIN if key in root]
    form = entry(root, "/AcroForm", {})
    fields = [field.get_object() for field in entry(form, "/Fields", ())]
    return roots + [field.raw_get("/V") for field in fields if "/V" in field]


def _bare(reader: PdfFileReader) -> Iterator[bool]:
    """Whether what seals and timestamps add says nothing of its own, such as a reason for signing."""
    root = reader.root
    for field in entry(entry(root, "/AcroForm", {}), "/Fields", ()):
        signature = entry(field.get_object(), "/V", {})
        yield set(signature) <= (_SEAL_KEYS if kind_of(signature) == "/Sig" else _SIGNATURE_KEYS)
    store = entry(root, "/DSS", {})
    yield set(store) <= _STORE_KEYS
    for key in _STORE_KEYS & set(store) - {"/Type"}:
        for one in store[key]:
            yield isinstance(one.get_object(), generic.StreamObject) and set(one.get_object()) <= _STREAM_PACKING
    yield set(entry(root, "/Perms", {})) <= {"/DocMDP"}
    extensions = entry(root, "/Extensions", {})
    yield set(extensions) <= _EXTENSIONS
    for key in extensions:
        made = extensions[key]
        for one in made if isinstance(made, generic.ArrayObject) else [made]:
            yield set(one.get_object()) <= _EXTENSION_KEYS


def _reachable(roots: list[Any], known: Set[int]) -> set[int]:
    """Numbers of new objects below ``roots``; what the pages know already is not followed."""
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        value = waiting.pop()
        if isinstance(value, generic.IndirectObject):
            if value.idnum in found or value.idnum in known:
                continue
            found.add(value.idnum)
            value = value.get_object()
        if isinstance(value, generic.DictionaryObject):
            waiting.extend(value.raw_get(key) for key in value)
        elif isinstance(value, generic.ArrayObject):
            waiting.extend(value.raw_get(place) for place in range(len(value)))
    return found


def _equal(one: Any, other: Any) -> bool:
    """Equal in kind and content; references by number; streams unpacked."""
    if isinstance(one, generic.IndirectObject) or isinstance(other, generic.IndirectObject):
        return (
            isinstance(one, generic.IndirectObject)
            and isinstance(other, generic.IndirectObject)
            and (one.idnum, one.generation) == (other.idnum, other.generation)
        )
    if isinstance(one, generic.StreamObject) or isinstance(other, generic.StreamObject):
        if not (isinstance(one, generic.StreamObject) and isinstance(other, generic.StreamObject)):
            return False
        keys = set(one) - _STREAM_PACKING
        same = keys == set(other) - _STREAM_PACKING and all(
            _equal(one.raw_get(key), other.raw_get(key)) for key in keys
        )
        return same and same_content(one, other)
    if isinstance(one, generic.DictionaryObject) and isinstance(other, generic.DictionaryObject):
        return set(one) == set(other) and all(_equal(one.raw_get(key), other.raw_get(key)) for key in one)
    if isinstance(one, generic.ArrayObject) and isinstance(other, generic.ArrayObject):
        return len(one) == len(other) and all(
            _equal(one.raw_get(place), other.raw_get(place)) for place in range(len(one))
        )
    return type(one) is type(other) and bool(one == other)
