"""What a file and its pages say of themselves (ISO 32000-1, 7.7.2 and 7.8.3; PDF/A-3 and PDF/UA-1)."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase import pdfdoc

from crsv_desk.pdf.colour_profile import srgb_profile
from crsv_desk.pdf.document import TaggedDocument
from crsv_desk.pdf.embedding import FontUse
from crsv_desk.pdf.metadata import About
from crsv_desk.pdf.objects import Body, Stream


def fill_catalog(document: TaggedDocument, about: About) -> None:
    """What every file of ours says of itself: tagged, its title shown, sRGB, its metadata."""
    catalog = document.Catalog
    catalog.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF"]
    catalog.StructTreeRoot = pdfdoc.PDFObjectReference(document.tree_name)
    catalog.MarkInfo = Body(b"<</Marked true>>")
    catalog.ViewerPreferences = Body(b"<</DisplayDocTitle true>>")
    catalog.Outlines = None
    profile = document.put("colour-profile", Stream(b"/N 3", srgb_profile()))
    catalog.OutputIntents = Body(
        lambda made: (
            b"[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
            b"/DestOutputProfile %s>>]" % made.reference(profile)
        )
    )
    document.put("metadata", Stream(b"/Type/Metadata/Subtype/XML", about.xmp(), compress=False))
    catalog.Metadata = pdfdoc.PDFObjectReference("metadata")


class Resources:
    """A page's resource dictionary, once every object has its number."""

    def __init__(self, fonts: dict[str, FontUse], pictures: Sequence[str]) -> None:
        self._fonts, self._pictures = fonts, pictures

    def __call__(self, document: TaggedDocument) -> bytes:
        fonts = b"".join(
            b"/%s %s" % (use.resource_name.encode(), document.reference(use.resource_name))
            for use in self._fonts.values()
        )
        pictures = b"".join(b"/%s %s" % (key.encode(), document.reference(key)) for key in self._pictures)
        return b"<</Font<<%s>>%s>>" % (fonts, b"/XObject<<" + pictures + b">>" if pictures else b"")
