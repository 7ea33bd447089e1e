"""Writing from the command line: several languages, a logo, and the text as files."""

from __future__ import annotations

from pathlib import Path

from tests.cli.runner import LETTER, Cli
from tests.cli.test_verbs import picture

FRENCH = """---
subject: Sur la paix
language: fr
salutation: Mesdames, Messieurs,
closing: Salutations,
---

Ceci est le premier alinéa de cette lettre.

- De l'argent pour la paix.
- Un envoyé auprès de l'Union européenne.
"""


def test_a_letter_in_two_languages_is_taken_in_shown_revised_and_written_out(sec: Cli, tmp_path: Path) -> None:
    (tmp_path / "nl.md").write_text(LETTER, encoding="utf-8")
    (tmp_path / "fr.md").write_text(FRENCH, encoding="utf-8")
    logo = picture(tmp_path / "logo.png")
    letter = sec.json("letter", "new", "nl.md", "--also", "fr.md", "--logo", logo)["id"]
    assert "premier alinéa" in sec("letter", "show", letter, "--language", "fr").out
    assert "it is in: nl, fr" in sec.fails(2, "letter", "show", letter, "--language", "de")
    (tmp_path / "fr.md").write_text(FRENCH.replace("- Un envoyé", "1. Un envoyé"), encoding="utf-8")
    sec.json("letter", "revise", letter, "nl.md", "--also", "fr.md")
    assert "The text in fr differs in its build" in sec.fails(1, "letter", "publish", letter, "--out", "letter.crsv")
    (tmp_path / "fr.md").write_text(FRENCH, encoding="utf-8")
    sec.json("letter", "revise", letter, "nl.md", "--also", "fr.md")
    sec.json("letter", "publish", letter, "--out", "letter.crsv")
    for name, begins in (("brief.docx", b"PK"), ("brief.md", b"---\nsubject: Sur la paix"), ("brief.pdf", b"%PDF")):
        sec.json("letter", "export", letter, "--out", name, "--language", "fr")
        assert (tmp_path / name).read_bytes().startswith(begins)
    (tmp_path / "folder").mkdir()
    written = Path(sec.json("letter", "export", letter, "--out", "folder", "--published")["file"])
    assert written.name.endswith(" nl.pdf") and "vrede" not in written.name and written.exists()
    assert ".docx" in sec.fails(2, "letter", "export", letter, "--out", "brief.rtf")
