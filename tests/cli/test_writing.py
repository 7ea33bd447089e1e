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
    assert sec("letter", "show", letter, "--language", "fr").out.startswith("Sur la paix\n\n")
    assert "premier alinéa" in sec("letter", "show", letter, "--language", "fr").out
    assert "it is in: nl, fr" in sec.fails(2, "letter", "show", letter, "--language", "de")
    (tmp_path / "fr.md").write_text(FRENCH.replace("- Un envoyé", "1. Un envoyé"), encoding="utf-8")
    sec.json("letter", "revise", letter, "nl.md", "--also", "fr.md")
    assert "The text in fr differs in its build" in sec.fails(1, "letter", "publish", letter, "--out", "letter.crsv")
    (tmp_path / "fr.md").write_text(FRENCH, encoding="utf-8")
    sec.json("letter", "revise", letter, "nl.md", "--also", "fr.md")
    sec.json("letter", "publish", letter, "--out", "letter.crsv")
    assert sec("letter", "show", letter, "--language", "fr").out.startswith("Sur la paix\n\n")
    for name, begins in (("brief.docx", b"PK"), ("brief.md", b"---\nsubject: Sur la paix"), ("brief.pdf", b"%PDF")):
        sec.json("letter", "export", letter, "--out", name, "--language", "fr")
        assert (tmp_path / name).read_bytes().startswith(begins)
    (tmp_path / "folder").mkdir()
    written = Path(sec.json("letter", "export", letter, "--out", "folder", "--published")["file"])
    assert written.name.endswith(" nl.pdf") and "vrede" not in written.name and written.exists()
    assert ".docx" in sec.fails(2, "letter", "export", letter, "--out", "brief.rtf")


def test_a_draft_that_went_through_a_word_processor_is_taken_back_as_it_was(sec: Cli, tmp_path: Path) -> None:
    addressed = LETTER.replace("---\n", "---\nrecipient:\n  - Tweede Kamer\n  - Den Haag\n", 1)
    (tmp_path / "nl.md").write_text(addressed, encoding="utf-8")
    letter = sec.json("letter", "new", "nl.md")["id"]
    before = sec.json("letter", "show", letter)
    sec.json("letter", "export", letter, "--out", "brief.docx")
    done = sec("letter", "revise", letter, "brief.docx")
    assert "no version was published yet" in done.out and "Nothing changed" not in done.out
    assert sec.json("letter", "show", letter) == before
    sec.json("letter", "publish", letter, "--out", "letter.crsv")
    assert "Nothing changed" in sec("letter", "revise", letter, "brief.docx").out
