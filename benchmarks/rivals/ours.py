"""CRSV Desk itself. With ``each`` as the last argument every organisation has logo and mark, however many there are."""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path

from crsv_desk.app.garbage import search_less
from crsv_desk.domain.blocks import Block, Span
from crsv_desk.domain.marks import Drawing, Mark
from crsv_desk.domain.paper import Attachment, CombinedLetter, LetterText, Person, Signatory, SignOff
from crsv_desk.domain.progress import silent
from crsv_desk.identity.keys import SoftwareKeys
from crsv_desk.pdf import signatories
from crsv_desk.pdf.paper import PdfPaper


def letter(folder: Path) -> CombinedLetter:
    content = json.loads((folder / "content.json").read_bytes())
    rows = content["rows"]
    return CombinedLetter(
        text=LetterText(
            "nl", "ltr", tuple(content["recipient"]), content["subject"], content["salutation"],
            tuple(
                Block(f"b{number:03d}", kind, (Span(text),), {"heading": 2, "item": 1}.get(kind, 0), "•" if kind == "item" else "")
                for number, (kind, text) in enumerate(content["blocks"])
            ),
            content["closing"],
        ),
        lead=rows[0]["organisation"], lead_logo=(folder / rows[0]["logo"]).read_bytes(), place="Den Haag", date="2026-05-26",
        sign_off=SignOff(rows[0]["organisation"], tuple(row["organisation"] for row in rows[1:])),
        signatories=tuple(
            Signatory(
                row["organisation"], "", (Person(row["person"], row["role"]),), (folder / row["logo"]).read_bytes(),
                Mark("strokes", drawing=Drawing(tuple(tuple(map(tuple, stroke)) for stroke in row["strokes"]))), "",
                row["number"], row["key"], row["time"],
            )
            for row in rows
        ),
        withheld=(), declared=(), dossier=content["id"], letter=content["id"], closing=content["id"],
        secretariat_key=content["id"], closing_time="2026-05-26T08:00:00Z", edition="public", accent="#12494F", notice="",
        attachments=tuple(
            Attachment(row["packet"], (folder / row["packet"]).read_bytes(), "application/zip", row["organisation"])
            for row in rows
        ),
    )  # fmt: skip


def main() -> None:
    search_less()  # as the program does
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    if sys.argv[-1] == "each":
        signatories.MOST_LARGE = 1_000_000
    paper, key = PdfPaper(), SoftwareKeys().new("Secretariaat")
    start = time.perf_counter()
    pages = paper.typeset(letter(folder), silent)
    set_at = time.perf_counter()
    sealed = paper.seal(pages, key, "2026-05-26T08:00:00Z")
    sealed_at = time.perf_counter()
    assert paper.check(sealed).whole
    done = time.perf_counter()
    out.write_bytes(sealed)
    print(json.dumps({"typeset": set_at - start, "seal": sealed_at - set_at, "check": done - sealed_at}))
    gc.freeze()  # as the program does, too


if __name__ == "__main__":
    main()
