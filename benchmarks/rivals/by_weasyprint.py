"""WeasyPrint, as PDF/A-3a with tags and attachments."""

from __future__ import annotations

from html import escape

from weasyprint import CSS, HTML, Attachment

from benchmarks.rivals.common import Job, run

_CSS = """@page { size: A4; margin: 27mm 20mm 27mm 25mm;
  @bottom-right { content: "Bladzijde " counter(page) " van " counter(pages); font: 8pt "Noto Sans" } }
body { font: 10pt/1.5 "Noto Serif"; hyphens: auto } h1, h2 { color: #12494f; font-family: "Noto Sans" }
table { width: 100%; border-collapse: collapse } td, th { text-align: left; border-top: 0.5pt solid #7f8c8e; padding: 2mm 1mm }
tr { break-inside: avoid } .evidence { font: 9pt "Noto Sans" } img { height: 17mm }"""


def typeset(job: Job) -> bytes:
    content = job.content
    parts = [
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{escape(content["subject"])}</title></head><body>'
    ]
    parts.append("<p>" + "<br>".join(map(escape, content["recipient"])) + f"</p><h1>{escape(content['subject'])}</h1>")
    parts.append(f"<p>{escape(content['salutation'])}</p>")
    before = ""
    for kind, text in content["blocks"]:
        if (kind == "item") != (before == "item"):
            parts.append("<ul>" if kind == "item" else "</ul>")
        tag = {"heading": "h2", "item": "li"}.get(kind, "p")
        parts.append(f"<{tag}>{escape(text)}</{tag}>")
        before = kind
    parts.append(
        f"</ul><p>{escape(content['closing'])}</p><h1 style='break-before: page'>Ondertekenaars</h1><table><thead><tr>"
    )
    parts.append(
        "<th scope=col>Logo</th><th scope=col>Organisatie</th><th scope=col>Handtekening</th></tr></thead><tbody>"
    )
    for row in job.rows:
        organisation, person, role = (escape(row[key]) for key in ("organisation", "person", "role"))
        logo = f'<img src="{row["logo"]}" alt="Logo van {organisation}">'
        mark = f'<img src="{row["mark"]}" alt="Handtekening van {person}">'
        words = f"<b>{organisation}</b><br>{person}<br>{role}"
        parts.append(f"<tr><td>{logo}</td><td>{words}</td><td>{mark}</td></tr>")
    parts.append(
        "</tbody></table><h1 style='break-before: page'>Bewijs en controle</h1><table class=evidence><thead><tr>"
    )
    parts += [f"<th scope=col>{title}</th>" for title in ("Organisatie", "Tijd", "Sleutelcode", "Nummer")]
    parts.append("</tr></thead><tbody>")
    for row in job.rows:
        cells = (row["organisation"], row["time"], row["code"], row["short"])
        parts.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    parts.append("</tbody></table></body></html>")
    attachments = [
        Attachment(string=(job.folder / row["packet"]).read_bytes(), name=row["packet"], relationship="Source")
        for row in job.rows
    ]
    pdf: bytes = HTML(string="".join(parts), base_url=str(job.folder) + "/").write_pdf(
        stylesheets=[CSS(string=_CSS)], attachments=attachments, pdf_variant="pdf/a-3a", pdf_tags=True
    )
    return pdf


run(typeset, attach=False)
