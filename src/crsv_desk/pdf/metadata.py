"""What the file says about itself: the information dictionary and XMP, which must say the same."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from reportlab.pdfbase.pdfdoc import PDFObject

from crsv_desk.pdf.document import TaggedDocument
from crsv_desk.pdf.objects import text_string

PRODUCER = "CRSV Desk"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate><xmp:MetadataDate>{time}</xmp:MetadataDate>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer><pdf:Keywords>{keywords}</pdf:Keywords>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True, slots=True)
class About:
    """Title, author, subject and keywords in the letter's language; never a person's name."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    """BCP 47."""
    time: str
    """``2026-05-26T08:00:00Z``."""

    def xmp(self) -> bytes:
        """The XMP packet, with PDF/A-3a and PDF/UA-1."""
        return _XMP.format(
            title=escape(self.title, quote=False),
            author=escape(self.author, quote=False),
            subject=escape(self.subject, quote=False),
            keywords=escape(self.keywords, quote=False),
            language=escape(self.language, quote=False),
            time=escape(self.time, quote=False),
            producer=PRODUCER,
        ).encode()

    @property
    def pdf_date(self) -> bytes:
        """``D:20260526080000Z``."""
        return b"D:" + "".join(character for character in self.time if character.isdigit()).encode() + b"Z"


class Information(PDFObject):  # type: ignore[misc, unused-ignore]
    """The information dictionary."""

    def __init__(self, about: About) -> None:
        self._about = about
        self.invariant = 1

    def format(self, document: TaggedDocument) -> bytes:
        """The dictionary."""
        about = self._about
        entries = (
            (b"/Title", text_string(about.title)),
            (b"/Author", text_string(about.author)),
            (b"/Subject", text_string(about.subject)),
            (b"/Keywords", text_string(about.keywords)),
            (b"/Creator", text_string(PRODUCER)),
            (b"/Producer", text_string(PRODUCER)),
            (b"/CreationDate", b"(" + about.pdf_date + b")"),
            (b"/ModDate", b"(" + about.pdf_date + b")"),
        )
        return b"<<" + b"".join(key + value for key, value in entries) + b">>"
