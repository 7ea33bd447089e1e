"""Files inside the PDF, each associated with the document as the source of what it says."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5

from crsv_desk.domain.paper import Attachment
from crsv_desk.domain.progress import Report, silent, told
from crsv_desk.pdf.document import TaggedDocument
from crsv_desk.pdf.objects import Body, Stream, name, text_string

_RELATIONSHIP = b"/Source"


def attach(
    document: TaggedDocument, attachments: Sequence[Attachment], pdf_date: bytes, report: Report = silent
) -> None:
    """Embed ``attachments``, in the order of their names, and tell the catalog of them."""
    specifications: list[tuple[str, str]] = []
    for number, attachment in enumerate(told(sorted(attachments, key=lambda each: each.name), report)):
        stream = document.put(f"file{number}", _embedded(attachment, pdf_date))
        specifications.append(
            (attachment.name, document.put(f"file{number}-specification", _specified(attachment, stream)))
        )
    if not specifications:
        return
    catalog = document.Catalog
    catalog.AF = Body(lambda made: b"[" + b" ".join(made.reference(key) for _, key in specifications) + b"]")
    catalog.Names = Body(
        lambda made: (
            b"<</EmbeddedFiles<</Names["
            + b" ".join(text_string(label) + b" " + made.reference(key) for label, key in specifications)
            + b"]>>>>"
        )
    )


def _embedded(attachment: Attachment, pdf_date: bytes) -> Stream:
    # The format's CheckSum is MD5; it protects nothing here, the seal does.
    checksum = md5(attachment.data, usedforsecurity=False).hexdigest().encode()
    dictionary = b"/Type/EmbeddedFile/Subtype%s/Params<</Size %d/ModDate(%s)/CheckSum<%s>>>" % (
        name(attachment.media_type),
        len(attachment.data),
        pdf_date,
        checksum,
    )
    return Stream(dictionary, attachment.data)


def _specified(attachment: Attachment, stream: str) -> Body:
    label = text_string(attachment.name)
    head = b"<</Type/Filespec/F %s/UF %s/Desc %s/AFRelationship%s" % (
        label,
        label,
        text_string(attachment.description),
        _RELATIONSHIP,
    )
    return Body(lambda made: head + b"/EF<</F %s/UF %s>>>>" % (made.reference(stream), made.reference(stream)))
