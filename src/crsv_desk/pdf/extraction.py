"""Taking the attached files out of a PDF from outside."""

from __future__ import annotations

from pyhanko.pdf_utils.reader import PdfFileReader

from crsv_desk.domain.errors import Refused
from crsv_desk.domain.progress import Report, silent, told
from crsv_desk.i18n import N_
from crsv_desk.pdf.reading import UNREADABLE, entry
from crsv_desk.pdf.unpacking import unpacked

_DEEPEST = 200


def embedded_files(reader: PdfFileReader, report: Report = silent) -> dict[str, bytes]:
    """The files in the catalog's name tree, by name. Raises ``Refused`` when two bear one name."""
    found: dict[str, bytes] = {}
    tree = entry(entry(reader.root, "/Names", {}), "/EmbeddedFiles")
    waiting = [(tree, 0)] if tree is not None else []
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEEPEST:
            raise Refused(UNREADABLE)
        waiting += [(kid.get_object(), depth + 1) for kid in entry(node, "/Kids", ())]
        entries = entry(node, "/Names", ())
        for place in told(range(0, len(entries), 2), report):
            name, specification = str(entries[place].get_object()), entries[place + 1].get_object()
            if name in found:
                raise Refused(N_("Two files of the name {name} are attached to this PDF."), name=name)
            found[name] = unpacked(specification["/EF"]["/F"])
    return found
