"""reportlab's Platypus as it comes: no tags, no PDF/A; pyHanko attaches the packets. Its marks are pictures of no strokes
but drawings, as it reads no SVG."""

from __future__ import annotations

import io
import os
from html import escape

from reportlab.graphics.shapes import Drawing, PolyLine
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Image, ListFlowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from benchmarks.rivals.common import Job, run


def _mark(strokes: list[list[list[float]]]) -> Drawing:
    width = max(x for stroke in strokes for x, _ in stroke)
    scale = 125 / width
    drawing = Drawing(128, 48)
    for stroke in strokes:
        points = [value for x, y in stroke for value in (x * scale, 48 - y * scale)]
        drawing.add(PolyLine(points, strokeWidth=1))
    return drawing


def typeset(job: Job) -> bytes:
    for name, file in (("S", "NotoSerif-Regular"), ("SB", "NotoSerif-Bold")):
        pdfmetrics.registerFont(TTFont(name, f"{os.environ['FONTS']}/{file}.ttf"))
    plain = ParagraphStyle("plain", fontName="S", fontSize=10, leading=15, spaceAfter=7.5)
    bold = ParagraphStyle("bold", parent=plain, fontName="SB")
    cell = ParagraphStyle("cell", fontName="S", fontSize=9, leading=12.5)
    content = job.content
    story: list[object] = [
        Paragraph("<br/>".join(map(escape, content["recipient"])), plain),
        Paragraph(escape(content["subject"]), bold),
    ]
    story.append(Paragraph(escape(content["salutation"]), plain))
    for kind, text in content["blocks"]:
        one = Paragraph(escape(text), bold if kind == "heading" else plain)
        story.append(ListFlowable([one], bulletType="bullet") if kind == "item" else one)
    story += [Paragraph(escape(content["closing"]), plain), PageBreak(), Paragraph("Ondertekenaars", bold)]
    rows: list[list[object]] = [["Logo", "Organisatie", "Handtekening"]]
    for row in job.rows:
        words = f"{escape(row['organisation'])}<br/>{escape(row['person'])}<br/>{escape(row['role'])}"
        rows.append([Image(str(job.folder / row["logo"]), 108, 47), Paragraph(words, cell), _mark(row["strokes"])])  # type: ignore[arg-type]
    lines = [("LINEABOVE", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    story.append(Table(rows, colWidths=(118, 216, 134), repeatRows=1, style=lines))
    story += [PageBreak(), Paragraph("Bewijs en controle", bold)]
    table: list[list[object]] = [["Organisatie", "Tijd", "Sleutelcode", "Nummer"]]
    table += [
        [Paragraph(escape(row[key]), cell) for key in ("organisation", "time", "code", "short")] for row in job.rows
    ]
    story.append(Table(table, colWidths=(164, 120, 96, 88), repeatRows=1, style=lines))
    output = io.BytesIO()
    SimpleDocTemplate(output, leftMargin=71, rightMargin=57, topMargin=76, bottomMargin=76).build(story)
    return output.getvalue()


run(typeset, attach=True)
