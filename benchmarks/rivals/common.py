"""What every contender reads, and how a rival's PDF is sealed and checked."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Content = dict[str, Any]


@dataclass
class Job:
    """One letter to set."""

    folder: Path
    out: Path
    content: Content

    @property
    def rows(self) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = self.content["rows"]
        return rows


def run(typeset: Callable[[Job], bytes | None], *, attach: bool) -> None:
    """Set, seal and check; print how long each took, in seconds. ``typeset`` returns the PDF, or has written it."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    job = Job(folder, out, json.loads((folder / "content.json").read_bytes()))
    start = time.perf_counter()
    pdf = typeset(job)
    pdf = out.read_bytes() if pdf is None else pdf
    set_at = time.perf_counter()
    sealed = seal(pdf, folder, [folder / row["packet"] for row in job.rows] if attach else ())
    sealed_at = time.perf_counter()
    check(sealed, folder)
    done = time.perf_counter()
    out.write_bytes(sealed)
    print(json.dumps({"typeset": set_at - start, "seal": sealed_at - set_at, "check": done - sealed_at}))


def seal(pdf: bytes, folder: Path, attachments: Iterable[Path]) -> bytes:
    """PAdES B-B by pyHanko, with the packets attached where the program that set the letter cannot do it."""
    import io

    from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    for path in attachments:
        stream = EmbeddedFileObject.from_file_data(writer, data=path.read_bytes(), mime_type="application/zip")
        embed_file(writer, FileSpec(file_spec_string=path.name, file_name=path.name, embedded_data=stream))
    signer = SimpleSigner.load(str(folder / "key.pem"), str(folder / "certificate.pem"))
    metadata = PdfSignatureMetadata(
        field_name="Seal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True
    )
    output = io.BytesIO()
    PdfSigner(metadata, signer=signer, new_field_spec=SigFieldSpec("Seal")).sign_pdf(writer, output=output)
    return output.getvalue()


def check(pdf: bytes, folder: Path) -> None:
    """Whether the seal holds and covers the file, by pyHanko."""
    import io

    from pyhanko.keys import load_cert_from_pemder
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    context = ValidationContext(
        trust_roots=[load_cert_from_pemder(str(folder / "certificate.pem"))], allow_fetching=False
    )
    status = validate_pdf_signature(reader.embedded_signatures[0], context)
    assert status.intact and status.valid and status.coverage.name == "ENTIRE_FILE"
