"""What is said about a letter on the command line: that it is being read, in which language, for how many, what changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.runner import LEAD, LETTER, PARTNER, Cli

FRENCH = """---
language: fr
subject: Sur la paix
salutation: Mesdames, Messieurs,
closing: Cordialement,
---

Ceci est le premier alinéa de cette lettre.

- De l'argent pour la paix.
- Un envoyé auprès de l'Union.
"""


def test_who_says_that_it_is_reading_is_opened(sec: Cli, partner: Cli, published: str) -> None:
    assert partner.json("later", published, "--text", "Wij lezen.", "--out", "lezen.crsv")["kind"] == "comment"
    sec.json("receive", "lezen.crsv")
    sec.json("confirm", PARTNER, "--code", partner.json("identity")["code"])

    def row() -> dict[str, object]:
        [found] = [one for one in sec.json("status", published) if one["organisation"] == PARTNER]
        assert isinstance(found, dict)
        return found

    assert (row()["standing"], row()["later"], row()["remarks"]) == ("opened", "", 0)
    assert "opened" in sec("status", published).out
    partner.json("later", published, "--date", "2026-06-12", "--out", "later.crsv")
    sec.json("receive", "later.crsv")
    assert (row()["standing"], row()["later"]) == ("opened", "2026-06-12")
    assert "opened  version 1" in (told := sec("status", published).out) and "no answer before 2026-06-12" in told
    assert "nothing to settle" in sec("remarks", published).out
    partner.json("endorse", published, "--out", "ja.crsv")
    sec.json("receive", "ja.crsv")
    assert row()["standing"] == "endorsed"
    assert "2026-05-26" in partner.fails(2, "later", published, "--date", "morgen", "--out", "x.crsv")


def test_a_voucher_gets_a_file_that_says_for_how_many(sec: Cli, partner: Cli, published: str, tmp_path: Path) -> None:
    partner.json("endorse", published, "--out", "ja.crsv")
    sec.json("receive", "ja.crsv")
    sec.json("confirm", PARTNER, "--code", partner.json("identity")["code"])
    sec.json("letter", "voucher", published, PARTNER, "--count", "3", "--out", "mag.crsv")
    partner.json("receive", "mag.crsv")
    said = ("attest", published, "--answer", "endorse", "--how", "message", "--date", "2026-05-21")
    partner.json(*said, "--count", "2", "--out", "twee.crsv")
    assert "3 organisations" in partner.fails(2, *said, "--count", "2", "--out", "nog-twee.crsv")
    assert not (tmp_path / "nog-twee.crsv").exists()
    sec.json("receive", "twee.crsv")
    assert [one["vouched"] for one in sec.json("status", published) if one["standing"] == "vouched"] == [2]
    sec.json("letter", "voucher", published, PARTNER, "--count", "0")
    assert "may not answer for others" in sec.fails(
        2, "letter", "voucher", published, PARTNER, "--count", "0", "--out", "mag-niet.crsv"
    )


def test_fields_and_languages_in_what_changed_and_in_remarks(
    sec: Cli, partner: Cli, published: str, tmp_path: Path
) -> None:
    changed = LETTER.replace("Over vrede", "Over duurzame vrede").replace("Geachte leden,", "Geachte voorzitter,")
    (tmp_path / "changed.md").write_text(changed, encoding="utf-8")
    (tmp_path / "fr.md").write_text(FRENCH, encoding="utf-8")
    done = sec.json("letter", "revise", published, "changed.md", "--also", "fr.md")
    assert done["summary"] == "another subject, another salutation"
    sec.json("letter", "publish", published, "--out", "twee.crsv")
    diff = sec.json("letter", "diff", published)
    assert [(one["field"], one["language"]) for one in diff["fields"]] == [("subject", ""), ("salutation", "")]
    assert "[Subject] Over {+duurzame" in sec("letter", "diff", published).out
    partner.json("receive", "twee.crsv")
    partner.json(
        "comment", published, "--block", "3", "--language", "fr", "--proposal", "Une envoyée auprès de l'Union.", "--out",
        "voorstel.crsv",
    )  # fmt: skip
    assert "nl, fr" in partner.fails(2, "comment", published, "--language", "de", "--text", "Hm.", "--out", "x.crsv")
    sec.json("receive", "voorstel.crsv")
    [row] = sec.json("remarks", published)
    assert (row["language"], row["quote"]) == ("fr", "Un envoyé auprès de l'Union.")
    assert " fr  " in sec("remarks", published).out
    sec.json("settle", published, row["statement"], "--taken")
    sec.json("letter", "publish", published, "--out", "drie.crsv")
    assert "Une envoyée auprès de l'Union." in sec("letter", "show", published, "--language", "fr").out
    assert sec.json("letter", "diff", published)["summary"] == "1 paragraph changed"


def test_an_objection_is_in_the_language_that_was_read(sec: Cli, partner: Cli, published: str, tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text(LETTER, encoding="utf-8")
    (tmp_path / "fr.md").write_text(FRENCH, encoding="utf-8")
    sec.json("letter", "revise", published, "letter.md", "--also", "fr.md")
    sec.json("letter", "publish", published, "--out", "twee.crsv")
    (tmp_path / "fr.md").write_text(FRENCH.replace("de l'Union", "de l'UE"), encoding="utf-8")
    sec.json("letter", "revise", published, "letter.md", "--also", "fr.md")
    sec.json("letter", "publish", published, "--correction", "--object-before", "2026-05-30", "--out", "drie.crsv")
    partner.json("receive", "twee.crsv", "drie.crsv")
    said = ("comment", published, "--objection", "Non.", "--out", "non.crsv")
    partner.json(*said, "--language", "fr")
    sec.json("receive", "non.crsv")
    [row] = sec.json("remarks", published)
    assert (row["kind"], row["language"]) == ("objection", "fr")


def test_a_name_that_may_imitate_another_is_said_when_its_file_comes_in(
    new: Callable[[str], Cli], sec: Cli, published: str
) -> None:
    stranger = new("stranger")
    stranger.json("init", "--organisation", PARTNER.replace("a", "\u0430"), "--person", "C. Citroen", "--role", "lid")
    stranger.json("receive", "letter.crsv")
    stranger.json("confirm", LEAD, "--code", sec.json("identity")["code"])
    stranger.json("endorse", published, "--out", "ja.crsv")
    assert "mixes letters of several alphabets" in sec("receive", "ja.crsv").out
