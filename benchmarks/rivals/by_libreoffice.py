"""LibreOffice Writer, as tagged PDF/A-3b (it has no 3a); pyHanko attaches the packets."""

from __future__ import annotations

import os
import subprocess
from base64 import b64encode
from xml.sax.saxutils import escape

from benchmarks.rivals.common import Job, run

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
_STYLES = """<office:font-face-decls><style:font-face style:name="Serif" svg:font-family="'Noto Serif'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="7.5pt"/>
<style:text-properties style:font-name="Serif" fo:font-size="10pt" fo:language="nl" fo:country="NL" fo:hyphenate="true"/>
</style:default-style></office:styles>
<office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="210mm"
 fo:page-height="297mm" fo:margin-left="25mm" fo:margin-right="20mm" fo:margin-top="27mm" fo:margin-bottom="27mm"/>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"/></office:master-styles>"""
_EXPORT = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"},"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"}}'
)


def typeset(job: Job) -> bytes:
    content = job.content
    parts = ['<?xml version="1.0" encoding="UTF-8"?><office:document ', _SPACES, ' office:version="1.2" ',
             'office:mimetype="application/vnd.oasis.opendocument.text">', _STYLES, "<office:body><office:text>"]  # fmt: skip
    parts += [_paragraph(line) for line in content["recipient"]]
    parts += [_heading(content["subject"], 1), _paragraph(content["salutation"])]
    for kind, text in content["blocks"]:
        item = f"<text:list><text:list-item>{_paragraph(text)}</text:list-item></text:list>"
        parts.append(_heading(text, 2) if kind == "heading" else item if kind == "item" else _paragraph(text))
    parts += [_paragraph(content["closing"]), _heading("Ondertekenaars", 1)]
    parts.append('<table:table><table:table-column table:number-columns-repeated="3"/>')
    for row in job.rows:
        logo = _picture(job, row["logo"], 38, "Logo van " + row["organisation"])
        words = _paragraph(row["organisation"]) + _paragraph(row["person"]) + _paragraph(row["role"])
        parts.append(_row(logo, words, _picture(job, row["mark"], 45, "Handtekening van " + row["person"])))
    parts += ["</table:table>", _heading("Bewijs en controle", 1)]
    parts.append('<table:table><table:table-column table:number-columns-repeated="4"/>')
    for row in job.rows:
        parts.append(_row(*map(_paragraph, (row["organisation"], row["time"], row["code"], row["short"]))))
    parts.append("</table:table></office:text></office:body></office:document>")
    source = job.folder / "letter.fodt"
    source.write_text("".join(parts), encoding="utf-8")
    profile = (job.folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", _EXPORT]
    subprocess.run(
        [*command, "--outdir", str(job.folder), str(source)], check=True, capture_output=True, env={**os.environ}
    )
    return (job.folder / "letter.pdf").read_bytes()


def _paragraph(text: str) -> str:
    return f"<text:p>{escape(text)}</text:p>"


def _heading(text: str, level: int) -> str:
    return f'<text:h text:outline-level="{level}">{escape(text)}</text:h>'


def _row(*cells: str) -> str:
    return (
        "<table:table-row>"
        + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        + "</table:table-row>"
    )


def _picture(job: Job, name: str, width: int, alternative: str) -> str:
    data = b64encode((job.folder / name).read_bytes()).decode()
    return (
        f'<text:p><draw:frame text:anchor-type="as-char" svg:width="{width}mm" svg:height="17mm"><draw:image>'
        f"<office:binary-data>{data}</office:binary-data></draw:image><svg:title>{escape(alternative)}</svg:title>"
        "</draw:frame></text:p>"
    )


run(typeset, attach=True)
