"""typst, as PDF/A-3a with tags and attachments."""

from __future__ import annotations

import os
import re

import typst

from benchmarks.rivals.common import Job, run

_HEAD = """#set document(title: {subject}, date: datetime(year: 2026, month: 5, day: 26))
#set page(paper: "a4", margin: (left: 25mm, right: 20mm, top: 27mm, bottom: 27mm), numbering: "1",
  footer: context [#set text(8pt, font: "Noto Sans"); Bladzijde #counter(page).display() van #counter(page).final().first()])
#set text(lang: "nl", font: "Noto Serif", size: 10pt, hyphenate: true)
#set par(leading: 0.65em)
#show heading: set text(font: "Noto Sans", fill: rgb("#12494F"))
"""


def _escaped(text: str) -> str:
    return re.sub(r"([\\#$*_`<>@\[\]=~/\"'+-])", r"\\\1", text)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typeset(job: Job) -> None:
    content = job.content
    parts = [_HEAD.format(subject=_quoted(content["subject"]))]
    parts += [f"#pdf.attach({_quoted('/' + row['packet'])}, relationship: \"source\", mime-type: \"application/zip\", "
              f"description: {_quoted(row['organisation'])})" for row in job.rows]  # fmt: skip
    parts.append(" \\ ".join(map(_escaped, content["recipient"])) + "\n")
    parts.append("= " + _escaped(content["subject"]) + "\n\n" + _escaped(content["salutation"]) + "\n")
    for kind, text in content["blocks"]:
        parts.append({"heading": "== ", "item": "- "}.get(kind, "") + _escaped(text) + ("" if kind == "item" else "\n"))
    parts.append(f"\n{_escaped(content['closing'])}\n\n#pagebreak()\n= Ondertekenaars\n")
    parts.append("#table(columns: (38mm, 1fr, 45mm), stroke: (top: 0.5pt), align: horizon, "
                 "table.header([Logo], [Organisatie], [Handtekening]),")  # fmt: skip
    for row in job.rows:
        organisation, person = row["organisation"], row["person"]
        logo = f"image({_quoted('/' + row['logo'])}, height: 17mm, alt: {_quoted('Logo van ' + organisation)})"
        mark = f"image({_quoted('/' + row['mark'])}, height: 17mm, alt: {_quoted('Handtekening van ' + person)})"
        words = f"[*#{_quoted(organisation)}* \\ #{_quoted(person)} \\ #{_quoted(row['role'])}]"
        parts.append(f"{logo}, {words}, {mark},")
    parts.append(')\n#pagebreak()\n= Bewijs en controle\n#set text(font: "Noto Sans", size: 9pt)')
    parts.append("#table(columns: (1fr, 46mm, 34mm, 31mm), stroke: (top: 0.35pt), "
                 "table.header([Organisatie], [Tijd], [Sleutelcode], [Nummer]),")  # fmt: skip
    for row in job.rows:
        cells = (row["organisation"], row["time"], row["code"], row["short"])
        parts.append(", ".join(f"[#{_quoted(cell)}]" for cell in cells) + ",")
    parts.append(")")
    source = job.folder / "letter.typ"
    source.write_text("\n".join(parts), encoding="utf-8")
    typst.compile(
        str(source), output=str(job.out), root=str(job.folder), font_paths=[os.environ["FONTS"]], pdf_standards=["a-3a"]
    )


run(typeset, attach=False)
